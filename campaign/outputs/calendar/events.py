"""The events of a plan: a visit and a call each, the writing of a day together.

What has a time is an event in UTC, which Outlook and Google read alike without any time
zone block. Writing stands where the day has room for it, and leaves the time free: it may be
moved. What has no time stands at the top of its day, all day long, and leaves it free too.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen
from icalendar import Alarm, Event

from campaign.model.marks import event_mark, event_uid
from campaign.model.values import Precision
from campaign.outputs.activities import (
    Activity,
    Kind,
    activities,
    one_line,
    span_between,
    span_of,
)
from campaign.outputs.agenda import minutes_in_words
from campaign.outputs.timetable import sitting_on
from campaign.touches import Plan, Touch

_A_DAY = dt.timedelta(days=1)
# Time to find the keys, and to look up the number.
_BEFORE_DRIVE, _BEFORE_CALL = 10, 5


@frozen
class Entry:
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


def _entries(plan: Plan) -> Iterator[Entry]:
    written: dict[dt.date, list[Activity]] = {}
    for activity in activities(plan):
        if activity.kind is Kind.WRITING:
            written.setdefault(activity.touch.date, []).append(activity)
        else:
            yield _of_activity(activity)
    for date, sitting in written.items():
        yield _of_sitting(plan, date, sitting)


def _of_activity(activity: Activity) -> Entry:
    stop = activity.touch.stop
    place = f"{stop}. " if stop and activity.span is None else ""
    return Entry(
        activity.touch.touch_id,
        activity.touch.date,
        span=activity.span,
        summary=f"{place}{activity.subject}",
        details=activity.details,
        touches=activity.touches,
        is_busy=activity.span is not None,
        activity=activity,
    )


def _of_sitting(plan: Plan, date: dt.date, sitting: Sequence[Activity]) -> Entry:
    touches = tuple(touch for activity in sitting for touch in activity.touches)
    minutes = minutes_in_words(sum(touch.minutes for touch in touches))
    lines = (line for activity in sitting for line in ("", activity.subject, *activity.details))
    span, kept = span_of(plan, touches), sitting_on(plan, date)
    is_busy = span is not None
    if span is None and kept is not None and kept.start is not None:
        span = span_between(plan, date, kept.start, kept.start + kept.minutes)
    return Entry(
        f"writing/{date.isoformat()}",
        date,
        span=span,
        is_busy=is_busy,
        summary=one_line(f"Write {_counted(touches)}"),
        details=(f"About {minutes}.", *lines),
        touches=touches,
    )


def _counted(touches: Iterable[Touch]) -> str:
    """`1 letter and 2 postcards`."""
    counts = Counter(touch.channel for touch in touches)
    names = [f"{n} {name}" if n == 1 else f"{n} {name}s" for name, n in counts.items()]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _event(entry: Entry, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp(max(touch.planned_on for touch in entry.touches)))
    event.add("sequence", 0)
    _add_time(event, entry)
    event.add("summary", entry.summary)
    event.add("description", "\n".join(entry.details))
    event.add("categories", list(dict.fromkeys(one_line(t.channel) for t in entry.touches)))
    event.add("status", "CONFIRMED")
    if entry.activity:
        _add_place(event, entry.activity)
    if entry.activity and entry.span:
        event.add_component(_alarm(entry.activity, entry.summary))
    return event


def _add_time(event: Event, entry: Entry) -> None:
    start, end = entry.span or (entry.date, entry.date + _A_DAY)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "BUSY" if entry.is_busy else "FREE")


def _add_place(event: Event, activity: Activity) -> None:
    if activity.place:
        event.add("location", activity.place)
    account = activity.who.account
    if activity.kind is Kind.VISIT and account and account.precision is Precision.GIVEN:
        event.add("geo", (account.latitude, account.longitude))


def _alarm(activity: Activity, words: str) -> Alarm:
    """Before the drive to a visit, or shortly before a call."""
    minutes = _BEFORE_CALL
    if activity.kind is Kind.VISIT:
        minutes = _BEFORE_DRIVE + max(touch.travel_minutes for touch in activity.touches)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", dt.timedelta(minutes=-minutes))
    return alarm
