"""Two records of editions in, what came in, went out, moved and is said anew out; one record in,
why it is so out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

Record = Mapping[str, Any]


def describe_differences(old: Record, new: Record) -> list[str]:
    """A line for each: in, out, moved, headline, sentences added and gone. Empty for the
    same news.
    """
    before, after = _items_by_storyline(old), _items_by_storyline(new)
    lines = [
        f"in: {_headline_text(after[key][1])} ({after[key][0]})"
        for key in after
        if key not in before
    ]
    lines += [
        f"out: {_headline_text(before[key][1])} ({before[key][0]})"
        for key in before
        if key not in after
    ]
    for key, (place, item) in after.items():
        if key in before:
            lines += _describe_item_changes(before[key], (place, item))
    return lines


def _describe_item_changes(old: tuple[str, Record], new: tuple[str, Record]) -> Iterator[str]:
    name = _headline_text(new[1])
    if old[0] != new[0]:
        yield f"moved: {name}: {old[0]} to {new[0]}"
    if _headline_text(old[1]) != name:
        yield f"headline: {_headline_text(old[1])} > {name}"
    said, says = _quoted_texts(old[1]), _quoted_texts(new[1])
    yield from (f"added: {name}: {text}" for text in says if text not in said)
    yield from (f"gone: {name}: {text}" for text in said if text not in says)


def _items_by_storyline(record: Record) -> dict[str, tuple[str, Record]]:
    """Storyline -> where it stands ("lead 1", "brief 3") and its item, in the edition's order."""
    return {
        item["storyline"]["id"]: (f"{kind} {number}", item)
        for kind in ("lead", "brief")
        for number, item in enumerate(record[kind + "s"], 1)
    }


def _headline_text(item: Record) -> str:
    return str(item["storyline"]["headline"]["text"])


def _quoted_texts(item: Record) -> list[str]:
    return [
        quote["text"]
        for quote in (*item["quotes"], *(one for part in item["parts"].values() for one in part))
    ]


def explain_placement(record: Record, storyline: str | None = None) -> list[str]:
    """Why each storyline, or the one named by id or words, stands where it does, and what was left
    out and why.
    """
    places = _items_by_storyline(record)
    wanted = {
        key: found
        for key, found in places.items()
        if storyline is None
        or storyline == key
        or storyline.casefold() in _headline_text(found[1]).casefold()
    }
    lines = [
        line
        for key, (place, item) in wanted.items()
        for line in _explain_item(key, place, item, record)
    ]
    left = [
        fate
        for fate in record["ledger"]
        if fate["kind"] == "article" and fate["fate"] not in {"lead", "brief"}
    ]
    if storyline is not None:
        left = [fate for fate in left if _is_about_storyline(fate, storyline, wanted)]
    return [*lines, *(_describe_left_out(fate) for fate in left)]


def _explain_item(key: str, place: str, item: Record, record: Record) -> Iterator[str]:
    yield f"{place}: {_headline_text(item)}"
    yield f"  storyline {key}, {len(item['storyline']['articles'])} articles" + (
        f", section {item['section']}" if item["section"] else ""
    )
    parts = ", ".join(f"{name} {points:g}" for name, points in item["score"].items() if points)
    yield f"  {round(sum(item['score'].values()), 3):g} points: {parts}" if parts else "  no points"
    for quote in item["quotes"]:
        yield f"  summary: {quote['text']} [{_source_reference(quote, record)}]"
    for name, quotes in item["parts"].items():
        reasons = item.get("why", {}).get(name, ())
        for quote, why in zip_longest(quotes, reasons[: len(quotes)]):
            yield f"  {name}: {quote['text']} [{_source_reference(quote, record)}]" + (
                f", new in it: {why}" if why else ""
            )


def _source_reference(quote: Record, record: Record) -> str:
    article = record["articles"][quote["article"]]
    where = f"{article['document']}, characters {quote['start']} to {quote['stop']}"
    return f"{article['outlet'] or 'outlet not stated'}, {where}"


def _is_about_storyline(fate: Record, storyline: str, wanted: Mapping[str, Any]) -> bool:
    said = f"{fate['headline'] or ''} {fate['reason']} {fate['id']}".casefold()
    return storyline.casefold() in said or any(key in fate["reason"] for key in wanted)


def _describe_left_out(fate: Record) -> str:
    what = fate["headline"] or fate["origin"] or fate["id"]
    return f"left out: {what}: {fate['fate']}" + (f" ({fate['reason']})" if fate["reason"] else "")
