"""What the rep does, as calendars and customer systems hold it: visits, calls, letters.

One visit meets every person of an account whose touch falls on it, and is one activity.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum

from attrs import field, frozen

from campaign.consequences import Hold, consequences
from campaign.errors import Finding
from campaign.outputs.agenda import said_in
from campaign.outputs.plan_table import in_order
from campaign.outputs.timetable import channel_of, leaving_for
from campaign.outputs.whom import Whom, night_of, whom_of
from campaign.phrases import clock, counted, day_in_words, minutes_in_words
from campaign.touches import Plan, Status, Touch

_MINUTE = dt.timedelta(minutes=1)


class ActivityKind(StrEnum):
    """Whether the rep drives there, reaches out from the desk, or writes for the post."""

    VISIT = "visit"
    CALL = "call"
    WRITING = "writing"


@frozen
class Activity:
    """One thing that the rep does: the touches that it makes, the leading one first.

    That is the longest, by whose id it is known; the others are made on the way. `who` is whom
    it is about, `people` the names of all whom it meets, none where the account itself is the
    contact; `span` its start and end in UTC, None where it is not timed.
    """

    plan: Plan
    kind: ActivityKind
    touches: tuple[Touch, ...] = field(kw_only=True)
    who: Whom = field(kw_only=True)
    people: tuple[str, ...] = field(kw_only=True)
    span: tuple[dt.datetime, dt.datetime] | None = field(kw_only=True)

    @property
    def touch(self) -> Touch:
        """The leading touch."""
        return self.touches[0]

    @property
    def is_done(self) -> bool:
        """Whether all of it has been done."""
        return all(touch.status is Status.DONE for touch in self.touches)

    @property
    def subject(self) -> str:
        """What is done with whom and why, in one line that starts with the channel."""
        people = f" ({', '.join(self.people)})" if self.people else ""
        purposes = dict.fromkeys(touch.purpose for touch in self.touches)
        head = f"{self.touch.channel.capitalize()}: {self.who.called}{people}"
        return one_line(f"{head}, {', '.join(purposes)}")

    @property
    def place(self) -> str:
        """The address of a visit; the phone number of a call; else nothing."""
        if self.kind is ActivityKind.VISIT:
            return one_line(self.who.address)
        return one_line(self.who.phone) if self.touch.channel == "call" else ""

    @property
    def details(self) -> tuple[str, ...]:
        """What to know, a line each: drive, number, address, briefs, notes, reasons."""
        who, lines = self.who, list(_drive(self))
        if self.kind is not ActivityKind.CALL and who.address:
            lines.append(f"Address: {who.address}")
        if self.kind is not ActivityKind.WRITING and who.phone:
            lines.append(f"Phone: {who.phone}")
        if self.touch.channel == "email" and who.email:
            lines.append(f"Email: {who.email}")
        for touch in self.touches:
            person = one_line(whom_of(self.plan, touch).meets) if len(self.touches) > 1 else ""
            lines += [f"{person}: {touch.purpose}"] if person else []
            lines += _told(touch)
        return tuple(filter(None, map(one_line, dict.fromkeys(lines))))


def activities(plan: Plan) -> list[Activity]:
    """Everything that takes place, done or planned, in the order of the plan.

    What is not to be made as things stand (`NOT NOW`) is not among it.
    """
    met: dict[tuple[object, ...], list[Touch]] = {}
    waits = {touch.touch_id for touch, _ in _on_hold(plan)}
    for touch in in_order(t for t in plan.touches if t.stands and t.touch_id not in waits):
        # A visit belongs to the account: it meets everybody whose step falls on it.
        is_visit = channel_of(plan, touch).travels
        visit = touch.date, touch.account_id, touch.stop, touch.channel
        met.setdefault(visit if is_visit else (touch.touch_id,), []).append(touch)
    made = []
    for touches in met.values():
        channel = channel_of(plan, touches[0])
        kind = ActivityKind.WRITING if channel.is_post else ActivityKind.CALL
        kind = ActivityKind.VISIT if channel.travels else kind
        made_of = tuple(sorted(touches, key=lambda touch: -touch.minutes))
        names = dict.fromkeys(one_line(whom_of(plan, touch).meets) for touch in made_of)
        people, who = tuple(filter(None, names)), whom_of(plan, made_of[0])
        span = span_of(plan, made_of)
        made.append(Activity(plan, kind, touches=made_of, who=who, people=people, span=span))
    return made


def waiting(plan: Plan) -> list[Finding]:
    """A notice where planned touches are left out of the activities, as they have to wait."""
    held = _on_hold(plan)
    if not held:
        return []
    touch, hold = held[0]
    which = counted(len(held), "planned touch is", "planned touches are")
    first = f"{whom_of(plan, touch).called}, {touch.channel} on {touch.date} ({hold.words})"
    problem = f"{which} not to be made as things stand, and left out; the first is {first}"
    remedy = "plan on with campaign replan, and export again"
    return [Finding.notice("campaign.csv", problem, remedy=remedy)]


def _on_hold(plan: Plan) -> list[tuple[Touch, Hold]]:
    """The planned touches that have to wait, each with why, in the order of the plan."""
    found = consequences(plan.territory, plan.touches)
    planned = (touch for touch in plan.touches if touch.status is Status.PLANNED)
    held = ((touch, found.hold(touch)) for touch in in_order(planned))
    return [(touch, hold) for touch, hold in held if hold]


def span_of(plan: Plan, touches: Sequence[Touch]) -> tuple[dt.datetime, dt.datetime] | None:
    """From the first start to the last end of touches of a day, in UTC; None if untimed."""
    spans = [
        (touch.start, touch.start + touch.minutes if touch.end is None else touch.end)
        for touch in touches
        if touch.start is not None
    ]
    if not spans:
        return None
    last = max(end for _, end in spans)
    return span_between(plan, touches[0].date, min(start for start, _ in spans), last)


def span_between(
    plan: Plan, date: dt.date, first: int, last: int
) -> tuple[dt.datetime, dt.datetime]:
    """From one minute of a day to another by the clock of the rep, in UTC.

    Where the clock is changed in between, the length stays that of the plan.
    """
    midnight = dt.datetime.combine(date, dt.time())
    start = (midnight + first * _MINUTE).replace(tzinfo=plan.territory.rep.zone)
    begin = start.astimezone(dt.UTC)
    return begin, begin + max(1, last - first) * _MINUTE


def one_line(text: str) -> str:
    """A text in one line without the signs that no calendar and no table may hold."""
    sound = text.encode("utf-8", "replace").decode()
    return " ".join(
        "".join(one for one in sound if one.isspace() or unicodedata.category(one) != "Cc").split()
    )


def _drive(activity: Activity) -> Iterator[str]:
    touches = activity.touches
    there = max(touch.travel_minutes for touch in touches)
    home = max(touch.home_minutes for touch in touches)
    starts = [touch.start for touch in touches if touch.start is not None]
    ends = [touch.end for touch in touches if touch.end is not None]
    if there:
        leaves = leaving_for(activity.plan, activity.touch)
        if leaves is None and starts and min(starts) >= there:
            leaves = min(starts) - there
        leave = "" if leaves is None else f": leave by {clock(leaves)}"
        yield f"Drive {minutes_in_words(there)}{leave}."
    night = next((night_of(activity.plan, t.date) for t in touches if t.night), "")
    if home:
        meetings = activity.plan.territory.rep.meetings_on(activity.touch.date)
        ahead = bool(ends) and any(meeting.start >= max(ends) for meeting in meetings)
        to = "to the night's place" if night else "to your next meeting" if ahead else "home"
        yield f"Then {minutes_in_words(home)} {to}."
    if night:
        yield f"{night[:1].upper()}{night[1:]}."


def _told(touch: Touch) -> Iterator[str]:
    yield f"Arrives by {day_in_words(touch.arrives)}." if touch.arrives else ""
    yield touch.brief
    yield from said_in(touch)
    yield f"Note: {touch.note}" if touch.note else ""
    if touch.is_done:
        on = f" on {day_in_words(touch.done_on)}" if touch.done_on else ""
        yield f"Done{on}{f': {touch.outcome}' if touch.outcome else ''}."
    yield f"Why this day: {touch.why}" if touch.why else ""
    yield f"Touch: {touch.touch_id}{'' if touch.required else ' (optional)'}"
