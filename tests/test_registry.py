"""Names in the configuration mean ours, an import path, or an entry point."""

from __future__ import annotations

import math

import pytest

from briefing.errors import ConfigError
from briefing.registry import find_function

OURS = {"lead": len, "lexrank": sorted}


def test_our_own_names_come_first() -> None:
    assert find_function("lead", OURS, kind="summariser") is len


def test_an_import_path_is_imported() -> None:
    assert find_function("math:sqrt", OURS, kind="summariser") is math.sqrt


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("leda", "no summariser is called 'leda'; did you mean 'lead'\\? there are lead, lexrank"),
        ("nowhere.at.all:function", "cannot be imported"),
        ("math:no_such", "cannot be imported"),
        ("math:pi", "is not a function"),
        (":x", "cannot be imported"),
    ],
)
def test_a_name_that_means_nothing_is_explained(name: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        find_function(name, OURS, kind="summariser")
