"""The best timetable of a day: labelling with dominance, layer by layer.

A label is one way to a state (what has been done so far) with its time `t`, cost `c` and when a
break is over, `r`. It is extended by each thing that may come next, in layers of as many entries:

    minimise  c(end) + max(t(end), until)   over labels in which all is done
    a dominates b  <=>  same state, t(a) <= t(b), c(a) <= c(b), r(a) <= r(b)

(Desrochers and Soumis 1988). Drives wait until they have to leave. Exact as long as no layer
holds more labels than are kept; beyond, the best of each layer go on. On a day of very many
entries alike calls are made in blocks, as many as go before something else has to begin.
"""

from collections.abc import Iterable, Iterator, Sequence
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
from campaign.timetable.day import Calls, EntryKind, TimedEntry, UntimedDay, breaks_among

# What is asked of a good day, in minutes: a block of calls less, nothing written on the road;
# lunch at noon, each minute off twice; and each minute away from home, and until all work is
# done, costs one, each that is waited away from home as much again.
BLOCK, ON_THE_ROAD, OFF_NOON, WAITING = 20, 45, 2, 1
NOON = (12 * 60, 13 * 60)
KEPT = 400
MANY_ENTRIES = 30

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


def timetable(day: UntimedDay) -> tuple[TimedEntry, ...] | None:
    """The entries of a day in their order; None where it cannot be timed."""
    layers: list[dict[State, list[DayLabel]]] = [{} for _ in range(length_of(day) + 1)]
    start = begin(day)
    layers[0][start.state] = [start]
    steps = (Blocks if length_of(day) > MANY_ENTRIES else Steps)(day, is_rough=False)
    # Every step adds entries, so that no label leads back into a layer that is done.
    for number, layer in enumerate(layers[:-1]):
        for label in _kept(layer):
            for following in steps.after(label):
                enters(layers[number + len(following.entries)], following)
    ends = [label for labels in layers[-1].values() for label in labels]
    if not ends:
        return None
    return entries_of(
        min(ends, key=lambda label: (label.cost + max(label.time, day.until), label.time))
    )


def begin(day: UntimedDay) -> DayLabel:
    """The morning: nothing is done."""
    state = State(
        0,
        is_there=False,
        calls=tuple(calls.count for calls in day.calls),
        lunch=day.frame.lunch > 0,
        sitting=day.sitting > 0,
        calling=NOT_CALLING,
    )
    return DayLabel(state, 0, 0, 0, day.minutes, (), None)


def is_done(day: UntimedDay, state: State) -> bool:
    """Whether nothing is left to do on a day."""
    home = len(day.stops) + 1 if day.stops else 0
    return state.stop == home and not (any(state.calls) or state.lunch or state.sitting)


def length_of(day: UntimedDay) -> int:
    """How many entries the day will have."""
    tour = 2 * len(day.stops) + (1 if day.stops else 0)
    written = (day.frame.lunch > 0) + (day.sitting > 0)
    return tour + sum(calls.count for calls in day.calls) + written


def _kept(layer: dict[State, list[DayLabel]]) -> list[DayLabel]:
    labels = [label for each in layer.values() for label in each]
    if len(labels) <= KEPT:
        return labels
    return sorted(labels, key=lambda label: (label.cost + label.time, label.time, label.state))[
        :KEPT
    ]


def enters(layer: dict[State, list[DayLabel]], label: DayLabel) -> bool:
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


def entries_of(label: DayLabel) -> tuple[TimedEntry, ...]:
    """All that was done up to a label, from the morning on."""
    found: list[TimedEntry] = []
    last: DayLabel | None = label
    while last is not None:
        found[:0] = last.entries
        last = last.before
    return tuple(found)


