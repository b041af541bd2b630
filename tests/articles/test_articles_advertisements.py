"""What stands under an advertisement's label is cut, and the news around it stays."""

from __future__ import annotations

import pytest

from briefing.articles.boilerplate.advertisements import find_advertisements
from briefing.articles.lines import split_lines

NEWS = (
    "The council of Gullhaven voted on Tuesday to sell the old lighthouse for two million crowns."
)
MORE = "A freight train left the rails near Tarnow Bridge before dawn, and nobody was hurt there."
SOLD = "Brink Bank keeps your savings dry, and half of all islanders bank there already, it says."
LABELS = [
    "A message from Brink Bank", "Presented by Brink Bank", "TOGETHER WITH BRINK BANK", "Sponsored",
    "Paid for by Brink Bank", "Advertisement", "Partner content", "Anzeige", "Werbung",
    "Präsentiert von Brink Bank", "Publicité", "Contenu sponsorisé", "Publicidad", "Patrocinado por Brink Bank",
]  # fmt: skip


def cut(*lines: str, closed: bool = False) -> list[str]:
    found = split_lines("\n\n".join(lines))
    return [found[i].text for i in sorted(find_advertisements(found, closed=closed))]


@pytest.mark.parametrize("label", LABELS)
def test_a_block_under_a_label_is_cut_up_to_the_next_heading(label: str) -> None:
    assert cut(NEWS, label, SOLD, "Train derails near Tarnow Bridge", MORE) == [label, SOLD]


@pytest.mark.parametrize("label", LABELS)
def test_the_text_after_a_label_stays_where_no_end_is_known(label: str) -> None:
    assert cut(NEWS, label, MORE, NEWS) == [label]


def test_lines_that_sell_are_cut_where_no_end_is_known() -> None:
    assert cut(NEWS, "A message from Brink Bank", SOLD, MORE) == ["A message from Brink Bank", SOLD]


def test_an_item_ends_its_advertisement() -> None:
    label = "Advertisement"

    assert cut(NEWS, label, "Savings that stay dry", SOLD, closed=True)[0] == label
    assert cut(NEWS, label, SOLD, closed=True) == [label, SOLD]


def test_a_sponsored_heading_is_cut_with_its_text() -> None:
    heading = "Savings that never leak (Sponsor)"

    assert cut(heading, SOLD, "Train derails near Tarnow Bridge", MORE) == [heading, SOLD]


def test_what_a_letter_says_of_itself_is_cut_and_a_quotation_of_it_is_not() -> None:
    own = "If you have any comments, just respond to this email!"

    assert cut(NEWS, own, MORE) == [own]
    assert cut(NEWS, "“Please respond to this email,” the mayor wrote to 400 islanders.") == []
