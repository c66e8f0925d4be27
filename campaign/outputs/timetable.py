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
from campaign.model.territory import Territory
from campaign.model.values import Coordinates, Place
from campaign.outputs.plan_table import in_order
from campaign.phrases import clock
from campaign.timetable.day import EntryKind, Stop, UntimedDay, with_own_drives
from campaign.timetable.labelling import best
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
    visit holds a touch for each person met, `calls` a block of them with no `break` between,
    `writing` all that is written on the day; `done` is what was logged already.
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
    touches, rep = touches_on(plan, date), plan.territory.rep
    planned = [touch for touch in touches if touch.status is not Status.DONE]
    visits = list(_visits(touch for touch in planned if channel_of(plan, touch).travels))
    at_desk = [touch for touch in planned if not channel_of(plan, touch).travels]
    calls = _calls(touch for touch in at_desk if touch.channel == CALL)
    desk = tuple(touch for touch in at_desk if touch.channel != CALL)
    is_worked = bool(touches) or plan.territory.calendar.is_working_day(date)
    is_timed = is_worked and all(entry.start is not None for entry in (*visits, *calls))
    meetings = [
        DayEntry(
            DayPart.MEETING, each.end - each.start, each.start, what=each.what, place=each.place
        )
        for each in (rep.meetings_on(date) if is_timed else ())
    ]
    stops = sorted((*visits, *meetings), key=lambda stop: stop.start or 0) if meetings else visits
    legs = list(_legs(plan.territory, date, stops))
    frame = frame_of(rep, date) if planned else evolve(frame_of(rep, date), lunch=0)
    laid = _by_the_clock(frame, legs, _taken(calls), desk) if is_timed else None
    entries = [*(_driven(legs) if laid is None else laid), *calls]
    if desk and not any(entry.part is DayPart.WRITING for entry in entries):
        entries.append(DayEntry(DayPart.WRITING, sum(t.minutes for t in desk), None, desk))
    entries += _breaks(entries)
    if is_timed or any(entry.start is not None for entry in entries):
        busy = without(tuple((b.start, b.end) for b in rep.busy_on(date)), _taken(meetings))
        entries += [DayEntry(DayPart.BUSY, end - start, start) for start, end in busy]
    timed = [entry for entry in entries if entry.start is not None]
    rest = [entry for entry in entries if entry.start is None]
    done = [touch for touch in touches if touch.status is Status.DONE]
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


def _span(touch: Touch) -> Span | None:
    if touch.start is None or touch.end is None or touch.end < touch.start:
        return None
    return touch.start, touch.end


def _taken(entries: Iterable[DayEntry]) -> list[Span]:
    return [(e.start, e.end) for e in entries if e.start is not None and e.end is not None]


def _visits(touches: Iterable[Touch]) -> Iterator[DayEntry]:
    """One entry a stop, in the order of the tour."""
    stops: dict[tuple[int, str], list[Touch]] = {}
    for touch in touches:
        stops.setdefault((touch.stop, touch.account_id), []).append(touch)
    for met in stops.values():
        spans = [span for span in map(_span, met) if span is not None]
        minutes, start = sum(touch.minutes for touch in met), None
        if len(spans) == len(met):
            start = min(first for first, _ in spans)
            minutes = max(last for _, last in spans) - start
        yield DayEntry(DayPart.VISIT, minutes, start, tuple(met))


def _calls(touches: Iterable[Touch]) -> list[DayEntry]:
    """Calls that follow each other at once as one block; those without a time as another."""
    blocks: list[DayEntry] = []
    untimed: list[Touch] = []
    for touch in sorted(touches, key=lambda touch: (touch.start or 0, touch.touch_id)):
        span = _span(touch)
        if span is None:
            untimed.append(touch)
        elif blocks and blocks[-1].end == span[0]:
            last = blocks.pop()
            minutes = last.minutes + span[1] - span[0]
            blocks.append(evolve(last, minutes=minutes, touches=(*last.touches, touch)))
        else:
            blocks.append(DayEntry(DayPart.CALLS, span[1] - span[0], span[0], (touch,)))
    if untimed:
        minutes = sum(touch.minutes for touch in untimed)
        blocks.append(DayEntry(DayPart.CALLS, minutes, None, tuple(untimed)))
    return blocks


