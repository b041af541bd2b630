"""The operator's own Markdown in, clean HTML out."""

from __future__ import annotations


def html(note: str) -> str:
    """Empty for an empty note. Scripts, styles, images and every address but http(s) and mailto are left out."""
    if not note.strip():
        return ""
    import markdown
    import nh3

    return nh3.clean(
        markdown.markdown(note),
        tags={"p", "a", "em", "strong", "ul", "ol", "li", "br", "code", "blockquote"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
    )
