"""Which of two clusterers is better, by draws of topics; and thresholds chosen on all sets
but one.
"""

from __future__ import annotations

from benchmarks.leaving import left_out
from benchmarks.pairing import difference

GOLD = {("", f"{topic}{number}"): topic for topic in "abcdefghij" for number in range(3)}
APART = {key: key[1] for key in GOLD}


def test_what_is_right_is_better_than_what_is_all_apart() -> None:
    found = difference(GOLD, APART, GOLD)

    assert found.gain == 0.5  # precision 1 and recall a third
    assert 0.0 < found.low <= found.gain <= found.high
    assert found.p < 0.01


def test_the_same_is_no_better() -> None:
    assert difference(APART, APART, GOLD).gain == 0.0
    assert difference(APART, APART, GOLD).p == 1.0


def test_one_topic_of_ten_may_be_chance() -> None:
    almost = GOLD | {("", "a0"): "alone"}

    assert difference(GOLD, almost, GOLD).p > 0.05


def test_a_set_is_scored_with_the_threshold_of_the_others() -> None:
    tried = {"one": {0.10: 0.9, 0.12: 0.5}, "other": {0.10: 0.2, 0.12: 0.8}}

    _, one, other = left_out(tried)

    assert one.split() == ["one", "0.900", "0.500", "(0.12)", "0.900", "(0.10)"]
    assert other.split() == ["other", "0.200", "0.200", "(0.10)", "0.800", "(0.12)"]
