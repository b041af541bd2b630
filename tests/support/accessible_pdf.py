"""A PDF in, what keeps it from PDF/UA-1 out: the conditions of the Matterhorn Protocol that a
machine can check.

ISO 14289-1 with ISO 32000-1, read with pypdf alone. Numbers are the protocol's checkpoints.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

GROUPING = {"/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/NonStruct"}
BLOCKS = {
    "/P",
    "/L",
    "/LI",
    "/Lbl",
    "/LBody",
    "/Table",
    "/TR",
    "/TH",
    "/TD",
    "/THead",
    "/TBody",
    "/TFoot",
}
STANDARD = GROUPING | BLOCKS | {f"/H{n}" for n in range(1, 7)} | {"/Span", "/Link", "/Figure"}
INSIDE = {  # 09: which elements another may hold
    "/L": {"/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
ABOVE = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
}
SHOWN = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"S",
    b"s",
    b"Do",
    b"sh",
    b"EI",
}


def faults(content: bytes) -> list[str]:
    """Each in a sentence with its checkpoint; empty for a file that passes."""
    reader = PdfReader(io.BytesIO(content))
    tree = list(_elements(reader))
    return [
        *_document(reader),
        *_roles(tree),
        *_headings([element["/S"] for element, _ in tree]),
        *_marks(reader, tree),
        *_links(reader, tree),
        *_fonts(reader),
        *_files(reader),
    ]


def languages(content: bytes) -> set[str]:
    """Those that elements state beside the document's own."""
    return {
        element["/Lang"]
        for element, _ in _elements(PdfReader(io.BytesIO(content)))
        if "/Lang" in element
    }


def artifacts(content: bytes) -> list[str]:
    """What the pages hold outside the structure, by subtype: running heads and feet."""
    pages = PdfReader(io.BytesIO(content)).pages
    found = (
        one
        for page in pages
        for name, one in _operations(page)
        if name == b"BDC" and one[0] == "/Artifact"
    )
    return [str(one[1].get("/Subtype", "")) for one in found]


