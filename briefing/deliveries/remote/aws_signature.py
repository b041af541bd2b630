"""A request to S3 to the headers that prove who sends it: AWS Signature Version 4, of the standard
library alone.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from briefing.secret import Secret

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Keys:
    """Who sends: the name of a key, the key itself, the session's token where there is one, and the
    region.
    """

    name: str
    key: Secret
    region: str
    token: Secret | None = None


def sign_request(
    keys: Keys,
    method: str,
    host: str,
    path: str,
    *,
    headers: Mapping[str, str],
    content: bytes,
    now: datetime,
) -> dict[str, str]:
    """The headers with those that sign them; `path` is percent-encoded, `now` is in UTC.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    """
    stamp, digest = now.strftime("%Y%m%dT%H%M%SZ"), hashlib.sha256(content).hexdigest()
    own = {"host": host, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    token = {"x-amz-security-token": keys.token.reveal()} if keys.token else {}
    all_ = {
        name.lower(): " ".join(value.split()) for name, value in {**headers, **own, **token}.items()
    }
    names = ";".join(sorted(all_))
    lines = "".join(f"{name}:{all_[name]}\n" for name in sorted(all_))
    request = f"{method}\n{path}\n\n{lines}\n{names}\n{digest}"
    scope = f"{stamp[:8]}/{keys.region}/s3/aws4_request"
    text = f"{ALGORITHM}\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    proof = hmac.new(_signing_key(keys, stamp[:8]), text.encode(), hashlib.sha256).hexdigest()
    return {
        **all_,
        "authorization": (
            f"{ALGORITHM} Credential={keys.name}/{scope}, SignedHeaders={names}, Signature={proof}"
        ),
    }


def _signing_key(keys: Keys, day: str) -> bytes:
    key = f"AWS4{keys.key.reveal()}".encode()
    for part in (day, keys.region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
