"""What agencies send: NewsML-G2, NITF and ninjs, with provider, headline, day and terms."""

from __future__ import annotations

import json

import pytest

from briefing.articles.reading import extract_articles
from briefing.errors import UnreadableError
from briefing.model import Article, Document

LINES = (
    "The council of Gullhaven voted on Tuesday to sell the old lighthouse for two million crowns.",
    "The mayor, Ines Tarn, said that the money would go into the roof of the market hall.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)
TITLE = "Lighthouse of Gullhaven sold"
ITEM = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="2">
<itemMeta><provider qcode="nprov:COASTWIRE"><name>Coast Wire</name></provider>
<versionCreated>2026-10-07T09:30:00+02:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<rightsInfo><usageTerms>No use in archives</usageTerms></rightsInfo>
<contentMeta><contentCreated>2026-10-07T07:30:00+02:00</contentCreated><by>Ines Holm</by>
<headline>{TITLE}</headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{PARAGRAPHS}</body></html></inlineXML></contentSet>
</newsItem>"""
NITF = f"""<?xml version="1.0"?><nitf><head><docdata><date.issue norm="20261007T073000+0200"/></docdata></head>
<body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>Ines Holm</byline>
<distributor>Coast Wire</distributor></body.head><body.content>{PARAGRAPHS}</body.content></body></nitf>"""
NINJS = json.dumps(
    {"uri": "urn:x:1", "type": "text", "headline": TITLE, "provider": "Coast Wire", "byline": "Ines Holm",
     "versioncreated": "2026-10-07T07:30:00+02:00", "usageterms": "No use in archives", "body_xhtml": PARAGRAPHS}
)  # fmt: skip
MESSAGE = f'<?xml version="1.0"?><newsMessage><itemSet>{ITEM}{ITEM.replace("Tuesday", "Friday")}</itemSet></newsMessage>'


def read(content: str, name: str) -> tuple[Article, ...]:
    return extract_articles(Document(name, content.encode()), analysed=False)


@pytest.mark.parametrize(("content", "name"), [(ITEM, "x.xml"), (NITF, "x.xml"), (NINJS, "x.json")])
def test_an_item_of_an_agency_is_its_providers(content: str, name: str) -> None:
    (article,) = read(content, name)

    assert (article.headline, article.outlet, article.byline) == (TITLE, "Coast Wire", "Ines Holm")
    assert article.published is not None
    assert article.published.isoformat() == "2026-10-07T07:30+02:00"
    assert article.text == "\n".join(LINES)


def test_terms_of_use_are_the_licence() -> None:
    assert read(ITEM, "x.xml")[0].licence == "No use in archives"
    assert read(NINJS, "x.json")[0].licence == "No use in archives"


def test_a_message_holds_several_items() -> None:
    assert len(read(MESSAGE, "x.xml")) == 2


def test_a_package_without_a_text_says_so() -> None:
    with pytest.raises(UnreadableError, match="holds no text"):
        read("<packageItem><groupSet/></packageItem>", "x.xml")
