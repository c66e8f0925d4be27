"""Dates, spans, durations and lists in English words, whatever the machine's language."""

import datetime as dt
import textwrap

from campaign.model.territory import Territory

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_LONGEST_NOTE = 300


def date_in_words(territory: Territory, day: dt.date) -> str:
    """`Tue 12 Jan` for a day of the campaign, `10 Nov 2026` for any other."""
    calendar = territory.calendar
    if calendar.start <= day <= calendar.end:
        return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def span_in_words(territory: Territory, first: dt.date, last: dt.date) -> str:
    """`Tue 12 Jan to Tue 19 Jan`, or one date where both are the same."""
    if first == last:
        return date_in_words(territory, first)
    return f"{date_in_words(territory, first)} to {date_in_words(territory, last)}"


def minutes_in_words(minutes: int) -> str:
    """`3 h 10 min`, without the part that is 0."""
    hours, rest = divmod(minutes, 60)
    parts = (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")
    return " ".join(filter(None, parts))


def sentence(text: str) -> str:
    """The text in one line, with an end."""
    line = " ".join(text.split())
    return line if not line or line[-1] in ".!?" else f"{line}."


def note(text: str) -> str:
    """A note as a sentence, cut short where it is long."""
    return sentence(textwrap.shorten(text, _LONGEST_NOTE, placeholder=" ... (more in the list)"))


def day_and_month(day: dt.date) -> str:
    """`4 January`, without weekday and year."""
    return f"{day.day} {_LONG_MONTHS[day.month - 1]}"
