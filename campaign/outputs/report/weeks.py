"""The load of each week, by channel and on the road, against its capacity."""

import datetime as dt
from collections.abc import Mapping
from math import ceil

from attrs import frozen

from campaign.outputs.coverage import Key
from campaign.phrases import WEEKDAYS, counted, day_in_words, minutes_in_words, short_date
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.touches import Plan
from campaign.workdays import Calendar, in_any


def hours(minutes: int) -> str:
    """Minutes as hours in little room: 185 is `3:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def anchor(date: dt.date) -> str:
    """The name under which a day is found on the page."""
    return f"d{date:%Y%m%d}"


def monday_of(calendar: Calendar, week: int) -> dt.date:
    """The Monday of a week of the campaign, 0 being that of the start."""
    return calendar.start + dt.timedelta(days=7 * week - calendar.start.weekday())


def last_week(calendar: Calendar) -> int:
    """The week of the last day."""
    return calendar.week(calendar.end)


WIDTH = 1000
ROAD = Key("on the road", "", -1)
"""The drives, which belong to no channel's own minutes."""


@frozen
class BarPart:
    """A piece of a bar: whose it is, its minutes, where it begins and how long it is."""

    key: Key
    minutes: int
    left: float
    width: float


@frozen
class Bar:
    """A bar with its capacity; `words` say the same for those who cannot see it."""

    number: int
    label: str
    parts: tuple[BarPart, ...]
    planned: str
    capacity: str
    limit: float
    is_too_full: bool
    words: str


@frozen
class WeekBars:
    """The bars of all weeks, and the keys that appear in them."""

    weeks: tuple[Bar, ...]
    keys: tuple[Key, ...]


def load(plan: Plan, keys: Mapping[str, Key]) -> WeekBars:
    """The minutes of every week."""
    minutes = _minutes(plan, keys)
    days = plan.territory.calendar
    weeks = range(min((0, *minutes)), max((last_week(days), *minutes)) + 1)
    capacities = {week: _capacity(plan, week) for week in weeks}
    longest = max(1, *capacities.values(), *(sum(parts.values()) for parts in minutes.values()))
    return WeekBars(
        tuple(
            _bar(plan, week, minutes.get(week, {}), (capacity, longest))
            for week, capacity in capacities.items()
        ),
        tuple(key for key in (*keys.values(), ROAD) if any(key in m for m in minutes.values())),
    )


def _minutes(plan: Plan, keys: Mapping[str, Key]) -> dict[int, dict[Key, int]]:
    """Minutes by week and key, in the order of the keys, zeros left out."""
    found: dict[int, dict[Key, int]] = {}
    for touch in plan.touches:
        if touch.stands:
            week = found.setdefault(plan.territory.calendar.week(touch.date), {})
            on_the_road = touch.travel_minutes + touch.home_minutes
            for key, minutes in ((keys[touch.channel], touch.minutes), (ROAD, on_the_road)):
                week[key] = week.get(key, 0) + minutes
    ordered = (*keys.values(), ROAD)
    return {
        week: {key: minutes[key] for key in ordered if minutes.get(key)}
        for week, minutes in found.items()
    }


def _capacity(plan: Plan, week: int) -> int:
    """What a week may hold, and no more than its working days do."""
    calendar = plan.territory.calendar
    days = (day for day in calendar.working_days if calendar.week(day) == week)
    return min(
        capacity_of_week(plan.territory, week),
        sum(capacity_of_day(plan.territory, day) for day in days),
    )


def _bar(plan: Plan, week: int, minutes: Mapping[Key, int], scale: tuple[int, int]) -> Bar:
    (capacity, longest), total = scale, sum(minutes.values())
    parts = ", ".join(f"{key.name} {minutes_in_words(m)}" for key, m in minutes.items())
    return Bar(
        week + 1,
        short_date(monday_of(plan.territory.calendar, week)),
        _bar_parts(minutes, longest),
        hours(total),
        hours(capacity),
        _scaled(capacity, longest),
        total > capacity,
        parts or "nothing",
    )


def _bar_parts(minutes: Mapping[Key, int], longest: int) -> tuple[BarPart, ...]:
    parts: list[BarPart] = []
    before = 0
    for key, length in minutes.items():
        parts.append(BarPart(key, length, _scaled(before, longest), _scaled(length, longest)))
        before += length
    return tuple(parts)


def _scaled(minutes: int, longest: int) -> float:
    return round(WIDTH * minutes / longest, 1)


HEATS = 5


@frozen
class HeatDay:
    """A cell of the calendar; `heat` runs from 0 (nothing) to 5 (full), 6 is too full.

    `off` says why nothing can stand there, and is empty on a working day.
    """

    label: str
    words: str
    anchor: str
    off: str
    touches: int
    minutes: str
    heat: int


@frozen
class HeatWeek:
    """A row of the calendar."""

    number: int
    label: str
    days: tuple[HeatDay, ...]


@frozen
class Heat:
    """The calendar: the names of its columns and its rows."""

    weekdays: tuple[str, ...]
    weeks: tuple[HeatWeek, ...]


def calendar(plan: Plan) -> Heat:
    """The days of the campaign, a row a week, without weekdays on which nobody works."""
    days = plan.territory.calendar
    used = {day.weekday() for day in (*days.working_days, *plan.by_date)}
    weekdays = [weekday for weekday in range(7) if weekday in used or weekday not in days.weekend]
    return Heat(
        tuple(WEEKDAYS[weekday][:3] for weekday in weekdays),
        tuple(_week(plan, week, weekdays) for week in range(last_week(days) + 1)),
    )


def _week(plan: Plan, week: int, weekdays: list[int]) -> HeatWeek:
    monday = monday_of(plan.territory.calendar, week)
    dates = [monday + dt.timedelta(days=weekday) for weekday in weekdays]
    return HeatWeek(week + 1, short_date(monday), tuple(_day(plan, date) for date in dates))


def _day(plan: Plan, date: dt.date) -> HeatDay:
    touches = [touch for touch in plan.touches if touch.date == date and touch.stands]
    minutes = plan.minutes_on(date)
    return HeatDay(
        str(date.day),
        f"{day_in_words(date)}: {counted(len(touches), 'touch', 'touches')}, "
        f"{minutes_in_words(minutes)}",
        anchor(date) if touches else "",
        _why_off(plan, date),
        len(touches),
        hours(minutes),
        _heat(minutes, capacity_of_day(plan.territory, date)) if touches else 0,
    )


def _heat(minutes: int, capacity: int) -> int:
    if minutes > capacity:
        return HEATS + 1
    return max(1, ceil(HEATS * minutes / capacity)) if capacity else 1


def _why_off(plan: Plan, date: dt.date) -> str:
    days = plan.territory.calendar
    if not days.start <= date <= days.end:
        return "outside"
    if days.is_working_day(date):
        return ""
    if date in days.holidays or date in plan.territory.rep.extra_holidays:
        return "holiday"
    return "leave" if in_any(date, days.leave) else "off"
