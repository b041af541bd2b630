"""An editor's hand: decisions in storylines.toml are obeyed by every later run, and undone by
deleting the line.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from newsroom import FLOOD, STRIKE, TRIAL, article

from briefing.cli.init import init
from briefing.cli.storylines import storylines as command
from briefing.config import Config, load_config
from briefing.editions import LENGTHS, compose, day_window
from briefing.errors import ConfigError
from briefing.model import Article, Storyline
from briefing.storylines import (
    Hand,
    apply_decisions,
    group_articles,
    parse_decisions,
    unmet_decisions,
)
from briefing.storylines.curation.apply import derive_split_id
from briefing.storylines.curation.decisions import TEMPLATE
from briefing.wiring import build_audience, load_decisions

DAY = date(2026, 3, 3)


def reports(sentences: tuple[str, ...], outlets: str, day: date = DAY) -> list[Article]:
    return [
        article(
            [*sentences[n:], *sentences[:n]],
            headline=sentences[n][:-1],
            outlet=f"Outlet {outlet}",
            day=day,
        )
        for n, outlet in enumerate(outlets)
    ]


STRIKES, FLOODS, TRIALS = reports(STRIKE, "ABC"), reports(FLOOD, "AB"), reports(TRIAL, "C")
FOUND = group_articles([*STRIKES, *FLOODS, *TRIALS])


def named(articles: list[Article], found: tuple[Storyline, ...] = FOUND) -> Storyline:
    return next(one for one in found if articles[0] in one.articles)


STRIKE_ID, FLOOD_ID, TRIAL_ID = (named(articles).id for articles in (STRIKES, FLOODS, TRIALS))


def test_without_decisions_nothing_changes() -> None:
    assert apply_decisions(FOUND, Hand()) == FOUND
    assert parse_decisions("") == Hand()
    assert parse_decisions(TEMPLATE) == Hand()


def test_every_example_of_the_template_is_valid_once_its_marks_are_taken_away() -> None:
    hand = parse_decisions(re.sub(r"(?m)^# ", "", TEMPLATE[TEMPLATE.index("# pin") :]))

    assert all((hand.pin, hand.mute, hand.rename, hand.merge, hand.split, hand.relate))


def test_merged_storylines_are_one_under_the_first_id() -> None:
    found = apply_decisions(FOUND, Hand(merge=((STRIKE_ID, TRIAL_ID),)))

    assert len(found) == len(FOUND) - 1
    assert set(named(STRIKES, found).articles) == {*STRIKES, *TRIALS}
    assert named(STRIKES, found).id == STRIKE_ID
    assert sum(len(event) for event in named(STRIKES, found).events) == len(STRIKES) + len(TRIALS)


def test_a_merged_storyline_keeps_the_id_on_a_day_without_news_of_the_first() -> None:
    (trial,) = apply_decisions([named(TRIALS)], Hand(merge=((STRIKE_ID, TRIAL_ID),)))

    assert trial.id == STRIKE_ID


def test_what_is_split_off_is_a_storyline_of_its_own_with_what_follows_it() -> None:
    later = article(
        [*FLOOD, "The water stands in the church."],
        headline="Orla floods church",
        outlet="Z",
        day=DAY + timedelta(1),
    )
    lumped = Storyline("lump-1", (*STRIKES, *FLOODS, later), named(STRIKES).headline)
    hand = Hand(split=(("lump-1", FLOODS[0].id, FLOODS[1].id),))

    rest, part = apply_decisions([lumped], hand)

    assert (rest.id, set(rest.articles)) == ("lump-1", set(STRIKES))
    assert (part.id, set(part.articles)) == (
        derive_split_id("lump-1", FLOODS[0].id),
        {*FLOODS, later},
    )
    assert part.headline.article in part.articles


def test_a_new_headline_is_words_of_a_source() -> None:
    by_headline = named(
        STRIKES, apply_decisions(FOUND, Hand(rename=((STRIKE_ID, STRIKES[2].headline or ""),)))
    )
    by_text = named(
        STRIKES, apply_decisions(FOUND, Hand(rename=((STRIKE_ID, "18 million crowns a day"),)))
    )
    invented = Hand(rename=((STRIKE_ID, "Words of nobody"),))

    assert str(by_headline.headline) == STRIKES[2].headline
    assert str(by_text.headline) == "18 million crowns a day"
    assert apply_decisions(FOUND, invented) == FOUND
    assert (
        "none of its articles here has the words 'Words of nobody'"
        in unmet_decisions(FOUND, invented)[0]
    )


def test_related_storylines_name_each_other() -> None:
    found = apply_decisions(FOUND, Hand(relate=((STRIKE_ID, TRIAL_ID),)))

    assert STRIKE_ID in named(TRIALS, found).related
    assert TRIAL_ID in named(STRIKES, found).related


def edition_ids(path: Path) -> list[str]:
    """The storylines of an edition made with the decisions of a file."""
    from newsroom import lead_digest

    config = Config(storylines=str(path))
    edition = compose(
        apply_decisions(FOUND, load_decisions(config)), title="T", profile="daily", date=DAY, window=day_window(DAY, "UTC"),
        length=LENGTHS["standard"], digest=lead_digest, audience=build_audience(config),
    )  # fmt: skip
    return [item.storyline.id for item in edition.items]


def test_editions_obey_what_is_pinned_muted_and_renamed_until_the_line_is_deleted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "storylines.toml"
    before = edition_ids(path)
    path.write_text(f'pin = ["{TRIAL_ID}"]\nmute = ["{FLOOD_ID}"]\n', encoding="utf-8")

    decided = edition_ids(path)

    assert decided[0] == TRIAL_ID != before[0]
    assert FLOOD_ID in before
    assert FLOOD_ID not in decided
    path.write_text("", encoding="utf-8")
    assert edition_ids(path) == before


def test_an_editions_headline_is_the_one_the_editor_chose(tmp_path: Path) -> None:
    from newsroom import lead_digest

    chosen = apply_decisions(FOUND, Hand(rename=((STRIKE_ID, "18 million crowns a day"),)))

    edition = compose(
        chosen, title="T", profile="daily", date=DAY, window=day_window(DAY, "UTC"), length=LENGTHS["standard"],
        digest=lead_digest,
    )  # fmt: skip

    assert "18 million crowns a day" in [str(item.storyline.headline) for item in edition.items]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("pin = [", "this is not TOML"),
        ("# none\npins = []", "line 2: no decision is called 'pins'; did you mean 'pin'?"),
        ('pin = "a"', "line 1: pin: a list is expected, not 'a'"),
        ('mute = [\n  "a",\n  5,\n]', "line 1: mute: the id of a storyline is expected, not 5"),
        (
            'merge = [\n  ["a", "b"],\n  ["c"],\n]',
            'line 3: merge: ["id that stays", "id that joins it", …] is expected',
        ),
        (
            'merge = [\n  ["a", "b"],\n  ["c", "b"],\n]',
            "line 3: merge: 'b' stands in another line of 'merge' already",
        ),
        ('rename = [\n  ["a", "b", "c"],\n]', "line 2: rename:"),
        ('split = [\n  ["a"],\n]', "line 2: split:"),
        ('relate = [["a", "a"]]', "line 1: relate:"),
        ('pin = ["a"]\nmute = ["a"]', "line 2: mute: 'a' is pinned as well"),
        (
            'pin = ["a"]\n\npin = ["b"]',
            "line 3: 'pin' has a list in line 1 already; put all into that one",
        ),
        (
            'mute = ["b"]\nmerge = [["a", "b"]]',
            "line 1: mute: 'b' joins 'a' by 'merge'; name 'a' here",
        ),
        (
            'merge = [["a", "b"]]\npin = [\n  "b",\n]',
            "line 3: pin: 'b' joins 'a' by 'merge'; name 'a' here",
        ),
        (
            'merge = [["a", "b"]]\nrename = [["b", "w"]]',
            "line 2: rename: 'b' joins 'a' by 'merge'; name 'a' here",
        ),
        ('merge = [["a", "b"]]\nrelate = [["b", "a"]]', "line 2: relate: both are one by 'merge'"),
        (
            'merge = [["a", "b"], ["b", "c"]]',
            "line 1: merge: 'b' stands in another line of 'merge' already",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_key(text: str, fault: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_decisions(text)

    assert fault in str(error.value)
    assert str(error.value).startswith("storylines.toml: ")


@pytest.mark.parametrize("key", ["pin", "mute"])
def test_an_id_with_a_slip_of_the_pen_is_told_and_one_of_another_day_is_not(key: str) -> None:
    slip = f"{STRIKE_ID[:-1]}{'0' if STRIKE_ID[-1] != '0' else '1'}"

    told = unmet_decisions(
        FOUND, parse_decisions(f'{key} = ["{slip}", "another-affair-of-long-ago-3fa9c1"]')
    )

    assert told == (f"{key}: no storyline is '{slip}'; did you mean '{STRIKE_ID}'?",)


def test_what_a_line_did_is_undone_by_deleting_it_on_a_later_day() -> None:
    later = reports((*STRIKE[1:], STRIKE[0]), "D", DAY + timedelta(1))
    lines = ((("merge", ((STRIKE_ID, TRIAL_ID),)),), (("split", ((STRIKE_ID, STRIKES[0].id),)),))
    usual = group_articles(later, known=FOUND)

    for decided in lines:
        hand = Hand(**dict(decided))
        assert apply_decisions(FOUND, hand) != FOUND
        assert apply_decisions(usual, hand) != usual
        assert apply_decisions(usual, Hand()) == group_articles(later, known=FOUND) == usual


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as error:
        parse_decisions('pin = 1\nmute = 2\nmerge = [["a"]]')

    assert [line.split(":")[2].strip() for line in str(error.value).splitlines()] == [
        "pin",
        "mute",
        "merge",
    ]


def test_a_new_workspace_has_the_file_and_its_settings_name_it(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "briefing.toml").write_text('title = "Desk"', encoding="utf-8")

    CliRunner().invoke(init, [str(tmp_path / "desk")], standalone_mode=False)

    config = load_config(tmp_path / "desk" / "briefing.toml")

    assert Path(config.storylines) == tmp_path / "desk" / "storylines.toml"
    assert Path(config.storylines).read_text(encoding="utf-8") == TEMPLATE
    assert load_decisions(config) == Hand()


def test_the_command_obeys_and_says_what_it_could_not(tmp_path: Path) -> None:
    file, hand = tmp_path / "a.jsonl", tmp_path / "storylines.toml"
    file.write_text(
        '{"id": "s", "title": "Dockers strike at Halden", "text": "", "date": "2026-03-03"}\n'
        '{"id": "t", "title": "Jury finds Olander guilty", "text": "", "date": "2026-03-03"}\n',
        encoding="utf-8",
    )
    options = [str(file), "--hand", str(hand), "--json"]
    hand.write_text("", encoding="utf-8")
    apart = CliRunner().invoke(command, options, standalone_mode=False).stdout
    ids = [line.split('"')[7] for line in apart.splitlines()]
    hand.write_text(
        f'merge = [["{ids[0]}", "{ids[1]}"]]\nrename = [["{ids[0]}", "no such words"]]',
        encoding="utf-8",
    )

    result = CliRunner().invoke(command, options, standalone_mode=False)

    assert [line.split('"')[7] for line in result.stdout.splitlines()] == [ids[0], ids[0]]
    assert "none of its articles here has the words" in result.stderr
