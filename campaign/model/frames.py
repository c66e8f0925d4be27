"""What a rep has of one day, in minutes after midnight, and what fits into it."""

import datetime as dt
from collections.abc import Iterable

from attrs import field, frozen

from campaign.model.rep import Rep

Span = tuple[int, int]
Spans = tuple[Span, ...]

CALLS_AT_A_TIME, BREAK = 6, 15
"""After so many calls nobody is called for so many minutes (R10)."""


def earliest(spans: Spans, since: int, minutes: int) -> int:
    """The first start from a time on at which some minutes lie in one span; -1 for none."""
    for first, last in spans:
        start = max(since, first)
        if start + minutes <= last:
            return start
    return -1


def latest(spans: Spans, until: int, minutes: int) -> int:
    """The last start at which some minutes lie in one span and end by a time; -1 for none."""
    for first, last in reversed(spans):
        start = min(last, until) - minutes
        if start >= first:
            return start
    return -1


def leaving(road: Spans, since: int, drive: int) -> int:
    """When a drive starts at the soonest; at once if it takes no time, -1 if it cannot be."""
    return earliest(road, since, drive) if drive else since


def shared(some: Spans, others: Spans) -> Spans:
    """What lies in a span of both."""
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return tuple(sorted((start, end) for start, end in both if start < end))


def without(spans: Spans, taken: Iterable[Span]) -> Spans:
    """What is left of spans when others are taken out."""
    for first, last in taken:
        cut = [(start, min(end, first)) for start, end in spans]
        cut += [(max(start, last), end) for start, end in spans]
        spans = tuple(sorted((start, end) for start, end in cut if start < end))
    return spans


def off_the_hour(start: int, wanted: int | None) -> int:
    """What writing at another time than the wanted one costs: two for each minute between."""
    return 0 if wanted is None else 2 * abs(start - wanted)


@frozen
class Frame:
    """What the rep has of a day: `work` for touches, `road` for drives and for lunch.

    A break in the hours is no time for touches, but for a drive or for lunch, which takes
    `lunch` minutes. `writing` is when the rep likes to write, if that matters.
    """

    work: Spans
    road: Spans
    lunch: int
    writing: int | None = None
    is_whole: bool = field(init=False, eq=False)

    @is_whole.default
    def _has_no_gap(self) -> bool:
        return len(self.work) == 1 and self.work == self.road


def frame_of(rep: Rep, date: dt.date) -> Frame:
    """The frame of a date: its hours without busy time."""
    hours = [(span.start, span.end) for span in rep.hours_on(date)]
    if not hours:
        return Frame((), (), 0)
    busy = [(span.start, span.end) for span in rep.busy_on(date)]
    work = tuple(sorted(hours))
    road = ((work[0][0], work[-1][1]),)
    return Frame(without(work, busy), without(road, busy), rep.lunch_minutes, rep.writing)
