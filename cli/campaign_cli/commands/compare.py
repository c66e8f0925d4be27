"""`campaign compare`: two plans side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from campaign import compare
from campaign.answer import Campaign
from campaign.storage.whole import write_whole
from campaign_cli import console
from campaign_cli.options import File, json_option, page_option

if TYPE_CHECKING:
    from campaign.rehearsal import Rehearsal
    from campaign.whatif import Comparison


@click.command("compare")
@click.argument("first", type=File(), metavar="A")
@click.argument("second", type=File(), metavar="B")
@page_option
@json_option
def command(first: Path, second: Path, *, output: Path | None, as_json: bool) -> None:
    """Put two plans side by side.

    Levels, hours, who gains and who loses, and why.

    A and B are campaign folders, or plans (campaign.csv under any name) beside their lists.
    """
    found = compare(Campaign.read(first), Campaign.read(second))
    show_figures(found, output, as_json=as_json)


def show_figures(found: "Comparison | Rehearsal", output: Path | None, *, as_json: bool) -> None:
    """Print figures, for a program or for people, and write their page where one is wanted."""
    if as_json:
        console.result_json(attrs.asdict(found))
    else:
        console.result(str(found))
    if output:
        write_whole({output: found.to_html().encode()})
        console.say(f"Written to {output}")
