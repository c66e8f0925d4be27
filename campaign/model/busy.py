"""Busy time from the rep's own calendar, as it falls on each day of the rep's clock.

The events of a campaign are known again there by their marks, and take no time.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from zoneinfo import ZoneInfo

from attrs import field, frozen

from campaign.model.given import converting
from campaign.model.hours import A_DAY, MINUTE, QUARTER, Hours
from campaign.model.values import Coordinates, to_coordinates

FIRST_YEAR, LAST_YEAR = 1900, 2200


def _moment(value: dt.date | str) -> dt.datetime:
    """A time from itself, from a text or from a date (its midnight); aware ones in UTC."""
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value.strip())
        except ValueError as error:
            raise ValueError(f'"{value}" is no time; write 2027-01-12T09:00') from error
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"{value} is out of reach; write a year from {FIRST_YEAR} to {LAST_YEAR}")
    if not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 (the rep's own clock)
    if value.utcoffset() is None:
        return value.replace(tzinfo=None)
    return value.astimezone(dt.UTC)


@frozen(field_transformer=converting, kw_only=True)
class Busy:
    """A time at which the rep is taken up, so that nothing of the campaign stands there.

    `start` and `end` (which is outside it) are times with a zone, kept in UTC, or both times
    without one: those of the rep's own clock. A date stands for its midnight, so that
    `Busy("2027-01-12", "2027-01-13")` is a whole day. `what` says what it is, `where` the
    place in words, `place` its coordinates where they are known. Raises `ValueError` unless
    it ends after it starts.
    """

    start: dt.datetime = field(kw_only=False, converter=_moment)
    end: dt.datetime = field(kw_only=False, converter=_moment)
    what: str = ""
    where: str = ""
    place: Coordinates | None = field(default=None, converter=to_coordinates)

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` for an end that is not after the start, or of another kind."""
        if (self.start.tzinfo is None) != (self.end.tzinfo is None):
            raise ValueError(f"{self.start} and {self.end}: give both a time zone, or none")
        if self.end <= self.start:
            raise ValueError(f"{self.what or 'busy time'} at {self.start} does not end after it")

    def on(self, day: dt.date, zone: ZoneInfo) -> Iterator[Hours]:
        """The parts of it on a day, in minutes after midnight by the clock of a zone.

        A minute that is only partly taken up counts whole. Where the clock goes back, the
        hour that comes twice is busy if either of the two is.
        """
        first, last = self._local(zone)
        if not first.date() <= day <= last.date():
            return
        if self.start.tzinfo and _offset_changes(day, zone):
            yield from self._by_quarters(day, zone)
            return
        begin = _minutes(first) if first.date() == day else 0
        end = _minutes(last) if last.date() == day else A_DAY
        if begin < end:
            yield Hours(begin, end)

    def _local(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """Start and end by the clock of the zone, the end up to the next whole minute."""
        first, last = self.start, self.end
        if self.start.tzinfo:
            first, last = self.start.astimezone(zone), self.end.astimezone(zone)
        whole = last.replace(second=0, microsecond=0)
        return first, whole if whole == last else whole + MINUTE

    def days(self, zone: ZoneInfo) -> tuple[dt.date, dt.date]:
        """The first and the last date that it touches by the clock of a zone."""
        first, last = self._local(zone)
        return first.date(), last.date()

    def _by_quarters(self, day: dt.date, zone: ZoneInfo) -> Iterator[Hours]:
        """The same by the quarter of an hour, for a day on which the clock is changed."""
        midnight = dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(dt.UTC)
        following = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=zone)
        begin, end = max(self.start, midnight), min(self.end, following.astimezone(dt.UTC))
        while begin < end:
            past = begin.minute % QUARTER
            quarter = begin.replace(second=0, microsecond=0) + (QUARTER - past) * MINUTE
            until = min(quarter, end)
            start = _minutes(begin.astimezone(zone))
            length = -((begin.replace(second=0, microsecond=0) - until) // MINUTE)
            yield Hours(start, min(A_DAY, start + length))
            begin = until


def _minutes(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute


@lru_cache(maxsize=10_000)
def _offset_changes(day: dt.date, zone: ZoneInfo) -> bool:
    start = dt.datetime.combine(day, dt.time(), tzinfo=zone)
    end = dt.datetime.combine(day, dt.time(23, 59), tzinfo=zone)
    return start.utcoffset() != end.utcoffset()


def merged(spans: Iterable[Hours]) -> tuple[Hours, ...]:
    """The spans of one day in order, those that overlap or touch joined."""
    found: list[Hours] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Hours(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def shared_minutes(some: Iterable[Hours], others: Iterable[Hours]) -> int:
    """How many minutes lie in both of two lists of spans, each without overlaps."""
    others = tuple(others)
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in some
        for other in others
    )


def to_busy(values: Iterable[Busy]) -> tuple[Busy, ...]:
    """Busy times in order, so that the same calendar gives the same value."""
    order = attrgetter("start", "end", "what", "where")
    return tuple(sorted(values, key=lambda one: (*map(str, order(one)), str(one.place or ""))))


@lru_cache(maxsize=1_000)
def zone_named(name: str) -> ZoneInfo | None:
    """The time zone of an IANA name; None for no name and for one that nobody knows."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def known_zone(_owner: object, _attribute: object, name: str) -> None:
    """Raise `ValueError` for a time zone that nobody knows; no name is none."""
    if name and zone_named(name) is None:
        raise ValueError(f'"{name}" is no time zone; write an IANA name, as America/Los_Angeles')


@frozen(kw_only=True)
class Meeting:
    """Where the rep is from `start` to `end`, in minutes after midnight by the rep's clock."""

    start: int = field(kw_only=False)
    end: int = field(kw_only=False)
    place: Coordinates
    what: str = ""


def meetings_of(
    busy: Iterable[Busy], day: dt.date, zone: ZoneInfo, hours: Sequence[Hours]
) -> tuple[Meeting, ...]:
    """The meetings of a day in their order, of those that lie in its hours at least in part.

    A break in the hours counts as hours. Of two that overlap the one that begins first is
    kept: the rep cannot be at both.
    """
    during: list[Meeting] = []
    for one in busy:
        if one.place and hours and (spans := tuple(one.on(day, zone))):
            start, end = min(s.start for s in spans), max(s.end for s in spans)
            if start < hours[-1].end and hours[0].start < end:
                during.append(Meeting(start, end, place=one.place, what=one.what))
    found: list[Meeting] = []
    for each in sorted(during, key=lambda one: (one.start, one.end)):
        if not found or found[-1].end <= each.start:
            found.append(each)
    return tuple(found)


_DIGITS, _DIGITS_OF_CAMPAIGN = 24, 8


def event_uid(mark: str, key: str) -> str:
    """The UID of the event of that key in the campaign of that mark, the same every time."""
    return f"{_hashed(key, _DIGITS)}{mark}"


def event_mark(name: str, start: dt.date) -> str:
    """The end that the UIDs of all events of one campaign have, by its name and start."""
    return f"-{_hashed(f'{name}/{start.isoformat()}', _DIGITS_OF_CAMPAIGN)}@territory-campaign"


def _hashed(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:digits]
