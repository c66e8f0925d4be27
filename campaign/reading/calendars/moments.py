"""Dates, times and lengths as the lines of a calendar write them.

Read by hand, not by icalendar, because one odd value costs that value there only, and because
calendars write what the standard forbids: times that end on a date, offsets behind a time,
hyphens and colons in it, a length beside an end (RFC 5545, sections 3.3.4 to 3.3.6).
"""

import datetime as dt
import re

from campaign.reading.calendars.content_lines import Property
from campaign.reading.calendars.zones import Zones

Moment = dt.date | dt.datetime

_TIME = re.compile(
    r"(\d{4})(-?)(\d{2})\2(\d{2})(?:[Tt ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?)?"
    r"\s*([Zz]|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_LENGTH = re.compile(
    r"([+-]?)P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
    re.ASCII | re.IGNORECASE,
)
_MIDNIGHT = dt.time()
ONE_DAY = dt.timedelta(days=1)


def moment(each: Property, value: str, zones: Zones) -> Moment:
    """A date, or a time under the zone that the line names; raises `ValueError`.

    A date has no zone, whatever the line says; `24:00` is the midnight that follows.
    """
    found = _TIME.fullmatch(value.strip())
    if found is None:
        raise ValueError(f'"{value}" is no time')
    year, _, month, day, hour, minute, second, offset = found.groups()
    date = dt.date(int(year), int(month), int(day))
    if hour is None or (each.parameters.get("VALUE", "").upper() == "DATE" and _is_midnight(found)):
        return date
    late = int(hour) == 24 and _is_midnight(found, hour="24")  # noqa: PLR2004 (of the clock)
    time = dt.time(0 if late else int(hour), int(minute), min(59, int(second or 0)))
    local = dt.datetime.combine(date + (ONE_DAY if late else dt.timedelta()), time)
    return local.replace(tzinfo=_offset(offset) if offset else zones.zone_of(each))


def strict_moment(each: Property, value: str, zones: Zones) -> Moment:
    """The same for what takes time away, where a guess could free a day that is taken."""
    if "-" in value:
        raise ValueError(f'"{value}" is no time')
    return moment(each, value, zones)


def _is_midnight(found: re.Match[str], hour: str = "00") -> bool:
    return found[5] == hour and found[6] == "00" and (found[7] or "00") == "00"


def _offset(text: str) -> dt.tzinfo:
    if text in "Zz":
        return dt.UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return dt.timezone(dt.timedelta(minutes=-minutes if text[0] == "-" else minutes))


def length(value: str) -> dt.timedelta:
    """A length such as `PT1H30M`; below zero with a sign; raises `ValueError`."""
    found = _LENGTH.fullmatch(value.strip())
    if found is None:
        raise ValueError(f'"{value}" is no length')
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    try:
        total = dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError as error:
        raise ValueError(f'"{value}" is too long') from error
    return -total if found[1] == "-" else total


def later(start: Moment, by: dt.timedelta) -> Moment:
    """The moment so much time after another; the clock's changes do not stretch it.

    A date is followed by a date, of a length in hours up to the next whole day. Raises
    `ValueError` beyond all calendars.
    """
    try:
        if not isinstance(start, dt.datetime):
            return start + -(-by // ONE_DAY) * ONE_DAY
        if start.tzinfo is None:
            return start + by
        return (start.astimezone(dt.UTC) + by).astimezone(start.tzinfo)
    except OverflowError as error:
        raise ValueError("is beyond all calendars") from error


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
