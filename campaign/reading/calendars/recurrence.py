"""The days and times of a recurrence rule (RFC 5545, section 3.3.10) within some days.

Worked out by hand, because dateutil, and what builds on it, looks for the next date of a rule
up to the year 9999: a rule that never fires costs seconds there. It also reads `BYDAY=3MO,WE`
as what is both, and `BYWEEKNO` alone as all days of that week, where the standard takes the
weekday of the start. Here each period is looked at
that touches the days asked for, and no other, unless a COUNT has to be counted from the start.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from itertools import count, islice, product

from attrs import field, frozen

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDINAL = re.compile(
    r"([+-]?\d*)\s*(MO|TU|WE|TH|FR|SA|SU)(?:[A-Z]{0,5}DAY|[A-Z])?(?![A-Z])", re.ASCII
)
_CONTINUED = re.compile(r";\s*(?=[^=;]+(?:;|$))")
_MOST = {
    "BYMONTH": 12,
    "BYWEEKNO": 53,
    "BYYEARDAY": 366,
    "BYMONTHDAY": 31,
    "BYSETPOS": 366,
    "BYHOUR": 23,
    "BYMINUTE": 59,
    "BYSECOND": 59,
}
_FROM_ZERO = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_DAYS = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY")
_MOST_A_DAY = 24
_A_DAY = dt.timedelta(days=1)


@frozen
class RecurrenceRule:
    """A rule whose parts are read; `until` stays as it is written, for its zone is the start's.

    `ordinals` are pairs of an ordinal (0: each) and a weekday.
    """

    frequency: str
    interval: int = field(default=1, kw_only=True)
    count: int = field(default=0, kw_only=True)
    until: str = field(default="", kw_only=True)
    week_start: int = field(default=0, kw_only=True)
    numbers: Mapping[str, tuple[int, ...]] = field(factory=dict, kw_only=True)
    ordinals: tuple[tuple[int, int], ...] = field(default=(), kw_only=True)

    @classmethod
    def parse(cls, text: str) -> "RecurrenceRule":
        """A rule from its text, in any case and with any spaces.

        What has a meaning only beside other parts is passed over. A count that is not above
        zero is none, as calendars write it that recur for ever; of `BYDAY=TU;TH` both are
        meant. Raises `ValueError` with words to follow "recurs".
        """
        written = _CONTINUED.sub(",", text.upper().removeprefix("RRULE:").strip("; "))
        pairs = (part.partition("=") for part in written.split(";"))
        parts = {name.strip(): value.strip() for name, _, value in pairs}
        frequency = parts.get("FREQ", "")
        if frequency not in _FREQUENCIES:
            raise ValueError(frequency.lower()[:20] or "no one knows how often")
        interval = _number(parts.get("INTERVAL") or "1")
        if interval < 1:
            raise ValueError("after no time at all")
        if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
            raise ValueError("by another calendar")
        numbers = {name: _numbers(name, parts[name]) for name in _MOST if parts.get(name)}
        hours, minutes, seconds = (len(numbers.get(name, (0,))) for name in sorted(_FROM_ZERO))
        if hours * minutes * seconds > _MOST_A_DAY:
            raise ValueError("more often than once an hour")
        start = parts.get("WKST", "MO")
        return cls(
            frequency,
            interval=interval,
            count=max(0, _number(parts.get("COUNT") or "0")),
            until=parts.get("UNTIL", "").removesuffix("T"),
            week_start=_WEEKDAYS.index(start) if start in _WEEKDAYS else 0,
            numbers=numbers,
            ordinals=_ordinals(parts.get("BYDAY", "")),
        )

    def starts(self, begin: dt.datetime, first: dt.date, last: dt.date) -> Iterator[dt.datetime]:
        """Its times by the clock from `begin` on that lie on the days asked for, in order."""
        times = self._times(begin)
        found = (
            start
            for period in self._periods(begin.date(), first, last)
            for start in self._chosen(sorted(self._of(period, begin.date())), times)
            if start >= begin
        )
        for start in islice(found, self.count or None):
            if start.date() > last:
                return
            if start.date() >= first:
                yield start

    def _times(self, begin: dt.datetime) -> tuple[dt.time, ...]:
        own = {"BYHOUR": begin.hour, "BYMINUTE": begin.minute, "BYSECOND": begin.second}
        lists = [sorted(set(self.numbers.get(name, (number,)))) for name, number in own.items()]
        return tuple(dt.time(hour, minute, second) for hour, minute, second in product(*lists))

    def _chosen(self, days: list[dt.date], times: tuple[dt.time, ...]) -> list[dt.datetime]:
        """All times of a period, or those at the positions that the rule names."""
        found = [dt.datetime.combine(day, time) for day, time in product(days, times)]
        positions = self.numbers.get("BYSETPOS")
        if not positions or not (self.ordinals or len(self.numbers) > 1):
            return found
        places = {each - 1 if each > 0 else len(found) + each for each in positions}
        return [start for place, start in enumerate(found) if place in places]

    def _periods(self, begin: dt.date, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The first days of the periods that can touch the days asked for, or be counted."""
        unit = self._number_of(begin)
        skipped = 0
        if not self.count and first > begin:
            skipped = max(0, (self._number_of(first) - unit) // self.interval)
        final = self._number_of(last)
        for number in count(unit + skipped * self.interval, self.interval):
            if number > final:
                return
            yield self._first_day(number)

    def _number_of(self, day: dt.date) -> int:
        """The number of the period that a day lies in."""
        if self.frequency == "YEARLY":
            return day.year
        if self.frequency == "MONTHLY":
            return day.year * 12 + day.month - 1
        if self.frequency == "WEEKLY":
            return (day.toordinal() - 1 - self.week_start) // 7
        return day.toordinal()

    def _first_day(self, number: int) -> dt.date:
        if self.frequency == "YEARLY":
            return dt.date(number, 1, 1)
        if self.frequency == "MONTHLY":
            return dt.date(number // 12, number % 12 + 1, 1)
        if self.frequency == "WEEKLY":
            return dt.date.fromordinal(max(1, number * 7 + 1 + self.week_start))
        return dt.date.fromordinal(number)

    def _of(self, period: dt.date, begin: dt.date) -> Iterator[dt.date]:
        """The days of a period that every part of the rule allows."""
        months, days = self.numbers.get("BYMONTH", ()), self.numbers.get("BYMONTHDAY", ())
        ordinals = self.ordinals
        if not (ordinals or any(name in self.numbers for name in _DAYS)):
            if self.frequency == "YEARLY" and not months:
                months = (begin.month,)
            if self.frequency in ("YEARLY", "MONTHLY"):
                days = (begin.day,)
            elif self.frequency == "WEEKLY":
                ordinals = ((0, begin.weekday()),)
        elif self.frequency == "YEARLY" and set(self.numbers) & set(_DAYS) == {"BYWEEKNO"}:
            ordinals = ordinals or ((0, begin.weekday()),)
        for day in self._days(period, months):
            length = monthrange(day.year, day.month)[1]
            if days and not {day.day, day.day - length - 1} & {*days}:
                continue
            if self._is_numbered(day) and self._is_weekday(day, ordinals):
                yield day

    def _days(self, period: dt.date, months: tuple[int, ...]) -> Iterator[dt.date]:
        if self.frequency == "YEARLY":
            for month in range(1, 13):
                yield from self._month(period.replace(month=month), months)
        elif self.frequency == "MONTHLY":
            yield from self._month(period, months)
        else:
            number = 7 if self.frequency == "WEEKLY" else 1
            for day in (period + n * _A_DAY for n in range(number)):
                if not months or day.month in months:
                    yield day

    @staticmethod
    def _month(first: dt.date, months: tuple[int, ...]) -> Iterator[dt.date]:
        if not months or first.month in months:
            for number in range(1, monthrange(first.year, first.month)[1] + 1):
                yield first.replace(day=number)

    def _is_numbered(self, day: dt.date) -> bool:
        """Whether BYYEARDAY and BYWEEKNO allow the day."""
        yeardays, weeks = self.numbers.get("BYYEARDAY"), self.numbers.get("BYWEEKNO")
        if yeardays:
            number = day.timetuple().tm_yday
            length = dt.date(day.year, 12, 31).timetuple().tm_yday
            if not {number, number - length - 1} & {*yeardays}:
                return False
        return not weeks or bool({*_week(day, self.week_start)} & {*weeks})

    def _is_weekday(self, day: dt.date, ordinals: tuple[tuple[int, int], ...]) -> bool:
        """Whether one of the weekdays is the day: the n-th of its month or year, or each."""
        in_month = self.frequency == "MONTHLY" or (
            self.frequency == "YEARLY" and "BYMONTH" in self.numbers
        )
        counts = in_month or (self.frequency == "YEARLY" and "BYWEEKNO" not in self.numbers)
        number, length = day.day, monthrange(day.year, day.month)[1]
        if not in_month:
            number = day.timetuple().tm_yday
            length = dt.date(day.year, 12, 31).timetuple().tm_yday
        both = {0, (number - 1) // 7 + 1, -((length - number) // 7 + 1)}
        return not ordinals or any(
            weekday == day.weekday() and (not counts or ordinal in both)
            for ordinal, weekday in ordinals
        )


def _week(day: dt.date, week_start: int) -> tuple[int, int]:
    """The number of a day's week, and the same from the end of the year; four days make one."""
    monday = day - ((day.weekday() - week_start) % 7) * _A_DAY
    year = (monday + 3 * _A_DAY).year
    first = _first_week(year, week_start)
    number = (monday - first).days // 7 + 1
    weeks = (_first_week(year + 1, week_start) - first).days // 7
    return number, number - weeks - 1


def _first_week(year: int, week_start: int) -> dt.date:
    fourth = dt.date(year, 1, 4)
    return fourth - ((fourth.weekday() - week_start) % 7) * _A_DAY


def _number(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", text, re.ASCII):
        raise ValueError("in a way that cannot be read")
    return int(text)


def _numbers(name: str, text: str) -> tuple[int, ...]:
    """The numbers of a part that can be; raises `ValueError` where there is none."""
    found = (_number(each) for each in re.split(r"[\s,]+", text.strip(", ")) if each)
    least = 0 if name in _FROM_ZERO else 1
    low = least if name in _FROM_ZERO or name == "BYMONTH" else -_MOST[name]
    kept = tuple(each for each in found if low <= each <= _MOST[name] and abs(each) >= least)
    if not kept:
        raise ValueError("in a way that cannot be read")
    return kept


def _ordinals(text: str) -> tuple[tuple[int, int], ...]:
    if re.sub(r"[\s,]", "", _ORDINAL.sub("", text)):
        raise ValueError("in a way that cannot be read")
    return tuple(
        (int(number) if number.strip("+-") else 0, _WEEKDAYS.index(weekday))
        for number, weekday in _ORDINAL.findall(text)
    )
