"""The operator's own Markdown in, clean HTML out."""

from __future__ import annotations


def render_note(note: str) -> str:
    """Empty for an empty note; well-formed, for EPUB. Scripts, images, other addresses than http(s)
    and mailto go.
    """
    if not note.strip():
        return ""
    import markdown
    import nh3

    clean = nh3.clean(
        markdown.markdown(note),
        tags={"p", "a", "em", "strong", "ul", "ol", "li", "br", "code", "blockquote"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
    )
    return clean.replace("<br>", "<br/>").replace("&nbsp;", "\u00a0")
