"""One small document of every form that is read, made here: invented news, the same bytes every
time.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

LEDE = (
    "The harbour board of Korsvik voted on Tuesday to close the old swing bridge "
    "for eleven weeks of repairs."
)
MORE = (
    "Its chairman, Ove Hallström, said that the steel had rusted through in three "
    "places and could not wait."
)
LAST = "Ferries will run every twelve minutes until the bridge opens again in June, the board said."
TITLE = "Korsvik closes its swing bridge until June"
TEXT = f"{LEDE}\n\n{MORE}\n\n{LAST}"
BODY = f"{LEDE}\n{MORE}\n{LAST}"
PARAGRAPHS = "".join(f"<p>{each}</p>" for each in (LEDE, MORE, LAST))
CORPUS = Path(__file__).parents[2] / "corpus"
Change = Callable[[bytes], bytes]


def as_it_is(content: bytes) -> bytes:
    return content


def page(title: str = TITLE) -> str:
    stated = {
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-03-03T07:40:00+01:00",
    }
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><title>{title} | The Korsvik Courier</title>'
        '<meta property="og:site_name" content="The Korsvik Courier"><meta '
        f'property="og:title" content="{title}">'
        "<script "
        f'type="application/ld+json">{json.dumps(stated)}</script></head><body><nav><a '
        'href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>{PARAGRAPHS}</article><footer>© 2026</footer></body></html>"
    )


def mail(subject: str = TITLE, body: str = TEXT) -> EmailMessage:
    message = EmailMessage(policy=default)
    message["From"] = "The Korsvik Courier <morning@korsvikcourier.example>"
    message["Subject"] = subject
    message["Date"] = "Wed, 04 Mar 2026 06:30:00 +0100"
    message.set_content(body, cte="quoted-printable")
    return message


def digest(*messages: EmailMessage) -> bytes:
    """A multipart/digest, as mailing lists send them once a day."""
    head = (
        "From: Press list <list@press.example>\nSubject: Press list digest\nDate: "
        "Wed, 04 Mar 2026 20:00:00 +0100\n"
        'MIME-Version: 1.0\nContent-Type: multipart/digest; boundary="=="\n\n'
    )
    parts = b"".join(
        b"--==\n\n" + each.as_bytes() + b"\n" for each in messages
    )  # each is message/rfc822 by default
    return head.encode() + parts + b"--==--\n"


def forwarded() -> bytes:
    head = (
        "From: The Korsvik Courier <a@kc.example>\nDate: Tue, 3 Mar 2026 07:00:00 "
        "+0100\nSubject: The bridge\n"
    )
    return mail(
        "Fwd: The bridge", f"See below.\n\n---------- Forwarded message ----------\n{head}\n{TEXT}"
    ).as_bytes()


def mailbox(*messages: EmailMessage) -> bytes:
    return b"".join(
        b"From a@b Wed Mar  4 06:30:00 2026\n" + each.as_bytes() + b"\n" for each in messages
    )


def zipped(
    members: Mapping[str, str | bytes], change: Change = as_it_is, *, stored: str = ""
) -> bytes:
    """An archive whose members were changed before they were packed; `stored` comes first and as it
    is.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            kind = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name, (2026, 3, 4, 6, 30, 0))
            archive.writestr(info, data if name == stored else change(data), kind)
    return whole.getvalue()


def epub(change: Change = as_it_is, chapters: Mapping[str, str] | None = None) -> bytes:
    """An e-book of one page a chapter, in the order of its spine and not of its files."""
    pages = chapters or {"one": TITLE, "another": "A second story of the day"}
    items = "".join(
        f'<item id="{each}" href="text/{each}.xhtml" media-type="x"/>' for each in sorted(pages)
    )
    spine = "".join(f'<itemref idref="{each}"/>' for each in pages)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:publisher>The Korsvik Courier</dc:publisher></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>"
    )
    container = (
        '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    )
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
    }
    members["OEBPS/book.opf"] = package
    for name, title in pages.items():
        members[f"OEBPS/text/{name}.xhtml"] = (
            "<html "
            f'xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head><body><h1>{title}</h1>'
            f"{PARAGRAPHS}</body></html>"
        )
    return zipped(members, change, stored="mimetype")


