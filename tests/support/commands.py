"""Running the command line inside the test's own process."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaign import read
from campaign.reading import read_plan
from campaign.touches import Plan
from campaign_cli import console
from campaign_cli.main import cli


def run(*arguments: str | Path, typed: str = "") -> Result:
    """What a command printed, apart by stdout and stderr, and how it ended."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed)


def answered(typed: str, *arguments: str | Path) -> Result:
    """The same on a terminal, where somebody types."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(console, "can_ask", lambda: True)
        return run(*arguments, typed=typed)


def lines(text: str) -> list[str]:
    """The lines of an output."""
    return text.splitlines()


def plan_of(folder: Path) -> Plan:
    """The plan in a campaign folder."""
    return read_plan(folder / "campaign.csv", read(folder))[0]
