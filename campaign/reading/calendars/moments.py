"""Dates, times and lengths as the lines of a calendar write them.

Read by hand, not by icalendar, because one odd value costs that value there only, and because
calendars write what the standard forbids: times that end on a date, offsets behind a time,
hyphens and colons in it, a length beside an end (RFC 5545, sections 3.3.4 to 3.3.6).
"""

import datetime as dt
import re

from campaign.reading.calendars.components import Property
from campaign.reading.calendars.zones import Zones

Moment = dt.date | dt.datetime

_TIME = re.compile(
    r"(\d{4})(-?)(\d{2})\2(\d{2})(?:[Tt ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?)?"
    r"\s*([Zz]|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_LENGTH = re.compile(
    r"(?P<sign>[+-]?)P(?=.)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?",
    re.ASCII | re.IGNORECASE,
)
_MIDNIGHT = dt.time()
ONE_DAY = dt.timedelta(days=1)
UNREADABLE = (ValueError, OverflowError)
"""What the functions here raise: for what is no time or length, and beyond all calendars."""


def moment(line: Property, value: str, zones: Zones) -> Moment:
    """A date, or a time under the zone that the line names; raises `UNREADABLE`.

    A date has no zone, whatever the line says; `24:00` is the midnight that follows.
    """
    found = _TIME.fullmatch(value.strip())
    if found is None:
        raise ValueError(f'"{value}" is no time')
    year, _, month, day, hour, minute, second, offset = found.groups()
    date = dt.date(int(year), int(month), int(day))
    clock = (hour, minute, second or "00")
    if hour is None or (clock == ("00", "00", "00") and line.parameter("VALUE").upper() == "DATE"):
        return date
    if clock == ("24", "00", "00"):
        date, hour = date + ONE_DAY, "00"
    time = dt.time(int(hour), int(minute), min(59, int(second or 0)))
    if offset:
        zone = dt.time.fromisoformat(f"00:00{offset.upper()}").tzinfo
    else:
        zone = zones.zone(line.parameter("TZID"))
    return dt.datetime.combine(date, time, tzinfo=zone)


def length(value: str) -> dt.timedelta:
    """A length such as `PT1H30M`; below zero with a sign; raises `UNREADABLE`."""
    found = _LENGTH.fullmatch(value.strip())
    if found is None:
        raise ValueError(f'"{value}" is no length')
    parts = found.groupdict(default="0")
    sign = parts.pop("sign")
    total = dt.timedelta(**{unit: int(number) for unit, number in parts.items()})
    return -total if sign == "-" else total


def later(start: Moment, by: dt.timedelta) -> Moment:
    """The moment so much time after another; the clock's changes do not stretch it.

    A date is followed by a date, of a length in hours up to the next whole day. Raises
    `UNREADABLE`.
    """
    if not isinstance(start, dt.datetime):
        return start + -(-by // ONE_DAY) * ONE_DAY
    if start.tzinfo is None:
        return start + by
    return (start.astimezone(dt.UTC) + by).astimezone(start.tzinfo)


def apart(start: Moment, end: Moment) -> dt.timedelta:
    """The time between two moments of one kind; the clock's changes do not count."""
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and start.tzinfo:
        return end.astimezone(dt.UTC) - start.astimezone(dt.UTC)
    return clock_of(end) - clock_of(start)


def alike(start: Moment, end: Moment) -> tuple[Moment, Moment]:
    """A start and an end of one kind: both dates, both with a zone or both without one.

    A time that ends on a date ends with that date's midnight, or the next where that is not
    after it; of two times of which one has no zone that one is in the other's.
    """
    if not isinstance(start, dt.datetime):
        if isinstance(end, dt.datetime):
            return start, end.date() if end.time() == _MIDNIGHT else end.date() + ONE_DAY
        return start, end
    if not isinstance(end, dt.datetime):
        midnight = dt.datetime.combine(end, _MIDNIGHT, tzinfo=start.tzinfo)
        return start, midnight if midnight > start else midnight + ONE_DAY
    if start.tzinfo is None:
        return start.replace(tzinfo=end.tzinfo), end
    return start, end if end.tzinfo else end.replace(tzinfo=start.tzinfo)


def day_of(when: Moment) -> dt.date:
    """Its date, by its own clock."""
    return when.date() if isinstance(when, dt.datetime) else when


def clock_of(when: Moment) -> dt.datetime:
    """Its time by its own clock, without the zone; of a date its midnight."""
    if isinstance(when, dt.datetime):
        return when.replace(tzinfo=None)
    return dt.datetime.combine(when, _MIDNIGHT)
