"""Days on the command line: dates as files have them, and the words that people use."""

import datetime as dt
import re

import click

from campaign.reading import cells
from campaign.workdays import Span
from campaign_cli import clock

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKDAY = re.compile(rf"(?:(last|next|this) )?({'|'.join(_WEEKDAYS)})")
_AWAY = re.compile(r"(?:in )?(\d{1,3}) (day|week)s?( ago)?")
_A_WEEK = 7
WORDS = "today, tomorrow, monday, last friday or in 2 weeks"


def day_in(text: str, today: dt.date, *, is_past: bool = False) -> dt.date | None:
    """The day that words name, None where they name none.

    A weekday alone is the next one, today included; with `is_past` the last one.
    """
    words = " ".join(text.casefold().split())
    if words in _NEAR:
        return today + dt.timedelta(days=_NEAR[words])
    if found := _WEEKDAY.fullmatch(words):
        ahead = (_WEEKDAYS.index(found[2]) - today.weekday()) % _A_WEEK
        which = found[1] or ("last, or today" if is_past else "this")
        days = {"next": ahead or _A_WEEK, "this": ahead, "last": ahead - _A_WEEK}.get(
            which, ahead - _A_WEEK if ahead else 0
        )
        return today + dt.timedelta(days=days)
    if found := _AWAY.fullmatch(words):
        if not words.startswith("in ") and not found[3]:
            return None
        days = int(found[1]) * (_A_WEEK if found[2] == "week" else 1)
        return today + dt.timedelta(days=-days if found[3] else days)
    return None


class Date(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5 only
    """A date as files may have it, or a word for one."""

    name = "date"

    def __init__(self, *, is_past: bool = False) -> None:
        self.is_past = is_past

    def convert(
        self, value: str | dt.date, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The date; wrong usage where it is none."""
        if isinstance(value, dt.date):
            return value
        named = day_in(value, clock.today(), is_past=self.is_past)
        if named is not None:
            return named
        try:
            return cells.date(value.strip())
        except ValueError as error:
            self.fail(f"{error}, or {WORDS}", param, ctx)


class Days(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5 only
    """A day, or a first and a last one with a slash between."""

    name = "days"

    def convert(
        self, value: str | Span, param: click.Parameter | None, ctx: click.Context | None
    ) -> Span:
        """The days; wrong usage where they are none."""
        if isinstance(value, Span):
            return value
        today = clock.today()
        parts = [day_in(part, today) or part.strip() for part in value.split("/")]
        try:
            return cells.span("/".join(map(str, parts)))
        except ValueError as error:
            self.fail(str(error), param, ctx)