_Leg = tuple[DayEntry | None, DayEntry | None, int]
"""From one stop to another, and the minutes between; None is where the day begins or ends."""


def _legs(territory: Territory, date: dt.date, stops: Sequence[DayEntry]) -> Iterator[_Leg]:
    """From home to the first stop, from stop to stop, and home again; the rows of visits tell."""
    travel, base = territory.travel, territory.rep.place_on(date)
    for one, other in pairwise((None, *stops, None)) if stops else ():
        origin = Place(one.place) if one else base
        if other is not None and other.touches:
            minutes = sum(touch.travel_minutes for touch in other.touches)
        elif one is not None and one.touches:
            minutes = sum(touch.home_minutes for touch in one.touches)
        elif other is None:
            minutes = way_home(travel, origin, base)
        else:
            minutes = leg_minutes(travel, origin, Place(other.place))
        yield one, other, minutes


def _is_own(leg: _Leg) -> bool:
    """Whether a drive is between places of the rep's own alone, and no part of the campaign."""
    return not any(stop and stop.touches for stop in leg[:2])


def _driven(legs: Iterable[_Leg]) -> Iterator[DayEntry]:
    """The stops, each drive right before its own, and the way home right after the last."""
    for leg in legs:
        one, other, drive = leg
        if drive and not _is_own(leg):
            leaves = one.end if other is None and one else None
            if other is not None and other.start is not None:
                leaves = other.start - drive
            start = None if leaves is None else max(leaves, 0)
            yield DayEntry(DayPart.DRIVE if other else DayPart.HOME, drive, start)
        if other is not None:
            yield other


def _by_the_clock(
    frame: Frame, legs: Sequence[_Leg], called: Sequence[Span], desk: tuple[Touch, ...]
) -> list[DayEntry] | None:
    """The drives, stops, lunch and what is written; None where they find no time.

    What is met stands where it stands.
    """
    stops = [other for _, other, _ in legs if other]
    *there, home = [drive for _, _, drive in legs] or [0]
    spans = zip(_taken(stops), there, strict=True)
    whole = UntimedDay(
        evolve(frame, work=without(frame.work, called), road=without(frame.road, called)),
        tuple(Stop((span,), span[1] - span[0], drive) for span, drive in spans),
        home,
        sitting=sum(touch.minutes for touch in desk),
        until=max((end for _, end in called), default=0),
    )
    if own := {number: leg[2] for number, leg in enumerate(legs) if _is_own(leg)}:
        whole = with_own_drives(whole, own)
    # The rows hold times of visits and calls alone; what was dropped to fit them in is tried
    # again in the order in which a rep would give it up: writing first, then lunch.
    hungry = evolve(whole, frame=evolve(whole.frame, lunch=0))
    days = (whole, evolve(whole, sitting=0), hungry, evolve(hungry, sitting=0))
    found = next((timed for timed in map(best, days) if timed is not None), None)
    if found is None:
        return None
    entries = []
    for each in found:
        entry = DayEntry(DayPart.WRITING, each.end - each.start, each.start, desk)
        if each.kind is EntryKind.VISIT:
            entry = stops[each.number]
        elif each.kind is not EntryKind.SITTING:
            entry = evolve(entry, part=DayPart(each.kind.value), touches=())
        if each.start < each.end:
            entries.append(entry)
    return entries


def _breaks(entries: Iterable[DayEntry]) -> Iterator[DayEntry]:
    """The breaks between calls: a gap with nothing in it that is as long, and not much longer."""
    timed = sorted((e.start, e.end, e.part) for e in entries if e.start is not None and e.end)
    for (_, since, one), (until, _, other) in pairwise(timed):
        if one == other == DayPart.CALLS and BREAK <= until - since < 2 * BREAK:
            yield DayEntry(DayPart.BREAK, until - since, since)
