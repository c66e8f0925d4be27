"""Whether a day can be timed at all: asked far more often than how it is timed best.

That is searched in depth, whatever leaves the least time idle first. On a usual day one
thing is done after the other: most need hardly more steps than they have entries. On a day
of very many entries alike calls are made in blocks, as many as go before something else has
to begin.
"""

from collections.abc import Callable, Iterable, Iterator

from campaign.model.frames import Span, Spans, earliest, latest, shared
from campaign.planner.timetable.day import Calls, Day, Entry, Kind
from campaign.planner.timetable.sequence import (
    State,
    Steps,
    Way,
    begin,
    entries_of,
    is_done,
    length_of,
    timetable,
)

# How many steps are tried for a usual day, and for one of more entries than a usual day has.
MOST_STEPS, FEWER_STEPS, MANY_ENTRIES = 2_000, 200, 30


def can_be_timed(day: Day) -> bool:
    """Whether there is a timetable at all, without writing it down."""
    return not _is_overbooked(day) and possible(day) is not None


def best(day: Day) -> tuple[Entry, ...] | None:
    """The best timetable that is found; one that is merely possible where none is."""
    return timetable(day) or possible(day)


def possible(day: Day) -> tuple[Entry, ...] | None:
    """Some timetable of a day, the first that is met; None where none is in so many steps."""
    if length_of(day) <= MANY_ENTRIES:
        return _searched(day, Steps(day, is_rough=True), _idle, MOST_STEPS)
    return _searched(day, _Blocks(day), _idle_then_calls, FEWER_STEPS)


def _searched(
    day: Day, steps: Steps, first: Callable[[Way], tuple[int, ...]], most: int
) -> tuple[Entry, ...] | None:
    start = begin(day)
    soonest, waiting = {start.state: 0}, [start]
    for _ in range(most):
        if not waiting:
            return None
        way = waiting.pop()
        if is_done(day, way.state):
            return entries_of(way)
        if way.time > soonest[way.state]:
            continue
        waiting += sorted(_sooner(steps.after(way), soonest), key=first, reverse=True)
    return None


def _sooner(ways: Iterable[Way], soonest: dict[State, int]) -> Iterator[Way]:
    """The ways that come to their state sooner than any before."""
    for way in ways:
        if way.time < soonest.get(way.state, way.time + 1):
            soonest[way.state] = way.time
            yield way


def _idle(way: Way) -> tuple[int, int]:
    """The minutes in which nothing is done before the last step, then when that is done."""
    before = way.before.time if way.before else 0
    return way.entries[0].start - before, way.time


def _idle_then_calls(way: Way) -> tuple[int, int, int]:
    """The same, of equal ones calls before the tour, and that before lunch and writing."""
    idle, time = _idle(way)
    return idle, _AFTER_OTHERS.get(way.entries[0].kind, 1), time


_AFTER_OTHERS = {Kind.CALL: 0, Kind.LUNCH: 2, Kind.SITTING: 2}


class _Blocks(Steps):
    """What may be done next, where alike calls are made one after the other.

    A block of calls ends where none is left, where the next drive or visit has to begin at
    the latest, where that could begin without waiting, or where others may be called.
    """

    def __init__(self, day: Day) -> None:
        super().__init__(day, is_rough=True)
        self._leaving = _latest_starts(day)

    def _call(self, way: Way) -> Iterator[Way]:
        for number, left in enumerate(way.state.calls):
            calls = self._day.calls[number]
            start = earliest(calls.spans, way.time, calls.minutes) if left else -1
            if start < 0:
                continue
            end = next(last for first, last in calls.spans if first <= start < last)
            ends = [end, *(time for time in self._ends(way, number) if time < end)]
            each = max(1, calls.minutes)
            for count in sorted({min(left, (time - start) // each) for time in ends}):
                if count > 0:
                    rest = (*way.state.calls[:number], left - count, *way.state.calls[number + 1 :])
                    block = _block(number, calls, start, count)
                    yield self._on(way, way.state._replace(calls=rest), 0, *block)

    def _ends(self, way: Way, number: int) -> Iterator[int]:
        """When a block of calls might have to end for something else."""
        stops, next_stop = self._day.stops, way.state.stop
        if next_stop < len(stops):
            stop, drive = stops[next_stop], 0 if way.state.is_there else stops[next_stop].drive
            yield self._leaving[next_stop] + stop.drive - drive
            yield earliest(stop.spans, way.time, stop.minutes) - drive
        elif next_stop == len(stops):
            yield self._leaving[next_stop]
        for other, left in enumerate(way.state.calls):
            if left and other != number:
                yield from (first for first, _ in self._day.calls[other].spans)


def _block(number: int, calls: Calls, start: int, count: int) -> Iterator[Entry]:
    """So many alike calls, one after the other."""
    for place in range(count):
        begun = start + place * calls.minutes
        yield Entry(begun, begun + calls.minutes, Kind.CALL, number)


def _latest_starts(day: Day) -> list[int]:
    """When the drive to each stop, and the one home, has to start at the latest."""
    road = day.frame.road
    now = road[-1][1] if road else 0
    found = [latest(road, now, day.home) if day.home else now]
    for stop in reversed(day.stops):
        visit = latest(stop.spans, found[-1], stop.minutes)
        found.append(latest(road, visit, stop.drive) if stop.drive else visit)
    return found[::-1]


def _is_overbooked(day: Day) -> bool:
    """Whether calls and visits need more minutes of some span than there are in it."""
    hours = [*(calls.spans for calls in day.calls), *(stop.spans for stop in day.stops)]
    bound = [spans for spans in hours if spans]
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
