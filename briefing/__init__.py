"""A desk's own sources in, a daily edition out, every sentence of it quoted word for word and
provable.

    sources > documents > articles > summaries > storylines > edition > renditions > deliveries

`briefing.pipeline` is the table of contents; each stage is a package whose first line says what
goes in and comes out.
"""

__version__ = "0.1.0"
