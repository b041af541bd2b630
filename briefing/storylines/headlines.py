"""A storyline's articles in, the words that name it out: an outlet's own headline, else a sentence
of a source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from briefing.model import Article, Headline, Quote, Span
from briefing.storylines.clustering.tfidf import article_vectors
from briefing.storylines.clustering.times import epoch_days

SHORTEST, LONGEST = (
    4,
    16,
)  # words of a headline that tells what happened; outside it, half the points
FRESHNESS = (
    0.3  # points for the latest day, falling to none for the earliest; centrality runs from 0 to 1
)
PART = (
    0.5  # share of its points that an update of a live blog keeps: its headline leans on the blog's
)
# before or behind a colon, a bar or a dash; English, German, French, Spanish, Italian, Ukrainian,
# Russian
LABELS = (
    "live|watch|video|opinion|analysis|comment|editorial|explainer|quiz|podcast|letters?|review|correction|updates?"
    "|live-?ticker|ticker|newsblog|kommentar|meinung|analyse|leitartikel|interview|glosse|korrektur"
    "|en direct|direct|vidéo|tribune|chronique|édito|éditorial|décryptage|entretien"
    "|en directo|en vivo|última hora|vídeo|opinión|análisis|tribuna|entrevista"
    "|diretta|in diretta|commento|analisi|intervista"
    "|онлайн|наживо|відео|думка|аналіз|інтерв['’]ю|видео|мнение|анализ|интервью|прямая трансляция"
)
ASKS = (  # with what a headline begins that asks, or promises an explanation
    "why|how|what|who|when|where|here['’]?s|this is|these are|everything you|all you"
    "|warum|wieso|weshalb|wie|was|wer|das ist|so (?:geht|wird|kommt)"
    "|pourquoi|comment (?:l[aes]s?|un|une|des|il|elle|on|se|faire)|qui|que|quand"
    "|ce qu(?:e|['’]on)|voici|tout (?:savoir|ce)"
    "|por qué|cómo|qué|quién|cuándo|así|estas? (?:es|son)|esto es|todo lo que"
    "|perché|come|cosa|ecco"
    "|чому|як|що|хто|коли|почему|как|что|кто|когда"
)
BOILERPLATE = (
    r"live blog|live updates?|as it happened|in pictures|need to know|what we "
    r"know|you won['’]t believe"
    r"|im liveticker|in bildern|was wir wissen|das müssen sie wissen|suivez|en "
    r"images|ce que l['’]on sait"
    r"|minuto a minuto|en imágenes|lo que se sabe|lo que sabemos|що відомо|что "
    r"известно|текстова трансляція"
)
TEASE = re.compile(
    rf"[?!](\s|$)|^[¿¡]|…$|\.\.\.$|^({LABELS})\b\s*[:|–-]|[:|]\s*({LABELS})\b"
    rf"|^({ASKS})\b|\b({BOILERPLATE})\b|^\d+ (things|reasons|ways|takeaways|questions)\b",
    re.IGNORECASE,
)


def select_headline(
    articles: Sequence[Article], central: Sequence[float] | None = None
) -> Headline | Quote:
    """The headline that stands for all: central among the articles, of plausible length, late, no
    tease or label.

    `central` are the articles' `article_centralities`, where they are made already.
    """
    if len(articles) == 1:
        return Headline(articles[0]) if articles[0].headline else _first_sentence(articles[0])
    if blog := _live_blog_introduction(articles):
        return Headline(blog)
    central = (
        article_centralities([articles], article_vectors(articles))[0]
        if central is None
        else central
    )
    points = dict(zip([article.id for article in articles], central, strict=True))
    stated = [article for article in articles if article.headline]
    if not stated:
        return _first_sentence(max(articles, key=lambda article: points[article.id]))
    plain = [article for article in stated if not TEASE.search(article.headline or "")]
    candidates = plain or stated
    return Headline(max(candidates, key=lambda article: points[article.id] * _form_weight(article)))


def _live_blog_introduction(articles: Sequence[Article]) -> Article | None:
    """The introduction of a live blog whose posts are all there is: its headline is the one for the
    whole.
    """
    blogs = [article for article in articles if article.kind == "live blog" and article.headline]
    whole = (
        all(article in blogs or article.part_of == blogs[0].id for article in articles)
        if blogs
        else False
    )
    return blogs[0] if whole else None


def article_centralities(groups: Sequence[Sequence[Article]], rows: csr_array) -> list[list[float]]:
    """Mean cosine with the articles of its storyline plus freshness, by article; `rows` are their
    `vectors_apart`.
    """
    ends = np.cumsum([len(group) for group in groups], dtype=np.int64).tolist()
    of_all = rows @ np.bincount(rows.indices, rows.data, minlength=rows.shape[1])
    means = [
        of_all[end - len(group) : end] / len(group) for group, end in zip(groups, ends, strict=True)
    ]
    fresh = [FRESHNESS * _freshness(np.floor(epoch_days(group))) for group in groups]
    return [(likeness + new).round(9).tolist() for likeness, new in zip(means, fresh, strict=True)]


def _freshness(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 for the earliest and for undated articles, 1 for the latest."""
    known = days[~np.isnan(days)]
    if not len(known) or known.max() == known.min():
        return np.zeros(len(days))
    fresh: NDArray[np.float64] = np.nan_to_num((days - known.min()) / (known.max() - known.min()))
    return fresh


def _form_weight(article: Article) -> float:
    whole = PART if article.kind == "update" else 1.0
    return whole if SHORTEST <= len((article.headline or "").split()) <= LONGEST else 0.5 * whole


def _first_sentence(article: Article) -> Quote:
    span = article.sentences[0] if article.sentences else Span(0, len(article.text))
    return Quote(article, span)
