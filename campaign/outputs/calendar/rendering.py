"""One calendar file, compared with the one before, which is all the memory there is."""

import datetime as dt
from collections.abc import Iterator, Mapping

from icalendar import Calendar, Component, Event

from campaign.outputs.activities import one_line
from campaign.outputs.calendar.events import events, stamp
from campaign.touches import Plan

PRODUCT = "-//territory-campaign//campaign export//EN"
_CANCELLED = "CANCELLED"
_REVISION = ("SEQUENCE", "DTSTAMP")
_REVISION_LINES = (b"SEQUENCE:", b"DTSTAMP:")
_ASKED = (("DTSTART", dt.date), ("DTSTAMP", dt.datetime), ("SEQUENCE", int))
# What RFC 5545 forbids in any text, and an earlier version may have written.
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_USUAL_NAME = "Campaign"


def render_calendar(plan: Plan, previous: bytes = b"") -> bytes:
    """The plan as an iCalendar file, the same bytes for the same plan and `previous`.

    `previous` is the file of the export before, empty for the first. An event that is not
    what it was there gets a higher SEQUENCE; one that is not in the plan any more stays in
    the file, cancelled, so that calendars take it away. What lies before the start of this
    campaign is left alone. Times are in UTC, DTSTAMP is the day on which the date was set.
    Raises `ValueError` where `previous` is no such file.
    """
    before = _events_of(previous)
    calendar = _calendar(one_line(plan.territory.name) or _USUAL_NAME)
    current = {str(event["UID"]): event for event in events(plan)}
    for uid, event in current.items():
        calendar.add_component(_revised(event, before.get(uid)))
    gone = {uid: event for uid, event in before.items() if uid not in current}
    for each in _gone(plan, gone):
        calendar.add_component(each)
    content: bytes = calendar.to_ical()
    return content


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar


def _events_of(previous: bytes) -> Mapping[str, Event]:
    """The events of an earlier export by their UID; raises `ValueError` where it is none."""
    if not previous:
        return {}
    problem = "is no calendar that this program has written"
    try:
        calendar = Calendar.from_ical(previous.translate(None, CONTROLS))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(problem) from error
    if str(calendar.get("PRODID", "")) != PRODUCT:
        raise ValueError(problem)
    found = (each for each in calendar.walk("VEVENT") if isinstance(each, Event))
    return {str(event["UID"]): event for event in found if _is_whole(event)}


def _is_whole(event: Event) -> bool:
    """Whether it has what a later export asks of it; one that is damaged begins again."""
    if event.errors or not isinstance(event.get("UID"), str):
        return False
    return all(isinstance(event.decoded(name, None), kind) for name, kind in _ASKED)


def _revised(event: Event, before: Event | None) -> Component:
    """The event as it was if nothing of it has changed, else with a higher SEQUENCE."""
    if before is None:
        return event
    if _body(event) == _body(before):
        return before
    return _raised(event, before, _stamp(event))


def _gone(plan: Plan, before: Mapping[str, Event]) -> Iterator[Component]:
    """What an earlier export has and the plan has not: cancelled, by date."""
    latest = max((touch.planned_on for touch in plan.touches), default=plan.territory.start)
    for event in sorted(before.values(), key=lambda each: (_date(each), str(each["UID"]))):
        if _date(event) < plan.territory.start:
            continue
        yield event if event.get("STATUS") == _CANCELLED else _cancelled(event, stamp(latest))


def _cancelled(before: Event, day: dt.datetime) -> Component:
    event = Event.from_ical(before.to_ical())
    event.subcomponents = []
    for name, value in (("STATUS", _CANCELLED), ("TRANSP", "TRANSPARENT")):
        event[name] = value
    event["X-MICROSOFT-CDO-BUSYSTATUS"] = "FREE"
    return _raised(event, before, day)


def _raised(event: Component, before: Event, day: dt.datetime) -> Component:
    for name in _REVISION:
        event.pop(name, None)
    event.add("sequence", int(before.decoded("SEQUENCE")) + 1)
    event.add("dtstamp", max(day, _stamp(before)))
    return event


def _body(event: Event) -> list[bytes]:
    """All that an event says, save which revision it is."""
    lines = event.to_ical().split(b"\r\n")
    return [line for line in lines if not line.startswith(_REVISION_LINES)]


def _stamp(event: Event) -> dt.datetime:
    moment: dt.datetime = event.decoded("DTSTAMP")
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _date(event: Event) -> dt.date:
    start: dt.date = event.decoded("DTSTART")
    return start.date() if isinstance(start, dt.datetime) else start
