"""`campaign status`: what is done, what is left, and who is behind."""

import datetime as dt
from typing import Any

import attrs
import click

from campaign.explaining.standing import Standing, standing
from campaign.explaining.telling import behind_in_words, render_standing
from campaign.model.territory import Territory
from campaign_cli import clock, console
from campaign_cli.dates import Date
from campaign_cli.options import Source, json_option, source_options


@click.command("status")
@source_options
@click.option("--on", type=Date(), help="As of that day.  [default: today]")
@json_option
def command(source: Source, *, on: dt.date | None, as_json: bool) -> None:
    """Show what is done, what is left, and who is behind.

    PATH is a campaign folder or a list of accounts. Counts the touches that are owed, done
    and remaining, the accounts touched by tier and month, and says of each account that is
    behind why.
    """
    _path, plan = source.read_plan()
    found = standing(plan, on or clock.today(plan.territory.rep.timezone))
    if as_json:
        console.result_json(_as_json(plan.territory, found))
    else:
        console.result(f"As of {found.date}")
        console.result(render_standing(plan.territory, found))


def _as_json(territory: Territory, found: Standing) -> dict[str, Any]:
    behind = [{**attrs.asdict(one), "why": behind_in_words(territory, one)} for one in found.behind]
    return {**attrs.asdict(found), "remaining": found.remaining, "behind": behind}
