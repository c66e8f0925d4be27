"""The best timetable of a day: labelling with dominance, layer by layer.

A label is one way to a state (what has been done so far) with its time `t`, cost `c` and when a
break is over, `r`. It is extended by each thing that may come next, in layers of as many entries:

    minimise  c(end) + max(t(end), until)   over labels in which all is done
    a dominates b  <=>  same state, t(a) <= t(b), c(a) <= c(b), r(a) <= r(b)

(Desrochers and Soumis 1988). Drives wait until they have to leave. Exact as long as no layer
holds more labels than are kept; beyond, the best of each layer go on. On a day of very many
entries alike calls are made in blocks, as many as go before something else has to begin.

Whether a day can be timed at all is asked far more often: that is a depth-first search over the
same labels, whatever leaves the least time idle first. On a usual day one thing is done after the
other, and most need hardly more steps than they have entries.
"""

from collections.abc import Iterator
from typing import NamedTuple

from attrs import frozen

from campaign.model.frames import (
    BREAK,
    CALLS_AT_A_TIME,
    Span,
    Spans,
    earliest,
    latest,
    leaving,
    off_the_hour,
)
from campaign.timetable.day import EntryKind, TimedEntry, UntimedDay, breaks_among, is_overbooked

# What is asked of a good day, in minutes: a block of calls less, nothing written on the road;
# lunch at noon, each minute off twice; and each minute away from home, and until all work is
# done, costs one, each that is waited away from home as much again.
BLOCK, ON_THE_ROAD, OFF_NOON, WAITING = 20, 45, 2, 1
NOON = (12 * 60, 13 * 60)
KEPT = 400
MANY_ENTRIES = 30
# The most entries of a usual day; how many steps are tried for one, and for a fuller one.
USUAL_ENTRIES = 12
MOST_STEPS, FEWER_STEPS = 2_000, 200

NOT_CALLING, _AT_ONCE, _WAITED = range(3)


class State(NamedTuple):
    """What is done: stops, whether the next one is reached, and what is left.

    Whether a block of calls goes on is told apart from one that was begun later than it
    could, so that the sooner one is not taken for better. `in_a_row` counts the calls since
    the last break, 0 where one is over.
    """

    stop: int
    is_there: bool
    calls: tuple[int, ...]
    lunch: bool
    sitting: bool
    calling: int
    in_a_row: int = 0


@frozen(eq=False)
class DayLabel:
    """One way to a state: the time, what it costs, the minutes left, how it came to be.

    A call from `rested` on is the first after a break; 0 where any call is.
    """

    state: State
    time: int
    rested: int
    cost: int
    left: int
    entries: tuple[TimedEntry, ...]
    before: "DayLabel | None"

    @property
    def all_entries(self) -> tuple[TimedEntry, ...]:
        """All that was done up to it, from the morning on."""
        found, label = list[TimedEntry](), self
        while label.before is not None:
            found[:0] = label.entries
            label = label.before
        return tuple(found)

    @property
    def idle(self) -> int:
        """The minutes in which nothing is done before the last step."""
        return self.entries[0].start - self.before.time if self.before else 0


Layer = dict[State, list[DayLabel]]


def best(day: UntimedDay) -> tuple[TimedEntry, ...] | None:
    """The best timetable that is found; one that is merely possible where none is."""
    return timetable(day) or possible(day)


def timetable(day: UntimedDay) -> tuple[TimedEntry, ...] | None:
    """The entries of a day in their order; None where it cannot be timed."""
    count = _length_of(day)
    layers: list[Layer] = [{} for _ in range(count + 1)]
    steps = _Steps(day, is_rough=False, in_blocks=count > MANY_ENTRIES)
    _enters(layers[0], _morning(day))
    # Every step adds entries, so that no label leads back into a layer that is done.
    for number, layer in enumerate(layers[:-1]):
        labels = [label for alike in layer.values() for label in alike]
        if len(labels) > KEPT:
            labels.sort(key=lambda label: (label.cost + label.time, label.time, label.state))
        for label in labels[:KEPT]:
            for following in steps.after(label):
                _enters(layers[number + len(following.entries)], following)
    ends = [label for labels in layers[-1].values() for label in labels]
    last = min(ends, key=lambda one: (one.cost + max(one.time, day.until), one.time), default=None)
    return last.all_entries if last else None


def can_be_timed(day: UntimedDay) -> bool:
    """Whether there is a timetable at all, without writing it down."""
    return not is_overbooked(day) and possible(day) is not None


