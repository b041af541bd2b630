"""briefing.toml: what it may say, and what is said of what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import config
from briefing.config import Config, SourceSettings, describe_settings, load_config
from briefing.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    path = folder / "briefing.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_file_is_the_newcomers_configuration_with_places_beside_the_file(
    tmp_path: Path,
) -> None:
    found = load_config(written(tmp_path, ""))

    assert found.title == Config().title
    assert found.output == str(tmp_path / "output")
    assert found.sources == (SourceSettings(str(tmp_path / "corpus")),)


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    found = load_config(
        written(
            tmp_path,
            """
            title = "Ministry"
            timezone = "Europe/Berlin"
            length = "flash"
            formats = ["markdown"]
            output = "/srv/editions"
            [[sources]]
            location = "clips"
            weight = 2
            licence = "full text"
            [[sources]]
            kind = "stdin"
            location = "-"
            """,
        )
    )

    assert (found.title, found.length, found.formats, found.output) == (
        "Ministry",
        "flash",
        ("markdown",),
        "/srv/editions",
    )
    assert found.sources[0] == SourceSettings(
        str(tmp_path / "clips"), weight=2.0, licence="full text"
    )
    assert found.sources[1].location == "-"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('titel = "x"', "no setting is called 'titel'; did you mean 'title'?"),
        ("title = 3", "title: text in quotation marks is expected, not 3"),
        ('length = "standart"', "did you mean 'standard'?"),
        ('timezone = "Europe/Berlni"', "no time zone is called 'Europe/Berlni'"),
        ('timezone = "../etc/passwd"', "no time zone is called"),
        ('formats = "pdf"', "formats: a list is expected, not 'pdf'"),
        ('formats = ["pdf", "emial"]', "did you mean 'email'?"),
        ("formats = [1]", "text in quotation marks is expected, not 1"),
        ('sources = ["corpus"]', "a table is expected, written [[sources]]"),
        (
            '[[sources]]\nlocaton = "x"',
            "sources: no setting is called 'locaton'; did you mean 'location'?",
        ),
        ("[[sources]]\nweight = 11", "weight: 11.0 is not between 0 and 10"),
        ("[[sources]]\nweight = true", "weight: a number is expected, not True"),
        ("title = ", "this is not TOML"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_to_do(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError) as refusal:
        load_config(written(tmp_path, text))

    assert message in str(refusal.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refusal:
        load_config(written(tmp_path, 'titel = "x"\nlength = "tiny"\n[[sources]]\nkidn = "folder"'))

    assert len(str(refusal.value).splitlines()) == 3
    assert all(line.startswith("briefing.toml: ") for line in str(refusal.value).splitlines())


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="briefing init"):
        load_config(tmp_path / "briefing.toml")


def test_every_setting_has_a_help_line_of_its_own() -> None:
    helps = [help_line for _, _, help_line in describe_settings()]

    assert all(helps)
    assert len(set(helps)) == len(helps)


def test_the_names_that_settings_allow_are_those_the_stages_know() -> None:
    from briefing.editions import LENGTHS
    from briefing.renditions import FORMATS

    assert tuple(LENGTHS) == config.LENGTHS
    assert set(config.FORMATS) <= set(FORMATS)


def test_places_beside_the_configuration_are_found_from_anywhere(tmp_path: Path) -> None:
    text = """
    [[sources]]
    kind = "mail"
    location = "imaps://ann@mail.example.org/News"
    password = "file:box"
    ca_file = "ca.pem"
    [mail]
    password = "env:SMTP"
    dkim_key = "/etc/dkim.pem"
    returned = "returned.mbox"
    returned_password = "file:~/returned"
    """

    found = load_config(written(tmp_path, text))

    source, mail = found.sources[0], found.mail
    assert (source.password, source.ca_file) == (f"file:{tmp_path}/box", f"{tmp_path}/ca.pem")
    assert source.location == "imaps://ann@mail.example.org/News"
    assert (mail.password, mail.dkim_key, mail.returned) == (
        "env:SMTP",
        "/etc/dkim.pem",
        f"{tmp_path}/returned.mbox",
    )
    assert mail.returned_password == f"file:{Path.home()}/returned"
