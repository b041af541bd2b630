"""`briefing preview`: on this machine alone, every rendition as it is, made anew when a template
changes.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rendition_samples import sample

from briefing.archive.edition_files.edition_json import edition_articles
from briefing.archive.edition_files.texts_of_record import TEXTS, dump_texts
from briefing.cli import run_command
from briefing.errors import BriefingError, UsageError
from briefing.renditions import render
from briefing.service.on_demand.preview import SHOWN, Preview, newest_edition, open_server


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    folder = tmp_path / "output" / "2026-03-05-morning"
    folder.mkdir(parents=True)
    (folder / "edition.json").write_bytes(render(sample(), ["json"])[0].content)
    (folder / TEXTS).write_bytes(dump_texts(edition_articles(sample())))
    (tmp_path / "templates").mkdir()
    return Preview(newest_edition(tmp_path / "output"), tmp_path / "templates")


@contextmanager
def serving(preview: Preview) -> Iterator[int]:
    with open_server(preview, 0) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield made.server_address[1]
        finally:
            made.shutdown()
            thread.join()


def get(port: int, path: str, host: str | None = None) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, dict(answer.getheaders())


@pytest.mark.parametrize("name", [name for name in SHOWN if name != "edition.pdf"])
def test_a_rendition_is_shown_as_it_is_made_and_can_run_nothing(
    preview: Preview, name: str
) -> None:
    with serving(preview) as port:
        code, text, headers = get(port, f"/{name}")

    made = {one.name: one.content.decode() for one in render(sample(), [SHOWN[name]])}
    assert (code, text) == (200, made[name])
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_the_first_page_leads_to_every_rendition_and_sets_no_cookie(preview: Preview) -> None:
    with serving(preview) as port:
        code, text, headers = get(port, "/", host=f"localhost:{port}")

    assert code == 200
    assert [name for name in SHOWN if f'href="/{name}"' not in text] == []
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("host", ["desk.example.org", "127.0.0.1", "localhost:1"])
def test_another_host_name_is_refused(preview: Preview, host: str) -> None:
    with serving(preview) as port:
        assert get(port, "/edition.md", host=host)[0] == 403


@pytest.mark.parametrize(
    "path", ["/edition.json", "/../edition.json", "/templates", "/edition.md?x"]
)
def test_nothing_but_renditions_is_served(preview: Preview, path: str) -> None:
    with serving(preview) as port:
        assert get(port, path)[0] == 404


def test_only_this_machine_is_listened_to(preview: Preview) -> None:
    with open_server(preview, 0) as made:
        assert made.server_address[0] == "127.0.0.1"


def test_a_changed_template_is_seen_and_used(preview: Preview) -> None:
    assert preview.templates is not None
    with serving(preview) as port:
        before = get(port, "/stamp")[1]
        assert "Only" not in get(port, "/edition.md")[1]
        (preview.templates / "edition.md").write_text("Only {{ edition.title }}.", encoding="utf-8")

        assert get(port, "/stamp")[1] != before
        assert get(port, "/edition.md")[1] == "Only Morning briefing."


def test_a_wrong_template_is_said_on_the_page(preview: Preview) -> None:
    assert preview.templates is not None
    (preview.templates / "edition.md").write_text("{{ edition.nothing }}", encoding="utf-8")

    with serving(preview) as port:
        code, text, _ = get(port, "/edition.md")

    assert code == 500
    assert "edition.md, line 1" in text


def test_a_port_in_use_is_said(preview: Preview) -> None:
    with (
        open_server(preview, 0) as first,
        pytest.raises(BriefingError, match="choose another with --port"),
    ):
        open_server(preview, first.server_address[1])


def test_without_an_edition_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="briefing demo"):
        newest_edition(tmp_path)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["nothing.json"], "nothing.json: it cannot be opened"),
        (["--templates", "nowhere"], "nowhere"),
        (["--port", "99999"], "99999"),
    ],
)
def test_what_cannot_be_shown_is_said_before_anything_is(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["preview", "--no-open", *asked]) != 0

    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
