"""Hours of a day and of a week, the dates on which somebody is closed, and both abroad.

What is not of the simple form is OpenStreetMap's opening_hours, read by `opening-hours-py` behind
a guard. What that library reads otherwise than people mean it is refused: fallbacks (`||`),
comments in place of hours (open all day, to it), ends that are left open (`17:00+`) and school
holidays, which nobody knows. Public holidays (`PH`) it never finds; they close an account by
themselves.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import field, frozen

from campaign.model.values import NOTHING, FrozenDict, frozen_mapping
from campaign.phrases import clock
from campaign.workdays import Span, plain

if TYPE_CHECKING:
    from opening_hours import OpeningHours as Parsed

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_DAY = 24 * 60
_LIKE = "09:00-12:00"
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
MINUTE, _ONE_DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
QUARTER = 15
"""Clocks change at whole quarters of an hour, so that between two of them they run even."""


@frozen(order=True)
class Hours:
    """A span of one day, in minutes after midnight, local time; the end is outside it."""

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` unless it starts before it ends, within one day."""
        if not 0 <= self.start < self.end <= A_DAY:
            raise ValueError(f"{self} does not end after it starts; write as {_LIKE}")

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
        wrong = f'"{text}" are no hours; write as {_LIKE}'
        return cls(_minutes(first, wrong), _minutes(last, wrong))


def to_minutes(value: int | str | None) -> int | None:
    """Minutes after midnight from themselves or from `16:00`; raises `ValueError`."""
    if not isinstance(value, str):
        return value
    return _minutes(value, f'"{value}" is no time of day; write as 16:00')


def _minutes(text: str, wrong: str) -> int:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(wrong)
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
            return _spans_of(self.notation, plain(date))
        return self.by_weekday.get(date.weekday(), ())

    def is_open(self, date: dt.date) -> bool:
        """Whether it opens at all on that date."""
        return bool(self.on(date))

    def may_open(self, weekday: int) -> bool:
        """Whether there may be dates of that weekday on which it opens."""
        return bool(self.notation or self.by_weekday.get(weekday))

    def __str__(self) -> str:
        """As files write it, weekdays with the same hours together."""
        alike: dict[tuple[Hours, ...], list[str]] = {}
        for day in sorted(self.by_weekday):
            if spans := self.by_weekday[day]:
                alike.setdefault(spans, []).append(WEEKDAYS[day].capitalize())
        parts = (f"{','.join(days)} {' '.join(map(str, spans))}" for spans, days in alike.items())
        return self.notation or "; ".join(parts)

    @classmethod
    def parse(cls, text: str) -> "OpeningHours":
        """Hours from `Mon-Fri 09:00-12:00 13:00-16:00; Sat 09:00-12:00`.

        A part without weekdays holds for Monday to Friday. What is not of this form is read
        as OpenStreetMap's opening_hours, as `Mo[1] 09:00-12:00`. Raises `ValueError` with
        what would be right.
        """
        try:
            return cls(_by_weekday(text))
        except ValueError as error:
            if not _SIGNS.search(text):
                raise
            return cls(NOTHING, notation=_checked_notation(text, str(error)))


def _by_weekday(text: str) -> dict[int, tuple[Hours, ...]]:
    found: dict[int, tuple[Hours, ...]] = {}
    for part in filter(str.strip, text.split(";")):
        head = re.match(r"[A-Za-z][A-Za-z,\s\-\u2013]*", part := part.strip())
        hours = parse_day(part[head.end() :] if head else part)
        if not hours:
            raise ValueError(f'"{part}" names no hours; write as Mon-Fri {_LIKE}')
        for day in weekdays_in(head[0]) if head else range(5):
            found[day] = tuple(sorted({*found.get(day, ()), *hours}))
    if not found:
        raise ValueError(f"no hours are named; write as Mon-Fri {_LIKE} 13:00-16:00")
    return found


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
        spans = self.place.on(date) if self.place else (Hours(0, A_DAY),)
        for person in self.people:
            both = sorted(
                (max(one.start, other.start), min(one.end, other.end))
                for one in spans
                for other in person.on(date)
            )
            spans = tuple(Hours(start, end) for start, end in both if start < end) or spans
        return spans

    def __str__(self) -> str:
        """All the hours, to tell them from others."""
        return " & ".join(map(str, (self.place, *self.people)))


@cache
def usual_hours(hours: tuple[Hours, ...], weekend: frozenset[int]) -> OpeningHours:
    """The same hours on every weekday but those of a weekend (Monday is 0)."""
    return OpeningHours({day: hours for day in range(7) if day not in weekend})


def to_opening_hours(value: OpeningHours | str | None) -> OpeningHours | None:
    """Opening hours from themselves or from a text as files write it."""
    return OpeningHours.parse(value) if isinstance(value, str) else value


def to_usual_hours(value: OpeningHours | Iterable[Hours] | str) -> OpeningHours | tuple[Hours, ...]:
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
    found: dict[int, tuple[Hours, ...]] = {}
    for day, spans in value.items():
        weekday = _weekday(day) if isinstance(day, str) else day
        found[weekday] = parse_day(spans) if isinstance(spans, str) else tuple(spans)
    return FrozenDict(found)


