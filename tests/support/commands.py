"""Running the command line inside the test's own process."""

from pathlib import Path

from click.testing import CliRunner, Result

from campaign_cli.main import cli


def run(*arguments: str | Path, typed: str = "") -> Result:
    """What a command printed, apart by stdout and stderr, and how it ended."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed)


def lines(text: str) -> list[str]:
    """The lines of an output."""
    return text.splitlines()
