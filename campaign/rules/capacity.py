"""R2 and R3: the rep's minutes of a day and a week, and the limits of channels."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from math import floor

from campaign.model.channels import Channel
from campaign.model.territory import Territory
from campaign.model.values import grouped
from campaign.rules.facts import Facts, PlanRow, of_rows
from campaign.rules.violations import Fault, Figure, Violation

_TOLERANCE = 1e-9


def capacity_of_day(territory: Territory, date: dt.date) -> int:
    """The minutes that the rep gives to the campaign on a working day, travel included.

    Never more than the working hours hold beside lunch and busy time.
    """
    share = _share_of_week(territory, territory.calendar.week(date))
    given = floor(territory.capacity.minutes_per_day * share + _TOLERANCE)
    return min(given + territory.capacity.more_on(date), territory.rep.free_minutes(date))


def capacity_of_week(territory: Territory, week: int) -> int:
    """The minutes of a week of the campaign (0 is the start's week), travel included."""
    share = _share_of_week(territory, week)
    given = floor(territory.capacity.minutes_per_week * share + _TOLERANCE)
    monday = territory.start + dt.timedelta(days=7 * week - territory.start.weekday())
    return given + territory.capacity.more_in_week_of(monday)


def _share_of_week(territory: Territory, week: int) -> float:
    """The ramp's share of a week of the campaign (0 is the start's): it begins with real work."""
    return territory.capacity.share(week - territory.calendar.first_real_week)


def count_of(channel: Channel, rows: Sequence[PlanRow]) -> int:
    """How often a channel is used in rows of one day: a visit meets several contacts."""
    used = [row for row in rows if row.channel is channel]
    return len({row.account_id for row in used}) if channel.travels else len(used)


def minutes_of_a_day(facts: Facts) -> Iterator[Violation]:
    """R2: touches and travel of a working day stay within its capacity."""
    for day, rows in facts.by_day.items():
        if day in facts.working_day_set and facts.are_ahead(rows):  # else R1 speaks of it
            there = capacity_of_day(facts.territory, day)
            yield from _too_full(Fault.DAY_TOO_FULL, day, rows, there)


def minutes_of_a_week(facts: Facts) -> Iterator[Violation]:
    """R2: touches and travel of a week stay within its capacity."""
    for week, rows in facts.by_week.items():
        if facts.are_ahead(rows):
            there = capacity_of_week(facts.territory, week)
            yield from _too_full(Fault.WEEK_TOO_FULL, _first_day(facts, week), rows, there)


def _too_full(
    fault: Fault, date: dt.date, rows: Sequence[PlanRow], there: int
) -> Iterator[Violation]:
    costly = [row for row in rows if row.touch.day_minutes > 0]
    planned = sum(row.touch.day_minutes for row in costly)
    if planned > there:
        figures = {"planned": planned, "there": there}
        yield from of_rows("R2", fault, costly, figures, date=date)


def _first_day(facts: Facts, week: int) -> dt.date:
    """The first day of a week that belongs to the campaign."""
    monday = facts.start + dt.timedelta(days=7 * week - facts.start.weekday())
    return max(monday, facts.start)


def uses_of_a_day(facts: Facts) -> Iterator[Violation]:
    """R3: each channel stays within its limit a day."""
    for day, rows in facts.by_day.items():
        yield from _too_often(facts, Fault.TOO_MANY_A_DAY, rows, day, lambda one: one.per_day)


def uses_of_a_week(facts: Facts) -> Iterator[Violation]:
    """R3: each channel stays within its limit a week."""
    for week, rows in facts.by_week.items():
        first = _first_day(facts, week)
        yield from _too_often(facts, Fault.TOO_MANY_A_WEEK, rows, first, lambda one: one.per_week)


def _too_often(
    facts: Facts,
    fault: Fault,
    rows: Sequence[PlanRow],
    date: dt.date,
    most: Callable[[Channel], int | None],
) -> Iterator[Violation]:
    channels = {row.channel.name: row.channel for row in rows if row.channel}
    for channel in channels.values() if facts.are_ahead(rows) else ():
        used = [row for row in rows if row.channel is channel]
        by_day = grouped(used, lambda row: row.day).values()
        planned, there = sum(count_of(channel, of_day) for of_day in by_day), most(channel)
        if there is not None and planned > there:
            figures: dict[str, Figure] = {"channel": channel.name, "planned": planned}
            yield from of_rows("R3", fault, used, {**figures, "there": there}, date=date)
