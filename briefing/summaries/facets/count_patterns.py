"""the expressions that `counts` finds figures and what they count by. English."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.language.lexicon import load_lexicon, word_set

ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TIES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: value for value, word in enumerate(("zero", *ONES, "ten", *TEENS))}
TENS = {word: 10 * value for value, word in enumerate(TIES, 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
LEAST = "at least|more than|well over|over|no fewer than|upwards of"
MOST = "up to|as many as|at most|no more than|fewer than|less than|under|nearly|almost|close to"
ABOUT = "about|around|some|roughly|approximately|an estimated"
NUMBER = re.compile(
    rf"(?:\b(?P<hedge>{LEAST}|{MOST}|{ABOUT})\s+)*"
    rf"(?<![\w$€£¥#.,:/-])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?"
    rf"|(?:{'|'.join(TENS)})(?:-(?:{'|'.join(ONES)}))?|{'|'.join(sorted(SMALL, key=len, reverse=True))})"
    rf"(?![\w%°:/–-]|[.,]\d)(?:\s(?P<scale>{'|'.join(SCALES)})\b)?",
    re.IGNORECASE,
)
ROUGH = 0.1  # share by which "about" may be off
PARTS = re.compile(
    r"\s(?:of (?:the|them|those|whom|these|its|their|his|her|our)\b|or\b|to\s\d|and a "
    r"half|percent|per cent|percentage"
    r"|out of|in \d|times?\b|points?\b|degrees?\b)",
    re.IGNORECASE,
)
MEMBERS = re.compile(r"\sof (?:its|their)(?=\s(?:members|workers|staff|employees|neighbou?rs)\b)")
NOT_BEFORE = re.compile(
    r"(?:\b(?:another|other|additional|further|extra|more|first|next|last|nearest|age|aged|ages|or|to|between|every|each|per"
    r"|top|no|number|from|than|including|among|his|her|only|just|remaining|in|by|where|of "
    r"which)|[$€£¥–-])\s*\Z",
    re.IGNORECASE,
)
EXTRA = word_set("more other others additional further extra fewer separate consecutive remaining")
ADDED = re.compile(r"\band\s*\Z", re.IGNORECASE)
MODALS = re.compile(
    r"\b(?:would|could|may|might|should|will|can|expected|feared|believed|estimates?|projected|hopes?|aims?|plans?"
    r"|goal|target|up from|down "
    r"from|compared|since|previous|previously|earlier|initially|rose|risen|rising|grew|grown|"
    r"climbed|increased|doubled|tripled|soared|record|average|usually|typically|annual|annually|each "
    r"year|a year"
    r"|every|per|as if|history|anniversary|not)\b",
    re.IGNORECASE,
)
AUXILIARY = (
    r"(?:\s(?:were|was|are|is|have|had|has|been|being|also|all|confirmed|now|reported|still|so "
    r"far))*"
)


@dataclass(frozen=True)
class Kind:
    """What is counted: by what stands after the counted people, or before the figure."""

    name: str
    after: re.Pattern[str]
    before: re.Pattern[str]
    grows: bool = True  # a later and larger figure is more probably news than a difference
    anybody: bool = False  # whoever is counted: strikers may be called workers or members


def _compile_kind(
    name: str, after: str, before: str, *, grows: bool = True, anybody: bool = False
) -> Kind:
    flags = re.IGNORECASE
    return Kind(
        name,
        re.compile(rf"{AUXILIARY}\s(?:{after})\b", flags),
        re.compile(rf"\b(?:{before})\s*\Z", flags),
        grows,
        anybody,
    )


KINDS = (
    _compile_kind(
        "dead",
        r"killed|dead|died|lost their lives|drowned|shot dead|perished",
        (
            r"killed|killing|kills|claimed the lives of|death toll (?:\w+ "
            r"){0,5}(?:to|at|of|is|was)|deaths? of|claimed"
        ),
    ),
    _compile_kind(
        "injured",
        r"(?:(?:seriously|slightly|badly|severely|critically) )?(?:injured|wounded|hurt)",
        r"injured|injuring|wounded|wounding|hurting",
    ),
    _compile_kind("missing", r"missing|unaccounted for", r"(?!)"),
    _compile_kind(
        "arrested",
        r"arrested|detained|taken into custody",
        r"arrested|detained|arresting|detaining",
    ),
    _compile_kind(
        "moved out",
        r"evacuated|displaced|moved out|bused to safety|brought to "
        r"safety|fled|flee|grabbed [^,;]{1,40} fled"
        r"|(?:had |forced )?to (?:leave|flee) their homes|left homeless",
        r"evacuated|evacuating|displaced|displacing|workers moved|evacuation of",
    ),
    _compile_kind(
        "on strike",
        (
            r"(?:[\w]+ ){0,2}(?:on strike|out on strike|joined the "
            r"[\w-]*\s?strike|striking|walked out|poured out)"
        ),
        r"strike by|walkout by|number of strikers at|stoppage by",
        grows=False,
        anybody=True,
    ),
    _compile_kind("rescued", r"rescued|pulled from|airlifted", r"rescued|rescuing|airlifted|saved"),
    _compile_kind(
        "in the streets",
        (
            r"(?:took "
            r"part|marched|rallied|demonstrated|protested|gathered|attended|turned "
            r"out|took to the streets)"
        ),
        r"crowd of|turnout at|a rally of|march of",
        grows=False,
        anybody=True,
    ),
    _compile_kind(
        "without power",
        (
            r"(?:(?:were|was|left|remained) )?(?:without (?:power|electricity)|lost "
            r"power|in the dark|cut off)"
        ),
        r"(?!)",
        anybody=True,
    ),
    _compile_kind(
        "ill",
        (
            r"infected|ill|fallen ill|taken ill|in hospital|hospitali[sz]ed|tested "
            r"positive|being treated"
        ),
        r"infected|sickened|infecting",
    ),
)
# Any other thing of which something is told: "380 houses were flooded", "cancelled 600 flights".
HAPPENED = re.compile(
    r"\s(?:were|have been|had been|are|was)\s(?:also\s|all\s|now\s)?"
    r"(?P<deed>(?!need)\w{3,}ed|under water|shut|hit|lost)\b",
    re.IGNORECASE,
)
DID = re.compile(
    r"\b(?P<deed>(?!includ|need|total|ne?ar|invol|follow)\w{3,}ed|cut|shut|cutting|\w{4,}ing)\s*\Z"
)
COMMON = word_set(
    "people persons victims lives individuals residents villagers inhabitants neighbours neighbors"
)
MEASURES = word_set(
    "day days hour hours minute minutes second seconds week weeks month months year "
    "years metre metres meter meters "
    "mile miles foot feet inches yards kilometres kilometers km tonnes tons acres "
    "hectares points times nights"
)
DEATHS = re.compile(
    (
        r"\b(?:killed|killing|kills|dead(?! "
        r"of\b)|died|dies|deaths?|fatal\w*|murder\w*|slain|perished|drowned)\b"
    ),
    re.IGNORECASE,
)
FEWEST_OF_ALL = 10  # "the two sides": fewer are not counted but named
WHOLE = re.compile(
    (
        r"\b(?:all|the|all of the|all the|carrying|ferry with|plane with|ship with|boat "
        r"with|bus with)\s*\Z"
    ),
    re.IGNORECASE,
)
ABOARD = re.compile(r"\s(?:aboard|on board|were on board|were aboard)\b", re.IGNORECASE)
TOLD = re.compile(
    r"\w+ed\b|\b(?:fled|left|took|went|came|had|sat|rose|ran|met|got|lost|won|held|made|gave|said|told)\b"
)
NEAR = 5  # words before a figure in which a forecast would be
AHEAD = 40  # characters behind what is counted in which one would be
MANNER = 4  # words of a counted thing at most: "striking container terminal workers"
QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|(?<!\w)['‘](?:[^'’]|['’](?=\w))*['’](?!\w)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONTHS = tuple(name.capitalize() for name in str(load_lexicon("en").lists["months"]).split()[:12])
MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
LONG_AGO = re.compile(
    r"\b(?:last (?:year|month|week|time)|years? ago|months? ago|weeks? ago|so far this year)\b",
    re.IGNORECASE,
)
