"""Scripts, encodings and PDFs of all the world: read word for word, or set aside with a reason."""

from __future__ import annotations

import io
import unicodedata

import pytest

from briefing.articles import extract_articles
from briefing.articles.dates import grammar
from briefing.articles.formats import decoding
from briefing.errors import UnreadableError
from briefing.language import count_words, extract_terms
from briefing.model import Article, Document

CHINESE = (
    "埃尔姆西镇议会周二决定在冬天之前修理海堤。",
    "司库霍尔姆说，这项工程耗资九百万元，是该镇多年来最大的一笔开支。",
    "“我们等了六年，”她对记者说，“不能再等一个冬天。”",
)
JAPANESE = (
    "エルムシー町議会は火曜日、冬までに防波堤を修理することを決めた。",
    "「六年待った。もう一冬は待てない」とホルム会計官は話した。",
    "工事は四月に始まり、費用は九億円になる。",
)


def articles(content: bytes, name: str = "text.txt") -> tuple[Article, ...]:
    return extract_articles(Document(name, content), analysed=False)


def mail(text: str) -> bytes:
    head = "From: a@herald.example\nSubject: News\nDate: Tue, 7 Apr 2026 07:30:00 +0800\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


def page(text: str, charset: str = "utf-8") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f"<!doctype html><html><head><meta charset='{charset}'><title>海</title></head>"
        f"<body><h1>海の壁</h1><article>{paragraphs}</article></body></html>"
    )


@pytest.mark.parametrize("sentences", [CHINESE, JAPANESE])
def test_texts_without_spaces_between_words_are_read_in_every_form(
    sentences: tuple[str, ...],
) -> None:
    text = "\n".join(sentences)
    entry = f"<item><title>海</title><description>{''.join(sentences)}</description></item>"
    feed = f"<rss version='2.0'><channel>{entry}</channel></rss>"

    found = [
        articles(f"新闻海堤\n\n{text}".encode())[0].text,
        articles(mail(text), "a.eml")[0].text,
        articles(page(text).encode(), "a.html")[0].text,
        articles(feed.encode(), "a.xml")[0].text.replace("。", "。\n").replace("\n」", "」"),
    ]

    for each in found:
        assert all(sentence.replace("\n", "") in each.replace("\n", "") for sentence in sentences)


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("gb2312", "gbk", "\n".join(CHINESE) + "朱镕和喆也来了，他们说同意。"),
        ("Shift_JIS", "cp932", "\n".join(JAPANESE) + "①髙橋氏も来て、賛成すると話した。"),
        ("big5", "big5", "埃爾姆西鎮議會週二決定在冬天之前修理海堤。司庫霍爾姆說，這項工程耗資九百萬元。"),
        ("euc-kr", "cp949", "엘름시 의회는 화요일 겨울 전에 방파제를 고치기로 했다. 똠방각하 씨도 찬성한다고 말했다."),
    ],
)  # fmt: skip
def test_an_encoding_is_the_larger_one_that_programs_write_under_its_name(
    declared: str, encoding: str, text: str
) -> None:
    (article,) = articles(page(text, declared).encode(encoding, "ignore"), "a.html")

    assert article.text == text.encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize("name", ["iso-8859-1", "latin1", "us-ascii"])
def test_latin_1_is_windows_1252(name: str) -> None:
    text = "The wall costs €9 million — “six years late”, Ida Holm’s council said…"

    assert decoding.decode_text(text.encode("cp1252"), name) == text


def test_a_damaged_byte_spoils_one_character_and_no_text() -> None:
    content = ("".join(CHINESE) * 20).encode("gbk")
    found = decoding.decode_text(content[:-1], "gb2312")

    assert found.startswith("".join(CHINESE))


