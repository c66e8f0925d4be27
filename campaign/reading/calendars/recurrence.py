"""The days and times of a recurrence rule (RFC 5545, section 3.3.10) within some days.

Worked out by hand, because dateutil, and what builds on it, looks for the next date of a rule
up to the year 9999: a rule that never fires costs seconds there. It also reads `BYDAY=3MO,WE`
as what is both, and `BYWEEKNO` alone as all days of that week, where the standard takes the
weekday of the start. Here each period is looked at that touches the days asked for, and no
other, unless a COUNT has to be counted from the start.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, product
from math import prod

from attrs import field, frozen

from campaign.reading.calendars.moments import ONE_DAY, Moment, day_of

# How many days or months a period has.
_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 1, "YEARLY": 12}
_OF_MONTHS = ("MONTHLY", "YEARLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDINAL = re.compile(
    r"([+-]?\d*)\s*(MO|TU|WE|TH|FR|SA|SU)(?:[A-Z]{0,5}DAY|[A-Z])?(?![A-Z])", re.ASCII
)
_CONTINUED = re.compile(r";\s*(?=[^=;]+(?:;|$))")
_CLOCK = {"BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 59)}
_DAYS = {"BYWEEKNO": (-53, 53), "BYYEARDAY": (-366, 366), "BYMONTHDAY": (-31, 31)}
_RANGES = {"BYMONTH": (1, 12), "BYSETPOS": (-366, 366), **_DAYS, **_CLOCK}
_MOST_A_DAY = 24


@frozen
class RecurrenceRule:
    """A rule whose parts are read; `until` is the last moment at which it holds, None for ever.

    `parts` holds the numbers of each part that is written; a weekday is counted from 0 for
    Monday, seven for each of its ordinal more: of `-1MO` and `TU` they are -7 and 1.
    """

    frequency: str
    interval: int
    count: int = field(kw_only=True)
    until: Moment | None = field(kw_only=True)
    week_start: int = field(kw_only=True)
    parts: Mapping[str, frozenset[int]] = field(kw_only=True)

    @classmethod
    def parse(cls, text: str, end: Callable[[str], Moment | None]) -> "RecurrenceRule":
        """A rule from its text, in any case and with any spaces; `end` reads its UNTIL.

        What has a meaning only beside other parts is passed over. A count that is not above
        zero is none, as calendars write it that recur for ever; of `BYDAY=TU;TH` both are
        meant. Raises `ValueError` with words to follow "recurs".
        """
        written = _CONTINUED.sub(",", text.upper().removeprefix("RRULE:").strip("; "))
        pairs = (part.partition("=") for part in written.split(";"))
        said = {name.strip(): value.strip() for name, _, value in pairs}
        frequency = said.get("FREQ", "")
        if frequency not in _PERIODS:
            raise ValueError(frequency.lower()[:20] or "no one knows how often")
        interval = _number(said.get("INTERVAL") or "1")
        if interval < 1:
            raise ValueError("after no time at all")
        if said.get("RSCALE", "GREGORIAN") != "GREGORIAN":
            raise ValueError("by another calendar")
        parts = {name: _numbers(name, said[name]) for name in _RANGES if said.get(name)}
        if prod(len(parts.get(name, (0,))) for name in _CLOCK) > _MOST_A_DAY:
            raise ValueError("more often than once an hour")
        start = said.get("WKST", "MO")
        return cls(
            frequency,
            interval,
            count=max(0, _number(said.get("COUNT") or "0")),
            until=end(said.get("UNTIL", "").removesuffix("T")),
            week_start=_WEEKDAYS.index(start) if start in _WEEKDAYS else 0,
            parts=parts | _weekdays(said.get("BYDAY", "")),
        )

    def holds(self, start: Moment) -> bool:
        """Whether a date does not lie behind its end."""
        until = self.until
        if not (isinstance(until, dt.datetime) and isinstance(start, dt.datetime)):
            return until is None or day_of(start) <= day_of(until)
        if start.tzinfo is None and until.tzinfo:
            return start.date() <= until.date()
        return start <= (until if until.tzinfo else until.replace(tzinfo=start.tzinfo))

    def starts(self, begin: dt.datetime, first: dt.date, last: dt.date) -> Iterator[dt.datetime]:
        """Its times by the clock from `begin` on that lie on the days asked for, in order."""
        number = self._number_of(begin)
        if not self.count and first > begin.date():
            skipped = (self._number_of(first) - number) // self.interval
            number += max(0, skipped) * self.interval
        periods = range(number, self._number_of(last) + 1, self.interval)
        found = (start for each in self._chosen(begin, periods) for start in each if start >= begin)
        for start in islice(found, self.count or None):
            if start.date() > last:
                return
            if start.date() >= first:
                yield start

    def _chosen(self, begin: dt.datetime, periods: range) -> Iterator[list[dt.datetime]]:
        """The times of each period, or of them those at the positions that the rule names."""
        own = {"BYHOUR": begin.hour, "BYMINUTE": begin.minute, "BYSECOND": begin.second}
        clock = [sorted(self.parts.get(name, (number,))) for name, number in own.items()]
        times = [dt.time(hour, minute, second) for hour, minute, second in product(*clock)]
        positions = self.parts.get("BYSETPOS") if len(self.parts) > 1 else None
        wanted = self._completed(begin)
        is_monthly = self.frequency == "MONTHLY" or "BYMONTH" in self.parts
        for number in periods:
            day, following = self._first_day(number), self._first_day(number + 1)
            found = list[dt.datetime]()
            while day < following:
                names = _names(day, self.week_start, is_monthly)
                if all(names[part] & numbers for part, numbers in wanted.items()):
                    found += [dt.datetime.combine(day, time) for time in times]
                day += ONE_DAY
            if positions:
                places = {each - 1 if each > 0 else len(found) + each for each in positions}
                found = [each for place, each in enumerate(found) if place in places]
            yield found

    def _number_of(self, day: dt.date) -> int:
        """The number of the period that a day lies in."""
        if self.frequency in _OF_MONTHS:
            return (day.year * 12 + day.month - 1) // _PERIODS[self.frequency]
        return (day.toordinal() - 1 - self._shift) // _PERIODS[self.frequency]

    def _first_day(self, number: int) -> dt.date:
        if self.frequency in _OF_MONTHS:
            year, month = divmod(number * _PERIODS[self.frequency], 12)
            return dt.date(year, month + 1, 1)
        return dt.date.fromordinal(number * _PERIODS[self.frequency] + 1 + self._shift)

    @property
    def _shift(self) -> int:
        return self.week_start if self.frequency == "WEEKLY" else 0

    def _completed(self, begin: dt.date) -> dict[str, frozenset[int]]:
        """The parts that choose days, those that are not written taken from the start."""
        names = ("BYMONTH", *_DAYS, "BYDAY")
        wanted = {name: self.parts[name] for name in names if name in self.parts}
        days = wanted.keys() - {"BYMONTH"}
        if not days and self.frequency in _OF_MONTHS:
            wanted["BYMONTHDAY"] = frozenset({begin.day})
            if self.frequency == "YEARLY":
                wanted.setdefault("BYMONTH", frozenset({begin.month}))
        elif (self.frequency, days) in (("WEEKLY", set()), ("YEARLY", {"BYWEEKNO"})):
            wanted["BYDAY"] = frozenset({begin.weekday()})
        # A weekday's ordinal counts within a month or a year, and not beside numbers of weeks.
        in_weeks = self.frequency == "YEARLY" and "BYWEEKNO" in wanted and "BYMONTH" not in wanted
        if "BYDAY" in wanted and (in_weeks or self.frequency not in _OF_MONTHS):
            wanted["BYDAY"] = frozenset(each % 7 for each in wanted["BYDAY"])
        return wanted


@lru_cache(maxsize=1 << 12)
def _names(day: dt.date, week_start: int, is_monthly: bool) -> Mapping[str, frozenset[int]]:  # noqa: FBT001 (of a cache)
    """The numbers that a day goes by in each part of a rule, from the front and from behind."""
    # Of the month, the year and the weeks: which one the day, or its week, is of how many.
    of_month = day.day, monthrange(day.year, day.month)[1]
    of_year = day.timetuple().tm_yday, dt.date(day.year, 12, 31).timetuple().tm_yday
    number, length = of_month if is_monthly else of_year
    # A weekday without an ordinal, with one from the front, with one from behind.
    ordinals = 0, (number - 1) // 7 + 1, -((length - number) // 7 + 1)
    first_of_week = day - (day.weekday() - week_start) % 7 * ONE_DAY
    year = (first_of_week + 3 * ONE_DAY).year
    first, following = _first_week(year, week_start), _first_week(year + 1, week_start)
    of_weeks = (first_of_week - first).days // 7 + 1, (following - first).days // 7
    counted = {"BYMONTHDAY": of_month, "BYYEARDAY": of_year, "BYWEEKNO": of_weeks}
    return {
        "BYMONTH": frozenset({day.month}),
        "BYDAY": frozenset(each * 7 + day.weekday() for each in ordinals),
        **{part: frozenset({one, one - of - 1}) for part, (one, of) in counted.items()},
    }


def _first_week(year: int, week_start: int) -> dt.date:
    """The first day of the first week of a year, which holds four days of it."""
    fourth = dt.date(year, 1, 4)
    return fourth - (fourth.weekday() - week_start) % 7 * ONE_DAY


def _number(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", text, re.ASCII):
        raise ValueError("in a way that cannot be read")
    return int(text)


def _numbers(name: str, text: str) -> frozenset[int]:
    """The numbers of a part that can be; raises `ValueError` where there is none."""
    low, high = _RANGES[name]
    found = map(_number, filter(None, re.split(r"[\s,]+", text.strip(", "))))
    kept = frozenset(each for each in found if low <= each <= high and (each or not low))
    if not kept:
        raise ValueError("in a way that cannot be read")
    return kept


def _weekdays(text: str) -> dict[str, frozenset[int]]:
    if re.sub(r"[\s,]", "", _ORDINAL.sub("", text)):
        raise ValueError("in a way that cannot be read")
    found = frozenset(
        (int(number) if number.strip("+-") else 0) * 7 + _WEEKDAYS.index(weekday)
        for number, weekday in _ORDINAL.findall(text)
    )
    return {"BYDAY": found} if found else {}
