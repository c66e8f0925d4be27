"""The command `campaign`: its group, its version, and the one place where errors end.

Exit codes: 0 done; 1 errors in the input, or a file that cannot be read or written; 2 wrong
usage; 3 a rule is broken, or under --strict the floor or a required touch is missing; 130
stopped by ctrl-C before there was a plan.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from importlib import import_module
from io import StringIO
from keyword import iskeyword
from types import MappingProxyType
from typing import Any, NoReturn

import click

from campaign_cli.__main__ import INTERRUPTED, STOPPED

INPUT_FAULT, RULE_BROKEN = 1, 3
TRACEBACK = "CAMPAIGN_TRACEBACK"

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "new": "Make a campaign folder to fill in.",
        "import": "Bring a customer system's export into a campaign folder.",
        "check": "List every finding, then the hours needed and available.",
        "plan": "Plan the campaign and write it.",
        "verify": "Test a plan against every rule.",
        "show": "Show the agenda of a day, a week or an account.",
        "explain": "Explain the plan of one account.",
        "log": "Log what came of a touch.",
        "undo": "Take the last log, plan or replan back.",
        "replan": "Plan on from a day, with few changes.",
        "status": "Show what is done, what is left, and who is behind.",
        "compare": "Put two plans side by side.",
        "rehearse": "Live the quarter before it begins.",
        "export": "Write the plan for others to read.",
    }
)


class CampaignGroup(click.Group):
    """The group of the commands; it imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names, in the order in which a rep meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        # a module cannot be called import
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"campaign_cli.commands.{module}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with `help` and `help COMMAND` as the option of that name."""
        if args[:1] == ["help"]:
            args = [*args[1:2], "--help"]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; wrong usage, with the nearest name, where it is none."""
        near = get_close_matches(args[0], COMMANDS, n=1)
        if args[0] not in COMMANDS and near:
            ctx.fail(f'"{args[0]}" is no command; did you mean "{near[0]}"?')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of the help page, without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items(), ("help", "Show the help page of a command.")])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's signature)
        """Run the command; what goes wrong in it becomes a sentence and an exit code."""
        with _ending_in_sentences():
            return super().invoke(ctx)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401 (the same)
        """The context of a command line; click itself has no sentence for a stop so early."""
        with _ending_in_sentences():
            return super().make_context(*args, **kwargs)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (click's signature)
        """Run a whole command line; where nothing can be printed, that is told if it can be."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            from campaign_cli import console  # noqa: PLC0415 (only when something went wrong)

            with suppress(OSError):
                console.failure(error)
            sys.exit(INPUT_FAULT)


@contextmanager
def _ending_in_sentences() -> Iterator[None]:
    try:
        yield
    except (click.exceptions.Exit, BrokenPipeError):
        raise
    except (KeyboardInterrupt, click.Abort):
        _stop()
    except click.ClickException as error:
        _tell(error)
    except Exception as error:
        # what a signal breaks off in the middle of an import may come out as another error
        if isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
            _stop()
        if os.environ.get(TRACEBACK):
            raise
        from campaign_cli import console  # noqa: PLC0415 (only when something went wrong)

        console.failure(error)
        raise click.exceptions.Exit(INPUT_FAULT) from error


def _stop() -> NoReturn:
    click.echo(STOPPED, err=True)
    raise click.exceptions.Exit(INTERRUPTED)


def _tell(error: click.ClickException) -> NoReturn:
    """Print what click found wrong as click does, marked as every other error is."""
    from campaign_cli import console  # noqa: PLC0415 (only when something went wrong)

    told, message = StringIO(), error.format_message()
    error.show(told)
    usage = told.getvalue().removesuffix(f"Error: {message}\n")
    click.echo(usage, err=True, nl=False)
    if usage != told.getvalue():
        console.say(f"{console.ERROR}{message}")
    raise click.exceptions.Exit(error.exit_code)


@click.group(cls=CampaignGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="territory-campaign", prog_name="campaign", message="%(prog)s %(version)s"
)
def cli() -> None:
    """Plan a sales rep's first 90 days in a territory: letters, cards, calls and visits.

    Start with "campaign new FOLDER --example", then "campaign plan FOLDER".
    """


def main() -> None:
    """The entry point of the command; what a terminal cannot show is shown as "?"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli(prog_name="campaign")
