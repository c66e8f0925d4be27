"""`campaign show`: the agenda of a day, a week, or one account."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import click

from campaign.explaining.today import Today, briefed, with_ids
from campaign.outputs.agenda import day_inside, render_account, render_agenda, week_of
from campaign.outputs.plan_table import in_order, left_out_record, touch_record
from campaign.outputs.timetable import day_record, touches_on
from campaign.touches import Plan
from campaign.words import with_words
from campaign_cli import clock, console, options
from campaign_cli.choosing import find_account
from campaign_cli.options import Source


@click.command("show")
@options.takes_source
@click.option("--today", "only_today", is_flag=True, help="Today alone.")
@click.option("--week", is_flag=True, help="The whole week of --date or of today.")
@click.option("--date", "date", type=options.DATE, help="That day.")
@click.option("--account", metavar="ID-OR-NAME", help="Every touch of one account.")
@options.every
@options.ids
@options.as_json
def command(source: Source, *, account: str | None, every: bool, ids: bool, **when: Any) -> None:  # noqa: ANN401
    """Show the agenda of a day, a week or an account.

    PATH is a campaign folder or a list of accounts. Without an option it is this week, or
    the first one if the campaign has not begun. What needs you comes first.
    """
    if when["only_today"] and when["date"]:
        raise click.UsageError("--today and --date name two days; keep one of them")
    plan = source.read_plan()
    if account is not None:
        _show_account(plan, find_account(plan, account).account_id, ids=ids)
        return
    now = clock.today(plan.territory.rep.timezone)
    days = _days(plan, now, **when)
    shown = {touch.account_id for day in days for touch in touches_on(plan, day)}
    today = Today(with_words(plan, shown), now)
    told = briefed(today)
    if console.wants_json():
        console.result_json(_record(today, told, days))
        return
    console.show_needs(today, every=every, ids=ids)
    console.result(render_agenda(with_ids(told) if ids else told, days).rstrip())


def _show_account(plan: Plan, account_id: str, *, ids: bool) -> None:
    plan = with_words(plan, {account_id})
    touches = in_order(touch for touch in plan.touches if touch.account_id == account_id)
    left_out = [left for left in plan.left_out if left.account_id == account_id]
    console.answer(
        lambda: {
            "touches": [touch_record(plan, touch) for touch in touches],
            "left_out": [left_out_record(plan, left) for left in left_out],
        },
        render_account(with_ids(plan) if ids else plan, account_id).rstrip(),
    )


def _record(today: Today, told: Plan, days: Sequence[dt.date]) -> dict[str, Any]:
    return {
        "days": [day_record(told, day) for day in days],
        "touches": [touch_record(told, touch) for day in days for touch in touches_on(told, day)],
        "late": [
            {**touch_record(today.plan, late.touch), "lateness": late.lateness.value}
            for late in today.late
        ],
        "owed": [touch_record(today.plan, touch) for touch in today.not_planned],
    }


def _days(
    plan: Plan, today: dt.date, *, only_today: bool, week: bool, date: dt.date | None
) -> Sequence[dt.date]:
    calendar = plan.territory.calendar
    if week or not (only_today or date):
        return week_of(calendar, date or day_inside(calendar, today))
    return [date or today]
