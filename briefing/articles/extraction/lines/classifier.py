"""The lines of a page in, how like an article's own words each is out: a linear model over named
traits.

The weights stand in `likeness.json`, each beside the name of its trait; `python -m benchmarks
likeness` fits them anew and says how well they do on pages that they were not fitted to.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from briefing.articles.extraction.lines.features import Trait, line_traits
from briefing.articles.lines import Line

# added to each line's log-odds: flat from .25 to .75 on either half of wcxb-dev, each fitted on the
# other
LENIENT = 0.5


def weigh_lines(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[float]:
    """Words that each line speaks for (or, below zero, against) its being text: all of them where
    the model is sure.
    """
    of, bias = load_weights()
    found = []
    for line, its in zip(lines, line_traits(lines, reasons), strict=True):
        odds = bias + sum([of.get(trait, 0.0) for trait in its])
        found.append(round((line.words + 1) * math.tanh((odds + LENIENT) / 2), 9))
    return found


@cache
def load_weights() -> tuple[Mapping[Trait, float], float]:
    """Of each trait, and what all lines start from: log-odds."""
    return parse_weights(
        json.loads(Path(__file__).with_name("likeness.json").read_text(encoding="utf-8"))
    )


def parse_weights(stored: Mapping[str, Any]) -> tuple[Mapping[Trait, float], float]:
    """The weights as they are looked up, from how they are stored: family, value, weight."""
    by_trait = {
        (family, _parse_value(value)): float(w)
        for family, of in stored["weights"].items()
        for value, w in of.items()
    }
    return by_trait, float(stored["bias"])


def _parse_value(written: str) -> int | str:
    return int(written) if written.isdigit() else written
