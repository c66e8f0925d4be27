"""Lives of a quarter: planned, lived day by day, re-planned each Monday, and measured."""

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import Executor
from itertools import pairwise, repeat
from typing import TypedDict, Unpack

from attrs import evolve

from campaign.errors import Finding, InvalidInput
from campaign.model.given import only, taken, to_whole
from campaign.model.policy import Policy
from campaign.model.territory import Territory
from campaign.outputs.summary import covered_by_month, longest_silence
from campaign.planning import plan
from campaign.rehearsal.field import JOINED, Field, rates_with
from campaign.rehearsal.result import Life, Rehearsal
from campaign.replanning import replan
from campaign.touches import Effort, Plan, Status, Touch
from campaign.workdays import Calendar, each_day

_A_DAY = dt.timedelta(days=1)
_MOST_RUNS = 1000


class Luck(TypedDict, total=False):
    """What happens in the field: how often, by `table.name`, and which dice are thrown."""

    seed: int
    rates: Mapping[str, float]


def rehearse(
    territory: Territory,
    *,
    runs: int = 20,
    policy: Policy | None = None,
    effort: Effort | int = "quick",
    executor: Executor | None = None,
    **luck: Unpack[Luck],
) -> Rehearsal:
    """Live the quarter some times before it begins, and tell what the plan still delivers.

    Calls are not answered, mail comes back, customers reply and complain, the rep is ill,
    accounts are lost and join, by `rates` (those that ship, with their sources, in
    `campaign/rehearsal/rates.toml`; yours by `table.name`). What is not done in the
    office is done on the next day of the week with room, and each Monday the rest is planned
    anew. Beside it the same lives of a rep who keeps to the first plan and does all that was
    missed on the next day with room. `policy` is tried in place of the territory's own. The
    same `seed` gives the same lives. `executor` lives them side by side. Raises
    `InvalidInput` for a number of runs or a rate that is none.
    """
    only(luck, Luck, "rehearse")
    remedy = f"write 1 to {_MOST_RUNS}, as 20"
    runs = taken(runs, to_whole, "runs", remedy)
    if not 1 <= runs <= _MOST_RUNS:
        raise InvalidInput([Finding("runs", f"{runs} are no runs", remedy=remedy)])
    known = rates_with(luck.get("rates", {}))
    first = plan(evolve(territory, policy=policy or territory.policy), effort=effort)
    fields = [Field(known, f"{luck.get('seed', 0)}/{run}") for run in range(runs)]
    places = (repeat(first), fields, repeat(effort))
    pairs = list(executor.map(_lives, *places) if executor else map(_lives, *places))
    weeks = len(set(map(territory.calendar.week, territory.calendar.working_days)))
    lives, unchanged = (tuple(each) for each in zip(*pairs, strict=True))
    return Rehearsal(lives, unchanged, max(1, weeks))


def _lives(first: Plan, field: Field, effort: Effort | int) -> tuple[Life, Life]:
    return _planned_anew(first, field, effort), _kept_to(first, field)


def _planned_anew(plan_: Plan, field: Field, effort: Effort | int) -> Life:
    """A life in which the rest is planned anew each Monday."""
    moved = kept = put_off = 0
    calendar = plan_.territory.calendar
    for week, (since, until) in enumerate(pairwise(_mondays(calendar))):
        plan_, late = _made_up(plan_, field, since, until)
        put_off += late
        territory = field.changed(plan_.territory, week)
        if until <= calendar.end:
            ahead = [row for row in plan_.touches if row.date >= until and not _is_over(row)]
            plan_ = replan(evolve(plan_, territory=territory), until, effort=effort).campaign
            dates = {row.touch_id: row.date for row in plan_.touches}
            stays = [dates[row.touch_id] == row.date for row in ahead if row.touch_id in dates]
            moved, kept = moved + stays.count(False), kept + stays.count(True)
    return _measured(plan_, moved, kept, put_off)


def _kept_to(plan_: Plan, field: Field) -> Life:
    """A life that keeps to the first plan; what was missed goes to the next day with room."""
    future = put_off = 0
    for since, until in pairwise(_mondays(plan_.territory.calendar)):
        future += sum(row.date >= since and not row.is_done for row in plan_.touches)
        plan_, late = _made_up(plan_, field, since, until, is_kept=True)
        put_off += late
    return _measured(plan_, 0, future, put_off)


def _is_over(row: Touch) -> bool:
    return row.status is not Status.PLANNED


def _mondays(calendar: Calendar) -> list[dt.date]:
    """The start, each Monday after it, and the day after the end."""
    days = each_day(calendar.start, calendar.end)
    mondays = [day for day in days if day.weekday() == 0 and day > calendar.start]
    return [calendar.start, *mondays, calendar.end + _A_DAY]


def _made_up(
    plan_: Plan, field: Field, since: dt.date, until: dt.date, *, is_kept: bool = False
) -> tuple[Plan, int]:
    """A week as it is lived: what was not done is done on the next day with room, and how often.

    Where the rest is planned anew on Monday (not `is_kept`), visits and what finds no room in
    the week wait for that.
    """
    territory, moved = plan_.territory, 0
    for day in each_day(since, until - _A_DAY):
        rows = [
            row if _is_over(row) or row.date != day else field.lived(territory, row)
            for row in plan_.touches
        ]
        plan_ = evolve(plan_, touches=rows)
        late = [row for row in rows if row.date == day and not _is_over(row)]
        for touch in late:
            if is_kept or not territory.channels[touch.channel].travels:
                now = _put_off(plan_, touch, territory.calendar.end if is_kept else until)
                moved += now is not plan_
                plan_ = now
    return plan_, moved


def _put_off(plan_: Plan, touch: Touch, until: dt.date) -> Plan:
    """The plan with a touch on the next working day whose minutes still hold it, if any.

    Such a day comes before `until`, or is the last of the campaign.
    """
    calendar, most = plan_.territory.calendar, plan_.territory.capacity.minutes_per_day
    for day in calendar.working_days:
        is_open = touch.date < day and (day < until or day == calendar.end)
        if is_open and plan_.minutes_on(day) + touch.day_minutes <= most:
            arrives = touch.arrives and calendar.after(day, calendar.gap(touch.date, touch.arrives))
            later = evolve(touch, date=day, arrives=arrives, start=None, end=None)
            rows = (later if one is touch else one for one in plan_.touches)
            return evolve(plan_, touches=tuple(rows))
    return plan_


def _measured(plan_: Plan, moved: int, kept: int, put_off: int) -> Life:
    """What a life came to, by what was done alone; newcomers are owed nothing."""
    territory = plan_.territory
    known = [one for one in territory.accounts if JOINED not in one.account_id]
    rows = [touch for touch in plan_.touches if touch.is_done]
    done = evolve(plan_, territory=evolve(territory, accounts=known), touches=rows)
    promises = [one for one in territory.promises if one.is_open]
    return Life(
        coverage=tuple(covered_by_month(done)),
        minutes=sum(touch.day_minutes for touch in rows),
        moved=moved,
        kept=kept,
        put_off=put_off,
        silence=longest_silence(done).days,
        promises=len(promises),
        in_time=sum(
            any(
                row.is_promise
                and row.step == one.promise_id
                and (row.arrives or row.day) <= one.due
                for row in rows
            )
            for one in promises
        ),
    )
