"""One thing after the other: the best timetable of a day, by dynamic programming.

A state is what has been done so far; of two ways to the same state, the one that is neither
earlier nor better is forgotten. Drives wait until they have to leave. Exact as long as no
layer holds more ways than are kept; beyond, the best of each layer go on.

Whether a day can be timed at all is asked far more often than how. That is searched in
depth, whatever leaves the least time idle first: most days need hardly more steps than they
have entries.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from attrs import frozen

from campaign.model.frames import Span, Spans, earliest, latest, leaving, off_the_hour, shared
from campaign.planner.timetable.day import Day, Entry, Kind

# What is asked of a good day, in minutes: a block of calls less, nothing written on the road,
# lunch at noon; and each minute away from home, and until all is done, costs one.
BLOCK, ON_THE_ROAD = 20, 45
NOON = (11 * 60 + 30, 13 * 60)
KEPT = 400
# How many steps are tried for a usual day, and for one of more entries than a usual day has.
MOST_STEPS, FEWER_STEPS, MANY_ENTRIES = 2_000, 400, 30

_NOT, _AT_ONCE, _WAITED = range(3)


class _State(NamedTuple):
    """What is done: stops, whether the next one is reached, and what is left.

    Whether a block of calls goes on is told apart from one that was begun later than it
    could, so that the sooner one is not taken for better.
    """

    stop: int
    is_there: bool
    calls: tuple[int, ...]
    lunch: bool
    sitting: bool
    calling: int


@frozen(eq=False)
class _Way:
    """One way to a state: the time, what it costs, the minutes left, how it came to be."""

    state: _State
    time: int
    cost: int
    left: int
    entries: tuple[Entry, ...]
    before: "_Way | None"


def timetable(day: Day) -> tuple[Entry, ...] | None:
    """The entries of a day in their order; None where it cannot be timed."""
    layers: list[dict[_State, list[_Way]]] = [{} for _ in range(_length(day) + 1)]
    start = _begin(day)
    layers[0][start.state] = [start]
    steps = _Steps(day, is_rough=False)
    for number, layer in enumerate(layers[:-1]):
        for way in _kept(layer):
            for following in steps.after(way):
                _enter(layers[number + len(following.entries)], following)
    ends = [way for ways in layers[-1].values() for way in ways]
    return _entries(min(ends, key=lambda way: (way.cost + way.time, way.time))) if ends else None


def _begin(day: Day) -> _Way:
    """The morning: nothing is done."""
    state = _State(
        0,
        is_there=False,
        calls=tuple(calls.count for calls in day.calls),
        lunch=day.frame.lunch > 0,
        sitting=day.sitting > 0,
        calling=_NOT,
    )
    return _Way(state, 0, 0, day.minutes, (), None)


def _is_done(day: Day, state: _State) -> bool:
    home = len(day.stops) + 1 if day.stops else 0
    return state.stop == home and not (any(state.calls) or state.lunch or state.sitting)


def _length(day: Day) -> int:
    """How many entries the day will have."""
    tour = 2 * len(day.stops) + (1 if day.stops else 0)
    written = (day.frame.lunch > 0) + (day.sitting > 0)
    return tour + sum(calls.count for calls in day.calls) + written


def _kept(layer: dict[_State, list[_Way]]) -> list[_Way]:
    ways = [way for each in layer.values() for way in each]
    if len(ways) <= KEPT:
        return ways
    return sorted(ways, key=lambda way: (way.cost + way.time, way.time, way.state))[:KEPT]


def _enter(layer: dict[_State, list[_Way]], way: _Way) -> None:
    others = layer.setdefault(way.state, [])
    if any(other.time <= way.time and other.cost <= way.cost for other in others):
        return
    others[:] = [o for o in others if o.time < way.time or o.cost < way.cost]
    others.append(way)


def _entries(way: _Way) -> tuple[Entry, ...]:
    found: list[Entry] = []
    last: _Way | None = way
    while last is not None:
        found[:0] = last.entries
        last = last.before
    return tuple(found)


class _Steps:
    """What may be done next."""

    def __init__(self, day: Day, *, is_rough: bool) -> None:
        self._day = day
        self._is_rough = is_rough
        self._road, self._work = day.frame.road, day.frame.work
        ends = [
            span[1] for spans in (day.frame.road, *(s.spans for s in day.stops)) for span in spans
        ]
        self._end = max(ends, default=0)

    def after(self, way: _Way) -> Iterator[_Way]:
        """Every way that goes on from one, unless what is left is more than the day has."""
        for step in (self._tour, self._call, self._lunch, self._sit):
            yield from (other for other in step(way) if other.time + other.left <= self._end)

    def _on(self, way: _Way, state: _State, cost: int, *entries: Entry) -> _Way:
        price = 0 if self._is_rough else cost
        left = way.left - sum(entry.end - entry.start for entry in entries)
        return _Way(state, entries[-1].end, way.cost + price, left, entries, way)

    def _tour(self, way: _Way) -> Iterator[_Way]:
        number, count = way.state.stop, len(self._day.stops)
        if number < count:
            yield from self._visit(way) if way.state.is_there else self._drive(way)
        elif number == count and count:
            start = leaving(self._road, way.time, self._day.home)
            if start >= 0:
                entry = Entry(start, start + self._day.home, Kind.HOME)
                state = way.state._replace(stop=number + 1, calling=_NOT)
                yield self._on(way, state, entry.end, entry)

    def _visit(self, way: _Way) -> Iterator[_Way]:
        number = way.state.stop
        stop = self._day.stops[number]
        start = earliest(stop.spans, way.time, stop.minutes)
        if start >= 0:
            entry = Entry(start, start + stop.minutes, Kind.VISIT, number)
            state = way.state._replace(stop=number + 1, is_there=False, calling=_NOT)
            yield self._on(way, state, 0, entry)

    def _drive(self, way: _Way) -> Iterator[_Way]:
        """The drive and the visit; or the drive, if there is time for something before it."""
        number = way.state.stop
        stop = self._day.stops[number]
        left = leaving(self._road, way.time, stop.drive)
        if left < 0:
            return
        start = earliest(stop.spans, left + stop.drive, stop.minutes)
        if start < 0:
            return
        late = latest(self._road, start, stop.drive) if stop.drive else start
        state = way.state._replace(stop=number + 1, calling=_NOT)
        yield self._on(
            way,
            state,
            0 if number else -late,
            Entry(late, late + stop.drive, Kind.DRIVE, number),
            Entry(start, start + stop.minutes, Kind.VISIT, number),
        )
        if start > left + stop.drive or len(self._road) > 1:
            there = way.state._replace(is_there=True, calling=_NOT)
            entry = Entry(left, left + stop.drive, Kind.DRIVE, number)
            yield self._on(way, there, 0 if number else -left, entry)

    def _call(self, way: _Way) -> Iterator[_Way]:
        for number, left in enumerate(way.state.calls):
            calls = self._day.calls[number]
            if not left:
                continue
            rest = (*way.state.calls[:number], left - 1, *way.state.calls[number + 1 :])
            soonest = earliest(calls.spans, way.time, calls.minutes)
            times = (way.time, *self._before_others(way, number))
            for start in sorted({earliest(calls.spans, time, calls.minutes) for time in times}):
                if start >= 0:
                    entry = Entry(start, start + calls.minutes, Kind.CALL, number)
                    yield self._called(way, rest, entry, waits=start > soonest)

    def _called(self, way: _Way, rest: tuple[int, ...], entry: Entry, *, waits: bool) -> _Way:
        goes_on = way.state.calling != _NOT and entry.start == way.time
        calling = _WAITED if waits else _AT_ONCE
        if self._is_rough or goes_on:
            calling = way.state.calling
        state = way.state._replace(calls=rest, calling=calling)
        return self._on(way, state, 0 if goes_on else BLOCK, entry)

    def _before_others(self, way: _Way, number: int) -> Iterator[int]:
        """When to begin such calls so that others, who open later, follow at once."""
        if self._is_rough:
            return
        minutes = way.state.calls[number] * self._day.calls[number].minutes
        for other, left in enumerate(way.state.calls):
            if left and other != number:
                calls = self._day.calls[other]
                opens = earliest(calls.spans, way.time, calls.minutes)
                if opens - minutes > way.time:
                    yield opens - minutes

    def _lunch(self, way: _Way) -> Iterator[_Way]:
        if not way.state.lunch:
            return
        state = way.state._replace(lunch=False, calling=_NOT)
        for start in self._starts(self._road, way.time, self._day.frame.lunch):
            entry = Entry(start, start + self._day.frame.lunch, Kind.LUNCH)
            off = max(NOON[0] - start, start - NOON[1], 0)
            yield self._on(way, state, off, entry)

    def _starts(self, spans: Spans, now: int, minutes: int) -> list[int]:
        """As soon as possible, or from noon on if that is later."""
        times = (now,) if self._is_rough else (now, max(now, NOON[0]))
        starts = {earliest(spans, time, minutes) for time in times}
        return sorted(start for start in starts if start >= 0)

    def _sit(self, way: _Way) -> Iterator[_Way]:
        if not way.state.sitting:
            return
        minutes, wanted = self._day.sitting, self._day.frame.writing
        is_away = way.state.is_there or 0 < way.state.stop <= len(self._day.stops)
        state = way.state._replace(sitting=False, calling=_NOT)
        for start in self._sittings(way.time, minutes, wanted):
            cost = off_the_hour(start, wanted) + (ON_THE_ROAD if is_away else 0)
            yield self._on(way, state, cost, Entry(start, start + minutes, Kind.SITTING))

    def _sittings(self, now: int, minutes: int, wanted: int | None) -> list[int]:
        """As soon as possible, or as near as may be to when the rep likes to write."""
        starts = {earliest(self._work, now, minutes)}
        if wanted is not None and not self._is_rough:
            starts.add(earliest(self._work, max(now, wanted), minutes))
            starts.add(latest(self._work, wanted + minutes, minutes))
        return sorted(start for start in starts if start >= now)


def can_be_timed(day: Day) -> bool:
    """Whether there is a timetable at all, without writing it down."""
    return not _is_overbooked(day) and possible(day) is not None


def best(day: Day) -> tuple[Entry, ...] | None:
    """The best timetable that is found; one that is merely possible where none is."""
    return timetable(day) or possible(day)


def possible(day: Day) -> tuple[Entry, ...] | None:
    """Some timetable of a day, the first that is met; None where none is in so many steps."""
    steps, start = _Steps(day, is_rough=True), _begin(day)
    soonest, waiting = {start.state: 0}, [start]
    for _ in range(MOST_STEPS if _length(day) <= MANY_ENTRIES else FEWER_STEPS):
        if not waiting:
            return None
        way = waiting.pop()
        if _is_done(day, way.state):
            return _entries(way)
        if way.time > soonest[way.state]:
            continue
        waiting += sorted(_sooner(steps.after(way), soonest), key=_idle, reverse=True)
    return None


def _sooner(ways: Iterable[_Way], soonest: dict[_State, int]) -> Iterator[_Way]:
    """The ways that come to their state sooner than any before."""
    for way in ways:
        if way.time < soonest.get(way.state, way.time + 1):
            soonest[way.state] = way.time
            yield way


def _idle(way: _Way) -> tuple[int, int]:
    """The minutes in which nothing is done before the last step, then when that is done."""
    before = way.before.time if way.before else 0
    return way.entries[0].start - before, way.time


def _is_overbooked(day: Day) -> bool:
    """Whether calls and visits need more minutes of some span than there are in it."""
    bound = [each.spans for each in (*day.calls, *day.stops) if each.spans]
    starts = sorted({spans[0][0] for spans in bound})
    ends = sorted({spans[-1][1] for spans in bound})
    return any(
        _is_too_short(day, (since, until)) for since in starts for until in ends if since < until
    )


def _is_too_short(day: Day, span: Span) -> bool:
    """Whether what cannot stand outside a span needs more minutes than it has."""
    called = sum(calls.minutes * calls.count for calls in day.calls if _inside(calls.spans, span))
    if called > sum(end - start for start, end in shared(day.frame.work, (span,))):
        return True
    return called + _driven_inside(day, span) > span[1] - span[0]


def _driven_inside(day: Day, span: Span) -> int:
    """The minutes of the tour from the first to the last stop that cannot stand outside."""
    inside = [number for number, stop in enumerate(day.stops) if _inside(stop.spans, span)]
    if not inside:
        return 0
    part = day.stops[inside[0] : inside[-1] + 1]
    return sum(stop.minutes + stop.drive for stop in part) - part[0].drive


def _inside(spans: Spans, span: Span) -> bool:
    return bool(spans) and span[0] <= spans[0][0] and spans[-1][1] <= span[1]
