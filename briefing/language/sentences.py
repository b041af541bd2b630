"""text > sentences as spans of it: a rule splitter for news.

A line break always ends a sentence (a lost paragraph break is the largest source of errors); inside
a block a full stop, question mark, exclamation mark or ellipsis ends one unless a rule below says
that the sentence goes on. Closing quotation marks go to the sentence on their left, opening ones to
the right. Nothing is dropped but white space between sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.language.lexicon import Lexicon, load_abbreviations, load_lexicon
from briefing.model import Span

BLOCK = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
# Full stops, question and exclamation marks of all scripts: Latin, Greek (U+037E), Armenian, Arabic,
# Urdu, Devanagari and its neighbours, Ethiopic, Chinese and Japanese.
STOPS = ".!?…\u037e։؟۔।॥።፧。！？"
CLOSERS = "\"'”’“»)\\]›‘"
OPENERS = "\"'“‘«„‚‹(\\[¿¡"
# all of it possessive, so that no text takes more than linear time: punctuation, closing marks
# (also one set off by a space, as in « oui. » and in old scrapes), white space, opening marks
END = (
    "(?<![{stops}])(?P<stop>[{stops}]++)"
    rf"(?P<close>(?:[{CLOSERS}」』）]|«(?=\s))*+(?:[ "
    r"\u00a0\u202f](?:[»”]|['\"’](?=\s)))?)(?P<gap>\s++)"
    rf"(?=(?P<open>[{OPENERS}—–-]*+\s?)(?P<next>\S))|(?P<cjk>[。！？।॥።]+[」』”’）]*)(?=\S)"
)
# What says whose words those before are, after a closing mark: “…。”他说, 「…。」と話した
CJK_SAYING = re.compile(r"[^。！？\n]{0,10}?(?:说|說|表示|道[。，：]|指出|称|稱|と(?!い))")
QUOTED = 400  # characters; a quotation in brackets that is longer is cut in its sentences
TOKEN = re.compile(r"[\w.&'’°-]+\Z")
NEXT_WORD = re.compile(r"[^\W_][\w’'.-]*")
CAMEL = re.compile(r"[a-z]{1,2}[A-Z]|(?:al|el)-[A-Z]")  # iPhone, eBay, al-Shabab
DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")  # U.S, J.-P
ELIDED = re.compile(r"^(?:l|d|qu|dell|all|nell|sull|dall)[’'](?=.)")  # l’art. 12
LIST_NUMBER = re.compile(r"\s*(?:\d{1,2}|[a-hA-H]|[ivxIVX]{1,4})\Z")
QUOTES = "\"'”’“»"
DASHES = ("-", "–", "—")
LOOK_BACK = 24  # characters; no abbreviation is longer


@dataclass(frozen=True)
class Rules:
    """What one language adds to the general rules."""

    titles: frozenset[str]
    numbered: frozenset[str]
    ambiguous: frozenset[str]
    starters: frozenset[str]
    clock: frozenset[str]
    letter_nouns: frozenset[str]
    months: frozenset[str]
    ordinals: bool
    figured: frozenset[str]
    endings: tuple[str, ...]
    end: re.Pattern[str]
    attribution: re.Pattern[str]
    bare_attribution: re.Pattern[str]

    @classmethod
    def of(cls, words: Lexicon) -> Rules:
        more = load_abbreviations(words.language)
        say = words.alternatives("say") + "|" + words.alternatives("say_also")
        # "Mr Hall asked", "the officer shouted", "asked Mr Hall"
        someone = rf"(?:[^\W\d_a-zß-ÿ][\w’'.-]*|{words.alternatives('determiners')})\s+(?:[\w’'.-]+\s+){{0,3}}?"
        says = rf"(?:{someone})?(?:{say})\b"
        return cls(
            words.words("titles") | more.words("titles"),
            words.words("numbered"),
            words.words("ambiguous") | more.words("ambiguous"),
            words.starters | more.words("starters"),
            words.words("clock_followers"),
            words.words("letter_nouns"),
            words.words("months") | more.words("months"),
            words.ordinals or more.ordinals,
            more.words("figured"),
            tuple(sorted(more.words("endings"))),
            re.compile(END.replace("{stops}", STOPS + (";" if words.language == "el" else ""))),
            re.compile(says),
            re.compile(says + r"\s*(?:[.,:;]|$)"),
        )


@cache
def _load_rules(language: str) -> Rules:
    return Rules.of(load_lexicon(language))


def split_sentences(text: str, *, language: str = "en") -> list[Span]:
    """Sentences in order, not overlapping, each without white space around it. Linear; about 5 MB a
    second.

    >>> text = 'Dr. Lund left at 5 p.m. on Monday. “Why?” Mr Hall asked. Nobody knew.'
    >>> [span.of(text) for span in split_sentences(text)]
    ['Dr. Lund left at 5 p.m. on Monday.', '“Why?” Mr Hall asked.', 'Nobody knew.']
    """
    given, spans = _load_rules(language), list[Span]()
    for block in BLOCK.finditer(text):
        start = block.start()
        for match in given.end.finditer(text, start, block.end()):
            if match.start() >= start and _is_sentence_end(text, start, match, given):
                stop = match.start("gap") if match["gap"] else match.end()
                start = _add_span(spans, text, start, stop)
        _add_span(spans, text, start, block.end())
    return spans


def _add_span(spans: list[Span], text: str, start: int, stop: int) -> int:
    """Notes the sentence between two places, if there is more than white space; gives the place
    after it.
    """
    piece = text[start:stop]
    bare = piece.strip()
    if bare:
        first = start + len(piece) - len(piece.lstrip())
        spans.append(Span(first, first + len(bare)))
    return stop


def _is_sentence_end(text: str, start: int, match: re.Match[str], given: Rules) -> bool:
    """Whether a sentence that began at `start` ends at this punctuation."""
    if match["cjk"]:
        return not _is_quoted_on(text, start, match)
    stop, close, opener = match["stop"], match["close"], match["open"].strip()
    after = match.end("gap")
    if match["next"].islower() and not CAMEL.match(text, after + len(match["open"])):
        return False
    if close and close[-1] in QUOTES and opener[:1] in DASHES:
        return False  # “It is over.” — Marit Osei
    if close and close[-1] in QUOTES and not opener:
        attribution = given.bare_attribution if stop == "." else given.attribution
        if attribution.match(text, after):
            return False  # “Why?” Mr Hall asked
    if stop == "." and (not close or close == ")"):
        return _is_final_stop(text, start, match, given)
    return not (set(stop) <= {".", "…"} and match["next"] in ".…")


def _is_quoted_on(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence goes on with who said it, or stands in brackets that close later."""
    if match["cjk"][-1] in "」』”’）":
        return CJK_SAYING.match(text, match.end()) is not None
    before = text[max(start, match.start() - QUOTED) : match.start()]
    return (
        before.count("「") > before.count("」") and "」" in text[match.end() : match.end() + QUOTED]
    )


