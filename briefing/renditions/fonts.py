"""Find the files of the bundled typefaces by their names."""

from __future__ import annotations

from pathlib import Path

FONT_SCHEME = "briefing-font:"


def font_files() -> dict[str, Path]:
    """File of each bundled face, by its name."""
    import font_source_sans_pro
    import font_source_serif_pro

    folders = (font_source_serif_pro.font_directory, font_source_sans_pro.font_directory)
    return {path.stem: path for folder in folders for path in sorted(Path(folder).glob("*.ttf"))}
