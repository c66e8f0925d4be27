"""Business days, working days, weeks and months of a campaign: all calendar arithmetic.

A *business day* is a day of the country's working week less its public holidays; gaps and
time in the post are counted in these. A *working day* is a business day on which the rep
has hours and no leave. A *week* runs Monday to Sunday and counts from the start's week. A
*month* is 30 days from the start. Nothing here reads the clock.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, Protocol

from attrs import field, frozen

_REAL_DAYS = 3
MONTH_DAYS = 30
MONDAY_TO_FRIDAY_WEEKEND = frozenset({5, 6})
_ONE_DAY = dt.timedelta(days=1)
# Post that is written on the last day arrives, and windows close, this long after the end.
_BEYOND = 150


@frozen
class Span:
    """A closed span of dates: both ends belong to it."""

    first: dt.date
    last: dt.date = field()

    @last.validator
    def _in_order(self, _attribute: object, last: dt.date) -> None:
        if last < self.first:
            raise ValueError(f"{self.first}/{last} ends before it starts")

    def __contains__(self, day: dt.date) -> bool:
        """Whether the day lies in the span."""
        return self.first <= day <= self.last

    @classmethod
    def parse(cls, text: str) -> "Span":
        """A span from `2027-02-15/2027-02-19` or one date; raises `ValueError`."""
        first, _, last = text.partition("/")
        return cls(
            dt.date.fromisoformat(first.strip()), dt.date.fromisoformat((last or first).strip())
        )

    def __str__(self) -> str:
        """As files write it: one date, or both with a slash between."""
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"


@cache
def _list_of(country: str) -> Any:  # noqa: ANN401 (untyped there)
    """What the `holidays` package knows of a country (ISO 3166 code); None where it knows none."""
    import holidays  # noqa: PLC0415 (a quarter of a second: only where a country is named)

    try:
        return holidays.country_holidays(country) if country else None
    except NotImplementedError:
        return None


def country_weekend(country: str) -> frozenset[int]:
    """The weekdays (Monday is 0) that are no business days in a country (ISO 3166 code).

    Saturday and Sunday where it is not known.
    """
    found = _list_of(country) if country else None
    return MONDAY_TO_FRIDAY_WEEKEND if found is None else frozenset(found.weekend)


@cache
def subdivision(country: str, region: str) -> str:
    """The code under which a region has a list of public holidays; empty where it has none.

    `region` is a code of ISO 3166-2 or a name, in any case: `BY`, `DE-BY` or `Bayern`. In the
    United States days of state governments stand in such lists, on which firms work.
    """
    found = _list_of(country) if country and region else None
    if found is None:
        return ""
    names: dict[str, str] = {code.casefold(): code for code in found.subdivisions}
    names |= {name.casefold(): code for name, code in found.subdivisions_aliases.items()}
    word = region.strip().casefold()
    return names.get(word) or names.get(word.removeprefix(f"{country.casefold()}-"), "")


@cache
def public_holidays(country: str, region: str, year: int) -> frozenset[dt.date]:
    """The public holidays of a country (ISO 3166 code) and region (its subdivision) in a year.

    Without a region the national list: for the US the federal one. Source: the `holidays`
    package. Raises `ValueError` for a country or a region that the package does not know.
    """
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415

    try:
        code = subdivision(country, region) or region or None
        return frozenset(holidays.country_holidays(country, subdiv=code, years=year))
    except NotImplementedError as error:
        raise ValueError(str(error)) from error


@cache
def holidays_are_known(country: str, region: str, year: int) -> bool:
    """Whether there is a list of public holidays; an empty country needs none."""
    try:
        public_holidays(country, region, year)
    except ValueError:
        return False
    return True


@frozen(kw_only=True)
class Calendar:
    """The days of one campaign as its rep lives them.

    `weekend` holds weekdays with Monday as 0; `holidays` every day off of the country that
    matters; `weekdays` those on which the rep has hours; `leave` the rep's own days off.
    """

    start: dt.date = field(kw_only=False)
    days: int = field(kw_only=False)
    weekend: frozenset[int] = MONDAY_TO_FRIDAY_WEEKEND
    holidays: frozenset[dt.date] = frozenset()
    weekdays: frozenset[int] = frozenset(range(5))
    leave: tuple[Span, ...] = ()

    @property
    def end(self) -> dt.date:
        """The last day of the campaign."""
        return self.start + dt.timedelta(days=self.days - 1)

    @property
    def eve(self) -> dt.date:
        """The day before the start, from which `within` counts."""
        return self.start - _ONE_DAY

    def is_business_day(self, day: dt.date) -> bool:
        """Whether the country works on that day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the rep works on that day, inside the campaign or outside it."""
        return (
            day.weekday() in self.weekdays
            and self.is_business_day(day)
            and not in_any(day, self.leave)
        )

    @cached_property
    def _business(self) -> tuple[dt.date, ...]:
        every_day = each_day(self.start, self.end + dt.timedelta(days=_BEYOND))
        return tuple(filter(self.is_business_day, every_day))

    @cached_property
    def business_days(self) -> tuple[dt.date, ...]:
        """The business days of the campaign, in order."""
        return tuple(day for day in self._business if day <= self.end)

    @cached_property
    def working_days(self) -> tuple[dt.date, ...]:
        """The working days of the campaign, in order."""
        return tuple(filter(self.is_working_day, self.business_days))

    def working_day_from(self, day: dt.date) -> dt.date:
        """The first working day from a day on; that day where none is left."""
        number = bisect_left(self.working_days, day)
        return plain(self.working_days[number]) if number < len(self.working_days) else day

    def position(self, day: dt.date) -> int:
        """How many business days lie after the eve of the start, up to and with that day.

        The first business day of the campaign has position 1. Days before the start count
        backwards from 0 (the eve).
        """
        if day >= self.eve:
            return bisect_right(self._business, day)
        return -self.gap(day, self.eve)

    def gap(self, earlier: dt.date, later: dt.date) -> int:
        """How many business days lie after `earlier`, up to and with `later`."""
        if earlier >= self.eve and later >= self.eve:
            return self.position(later) - self.position(earlier)
        return sum(map(self.is_business_day, each_day(earlier + _ONE_DAY, later)))

    def after(self, day: dt.date, business_days: int) -> dt.date:
        """The date so many business days after a day; with 0, the day itself."""
        for _ in range(business_days):
            day += _ONE_DAY
            while not self.is_business_day(day):
                day += _ONE_DAY
        return day

    def day_number(self, day: dt.date) -> int:
        """The day of the campaign: 1 is the start."""
        return (day - self.start).days + 1

    def month(self, day: dt.date) -> int:
        """The month of the campaign, from 1; days 1 to 30 are month 1."""
        return (day - self.start).days // MONTH_DAYS + 1

    @property
    def months(self) -> int:
        """How many months the campaign has."""
        return -(-self.days // MONTH_DAYS)

    def week(self, day: dt.date) -> int:
        """The week of the campaign, from 0, the week of the start, Monday to Sunday."""
        monday = self.start - dt.timedelta(days=self.start.weekday())
        return (day - monday).days // 7

    @cached_property
    def first_real_week(self) -> int:
        """The first week with three working days, or all of a rep who works on fewer weekdays.

        One beyond the last where there is none.
        """
        counts = Counter(map(self.week, self.working_days))
        enough, weeks = min(_REAL_DAYS, len(self.weekdays)), self.week(self.end) + 1
        return next((week for week in range(weeks) if counts[week] >= enough), weeks)


def plain(day: dt.date) -> dt.date:
    """A date of the standard library's own kind: those of pendulum are slow to reckon with."""
    return dt.date(day.year, day.month, day.day)


def each_day(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every date from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield first + dt.timedelta(days=number)


class HasDays(Protocol):
    """What some days belong to: a span, or what a rule closes."""

    def __contains__(self, day: dt.date, /) -> bool:
        """Whether a day belongs to it."""


def in_any(day: dt.date, spans: Iterable[HasDays]) -> bool:
    """Whether the day lies in one of the spans, or of what else holds days."""
    return any(day in span for span in spans)
