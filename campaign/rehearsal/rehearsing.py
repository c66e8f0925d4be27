"""Lives of a quarter: planned, lived day by day, re-planned each Monday, and measured."""

import datetime as dt
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from itertools import pairwise, repeat

from attrs import evolve

from campaign.errors import Finding, InvalidInput
from campaign.model.given import taken, to_whole
from campaign.model.policy import Policy
from campaign.model.territory import Territory
from campaign.model.values import FrozenDict
from campaign.outputs.summary import months_touched
from campaign.planning import plan
from campaign.rehearsal.field import Field, shipped_rates
from campaign.rehearsal.result import Life, Rehearsal
from campaign.replanning import replan
from campaign.rules.levels import reaches
from campaign.touches import Effort, Plan, Status, Touch
from campaign.workdays import Calendar, each_day, plain

_A_DAY, _A_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
_MOST_RUNS = 1000
_NO_RATES: Mapping[str, float] = FrozenDict()


def rehearse(  # noqa: PLR0913 (how many lives, which luck, what is tried, and where)
    territory: Territory,
    *,
    runs: int = 20,
    seed: int = 0,
    policy: Policy | None = None,
    rates: Mapping[str, float] = _NO_RATES,
    effort: Effort | int = "quick",
    executor: Executor | None = None,
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
    remedy = f"write 1 to {_MOST_RUNS}, as 20"
    runs = taken(runs, to_whole, "runs", remedy)
    if not 1 <= runs <= _MOST_RUNS:
        raise InvalidInput([Finding("runs", f"{runs} are no runs", remedy=remedy)])
    known = shipped_rates().overridden(rates)
    first = plan(evolve(territory, policy=policy or territory.policy), effort=effort)
    fields = [Field(known, f"{seed}/{run}") for run in range(runs)]
    places = (repeat(first), fields, repeat(effort))
    both = executor.map(_lives, *places) if executor else map(_lives, *places)
    pairs = list(both)
    calendar = territory.calendar
    weeks = len({calendar.week(day) for day in calendar.working_days})
    return Rehearsal(
        tuple(life for life, _ in pairs), tuple(other for _, other in pairs), max(1, weeks)
    )


def _lives(first: Plan, field: Field, effort: Effort | int) -> tuple[Life, Life]:
    return _replanned_life(first, field, effort), _unchanged_life(first, field)


def _replanned_life(plan_: Plan, field: Field, effort: Effort | int) -> Life:
    """A life in which the rest is planned anew each Monday."""
    moved = kept = put_off = 0
    calendar = plan_.territory.calendar
    for week, (since, until) in enumerate(pairwise(_mondays(calendar))):
        plan_, late = _made_up(plan_, field, since, until)
        put_off += late
        territory = field.changed(plan_.territory, week)
        if until <= calendar.end:
            now = replan(evolve(plan_, territory=territory), until, effort=effort).campaign
            changed, stayed = _moves(plan_, now, until)
            plan_, moved, kept = now, moved + changed, kept + stayed
    return _measured(plan_, moved, kept, put_off)


def _unchanged_life(plan_: Plan, field: Field) -> Life:
    """A life that keeps to the first plan; what was missed goes to the next day with room."""
    calendar = plan_.territory.calendar
    future = put_off = 0
    for since, until in pairwise(_mondays(calendar)):
        future += sum(touch.date >= since and not touch.is_done for touch in plan_.touches)
        plan_, late = _made_up(plan_, field, since, until, is_kept=True)
        put_off += late
    return _measured(plan_, 0, future, put_off)


def _made_up(
    plan_: Plan, field: Field, since: dt.date, until: dt.date, *, is_kept: bool = False
) -> tuple[Plan, int]:
    """A week as it is lived: what was not done is done on the next day with room, and how often.

    Where the rest is planned anew on Monday (not `is_kept`), visits and what finds no room in
    the week wait for that.
    """
    channels, moved = plan_.territory.channels, 0
    for day in each_day(since, until - _A_DAY):
        plan_ = _lived_until(plan_, field, day, day + _A_DAY)
        late = [t for t in plan_.touches if t.date == day and t.status is Status.PLANNED]
        for touch in late:
            if is_kept or not channels[touch.channel].travels:
                now = _put_off(plan_, touch, plan_.territory.calendar.end if is_kept else until)
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


def _mondays(calendar: Calendar) -> Iterator[dt.date]:
    """The start, each Monday after it, and the day after the end."""
    yield calendar.start
    day = calendar.start + (7 - calendar.start.weekday()) * _A_DAY
    while day <= calendar.end:
        yield day
        day += _A_WEEK
    yield calendar.end + _A_DAY


def _lived_until(plan_: Plan, field: Field, since: dt.date, until: dt.date) -> Plan:
    """The plan with what has become of its touches from one day up to another."""
    territory = plan_.territory
    rows = (
        field.lived(territory, touch)
        if touch.status is Status.PLANNED and since <= touch.date < until
        else touch
        for touch in plan_.touches
    )
    return evolve(plan_, touches=tuple(rows))


def _moves(before: Plan, now: Plan, since: dt.date) -> tuple[int, int]:
    """How many of the touches ahead stand on another day, and how many where they stood."""
    ahead = {
        touch.touch_id: touch.date
        for touch in before.touches
        if touch.date >= since and touch.status is Status.PLANNED
    }
    dates = {touch.touch_id: touch.date for touch in now.touches if touch.touch_id in ahead}
    moved = sum(dates[touch_id] != ahead[touch_id] for touch_id in dates)
    return moved, len(dates) - moved


def _measured(plan_: Plan, moved: int, kept: int, put_off: int) -> Life:
    """What a life came to, by what was done alone."""
    done = evolve(plan_, touches=tuple(touch for touch in plan_.touches if touch.is_done))
    promises = [one for one in done.territory.promises if one.is_open]
    return Life(
        coverage=tuple(_coverage(done)),
        minutes=sum(touch.day_minutes for touch in done.touches),
        moved=moved,
        kept=kept,
        put_off=put_off,
        silence=_longest_silence(done),
        promises=len(promises),
        in_time=sum(_is_in_time(done, one.promise_id, one.due) for one in promises),
    )


def _coverage(done: Plan) -> Iterator[tuple[str, int, int, int]]:
    """Tier, month, accounts owed a touch, accounts touched."""
    territory, touched = done.territory, months_touched(done)
    newcomers = {a.account_id for a in territory.accounts if "-new-" in a.account_id}
    for tier in territory.tiers:
        owed = [
            account
            for account in territory.active_accounts
            if account.tier == tier.name and tier.floor and account.account_id not in newcomers
        ]
        for month in range(1, territory.calendar.months + 1):
            reached = sum(month in touched.get(one.account_id, frozenset()) for one in owed)
            if owed:
                yield tier.name, month, len(owed), reached


def _longest_silence(done: Plan) -> int:
    """The longest time in days in which a prioritised account heard nothing."""
    territory, calendar = done.territory, done.territory.calendar
    longest = 0
    for account in territory.active_accounts:
        if territory.tier(account).floor and "-new-" not in account.account_id:
            days = [
                plain(touch.day)
                for touch in done.by_account.get(account.account_id, ())
                if reaches(territory, touch)
            ]
            ends = (calendar.start, *sorted(days), calendar.end)
            longest = max(longest, *((b - a).days for a, b in pairwise(ends)))
    return longest


def _is_in_time(done: Plan, promise_id: str, due: dt.date) -> bool:
    """Whether a promise reached the customer by its day."""
    return any(
        touch.is_promise and touch.step == promise_id and (touch.arrives or touch.day) <= due
        for touch in done.touches
    )
