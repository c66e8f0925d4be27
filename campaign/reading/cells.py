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
WRITE_ISO = "write it as YYYY-MM-DD"
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "wahr"})
_NO = frozenset({"no", "n", "false", "0", "nein", "falsch"})
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[AaPp][Mm]|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _TIME, re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})", re.ASCII)
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOST_MONTHS = 12
_SHORT = 2
_FIRST_SHORT = 70
# Days as spreadsheets count them, from 1954 to 2119: what a date looks like as a number.
_COUNTED = re.compile(r"[2-7]\d{4}", re.ASCII)
_COUNTED_FROM = dt.date(1899, 12, 30)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?", re.ASCII)
_MONEY_SIGNS = re.compile(r"[$€£¥\s\u00a0\u202f]|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\b", re.IGNORECASE)
_ONE_GROUP = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?(?:[ \u00a0\u202f]?([AaPp][Mm]))?", re.ASCII)
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def date(text: str, order: str = "") -> dt.date:
    """A date in ISO form, or in another form that can be read in one way only.

    With an `order`, `mdy` or `dmy`, that a whole column shows, `3/4/2027` has one sense
    too, and years of two digits are those from 1970 to 2069.
    """
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(text, int(found[1]), int(found[3]), int(found[4]))
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(text, found, order)
    if found := _DAY_NAMED.fullmatch(text):
        return _named(text, found[2], found[1], found[3])
    if found := _MONTH_NAMED.fullmatch(text):
        return _named(text, found[1], found[2], found[3])
    raise _no_date(text)


def iso_date(text: str) -> dt.date:
    """A date as we write it, also with the midnight that a spreadsheet adds."""
    found = _ISO.fullmatch(text)
    if found is None:
        raise _no_iso_date(text)
    return _day(text, int(found[1]), int(found[2]), int(found[3]))


def _no_iso_date(text: str) -> ValueError:
    try:
        read = date(text)
    except ValueError:
        return _no_date(text)
    return ValueError(f'"{shown(text)}" is not a date as we write it; write {read}')


def order_of(text: str) -> str:
    """What a date with its year last shows: `mdy`, `dmy`, `either`, or nothing.

    Dots always put the day first: `dots`, or `short dots` with a year of two digits.
    A `short` year alone says nothing, and one after dashes may be no year.
    """
    found = _YEAR_LAST.fullmatch(text)
    if found is None or _may_be_year_first(found):
        return ""
    if found[2] == ".":
        return "short dots" if len(found[4]) == _SHORT else "dots"
    first, second = int(found[1]), int(found[3])
    if max(first, second) > _MOST_MONTHS:
        shows = "dmy" if first > _MOST_MONTHS else "mdy"
        return shows if min(first, second) <= _MOST_MONTHS else ""
    return "either"


def has_short_year(text: str) -> bool:
    """Whether a date ends on a year of two digits."""
    found = _YEAR_LAST.fullmatch(text)
    return found is not None and len(found[4]) == _SHORT


def is_ambiguous(text: str) -> bool:
    """Whether a date takes an order to be read."""
    if has_short_year(text):
        return True
    found = _YEAR_LAST.fullmatch(text)
    return order_of(text) == "either" and found is not None and int(found[1]) != int(found[3])


def _may_be_year_first(found: re.Match[str]) -> bool:
    return len(found[4]) == _SHORT and found[2] == "-"


def _year_last(text: str, found: re.Match[str], order: str) -> dt.date:
    first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
    if _may_be_year_first(found):
        raise ValueError(f'"{text}" has a year of two digits; {WRITE_ISO}')
    shows = order_of(text)
    if not shows:
        raise ValueError(f'"{text}" is not a date; {WRITE_ISO}')
    known = "dmy" if "dots" in shows or first == second else shows.replace("either", order)
    if known:
        month, day = (first, second) if known == "mdy" else (second, first)
        read = _day(text, year, month, day)
        if len(found[4]) == _SHORT and not order:
            raise ValueError(f'"{text}" has a year of two digits; write {read}')
        return read
    raise ValueError(
        f'"{text}" can be two dates; '
        f"write {year:04}-{second:02}-{first:02} or {year:04}-{first:02}-{second:02}"
    )


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > _SHORT:
        return year
    return year + (1900 if year >= _FIRST_SHORT else 2000)


