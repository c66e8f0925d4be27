"""From a series of events to its occurrences within some days, by icalendar's libraries."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

from attrs import frozen

from campaign.model.busy import FIRST_YEAR
from campaign.reading.calendars.blocks import Property
from campaign.reading.calendars.events import Event
from campaign.reading.calendars.zones import Zones
from campaign.workdays import Span

Moment = dt.date | dt.datetime
_MATTERS = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_SHORT = frozenset({"DAILY", "WEEKLY"})
_ALWAYS_COME = frozenset({"BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND"})
_MOST_A_DAY = 24
_ONE_DAY = dt.timedelta(days=1)
_ROW = "X-CAMPAIGN-ROW"


class NoEvent(ValueError):  # noqa: N818 (names what is at fault, as our other exceptions)
    """An event that cannot be read; says why."""


@frozen
class Occurrence:
    """One time at which an event takes place; dates for whole days, the end outside it."""

    event: Event
    start: Moment
    end: Moment


@frozen
class Parsed:
    """An event whose times icalendar has read, as its component."""

    event: Event
    component: Any


def parsed(event: Event, zones: Zones, window: Span) -> Parsed:
    """The event as icalendar reads it, of its times only: nothing else can break it.

    Its rule ends soon after the window. Raises `NoEvent`.
    """
    from icalendar import Event as Component  # noqa: PLC0415 (slow: only with a calendar)

    lines = [_line(each, event, zones, window) for each in event.timing]
    if not any(line.startswith("DTSTART") for line in lines):
        raise NoEvent("has no start")
    text = ("BEGIN:VEVENT", "UID:series", f"{_ROW}:{event.block.row}", *lines, "END:VEVENT", "")
    try:
        read: Any = Component.from_ical("\r\n".join(text))
        broken = [name for name, _ in read.errors if name in _MATTERS]
        if not broken:
            year, _ = read.start.year, read.end
    except Exception as error:
        raise NoEvent("has no start and end that can be read") from error
    if broken:
        raise NoEvent(f"has a {broken[0]} that cannot be read")
    if year < FIRST_YEAR:
        raise NoEvent(f"begins before {FIRST_YEAR}")
    return Parsed(event, read)


def occurrences(series: Sequence[Parsed], window: Span) -> Iterator[Occurrence]:
    """The occurrences of one series that touch the window; raises `NoEvent`."""
    if len(series) == 1 and series[0].event.is_single:
        read = series[0].component
        yield Occurrence(series[0].event, read.start, read.end)
        return
    by_row = {str(each.event.block.row): each.event for each in series}
    for read in _expanded([each.component for each in series], window):
        yield Occurrence(by_row[str(read[_ROW])], read["DTSTART"].dt, read["DTEND"].dt)


def _expanded(components: Iterable[Any], window: Span) -> list[Any]:
    import recurring_ical_events  # noqa: PLC0415 (slow: only where something recurs)
    from icalendar import Calendar  # noqa: PLC0415

    calendar = Calendar()
    for component in components:
        calendar.add_component(component)
    try:
        found = recurring_ical_events.of(calendar)
        return list(found.between(window.first, window.last + _ONE_DAY))
    except Exception as error:
        raise NoEvent("recurs in a way that cannot be read") from error


def _line(each: Property, event: Event, zones: Zones, window: Span) -> str:
    """A content line, under a zone that icalendar knows and with a rule that ends."""
    if each.name == "RRULE":
        return f"RRULE:{_bounded(each.value, event, window)}"
    kept = {name: value for name, value in each.parameters.items() if name in ("VALUE", "RANGE")}
    tzid = each.parameters.get("TZID", "")
    if tzid and not each.value.rstrip().upper().endswith("Z"):
        name = zones.name(tzid)
        kept |= {"TZID": name} if name else {}
    head = "".join(f";{name}={value}" for name, value in kept.items())
    return f"{each.name}{head}:{each.value.strip()}"


def _bounded(rule: str, event: Event, window: Span) -> str:
    """A recurrence rule that ends soon after the window, and is no trap; raises `NoEvent`."""
    pairs = (part.partition("=") for part in rule.strip().rstrip(";").split(";"))
    parts = {name.strip().upper(): value.strip() for name, _, value in pairs}
    if parts.get("FREQ", "").upper() not in _FREQUENCIES:
        raise NoEvent(f"recurs {parts.get('FREQ', '').lower()[:20] or 'no one knows how often'}")
    if parts.get("INTERVAL", "1").lstrip("0") == "":
        raise NoEvent("recurs after no time at all")
    times = (parts.get(name, "").count(",") + 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if prod(times) > _MOST_A_DAY:
        raise NoEvent("recurs more often than once an hour")
    if "COUNT" in parts:
        _surely_ends(parts)
    else:
        horizon = f"{window.last + 2 * _ONE_DAY:%Y%m%d}"
        if parts.get("UNTIL", horizon)[:8] >= horizon:
            parts["UNTIL"] = horizon + _time_of_until(event)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _surely_ends(parts: Mapping[str, str]) -> None:
    """Refuse a count of days that may never come, as 30 February; raises `NoEvent`."""
    often = parts["FREQ"].upper() in _SHORT
    if often and any(name.startswith("BY") and name not in _ALWAYS_COME for name in parts):
        raise NoEvent("recurs in a way that cannot be read")


def _time_of_until(event: Event) -> str:
    """What follows the day in an UNTIL, of the same kind as the start."""
    start = next((each for each in event.timing if each.name == "DTSTART"), None)
    if start is None or "T" not in start.value.upper():
        return ""
    has_zone = start.value.rstrip().upper().endswith("Z") or "TZID" in start.parameters
    return "T235959Z" if has_zone else "T235959"
