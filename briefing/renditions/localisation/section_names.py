"""What a source calls a section in, its name in the edition's language out: of the usual ones; any
other as it is.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache

from briefing.resources import templates_folder

FILE = "sections.toml"


@lru_cache(maxsize=512)  # asked of each storyline in each format
def localise_section(name: str, language: str) -> str:
    """The usual name in the language, of a section that is called so in another; what is its own
    name there stays.
    """
    found = [
        names
        for names in _load_sections()
        if any(_normalise_name(name) in map(_normalise_name, all_of) for all_of in names.values())
    ]
    own = [names[language] for names in found if language in names]
    if not own or any(_normalise_name(name) in map(_normalise_name, names) for names in own):
        return name
    return own[0][0]


def _normalise_name(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _load_sections() -> tuple[dict[str, list[str]], ...]:
    return tuple(tomllib.loads((templates_folder() / FILE).read_text(encoding="utf-8")).values())
