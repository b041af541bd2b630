"""The benchmark of an archive's age: days one after the other, each with an edition, index and
records.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.ageing import aged, exports

pytestmark = pytest.mark.slow


def test_each_day_is_read_grouped_indexed_and_remembered(tmp_path: Path) -> None:
    reports = [len(day) for day in exports(2)]

    lines = list(aged(tmp_path, 2, 1))

    found = [
        [
            int(one)
            for one in re.findall(r"(\d+) (?:reports|articles|storyline_records|told)\b", line)
        ]
        for line in lines
    ]
    (first, second) = found
    assert [first[0], second[0]] == reports
    assert [first[1], second[1]] == [reports[0], sum(reports)]
    assert 0 < first[2] < second[2] <= second[1]
    assert 0 < first[3] < second[3]
