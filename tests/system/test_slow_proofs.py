"""Renditions of the sample corpus before judges that nobody here wrote; each prints the figures of
docs/quality.md.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from every_edition import everything
from proof_tools import classes, node, program, run

from briefing.archive.published import load_edition
from briefing.cli import run_command as briefing
from briefing.renditions import House, render
from briefing.renditions.context.build import build_view
from briefing.renditions.context.pack import build_annex
from briefing.renditions.edition_json import encode_edition
from briefing.renditions.printing import worker
from briefing.renditions.templating.environment import fill
from briefing.resources import LANGUAGES

pytestmark = pytest.mark.slow

GRAVE = ("serious", "critical")  # of axe's four grades
# features that a mail client of the eight families lacks, at most; the best of 31 references has 44
PAIRS = 25
CLIP = 102_400  # bytes of a message above which Gmail shows a part


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus in every format, and a pack of it in every kind."""
    folder = tmp_path_factory.mktemp("made")
    assert briefing(["demo", "--output", str(folder)]) == 0
    (edition,) = folder.iterdir()
    assert (
        briefing(
            [
                "render",
                str(edition),
                "-o",
                str(folder),
                *formats("email", "pdf", "page", "epub", "text"),
            ]
        )
        == 0
    )
    corpus = [str(path) for path in sorted((Path(__file__).parents[2] / "corpus").glob("2026-*"))]
    for kind in ("pdf", "html", "epub"):
        assert (
            briefing(
                [
                    "pack",
                    "port",
                    *corpus,
                    "--client",
                    "Night desk",
                    "-o",
                    str(folder / f"pack.{kind}"),
                ]
            )
            == 0
        )
    for language in LANGUAGES:
        for one in render(everything(language), ["email", "page"]):
            (folder / f"every-{language}-{one.name}").write_bytes(one.content)
    return folder


def formats(*names: str) -> list[str]:
    return [word for name in names for word in ("--format", name)]


def told(line: str) -> None:
    sys.stdout.write(f"\n{line}\n")


# The last two say all that an edition can say, with words wider than a phone and in several
# scripts.
@pytest.mark.parametrize(
    "name",
    ["edition.html", "page.html", "pack.html", "every-de-edition.html", "every-fr-page.html"],
)
def test_axe_finds_nothing_serious_in_any_width_light_or_dark(made: Path, name: str) -> None:
    results = node("axe.mjs", str(made / name), program("chromium"))

    grave = [
        (one["width"], one["scheme"], v)
        for one in results
        for v in one["violations"]
        if v[1] in GRAVE
    ]
    told(f"{name}: axe in {len(results)} settings, serious or critical: {len(grave)}")
    assert len(results) == 6
    assert grave == []
    assert [one for one in results if one["overflow"] > 0] == []


@pytest.mark.parametrize(
    "name", ["edition.html", *(f"every-{language}-edition.html" for language in LANGUAGES)]
)
def test_mail_clients_lack_few_of_the_features_used(made: Path, name: str) -> None:
    (without,) = node("caniemail.mjs", str(made / name))

    pairs = sum(len(clients) for clients in without.values())
    told(
        f"{name}: {pairs} pairs of an unsupported feature and a client: "
        f"{', '.join(sorted(without))}"
    )
    assert pairs <= PAIRS


def test_spamassassin_has_no_points_against_the_message_as_sent(made: Path, tmp_path: Path) -> None:
    (folder,) = (path for path in made.iterdir() if path.is_dir())
    house = House(
        sender="The desk <desk@example.org>",
        recipient="reader@example.org",
        list_id="briefing.example.org",
        unsubscribe=("https://desk.example.org/leave", "mailto:leave@example.org"),
    )
    _, message = render(load_edition(folder), ["email"], house=house)
    (tmp_path / "sent.eml").write_bytes(message.content)

    with (tmp_path / "sent.eml").open("rb") as sent:
        done = run(program("spamassassin"), "-L", "-t", stdin=sent)

    found = re.search(r"score=(-?[\d.]+).*?tests=(\S+)", re.sub(r"\n\s+", "", done.stdout))
    assert found, done.stdout + done.stderr
    told(f"edition.eml: spamassassin -L gives {found[1]} points: {found[2]}")
    assert float(found[1]) <= 0.0


def test_notmuch_indexes_the_message(made: Path, tmp_path: Path) -> None:
    mail = tmp_path / "mail" / "cur"
    mail.mkdir(parents=True)
    (mail / "1.edition:2,").write_bytes((made / "edition.eml").read_bytes())
    config = tmp_path / "config"
    config.write_text(
        f"[database]\npath={tmp_path / 'mail'}\n[user]\nprimary_email=a@example.org\n",
        encoding="utf-8",
    )
    environment = {"NOTMUCH_CONFIG": str(config), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}

    run(program("notmuch"), "new", env=environment)
    found = run(program("notmuch"), "search", "dockers", env=environment).stdout

    assert "The Halden briefing" in found, found


