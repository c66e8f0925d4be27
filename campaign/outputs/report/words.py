"""Dates and counts as the page writes them."""

import datetime as dt

import pendulum

from campaign.workdays import Calendar


def short(date: dt.date) -> str:
    """A date without its year, as `4 Jan`."""
    return pendulum.date(date.year, date.month, date.day).format("D MMM", locale="en")


def with_weekday(date: dt.date) -> str:
    """A date with its weekday and without its year, as `Mon 4 Jan`."""
    return pendulum.date(date.year, date.month, date.day).format("ddd D MMM", locale="en")


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
