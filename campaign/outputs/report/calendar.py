"""The heat of the days: how much stands on each, against what the day holds."""

import datetime as dt
from math import ceil

from attrs import frozen

from campaign.outputs.agenda import day_in_words, minutes_in_words
from campaign.outputs.report.words import anchor, hours, last_week, monday_of, short
from campaign.phrases import counted
from campaign.rules.capacity import capacity_of_day
from campaign.touches import Plan
from campaign.workdays import in_any

HEATS = 5
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@frozen
class Day:
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
class Week:
    """A row of the calendar."""

    number: int
    label: str
    days: tuple[Day, ...]


@frozen
class Heat:
    """The calendar: the names of its columns and its rows."""

    weekdays: tuple[str, ...]
    weeks: tuple[Week, ...]


def calendar(plan: Plan) -> Heat:
    """The days of the campaign, a row a week, without weekdays on which nobody works."""
    days = plan.territory.calendar
    used = {day.weekday() for day in (*days.working_days, *plan.by_date)}
    weekdays = [weekday for weekday in range(7) if weekday in used or weekday not in days.weekend]
    return Heat(
        tuple(_WEEKDAYS[weekday] for weekday in weekdays),
        tuple(_week(plan, week, weekdays) for week in range(last_week(days) + 1)),
    )


def _week(plan: Plan, week: int, weekdays: list[int]) -> Week:
    monday = monday_of(plan.territory.calendar, week)
    dates = [monday + dt.timedelta(days=weekday) for weekday in weekdays]
    return Week(week + 1, short(monday), tuple(_day(plan, date) for date in dates))


def _day(plan: Plan, date: dt.date) -> Day:
    touches = [touch for touch in plan.touches if touch.date == date and touch.stands]
    minutes = plan.minutes_on(date)
    return Day(
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
