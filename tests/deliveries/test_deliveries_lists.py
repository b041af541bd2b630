"""Check that lists are read as programs export them, and bring back nobody who left."""

from __future__ import annotations

import pytest

from briefing.archive.store.recipient_lists import decode_list, parse_recipient_list
from briefing.errors import BriefingError

LISTS = {  # text -> addresses that are added, addresses that left
    "listmonk": (("uuid,email,name,attributes,status\n1,ada@a.example,Ada,{},enabled\n"
                 "2,ben@a.example,Ben,{},blocklisted\n3,cai@a.example,Cai,{},disabled\n"), "ada", "ben cai"),
    "Ghost": ("id,email,name,note,subscribed_to_emails\n1,ada@a.example,Ada,,true\n2,ben@a.example,Ben,,false\n",
              "ada", "ben"),
    "Mailtrain": ("EMAIL,STATUS\nada@a.example,1\nben@a.example,2\ncai@a.example,3\ndee@a.example,4\n",
                  "ada", "ben cai dee"),
    "Mailchimp": (("Email Address,First Name,Last Name,Address,UNSUB_TIME\nada@a.example,Ada,Berg,1 Quay Rd,\n"
                  "ben@a.example,Ben,Ort,2 Quay Rd,2026-01-02 10:00\n"), "ada", "ben"),
    "Mailchimp, cleaned": ("Email Address,CLEAN_TIME\nada@a.example,2026-01-02\n", "", "ada"),
    "Substack": ("email,active_subscription,email_disabled\nada@a.example,false,false\nben@a.example,true,true\n",
                 "ada", "ben"),
    "Mailman": ("address,delivery_status\nada@a.example,enabled\nben@a.example,by_user\ncai@a.example,by_bounces\n",
                "ada", "ben cai"),
    "Sympa": ("email;reception;subscribed\nada@a.example;mail;1\nben@a.example;nomail;1\ncai@a.example;mail;0\n",
              "ada", "ben cai"),
    "phpList": ("email\tconfirmed\tblacklisted\nada@a.example\t1\t0\nben@a.example\t1\t1\ncai@a.example\t0\t0\n",
                "ada", "ben cai"),
    "Buttondown": (("email,subscriber_type\nada@a.example,regular\nben@a.example,unsubscribed\n"
                   "cai@a.example,undeliverable\ndee@a.example,complained\n"), "ada", "ben cai dee"),
    "in German": ("E-Mail-Adresse;Status\nada@a.example;aktiv\nben@a.example;abgemeldet\n", "ada", "ben"),
    "plain": ("# readers\nada@a.example\n\nBen <ben@a.example>\n", "ada ben", ""),
}  # fmt: skip

NAMES = {
    "Excel": "\ufeffemail,name\r\nada@a.example,Ada Berg\r\n",
    "Excel with its own line": "sep=;\r\nName;E-Mail\r\nAda Berg;ada@a.example\r\n",
    "Outlook": "First Name,Last Name,E-mail Address,Home Address\nAda,Berg,ada@a.example,1 Quay\n",
    "Outlook in German": '"Vorname";"Nachname";"E-Mail-Adresse"\n"Ada";"Berg";"ada@a.example"\n',
    "Google": "Name,Given Name,E-mail 1 - Type,E-mail 1 - Value\nAda Berg,Ada,*,ada@a.example\n",
    "Thunderbird": "First Name,Last Name,Display Name,Primary Email\nA,B,Ada Berg,ada@a.example\n",
    "in quotes": 'email\tname\nada@a.example\t"Ada Berg"\n',
    "a blank of another kind": "address,name\nada@a.example,Ada\xa0Berg\n",
}


@pytest.mark.parametrize("program", LISTS)
def test_an_export_adds_its_readers_and_not_who_left(program: str) -> None:
    text, readers, gone = LISTS[program]

    found = parse_recipient_list(text)

    assert [one.address for one in found.recipients] == [
        f"{one}@a.example" for one in readers.split()
    ]
    assert [line.split(" ")[0] for line in found.gone] == [
        f"{one}@a.example" for one in gone.split()
    ]
    assert found.faults == ()


@pytest.mark.parametrize("program", NAMES)
def test_columns_are_found_by_the_headings_of_many_programs(program: str) -> None:
    (one,) = parse_recipient_list(NAMES[program]).recipients

    assert (one.address, one.name) == ("ada@a.example", "Ada Berg")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_list_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    text = "email;name\nada@a.example;Ada Übersee\n"

    (one,) = parse_recipient_list(decode_list(text.encode(encoding))).recipients

    assert one.name == "Ada Übersee"


def test_lines_that_are_no_recipients_are_all_told_and_the_others_stay() -> None:
    found = parse_recipient_list(
        'email,name\nada@a.example,\nben@exam ple.org,\nnobody,\ncai@a.example,"Cai\nBcc: x@y.z"\n'
        "dee@a.example,Dee\n"
    )

    assert [one.address for one in found.recipients] == ["ada@a.example", "dee@a.example"]
    assert [fault.split(":")[0] for fault in found.faults] == ["line 3", "line 4", "line 5"]


def test_a_cell_without_end_costs_itself_alone() -> None:
    found = parse_recipient_list("email\nada@a.example\n" + "x" * 200_000 + "\n")

    assert len(found.recipients) == 1
    assert found.faults[0].startswith("line 3: this is no table")


def test_a_table_without_a_heading_for_the_address_is_refused() -> None:
    with pytest.raises(BriefingError, match="line 1: no column is called address or email"):
        parse_recipient_list("Name;Mail\nx;y\n")
