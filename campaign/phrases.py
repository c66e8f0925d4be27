"""Counts, lists, minutes, dates and clock times in words, as every text of the program has them.

English whatever the machine's own language; letters have the forms of their country, in
`campaign.words.plain`.
"""

import datetime as dt
from collections.abc import Sequence
from html import escape

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun, thousands parted: `1 touch`, `1,204 touches`, `2 calls`.

    `several` is said where it is irregular, or where a verb follows: `2 accounts are`.
    """
    ending = "es" if one.endswith(("ch", "s")) else "s"
    return f"{number:,} {one if number == 1 else several or f'{one}{ending}'}"


def listed(names: Sequence[str], last: str = "and", *, most: int = 0) -> str:
    """`a`, `a and b`, `a, b and c`; with `most`, of more the first, as `a, b and 3 more`."""
    if 0 < most < len(names):
        return first_of(names, most, last=last)
    if len(names) < 2:  # noqa: PLR2004 (two make a list)
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def first_of(names: Sequence[str], most: int, between: str = ", ", *, last: str = "and") -> str:
    """The first of many names, and how many there are beside them: `a, b and 3 more`."""
    more = len(names) - most
    return between.join(names[:most]) + (f" {last} {more} more" if more > 0 else "")


def minutes_in_words(minutes: float) -> str:
    """Minutes as hours and minutes: 185 is `3 h 05 min`, 180 is `3 h`, 40 is `40 min`."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02} min" if rest else f"{hours} h"


def clock(minutes: int) -> str:
    """Minutes after midnight as HH:MM."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def day_in_words(date: dt.date) -> str:
    """A date with its weekday, as `Monday 4 January 2027`."""
    return f"{WEEKDAYS[date.weekday()]} {day_and_month(date)} {date.year}"


def short_day(date: dt.date) -> str:
    """A date in short with its weekday, as `Mon 4 Jan`."""
    return f"{WEEKDAYS[date.weekday()][:3]} {short_date(date)}"


def short_date(date: dt.date) -> str:
    """A date in short, as `4 Jan`."""
    return f"{date.day} {MONTHS[date.month - 1][:3]}"


def day_and_month(date: dt.date) -> str:
    """`4 January`, without weekday and year."""
    return f"{date.day} {MONTHS[date.month - 1]}"


def preformatted(text: str) -> str:
    """A text as a notebook shows it, line by line, its signs made harmless."""
    return f"<pre>{escape(text)}</pre>"