def possible(day: UntimedDay) -> tuple[TimedEntry, ...] | None:
    """Some timetable of a day, the first that is met; None where none is in so many steps."""
    is_full = _length_of(day) > USUAL_ENTRIES
    steps = _Steps(day, is_rough=True, in_blocks=is_full)

    def _order(label: DayLabel) -> tuple[int, int, int]:
        # Of equally idle ones on a full day calls before the tour, that before lunch and writing.
        kind = _AFTER_OTHERS.get(label.entries[0].kind, 1) if is_full else 0
        return label.idle, kind, label.time

    soonest: Layer = {}
    waiting = [_morning(day)]
    _enters(soonest, waiting[0])
    for _ in range(FEWER_STEPS if is_full else MOST_STEPS):
        if not waiting:
            return None
        label = waiting.pop()
        if _is_done(day, label.state):
            return label.all_entries
        if label in soonest[label.state]:
            others = [other for other in steps.after(label) if _enters(soonest, other)]
            # The last is taken next: the one that leaves the least time idle.
            waiting += sorted(others, key=_order, reverse=True)
    return None


_AFTER_OTHERS = {EntryKind.CALL: 0, EntryKind.LUNCH: 2, EntryKind.SITTING: 2}


def _morning(day: UntimedDay) -> DayLabel:
    """The morning: nothing is done."""
    calls, lunch = tuple(calls.count for calls in day.calls), day.frame.lunch > 0
    state = State(0, False, calls, lunch, day.sitting > 0, NOT_CALLING)  # noqa: FBT003 (by their names above)
    return DayLabel(state, 0, 0, 0, day.minutes, (), None)


def _is_done(day: UntimedDay, state: State) -> bool:
    """Whether nothing is left to do on a day."""
    home = len(day.stops) + 1 if day.stops else 0
    return state.stop == home and not (any(state.calls) or state.lunch or state.sitting)


def _length_of(day: UntimedDay) -> int:
    """How many entries the day will have."""
    tour = 2 * len(day.stops) + (1 if day.stops else 0)
    written = (day.frame.lunch > 0) + (day.sitting > 0)
    return tour + sum(calls.count for calls in day.calls) + written


def _enters(layer: Layer, label: DayLabel) -> bool:
    """Whether a label is kept: no other of its state dominates it."""
    others = layer.setdefault(label.state, [])
    if any(
        o.time <= label.time and o.cost <= label.cost and o.rested <= label.rested for o in others
    ):
        return False
    others[:] = [
        o for o in others if o.time < label.time or o.cost < label.cost or o.rested < label.rested
    ]
    others.append(label)
    return True