class Steps:
    """What may be done next."""

    def __init__(self, day: UntimedDay, *, is_rough: bool) -> None:
        self._day = day
        self._is_rough = is_rough
        self._road, self._work = day.frame.road, day.frame.work
        ends = [
            span[1] for spans in (day.frame.road, *(s.spans for s in day.stops)) for span in spans
        ]
        self._end = max(ends, default=0)
        self._departures = () if is_rough else _departures(day)

    def after(self, label: DayLabel) -> Iterator[DayLabel]:
        """Every label that extends one, unless what is left is more than the day has."""
        # What cannot be finished by the end of the day any more is pruned at once.
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
        if self._is_rough:
            price = 0
        else:
            waited = time - label.time - done if self._is_away(label.state) else 0
            price = cost + WAITING * waited
        return DayLabel(state, time, rested, label.cost + price, label.left - done, entries, label)

    def _is_away(self, state: State) -> bool:
        """Whether the rep is on the road: anywhere from leaving home to being back."""
        return state.is_there or 0 < state.stop <= len(self._day.stops)

    def _tour(self, label: DayLabel) -> Iterator[DayLabel]:
        number, count = label.state.stop, len(self._day.stops)
        if number < count:
            yield from self._visit(label) if label.state.is_there else self._drive(label)
        elif number == count and count:
            start = leaving(self._road, label.time, self._day.home)
            if start >= 0:
                entry = TimedEntry(start, start + self._day.home, EntryKind.HOME)
                state = label.state._replace(stop=number + 1, calling=NOT_CALLING)
                yield self._on(label, state, entry.end, entry)

    def _visit(self, label: DayLabel) -> Iterator[DayLabel]:
        number = label.state.stop
        stop = self._day.stops[number]
        start = earliest(stop.spans, label.time, stop.minutes)
        if start >= 0:
            entry = TimedEntry(start, start + stop.minutes, EntryKind.VISIT, number)
            state = label.state._replace(stop=number + 1, is_there=False, calling=NOT_CALLING)
            yield self._on(label, state, 0, entry)

    def _drive(self, label: DayLabel) -> Iterator[DayLabel]:
        """The drive and the visit; or the drive, if there is time for something before it."""
        number = label.state.stop
        stop = self._day.stops[number]
        left = leaving(self._road, label.time, stop.drive)
        if left < 0:
            return
        start = earliest(stop.spans, left + stop.drive, stop.minutes)
        if start < 0:
            return
        state = label.state._replace(stop=number + 1, calling=NOT_CALLING)
        # The drive leaves as late as it may: to wait at home costs nothing, to wait on the road
        # does.
        # It is as soon as it may be; the first visit also so late that none after it waits.
        later = () if number else self._departures
        times = {earliest(stop.spans, time, stop.minutes) for time in later if time > start}
        for begin_ in (start, *sorted(time for time in times if time > start)):
            late = latest(self._road, begin_, stop.drive) if stop.drive else begin_
            yield self._on(
                label,
                state,
                0 if number else -late,
                TimedEntry(late, late + stop.drive, EntryKind.DRIVE, number),
                TimedEntry(begin_, begin_ + stop.minutes, EntryKind.VISIT, number),
            )
        # There is time before the visit: then lunch, writing or calls may be done where it is.
        if start > left + stop.drive or len(self._road) > 1:
            there = label.state._replace(is_there=True, calling=NOT_CALLING)
            for leaves in self._leavings(label.state, stop.drive, left, start):
                entry = TimedEntry(leaves, leaves + stop.drive, EntryKind.DRIVE, number)
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
        in_a_row = label.state.in_a_row
        now = label.time if in_a_row < CALLS_AT_A_TIME else max(label.time, label.rested)
        for number, left in enumerate(label.state.calls):
            calls = self._day.calls[number]
            if not left:
                continue
            soonest = earliest(calls.spans, now, calls.minutes)
            # Between alike calls a break sooner than it has to be is of no use.
            rested = now if _is_of(label, number) else max(now, label.rested)
            times = (now, rested, *self._before_others(label, number, now))
            for start in sorted({earliest(calls.spans, time, calls.minutes) for time in times}):
                for count in self._counts(label, number, start) if start >= 0 else ():
                    block = _block(number, calls, start, count)
                    yield self._called(label, number, block, waits=start > soonest)

    def _counts(self, label: DayLabel, number: int, start: int) -> Iterable[int]:  # noqa: ARG002 (see Blocks)
        """How many alike calls may be made from a start on before something else is thought of."""
        return (1,)

    def _called(
        self, label: DayLabel, number: int, block: Sequence[TimedEntry], *, waits: bool
    ) -> DayLabel:
        counts = label.state.calls
        rest = (*counts[:number], counts[number] - len(block), *counts[number + 1 :])
        start = block[0].start
        goes_on = label.state.calling != NOT_CALLING and start <= label.time + BREAK
        before = label.state.in_a_row if start < label.rested else 0
        calling = _WAITED if waits else _AT_ONCE
        if self._is_rough or goes_on:
            calling = label.state.calling
        state = label.state._replace(calls=rest, calling=calling, in_a_row=before + len(block))
        return self._on(label, state, 0 if goes_on else BLOCK, *block)

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
        if not label.state.lunch:
            return
        state = label.state._replace(lunch=False, calling=NOT_CALLING)
        for start in self._starts(self._road, label.time, self._day.frame.lunch, NOON):
            entry = TimedEntry(start, start + self._day.frame.lunch, EntryKind.LUNCH)
            off = OFF_NOON * max(NOON[0] - start, start - NOON[1], 0)
            if is_done(self._day, state):
                off -= max(entry.end, self._day.until) - max(label.time, self._day.until)
            yield self._on(label, state, off, entry)

    def _sit(self, label: DayLabel) -> Iterator[DayLabel]:
        if not label.state.sitting:
            return
        minutes, wanted = self._day.sitting, self._day.frame.writing
        is_away = self._is_away(label.state)
        state = label.state._replace(sitting=False, calling=NOT_CALLING)
        near = None if wanted is None else (wanted, wanted)
        for start in self._starts(self._work, label.time, minutes, near):
            cost = off_the_hour(start, wanted) + (ON_THE_ROAD if is_away else 0)
            yield self._on(
                label, state, cost, TimedEntry(start, start + minutes, EntryKind.SITTING)
            )

    def _starts(self, spans: Spans, now: int, minutes: int, near: Span | None) -> list[int]:
        """As soon as possible, or as near as may be to when it is wished to begin."""
        starts = {earliest(spans, now, minutes)}
        if near is not None and not self._is_rough:
            starts.add(earliest(spans, max(now, near[0]), minutes))
            starts.add(latest(spans, near[1] + minutes, minutes))
        return sorted(start for start in starts if start >= now)


