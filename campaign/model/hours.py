"""Hours of a weekday and of a week: the rep's own, and those at which others are open."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise

from attrs import field, frozen

from campaign.model.notation import checked_notation, looks_like_notation, spans_in
from campaign.model.values import FrozenDict, frozen_mapping
from campaign.phrases import clock
from campaign.workdays import plain

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MINUTES_A_DAY = 24 * 60
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


@frozen(order=True)
class Hours:
    """A span of one day, in minutes after midnight, local time; the end is outside it."""

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` unless it starts before it ends, within one day."""
        if not 0 <= self.start < self.end <= _MINUTES_A_DAY:
            raise ValueError(f"{self} does not end after it starts; write as 09:00-12:00")

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start

    def __str__(self) -> str:
        """As files write it: 09:00-12:00."""
        return f"{clock(self.start)}-{clock(self.end)}"

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """Hours from `09:00-12:00`; raises `ValueError` with what would be right."""
        first, _, last = text.replace("\u2013", "-").partition("-")
        return cls(_minutes(first, text), _minutes(last, text))


def to_minutes(value: int | str | None) -> int | None:
    """Minutes after midnight from themselves or from `16:00`; raises `ValueError`."""
    if not isinstance(value, str):
        return value
    if _CLOCK.fullmatch(value.strip()) is None:
        raise ValueError(f'"{value}" is no time of day; write as 16:00')
    return _minutes(value, value)


def _minutes(text: str, whole: str) -> int:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'"{whole}" are no hours; write as 09:00-12:00')
    return int(found[1]) * 60 + int(found[2])


def parse_day(text: str) -> tuple[Hours, ...]:
    """The hours of one day from `08:00-12:00 13:00-17:00`; raises `ValueError`."""
    spans = tuple(sorted(Hours.parse(part) for part in re.split(r"[\s,]+", text.strip()) if part))
    for before, after in pairwise(spans):
        if after.start < before.end:
            raise ValueError(f"{before} and {after} overlap; join them")
    return spans


@frozen
class OpeningHours:
    """When somebody is open, by weekday (Monday is 0), local time.

    With a `notation`, OpenStreetMap's opening_hours, it says so of each date instead, and the
    weekdays are empty.
    """

    by_weekday: Mapping[int, tuple[Hours, ...]] = field(converter=frozen_mapping)
    notation: str = field(default="", kw_only=True)

    def on(self, date: dt.date) -> tuple[Hours, ...]:
        """The spans of that date, none where it is closed."""
        if self.notation:
            return spans_of(self.notation, plain(date))
        return self.by_weekday.get(date.weekday(), ())

    def is_open(self, date: dt.date) -> bool:
        """Whether it opens at all on that date."""
        return bool(self.on(date))

    def may_open(self, weekday: int) -> bool:
        """Whether there may be dates of that weekday on which it opens."""
        return bool(self.notation or self.by_weekday.get(weekday))

    def __str__(self) -> str:
        """As files write it, weekdays with the same hours together."""
        return self.notation or "; ".join(self._groups())

    def _groups(self) -> Iterator[str]:
        days = sorted(day for day in self.by_weekday if self.by_weekday[day])
        while days:
            spans = self.by_weekday[days[0]]
            alike = [day for day in days if self.by_weekday[day] == spans]
            names = ",".join(WEEKDAYS[day].capitalize() for day in alike)
            yield f"{names} {' '.join(map(str, spans))}"
            days = [day for day in days if day not in alike]

    @classmethod
    def parse(cls, text: str) -> "OpeningHours":
        """Hours from `Mon-Fri 09:00-12:00 13:00-16:00; Sat 09:00-12:00`.

        A part without weekdays holds for Monday to Friday. What is not of this form is read
        as OpenStreetMap's opening_hours, as `Mo[1] 09:00-12:00`. Raises `ValueError` with
        what would be right.
        """
        try:
            return cls._by_weekday(text)
        except ValueError as error:
            if not looks_like_notation(text):
                raise
            return cls({}, notation=checked_notation(text, str(error)))

    @classmethod
    def _by_weekday(cls, text: str) -> "OpeningHours":
        found: dict[int, tuple[Hours, ...]] = {}
        for part in filter(str.strip, text.split(";")):
            head = re.match(r"[A-Za-z][A-Za-z,\s\-\u2013]*", part := part.strip())
            hours = parse_day(part[head.end() :] if head else part)
            if not hours:
                raise ValueError(f'"{part}" names no hours; write as Mon-Fri 09:00-12:00')
            for day in weekdays_in(head[0]) if head else range(5):
                found[day] = tuple(sorted({*found.get(day, ()), *hours}))
        if not found:
            raise ValueError("no hours are named; write as Mon-Fri 09:00-12:00 13:00-16:00")
        return cls(found)