def _is_final_stop(text: str, start: int, match: re.Match[str], given: Rules) -> bool:
    """Whether a single full stop ends the sentence, or belongs to an abbreviation, initial or
    number.
    """
    before = text[max(start, match.start() - LOOK_BACK) : match.start()]
    word = NEXT_WORD.match(text, match.end("gap") + len(match["open"]))
    following = word.group().lower().rstrip(".") if word else ""
    if match.start() - start <= 4 and LIST_NUMBER.match(text[start : match.start()]):
        return False  # "1. The first item"
    if before.endswith(" ") or match["next"] == ".":
        return False  # ". . ." spaced ellipsis
    token = TOKEN.search(before)
    if not token or match["close"]:
        return True
    left = before[: token.start()].split()
    return not _is_abbreviation(
        token.group().strip("'’").lower(),
        following,
        left[-1:],
        given,
        opened=match["open"].strip() not in {"", "["},
    )


def _is_abbreviation(  # noqa: PLR0911 - one line a rule
    token: str, following: str, left: list[str], given: Rules, *, opened: bool
) -> bool:
    """Whether the full stop after `token` belongs to it and the sentence goes on with
    `following`.
    """
    starter = following in given.starters or opened
    token = ELIDED.sub("", token)
    if following[:1].isdigit() and (token in given.figured or token.endswith(given.endings)):
        return True
    if token in given.numbered:
        return following[:1].isdigit() or token not in ("no", "art", "ed", "s")
    if token in given.titles:
        return True
    if token in ("a.m", "p.m") and following in given.clock:
        return True
    if len(token) == 1 and token.isalpha():
        return not starter and not (left and left[0].lower() in given.letter_nouns)
    if token in given.ambiguous or DOTTED.fullmatch(token):
        return not starter
    if given.ordinals and token.isdigit() and len(token) <= 2:
        return following in given.months or not starter
    return False
