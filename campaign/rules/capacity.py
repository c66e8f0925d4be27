"""R2 and R3: the rep's minutes of a day and a week, and the limits of channels."""

import datetime as dt
from collections.abc import Iterator, Sequence
from math import floor

from campaign.model.channels import Channel
from campaign.model.hours import Hours
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.rules.facts import Facts, PlanRow, are_judged, are_pinned
from campaign.rules.violations import Fault, Violation

_TOLERANCE = 1e-9


def capacity_of_day(territory: Territory, date: dt.date) -> int:
    """The minutes that the rep gives to the campaign on a working day, travel included.

    Never more than the working hours hold beside lunch and busy time.
    """
    share = share_of_week(territory, territory.calendar.week(date))
    given = territory.capacity.minutes_per_day * share
    more = territory.capacity.more_on(date)
    return min(floor(given + _TOLERANCE) + more, _minutes_left(territory.rep, date))


def share_of_week(territory: Territory, week: int) -> float:
    """The ramp's share of a week of the campaign (0 is the start's): it begins with real work."""
    return territory.capacity.share(week - territory.calendar.first_real_week)


def _minutes_left(rep: Rep, date: dt.date) -> int:
    """The minutes of the rep's hours in which nothing else stands, less lunch."""
    hours, busy = rep.hours_on(date), rep.busy_on(date)
    if not busy:
        return max(0, sum(span.minutes for span in hours) - rep.lunch_minutes)
    worked = {minute for span in hours for minute in _each(span)}
    taken = {minute for span in busy for minute in _each(span)}
    return max(0, len(worked - taken) - rep.lunch_minutes)


def _each(span: Hours) -> range:
    return range(span.start, span.end)


def capacity_of_week(territory: Territory, week: int) -> int:
    """The minutes of a week of the campaign (0 is the start's week), travel included."""
    given = territory.capacity.minutes_per_week * share_of_week(territory, week)
    monday = territory.start + dt.timedelta(days=7 * week - territory.start.weekday())
    return floor(given + _TOLERANCE) + territory.capacity.more_in_week_of(monday)


def count_of(channel: Channel, rows: Sequence[PlanRow]) -> int:
    """How often a channel is used in rows of one day: a visit meets several contacts."""
    used = [row for row in rows if row.channel is channel]
    return len({row.account_id for row in used}) if channel.travels else len(used)


def minutes_of_a_day(facts: Facts) -> Iterator[Violation]:
    """R2: touches and travel of a working day stay within its capacity."""
    for day, rows in facts.by_day.items():
        if day not in facts.working_day_set or not facts.are_ahead(rows):
            continue  # R1 speaks of it, or it is over
        yield from _too_full(Fault.DAY_TOO_FULL, day, rows, capacity_of_day(facts.territory, day))


def minutes_of_a_week(facts: Facts) -> Iterator[Violation]:
    """R2: touches and travel of a week stay within its capacity."""
    for week, rows in facts.by_week.items():
        if not facts.are_ahead(rows):
            continue
        there = capacity_of_week(facts.territory, week)
        yield from _too_full(Fault.WEEK_TOO_FULL, first_day(facts, week), rows, there)


def _too_full(
    fault: Fault, date: dt.date, rows: Sequence[PlanRow], there: int
) -> Iterator[Violation]:
    planned = sum(row.touch.day_minutes for row in rows)
    costly = [row for row in rows if row.touch.day_minutes > 0]
    if planned > there and are_judged(costly):
        yield Violation(
            "R2",
            fault,
            date=date,
            figures={"planned": planned, "there": there},
            is_notice=are_pinned(costly),
        )


def first_day(facts: Facts, week: int) -> dt.date:
    """The first day of a week that belongs to the campaign."""
    monday = facts.start + dt.timedelta(days=7 * week - facts.start.weekday())
    return max(monday, facts.start)


def uses_of_a_day(facts: Facts) -> Iterator[Violation]:
    """R3: each channel stays within its limit a day."""
    for day, rows in facts.by_day.items():
        for channel in _channels(rows) if facts.are_ahead(rows) else ():
            if channel.per_day is not None and count_of(channel, rows) > channel.per_day:
                figures = (count_of(channel, rows), channel.per_day)
                yield from _too_many(Fault.TOO_MANY_A_DAY, day, channel, rows, figures)


def uses_of_a_week(facts: Facts) -> Iterator[Violation]:
    """R3: each channel stays within its limit a week."""
    for week, rows in facts.by_week.items():
        days = {row.day for row in rows}
        for channel in _channels(rows) if facts.are_ahead(rows) else ():
            if channel.per_week is None:
                continue
            count = sum(count_of(channel, facts.by_day[day]) for day in days)
            if count > channel.per_week:
                date, figures = first_day(facts, week), (count, channel.per_week)
                yield from _too_many(Fault.TOO_MANY_A_WEEK, date, channel, rows, figures)


def _channels(rows: Sequence[PlanRow]) -> list[Channel]:
    return list({row.channel.name: row.channel for row in rows if row.channel}.values())


def _too_many(
    fault: Fault, date: dt.date, channel: Channel, rows: Sequence[PlanRow], figures: tuple[int, int]
) -> Iterator[Violation]:
    used = [row for row in rows if row.channel is channel]
    planned, there = figures
    if are_judged(used):
        yield Violation(
            "R3",
            fault,
            date=date,
            figures={"channel": channel.name, "planned": planned, "there": there},
            is_notice=are_pinned(used),
        )
