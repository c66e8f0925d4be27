"""OpenStreetMap's opening_hours, by `opening-hours-py`, behind a guard.

What that library reads otherwise than people mean it is refused: fallbacks (`||`), comments in
place of hours (open all day, to it), ends that are left open (`17:00+`) and school holidays,
which nobody knows. Public holidays (`PH`) it never finds; they close an account by themselves.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opening_hours import OpeningHours as Parsed

_SIGNS = re.compile(
    r"[\[\"|+/]|\b(?:week|off|closed|open|PH|SH|easter|24/7|dawn|dusk|sunrise|sunset"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b|\b\d{4}\b",
    re.IGNORECASE,
)
_A_DAY = dt.timedelta(days=1)
_TO_REFUSE = (
    (re.compile(r"\|\|"), "names hours with ||", "write the hours that hold, parted by ;"),
    (
        re.compile(r"(?:^|;)\s*\"[^\"]*\"\s*(?:;|$)"),
        "has a comment in place of hours",
        "write hours",
    ),
    (re.compile(r"\d\+"), "has an end that is left open", "write it, as 17:00-19:00"),
    (re.compile(r"\bSH\b"), "names school holidays, which are not known", "write their dates"),
)


def looks_like_notation(text: str) -> bool:
    """Whether a text has what only OpenStreetMap's notation has."""
    return bool(_SIGNS.search(text))


def checked_notation(text: str, otherwise: str) -> str:
    """The text of hours, if it can be used; raises `ValueError` with what would be right.

    `otherwise` says why it is none of the simple form.
    """
    text = " ".join(text.split())
    for sign, what, remedy in _TO_REFUSE:
        if sign.search(text):
            raise ValueError(f'"{text}" {what}; {remedy}')
    try:
        _parsed(text)
    except Exception as error:  # the library's own, which speaks of its grammar
        raise ValueError(
            f"{otherwise}; nor is it OpenStreetMap's opening_hours, as Mo[1] 09:00-12:00"
        ) from error
    return text


@lru_cache(maxsize=10_000)
def _parsed(text: str) -> "Parsed":
    from opening_hours import OpeningHours as Parsed  # noqa: PLC0415 (only where it is written)

    return Parsed(text)


def spans_in(text: str, date: dt.date) -> Iterator[tuple[int, int]]:
    """The spans of a date in which it is open, in minutes after midnight."""
    midnight = dt.datetime.combine(date, dt.time())
    for start, end, state, *_ in _parsed(text).intervals(midnight, midnight + _A_DAY):
        if str(state) == "open":
            yield _minutes(start, midnight), _minutes(end, midnight)


def _minutes(when: dt.datetime, midnight: dt.datetime) -> int:
    return (when - midnight) // dt.timedelta(minutes=1)
