"""Command line to an exit code: 0 done, 1 failed, 3 partly done, 64 asked wrongly, 75 locked, 78
configuration.

A command's module is imported only when that command is called, so that help and completion answer
at once.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from briefing import __version__
from briefing.errors import BriefingError

# Name -> its line in the list of commands, the first of its docstring (a test compares them); in
# briefing.cli.<name>.
COMMANDS = {
    "demo": "Make an edition of the sample corpus.",
    "init": "Make a workspace: a commented briefing.toml and its folders.",
    "run": "Make an edition of documents, or of a workspace's sources.",
    "build": "Make the editions of a workspace's readers, from one collection.",
    "read": "Show which articles are found in documents, and how.",
    "render": "Render an edition again, in any format, from its record.",
    "preview": "Show an edition in a browser, and again whenever a template changes.",
    "pack": "Make one file of a subject: the news, and every article behind it.",
    "explain": "Say why each storyline stands where it does, and what was left out and why.",
    "diff": "Show what came in, went out, moved and is said anew between two editions.",
    "editions": "List the editions in a folder, newest first.",
    "config": "Show which settings are in force, and where each value comes from.",
    "verify": "Find every sentence of an edition again, word for word.",
    "keys": "Show the key that editions are signed with, or make one.",
    "send": "Mail an edition to its recipients, as far as it was not sent before.",
    "recipients": "List, add, import, remove or suppress who gets the editions by mail.",
    "publish": "Put an edition on the shared folder, whole or not at all.",
    "collect": "Fetch what is new from a workspace's sources into its archive.",
    "sources": "List, add, remove, test, import, export or check where documents come from.",
    "schedule": "Show, install or check what makes an edition every morning.",
    "status": (
        "Show last and next editions, what is pending, the last run, and sources that give nothing."
    ),
    "archive": "Check, back up, prune, describe, export or import the archive.",
    "search": "Find articles in the archive, best first, with the words marked.",
    "templates": "List the shipped templates, or copy one to change it.",
    "summarise": "Condense a text, or each line of a JSONL file, to its best sentences.",
    "storylines": "Group articles into storylines, and each storyline's articles by what happened.",
    "doctor": "Check what this installation needs and has.",
}


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"briefing.cli.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        import difflib

        near = difflib.get_close_matches(args[0], COMMANDS, n=1)
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(COMMANDS)}."
            ctx.fail(f"no command is called '{args[0]}'; {hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="briefing %(version)s")
def cli() -> None:
    """A daily briefing from your own documents, every sentence quoted word for word.

    \b
    Examples:
      briefing demo                       an edition of the sample corpus, into output/
      briefing run ~/clippings            an edition of a folder, no configuration needed
      briefing read page.html             which articles are found in a document
      briefing verify output/2026-03-05-daily/edition.json
      briefing init desk && cd desk && briefing run
    """


def run_command(arguments: Sequence[str]) -> int:
    """Carry out the command; messages go to stderr, never as a traceback unless the fault
    is ours.
    """
    try:
        code = cli.main(list(arguments), prog_name="briefing", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 64
    except click.Abort:
        print("stopped", file=sys.stderr)  # noqa: T201 - the shell's user pressed Ctrl-C
        return 130
    except BriefingError as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is where messages leave the program
        return error.exit_code
    except BrokenPipeError:  # the reader of our output (head, less) has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0
