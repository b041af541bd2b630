"""Some lines of a page that are one report, and what their arrangement states about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.articles.boilerplate import rules
from briefing.articles.drafts import Facts
from briefing.articles.lines import Line
from briefing.model import ArticleKind


@dataclass(frozen=True)
class Part:
    """Some lines that are one report, and what their arrangement states about it."""

    lines: tuple[Line, ...]
    kind: ArticleKind = "article"
    facts: Facts = field(default_factory=Facts)
    apart: frozenset[int] = field(
        default=frozenset()
    )  # positions of lines that are known to be no text

    @property
    def words(self) -> int:
        return sum(
            line.words
            for i, line in enumerate(self.lines)
            if i not in self.apart and is_own_prose(line)
        )


def is_own_prose(line: Line) -> bool:
    return line.prose and rules.classify_line(line.text) is None


def is_heading(line: Line) -> bool:
    """Whether a line may be the heading of what follows it."""
    return line.title_like and not line.prose and rules.classify_line(line.text) is None
