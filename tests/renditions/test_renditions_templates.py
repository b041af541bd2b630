"""Templates: the user's first, ours behind them, nothing undefined, nothing outside the sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rendition_samples import sample

from briefing.cli.templates import templates as command
from briefing.errors import BriefingError, UsageError
from briefing.renditions import render
from briefing.renditions.templating.environment import copy, fill, names
from briefing.resources import templates_folder


def test_a_users_template_comes_first(tmp_path: Path) -> None:
    (tmp_path / "edition.md").write_text(
        "{{ edition.title }}: {{ edition.leads | length }} & *all*\n"
    )

    (made,) = render(sample(), ["markdown"], templates=tmp_path)

    assert made.content == b"Morning briefing: 2 & *all*\n"


def test_a_users_template_may_extend_ours(tmp_path: Path) -> None:
    lines = (
        '{% extends "shipped/email.html" %}\n{% block imprint %}<tr><td>Room '
        "214</td></tr>{% endblock %}"
    )
    (tmp_path / "email.html").write_text(lines)

    html = render(sample(), ["email"], templates=tmp_path)[0].content.decode()

    assert "Room 214" in html
    assert "Dockers end walkout" in html
    assert "Imprint" not in html


def test_a_users_colours_serve_every_format(tmp_path: Path) -> None:
    ours = (templates_folder() / "tokens.html").read_text()
    (tmp_path / "tokens.html").write_text(ours.replace("#8a3b12", "#00540a"))

    for name in ("email", "page"):
        html = render(sample(), [name], templates=tmp_path)[0].content.decode()
        assert "#00540a" in html
        assert "#8a3b12" not in html


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (
            "{{ edition.titel }}",
            (
                r"template \S*mine/edition\.md, line 1: .*has no attribute "
                r"'titel'.*templates/README\.md"
            ),
        ),
        ("{{ nobody }}", r"template \S*mine/edition\.md, line 1: 'nobody' is undefined"),
        ("one\n{% for %}", r"template \S*mine/edition\.md, line 2: .*; put that line right"),
        (
            "{% include 'none.md' %}",
            (
                r"template \S*mine/edition\.md, line 1: no template is called 'none\.md'; "
                r"`briefing templates list`"
            ),
        ),
        ("{{ edition.__class__.__mro__ }}", r"template \S*mine/edition\.md, line 1: .*unsafe"),
        (
            "{{ ''.__class__.__base__.__subclasses__() }}",
            r"template \S*mine/edition\.md, line 1: .*unsafe",
        ),
        ("{% include '../secret' %}", r"template \S*mine/edition\.md, line 1: .*secret"),
        (
            "a\n\n{% for one in edition.leads %}\n{{ one.headlin }}{% endfor %}",
            r"edition\.md, line 4: .*'headlin'",
        ),
        ("{{ edition.leads + 1 }}", r"template \S*mine/edition\.md, line 1: "),
    ],
)
def test_a_wrong_template_is_named_with_what_is_wrong(
    tmp_path: Path, template: str, message: str
) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "edition.md").write_text(template)

    with pytest.raises(BriefingError, match=message):
        render(sample(), ["markdown"], templates=tmp_path / "mine")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("x.html", "&lt;b&gt; *a*"),
        ("x.xml", "&lt;b&gt; *a*"),
        ("x.md", "&lt;b> \\*a\\*"),
        ("x.txt", "<b> *a*"),
    ],
)
def test_a_templates_kind_escapes_its_texts(tmp_path: Path, name: str, printed: str) -> None:
    (tmp_path / name).write_text(
        "{% macro m(t) %}{{ t }}{% endmacro %}{{ m(text) }}|{{ text }}|{{ [text] | join }}"
    )

    assert fill(name, {"text": "<b>\u202e *a*"}, templates=tmp_path) == "|".join([printed] * 3)


def test_every_name_in_the_contract_exists_and_every_template_is_listed() -> None:
    readme = (templates_folder() / "README.md").read_text()

    assert all(f"`{name}`" in readme for name in names())
    assert "README.md" not in names()


def test_a_template_is_copied_once(tmp_path: Path) -> None:
    target = copy("email.html", tmp_path / "mine")

    assert target.read_bytes() == (templates_folder() / "email.html").read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        copy("email.html", tmp_path / "mine")
    with pytest.raises(UsageError, match=r"no template is called 'mail'; there are body\.html"):
        copy("mail", tmp_path)


def test_the_command_lists_and_copies(tmp_path: Path) -> None:
    listed = CliRunner().invoke(command, ["list"])
    copied = CliRunner().invoke(command, ["copy", "print.css", "--to", str(tmp_path)])

    assert listed.output.split() == list(names())
    assert copied.output.strip() == str(tmp_path / "print.css")
    assert (tmp_path / "print.css").is_file()