def _elements(reader: PdfReader) -> Iterator[tuple[DictionaryObject, str]]:
    """Every structure element in reading order, with the role of the one above it."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    stack = [(kid.get_object(), "") for kid in reversed(_list(root["/K"]))]
    while stack:
        element, above = stack.pop()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element, above
            stack += [
                (kid.get_object(), element["/S"]) for kid in reversed(_list(element.get("/K", [])))
            ]


def _list(value: Any) -> list[Any]:
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return list(value) if isinstance(value, list) else [value]


def _document(reader: PdfReader) -> Iterator[str]:
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    asked = {
        "06-002: metadata name PDF/UA part 1": re.search(r"pdfuaid:part(>|=\")1", xmp),
        "06-003: metadata have a title": "dc:title" in xmp
        and reader.metadata
        and reader.metadata.title,
        "06-004: MarkInfo: marked": root.get("/MarkInfo", {}).get("/Marked"),
        "07-001: the title is shown": root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"),
        "11-006: the document has a language": re.fullmatch(
            r"[a-z]{2,3}(-\w+)*", root.get("/Lang", "")
        ),
        "28-008: tab order follows the structure": all(
            page.get("/Tabs") == "/S" for page in reader.pages
        ),
    }
    yield from (f"not so: {name}" for name, so in asked.items() if not so)


def _roles(tree: list[tuple[DictionaryObject, str]]) -> Iterator[str]:
    for element, above in tree:
        role, kids = element["/S"], [kid.get_object() for kid in _list(element.get("/K", []))]
        if role not in STANDARD:
            yield f"02-001: {role} is no standard role and mapped to none"
        held = {kid["/S"] for kid in kids if isinstance(kid, DictionaryObject) and "/S" in kid}
        if not held <= INSIDE.get(role, held) or (role in INSIDE and len(held) == 0):
            yield f"09-004: {role} holds {sorted(held)}"
        if above not in ABOVE.get(role, {above}):
            yield f"09-005: {role} stands in {above}"
        if role == "/Figure" and not element.get("/Alt"):
            yield "13-004: a figure has no words"
        if role == "/TH" and "/Scope" not in element.get("/A", {}):
            yield "15-003: a header cell has no scope"


def _headings(roles: list[str]) -> Iterator[str]:
    levels = [int(role[2:]) for role in roles if re.fullmatch(r"/H\d", role)]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"14-002: headings begin with {levels[:3]}"
    yield from (f"14-003: H{two} follows H{one}" for one, two in pairwise(levels) if two > one + 1)


def _operations(page: Any) -> list[tuple[bytes, Any]]:
    return [
        (name, operands) for operands, name in ContentStream(page["/Contents"], page.pdf).operations
    ]


def _marks(reader: PdfReader, tree: list[tuple[DictionaryObject, str]]) -> Iterator[str]:
    """01: all content is an artifact or tagged; what is tagged is in the tree."""
    known, nums = (
        {id(element) for element, _ in tree},
        _list(reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]),
    )
    parents = dict(zip(nums[::2], nums[1::2], strict=True))
    for number, page in enumerate(reader.pages, start=1):
        owners, open_marks = _list(parents[page["/StructParents"]]), []
        for name, operands in _operations(page):
            if name in {b"BDC", b"BMC"}:
                properties = operands[1] if name == b"BDC" else {}
                if (inside := "/Artifact" in open_marks) or (
                    open_marks and operands[0] == "/Artifact"
                ):
                    yield (
                        f"01-00{3 if inside else 4}: page {number}: tagged content "
                        "and an artifact in one"
                    )
                open_marks.append(
                    operands[0] if operands[0] == "/Artifact" else properties.get("/MCID")
                )
                if (
                    operands[0] != "/Artifact"
                    and id(owners[properties["/MCID"]].get_object()) not in known
                ):
                    yield (
                        f"01-006: page {number}: content {properties} belongs to "
                        "nothing in the tree"
                    )
            elif name == b"EMC":
                open_marks.pop()
            elif name in SHOWN and not open_marks:
                yield f"01-005: page {number}: {name!r} is neither tagged nor an artifact"


def _links(reader: PdfReader, tree: list[tuple[DictionaryObject, str]]) -> Iterator[str]:
    """28: each link is an annotation with words in a Link of its own."""
    owners: dict[int, list[str]] = {}
    for element, _ in tree:
        for kid in _list(element.get("/K", [])):
            one = kid.get_object()
            if isinstance(one, DictionaryObject) and one.get("/Type") == "/OBJR":
                owners.setdefault(one.raw_get("/Obj").idnum, []).append(element["/S"])
    for number, page in enumerate(reader.pages, start=1):
        for annotation in _list(page.get("/Annots", [])):
            one = annotation.get_object()
            if owners.get(annotation.idnum) != ["/Link"]:
                yield f"28-011: page {number}: a link stands in {owners.get(annotation.idnum)}"
            if not one.get("/Contents") or "/StructParent" not in one:
                yield f"28-012: page {number}: a link has no words"
    if lone := sum(element["/S"] == "/Link" and not element.get("/K") for element, _ in tree):
        yield f"28-011: {lone} links lead nowhere"


def _fonts(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        for one in page["/Resources"].get("/Font", {}).values():
            font = one.get_object()
            below = font["/DescendantFonts"][0].get_object()
            if (
                "/FontFile2" not in below["/FontDescriptor"]
                and "/FontFile3" not in below["/FontDescriptor"]
            ):
                yield f"31-009: {font['/BaseFont']} is not embedded"
            if below["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in below:
                yield f"31-007: {font['/BaseFont']} has no map of its glyphs"
            if "/ToUnicode" not in font:
                yield f"31-027: {font['/BaseFont']} has no map to Unicode"


def _files(reader: PdfReader) -> Iterator[str]:
    names = reader.trailer["/Root"].get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    for specification in names[1::2]:
        if not {"/F", "/UF"} <= set(specification.get_object()):
            yield "21-001: an attached file has no name"
