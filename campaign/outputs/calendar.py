"""The plan as iCalendar: events that keep their identity through planning again.

A visit and a call each are an event, the writing of a day is one together. What has a time is
an event in UTC, which Outlook and Google read alike without any time zone block. Writing
stands where the day has room for it, and leaves the time free: it may be moved. What has no
time stands at the top of its day, all day long, and leaves it free too. The file of the export
before is all the memory there is.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from icalendar import Alarm, Calendar, Component, Event

from campaign.model.busy import event_mark, event_uid
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

PRODUCT = "-//territory-campaign//campaign export//EN"
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
"""What RFC 5545 forbids in any text, and an earlier version may have written."""

_A_DAY = dt.timedelta(days=1)
# Time to find the keys, and to look up the number.
_BEFORE_DRIVE, _BEFORE_CALL = 10, 5
_ASKED = (("DTSTART", dt.date), ("DTSTAMP", dt.datetime), ("SEQUENCE", int))


def render_calendar(plan: Plan, previous: bytes = b"") -> bytes:
    """The plan as an iCalendar file, the same bytes for the same plan and `previous`.

    `previous` is the file of the export before, empty for the first. An event that is not
    what it was there gets a higher SEQUENCE; one that is not in the plan any more stays in
    the file, cancelled, so that calendars take it away. What lies before the start of this
    campaign is left alone. Times are in UTC, DTSTAMP is the day on which the date was set.
    Raises `ValueError` where `previous` is no such file.
    """
    before, start = _events_of(previous), plan.territory.start
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(plan.territory.name) or "Campaign")
    for event in _events(plan):
        current: Component = event
        if known := before.pop(str(event["UID"]), None):
            is_same = _body(known) == _body(event)
            current = known if is_same else _raised(event, known, event.decoded("DTSTAMP"))
        calendar.add_component(current)
    latest = _stamp_of(max((touch.planned_on for touch in plan.touches), default=start))
    for event in sorted(before.values(), key=lambda each: (_date(each), str(each["UID"]))):
        if _date(event) < start:
            continue
        current = event
        if event.get("STATUS") != "CANCELLED":
            current = Event.from_ical(event.to_ical())
            current.subcomponents = []
            current["STATUS"], current["TRANSP"] = "CANCELLED", "TRANSPARENT"
            current["X-MICROSOFT-CDO-BUSYSTATUS"] = "FREE"
            current = _raised(current, event, latest)
        calendar.add_component(current)
    content: bytes = calendar.to_ical()
    return content


def _events(plan: Plan) -> Iterator[Event]:
    """The events of everything that takes place, in the order of the plan."""
    mark = event_mark(plan.territory.name, plan.territory.start)
    written: dict[dt.date, list[Activity]] = {}
    for activity in activities(plan):
        if activity.kind is ActivityKind.WRITING:
            written.setdefault(activity.touch.date, []).append(activity)
        else:
            yield _of_meeting(activity, event_uid(mark, activity.touch.touch_id))
    for date, sitting in written.items():
        yield _of_sitting(plan, sitting, event_uid(mark, f"writing/{date.isoformat()}"))


def _of_meeting(activity: Activity, uid: str) -> Event:
    """A visit or a call, with an alarm before the drive to it, or shortly before it."""
    stop, span = activity.touch.stop, activity.span
    summary = f"{stop}. {activity.subject}" if stop and span is None else activity.subject
    event = _event(uid, activity.touches, span, is_busy=span is not None)
    event.add("summary", summary)
    event.add("description", "\n".join(activity.details))
    if activity.place:
        event.add("location", activity.place)
    minutes, account = _BEFORE_CALL, activity.who.account
    if activity.kind is ActivityKind.VISIT:
        minutes = _BEFORE_DRIVE + max(touch.travel_minutes for touch in activity.touches)
        if account and account.precision is Precision.GIVEN:
            event.add("geo", (account.latitude, account.longitude))
    if span:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", dt.timedelta(minutes=-minutes))
        event.add_component(alarm)
    return event


def _of_sitting(plan: Plan, sitting: Sequence[Activity], uid: str) -> Event:
    """All that is written on a day."""
    touches = [touch for activity in sitting for touch in activity.touches]
    date, span = touches[0].date, span_of(plan, touches)
    is_busy, kept = span is not None, sitting_on(plan, date)
    if span is None and kept is not None and kept.start is not None:
        span = span_between(plan, date, kept.start, kept.start + kept.minutes)
    minutes = minutes_in_words(sum(touch.minutes for touch in touches))
    lines = (line for activity in sitting for line in ("", activity.subject, *activity.details))
    counts = Counter(touch.channel for touch in touches)
    written = listed([counted(number, channel) for channel, number in counts.items()])
    event = _event(uid, touches, span, is_busy=is_busy)
    event.add("summary", one_line(f"Write {written}"))
    event.add("description", "\n".join((f"About {minutes}.", *lines)))
    return event


def _event(
    uid: str,
    touches: Sequence[Touch],
    span: tuple[dt.datetime, dt.datetime] | None,
    *,
    is_busy: bool,
) -> Event:
    date = touches[0].date
    start, end = span or (date, date + _A_DAY)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", _stamp_of(max(touch.planned_on for touch in touches)))
    event.add("sequence", 0)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "BUSY" if is_busy else "FREE")
    event.add("categories", list(dict.fromkeys(one_line(touch.channel) for touch in touches)))
    event.add("status", "CONFIRMED")
    return event


def _stamp_of(day: dt.date) -> dt.datetime:
    """A day as DTSTAMP has it: its midnight in UTC."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _events_of(previous: bytes) -> dict[str, Event]:
    """The events of an earlier export by their UID; raises `ValueError` where it is none.

    One that is damaged, and lacks what is asked of it here, begins again.
    """
    if not previous:
        return {}
    problem = "is no calendar that this program has written"
    try:
        calendar = Calendar.from_ical(previous.translate(None, CONTROLS))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(problem) from error
    if str(calendar.get("PRODID", "")) != PRODUCT:
        raise ValueError(problem)
    return {
        str(event["UID"]): event
        for event in calendar.walk("VEVENT")
        if isinstance(event, Event) and not event.errors and isinstance(event.get("UID"), str)
        if all(isinstance(event.decoded(name, None), kind) for name, kind in _ASKED)
    }


def _body(event: Event) -> list[bytes]:
    """All that an event says, save which revision it is."""
    lines = event.to_ical().splitlines()
    return [line for line in lines if not line.startswith((b"SEQUENCE:", b"DTSTAMP:"))]


def _raised(event: Component, before: Event, day: dt.datetime) -> Component:
    moment: dt.datetime = before.decoded("DTSTAMP")
    stamp = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    sequence = int(before.decoded("SEQUENCE")) + 1
    for name in ("SEQUENCE", "DTSTAMP"):
        event.pop(name, None)
    event.add("sequence", sequence)
    event.add("dtstamp", max(day, stamp))
    return event


def _date(event: Event) -> dt.date:
    start: dt.date = event.decoded("DTSTART")
    return start.date() if isinstance(start, dt.datetime) else start