def _no_date(text: str) -> ValueError:
    """What to say of a text that is no date: the nearest right one made from it, if any."""
    remedy = WRITE_ISO
    if _COUNTED.fullmatch(text):
        counted = _COUNTED_FROM + dt.timedelta(days=int(text))
        remedy = f"write {counted} if it is a spreadsheet's number for that day"
    elif found := _RUN_TOGETHER.fullmatch(text):
        remedy = _written(int(found[1]), int(found[2]), int(found[3]))
    return ValueError(f'"{shown(text)}" is not a date; {remedy}')


def _written(year: int, month: int, day: int) -> str:
    try:
        return f"write {_day('', year, month, day)}"
    except ValueError:
        return WRITE_ISO


def _named(text: str, month: str, day: str, year: str) -> dt.date:
    short = month.casefold()[:3]
    number = _MONTHS.index(short) + 1 if short in _MONTHS else 0
    return _day(text, int(year), number, int(day))


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    if not FIRST_YEAR <= year <= LAST_YEAR or month < 1 or day < 1:
        raise ValueError(f'"{shown(text)}" is not a date; {WRITE_ISO}')
    if month > _MOST_MONTHS:
        remedy = _written(year, day, month) if day <= _MOST_MONTHS else WRITE_ISO
        raise ValueError(f'"{shown(text)}" is not a date; {remedy}')
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


def money(text: str, decimal: str = "") -> float:
    """An amount of money, with its sign and thousands taken off where they are clear.

    `decimal` is the decimal sign that a whole column shows, for `1.234` and `1,234`.
    """
    bare = _bare(text)
    if _ONE_GROUP.fullmatch(bare):
        plain = _one_group(text, bare, decimal)
    else:
        plain = _with_decimal_point(bare)
    if not _PLAIN.fullmatch(plain) or not math.isfinite(float(plain)):
        raise ValueError(f'"{shown(text)}" is not a number; write 1234.50')
    return float(plain)


def decimal_of(text: str) -> str:
    """The decimal sign that an amount shows, `either` for `1.234`, else nothing."""
    bare = _bare(text)
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", bare):
        return "either"
    for sign, other in ((",", "."), (".", ",")):
        parts = re.escape(sign), re.escape(other)
        if re.fullmatch(r"-?(?:\d+|\d{{1,3}}(?:{1}\d{{3}})+){0}\d{{1,2}}".format(*parts), bare):
            return sign
        if re.fullmatch(r"-?\d{{1,3}}(?:{1}\d{{3}}){{2,}}(?:{0}\d+)?".format(*parts), bare):
            return sign
    return ""


def _bare(text: str) -> str:
    bare = _MONEY_SIGNS.sub("", text).replace("'", "").replace("\u2019", "")
    return "-" + bare[1:-1] if re.fullmatch(r"\(.*\)", bare) else bare


def _one_group(text: str, bare: str, decimal: str) -> str:
    """`1.234` and `1,234`: a comma means thousands unless the column shows otherwise."""
    sign = "." if "." in bare else ","
    whole, fraction = bare.replace(sign, ""), bare.replace(sign, ".")
    if sign == "." and decimal:
        return fraction if decimal == sign else whole
    if sign == "," and decimal != ",":
        return whole
    raise ValueError(f'"{shown(text)}" can be two numbers; write {whole} or {fraction}0')


def _with_decimal_point(bare: str) -> str:
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", bare):
        return bare.replace(",", "")
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+,\d+", bare) or bare.count(".") > 1:
        if not re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", bare):
            return bare
        return bare.replace(".", "").replace(",", ".")
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
    """Minutes after midnight from `09:00` or `9:00`, also with seconds, AM or PM."""
    found = _CLOCK.fullmatch(text)
    hour = _hour(int(found[1]), (found[3] or "").casefold()) if found else -1
    if found is None or hour < 0 or hour * 60 + int(found[2]) > 24 * 60 or int(found[2]) > 59:  # noqa: PLR2004
        raise ValueError(f'"{shown(text)}" is no time of day; write 09:00')
    return hour * 60 + int(found[2])


def _hour(hour: int, half: str) -> int:
    """The hour of the day; below 0 where a half of the day has no such hour."""
    if not half:
        return hour
    return hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else -1  # noqa: PLR2004 (a clock's)


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
