"""Values from the texts of cells.

Every function here takes a text that is not empty and returns its value, or raises
`ValueError` with what is wrong and, after the first "; ", what would be right.
"""

import difflib
import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from campaign.model.hours import Closing, parse_closed
from campaign.reading.cells.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    WRITE_ISO,
    date,
    has_short_year,
    is_ambiguous,
    iso_date,
    order_of,
    says_never,
)
from campaign.reading.cells.money import PLAIN_NUMBER, currency_of, decimal_of, money
from campaign.reading.cells.texts import shown
from campaign.shipped import shipped_toml
from campaign.workdays import Span

__all__ = [
    "EXAMPLE_DATE",
    "FIRST_YEAR",
    "LAST_YEAR",
    "WRITE_ISO",
    "clock",
    "closed",
    "currency_of",
    "date",
    "decimal_of",
    "degrees",
    "did_you_mean",
    "has_short_year",
    "is_ambiguous",
    "iso_date",
    "minutes",
    "money",
    "one_of",
    "order_of",
    "says_never",
    "shown",
    "span",
    "spans",
    "timezone",
    "whole",
    "yes_no",
]

_A_DAY = 24 * 60
EXAMPLE_DATE = "2027-04-30"
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?(?:[ \u00a0\u202f]?([AaPp][Mm]))?", re.ASCII)


def spans(text: str) -> tuple[Span, ...]:
    """Spans of dates from `2027-02-01/2027-02-12; 2027-03-01`."""
    line = " ".join(text.split()).replace(" /", "/").replace("/ ", "/")
    return tuple(span(part) for part in re.split(r"[;, ]+", line) if part)


def closed(text: str) -> tuple[Closing, ...]:
    """Spans of dates, or what OpenStreetMap's notation closes: `We[1] off; 2027-03-01`."""
    return parse_closed(text, spans)


def span(text: str) -> Span:
    """One span from `2027-02-01/2027-02-12`, or from a single date."""
    first, _, last = text.partition("/")
    try:
        start = iso_date(first.strip())
        end = iso_date(last.strip()) if last else start
    except ValueError as error:
        raise ValueError(
            f'"{shown(text)}" is no span of dates; write 2027-02-01/2027-02-12'
        ) from error
    if end < start:
        raise ValueError(f'"{text}" ends before it starts; write {end}/{start}')
    return Span(start, end)


def degrees(text: str) -> float:
    """Degrees of latitude or longitude, with a decimal point or comma."""
    bare = text.replace(",", ".", 1).removesuffix("°").strip()
    if not PLAIN_NUMBER.fullmatch(bare) or not math.isfinite(float(bare)):
        raise ValueError(f'"{shown(text)}" are no degrees; write 44.94')
    return float(bare)


def whole(text: str) -> int:
    """A whole number from 0, also where a spreadsheet has added `.0`."""
    found = re.fullmatch(r"(\d{1,9})(?:\.0+)?", text, re.ASCII)
    if found is None:
        raise ValueError(f'"{shown(text)}" is no whole number; write 15')
    return int(found[1])


def minutes(text: str) -> int:
    """Whole minutes, at most those of a day."""
    found = whole(text)
    if found > _A_DAY:
        raise ValueError(f"{found} minutes are more than a day; write 15")
    return found


def yes_no(text: str) -> bool:
    """Whether a cell says yes, in the words of the main languages and of spreadsheets."""
    said = text.casefold().strip(" .!")
    words = shipped_toml("reading/cells/words.toml")["answers"]
    if said in words["yes"] or said in words["no"]:
        return said in words["yes"]
    raise ValueError(f'"{shown(text)}" is neither yes nor no; write yes or no')


def clock(text: str) -> int:
    """Minutes after midnight from `09:00` or `9:00`, also with seconds, AM or PM."""
    if found := _CLOCK.fullmatch(text):
        hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").casefold()
        is_hour = 1 <= hour <= 12 if half else True  # noqa: PLR2004 (a clock's)
        total = (hour % 12 + 12 * (half == "pm") if half else hour) * 60 + minute
        if is_hour and minute < 60 and total <= _A_DAY:  # noqa: PLR2004 (of an hour)
            return total
    raise ValueError(f'"{shown(text)}" is no time of day; write 09:00')


_OF_A_MACHINE = frozenset({"localtime", "posixrules", "Factory", "posix", "right"})


def timezone(text: str) -> str:
    """An IANA time zone that is known here."""
    if remedy := _zone_remedy(text):
        raise ValueError(f'"{shown(text)}" is no time zone; {remedy}')
    return text


@cache
def _zone_remedy(text: str) -> str:
    if text.partition("/")[0] in _OF_A_MACHINE:
        return "it is another on each machine; write an IANA name, as America/Los_Angeles"
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        meant = did_you_mean(text, available_timezones())
        return meant or "write an IANA name, as America/Los_Angeles"
    return ""


def one_of(text: str, names: Iterable[str]) -> str:
    """The one of some names that is written, whatever its case."""
    known = list(names)
    for name in known:
        if name.casefold() == text.casefold():
            return name
    meant = did_you_mean(text, known)
    remedy = meant or f"write one of {', '.join(filter(None, known))}"
    raise ValueError(f'"{shown(text)}" is none of those known; {remedy}')


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question with the nearest of the known words; empty where none is near."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    near: Sequence[str] = difflib.get_close_matches(word.casefold()[:80], by_folded, n=1)
    return f"did you mean {by_folded[near[0]]}?" if near else ""