def docx(change: Change = as_it_is) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = (TITLE, "By Nora Feld, The Korsvik Courier", "4 March 2026", LEDE, MORE, LAST)
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return zipped(
        {
            "word/document.xml": (
                f'<w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body></w:document>'
            )
        },
        change,
    )


def warc(change: Change = as_it_is) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page()}".encode()
    named = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kc.example/b\r\n"
    return change(named + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n")


RECORD = {"headline": TITLE, "outlet": "Radio Korsvik", "published": "2026-03-04", "text": TEXT}
RSS = (
    f"<rss version='2.0'><channel><title>Radio Korsvik: news</title><item><title>{TITLE}</title>"
    f"<link>https://rk.example/a</link><pubDate>Wed, 04 Mar 2026 06:30:00 +0100</pubDate>"
    f"<description><![CDATA[{PARAGRAPHS}]]></description></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Radio "
    f"Korsvik</title><entry><title>{TITLE}</title>"
    "<updated>2026-03-04T06:30:00+01:00</updated>"
    f"<content type='html'><![CDATA[{PARAGRAPHS}]]></content></entry></feed>"
)
JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "Radio Korsvik", "items": [
    {"title": TITLE, "date_published": "2026-03-04T00:00:00Z", "content_html": PARAGRAPHS}]}  # fmt: skip
POSTS = "\n\n".join(f"{9 + n}:15\nPost number {n} of the day\n{MORE}" for n in range(4))


def sized(change: Change, content: str | bytes) -> bytes:
    return change(content.encode() if isinstance(content, str) else content)


# Name of a file -> its bytes, changed on their way where a form packs them.
FORMS: dict[str, Callable[[Change], bytes]] = {
    "page.html": lambda change: sized(change, page()),
    "text.txt": lambda change: sized(
        change, f"{TITLE}\n\nBy Nora Feld, Radio Korsvik | 4 March 2026\n\n{TEXT}"
    ),
    "blog.txt": lambda change: sized(
        change, f"Live: the bridge\n\n4 March 2026\n\n{LEDE}\n\n{POSTS}"
    ),
    "scrape.txt": lambda change: sized(
        change, (CORPUS / "2026-03-03" / "scrape_0338.txt").read_bytes()
    ),
    "letter.eml": lambda change: sized(change, mail().as_bytes()),
    "digest.eml": lambda change: sized(change, digest(mail(), mail("A second story"))),
    "forward.eml": lambda change: sized(change, forwarded()),
    "box.mbox": lambda change: sized(change, mailbox(mail(), mail("A second story"))),
    "note.md": lambda change: sized(
        change, f"---\ntitle: {TITLE}\ndate: 2026-03-04\n---\n\n# {TITLE}\n\n{TEXT}"
    ),
    "export.json": lambda change: sized(
        change, json.dumps([RECORD, RECORD | {"headline": "Another"}])
    ),
    "export.jsonl": lambda change: sized(change, f"{json.dumps(RECORD)}\n{json.dumps(RECORD)}\n"),
    "table.csv": lambda change: sized(
        change, f'title,source,date,text\n"{TITLE}",Radio Korsvik,2026-03-04,"{TEXT}"\n'
    ),
    "feed.json": lambda change: sized(change, json.dumps(JSON_FEED)),
    "feed.rss": lambda change: sized(change, RSS),
    "feed.atom": lambda change: sized(change, ATOM),
    "clipping.pdf": lambda change: sized(
        change, (CORPUS / "2026-03-05" / "courier-ferry-inquiry.pdf").read_bytes()
    ),
    "book.epub": epub,
    "word.docx": docx,
    "day.zip": lambda change: zipped({"a.html": page(), "b.txt": f"{TITLE}\n\n{TEXT}"}, change),
    "torn.zip": lambda change: change(zipped({"a.html": page(), "b.txt": f"{TITLE}\n\n{TEXT}"})),
    "page.html.gz": lambda change: gzip.compress(change(page().encode()), mtime=0),
    "crawl.warc": warc,
}
