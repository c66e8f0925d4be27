"""A day of a plan as it is lived: drives, visits, calls, lunch, one sitting to write.

Rows carry the times of visits and calls alone. Around these the same programme that timed
them for the planner lays out the rest, by the same prices: drives, lunch, the sitting.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from attrs import evolve, frozen

from campaign.geography.travel import leg_minutes, way_home
from campaign.model.channels import CALL, Channel
from campaign.model.frames import BREAK, Frame, Span, frame_of, without
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.model.values import Coordinates, Place
from campaign.outputs.plan_table import in_order
from campaign.phrases import clock
from campaign.timetable.day import EntryKind, Stop, TimedEntry, UntimedDay, with_own_drives
from campaign.timetable.depth_first import best
from campaign.touches import Plan, Status, Touch


class DayPart(StrEnum):
    """What an entry of a day is."""

    DRIVE = "drive"
    VISIT = "visit"
    HOME = "home"
    CALLS = "calls"
    BREAK = "break"
    WRITING = "writing"
    LUNCH = "lunch"
    MEETING = "meeting"
    BUSY = "busy"
    DONE = "done"


@frozen
class DayEntry:
    """One thing after the other: from `start` to `end`, minutes after midnight, None untimed.

    A drive goes to the visit or the `meeting` that follows it, `home` to the rep's own, or to
    where the night is spent; `what` names a meeting of the rep's own at a known `place`. A
    visit holds a touch
    for each person met, `calls` a block of them with no `break` between, `writing` all that is
    written on the day; `done` is what was logged already.
    """

    part: DayPart
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


def day_of(plan: Plan, date: dt.date) -> tuple[DayEntry, ...]:
    """The entries of a day: what has a time in its order, then what has none.

    The rep's own appointments stand on every working day of the campaign.
    """
    touches = touches_on(plan, date)
    done = [touch for touch in touches if touch.status is Status.DONE]
    planned = [touch for touch in touches if touch.status is not Status.DONE]
    visits = tuple(_visits(touch for touch in planned if _travels(plan, touch)))
    calls = tuple(_calls(t for t in planned if t.channel == CALL and not _travels(plan, t)))
    desk = tuple(t for t in planned if t.channel != CALL and not _travels(plan, t))
    rep, met = plan.territory.rep, (*visits, *calls)
    is_worked = bool(touches) or plan.territory.calendar.is_working_day(date)
    is_timed = is_worked and all(entry.start is not None for entry in met)
    meetings = tuple(_meetings(rep, date)) if is_timed else ()
    frame = frame_of(rep, date) if planned else evolve(frame_of(rep, date), lunch=0)
    tour = _Tour(plan.territory, frame, date, _in_turn(visits, meetings), calls, desk)
    entries = [*tour.by_the_clock(), *calls] if is_timed else tour.in_its_order()
    entries += _breaks(entries)
    if is_timed or any(entry.start is not None for entry in entries):
        busy = without(tuple((b.start, b.end) for b in rep.busy_on(date)), _taken(meetings))
        entries += [DayEntry(DayPart.BUSY, end - start, start) for start, end in busy]
    timed = [entry for entry in entries if entry.start is not None]
    rest = [entry for entry in entries if entry.start is None]
    facts = [DayEntry(DayPart.DONE, touch.minutes, None, (touch,)) for touch in done]
    return (*sorted(timed, key=lambda entry: (entry.start, entry.end)), *rest, *facts)


def sitting_on(plan: Plan, date: dt.date) -> DayEntry | None:
    """When what is still to be written on a day is written; None where it has no time."""
    sittings = (each for each in day_of(plan, date) if each.part is DayPart.WRITING)
    return next((each for each in sittings if each.start is not None), None)


def leaving_for(plan: Plan, visit: Touch) -> int | None:
    """When the drive to a planned visit begins, in minutes after midnight; None if not known."""
    leaves: int | None = None
    for entry in day_of(plan, visit.date):
        if entry.part is DayPart.DRIVE:
            leaves = entry.start
        if visit in entry.touches:
            return leaves if visit.travel_minutes else None
    return None


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


def _visits(touches: Iterable[Touch]) -> Iterator[DayEntry]:
    """One entry a stop, in the order of the tour."""
    stops: dict[tuple[int, str], list[Touch]] = {}
    for touch in touches:
        stops.setdefault((touch.stop, touch.account_id), []).append(touch)
    for met in stops.values():
        spans = [_span(touch) for touch in met]
        known = [span for span in spans if span is not None]
        if len(known) == len(met):
            start = min(span[0] for span in known)
            yield DayEntry(DayPart.VISIT, max(span[1] for span in known) - start, start, tuple(met))
        else:
            yield DayEntry(DayPart.VISIT, sum(touch.minutes for touch in met), None, tuple(met))


def _calls(touches: Iterable[Touch]) -> Iterator[DayEntry]:
    """Calls that follow each other at once as one block; those without a time as another."""
    block: DayEntry | None = None
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
            block = DayEntry(DayPart.CALLS, span[1] - span[0], span[0], (touch,))
    if block is not None:
        yield block
    if untimed:
        yield DayEntry(DayPart.CALLS, sum(t.minutes for t in untimed), None, tuple(untimed))


def _taken(entries: Iterable[DayEntry]) -> list[Span]:
    return [(e.start, e.end) for e in entries if e.start is not None and e.end is not None]


def _meetings(rep: Rep, date: dt.date) -> Iterator[DayEntry]:
    for each in rep.meetings_on(date):
        minutes = each.end - each.start
        yield DayEntry(DayPart.MEETING, minutes, each.start, what=each.what, place=each.place)


def _in_turn(visits: Sequence[DayEntry], meetings: Sequence[DayEntry]) -> Sequence[DayEntry]:
    """Visits in the order of the tour, meetings where their times put them."""
    return sorted((*visits, *meetings), key=lambda stop: stop.start or 0) if meetings else visits


@frozen
class _Tour:
    """The stops of a day in their order, and what else it holds."""

    territory: Territory
    frame: Frame
    date: dt.date
    stops: Sequence[DayEntry]
    calls: Sequence[DayEntry]
    desk: tuple[Touch, ...]

    @property
    def _legs(self) -> Iterator[tuple[DayEntry | None, DayEntry | None]]:
        """From home to the first stop, from stop to stop, and home again, which is None."""
        return pairwise((None, *self.stops, None)) if self.stops else iter(())

    @property
    def _drives(self) -> list[int]:
        return [self._drive(one, other) for one, other in self._legs]

    def _drive(self, one: DayEntry | None, other: DayEntry | None) -> int:
        """The minutes from one stop to another, by the rows of a visit; None is the day's base."""
        if other is not None and other.touches:
            return sum(touch.travel_minutes for touch in other.touches)
        if one is not None and one.touches:
            return sum(touch.home_minutes for touch in one.touches)
        travel, base = self.territory.travel, self.territory.rep.place_on(self.date)
        origin = Place(one.place) if one else base
        if other is None:
            return way_home(travel, origin, base)
        return leg_minutes(travel, origin, Place(other.place))

    @property
    def _day(self) -> UntimedDay:
        """The day as it is timed: what is met stands where it stands."""
        called = _taken(self.calls)
        work, road = without(self.frame.work, called), without(self.frame.road, called)
        *there, home = self._drives or [0]
        spans = _taken(self.stops)
        day = UntimedDay(
            evolve(self.frame, work=work, road=road),
            tuple(
                Stop((span,), span[1] - span[0], drive)
                for span, drive in zip(spans, there, strict=True)
            ),
            home,
            sitting=sum(touch.minutes for touch in self.desk),
            until=max((end for _, end in called), default=0),
        )
        legs = zip(self._legs, self._drives, strict=True)
        own = {number: drive for number, (leg, drive) in enumerate(legs) if _is_own(*leg)}
        return with_own_drives(day, own) if own else day

    def by_the_clock(self) -> list[DayEntry]:
        """All of the tour, lunch and what is written; without a time what has no room."""
        # The rows hold times of visits and calls alone; what was dropped to fit them in is tried
        # again in the order in which a rep would give it up: writing first, then lunch.
        whole = self._day
        hungry = evolve(whole, frame=evolve(whole.frame, lunch=0))
        for day in (whole, evolve(whole, sitting=0), hungry, evolve(hungry, sitting=0)):
            found = best(day)
            if found is not None:
                entries = [self._entry(each) for each in found if each.start < each.end]
                return entries if day.sitting else [*entries, *self._untimed]
        return [*self._driven(), *self._untimed]

    def _entry(self, timed: TimedEntry) -> DayEntry:
        if timed.kind is EntryKind.VISIT:
            return self.stops[timed.number]
        is_desk = timed.kind is EntryKind.SITTING
        part = DayPart.WRITING if is_desk else DayPart(timed.kind.value)
        return DayEntry(part, timed.end - timed.start, timed.start, self.desk if is_desk else ())

    @property
    def _untimed(self) -> list[DayEntry]:
        minutes = sum(touch.minutes for touch in self.desk)
        return [DayEntry(DayPart.WRITING, minutes, None, self.desk)] if self.desk else []

    def in_its_order(self) -> list[DayEntry]:
        """The drives, stops, calls and what is written, where not all that is met has a time."""
        return [*self._driven(), *self.calls, *self._untimed]

    def _driven(self) -> Iterator[DayEntry]:
        """The stops, each drive right before its own, and the way home right after the last."""
        for (one, other), drive in zip(self._legs, self._drives, strict=True):
            if drive and not _is_own(one, other):
                leaves = one.end if other is None and one else None
                if other is not None and other.start is not None:
                    leaves = other.start - drive
                start = None if leaves is None else max(leaves, 0)
                yield DayEntry(DayPart.DRIVE if other else DayPart.HOME, drive, start)
            if other is not None:
                yield other


def _breaks(entries: Iterable[DayEntry]) -> Iterator[DayEntry]:
    """The breaks between calls: a gap with nothing in it that is as long, and not much longer."""
    timed = sorted((e.start, e.end, e.part) for e in entries if e.start is not None and e.end)
    for (_, since, one), (until, _, other) in pairwise(timed):
        if one == other == DayPart.CALLS and BREAK <= until - since < 2 * BREAK:
            yield DayEntry(DayPart.BREAK, until - since, since)


def _is_own(one: DayEntry | None, other: DayEntry | None) -> bool:
    """Whether a drive is between home and meetings alone; None is home."""
    return all(stop is None or stop.part is DayPart.MEETING for stop in (one, other))
