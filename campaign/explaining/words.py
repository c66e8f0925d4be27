"""Dates of a campaign and its spans in words, and notes as sentences."""

import datetime as dt
import textwrap

from campaign.model.territory import Territory
from campaign.phrases import short_date, short_day

_LONGEST_NOTE = 300


def date_in_words(territory: Territory, day: dt.date) -> str:
    """`Tue 12 Jan` for a day of the campaign, `10 Nov 2026` for any other."""
    calendar = territory.calendar
    if calendar.start <= day <= calendar.end:
        return short_day(day)
    return f"{short_date(day)} {day.year}"


def span_in_words(territory: Territory, first: dt.date, last: dt.date) -> str:
    """`Tue 12 Jan to Tue 19 Jan`, or one date where both are the same."""
    if first == last:
        return date_in_words(territory, first)
    return f"{date_in_words(territory, first)} to {date_in_words(territory, last)}"


def sentence(text: str) -> str:
    """The text in one line, with an end."""
    line = " ".join(text.split())
    return line if not line or line[-1] in ".!?" else f"{line}."


def note(text: str) -> str:
    """A note as a sentence, cut short where it is long."""
    return sentence(textwrap.shorten(text, _LONGEST_NOTE, placeholder=" ... (more in the list)"))
