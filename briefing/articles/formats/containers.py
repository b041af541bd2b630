"""Word files, e-books, archives and web archives in, the drafts of what they hold out."""

from __future__ import annotations

import gzip
import io
import posixpath
import re
import zipfile
import zlib
from typing import Any

from briefing.articles.drafts import Draft, Facts
from briefing.articles.formats import decoding, detection, html
from briefing.articles.segmentation.exports import split_export
from briefing.errors import UnreadableError
from briefing.model import Document

MOST_MEMBERS = 1_000
MOST_UNPACKED = 50_000_000  # bytes of all members together: ten documents of the largest size


def read_zip(content: bytes, document: Document) -> list[Draft]:
    """Members in the order of their names; one that cannot be read is passed over."""
    archive = _open_archive(content)
    drafts: list[Draft] = []
    for name, data in _unpack_members(archive):
        if (
            "/." in f"/{name}"
            or "__MACOSX" in name
            or _is_packed(data)
            or len(data) > decoding.MOST_BYTES
        ):
            continue  # an archive inside an archive is where bombs are
        try:
            drafts += detection.detect_reader(data, name, None)(
                data, Document(name, data, retrieved=document.retrieved)
            )
        except UnreadableError:
            continue
    return drafts


def _is_packed(data: bytes) -> bool:
    """Whether bytes are an archive themselves: packed by gzip, a zip, or a web archive of packed
    answers.
    """
    return data.startswith((b"\x1f\x8b", b"WARC/1.")) or zipfile.is_zipfile(io.BytesIO(data))


