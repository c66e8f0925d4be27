"""Values from the texts of cells.

Every function here takes a text that is not empty and returns its value, or raises
`ValueError` with what is wrong and, after the first "; ", what would be right.
"""

import calendar
import datetime as dt
import difflib
import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from campaign.workdays import Span

EXAMPLE_DATE = "2027-04-30"
FIRST_YEAR, LAST_YEAR = 1900, 2200
_YES = frozenset({"yes", "y", "true", "1", "x", "ja"})
_NO = frozenset({"no", "n", "false", "0", "nein"})
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[AaPp][Mm]|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _TIME, re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})", re.ASCII)
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOST_MONTHS = 12
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?", re.ASCII)
_MONEY_SIGNS = re.compile(r"[$€£¥\s\u00a0\u202f]|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\b", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def date(text: str) -> dt.date:
    """A date in ISO form, or in another form that can be read in one way only."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(text, int(found[1]), int(found[3]), int(found[4]))
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(text, (int(found[1]), int(found[3])), found[2], int(found[4]))
    if found := _DAY_NAMED.fullmatch(text):
        return _named(text, found[2], found[1], found[3])
    if found := _MONTH_NAMED.fullmatch(text):
        return _named(text, found[1], found[2], found[3])
    if _SHORT_YEAR.fullmatch(text):
        raise ValueError(
            f'"{text}" has a year of two digits; write it with four, as {EXAMPLE_DATE}'
        )
    raise ValueError(f'"{shown(text)}" is not a date; write {EXAMPLE_DATE}')


def iso_date(text: str) -> dt.date:
    """A date as we write it, also with the midnight that a spreadsheet adds."""
    found = _ISO.fullmatch(text)
    if found is None:
        raise ValueError(f'"{shown(text)}" is not a date; write {EXAMPLE_DATE}')
    return _day(text, int(found[1]), int(found[2]), int(found[3]))


def _year_last(text: str, two: tuple[int, int], sign: str, year: int) -> dt.date:
    first, second = two
    if sign == "." or first > _MOST_MONTHS or first == second:
        return _day(text, year, second, first)
    if second > _MOST_MONTHS:
        return _day(text, year, first, second)
    raise ValueError(
        f'"{text}" can be two dates; '
        f"write {year:04}-{second:02}-{first:02} or {year:04}-{first:02}-{second:02}"
    )


def _named(text: str, month: str, day: str, year: str) -> dt.date:
    short = month.casefold()[:3]
    number = _MONTHS.index(short) + 1 if short in _MONTHS else 0
    return _day(text, int(year), number, int(day))


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= _MOST_MONTHS or day < 1:
        raise ValueError(f'"{shown(text)}" is not a date; write {EXAMPLE_DATE}')
    last = calendar.monthrange(year, month)[1]
    if day > last:
        raise ValueError(f'"{shown(text)}" is not a date; write {year}-{month:02}-{last}')
    return dt.date(year, month, day)


def spans(text: str) -> tuple[Span, ...]:
    """Spans of dates from `2027-02-01/2027-02-12; 2027-03-01`."""
    line = " ".join(text.split()).replace(" /", "/").replace("/ ", "/")
    return tuple(span(part) for part in re.split(r"[;, ]+", line) if part)


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


def money(text: str) -> float:
    """An amount of money, with its sign and thousands taken off where they are clear."""
    bare = _MONEY_SIGNS.sub("", text).replace("'", "").replace("\u2019", "")
    if re.fullmatch(r"\(.*\)", bare):
        bare = "-" + bare[1:-1]
    plain = _with_decimal_point(text, bare)
    if not _PLAIN.fullmatch(plain) or not math.isfinite(float(plain)):
        raise ValueError(f'"{shown(text)}" is not a number; write 1234.50')
    return float(plain)


def _with_decimal_point(text: str, bare: str) -> str:
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", bare):
        return bare.replace(",", "")
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+,\d+", bare) or bare.count(".") > 1:
        if not re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", bare):
            return bare
        return bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", bare):
        whole = bare.replace(".", "")
        raise ValueError(f'"{shown(text)}" can be two numbers; write {whole} or {bare}0')
    return bare.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", bare) else bare


def degrees(text: str) -> float:
    """Degrees of latitude or longitude, with a decimal point or comma."""
    bare = text.replace(",", ".", 1).removesuffix("°").strip()
    if not _PLAIN.fullmatch(bare) or not math.isfinite(float(bare)):
        raise ValueError(f'"{shown(text)}" are no degrees; write 44.94')
    return float(bare)


def whole(text: str) -> int:
    """A whole number from 0, also where a spreadsheet has added `.0`."""
    found = re.fullmatch(r"(\d{1,9})(?:\.0+)?", text, re.ASCII)
    if found is None:
        raise ValueError(f'"{shown(text)}" is no whole number; write 15')
    return int(found[1])


def yes_no(text: str) -> bool:
    """Whether a cell says yes."""
    folded = text.casefold()
    if folded in _YES | _NO:
        return folded in _YES
    raise ValueError(f'"{shown(text)}" is neither yes nor no; write yes or no')


def clock(text: str) -> int:
    """Minutes after midnight from `09:00`, also with seconds."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text, re.ASCII)
    if found is None or int(found[1]) * 60 + int(found[2]) > 24 * 60 or int(found[2]) > 59:  # noqa: PLR2004
        raise ValueError(f'"{shown(text)}" is no time of day; write 09:00')
    return int(found[1]) * 60 + int(found[2])


def timezone(text: str) -> str:
    """An IANA time zone that is known here."""
    if remedy := _zone_remedy(text):
        raise ValueError(f'"{shown(text)}" is no time zone; {remedy}')
    return text


@cache
def _zone_remedy(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        meant = did_you_mean(text, _zones())
        return meant or "write an IANA name, as America/Los_Angeles"
    return ""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


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


def shown(text: str) -> str:
    """A text as a message quotes it: one line, and not endless."""
    line = " ".join(text.split())
    line = "".join(sign for sign in line if sign.isprintable())
    return line if len(line) <= 60 else f"{line[:57]}..."  # noqa: PLR2004
