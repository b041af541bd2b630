"""Exports of press databases: one article a report, with what the service states of it."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from briefing.articles.reading import extract_articles
from briefing.model import Article, Document

BODIES = (
    (
        "The council of Gullhaven voted on Tuesday to sell the old lighthouse for two million crowns.",
        "The mayor, Ines Tarn, said that the money would go into the roof of the market hall.",
        "Fishermen asked for a light on the mole before the winter, and the harbour office agreed.",
    ),
    (
        "A freight train left the rails near Tarnow Bridge before dawn, and nobody was hurt.",
        "The line to the coast stays shut until Sunday, the railway said, and buses run instead.",
        "Two of its wagons carried salt, which firemen swept from the road in the morning hours.",
    ),
)
HEADS = (
    ("Lighthouse of Gullhaven sold", "The Gullhaven Gazette", "Ines Holm"),
    ("Train derails near Tarnow Bridge", "Coast Dispatch", "Piet Hold"),
)
WANTED = [(*HEADS[0], "2026-10-07"), (*HEADS[1], "2026-10-07")]
COUNTS = tuple(sum(len(line.split()) for line in body) for body in BODIES)


def nexis_uni(day: str, length: str, end: str) -> list[str]:
    lines = ["User Name: Marta Pult", "Date and Time: Thursday, October 8, 2026 9:31:00 AM CEST",
             "Job Number: 1234", "Documents (2)", "1. Lighthouse of Gullhaven sold", "Client/Matter: -None-"]  # fmt: skip
    for (headline, outlet, author), body, count in zip(HEADS, BODIES, COUNTS, strict=True):
        lines += [headline, outlet, day, f"Copyright 2026 {outlet} All Rights Reserved",
                  "Section: NEWS; Pg. 3", length.format(count), f"Byline: {author}", "Body", *body,
                  "Graphic", "The tower.", "Load-Date: October 9, 2026", end]  # fmt: skip
    return lines


def nexis_old() -> list[str]:
    lines = [
        "Time Of Request: Thursday, October 8, 2026 09:12:00 EST",
        "Send To: PULT, MARTA",
        "Print Number: 1",
    ]
    for i, ((headline, outlet, author), body) in enumerate(zip(HEADS, BODIES, strict=True), 1):
        lines += ["", f"{i} of 2 DOCUMENTS", "", outlet, "", "October 7, 2026 Wednesday", "First Edition", "", headline, "",
                  f"BYLINE: {author}", "", "SECTION: NEWS; Pg. 3", "", f"LENGTH: {COUNTS[i - 1]} words", "", *body, "",
                  "LOAD-DATE: October 9, 2026", "", "LANGUAGE: ENGLISH", "",
                  f"Copyright 2026 {outlet}", "All Rights Reserved"]  # fmt: skip
    return lines


def factiva(day: str, words: str, by: str, document: str) -> list[str]:
    lines: list[str] = ["DOW JONES"]
    for i, ((headline, outlet, author), body) in enumerate(zip(HEADS, BODIES, strict=True)):
        lines += [headline, f"{by} {author}", f"{COUNTS[i]} {words}", day, "18:05", outlet, "GAZ", "3", "English",
                  f"Copyright 2026 {outlet}", *body, f"{document} GAZ00002026100{7 + i}em34000{i}"]  # fmt: skip
    return [*lines, "Search Summary", "Text: lighthouse or train", "Date: In the last week"]


EXPORTS = {
    "Nexis Uni": nexis_uni("October 7, 2026 Wednesday", "Length: {} words", "End of Document"),
    "Nexis Uni, German": nexis_uni(
        "7. Oktober 2026 Mittwoch", "Länge: {} Wörter", "Ende des Dokuments"
    ),
    "Nexis Uni, French": nexis_uni(
        "7 octobre 2026 mercredi", "Longueur: {} mots", "Fin du document"
    ),
    "Nexis, old": nexis_old(),
    "Factiva": factiva("7 October 2026", "words", "By", "Document"),
    "Factiva, German": factiva("7. Oktober 2026", "Wörter", "Von", "Dokument"),
    "Factiva, French": factiva("7 octobre 2026", "mots", "Par", "Document"),
    "Factiva, Spanish": factiva("7 octubre 2026", "palabras", "Por", "Documento"),
}


def word_file(lines: list[str]) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{text}</w:body></w:document>',
        )
    return target.getvalue()


def page(lines: list[str]) -> bytes:
    text = "".join(f"<div>{escape(line)}</div>" for line in lines)
    return f"<!DOCTYPE html><html><head><title>Export</title></head><body>{text}</body></html>".encode()


FORMS = {
    "x.txt": lambda lines: "\n".join(lines).encode(),
    "x.docx": word_file,
    "x.html": page,
}


def told(article: Article) -> tuple[str | None, str | None, str | None, str | None]:
    day = article.published.day.isoformat() if article.published else None
    return article.headline, article.outlet, article.byline, day


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("service", EXPORTS)
def test_an_export_is_one_article_a_report(service: str, form: str) -> None:
    content = FORMS[form](EXPORTS[service])

    found = extract_articles(Document(form, content), analysed=False)

    assert [told(article) for article in found] == WANTED
    assert [article.text for article in found] == ["\n".join(body) for body in BODIES]
    assert all(not article.remarks for article in found)


def test_a_count_of_words_that_the_text_has_not_is_told() -> None:
    lines = [line.replace("Length: ", "Length: 9") for line in EXPORTS["Nexis Uni"]]

    found = extract_articles(Document("x.txt", "\n".join(lines).encode()), analysed=False)

    assert "words are stated" in found[0].remarks[0]


def test_a_text_that_speaks_of_documents_is_no_export() -> None:
    text = "\n".join(["Lighthouse sold", *BODIES[0], "End of document"])

    (article,) = extract_articles(Document("x.txt", text.encode()), analysed=False)

    assert article.text.startswith(BODIES[0][0])
