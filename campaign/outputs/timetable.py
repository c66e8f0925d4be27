"""A day of a plan as it is lived: drives, visits, calls, lunch, one sitting to write.

Rows carry the times of visits and calls alone. The drives between them are known to the
minute; for lunch and for writing the planner has kept room, which is found again here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product

from attrs import evolve, frozen

from campaign.geography.travel import drive_minutes
from campaign.model.channels import Channel
from campaign.model.frames import (
    Frame,
    Span,
    Spans,
    earliest,
    frame_of,
    latest,
    off_the_hour,
    without,
)
from campaign.model.hours import clock
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.model.values import Coordinates
from campaign.outputs.table import in_order
from campaign.touches import Plan, Status, Touch

CALL = "call"
# When lunch is best begun; what writing away from home, or lunch at a bad time, costs.
_NOON = (11 * 60 + 30, 13 * 60)
_AWAY = 45


class Part(StrEnum):
    """What an entry of a day is."""

    DRIVE = "drive"
    VISIT = "visit"
    HOME = "home"
    CALLS = "calls"
    WRITING = "writing"
    LUNCH = "lunch"
    MEETING = "meeting"
    BUSY = "busy"
    DONE = "done"


@frozen
class Entry:
    """One thing after the other: from `start` to `end`, minutes after midnight, None untimed.

    A drive goes to the visit or the `meeting` that follows it, `home` to the rep's own, or to
    where the night is spent; `what` names a meeting of the rep's own at a known `place`. A
    visit holds a touch
    for each person met, `calls` a block of them, `writing` all that is written on the day;
    `done` is what was logged already.
    """

    part: Part
    minutes: int
    start: int | None = None
    touches: tuple[Touch, ...] = ()
    what: str = ""
    place: Coordinates | None = None

    @property
    def end(self) -> int | None:
        """When it is over."""
        return None if self.start is None else self.start + self.minutes


def touches_on(plan: Plan, date: dt.date) -> Sequence[Touch]:
    """The touches of a day, done ones too, in the order of the file."""
    return in_order(touch for touch in plan.touches if touch.date == date and touch.stands)


def day_of(plan: Plan, date: dt.date) -> tuple[Entry, ...]:
    """The entries of a day: what has a time in its order, then what has none.

    The rep's own appointments stand on every working day of the campaign.
    """
    touches = touches_on(plan, date)
    done = [touch for touch in touches if touch.status is Status.DONE]
    planned = [touch for touch in touches if touch.status is not Status.DONE]
    visits = tuple(_visits(touch for touch in planned if _travels(plan, touch)))
    calls = tuple(_calls(t for t in planned if t.channel == CALL and not _travels(plan, t)))
    desk = tuple(t for t in planned if t.channel != CALL and not _travels(plan, t))
    rep = plan.territory.rep
    frame, met = frame_of(rep, date), (*visits, *calls)
    is_worked = bool(touches) or plan.territory.calendar.is_working_day(date)
    is_timed = is_worked and all(entry.start is not None for entry in met)
    meetings = tuple(_meetings(rep, date)) if is_timed else ()
    entries = [*_tour(plan.territory, frame, _in_turn(visits, meetings), calls), *calls]
    entries = _with_gaps(frame, entries, desk) if planned else entries
    if is_timed or any(entry.start is not None for entry in entries):
        busy = without(tuple((b.start, b.end) for b in rep.busy_on(date)), _taken(meetings))
        entries += [Entry(Part.BUSY, end - start, start) for start, end in busy]
    timed = [entry for entry in entries if entry.start is not None]
    rest = [entry for entry in entries if entry.start is None]
    facts = [Entry(Part.DONE, touch.minutes, None, (touch,)) for touch in done]
    return (*sorted(timed, key=lambda entry: (entry.start, entry.end)), *rest, *facts)


def day_record(plan: Plan, date: dt.date) -> dict[str, object]:
    """The entries of a day as plain values, for programs."""
    return {
        "date": date.isoformat(),
        "entries": [
            {
                "part": entry.part.value,
                "start": None if entry.start is None else clock(entry.start),
                "end": None if entry.end is None else clock(entry.end),
                "minutes": entry.minutes,
                "touches": [touch.touch_id for touch in entry.touches],
            }
            for entry in day_of(plan, date)
        ],
    }


def channel_of(plan: Plan, touch: Touch) -> Channel:
    """The channel of a touch, also of one that the territory does not know."""
    return plan.territory.channels.get(touch.channel) or Channel(touch.channel, touch.minutes)


def _travels(plan: Plan, touch: Touch) -> bool:
    return channel_of(plan, touch).travels


def _span(touch: Touch) -> Span | None:
    if touch.start is None or touch.end is None or touch.end < touch.start:
        return None
    return touch.start, touch.end


def _visits(touches: Iterable[Touch]) -> Iterator[Entry]:
    """One entry a stop, in the order of the tour."""
    stops: dict[tuple[int, str], list[Touch]] = {}
    for touch in touches:
        stops.setdefault((touch.stop, touch.account_id), []).append(touch)
    for met in stops.values():
        spans = [_span(touch) for touch in met]
        known = [span for span in spans if span is not None]
        if len(known) == len(met):
            start = min(span[0] for span in known)
            yield Entry(Part.VISIT, max(span[1] for span in known) - start, start, tuple(met))
        else:
            yield Entry(Part.VISIT, sum(touch.minutes for touch in met), None, tuple(met))


def _calls(touches: Iterable[Touch]) -> Iterator[Entry]:
    """Calls that follow each other at once as one block; those without a time as another."""
    block: Entry | None = None
    untimed: list[Touch] = []
    for touch in sorted(touches, key=lambda touch: (touch.start or 0, touch.touch_id)):
        span = _span(touch)
        if span is None:
            untimed.append(touch)
        elif block is not None and block.end == span[0]:
            minutes = block.minutes + span[1] - span[0]
            block = evolve(block, minutes=minutes, touches=(*block.touches, touch))
        else:
            if block is not None:
                yield block
            block = Entry(Part.CALLS, span[1] - span[0], span[0], (touch,))
    if block is not None:
        yield block
    if untimed:
        yield Entry(Part.CALLS, sum(t.minutes for t in untimed), None, tuple(untimed))


def _taken(entries: Iterable[Entry]) -> list[Span]:
    return [(e.start, e.end) for e in entries if e.start is not None and e.end is not None]


def _meetings(rep: Rep, date: dt.date) -> Iterator[Entry]:
    for each in rep.meetings_on(date):
        minutes = each.end - each.start
        yield Entry(Part.MEETING, minutes, each.start, what=each.what, place=each.place)


def _in_turn(visits: Sequence[Entry], meetings: Sequence[Entry]) -> Sequence[Entry]:
    """Visits in the order of the tour, meetings where their times put them."""
    return sorted((*visits, *meetings), key=lambda stop: stop.start or 0) if meetings else visits


def _tour(
    territory: Territory, frame: Frame, stops: Sequence[Entry], calls: Sequence[Entry]
) -> list[Entry]:
    """The stops and the drives before them, each as late as it may be; then the way home."""
    free = without(frame.road, _taken([*stops, *calls]))
    since: int | None = 0
    before: Entry | None = None
    found: list[Entry] = []
    for stop in stops:
        drive, left = _drive(territory, before, stop), -1
        if since is not None and stop.start is not None:
            left = latest(_from(free, since), stop.start, drive)
        if left >= 0 or not _is_own(before, stop):
            found.append(Entry(Part.DRIVE, drive, left if left >= 0 else None))
        found.append(stop)
        since, before = stop.end, stop
    if before is not None:
        home = _drive(territory, before, None)
        left = earliest(free, since, home) if since is not None else -1
        if left >= 0 or not _is_own(before, None):
            found.append(Entry(Part.HOME, home, left if left >= 0 else None))
    return [entry for entry in found if entry.minutes or entry.touches]


def _is_own(one: Entry | None, other: Entry | None) -> bool:
    """Whether a drive is between home and meetings alone; None is home."""
    return all(stop is None or stop.part is Part.MEETING for stop in (one, other))


def _drive(territory: Territory, one: Entry | None, other: Entry | None) -> int:
    """The minutes from one stop to another, by the rows of a visit; None is home."""
    if other is not None and other.touches:
        return sum(touch.travel_minutes for touch in other.touches)
    if one is not None and one.touches:
        return sum(touch.home_minutes for touch in one.touches)
    travel, home = territory.travel, territory.rep.home
    if other is None:
        return drive_minutes(travel, one.place if one else home, home)
    return drive_minutes(travel, one.place if one else home, other.place) + travel.minutes_per_stop


def _from(spans: Spans, since: int) -> Spans:
    return tuple((max(start, since), end) for start, end in spans if end > since)


def _with_gaps(frame: Frame, entries: Sequence[Entry], desk: tuple[Touch, ...]) -> list[Entry]:
    """The entries of a day with writing and lunch, where one that is timed has room for them."""
    writing = sum(touch.minutes for touch in desk)
    is_timed = all(entry.start is not None for entry in entries if entry.touches)
    days = _days(frame, entries, writing) if is_timed else ()
    best = min(days, key=lambda each: each[0], default=None)
    if best is None:
        return [*entries, *([Entry(Part.WRITING, writing, None, desk)] if desk else [])]
    _, day, (sitting, lunch) = best
    written = [Entry(Part.WRITING, writing, sitting, desk)] if desk else []
    return [*day, *written, *([Entry(Part.LUNCH, frame.lunch, lunch)] if frame.lunch else [])]


def _days(
    frame: Frame, entries: Sequence[Entry], writing: int
) -> Iterator[tuple[int, list[Entry], tuple[int, int]]]:
    """The day driven home at once, and with lunch before that: what it costs, its gaps."""
    for longer, day in _ways_home(frame, entries):
        gaps = _best_gaps(frame, day, writing)
        if gaps is not None:
            cost, *starts = gaps
            yield cost + longer, day, (starts[0], starts[1])


def _ways_home(frame: Frame, entries: Sequence[Entry]) -> Iterator[tuple[int, list[Entry]]]:
    """The entries as they are, and with the way home after lunch: minutes longer away first."""
    yield 0, list(entries)
    home = next((each for each in entries if each.part is Part.HOME), None)
    if home is None or home.start is None:
        return
    others = [each for each in entries if each is not home]
    free = without(frame.road, _taken(others))
    left = earliest(free, home.start + frame.lunch, home.minutes)
    if left >= 0:
        yield left - home.start, [*others, evolve(home, start=left)]


def _best_gaps(frame: Frame, entries: Sequence[Entry], writing: int) -> tuple[int, int, int] | None:
    """What writing and lunch cost and when they start: at home and at noon where that can be."""
    taken = _taken(entries)
    road, away = without(frame.road, taken), _away(entries)
    sittings = _starts(without(frame.work, taken), writing, (away[1], frame.writing or 0))
    lunches = _starts(road, frame.lunch, (_NOON[0], *(s + writing for s in sittings)))
    sittings += _starts(without(frame.work, taken), writing, [at + frame.lunch for at in lunches])
    pairs = (
        (off_the_hour(sitting, frame.writing) + _cost(sitting, lunch, away), sitting, lunch)
        for sitting, lunch in product(sittings, lunches)
        if sitting + writing <= lunch or lunch + frame.lunch <= sitting
    )
    return min(pairs, default=None)


def _cost(sitting: int, lunch: int, away: Span) -> int:
    off = max(_NOON[0] - lunch, lunch - _NOON[1], 0)
    return off + (_AWAY if away[0] < sitting < away[1] else 0)


def _away(entries: Sequence[Entry]) -> Span:
    """From when to when the rep is not at home."""
    drives = _taken(e for e in entries if e.part in (Part.DRIVE, Part.HOME, Part.VISIT))
    return (min(drives)[0], max(drives)[1]) if drives else (0, 0)


def _starts(spans: Spans, minutes: int, wanted: Iterable[int]) -> list[int]:
    """The starts worth looking at: as early as each span allows, its end, and some others."""
    times = [0, *(start for start, _ in spans), *(end - minutes for _, end in spans), *wanted]
    found = {earliest(spans, time, minutes) for time in times}
    return sorted(start for start in found if start >= 0)
