"""Whether a day can be timed at all: asked far more often than how it is timed best.

That is a depth-first search over the same labels, whatever leaves the least time idle first. On a
usual day one thing is done after the other: most need hardly more steps than they have entries.
On a day of more entries alike calls are made in blocks, as many as go before something else has
to begin.
"""

from collections.abc import Callable

from campaign.model.frames import BREAK, CALLS_AT_A_TIME, Span, Spans, shared
from campaign.timetable.day import EntryKind, TimedEntry, UntimedDay, breaks_among
from campaign.timetable.labelling import (
    Blocks,
    DayLabel,
    State,
    Steps,
    begin,
    enters,
    entries_of,
    is_done,
    length_of,
    timetable,
)

# The most entries of a usual day; how many steps are tried for one, and for a fuller one.
USUAL_ENTRIES = 12
MOST_STEPS, FEWER_STEPS = 2_000, 200


def can_be_timed(day: UntimedDay) -> bool:
    """Whether there is a timetable at all, without writing it down."""
    return not _is_overbooked(day) and possible(day) is not None


def best(day: UntimedDay) -> tuple[TimedEntry, ...] | None:
    """The best timetable that is found; one that is merely possible where none is."""
    return timetable(day) or possible(day)


def possible(day: UntimedDay) -> tuple[TimedEntry, ...] | None:
    """Some timetable of a day, the first that is met; None where none is in so many steps."""
    if length_of(day) <= USUAL_ENTRIES:
        return _searched(day, Steps(day, is_rough=True), _idle, MOST_STEPS)
    return _searched(day, Blocks(day, is_rough=True), _idle_then_calls, FEWER_STEPS)


def _searched(
    day: UntimedDay, steps: Steps, first: Callable[[DayLabel], tuple[int, ...]], most: int
) -> tuple[TimedEntry, ...] | None:
    start = begin(day)
    soonest: dict[State, list[DayLabel]] = {start.state: [start]}
    waiting = [start]
    for _ in range(most):
        if not waiting:
            return None
        label = waiting.pop()
        if is_done(day, label.state):
            return entries_of(label)
        if label in soonest[label.state]:
            others = [other for other in steps.after(label) if enters(soonest, other)]
            # The last is taken next: the one that leaves the least time idle.
            waiting += sorted(others, key=first, reverse=True)
    return None


def _idle(label: DayLabel) -> tuple[int, int]:
    """The minutes in which nothing is done before the last step, then when that is done."""
    before = label.before.time if label.before else 0
    return label.entries[0].start - before, label.time


def _idle_then_calls(label: DayLabel) -> tuple[int, int, int]:
    """The same, of equal ones calls before the tour, and that before lunch and writing."""
    idle, time = _idle(label)
    return idle, _AFTER_OTHERS.get(label.entries[0].kind, 1), time


_AFTER_OTHERS = {EntryKind.CALL: 0, EntryKind.LUNCH: 2, EntryKind.SITTING: 2}


def _is_overbooked(day: UntimedDay) -> bool:
    """Whether calls and visits need more minutes of some span than there are in it."""
    for calls in day.calls:
        # How many there is time for in their spans, breaks and nothing else considered.
        each, most = max(1, calls.minutes), 0
        for start, end in calls.spans:
            rows, rest = divmod(end - start, CALLS_AT_A_TIME * each + BREAK)
            most += rows * CALLS_AT_A_TIME + min(CALLS_AT_A_TIME, rest // each)
        if calls.count > most:
            return True
    hours = [*(calls.spans for calls in day.calls), *(stop.spans for stop in day.stops)]
    bound = [spans for spans in hours if spans]
    starts = sorted({spans[0][0] for spans in bound})
    ends = sorted({spans[-1][1] for spans in bound})
    return any(
        _is_too_short(day, (since, until)) for since in starts for until in ends if since < until
    )


def _is_too_short(day: UntimedDay, span: Span) -> bool:
    """Whether what cannot stand outside a span needs more minutes than it has."""
    inside = [calls for calls in day.calls if _inside(calls.spans, span)]
    called = sum(calls.minutes * calls.count for calls in inside)
    if called > sum(end - start for start, end in shared(day.frame.work, (span,))):
        return True
    if called + breaks_among(sum(calls.count for calls in inside)) > span[1] - span[0]:
        return True
    stops = [number for number, stop in enumerate(day.stops) if _inside(stop.spans, span)]
    if stops:  # the tour from the first to the last of them stands inside as well
        part = day.stops[stops[0] : stops[-1] + 1]
        called += sum(stop.minutes + stop.drive for stop in part) - part[0].drive
    return called > span[1] - span[0]


def _inside(spans: Spans, span: Span) -> bool:
    return bool(spans) and span[0] <= spans[0][0] and spans[-1][1] <= span[1]
