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
    "--templates", metavar="DIR", type=click.Path(path_type=Path), help="Templates of your own."
)
def verify(edition: Path, bundle: Path | None, without_texts: bool, templates: Path | None) -> int:
    """Find every sentence of an edition again, word for word.

    Checks the files against their sums, and then, whatever the sums say, the edition against the
    texts of record beside it (texts.jsonl), the limits of licences, and every rendition in the same
    folder: each sentence must stand in each of them, in order, with its source and its link. Exit
    code 1 and the sentence when one does not.

    A bundle holds the edition, its texts and a verifier that needs only Python: python3 FILE.zip

    \b
    Examples:
      briefing verify output/2026-03-05-daily/edition.json
      briefing verify output/2026-03-05-daily --bundle /tmp/thursday.zip
    """
    from briefing.proof import verify as prove

    if without_texts and not bundle:
        raise UsageError(
            "--without-texts is about what --bundle writes; name a FILE.zip with --bundle"
        )
    proof = prove(edition, templates=templates)
    for fault in proof.faults:
        click.echo(fault, err=True)
    if proof.faults:
        return 1
    if bundle:
        _write_bundle(edition, bundle, texts=not without_texts)
    places = ", ".join(("edition.json", *proof.renditions))
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