class Blocks(Steps):
    """What may be done next, where alike calls are made one after the other.

    A block of calls ends where none is left, where the next drive or visit has to begin at
    the latest, where that could begin without waiting, or where others may be called.
    """

    def __init__(self, day: UntimedDay, *, is_rough: bool) -> None:
        super().__init__(day, is_rough=is_rough)
        # Backwards through the tour: when the drive to each stop, and home, starts at the latest.
        road = day.frame.road
        now = road[-1][1] if road else 0
        found = [latest(road, now, day.home) if day.home else now]
        for stop in reversed(day.stops):
            visit = latest(stop.spans, found[-1], stop.minutes)
            found.append(latest(road, visit, stop.drive) if stop.drive else visit)
        self._leaving = found[::-1]

    def _counts(self, label: DayLabel, number: int, start: int) -> list[int]:
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
            stop, drive = stops[next_stop], 0 if label.state.is_there else stops[next_stop].drive
            yield self._leaving[next_stop] + stop.drive - drive
            yield earliest(stop.spans, label.time, stop.minutes) - drive
        elif next_stop == len(stops):
            yield self._leaving[next_stop]
        for other, left in enumerate(label.state.calls):
            if left and other != number:
                yield from (first for first, _ in self._day.calls[other].spans)


def _is_of(label: DayLabel, number: int) -> bool:
    """Whether the last thing done is a call of some kind."""
    last = label.entries[-1] if label.entries else None
    return last is not None and last.kind is EntryKind.CALL and last.number == number


def _departures(day: UntimedDay) -> tuple[int, ...]:
    """When the first visit would have to begin for a later one to begin as soon as it opens."""
    found, before = set[int](), 0
    for number, stop in enumerate(day.stops):
        before += stop.drive if number else 0
        if number:
            found |= {start - before for start, _ in stop.spans}
        before += stop.minutes
    return tuple(sorted(found))


def _block(number: int, calls: Calls, start: int, count: int) -> list[TimedEntry]:
    """So many alike calls, one after the other."""
    times = [start + place * calls.minutes for place in range(count)]
    return [TimedEntry(time, time + calls.minutes, EntryKind.CALL, number) for time in times]
