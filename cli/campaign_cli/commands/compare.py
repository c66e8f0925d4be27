"""`campaign compare`: two plans side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from campaign import compare
from campaign.answer import Campaign
from campaign.storage.whole import write_whole
from campaign_cli import console, options

if TYPE_CHECKING:
    from campaign.rehearsal import Rehearsal
    from campaign.whatif import Comparison, Curve


@click.command("compare")
@click.argument("first", type=options.FILE, metavar="A")
@click.argument("second", type=options.FILE, metavar="B")
@options.output("Write it there as a page, as figures.html.")
@options.as_json
def command(first: Path, second: Path, *, output: Path | None) -> None:
    """Put two plans side by side.

    Levels, hours, who gains and who loses, and why.

    A and B are campaign folders, or plans (campaign.csv under any name) beside their lists.
    """
    show_figures(compare(Campaign.read(first), Campaign.read(second)), output)


def show_figures(found: "Comparison | Rehearsal", output: Path | None) -> None:
    """Print figures, for a program or for people, and write their page where one is wanted."""
    console.answer(lambda: attrs.asdict(found), found)
    write_page(found, output)


def write_page(found: "Comparison | Rehearsal | Curve", output: Path | None) -> None:
    """Write the page of some figures, where one is wanted."""
    if output:
        write_whole({output: found.to_html().encode()})
        console.say(f"Written to {output}")