def test_readings_beside_signs_are_no_part_of_a_text() -> None:
    council = "<ruby>議会<rp>(</rp><rt>ぎかい</rt><rp>)</rp></ruby>"
    text = f"{council}は火曜日、防波堤を<ruby>直<rt>なお</rt></ruby>すことを決めた。工事は四月に始まる。"
    (article,) = articles(page(text).encode(), "a.html")

    assert article.text == "議会は火曜日、防波堤を直すことを決めた。工事は四月に始まる。"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dockers strike at Halden", 4),
        ("镇议会决定修理海堤。", 5),
        ("2026年4月7日 Elmsea", 6),
        ("สภาเมือง", 4),
        ("엘름시 의회는 화요일", 3),
        ("परिषद ने मंज़ूरी दी।", 4),
        ("", 0),
    ],
)
def test_two_characters_of_a_script_without_spaces_count_as_a_word(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        ("镇议会决定修理海堤", "海堤修理费用九百万元", "学校屋顶漏水"),
        ("町議会が防波堤の修理を決めた", "防波堤の修理費用は九億円", "学校の屋根が漏れている"),
    ],
)
def test_reports_of_one_event_share_terms_and_others_none(one: str, same: str, other: str) -> None:
    first, second, third = (set(extract_terms(each)) for each in (one, same, other))

    assert len(first & second) >= 2
    assert not first & third


@pytest.mark.parametrize("text", ["2026年4月7日", "2026년 4월 7일", "2026年04月07日 08:30"])
def test_a_day_in_chinese_japanese_and_korean_is_read(text: str) -> None:
    found = grammar.parse_date(text)

    assert found is not None
    assert found.day.isoformat() == "2026-04-07"


@pytest.mark.parametrize(
    "text",
    ["1447-10-19", "1405/01/18", "19 شوال 1447", "令和8年4月7日", "7 เมษายน 2569", "2569-04-07"],
)
def test_a_day_of_another_calendar_is_unknown(text: str) -> None:
    assert grammar.parse_date(text) is None


def pdf(*lines: str) -> bytes:
    from weasyprint import HTML

    text = "<br>".join(lines)
    made = HTML(
        string=f"<h1>Sea wall</h1><p style='font: 12px DejaVu Serif'>{text}</p>"
    ).write_pdf()
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\xad"])
def test_a_word_divided_at_a_line_s_end_is_one_in_a_pdf(hyphen: str) -> None:
    lines = (
        f"Der Rat von Elmsea hat am Dienstag die Reparatur gebil{hyphen}",
        "ligt, und die Arbeiten beginnen noch vor dem nächsten Winter.",
        f"Le conseil a voté mardi la plus grande dépense, selon la pré{hyphen}",
        "sidente, et les travaux commencent avant le prochain hiver.",
        f"Rada zatwierdziła we wtorek naprawę, powiedział przewodniczą{hyphen}",
        "cy rady, a prace zaczną się jeszcze przed następną zimą.",
    )
    text = unicodedata.normalize("NFC", articles(pdf(*lines), "a.pdf")[0].text)

    assert all(word in text for word in ("gebilligt", "présidente", "przewodniczący"))


def encrypted(content: bytes, password: str) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(password, "owner", algorithm="AES-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


WALL = (
    "The council of Elmsea voted on Tuesday to mend the sea wall before winter.",
    "The work costs nine million crowns, the treasurer Ida Holm told reporters.",
)


def test_a_pdf_that_only_limits_printing_is_read() -> None:
    assert "nine million" in articles(encrypted(pdf(*WALL), ""), "a.pdf")[0].text


def test_a_pdf_that_asks_for_a_password_says_so() -> None:
    with pytest.raises(UnreadableError, match="asks for a password"):
        articles(encrypted(pdf(*WALL), "secret"), "a.pdf")


@pytest.mark.parametrize(
    "line",
    ["مجلس المدينة قرر يوم الثلاثاء إصلاح الجدار البحري", "המועצה החליטה ביום שלישי לתקן את החומה"],
)
def test_a_pdf_whose_order_of_words_is_unknown_is_set_aside(line: str) -> None:
    with pytest.raises(UnreadableError, match="from right to left"):
        articles(pdf(line, line, line), "a.pdf")
