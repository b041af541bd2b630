"""`briefing verify`: an edition to its proof, or to the sentence that fails."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("edition", metavar="EDITION.json", type=click.Path(path_type=Path))
def verify(edition: Path) -> int:
    """Find every sentence of an edition again, word for word.

    Checks the edition against the texts of record beside it (texts.jsonl), then every rendition in the same folder:
    each sentence must stand in each of them, in order. Exit code 1 and the sentence when one does not.

    \b
    Example:
      briefing verify output/2026-03-05-daily/edition.json
    """
    from briefing.proof import verify as prove  # noqa: PLC0415 - imports the readers of all formats

    proof = prove(edition)
    for fault in proof.faults:
        click.echo(fault, err=True)
    if proof.faults:
        return 1
    places = ", ".join(("edition.json", *proof.renditions))
    click.echo(f"{edition}: {proof.sentences} sentences found word for word in their sources and in {places}")
    return 0