def test_w3m_reads_the_message(made: Path) -> None:
    text = run(program("w3m"), "-dump", "-T", "text/html", str(made / "edition.html")).stdout

    assert "At a glance" in text
    assert "Imprint" in text


def test_the_message_is_small_enough_to_be_shown_whole(made: Path) -> None:
    size = (made / "edition.eml").stat().st_size

    told(f"edition.eml: {size:,} bytes")
    assert size <= CLIP


@pytest.mark.parametrize("name", ["edition.pdf", "pack.pdf"])
def test_qpdf_finds_the_pdf_sound(made: Path, name: str) -> None:
    done = run(program("qpdf"), "--check", str(made / name))

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["edition.pdf", "pack.pdf"])
def test_poppler_sees_title_language_headings_lists_and_figures_with_words(
    made: Path, name: str
) -> None:
    about = run(program("pdfinfo"), str(made / name)).stdout
    structure = run(program("pdfinfo"), "-struct-text", str(made / name)).stdout

    assert re.search(r"Title:\s+\S", about)
    assert re.search(r"Tagged:\s+yes", about)
    tags = {
        tag: len(re.findall(rf"(?m)^\s*{tag}\b", structure))
        for tag in ("H1", "H2", "H3", "L", "LI", "Figure")
    }
    told(f"{name}: {re.search(r'Pages: +([0-9]+)', about)[1]} pages; tags {tags}")  # type: ignore[index]
    assert tags["H1"] == 1
    assert min(tags["H2"], tags["L"], tags["LI"]) > 0


@pytest.mark.parametrize("name", ["edition.pdf", "pack.pdf"])
def test_every_font_is_embedded_and_ours(made: Path, name: str) -> None:
    lines = run(program("pdffonts"), str(made / name)).stdout.splitlines()[2:]

    assert lines
    assert [
        line
        for line in lines
        if "Briefing" not in line.split()[0] or line.split()[-5:-2] != ["yes"] * 3
    ] == []


@pytest.mark.parametrize("name", ["edition.pdf", "pack.pdf"])
def test_pdf_js_resolves_every_outline_entry_and_link(made: Path, name: str) -> None:
    (found,) = node("pdf.mjs", str(made / name))

    told(f"{name}: pdf.js: {found}")
    assert found["unresolved"] == []
    assert found["outline"] > 5
    assert found["inner"] > 5
    assert found["outer"] > 0
    assert found["withoutWords"] == 0


@pytest.mark.parametrize("template", ["print.html", "pack.html"])
def test_preflight_finds_nothing_against_the_archival_form_but_what_it_cannot_read(
    made: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, template: str
) -> None:
    """PDF/A-1b of the same page: fonts, widths, colours. Of metadata PDFBox reads only what names
    its schema twice. A sign that no font on this machine draws (an emoji of a source) is told as
    such by the press.
    """
    (folder,) = (path for path in made.iterdir() if path.is_dir())
    edition = load_edition(folder)
    view = build_view(edition, encode_edition(edition))
    page = fill(template, view.given(pack=build_annex(edition)))
    (tmp_path / "a.pdf").write_bytes(worker.print_pdf(page, b"0" * 32, variant="pdf/a-1b")[0])

    validator = ("org.apache.pdfbox.preflight.Validator_A1b", str(tmp_path / "a.pdf"))
    done = run(program("java"), "-cp", classes(), *validator)

    errors = [
        line
        for line in (done.stdout + done.stderr).splitlines()
        if re.match(r"\d+(\.\d+)* :", line)
    ]
    told(f"{template} as PDF/A-1b: Preflight: {errors}")
    assert "The file a.pdf is" in done.stdout + done.stderr
    drawn_by_no_font = sum(".notdef glyph" in message for message in caplog.messages)
    glyphs = [line for line in errors if line.startswith("3.3.1 : Glyph error")]
    assert len(glyphs) <= drawn_by_no_font
    assert [
        line
        for line in errors
        if not line.startswith("7.3 : Error on MetaData, Schema is not set") and line not in glyphs
    ] == []


@pytest.mark.parametrize("name", ["edition.epub", "pack.epub"])
def test_epubcheck_finds_no_error(made: Path, name: str) -> None:
    done = run(program("java"), "-jar", program("epubcheck"), str(made / name))

    told(f"{name}: {(done.stdout + done.stderr).strip().splitlines()[-2:]}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors / 0 warnings" in done.stdout + done.stderr
