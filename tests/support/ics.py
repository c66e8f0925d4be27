"""An exported calendar as its readers see it: icalendar, and vobject beside it."""

import datetime as dt
from typing import Any

import vobject
from attrs import frozen
from icalendar import Calendar


@frozen
class Seen:
    """What a reader shows of an event."""

    uid: str
    sequence: int
    status: str
    summary: str
    description: str
    location: str
    start: dt.date
    end: dt.date
    transp: str


def by_icalendar(content: bytes) -> list[Seen]:
    """The events as icalendar reads them; none of them may hold an error."""
    calendar = Calendar.from_ical(content)
    found = calendar.walk("VEVENT")
    assert [each.errors for each in found] == [[]] * len(found)
    return [
        Seen(
            str(each["UID"]),
            int(each.decoded("SEQUENCE")),
            str(each["STATUS"]),
            str(each["SUMMARY"]),
            str(each["DESCRIPTION"]),
            str(each.get("LOCATION", "")),
            each.decoded("DTSTART"),
            each.decoded("DTEND"),
            str(each["TRANSP"]),
        )
        for each in found
    ]


def by_vobject(content: bytes) -> list[Seen]:
    """The events as vobject reads them."""
    calendar = vobject.readOne(content.decode())
    return [_of_vobject(each) for each in getattr(calendar, "vevent_list", [])]


def _of_vobject(event: Any) -> Seen:  # noqa: ANN401 (vobject has no types)
    return Seen(
        event.uid.value,
        int(event.sequence.value),
        event.status.value,
        event.summary.value,
        event.description.value,
        event.location.value if hasattr(event, "location") else "",
        event.dtstart.value,
        event.dtend.value,
        event.transp.value,
    )


def alarms(content: bytes) -> dict[str, dt.timedelta]:
    """By summary of an event, when its alarm goes off, against its start."""
    return {
        str(event["SUMMARY"]): alarm.decoded("TRIGGER")
        for event in Calendar.from_ical(content).walk("VEVENT")
        for alarm in event.walk("VALARM")
    }
