"""Nothing forged passes: editions changed in hundreds of ways, with sums written anew; honest ones
raise no alarm.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.forgeries import Forgery, NoForgeryError, editions, forgeries, found, write_sums
from briefing.cli import run_command
from briefing.errors import BriefingError
from briefing.proof import offline, signing, verify
from briefing.proof.bundle import build_bundle


@pytest.fixture(scope="module")
def honest(
    tmp_path_factory: pytest.TempPathFactory, corpus: Path
) -> list[tuple[Path, Path | None]]:
    return list(editions(tmp_path_factory.mktemp("honest"), corpus, 2))


@pytest.fixture
def signed(honest: list[tuple[Path, Path | None]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(honest[1][0].parent, tmp_path / "output") / honest[1][0].name)


@pytest.fixture
def key(honest: list[tuple[Path, Path | None]]) -> str:
    found_ = signing.public_key(honest[1][0].parent.parent / "state")
    assert found_
    return found_


def passing(folder: Path, chosen: list[Forgery]) -> list[str]:
    passed = []
    for one in chosen:
        try:
            passed += [] if found(folder, one) else [one.name]
        except NoForgeryError:
            continue
    return passed


def test_a_sample_of_forgeries_is_found(honest: list[tuple[Path, Path | None]]) -> None:
    chosen = random.Random(3).sample([*forgeries(honest[0][0])], 40)

    assert passing(honest[0][0], chosen) == []


@pytest.mark.slow
def test_at_least_two_hundred_forgeries_are_all_found(
    honest: list[tuple[Path, Path | None]],
) -> None:
    chosen = [*forgeries(honest[0][0])]

    assert len(chosen) >= 200
    assert passing(honest[0][0], chosen) == []


def test_an_honest_edition_is_rendered_again_to_the_byte(
    honest: list[tuple[Path, Path | None]],
) -> None:
    for folder, templates in honest:
        proof = verify(folder, templates=templates)
        assert (proof.faults, proof.weaker) == ((), ())


@pytest.mark.slow
def test_editions_of_all_lengths_languages_and_templates_raise_no_alarm(
    tmp_path: Path, corpus: Path
) -> None:
    made = list(editions(tmp_path, corpus))

    assert len(made) >= 48
    assert [
        (folder, verify(folder, templates=own).faults)
        for folder, own in made
        if verify(folder).faults
    ] == []


def test_what_another_program_made_is_said_to_be_weaker(signed: Path) -> None:
    said = json.loads((signed / "proof.json").read_bytes())
    (signed / "proof.json").write_text(
        json.dumps(said | {"made_with": {"briefing": "0.0.9"}}), encoding="utf-8"
    )
    (signed / "SHA256SUMS.sig").unlink()
    write_sums(signed)

    proof = verify(signed)

    assert proof.faults == ()
    assert "another version of the program" in proof.weaker[0]


class TestSignatures:
    def test_an_edition_is_signed_with_the_desks_key(self, signed: Path, key: str) -> None:
        assert verify(signed, key=key).faults == ()

    def test_another_key_is_told(self, signed: Path) -> None:
        (fault,) = verify(signed, key="0" * 64).faults

        assert "signed with another key" in fault

    def test_sums_that_were_written_anew_are_not_signed(self, signed: Path, key: str) -> None:
        (signed / "proof.json").write_text((signed / "proof.json").read_text() + "\n")
        write_sums(signed)

        assert any(
            "were not signed with this key" in fault for fault in verify(signed, key=key).faults
        )
        assert any("were not signed with this key" in fault for fault in verify(signed).faults)

    def test_a_signature_that_is_gone_is_missed_where_it_is_asked_for(
        self, signed: Path, key: str
    ) -> None:
        (signed / "SHA256SUMS.sig").unlink()

        assert verify(signed).faults == ()
        assert "it is not here" in verify(signed, key=key).faults[0]

    @pytest.mark.parametrize(
        "content", [b"", b"ed25519 x y\n", b"\xff" * 9, b"ed25519 " + b"f" * 64 + b" " + b"0" * 128]
    )
    def test_what_is_no_signature_is_a_fault(self, signed: Path, content: bytes) -> None:
        (signed / "SHA256SUMS.sig").write_bytes(content)

        assert verify(signed).faults

    def test_plain_python_finds_what_the_library_signs_and_refuses_what_was_changed(self) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        for seed in range(8):
            private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(bytes([seed])).digest())
            public, said = private.public_key().public_bytes_raw().hex(), b"x" * seed
            given = private.sign(said)
            assert offline.is_signed_by(public, given.hex(), said)
            assert not offline.is_signed_by(public, given.hex(), said + b"y")
            assert not offline.is_signed_by(public, bytes([given[0] ^ 1, *given[1:]]).hex(), said)
            assert not offline.is_signed_by(
                public, (given[:32] + bytes([given[32] ^ 1, *given[33:]])).hex(), said
            )

    def test_a_key_is_its_owners_alone_and_never_made_twice(self, tmp_path: Path) -> None:
        first = signing.make_key(tmp_path / "state")

        assert signing.make_key(tmp_path / "state") == first
        assert (tmp_path / "state" / "signing.key").stat().st_mode & 0o777 == 0o600

    def test_a_key_may_be_named_by_its_file(self, tmp_path: Path, key: str) -> None:
        (tmp_path / "desk.pub").write_text(f"{key}\n")

        assert (
            signing.key_named(str(tmp_path / "desk.pub")) == signing.key_named(key.upper()) == key
        )
        with pytest.raises(BriefingError, match="neither a key"):
            signing.key_named("nothing")


def test_the_edition_before_is_named_and_one_that_was_replaced_is_found(
    tmp_path: Path, corpus: Path
) -> None:
    for day in sorted(corpus.glob("2026-*"))[:2]:
        run_command(["run", str(day), "--date", day.name, "-o", str(tmp_path), "-f", "markdown"])
    first, second = sorted(tmp_path.iterdir())

    assert json.loads((second / "proof.json").read_bytes())["before"]["edition"] == first.name
    assert verify(second).faults == ()
    (first / "edition.json").write_bytes((first / "edition.json").read_bytes() + b"\n")
    assert "it was replaced since" in verify(second).faults[0]


def test_a_bundle_asks_for_the_desks_signature_without_the_program(
    signed: Path, key: str, tmp_path: Path
) -> None:
    (tmp_path / "day.zip").write_bytes(build_bundle(signed, name="day.zip").content)

    def proved(*arguments: str) -> int:
        command = [sys.executable, "-I", str(tmp_path / "day.zip"), *arguments]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert (proved(), proved("--key", key), proved("--key", "0" * 64)) == (0, 0, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html><body><script>1</script></body></html>"),
        ("edition.md", "words \u202e turned".encode()),
        ("edition.epub", b"no zip"),
        ("edition.eml", b"Content-Type: text/plain\n\nalone"),
    ],
)
def test_the_verifier_of_bundles_finds_what_no_rendition_holds(name: str, content: bytes) -> None:
    assert offline.intruders(name, content)
