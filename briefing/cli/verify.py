"""`briefing verify`: an edition to its proof, or to the sentence that fails."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.errors import UsageError


@click.command()
@click.argument("edition", metavar="EDITION.json", type=click.Path(path_type=Path))
@click.option(
    "--bundle",
    metavar="FILE.zip",
    type=click.Path(path_type=Path),
    help="Also a zip that proves itself.",
)
@click.option(
    "--without-texts",
    is_flag=True,
    help="With --bundle: digests of the texts of record in their place.",
)
@click.option(
    "--key",
    metavar="KEY",
    help="Public key of the desk, or a file that holds it: ask for its signature.",
)
@click.option(
    "--templates", metavar="DIR", type=click.Path(path_type=Path), help="Templates of your own."
)
def verify(
    edition: Path, bundle: Path | None, without_texts: bool, key: str | None, templates: Path | None
) -> int:
    """Find every sentence of an edition again, word for word.

    Checks the files against their sums, and then, whatever the sums say, the edition against the
    texts of record beside it (texts.jsonl), the limits of licences, and every rendition in the same
    folder: each sentence must stand in each of them, in order, with its source and its link, and
    nothing else than the program renders. What could not be rendered again is named. Exit code 1
    and the sentence when something is wrong.

    A bundle holds the edition, its texts and a verifier that needs only Python: python3 FILE.zip

    \b
    Examples:
      briefing verify output/2026-03-05-daily/edition.json
      briefing verify output/2026-03-05-daily --bundle /tmp/thursday.zip
      briefing verify output/2026-03-05-daily --key desk.pub
    """
    from briefing.proof import verify as prove
    from briefing.proof.signing import key_named

    if without_texts and not bundle:
        raise UsageError(
            "--without-texts is about what --bundle writes; name a FILE.zip with --bundle"
        )
    proof = prove(edition, templates=templates, key=key_named(key) if key else None)
    for fault in proof.faults:
        click.echo(fault, err=True)
    if proof.faults:
        return 1
    if bundle:
        _write_bundle(edition, bundle, texts=not without_texts)
    places = ", ".join(("edition.json", *proof.renditions))
    for line in proof.weaker:
        click.echo(f"weaker: {line}", err=True)
    click.echo(
        f"{edition}: {proof.sentences} sentences found word for word in their sources "
        f"and in {places}"
    )
    return 0


def _write_bundle(edition: Path, target: Path, *, texts: bool) -> None:
    from briefing.deliveries import deliver_to_folder
    from briefing.proof.bundle import build_bundle

    deliver_to_folder(
        build_bundle(edition, name=target.name, texts=texts), folder=str(target.parent)
    )
    click.echo(target)
