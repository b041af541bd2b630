"""`briefing keys`: the desk's key for signing, its public half printed."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.workspace import load_workspace, option


@click.command()
@click.option(
    "--make", is_flag=True, help="Make a key where there is none; editions are signed from then on."
)
@option
def keys(make: bool, file: str) -> int:
    """Show the key that editions are signed with, or make one.

    Prints the public half: put it where readers know it to be yours, and they can ask for your
    signature with briefing verify --key. The private half stays in the state folder, for its
    owner's eyes alone.

    \b
    Examples:
      briefing keys --make > desk.pub
      briefing keys
    """
    from briefing.proof.signing import make_key, public_key

    state = Path(load_workspace(file).state)
    public = make_key(state) if make else public_key(state)
    if not public:
        click.echo(
            (
                f"{state}: there is no key, and editions are not signed; make one with: "
                "briefing keys --make"
            ),
            err=True,
        )
        return 1
    click.echo(public)
    return 0
