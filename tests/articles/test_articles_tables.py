"""Tables and records as monitoring services, sites and agencies export them, and forms refused."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from briefing.articles.reading import extract_articles
from briefing.errors import UnreadableError
from briefing.model import Article, Document

TEXT = (
    "The council of Gullhaven voted on Tuesday to sell the old lighthouse for two million crowns. "
    "The mayor, Ines Tarn, said that the money would go into the roof of the market hall."
)
TITLE, OUTLET = "Lighthouse of Gullhaven sold", "The Gullhaven Gazette"


def read(content: str | bytes, name: str) -> tuple[Article, ...]:
    raw = content.encode() if isinstance(content, str) else content
    return extract_articles(Document(name, raw), analysed=False)


def facts(article: Article) -> tuple[str | None, str | None, str | None]:
    day = article.published.day.isoformat() if article.published else None
    return article.headline, article.outlet, day


TABLES = {
    "Excel": f"sep=;\nHeadline;Source;Date;Text\n{TITLE};{OUTLET};2026-10-07;{TEXT}\n",
    "German": f"Titel;Medium;Erscheinungsdatum;Volltext\n{TITLE};{OUTLET};07.10.2026;{TEXT}\n",
    "French": f"Titre;Source;Date;Texte\n{TITLE};{OUTLET};2026-10-07;{TEXT}\n",
    "Spanish": f"Título;Fuente;Fecha;Texto\n{TITLE};{OUTLET};2026-10-07;{TEXT}\n",
    "under a title": f"Export of 8 October 2026;;;\n;;;\nHeadline;Source;Date;Text\n{TITLE};{OUTLET};2026-10-07;{TEXT}\n",
    "of a vendor": "Date;Headline;URL;Opening Text;Hit Sentence;Source;Reach\n"
    f"07-Oct-2026 06:05PM;{TITLE};https://g.example/1;{TEXT} The;x;{OUTLET};99\n",
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_is_read_whatever_its_columns_are_called(kind: str) -> None:
    (article,) = read(TABLES[kind], "x.csv")

    assert facts(article) == (TITLE, OUTLET, "2026-10-07")
    assert article.text.startswith(TEXT)


def test_an_opening_text_is_cut_short() -> None:
    assert "cut short" in read(TABLES["of a vendor"], "x.csv")[0].remarks


def test_a_table_of_other_things_is_set_aside_with_its_columns() -> None:
    with pytest.raises(UnreadableError, match=r"found: Reach, Sentiment"):
        read("Reach;Sentiment\n12;good\n13;bad\n", "x.csv")


RECORDS = {
    "WordPress": [
        {"date": "2026-10-07T18:05:00", "title": {"rendered": TITLE}, "content": {"rendered": f"<p>{TEXT}</p>"}, "link": "https://g.example/1"}
    ],
    "Guardian": {
        "response": {
            "results": [
                {"webTitle": TITLE, "webPublicationDate": "2026-10-07T18:05:00Z", "fields": {"bodyText": TEXT}}
            ]
        }
    },
    "NewsAPI": {
        "articles": [
            {"title": TITLE, "source": {"name": OUTLET}, "publishedAt": "2026-10-07T18:05:00Z",
             "content": f"{TEXT}… [+1200 chars]"}
        ]
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", RECORDS)
def test_the_json_of_sites_and_services_is_read(kind: str) -> None:
    (article,) = read(json.dumps(RECORDS[kind]), "x.json")

    assert (facts(article)[0], facts(article)[2], article.text) == (TITLE, "2026-10-07", TEXT)


def archive(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(name, TEXT)
    return target.getvalue()


REFUSED = {
    "rich text": (b"{\\rtf1\\ansi " + TEXT.encode() + b"}", "x.rtf"),
    "WebVTT": (f"WEBVTT\n\n00:01.000 --> 00:04.000\n{TEXT}\n".encode(), "x.vtt"),
    "SRT": (f"1\n00:00:01,000 --> 00:00:04,000\n{TEXT}\n".encode(), "x.srt"),
    "slides": (archive("ppt/presentation.xml"), "x.pptx"),
    "workbook": (archive("xl/workbook.xml"), "x.xlsx"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "x.png"),
    "Outlook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "x.msg"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_form_without_a_reader_is_refused_by_what_it_is(what: str) -> None:
    with pytest.raises(UnreadableError, match=f"(?i)it is .*{what}"):
        read(*REFUSED[what])