@frozen
class ClosedDays:
    """The dates that a rule of opening_hours closes: `2027 Jan 18-29 off`, `We[1] off`."""

    notation: str

    def __contains__(self, day: dt.date) -> bool:
        """Whether that is one of them."""
        return not _spans_of(f"24/7; {self.notation}", plain(day))

    def __str__(self) -> str:
        """As files write it."""
        return self.notation

    @classmethod
    def parse(cls, text: str, otherwise: str) -> "ClosedDays":
        """What a text closes; raises `ValueError`, `otherwise` saying why it is no span."""
        notation = " ".join(text.split())
        if re.search(r"\d:\d\d", notation):
            raise ValueError(f'"{notation}" names hours; write them in visit_hours or call_hours')
        if not re.search(r"\b(?:off|closed)\b", notation, re.IGNORECASE):
            notation += " off"
        _checked_notation(f"24/7; {notation}", otherwise)
        return cls(notation)


Closing = Span | ClosedDays


def parse_closed(text: str, spans: Callable[[str], tuple[Span, ...]]) -> tuple[Closing, ...]:
    """What a cell closes: spans, or rules of opening_hours among them, parted by `;`.

    `spans` reads such as have no rules in them, and says what is wrong with others.
    """
    try:
        return spans(text)
    except ValueError:
        if re.fullmatch(r"[\d/;\s-]*", text) or not _SIGNS.search(text):
            raise
    found: list[Closing] = []
    for part in filter(str.strip, text.split(";")):
        try:
            found += spans(part.strip())
        except ValueError as error:
            found.append(ClosedDays.parse(part.strip(), str(error).partition("; ")[0]))
    return tuple(found)


def to_closed(values: Iterable[Closing | dt.date | str] | str) -> tuple[Closing, ...]:
    """Closing dates from themselves, dates, or texts such as `2027-02-15/2027-02-19; Jan 6 off`."""

    def _spans(text: str) -> tuple[Span, ...]:
        return tuple(Span.parse(part.strip()) for part in text.split(";") if part.strip())

    found: list[Closing] = []
    for value in (values,) if isinstance(values, str) else values:
        if isinstance(value, Span | ClosedDays):
            found.append(value)
        else:
            found += parse_closed(str(value), _spans)
    return tuple(found)


# What only OpenStreetMap's notation has.
_SIGNS = re.compile(
    r"[\[\"|+/]|\b(?:week|off|closed|open|PH|SH|easter|24/7|dawn|dusk|sunrise|sunset"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b|\b\d{4}\b",
    re.IGNORECASE,
)
_A_COMMENT_ALONE = r"(?:^|;)\s*\"[^\"]*\"\s*(?:;|$)"
_TO_REFUSE = (
    (r"\|\|", "names hours with ||", "write the hours that hold, parted by ;"),
    (_A_COMMENT_ALONE, "has a comment in place of hours", "write hours"),
    (r"\d\+", "has an end that is left open", "write it, as 17:00-19:00"),
    (r"\bSH\b", "names school holidays, which are not known", "write their dates"),
)


def _checked_notation(text: str, otherwise: str) -> str:
    """The text of hours, if it can be used; raises `ValueError` with what would be right.

    `otherwise` says why it is none of the simple form.
    """
    text = " ".join(text.split())
    for sign, what, remedy in _TO_REFUSE:
        if re.search(sign, text):
            raise ValueError(f'"{text}" {what}; {remedy}')
    try:
        _parsed(text)
    except Exception as error:  # the library's own, which speaks of its grammar
        raise ValueError(
            f"{otherwise}; nor is it OpenStreetMap's opening_hours, as Mo[1] {_LIKE}"
        ) from error
    return text


@lru_cache(maxsize=10_000)
def _parsed(text: str) -> "Parsed":
    from opening_hours import OpeningHours as Parsed  # noqa: PLC0415 (only where it is written)

    return Parsed(text)


@lru_cache(maxsize=100_000)
def _spans_of(notation: str, date: dt.date) -> tuple[Hours, ...]:
    """The spans of a date by OpenStreetMap's notation."""
    midnight = dt.datetime.combine(date, dt.time())
    found = _parsed(notation).intervals(midnight, midnight + _ONE_DAY)
    return tuple(
        Hours((start - midnight) // MINUTE, (end - midnight) // MINUTE)
        for start, end, state, *_ in found
        if str(state) == "open"
    )


def opened(
    opening: OpeningHours | Together, date: dt.date, here: ZoneInfo, there: ZoneInfo
) -> Iterator[tuple[int, int]]:
    """The spans of a date by the clock here in which somebody there is open."""
    for start, end, shift in _stretches(date, here, there):
        for near in (-1, 0, 1):
            for span in opening.on(date + near * _ONE_DAY):
                first = max(start, span.start + near * A_DAY - shift)
                last = min(end, span.end + near * A_DAY - shift)
                if first < last:
                    yield first, last


@cache
def _stretches(date: dt.date, here: ZoneInfo, there: ZoneInfo) -> tuple[tuple[int, int, int], ...]:
    """The parts of a date here with the minutes that the clock there is ahead of it."""
    if here is there:
        return ((0, A_DAY, 0),)
    found: list[tuple[int, int, int]] = []
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=here)
    for start in range(0, A_DAY, QUARTER):
        moment = midnight + start * MINUTE
        local = moment.astimezone(there).replace(tzinfo=None)
        shift = (local - moment.replace(tzinfo=None)) // MINUTE
        if found and found[-1][2] == shift:
            found[-1] = found[-1][0], start + QUARTER, shift
        else:
            found.append((start, start + QUARTER, shift))
    return tuple(found)
