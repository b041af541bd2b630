"""a sentence > its faults as a sentence of a summary, whatever stands around it; and what it needs
before it.

These are the defects that readers name in extractive summaries (Zhang, Wan and Bansal, "Extractive
is not faithful", ACL 2023: 30 % of 1,600 summaries have one), found by pattern and word list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.language import Lexicon, load_lexicon

WORD = re.compile(r"[\w’'-]+")
OPENING = re.compile(r"[\"“'‘(\[«„‹¿¡—–-]+\s?")
END_MARK = re.compile(r"[.!?…。！？][\"”’')\]»“」』]*(?:[ \u00a0\u202f]»)?$")
FEWEST_WORDS = 5
MOST_OF_AN_ATTRIBUTION = 9  # words
LONGEST = 1200  # characters: not a sentence but a list, a table or a text without full stops
QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)")
SINGLE_QUOTED = re.compile(r"(?<!\w)['‘](?!\d\ds\b|n\b|em\b)(?:[^'’]|['’](?=\w))*[,.!?…]['’](?!\w)")
SHORT_SINGLE = re.compile(
    r"(?<!\w)['‘](?!\d\ds\b|n\b|em\b)(?=\w)[^'’‘\n]{1,80}(?<=\w)['’](?!\w)"
)  # 'our duty'
OPENS_SINGLE = re.compile(r"['‘](?!\d\ds\b|n\b|em\b)")
SINGLE_END = re.compile(r"[,.!?…]['’](?=\s|$)")
# Content words before a pronoun, from which on its antecedent lies in the same sentence nearly
# always: by gold coreference .87 of "it", .93 of "they"; of those with 3 to 5 before them .70, with
# fewer .2
ACCOUNTED = 6
LONGEST_INTRODUCTION = 100  # characters before the first comma
PARTICIPLE = re.compile(r"(?:Now |Once |Also |First )?[A-Z]?\w+(?:ed|ing|en|orn)\b")
MOSTLY_QUOTED = 0.55  # share of a sentence from which it is its speaker's, who must then be named

BOILERPLATE = re.compile(
    r"\b(?:read more|more:|see also|related:|watch:|video:|listen:|scroll down|click "
    r"here|tap here|follow (?:us|me|@)"
    r"|sign up|subscribe|our newsletter|share this|all rights "
    r"reserved|copyright|getty images|shutterstock"
    r"|image (?:copyright|caption|source)|photo(?:graph)?:|photos?(?:graph)? "
    r"by|(?:use|accept|our|all|of) cookies"
    r"|cookie (?:policy|settings|preferences)|uses? cookies|contributed to this "
    r"report|e-?mail us|download our"
    r"|terms of (?:use|service)|privacy policy|for (?:confidential )?(?:help|support) "
    r"call|back to top|continue reading"
    r"|(?:story|article) continues|enable javascript|watch the video|view gallery|last updated"
    r"|replay more videos|please include your name|skip to (?:content|main)|no "
    r"comments yet|sponsored content"
    r"|hit enter to search)\b"
    r"|^(?:more|read|most popular)\b|^(?:skip "
    r")?advertisement\W*$|©|https?://|www\.|\S@\S+\.\w{2,}|data:image"
)  # of a sentence in lower case: to search it without regard to case takes three times as long
LINKS_INSIDE = re.compile(
    r"[a-zß-ÿ]{2}[A-ZÀ-Þ][a-zß-ÿ].*\bMORE\b"
)  # "… Paul RyanOther headlines here MORE said …"
CAPITAL_SHOUT = re.compile(r"^(?:MORE|READ|RELATED|WATCH|VIDEO|SCROLL|SHARE)\b")
CLOSES = re.compile(r"CLOSE\s+\S")  # the button of a picture, before its caption
HANDLE = re.compile(r"(?:RT )?[@#]\w")  # a message's: "@minister should answer."
COLON_LABEL = re.compile(r"(?P<label>[A-ZÀ-Þ][\w’' -]{2,40}): ")
CAPTION = re.compile(
    r"\((?:pictured|left|right|centre|center|above|below|file|stock image|second "
    r"(?:left|right)|from left)\b|\([lr]\)"
    r"|\bpictured (?:above|below|left|right|here|with|in|at|on|leaving|arriving)\b|^pictured\b"
    r"|\b(?:file|stock|handout) (?:photo|image|picture)\b"
    r"|\b(?:photo|picture|image) (?:shows|taken)\b|^(?:(?:above|below|left|right), )"
)  # of a sentence in lower case
SELF = re.compile(
    r"^\(?(?:CNN|Reuters|AFP|UPI|EW\.com|WIRED|Mashable|InStyle|People\.com)\b|^\((?:AP|BBC|Bloomberg)\)"
)


BEGINNING, FIRST = 80, 5  # characters and words in which a sentence shows what it leans on
LOWER_START = re.compile(r"[a-z](?![a-z]?[A-Z]|l-[A-Z])")
GLUED = re.compile(r"[a-zß-ÿ]{2}[.!?][A-ZÀ-Þ][a-zß-ÿ]+\s")  # "… was live.Then they …"


@dataclass(frozen=True)
class Patterns:
    """What one language adds: words as sets, phrases as one expression."""

    pronouns: frozenset[str]
    demonstratives: frozenset[str]
    partitives: frozenset[str]
    partitive_verbs: frozenset[str]
    definites: frozenset[str]
    subjects: frozenset[str]
    prepositions: frozenset[str]
    singular: frozenset[str]
    inside: frozenset[str]
    stop_words: frozenset[str]
    articles: frozenset[str]
    persons: frozenset[str]
    say_words: frozenset[str]
    clauses: frozenset[str]
    say: re.Pattern[str]
    connective: re.Pattern[str]
    pleonastic: re.Pattern[str]
    leaning: re.Pattern[str]
    teasers: re.Pattern[str]
    imperatives: re.Pattern[str]
    furniture: re.Pattern[str]
    verbs: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Lexicon) -> Patterns:
        phrases = "|".join(
            re.escape(p) if p.endswith(",") else re.escape(p) + r"(?=[,\s])" for p in words.phrases
        )
        return cls(
            pronouns=words.words("pronouns"),
            demonstratives=words.words("demonstratives"),
            partitives=words.words("partitives"),
            partitive_verbs=words.words("partitive_verbs"),
            definites=words.words("definites"),
            subjects=words.words("subjects"),
            prepositions=words.words("prepositions"),
            singular=words.words("singular"),
            inside=words.words("inside"),
            stop_words=words.stop_words,
            articles=words.words("articles"),
            persons=words.words("first_person") | words.words("second_person"),
            say_words=words.words("say"),
            clauses=words.words("clauses"),
            say=re.compile(rf"\b(?:{words.alternatives('say')}|according to)\b", re.IGNORECASE),
            connective=re.compile(phrases or "(?!)", re.IGNORECASE),
            pleonastic=re.compile(words.patterns("pleonastic"), re.IGNORECASE),
            leaning=re.compile(words.patterns("leaning"), re.IGNORECASE),
            teasers=re.compile(words.patterns("teasers"), re.IGNORECASE),
            imperatives=re.compile(words.patterns("imperatives"), re.IGNORECASE),
            furniture=re.compile(words.patterns("furniture"), re.IGNORECASE),
            verbs=re.compile(words.patterns("verbs")) if words.lists.get("verbs") else None,
        )


@cache
def _language_patterns(language: str) -> Patterns:
    return Patterns.of(load_lexicon(language))


def find_faults(sentence: str, *, language: str = "en", caseless: bool = False) -> tuple[str, ...]:
    """Why a sentence should not stand in a summary at all; `caseless` texts are written without
    capitals.
    """
    if len(sentence) > LONGEST:
        return ("too long",)
    given, words, low = _language_patterns(language), WORD.findall(sentence), sentence.lower()
    outside = _strip_quotations(sentence)
    checks = {
        "fragment": len(words) < FEWEST_WORDS or not END_MARK.search(sentence),
        "lower-case start": not caseless and bool(LOWER_START.match(sentence)),
        "unbalanced quotation": has_unbalanced_quotation(sentence),
        "boilerplate": bool(
            BOILERPLATE.search(low)
            or CAPITAL_SHOUT.search(sentence)
            or LINKS_INSIDE.search(sentence)
        )
        or bool(CLOSES.match(sentence) or given.furniture.search(low)),
        "caption": bool(CAPTION.search(low)) or _has_label(sentence, given),
        "outlet speaks of itself": bool(SELF.match(sentence)),
        "sentences run together": bool(GLUED.search(sentence)),
        "attribution only": _is_attribution_only(sentence, words, given),
        "first or second person": _has_reporter_voice(
            SHORT_SINGLE.sub(" ", outside), given, caseless=caseless
        ),
        "no statement": bool(HANDLE.match(sentence) or given.imperatives.search(low)),
        "teaser": bool(given.teasers.search(low)),
        "no verb": verbless(sentence, given, caseless=caseless),
    }
    return tuple(name for name, found in checks.items() if found)


def required_context(sentence: str, *, language: str = "en") -> str:
    """What a sentence needs before it; "" when it can stand first.

    A "person" (he, she), the antecedent of another "pronoun", what a "demonstrative" or a
    "connective" points at, or the "speaker" of a quotation.
    """
    given = _language_patterns(language)
    body = sentence[match.end() :] if (match := OPENING.match(sentence)) else sentence
    words = [
        strip_apostrophe(word) for word in WORD.findall(body[:BEGINNING].replace("-", " "))[:FIRST]
    ]
    if given.connective.match(body):
        return "connective"
    if given.leaning.search(_strip_quotations(body)):
        return "connective"
    if _has_back_reference(words, given):
        return "demonstrative"
    if pronoun := _opening_pronoun(words, body, given) or _late_subject(body, given):
        return "person" if pronoun in given.singular else "pronoun"
    return "speaker" if _is_speakerless(sentence, given) else ""


def strip_apostrophe(word: str) -> str:
    """A word up to its apostrophe: "He" of "He'll"."""
    return word.replace("’", "'").partition("'")[0]


def has_dangling_pronoun(sentence: str, *, language: str = "en") -> bool:
    """Whether a sentence holds a pronoun, outside quotations, before it has said what the pronoun
    could stand for.

    "He" and "she" are accounted for by a name before them in the sentence, the others by so many
    content words.
    """
    given, named, said = _language_patterns(language), False, 0
    for word in WORD.findall(_strip_quotations(sentence)):
        low = strip_apostrophe(word).lower()
        if low in given.inside and said < ACCOUNTED and not (named and low in given.singular):
            return True
        if low not in given.stop_words:
            said += 1
            named = named or word[0].isupper()
    return False


def _opening_pronoun(words: list[str], body: str, given: Patterns) -> str:
    """A pronoun that opens the sentence, alone or behind function words ("When they …"); "" when
    there is none.
    """
    if not words or given.pleonastic.match(body):
        return ""
    for place, word in enumerate(words):
        low = word.lower()
        if low in (given.subjects if place else given.pronouns) and not (
            word.isupper() and len(word) > 1
        ):
            return "" if place and _is_named_next(body, given) else low
        if low not in given.stop_words or place > 2:
            break
    return ""


def _is_named_next(body: str, given: Patterns) -> bool:
    """Whether the main clause names who its introduction calls "he": "As he left, President Holm
    said".
    """
    _, comma, rest = body.partition(", ")
    words = WORD.findall(rest[:40])
    return (
        bool(comma)
        and len(words) > 1
        and all(word[0].isupper() for word in words[:2])
        and (words[0].lower() not in given.stop_words)
    )


def _late_subject(body: str, given: Patterns) -> str:
    """A pronoun as subject after an introduction that names nobody: "In 2015, he …"; "" when there
    is none.
    """
    introduction, comma, rest = body.partition(", ")
    subject = match.group().lower() if comma and (match := WORD.match(rest)) else ""
    if subject not in given.subjects or len(introduction) > LONGEST_INTRODUCTION:
        return ""
    if PARTICIPLE.match(introduction):
        return subject
    words = WORD.findall(introduction)
    named = [
        i
        for i, word in enumerate(words)
        if i and word[0].isupper() and (i == 1 or not words[i - 1][0].isupper())
    ]
    return "" if any(words[i - 1].lower() not in given.prepositions for i in named) else subject


def _has_back_reference(words: list[str], given: Patterns) -> bool:
    """Whether the opening words point at something said before: "This", "Some said", "The
    decision".
    """
    first, second, third = ([word.lower() for word in words[:3]] + ["", "", ""])[:3]
    if first in given.demonstratives:
        return True
    if first in given.partitives and second in given.partitive_verbs:
        return True
    return first in given.articles and second in given.definites and third != "of"


def _strip_quotations(sentence: str) -> str:
    """The sentence without its quotations."""
    return SINGLE_QUOTED.sub(" ", QUOTED.sub(" ", sentence))


def asks(sentence: str) -> bool:
    """Whether the reporter asks, outside quotations."""
    return not {"?", "¿"}.isdisjoint(_strip_quotations(sentence))


def has_unbalanced_quotation(sentence: str) -> bool:
    pairs = sentence.count("“") + sentence.count("„") != sentence.count("”") + (
        "„" in sentence
    ) * sentence.count("“")
    german = "„" in sentence and sentence.count("„") != sentence.count("“") + sentence.count("”")
    straight = sentence.count('"') % 2 == 1 or sentence.count("«") != sentence.count("»")
    return straight or (german if "„" in sentence else pairs)


def _is_speakerless(sentence: str, given: Patterns) -> bool:
    """Whether a sentence is mostly quotation and names nobody who says it."""
    quoted = sum(len(match.group()) for match in QUOTED.finditer(sentence))
    if quoted > MOSTLY_QUOTED * len(sentence) and not given.say.search(QUOTED.sub(" ", sentence)):
        return True
    if not OPENS_SINGLE.match(sentence):
        return False
    ends = [match.end() for match in SINGLE_END.finditer(sentence)]
    return not given.say.search(sentence[ends[-1] :] if ends else "")


def _is_attribution_only(sentence: str, words: list[str], given: Patterns) -> bool:
    """Whether nothing is said but who said it, as in "Mr Hall added on Monday"."""
    verbs = [place for place, word in enumerate(words[:5]) if word.lower() in given.say_words]
    if len(words) > MOST_OF_AN_ATTRIBUTION or not verbs or ":" in sentence:
        return False
    following = words[verbs[-1] + 1 : verbs[-1] + 2]
    return not (following and _opens_what_is_said(following[0], given))


def _opens_what_is_said(word: str, given: Patterns) -> bool:
    """Whether a verb of speech goes on to what is said: "explained why …"; where a language's words
    are known.
    """
    return word.lower() in given.clauses


def _has_reporter_voice(outside: str, given: Patterns, *, caseless: bool = False) -> bool:
    """Whether the reporter says I, we or you, outside quotations."""
    if given.persons.isdisjoint(WORD.findall(outside.lower().replace("’", "'"))):
        return False  # nearly always
    words = WORD.findall(outside)
    return any(
        word.lower().replace("’", "'") in given.persons
        and not _initials(words, place)
        and not (caseless and _country(words, place, given))
        for place, word in enumerate(words)
    )


def _initials(words: list[str], place: int) -> bool:
    """Whether a word is an abbreviation ("US") or a numeral behind a name ("Part I")."""
    word = words[place]
    return word.isupper() and (len(word) > 1 or (place > 0 and words[place - 1][0].isupper()))


def _country(words: list[str], place: int, given: Patterns) -> bool:
    """Whether "us" is the country in a text without capitals: "the us", "us officials"."""
    following = words[place + 1 : place + 2]
    before = words[max(0, place - 1) : place]
    return words[place] == "us" and (
        before == ["the"] or bool(following and following[0] not in given.stop_words)
    )


def verbless(sentence: str, given: Patterns, *, caseless: bool) -> bool:
    """Whether no word of a sentence could be a finite verb: a caption, a row of a table, a list."""
    return given.verbs is not None and not caseless and not given.verbs.search(sentence)


def _has_label(sentence: str, given: Patterns) -> bool:
    """Whether it opens on a label, as captions and teasers do: "Crash scene: The lorry …"."""
    match = COLON_LABEL.match(sentence)
    return match is not None and match["label"].split()[-1].lower() not in given.say_words
