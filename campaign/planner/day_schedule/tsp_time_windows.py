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

from attrs import frozen

from campaign.model.frames import Frame, Spans, earliest, leaving
from campaign.planner.instance.overnight_stays import Ends
from campaign.planner.instance.travel_times import HOME
from campaign.timetable.day import Stop, driven

KEPT = 2_000
HOMES = (HOME, HOME)


@frozen
class WindowedStop:
    """A stop before the tour is known: its hours and its minutes."""

    spans: Spans
    minutes: int


class _Part(NamedTuple):
    """A tour as far as it goes."""

    length: int
    time: int
    order: tuple[int, ...]


def stops_of(
    legs: Sequence[Sequence[int]],
    order: Sequence[int],
    places: Mapping[int, WindowedStop],
    start: int = HOME,
) -> tuple[Stop, ...]:
    """The stops of a tour, each with its drive."""
    before = (start, *order)
    return tuple(
        Stop(places[stop].spans, places[stop].minutes, legs[origin][stop])
        for origin, stop in zip(before, order, strict=False)
    )


def is_possible(
    frame: Frame,
    legs: Sequence[Sequence[int]],
    order: Sequence[int],
    places: Mapping[int, WindowedStop],
    ends: Ends = HOMES,
) -> bool:
    """Whether the clock allows a tour in this order, nothing else being done."""
    start, end = ends
    back = legs[order[-1]][end] if order else 0
    return driven(frame, stops_of(legs, order, places, start), back) >= 0


def shortest_by_clock(
    frame: Frame,
    legs: Sequence[Sequence[int]],
    places: Mapping[int, WindowedStop],
    ends: Ends = HOMES,
) -> tuple[int, ...] | None:
    """The order of the shortest tour over the places that the clock allows, None for none."""
    start, end = ends
    # One more stop in every round: all tours of a round have as many.
    parts = [_Part(0, 0, ())]
    for _ in places:
        parts = _longer(frame, legs, places, parts, start)
    closed = [
        (part.length + legs[part.order[-1]][end], part.time, part.order)
        for part in parts
        if part.order and is_possible(frame, legs, part.order, places, ends)
    ]
    return min(closed)[2] if closed else None


def _longer(
    frame: Frame,
    legs: Sequence[Sequence[int]],
    places: Mapping[int, WindowedStop],
    parts: Sequence[_Part],
    origin: int,
) -> list[_Part]:
    """The parts with one stop more."""
    found: dict[tuple[frozenset[int], int], list[_Part]] = {}
    for part in parts:
        last = part.order[-1] if part.order else origin
        for stop in places:
            if stop in part.order:
                continue
            leg, place = legs[last][stop], places[stop]
            # Waiting is free here: a stop begins as soon as it is reached and open.
            left = leaving(frame.road, part.time, leg)
            start = earliest(place.spans, left + leg, place.minutes) if left >= 0 else -1
            if start >= 0:
                order = (*part.order, stop)
                longer = _Part(part.length + leg, start + place.minutes, order)
                alike = found.setdefault((frozenset(order), stop), [])
                if not any(o.length <= longer.length and o.time <= longer.time for o in alike):
                    alike[:] = [
                        o for o in alike if o.length < longer.length or o.time < longer.time
                    ]
                    alike.append(longer)
    return sorted(part for alike in found.values() for part in alike)[:KEPT]
