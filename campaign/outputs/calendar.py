"""The plan as iCalendar: events that keep their identity through planning again.

A visit and a call each are an event, the writing of a day is one together. What has a time is
an event in UTC, which Outlook and Google read alike without any time zone block. Writing
stands where the day has room for it, and leaves the time free: it may be moved. What has no
time stands at the top of its day, all day long, and leaves it free too. The file of the export
before is all the memory there is.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen
from icalendar import Alarm, Calendar, Component, Event

from campaign.model.marks import event_mark, event_uid
from campaign.model.values import Precision
from campaign.outputs.activities import (
    Activity,
    ActivityKind,
    activities,
    one_line,
    span_between,
    span_of,
)
from campaign.outputs.timetable import sitting_on
from campaign.phrases import counted, listed, minutes_in_words
from campaign.touches import Plan, Touch

_A_DAY = dt.timedelta(days=1)
# Time to find the keys, and to look up the number.
_BEFORE_DRIVE, _BEFORE_CALL = 10, 5


@frozen
class CalendarEntry:
    """What an event says; `key` is what it is known by, in one campaign."""

    key: str
    date: dt.date
    span: tuple[dt.datetime, dt.datetime] | None = field(kw_only=True)
    summary: str = field(kw_only=True)
    details: tuple[str, ...] = field(kw_only=True)
    touches: tuple[Touch, ...] = field(kw_only=True)
    is_busy: bool = field(kw_only=True)
    activity: Activity | None = field(default=None, kw_only=True)


def events(plan: Plan) -> Iterator[Event]:
    """The events of everything that takes place, in the order of the plan."""
    mark = event_mark(plan.territory.name, plan.territory.start)
    for entry in _entries(plan):
        yield _event(entry, event_uid(mark, entry.key))


def stamp(day: dt.date) -> dt.datetime:
    """A day as DTSTAMP has it: its midnight in UTC."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _entries(plan: Plan) -> Iterator[CalendarEntry]:
    written: dict[dt.date, list[Activity]] = {}
    for activity in activities(plan):
        if activity.kind is ActivityKind.WRITING:
            written.setdefault(activity.touch.date, []).append(activity)
            continue
        stop = activity.touch.stop
        place = f"{stop}. " if stop and activity.span is None else ""
        yield CalendarEntry(
            activity.touch.touch_id,
            activity.touch.date,
            span=activity.span,
            summary=f"{place}{activity.subject}",
            details=activity.details,
            touches=activity.touches,
            is_busy=activity.span is not None,
            activity=activity,
        )
    for date, sitting in written.items():
        yield _of_sitting(plan, date, sitting)


def _of_sitting(plan: Plan, date: dt.date, sitting: Sequence[Activity]) -> CalendarEntry:
    touches = tuple(touch for activity in sitting for touch in activity.touches)
    minutes = minutes_in_words(sum(touch.minutes for touch in touches))
    lines = (line for activity in sitting for line in ("", activity.subject, *activity.details))
    counts = Counter(touch.channel for touch in touches)
    written = listed([counted(number, channel) for channel, number in counts.items()])
    span, kept = span_of(plan, touches), sitting_on(plan, date)
    is_busy = span is not None
    if span is None and kept is not None and kept.start is not None:
        span = span_between(plan, date, kept.start, kept.start + kept.minutes)
    return CalendarEntry(
        f"writing/{date.isoformat()}",
        date,
        span=span,
        is_busy=is_busy,
        summary=one_line(f"Write {written}"),
        details=(f"About {minutes}.", *lines),
        touches=touches,
    )


def _event(entry: CalendarEntry, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp(max(touch.planned_on for touch in entry.touches)))
    event.add("sequence", 0)
    start, end = entry.span or (entry.date, entry.date + _A_DAY)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "BUSY" if entry.is_busy else "FREE")
    event.add("summary", entry.summary)
    event.add("description", "\n".join(entry.details))
    event.add("categories", list(dict.fromkeys(one_line(t.channel) for t in entry.touches)))
    event.add("status", "CONFIRMED")
    activity = entry.activity
    if activity and activity.place:
        event.add("location", activity.place)
    account = activity.who.account if activity and activity.kind is ActivityKind.VISIT else None
    if account and account.precision is Precision.GIVEN:
        event.add("geo", (account.latitude, account.longitude))
    if activity and entry.span:
        event.add_component(_alarm(activity, entry.summary))
    return event


def _alarm(activity: Activity, words: str) -> Alarm:
    """Before the drive to a visit, or shortly before a call."""
    minutes = _BEFORE_CALL
    if activity.kind is ActivityKind.VISIT:
        minutes = _BEFORE_DRIVE + max(touch.travel_minutes for touch in activity.touches)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", dt.timedelta(minutes=-minutes))
    return alarm


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
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(plan.territory.name) or _USUAL_NAME)
    current = {str(event["UID"]): event for event in events(plan)}
    for uid, event in current.items():
        calendar.add_component(_revised(event, before.get(uid)))
    gone = {uid: event for uid, event in before.items() if uid not in current}
    for each in _gone(plan, gone):
        calendar.add_component(each)
    content: bytes = calendar.to_ical()
    return content


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
