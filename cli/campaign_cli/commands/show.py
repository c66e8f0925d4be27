"""`campaign show`: the agenda of a day, a week, or one account."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import click

from campaign.model.accounts import Account
from campaign.outputs.agenda import render_account, render_agenda, touches_on
from campaign.outputs.table import in_order, left_out_record, touch_record
from campaign.touches import Plan
from campaign.workdays import Calendar
from campaign_cli import clock, console
from campaign_cli.choosing import chosen
from campaign_cli.options import Date, Source, json_option, source_options


@click.command("show")
@source_options
@click.option("--today", "only_today", is_flag=True, help="Today alone.")
@click.option("--week", is_flag=True, help="The whole week of --date or of today.")
@click.option("--date", "date", type=Date(), help="That day.")
@click.option("--account", metavar="ID-OR-NAME", help="Every touch of one account.")
@json_option
def command(source: Source, *, as_json: bool, account: str | None, **when: Any) -> None:  # noqa: ANN401
    """Show the agenda of a day, a week or an account.

    PATH is a campaign folder or a list of accounts. Without an option it is this week, or
    the first one if the campaign has not begun.
    """
    if when["only_today"] and when["date"]:
        raise click.UsageError("--today and --date name two days; keep one of them")
    _path, plan = source.read_plan()
    if account is not None:
        _show_account(plan, find_account(plan, account), as_json=as_json)
    else:
        _show_days(plan, _days(plan, **when), as_json=as_json)


def _show_account(plan: Plan, account: Account, *, as_json: bool) -> None:
    account_id = account.account_id
    if not as_json:
        console.result(render_account(plan, account_id).rstrip())
        return
    touches = in_order(touch for touch in plan.touches if touch.account_id == account_id)
    left_out = [left for left in plan.left_out if left.account_id == account_id]
    console.result_json(
        {
            "touches": [touch_record(plan, touch) for touch in touches],
            "left_out": [left_out_record(plan, left) for left in left_out],
        }
    )


def _show_days(plan: Plan, days: Sequence[dt.date], *, as_json: bool) -> None:
    if as_json:
        touches = [touch for day in days for touch in touches_on(plan, day)]
        console.result_json({"touches": [touch_record(plan, touch) for touch in touches]})
    else:
        console.result(render_agenda(plan, days).rstrip())


def _days(plan: Plan, *, only_today: bool, week: bool, date: dt.date | None) -> Sequence[dt.date]:
    calendar = plan.territory.calendar
    today = clock.today(plan.territory.rep.timezone)
    if week or not (only_today or date):
        return week_of(calendar, date or _inside(calendar, today))
    return [date or today]


def _inside(calendar: Calendar, day: dt.date) -> dt.date:
    """The day, or the end of the campaign that is nearest to it."""
    return max(calendar.start, min(calendar.end, day))


def week_of(calendar: Calendar, day: dt.date) -> Sequence[dt.date]:
    """The days of a week on which the rep works; the day itself where there is none."""
    monday = day - dt.timedelta(days=day.weekday())
    days = [monday + dt.timedelta(days=number) for number in range(7)]
    return [d for d in days if d in calendar.working_days] or [day]


def find_account(plan: Plan, text: str) -> Account:
    """The account of that id or name; wrong usage where it is none or several."""
    wanted = text.strip().casefold()
    accounts = plan.territory.ranked_accounts
    for exact in (
        [a for a in accounts if a.account_id.casefold() == wanted],
        [a for a in accounts if a.name.casefold() == wanted],
        [a for a in accounts if wanted and wanted in a.name.casefold()],
    ):
        if len(exact) == 1:
            return exact[0]
        if exact:
            return chosen(text, exact)
    raise click.UsageError(f'"{text}" is no account; give its id, or a part of its name')
