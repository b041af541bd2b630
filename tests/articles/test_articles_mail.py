"""Mail as desks get it: forwarded, with attachments, wrapped, with hidden teasers."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from briefing.articles.formats import plain_text
from briefing.articles.reading import extract_articles
from briefing.errors import UnreadableError
from briefing.model import Article, Document

PARAGRAPHS = (
    "The council of Gullhaven voted on Tuesday to sell the old lighthouse for two million crowns.",
    "The mayor, Ines Tarn, said that the money would go into the roof of the market hall.",
    "Fishermen asked for a light on the mole before the winter, and the harbour office agreed.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def mail(text: str, *, subject: str = "Lighthouse sold", kind: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Marta Pult" <marta@pult.example>'
    message["To"] = "desk@pult.example"
    message["Subject"] = subject
    message["Date"] = "Thu, 8 Oct 2026 09:10:00 +0200"
    message.set_content(text, subtype=kind)
    return message


def read(message: EmailMessage) -> tuple[Article, ...]:
    return extract_articles(Document("x.eml", message.as_bytes()), analysed=False)


# Labels of sender, date, recipient and subject, and what the program puts before a subject.
HEADERS = {
    "Outlook, English": ("FW:", "", "From: {}", "Sent: {}", "To: {}", "Subject: {}"),
    "Outlook, bold": ("FW:", "", "*From:* {}", "*Sent:* {}", "*To:* {}", "*Subject:* {}"),
    "Gmail": (
        "Fwd:",
        "---------- Forwarded message ---------",
        "From: {}",
        "Date: {}",
        "Subject: {s}",
        "To: {}",
    ),
    "Outlook, German": ("WG:", "", "Von: {}", "Gesendet: {}", "An: {}", "Betreff: {}"),
    "Outlook, French": ("TR :", "", "De : {}", "Envoyé : {}", "À : {}", "Objet : {}"),
    "Outlook, Spanish": ("RV:", "", "De: {}", "Enviado el: {}", "Para: {}", "Asunto: {}"),
    "Outlook, Italian": ("I:", "", "Da: {}", "Inviato: {}", "A: {}", "Oggetto: {}"),
    "Outlook, Dutch": ("FW:", "", "Van: {}", "Verzonden: {}", "Aan: {}", "Onderwerp: {}"),
    "Outlook, Portuguese": ("ENC:", "", "De: {}", "Enviada em: {}", "Para: {}", "Assunto: {}"),
    "Outlook, Swedish": ("VB:", "", "Från: {}", "Skickat: {}", "Till: {}", "Ämne: {}"),
    "Outlook, Danish": ("VS:", "", "Fra: {}", "Sendt: {}", "Til: {}", "Emne: {}"),
    "Outlook, Finnish": (
        "VL:",
        "",
        "Lähettäjä: {}",
        "Lähetetty: {}",
        "Vastaanottaja: {}",
        "Aihe: {}",
    ),
    "Outlook, Polish": ("PD:", "", "Od: {}", "Wysłano: {}", "Do: {}", "Temat: {}"),
    "Outlook, Czech": ("FW:", "", "Od: {}", "Odesláno: {}", "Komu: {}", "Předmět: {}"),
    "Outlook, Hungarian": ("FW:", "", "Feladó: {}", "Elküldve: {}", "Címzett: {}", "Tárgy: {}"),
    "Outlook, Turkish": ("YNT:", "", "Kimden: {}", "Gönderildi: {}", "Kime: {}", "Konu: {}"),
    "Outlook, Russian": ("FW:", "", "От: {}", "Отправлено: {}", "Кому: {}", "Тема: {}"),
    "Outlook, Greek": ("ΠΡΘ:", "", "Από: {}", "Στάλθηκε: {}", "Προς: {}", "Θέμα: {}"),
    "Outlook, Chinese": ("转发:", "", "发件人: {}", "发送时间: {}", "收件人: {}", "主题: {}"),
    "Outlook, Japanese": ("FW:", "", "差出人: {}", "送信日時: {}", "宛先: {}", "件名: {}"),
    "Outlook, Korean": ("FW:", "", "보낸 사람: {}", "보낸 날짜: {}", "받는 사람: {}", "제목: {}"),
    "Lotus": (
        "Fw:",
        "----- Forwarded by Marta Pult/Pult on 08/10/2026 09:10 -----",
        "From:\t{}",
        "To:\t{}",
        "Date:\t{}",
        "Subject:\t{}",
    ),
}
VALUES = {
    "from": "The Gullhaven Gazette <news@gazette.example>",
    "date": "Wed, 7 Oct 2026 07:30:00 +0200",
    "to": "Marta Pult <marta@pult.example>",
    "subject": "Lighthouse sold",
}
ORDERS = {"Gmail": ("from", "date", "subject", "to"), "Lotus": ("from", "to", "date", "subject")}


def forwarded(program: str, mark: str = "") -> EmailMessage:
    tag, rule, *labels = HEADERS[program]
    order = ORDERS.get(program, ("from", "date", "to", "subject"))
    head = [
        label.replace("{s}", "{}").format(VALUES[field])
        for label, field in zip(labels, order, strict=True)
    ]
    lines = [*head, "", *TEXT.split("\n")]
    return mail(
        "\n".join(["For page three.", "", rule, *(mark + line for line in lines)]),
        subject=f"{tag} Lighthouse sold",
    )


@pytest.mark.parametrize("mark", ["", "> "])
@pytest.mark.parametrize("program", HEADERS)
def test_a_forwarded_mail_is_its_senders_and_never_the_colleagues(program: str, mark: str) -> None:
    (article,) = read(forwarded(program, mark))

    assert article.outlet == "The Gullhaven Gazette"
    assert article.headline == "Lighthouse sold"
    assert article.published is not None
    assert article.published.isoformat() == "2026-10-07T07:30+02:00"
    assert article.text == "\n".join(PARAGRAPHS)


def test_a_header_in_the_cells_of_a_table_is_read() -> None:
    names = {"subject": "Betreff", "date": "Datum", "from": "Von", "to": "An"}
    rows = "".join(
        f"<tr><th>{name}: </th><td>{VALUES[field].replace('<', '&lt;')}</td></tr>"
        for field, name in names.items()
    )
    text = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)

    (article,) = read(
        mail(f"<table>{rows}</table>{text}", subject="Fwd: Lighthouse sold", kind="html")
    )

    assert (article.outlet, article.headline) == ("The Gullhaven Gazette", "Lighthouse sold")


def test_a_mail_forwarded_twice_is_the_first_senders() -> None:
    once = (
        "From: Piet Hold <piet@pult.example>\nSent: Wed, 7 Oct 2026 08:00:00 +0200\n"
        "To: Marta Pult\nSubject: FW: Lighthouse sold\n\nSee below.\n"
    )
    twice = "\n".join(
        f"{name.title()}: {VALUES[name]}" for name in ("from", "date", "to", "subject")
    )

    (article,) = read(mail(f"{once}\n{twice}\n\n{TEXT}", subject="FW: FW: Lighthouse sold"))

    assert article.outlet == "The Gullhaven Gazette"


def test_a_forward_that_does_not_say_whose_it_is_is_nobodys() -> None:
    (article,) = read(mail(TEXT, subject="Fwd: Lighthouse sold"))

    assert (article.outlet, article.published) == (None, None)
    assert article.headline == "Lighthouse sold"


def test_a_forwarded_mail_of_the_same_house_has_no_outlet() -> None:
    head = "From: Piet Hold <piet@pult.example>\nSent: 7 October 2026 08:00\nSubject: Lighthouse"

    (article,) = read(mail(f"{head}\n\n{TEXT}", subject="FW: Lighthouse"))

    assert article.outlet is None


def test_attached_documents_are_read_each_by_its_own_form() -> None:
    message = mail("Good morning, the clipping is attached. Kind regards, Marta")
    page = f"<html><body><h1>Lighthouse sold</h1><p>{'</p><p>'.join(PARAGRAPHS)}</p></body></html>"
    message.add_attachment(page.encode(), maintype="text", subtype="html", filename="clip.html")
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="clip.txt")

    found = read(message)

    assert [article.text for article in found] == ["\n".join(PARAGRAPHS)] * 2
    assert all(article.outlet is None for article in found)


def test_an_attachment_without_a_reader_is_named() -> None:
    message = mail(TEXT)
    message.add_attachment(b"\0\1\2" * 99, maintype="application", subtype="x", filename="day.xls")

    assert "attachments not read: day.xls" in read(message)[0].remarks


def test_a_mail_of_nothing_but_an_attachment_without_a_reader_says_so() -> None:
    message = mail("")
    message.add_attachment(b"\0\1\2" * 99, maintype="application", subtype="x", filename="day.xls")

    with pytest.raises(UnreadableError, match=r"attachments cannot be read: day\.xls"):
        read(message)


def test_text_after_a_picture_is_text() -> None:
    message = mail(f"<p>{PARAGRAPHS[0]}</p>", kind="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="tower.png")
    message.attach(mail(f"<p>{PARAGRAPHS[1]}</p>", kind="html"))

    assert read(message)[0].text == "\n".join(PARAGRAPHS[:2])


HIDDEN = {
    "lower case": '<div style="display:none">{}</div>',
    "upper case": '<div style="DISPLAY: NONE !important">{}</div>',
    "attribute": "<div hidden>{}</div>",
    "class": "<style>.pre, p.x {{ display:none !important }}</style><span class='pre'>{}</span>",
    "height": '<div style="max-height:0; overflow:hidden">{}</div>',
    "opacity": '<span style="opacity:0">{}</span>',
    "size": '<span style="font-size: 1px; color:#fff">{}</span>',
    "mso": '<div style="mso-hide:all">{}</div>',
}


@pytest.mark.parametrize("way", HIDDEN)
def test_a_hidden_teaser_is_not_read(way: str) -> None:
    teaser = HIDDEN[way].format("Today: who buys a lighthouse, and why. &zwnj;&#847;&zwnj;&shy;")
    cells = "".join(
        f"<tr><td style='font-size:0px'><p style='font-size:14px'>{each}</p></td></tr>"
        for each in PARAGRAPHS
    )

    (article,) = read(mail(f"{teaser}<table>{cells}</table>", kind="html"))

    assert article.text == "\n".join(PARAGRAPHS)


def test_what_is_hidden_on_some_screens_is_read() -> None:
    style = "<style>@media (max-width:600px) { .wide { display:none } }</style>"
    text = "".join(f"<p class='wide'>{each}</p>" for each in PARAGRAPHS)

    assert read(mail(style + text, kind="html"))[0].text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("width", [40, 60, 72, 100])
def test_line_feeds_of_the_source_are_spaces(width: int) -> None:
    import textwrap

    text = "\n".join(textwrap.fill(f"<p>{each}</p>", width) for each in PARAGRAPHS)

    assert read(mail(text, kind="html"))[0].text == "\n".join(PARAGRAPHS)


def test_flowed_lines_are_joined_and_their_spaces_deleted_where_the_mail_says_so() -> None:
    assert (
        plain_text.join_flowed("The light \nis out.\nIt is dark.")
        == "The light is out.\nIt is dark."
    )
    assert plain_text.join_flowed("The pur \nchase of", delete=True) == "The purchase of"


@pytest.mark.parametrize("width", [60, 72, 78])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_short_text_of_a_fixed_width_is_joined(width: int, count: int) -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(each, width) for each in PARAGRAPHS[:count])

    assert plain_text.unwrap_text(wrapped).split() == wrapped.split()
    assert plain_text.unwrap_text(wrapped) == "\n\n".join(PARAGRAPHS[:count])


@pytest.mark.parametrize(
    "mark", ["(3 minute read)", "(3 min)", "(3 Minuten Lesezeit)", "(3 minutes de lecture)"]
)
def test_headings_with_a_reading_time_begin_the_items_of_a_digest(mark: str) -> None:
    titles = ["Lighthouse of Gullhaven sold", "Town asks for a light", "Savings that never leak"]
    bodies = [f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}", f"{PARAGRAPHS[2]} {PARAGRAPHS[1]}", TEXT]
    marks = [mark, mark, "(Sponsor)"]
    html = "".join(
        f'<div><a href="https://g.example/{i}"><h3>{titles[i]} {marks[i]}</h3></a><div>{bodies[i]}</div></div>'
        for i in (0, 2, 1)
    )

    found = read(mail(f"<h1>THE LETTER 2026-10-08</h1>{html}", kind="html"))

    assert [article.headline for article in found] == titles[:2]
    assert [article.text for article in found] == bodies[:2]
    assert "1 part without a report left out" in found[0].remarks
