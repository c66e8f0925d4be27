"""The travelling salesman's problem with time windows: each stop in its hours, home in time.

    minimise  sum of legs   over orders of the stops with   t_j >= t_i + minutes_i + leg(i, j),
                                                            t_j within the hours of j

First the shortest tour of all is tried, either way round. Where both come too late somewhere,
tours grow stop by stop: of two with the same stops and the same last one, the one that is neither
shorter nor sooner is dominated and forgotten (Dumas et al. 1995). Exact as long as no more tours
are on the way than are kept.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from campaign.model.frames import Frame, Spans, earliest, leaving
from campaign.planner.instance.travel_times import HOME, HOMES, Ends
from campaign.timetable.day import Stop, driven

KEPT = 2_000

Legs = Sequence[Sequence[int]]


class WindowedStop(NamedTuple):
    """A stop before the tour is known: its hours and its minutes."""

    spans: Spans
    minutes: int


class _Part(NamedTuple):
    """A tour as far as it goes."""

    length: int
    time: int
    order: tuple[int, ...]


def stops_of(
    legs: Legs, order: Sequence[int], places: Mapping[int, WindowedStop], start: int = HOME
) -> tuple[Stop, ...]:
    """The stops of a tour, each with its drive."""
    return tuple(
        Stop(*places[stop], legs[origin][stop])
        for origin, stop in zip((start, *order), order, strict=False)
    )


def is_possible(
    frame: Frame,
    legs: Legs,
    order: Sequence[int],
    places: Mapping[int, WindowedStop],
    ends: Ends = HOMES,
) -> bool:
    """Whether the clock allows a tour in this order, nothing else being done."""
    back = legs[order[-1]][ends[1]] if order else 0
    return driven(frame, stops_of(legs, order, places, ends[0]), back) >= 0


def shortest_by_clock(
    frame: Frame, legs: Legs, places: Mapping[int, WindowedStop], ends: Ends = HOMES
) -> tuple[int, ...] | None:
    """The order of the shortest tour over the places that the clock allows, None for none."""
    parts = [_Part(0, 0, ())]
    # One more stop in every round: all tours of a round have as many.
    for _ in places:
        found: dict[tuple[frozenset[int], int], list[_Part]] = {}
        for part in parts:
            for longer in _longer(frame, legs, places, part, ends[0]):
                alike = found.setdefault((frozenset(longer.order), longer.order[-1]), [])
                if not any(o.length <= longer.length and o.time <= longer.time for o in alike):
                    alike[:] = [
                        o for o in alike if o.length < longer.length or o.time < longer.time
                    ]
                    alike.append(longer)
        parts = sorted(part for alike in found.values() for part in alike)[:KEPT]
    closed = [
        (part.length + legs[part.order[-1]][ends[1]], part.time, part.order)
        for part in parts
        if part.order and is_possible(frame, legs, part.order, places, ends)
    ]
    return min(closed)[2] if closed else None


def _longer(
    frame: Frame, legs: Legs, places: Mapping[int, WindowedStop], part: _Part, origin: int
) -> list[_Part]:
    """A part with each stop more that can still be in time; waiting is free here."""
    found, last = list[_Part](), part.order[-1] if part.order else origin
    for stop, (spans, minutes) in places.items():
        leg = legs[last][stop]
        left = leaving(frame.road, part.time, leg) if stop not in part.order else -1
        # A stop begins as soon as it is reached and open.
        start = earliest(spans, left + leg, minutes) if left >= 0 else -1
        if start >= 0:
            found.append(_Part(part.length + leg, start + minutes, (*part.order, stop)))
    return found
