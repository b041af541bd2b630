"""Scheduled mornings over archives of any kind: whatever lies in the folder, an edition is made or
said to be none.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from briefing.config import Config, SourceSettings
from briefing.service.morning.due import run_due_editions
from briefing.service.morning.make import Maker, Shared
from briefing.service.report import Report

CORPUS = sorted(
    path for path in (Path(__file__).parents[2] / "corpus").glob("2026-03-0*/*") if path.is_file()
)


def desk_in(folder: Path, timezone: str = "UTC") -> Config:
    (folder / "in").mkdir(exist_ok=True)
    return Config(
        output=str(folder / "output"), state=str(folder / "state"), formats=("markdown",), timezone=timezone,
        storylines=str(folder / "storylines.toml"), sources=(SourceSettings(str(folder / "in")),),
    )  # fmt: skip


def wake(config: Config, now: datetime, again: date | None = None) -> Report:
    maker = Maker(config, lambda: now, lambda _: None, Shared())
    return run_due_editions(config, clock=lambda: now, make=maker, catch_up=1, again=again)


MORNINGS = st.lists(
    st.tuples(
        # days of the clock from the documents' first
        st.sampled_from([-400, -30, 0, 1, 2, 3, 270]),
        st.lists(st.sampled_from(CORPUS), min_size=1, max_size=9),  # what came in
        st.booleans(),  # whether what came before is taken away
        st.booleans(),  # whether the edition is made once more
    ),
    min_size=2, max_size=4,
)  # fmt: skip


@settings(
    max_examples=4, phases=(Phase.explicit, Phase.generate)
)  # a shrunken one would cost minutes
@given(MORNINGS)
def test_no_morning_fails_whatever_comes_in_and_whenever(
    mornings: list[tuple[int, list[Path], bool, bool]],
) -> None:
    """Reports that are old, undated, live, given again or taken away, and a clock that is far from
    their days.
    """
    with TemporaryDirectory() as folder:
        config = desk_in(Path(folder))
        incoming = Path(config.sources[0].location)
        for shift, files, emptied, again in mornings:
            now = datetime(2026, 3, 4, 6, 30, tzinfo=UTC) + timedelta(shift)
            if emptied:
                shutil.rmtree(incoming)
                incoming.mkdir()
            for path in files:
                shutil.copyfile(path, incoming / path.name)

            reports = [wake(config, now), *([wake(config, now, now.date())] if again else [])]

            none = [
                one for report in reports for one in report.troubles if "no edition was made" in one
            ]
            assert all("no news was found" in one for one in none)


def test_an_undated_report_stands_in_the_first_edition_after_it_came_in_and_in_no_later_one(
    tmp_path: Path,
) -> None:
    config = desk_in(tmp_path)
    incoming = Path(config.sources[0].location)
    (incoming / "mill.txt").write_text(
        "Mill in Orsund burns down\n\nThe old mill in Orsund has burnt down to its walls. Nobody was "
        "hurt, the fire chief Runa Dalby said. The town had bought the mill for 200,000 crowns.\n",
        encoding="utf-8",
    )
    first = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)

    wake(config, first)
    (incoming / "ferry.txt").write_text(
        "Ferry to Vindholm runs again\n\nThe ferry to Vindholm runs again after a week of repairs. "
        "The first crossing carried 41 passengers, the line said. Fares stay as they were.\n",
        encoding="utf-8",
    )
    wake(config, first + timedelta(1))

    editions = [
        (tmp_path / "output" / f"2026-03-0{day}-daily" / "edition.md").read_text() for day in (4, 5)
    ]
    assert ["mill" in text for text in editions] == [True, False]
    assert ["Vindholm" in text for text in editions] == [False, True]
