"""`campaign status`: what is done, what is left, and who is behind."""

import datetime as dt

import attrs
import click

from campaign.explaining.campaign_status import campaign_status, render_status
from campaign.explaining.today import Today
from campaign.phrases import day_in_words
from campaign_cli import clock, console, options
from campaign_cli.options import Source


@click.command("status")
@options.takes_sources
@click.option("--on", type=options.DATE, help="As of that day.  [default: today]")
@options.every
@options.ids
@options.as_json
def command(sources: tuple[Source, ...], *, on: dt.date | None, every: bool, ids: bool) -> None:
    """Show what is done, what is left, and who is behind.

    PATH is a campaign folder or a list of accounts. Counts the touches that are owed, done
    and remaining, the accounts touched by tier and month, and says of each account that is
    behind why. Several folders are several reps: their roll-up, and accounts that two touch.
    """
    if len(sources) > 1:
        _roll_up(sources)
        return
    plan = sources[0].read_plan()
    territory = plan.territory
    found = campaign_status(plan, on or clock.today(territory.rep.timezone))
    if console.wants_json():
        behind = [{**attrs.asdict(one), "why": one.words(territory)} for one in found.behind]
        record = {**attrs.asdict(found), "remaining": found.remaining, "behind": behind}
        console.result_json(record)
        return
    console.show_needs(Today(plan, found.date), every=every, ids=ids)
    console.result(f"As of {day_in_words(found.date)}")
    console.result(render_status(territory, found, ids=ids))


def _roll_up(sources: tuple[Source, ...]) -> None:
    from campaign.teams import Team, part_of  # noqa: PLC0415 (OR-Tools: only for several)

    plans = {str(source.path): source.read_plan() for source in sources}
    team = Team({rep: part_of(rep, plan) for rep, plan in plans.items()})
    console.answer(
        lambda: {
            "coverage": team.coverage(),
            "shared": console.findings_record(team.shared())["findings"],
        },
        team.summary(),
    )
