"""A document in, drafts out: the form is found by content first and by name second, one small
reader a form.
"""

from __future__ import annotations

from briefing.articles.drafts import Draft
from briefing.articles.formats import decoding, detection
from briefing.model import Document


def extract_drafts(document: Document) -> list[Draft]:
    """The texts of a document in order, with what its form states about each."""
    content = decoding.check_size(document.content)
    return detection.detect_reader(content, document.origin, document.media_type)(content, document)
