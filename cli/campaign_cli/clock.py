"""The only clock of the project: what day it is, and which days people mean by their words."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from campaign.reading import cells
from campaign.workdays import Span

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKDAY = re.compile(rf"(?:(last|next|this) )?({'|'.join(_WEEKDAYS)})")
_AWAY = re.compile(r"in (\d{1,3}) (day|week)s?|(\d{1,3}) (day|week)s? ago")
_A_WEEK = 7
WORDS = "today, tomorrow, monday, last friday or in 2 weeks"


def today(timezone: str = "") -> dt.date:
    """The date of now in an IANA zone, else in the zone of this computer."""
    zone = ZoneInfo(timezone) if timezone else None
    return dt.datetime.now(dt.UTC).astimezone(zone).date()


def next_monday() -> dt.date:
    """The first Monday after today."""
    day = today()
    return day + dt.timedelta(days=_A_WEEK - day.weekday())


def named_day(text: str, *, is_past: bool = False) -> dt.date | None:
    """The day that words name, None where they name none.

    A weekday alone is the next one, today included; with `is_past` the last one.
    """
    words, now = " ".join(text.casefold().split()), today()
    if words in _NEAR:
        return now + dt.timedelta(days=_NEAR[words])
    if found := _WEEKDAY.fullmatch(words):
        ahead = (_WEEKDAYS.index(found[2]) - now.weekday()) % _A_WEEK
        if found[1] == "last" or (is_past and not found[1] and ahead):
            ahead -= _A_WEEK
        elif found[1] == "next" and not ahead:
            ahead += _A_WEEK
        return now + dt.timedelta(days=ahead)
    if found := _AWAY.fullmatch(words):
        number = int(found[1] or -int(found[3]))
        return now + dt.timedelta(days=number * (_A_WEEK if "week" in words else 1))
    return None


def day(text: str, *, is_past: bool = False) -> dt.date:
    """The day of a date as files may have it, or of words; raises `ValueError` for none."""
    named = named_day(text, is_past=is_past)
    try:
        return named or cells.date(text.strip())
    except ValueError as error:
        raise ValueError(f"{error}, or {WORDS}") from error


def days(text: str) -> Span:
    """A day, or a first and a last one with a slash between; raises `ValueError` for none."""
    return cells.span("/".join(str(named_day(part) or part.strip()) for part in text.split("/")))