class _Steps:
    """What may be done next; roughly, where it is only asked whether all can be done.

    A block of calls ends where none is left, where the next drive or visit has to begin at
    the latest, where that could begin without waiting, or where others may be called.
    """

    def __init__(self, day: UntimedDay, *, is_rough: bool, in_blocks: bool) -> None:
        self._day, self._is_rough, self._in_blocks = day, is_rough, in_blocks
        self._road, self._work = day.frame.road, day.frame.work
        spans = (day.frame.road, *(stop.spans for stop in day.stops))
        self._end = max((end for each in spans for _, end in each), default=0)
        # When the first visit would have to begin for a later one to begin as soon as it opens.
        departures, before = set[int](), 0
        for number, stop in enumerate(day.stops):
            before += stop.drive if number else 0
            departures |= {start - before for start, _ in stop.spans} if number else set()
            before += stop.minutes
        self._departures = () if is_rough else tuple(sorted(departures))
        # Backwards through the tour: when the drive to each stop, and home, starts at the latest.
        now = self._road[-1][1] if self._road else 0
        leaving_ = [latest(self._road, now, day.home) if day.home else now]
        for stop in reversed(day.stops):
            visit = latest(stop.spans, leaving_[-1], stop.minutes)
            leaving_.append(latest(self._road, visit, stop.drive) if stop.drive else visit)
        self._leaving = leaving_[::-1]

    def after(self, label: DayLabel) -> Iterator[DayLabel]:
        """Every label that extends one, unless what is left is more than the day has."""
        for step in (self._tour, self._call, self._lunch, self._sit):
            yield from (other for other in step(label) if other.time + other.left <= self._end)

    def _on(self, label: DayLabel, state: State, cost: int, *entries: TimedEntry) -> DayLabel:
        done = sum(entry.end - entry.start for entry in entries)
        time, rested = entries[-1].end, label.rested
        if entries[-1].kind is EntryKind.CALL:
            rested = time + BREAK
        # Whatever is done for so long is a break from calling as well.
        elif state.in_a_row and time >= rested:
            state, rested = state._replace(in_a_row=0), 0
        waited = time - label.time - done if self._is_away(label.state) else 0
        price = 0 if self._is_rough else cost + WAITING * waited
        return DayLabel(state, time, rested, label.cost + price, label.left - done, entries, label)

    def _is_away(self, state: State) -> bool:
        """Whether the rep is on the road: anywhere from leaving home to being back."""
        return state.is_there or 0 < state.stop <= len(self._day.stops)

    def _tour(self, label: DayLabel) -> Iterator[DayLabel]:
        number, stops = label.state.stop, self._day.stops
        state = label.state._replace(stop=number + 1, is_there=False, calling=NOT_CALLING)
        if number < len(stops) and not label.state.is_there:
            yield from self._drive(label, state)
        elif number < len(stops):
            start = earliest(stops[number].spans, label.time, stops[number].minutes)
            end = start + stops[number].minutes
            if start >= 0:
                yield self._on(label, state, 0, TimedEntry(start, end, EntryKind.VISIT, number))
        elif number == len(stops) > 0:
            start = leaving(self._road, label.time, self._day.home)
            end = start + self._day.home
            if start >= 0:
                yield self._on(label, state, end, TimedEntry(start, end, EntryKind.HOME))

    def _drive(self, label: DayLabel, state: State) -> Iterator[DayLabel]:
        """The drive and the visit; or the drive, if there is time for something before it."""
        number = label.state.stop
        stop = self._day.stops[number]
        drive, minutes = stop.drive, stop.minutes
        left = leaving(self._road, label.time, drive)
        start = earliest(stop.spans, left + drive, minutes) if left >= 0 else -1
        if start < 0:
            return
        # The drive leaves as late as it may: only on the road it costs to wait. The visit is as
        # soon as it may be; the first one also so late that none after it waits.
        later = () if number else self._departures
        times = {earliest(stop.spans, time, minutes) for time in later if time > start}
        for begin in (start, *sorted(time for time in times if time > start)):
            late = latest(self._road, begin, drive) if drive else begin
            entries = (
                TimedEntry(late, late + drive, EntryKind.DRIVE, number),
                TimedEntry(begin, begin + minutes, EntryKind.VISIT, number),
            )
            yield self._on(label, state, 0 if number else -late, *entries)
        # There is time before the visit: then lunch, writing or calls may be done where it is.
        if start > left + drive or len(self._road) > 1:
            there = label.state._replace(is_there=True, calling=NOT_CALLING)
            for leaves in self._leavings(label.state, drive, left, start):
                entry = TimedEntry(leaves, leaves + drive, EntryKind.DRIVE, number)
                yield self._on(label, there, 0 if number else -leaves, entry)

    def _leavings(self, state: State, drive: int, soonest: int, visit: int) -> list[int]:
        """When to drive there early: at once, or so that lunch or writing just fits before."""
        found = {soonest}
        if not self._is_rough:
            lunch, sitting = state.lunch * self._day.frame.lunch, state.sitting * self._day.sitting
            for spans, minutes in ((self._road, lunch), (self._work, sitting)):
                begins = latest(spans, visit, minutes) if minutes else -1
                found.add(latest(self._road, begins, drive))
        return sorted(time for time in found if time >= soonest)

    def _call(self, label: DayLabel) -> Iterator[DayLabel]:
        """A call, or a block of alike ones."""
        before, last = label.state, label.entries[-1] if label.entries else None
        now = label.time if before.in_a_row < CALLS_AT_A_TIME else max(label.time, label.rested)
        for number, (calls, left) in enumerate(zip(self._day.calls, before.calls, strict=True)):
            if not left:
                continue
            soonest = earliest(calls.spans, now, calls.minutes)
            # Between alike calls a break sooner than it has to be is of no use.
            goes_on = last and last.kind is EntryKind.CALL and last.number == number
            rested = now if goes_on else max(now, label.rested)
            times = (now, rested, *self._before_others(label, number, now))
            starts = {earliest(calls.spans, time, calls.minutes) for time in times}
            for start in sorted(start for start in starts if start >= 0):
                for count in self._counts(label, number, start):
                    yield self._called(label, number, (start, count), waits=start > soonest)

    def _called(
        self, label: DayLabel, number: int, block: tuple[int, int], *, waits: bool
    ) -> DayLabel:
        """So many alike calls from a start on, one after the other."""
        (start, count), each, before = block, self._day.calls[number].minutes, label.state
        rest = list(before.calls)
        rest[number] -= count
        goes_on = before.calling != NOT_CALLING and start <= label.time + BREAK
        in_a_row = before.in_a_row if start < label.rested else 0
        calling = _WAITED if waits else _AT_ONCE
        if self._is_rough or goes_on:
            calling = before.calling
        state = before._replace(calls=tuple(rest), calling=calling, in_a_row=in_a_row + count)
        times = [start + place * each for place in range(count)]
        entries = [TimedEntry(time, time + each, EntryKind.CALL, number) for time in times]
        return self._on(label, state, 0 if goes_on else BLOCK, *entries)

    def _counts(self, label: DayLabel, number: int, start: int) -> list[int]:
        """How many alike calls may be made from a start on before something else is thought of."""
        if not self._in_blocks:
            return [1]
        calls, left = self._day.calls[number], label.state.calls[number]
        end = next(last for first, last in calls.spans if first <= start < last)
        ends = [end, *(time for time in self._ends(label, number) if time < end)]
        each = max(1, calls.minutes)
        most = CALLS_AT_A_TIME - (label.state.in_a_row if start < label.rested else 0)
        # A longer block ends no sooner at anything, a shorter one leaves time that nothing needs.
        counts = {min(left, most, (time - start) // each) for time in ends}
        return sorted(count for count in counts if count > 0)

    def _ends(self, label: DayLabel, number: int) -> Iterator[int]:
        """When a block of calls might have to end for something else."""
        stops, next_stop = self._day.stops, label.state.stop
        if next_stop < len(stops):
            stop = stops[next_stop]
            drive = 0 if label.state.is_there else stop.drive
            yield self._leaving[next_stop] + stop.drive - drive
            yield earliest(stop.spans, label.time, stop.minutes) - drive
        elif next_stop == len(stops):
            yield self._leaving[next_stop]
        for other, left in enumerate(label.state.calls):
            if left and other != number:
                yield from (first for first, _ in self._day.calls[other].spans)

    def _before_others(self, label: DayLabel, number: int, now: int) -> Iterator[int]:
        """When to begin such calls so that others, who open later, follow at once."""
        if self._is_rough:
            return
        count = label.state.calls[number]
        minutes = count * self._day.calls[number].minutes + breaks_among(count)
        for other, left in enumerate(label.state.calls):
            if left and other != number:
                calls = self._day.calls[other]
                opens = earliest(calls.spans, label.time, calls.minutes)
                if opens - minutes > now:
                    yield opens - minutes

    def _lunch(self, label: DayLabel) -> Iterator[DayLabel]:
        minutes, state = self._day.frame.lunch, label.state._replace(lunch=False)
        state = state._replace(calling=NOT_CALLING)
        for start in (
            self._starts(self._road, label.time, minutes, NOON) if label.state.lunch else ()
        ):
            entry = TimedEntry(start, start + minutes, EntryKind.LUNCH)
            off = OFF_NOON * max(NOON[0] - start, start - NOON[1], 0)
            if _is_done(self._day, state):
                off -= max(entry.end, self._day.until) - max(label.time, self._day.until)
            yield self._on(label, state, off, entry)

    def _sit(self, label: DayLabel) -> Iterator[DayLabel]:
        if not label.state.sitting:
            return
        minutes, wanted = self._day.sitting, self._day.frame.writing
        state = label.state._replace(sitting=False, calling=NOT_CALLING)
        near = None if wanted is None else (wanted, wanted)
        for start in self._starts(self._work, label.time, minutes, near):
            cost = off_the_hour(start, wanted) + ON_THE_ROAD * self._is_away(label.state)
            entry = TimedEntry(start, start + minutes, EntryKind.SITTING)
            yield self._on(label, state, cost, entry)

    def _starts(self, spans: Spans, now: int, minutes: int, near: Span | None) -> list[int]:
        """As soon as possible, or as near as may be to when it is wished to begin."""
        starts = {earliest(spans, now, minutes)}
        if near is not None and not self._is_rough:
            starts.add(earliest(spans, max(now, near[0]), minutes))
            starts.add(latest(spans, near[1] + minutes, minutes))
        return sorted(start for start in starts if start >= now)
