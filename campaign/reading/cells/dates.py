"""Dates from the texts of cells, as people and customer systems write them.

A function takes a text that is not empty and returns its value, or raises `ValueError` with
what is wrong and, after the first "; ", what would be right. `dateparser` was weighed
against this: it guesses where a text has two senses, and takes a hundred times as long.
"""

import calendar
import datetime as dt
import re
from functools import cache, lru_cache

from campaign.reading.cells.months import is_weekday, month_of
from campaign.reading.cells.texts import in_plain_signs, shown
from campaign.shipped import shipped_toml

FIRST_YEAR, LAST_YEAR = 1900, 2200
WRITE_ISO = "write it as YYYY-MM-DD"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})\.?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?", re.ASCII)
_SIGNED = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?", re.ASCII)
# What may stand behind a day, or in front: a clock in some language, a zone, a weekday.
_TIME = re.compile(
    r"(?:[,T]\s?|\s)(?:(?:[^\W\d]{1,4}\.?|a las|alle ore|-)\s)?"
    r"(?:(?:上午|下午|午前|午後|오전|오후|[AaPp][Mm])\s?)?"
    r"(?:1?[0-9]|0[0-9]|2[0-4])(?:[:.hH]|時|时|点|시\s?)[0-5][0-9][分분]?"
    r"(?:[:.]?[0-5][0-9]秒?(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?:[AaPp]\.?\s?[Mm]\.?|Uhr|[hH]))?+"
    r"\s?(?:Z|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}|[A-Z]\w+/[\w/]+)?"
    r"(?:\s?\([^()]*\)|\[[^\[\]]*\])?$"
)
_WEEKDAY = re.compile(
    r"(?P<before>[^\W\d_]+(?:-[^\W\d_]+)?)\.?,?\s+(?=\d)"
    r"|(?<=[\d\u65e5.])\s?[,(]?\s?(?P<behind>[^\W\d_]+)\.?\)?$"
)
_TIME_INSIDE = re.compile(r"\s\d{1,2}:\d{2}(:\d{2})?(\s[A-Z]{2,5})?(?=\s\d{4}$)", re.ASCII)
_WORDS = re.compile(r"\d+|[^\W\d_]+")
# As Bulgarian, Russian and Ukrainian write behind a date that it is one of a year.
_YEAR_IN_WORDS = re.compile(r"(?<=\d)\s(?:\u0433|\u0440)\.?$")
_BETWEEN = re.compile(r"[\s.,/'\u2019\u05f3-]*(?:(?:st|nd|rd|th|er|º|ª|°)\b[\s.,]*)?")
# The first days of calendars, which programs write for no day at all.
_NO_DAYS = frozenset(
    {
        *((0, 0, 0), (1, 1, 1), (1601, 1, 1), (1753, 1, 1), (1970, 1, 1), (1900, 0, 1)),
        *((1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (9999, 12, 31)),
    }
)
_MOST_MONTHS = 12
_SHORT, _LONG = 2, 4
_FIRST_SHORT = 70
_LONGEST = 80
# Days as spreadsheets count them, from 1954 to 2119: what a date looks like as a number.
_COUNTED = re.compile(r"[2-7]\d{4}(?:\.\d+)?", re.ASCII)
_COUNTED_FROM = dt.date(1899, 12, 30)
# Seconds, or thousandths of them, since 1970: what programs count from 2001 to 2033.
_SECONDS = re.compile(r"(1\d{9})(?:\d{3})?", re.ASCII)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?", re.ASCII)


@cache
def _table(entry: str) -> frozenset[str]:
    return frozenset(shipped_toml("reading/cells/words.toml")["dates"][entry])


def date(text: str, order: str = "") -> dt.date:
    """A date in ISO form, or in another form that can be read in one way only.

    With an `order`, `mdy` or `dmy`, that a whole column shows, `3/4/2027` has one sense
    too, and years of two digits are those from 1970 to 2069. A time of day behind it, in
    any usual form, is passed over, as is a weekday before it; months may have their names.
    """
    bare = _day_part(text)
    if found := _YEAR_FIRST.fullmatch(bare):
        return _day(text, int(found[1]), int(found[3]), int(found[4]))
    if found := _YEAR_LAST.fullmatch(bare):
        return _year_last(text, found, order)
    if found := _SIGNED.fullmatch(bare) or _RUN_TOGETHER.fullmatch(bare):
        return _day(text, *(int(part) for part in found.groups()))
    if named := _named(bare):
        return _day(text, *named)
    remedy = WRITE_ISO
    if _COUNTED.fullmatch(text):
        counted = _COUNTED_FROM + dt.timedelta(days=int(float(text)))
        remedy = f"write {counted} if it is a spreadsheet's number for that day"
    elif found := _SECONDS.fullmatch(text):
        counted = dt.date(1970, 1, 1) + dt.timedelta(seconds=int(found[1]))
        remedy = f"write {counted} if it is a program's number of seconds for that day"
    raise ValueError(f'"{shown(text)}" is not a date; {remedy}')


def iso_date(text: str) -> dt.date:
    """A date as we write it, also with the midnight that a spreadsheet adds."""
    found = _ISO.fullmatch(text)
    if found is None:
        # What is no date at all is refused by its own reading.
        raise ValueError(f'"{shown(text)}" is not a date as we write it; write {date(text)}')
    return _day(text, *map(int, found.groups()))


@lru_cache(maxsize=1 << 17)
def says_never(text: str) -> bool:
    """Whether a cell says that there was no such day: `Never`, `0000-00-00`, 1 January 1900."""
    if text.strip().strip(".!").casefold() in _table("never"):
        return True
    bare = _day_part(text)
    if found := _YEAR_FIRST.fullmatch(bare):
        year, one, other = int(found[1]), int(found[3]), int(found[4])
    elif found := _YEAR_LAST.fullmatch(bare):
        year, one, other = int(found[4]), int(found[1]), int(found[3])
    else:
        return "0" in bare and set(bare) <= set("0-/. ")
    return not {(year, one, other), (year, other, one)}.isdisjoint(_NO_DAYS)


def order_of(text: str) -> str:
    """What a date with its year last shows: `mdy`, `dmy`, `either`, or nothing.

    Dots always put the day first: `dots`, or `short dots` with a year of two digits.
    A `short` year alone says nothing, and one after dashes may be no year.
    """
    found = _YEAR_LAST.fullmatch(_day_part(text))
    if found is None or (len(found[4]) == _SHORT and found[2] == "-"):
        return ""
    if found[2] == ".":
        return "short dots" if len(found[4]) == _SHORT else "dots"
    first, second = int(found[1]), int(found[3])
    if max(first, second) <= _MOST_MONTHS:
        return "either"
    if min(first, second) > _MOST_MONTHS:
        return ""
    return "dmy" if first > _MOST_MONTHS else "mdy"


def has_short_year(text: str) -> bool:
    """Whether a date ends on a year of two digits."""
    found = _YEAR_LAST.fullmatch(_day_part(text))
    return found is not None and len(found[4]) == _SHORT


def is_ambiguous(text: str) -> bool:
    """Whether a date takes an order to be read."""
    found = _YEAR_LAST.fullmatch(_day_part(text))
    is_either = order_of(text) == "either" and found and int(found[1]) != int(found[3])
    return has_short_year(text) or bool(is_either)


@lru_cache(maxsize=1 << 17)
def _day_part(text: str) -> str:
    """The text without the time of day behind it, in plain signs and single spaces."""
    plain = " ".join(in_plain_signs(text).replace("\u060c", ",").split())
    plain = _YEAR_IN_WORDS.sub("", plain)
    if _YEAR_FIRST.fullmatch(plain) or _YEAR_LAST.fullmatch(plain):
        return plain
    time = _TIME.search(plain)
    bare = plain[: time.start()] if time else _TIME_INSIDE.sub("", plain)
    found = _WEEKDAY.search(bare)
    word = (found["before"] or found["behind"]) if found else ""
    if found and is_weekday(word):
        rest = (bare[: found.start()] + bare[found.end() :]).strip()
        # "Mar 14, 2026" is no Tuesday, though Mar is one in French
        if "-" in word or any(form.fullmatch(rest) for form in (_YEAR_FIRST, _YEAR_LAST, _SIGNED)):
            return rest
    return bare


def _year_last(text: str, found: re.Match[str], order: str) -> dt.date:
    first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
    is_short, shows = len(found[4]) == _SHORT, order_of(text)
    if is_short and found[2] == "-":
        raise ValueError(f'"{shown(text)}" has a year of two digits; {WRITE_ISO}')
    if not shows:
        raise ValueError(f'"{shown(text)}" is not a date; {WRITE_ISO}')
    known = "dmy" if "dots" in shows or first == second else shows.replace("either", order)
    if not known:
        raise ValueError(
            f'"{shown(text)}" can be two dates; '
            f"write {year:04}-{second:02}-{first:02} or {year:04}-{first:02}-{second:02}"
        )
    read = _day(text, year, *((first, second) if known == "mdy" else (second, first)))
    if is_short and not order:
        raise ValueError(f'"{shown(text)}" has a year of two digits; write {read}')
    return read


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > _SHORT:
        return year
    return year + (1900 if year >= _FIRST_SHORT else 2000)


@lru_cache(maxsize=1 << 17)
def _named(bare: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date in which the month has its name; None where it has none.

    The year stands first or last: `3-Nov-26`, `Tue, Nov 3, 2026`, `2026. nov. 3.`.
    """
    if len(bare) > _LONGEST or _BETWEEN.sub("", "".join(_WORDS.split(bare))):
        return None
    parts = [word for word in _WORDS.findall(bare) if word.casefold() not in _table("between")]
    numbers = [word for word in parts if word.isdigit()]
    months = [month_of(word) for word in parts if not word.isdigit() and month_of(word)]
    others = [word for word in parts if not (word.isdigit() or month_of(word))]
    if len(numbers) != len(("day", "year")) or len(months) != 1:
        return None
    # Beside day, month and year may stand a weekday at one end, or nothing.
    rest = [word for word in others if word.casefold() not in _table("behind")]
    if len(rest) > 1 or (rest and rest[0] not in (parts[0], parts[-1])):
        return None
    first, last = numbers
    if len(first) == _LONG and len(last) <= _SHORT:
        return int(first), months[0], int(last)
    if len(first) <= _SHORT and len(last) in (_SHORT, _LONG):
        return _full_year(last), months[0], int(first)
    return None


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    remedy = WRITE_ISO
    if FIRST_YEAR <= year <= LAST_YEAR and month >= 1 and day >= 1:
        if month <= _MOST_MONTHS:
            last = calendar.monthrange(year, month)[1]
            if day <= last:
                return dt.date(year, month, day)
            remedy = f"write {year}-{month:02}-{last}"
        elif day <= _MOST_MONTHS and month <= calendar.monthrange(year, day)[1]:
            remedy = f"write {year}-{day:02}-{month:02}"
    raise ValueError(f'"{shown(text)}" is not a date; {remedy}')
