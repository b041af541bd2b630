"""The pipeline as a whole: what it hands from the settings to the stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import pipeline
from briefing.config import CollectSettings, Config, SourceSettings
from briefing.sources import Collected


def test_the_network_is_asked_as_the_settings_of_collecting_say(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: dict[str, object] = {}

    def collect(_sources: object, **settings: object) -> Collected:
        handed.update(settings)
        return Collected((), ())

    monkeypatch.setattr(pipeline, "collect_documents", collect)
    asked = CollectSettings(contact="desk@example.org", parallel=3, pause=0.5)

    pipeline.gather_collection(
        Config(sources=(SourceSettings(str(corpus)),), collect=asked), step=lambda _: None
    )

    client = handed["clients"]()  # type: ignore[operator]
    assert handed["parallel"] == 3
    assert "desk@example.org" in repr(vars(client)) or "desk@example.org" in repr(client)
