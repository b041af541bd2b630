"""Standard input to standard output, in a process that may be stopped: a suspicious feed to its
entries, pickled.

Run as `python -m briefing.syndication.child ADDRESS MEDIA-TYPE`. Limits itself, so that nothing it
reads can fill the machine.
"""

from __future__ import annotations

import pickle
import resource
import sys

from briefing.syndication.feeds import FeedError
from briefing.syndication.xmlfeed import parse_xml_feed

MEMORY = 180_000_000  # bytes of data; with its code the process stays under 200 MB
SECONDS = 5


def main() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    address, media_type = (argument or None for argument in sys.argv[1:3])
    try:
        answer: object = parse_xml_feed(sys.stdin.buffer.read(), url=address, media_type=media_type)
    except FeedError as error:
        answer = str(error)
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