@frozen
class Together:
    """When people who keep their own hours at one place can be met at one time.

    `place` are the hours of the place, None for any. Who is closed on a date, or open at no
    time of those before, is met on another one.
    """

    place: OpeningHours | None
    people: tuple[OpeningHours, ...]

    def on(self, date: dt.date) -> tuple[Hours, ...]:
        """The spans of that date, none where the place is closed."""
        spans = self.place.on(date) if self.place else (Hours(0, _MINUTES_A_DAY),)
        for person in self.people:
            spans = _both(spans, person.on(date)) or spans
        return spans

    def __str__(self) -> str:
        """All the hours, to tell them from others."""
        return " & ".join(map(str, (self.place, *self.people)))


def _both(some: Iterable[Hours], others: Iterable[Hours]) -> tuple[Hours, ...]:
    """The time in both."""
    found = [
        (max(one.start, other.start), min(one.end, other.end)) for one in some for other in others
    ]
    return tuple(Hours(start, end) for start, end in sorted(found) if start < end)


@lru_cache(maxsize=100_000)
def spans_of(notation: str, date: dt.date) -> tuple[Hours, ...]:
    """The spans of a date by OpenStreetMap's notation."""
    return tuple(Hours(start, end) for start, end in spans_in(notation, date))


@cache
def usual_hours(hours: tuple[Hours, ...], weekend: frozenset[int]) -> OpeningHours:
    """The same hours on every weekday but those of a weekend (Monday is 0)."""
    return OpeningHours({day: hours for day in range(7) if day not in weekend})


def to_opening_hours(value: OpeningHours | str | None) -> OpeningHours | None:
    """Opening hours from themselves or from a text as files write it."""
    return OpeningHours.parse(value) if isinstance(value, str) else value


def to_usual_hours(
    value: OpeningHours | Iterable[Hours] | str,
) -> OpeningHours | tuple[Hours, ...]:
    """Hours of any one day, or of the weekdays that a text as files write it names."""
    if isinstance(value, OpeningHours):
        return value
    if isinstance(value, str) and value.strip()[:1].isalpha():
        return OpeningHours.parse(value)
    return parse_day(value) if isinstance(value, str) else tuple(value)


def to_working_hours(
    value: Mapping[int, tuple[Hours, ...]] | Mapping[str, str] | OpeningHours | str,
) -> Mapping[int, tuple[Hours, ...]] | OpeningHours:
    """Hours by weekday (Monday is 0) from themselves or from `{"mon": "08:00-17:00"}`.

    A text is read as those of others are; with OpenStreetMap's notation they are of dates.
    """
    if isinstance(value, str):
        value = OpeningHours.parse(value)
    if isinstance(value, OpeningHours):
        return value if value.notation else value.by_weekday
    return FrozenDict(
        {
            _weekday(day) if isinstance(day, str) else day: parse_day(spans)
            if isinstance(spans, str)
            else tuple(spans)
            for day, spans in value.items()
        }
    )


def weekdays_in(text: str) -> tuple[int, ...]:
    """The weekdays of `Mon-Wed, Fri` (Monday is 0); raises `ValueError` with a remedy."""
    days: list[int] = []
    for part in re.split(r"[\s,]+", text.strip()):
        first, _, last = part.replace("\u2013", "-").partition("-")
        low, high = _weekday(first), _weekday(last or first)
        days += range(low, high + 1) if low <= high else [*range(low, 7), *range(high + 1)]
    return tuple(days)


def _weekday(text: str) -> int:
    short = text.strip().casefold()[:3]
    found = next((name for name in WEEKDAYS if short in (name, name[:2])), None)
    if found is None:
        raise ValueError(f'"{text}" is no weekday; write Mon, Tue, Wed, Thu, Fri, Sat or Sun')
    return WEEKDAYS.index(found)