def _open_archive(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableError("it is called an archive and is damaged; make it again") from None


def _unpack_members(archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    infos = sorted(
        (info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename
    )
    if len(infos) > MOST_MEMBERS:
        raise UnreadableError(f"it holds more than {MOST_MEMBERS:,} files; unpack it")
    found, left = [], MOST_UNPACKED
    for info in infos:
        data = _unpack_member(archive, info.filename, left)
        left -= len(data)
        found.append((info.filename, data))
    return found


def _unpack_member(
    archive: zipfile.ZipFile, name: str, most: int = decoding.MOST_BYTES * 2
) -> bytes:
    """The bytes of one member, counted while they are unpacked: what an archive says about sizes is
    no evidence.
    """
    try:
        with archive.open(name) as stream:
            data = stream.read(most + 1)
    except (
        KeyError,
        RuntimeError,
        OSError,
        ValueError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
    ):
        raise UnreadableError(f"{name} in it cannot be unpacked; make the archive again") from None
    if len(data) > most:
        raise UnreadableError(f"it unpacks to more than {MOST_UNPACKED // 1_000_000} MB; unpack it")
    return data


def _parse_xml(data: bytes) -> Any:
    """The root of an XML file, mended where it can be; None where nothing of it can be read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def read_docx(content: bytes, document: Document) -> list[Draft]:  # noqa: ARG001  every reader takes the document
    """Paragraphs of a Word file, in order; its core properties are about the file and not read as
    author or date.
    """
    root = _parse_xml(_unpack_member(_open_archive(content), "word/document.xml"))
    if root is None:
        raise UnreadableError("it is called a Word file and its text is damaged; save it again")
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = ["".join(_run_texts(paragraph, word)) for paragraph in root.iter(f"{word}p")]
    text = "\n\n".join(line for line in lines if line.strip())
    return split_export(text) or [Draft(text)]


def _run_texts(paragraph: Any, word: str) -> list[str]:
    said = {f"{word}tab": "\t", f"{word}br": "\n", f"{word}noBreakHyphen": "-"}
    return [
        each.text or "" if each.tag == f"{word}t" else said[each.tag]
        for each in paragraph.iter()
        if each.tag == f"{word}t" or each.tag in said
    ]


def read_epub(content: bytes, document: Document) -> list[Draft]:  # noqa: ARG001  every reader takes the document
    """The chapters of an e-book in the order of its spine, each read as a page."""
    archive = _open_archive(content)
    container = _parse_xml(_unpack_member(archive, "META-INF/container.xml"))
    path = next(iter(container.xpath("//@full-path")), None) if container is not None else None
    package = _parse_xml(_unpack_member(archive, path)) if path is not None else None
    if path is None or package is None:
        raise UnreadableError("it is called an e-book and names no contents; make it again")
    title = next(
        (each.text for each in package.iter("{http://purl.org/dc/elements/1.1/}publisher")), None
    )
    files = {each.get("id"): each.get("href") for each in package.iter("{*}item")}
    drafts: list[Draft] = []
    for reference in list(package.iter("{*}itemref"))[:MOST_MEMBERS]:
        href = files.get(reference.get("idref"))
        if href:
            chapter = decoding.decode_text(
                _unpack_member(
                    archive,
                    posixpath.normpath(posixpath.join(posixpath.dirname(path), href.split("#")[0])),
                )
            )
            drafts += [_add_publisher(each, title) for each in html.draft_page(chapter)]
    return drafts


def _add_publisher(draft: Draft, publisher: str | None) -> Draft:
    return Draft(
        draft.text,
        draft.facts | Facts.of("e-book", outlet=publisher),
        draft.layout,
        "item",
        remarks=draft.remarks,
    )


def read_warc(content: bytes, document: Document) -> list[Draft]:  # noqa: ARG001  every reader takes the document
    """The HTML responses of a web archive, with their addresses."""
    drafts: list[Draft] = []
    left = MOST_UNPACKED
    for match in list(re.finditer(rb"WARC/1\.[01]\r\n", content))[:MOST_MEMBERS]:
        head, _, rest = content[match.end() :].partition(b"\r\n\r\n")
        fields = {
            key.strip().lower(): value.strip()
            for key, _, value in (line.partition(b":") for line in head.split(b"\r\n"))
        }
        if fields.get(b"warc-type") != b"response":
            continue
        length = (
            int(fields.get(b"content-length", b"0") or 0)
            if fields.get(b"content-length", b"0").isdigit()
            else 0
        )
        http, _, body = rest[:length].partition(b"\r\n\r\n")
        address = fields.get(b"warc-target-uri", b"").decode("utf-8", "replace").strip("<>")
        if b"text/html" in http.lower():
            try:
                data = _decode_http_body(body, http, left)
                left -= len(data)
                drafts += html.draft_page(decoding.decode_text(data), address)
            except UnreadableError:
                continue
    return drafts


def read_gzip(content: bytes, document: Document) -> list[Draft]:
    """What a .gz holds: one document, or (a web archive) many members one after the other."""
    data = _unpack_gzip(content)
    if _is_packed(data) and not data.startswith(b"WARC/1."):
        raise UnreadableError("it is an archive inside an archive; unpack it")
    if not data.startswith(b"WARC/1."):
        decoding.check_size(data)
    name = re.sub(r"\.gz$", "", document.origin)
    return detection.detect_reader(data, name, None)(
        data, Document(name, data, retrieved=document.retrieved, source=document.source)
    )


def _unpack_gzip(content: bytes, most: int = MOST_UNPACKED) -> bytes:
    """What is packed. Raises UnreadableError where it is damaged, or more than `most` bytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            data = stream.read(most + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableError("it is called gzip and is damaged; make it again") from None
    if len(data) > most:
        raise UnreadableError(f"it unpacks to more than {MOST_UNPACKED // 1_000_000} MB; unpack it")
    return data


def _decode_http_body(body: bytes, http: bytes, left: int) -> bytes:
    if b"transfer-encoding: chunked" in http.lower():
        body = (
            b"".join(re.findall(rb"(?s)[0-9a-fA-F]+\r\n(.*?)\r\n(?=[0-9a-fA-F]+\r\n|$)", body))
            or body
        )
    return _unpack_gzip(body, min(left, decoding.MOST_BYTES)) if body[:2] == b"\x1f\x8b" else body
