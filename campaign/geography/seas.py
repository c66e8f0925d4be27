"""Straight lines that cross the sea, by the coasts that ship for maps (good to a kilometre)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from math import cos, floor, hypot, inf, radians

from attrs import frozen

from campaign.geography.outlines import Box, outlines
from campaign.geography.travel import EARTH_RADIUS_KM, kilometres
from campaign.model.values import Coordinates

_CELL = 0.25
_REACH_KM = 300
_REACH_DEGREES = 4.0
_LEAST_KM = 3.0
_DATE_LINE = 180
# a shore that lies so near is the place's own, drawn too coarsely
_COARSE_KM = 2.5
# a road along the coast is at most so long: so many times the straight line, or some more
_TIMES, _MORE_KM = 2.5, 15.0
_KM_A_DEGREE = radians(1) * EARTH_RADIUS_KM

Point = tuple[float, float]
Segment = tuple[Point, Point]


@frozen
class _Crossing:
    """Where a line crosses the coast: its share of the line, and the piece of coast."""

    share: float
    coast: Segment


class Coasts:
    """The coasts around a home, to ask whether the line to a place crosses the sea."""

    def __init__(self, home: Coordinates) -> None:
        self.home = home
        self._cells: dict[tuple[int, int], list[Segment]] = {}
        self._beside: dict[Point, list[tuple[Point, float]]] = {}
        east, north = home.longitude, home.latitude
        box = Box(
            east - _REACH_DEGREES,
            max(-85.0, north - _REACH_DEGREES),
            east + _REACH_DEGREES,
            min(85.0, north + _REACH_DEGREES),
        )
        for outline in outlines(box):
            if outline.kind == "coast":
                for segment in pairwise(outline.points):
                    self._add(segment)

    def _add(self, segment: Segment) -> None:
        for cell in _cells_of(*segment):
            self._cells.setdefault(cell, []).append(segment)
        one, other = segment
        length = _apart(one, other)
        self._beside.setdefault(one, []).append((other, length))
        self._beside.setdefault(other, []).append((one, length))

    def lie_between(self, place: Coordinates) -> bool:
        """Whether the way to a place is another than the straight line for the sea's sake.

        So it is where the line leaves the land, for some kilometres, and comes back to other
        land, or to the same only by a long way around the coast: a small bay does not count.
        It is not asked of places beyond 300 km, nor across the date line.
        """
        far = kilometres(self.home, place)
        if far > _REACH_KM or abs(self.home.longitude - place.longitude) > _DATE_LINE:
            return False
        line = ((self.home.longitude, self.home.latitude), (place.longitude, place.latitude))
        near = {segment for cell in _cells_of(*line) for segment in self._cells.get(cell, ())}
        found = ((_crossing(line, segment), segment) for segment in near)
        crossings = [_Crossing(share, coast) for share, coast in found if share is not None]
        crossings.sort(key=lambda one: one.share)
        if len(crossings) % 2:
            at_home, there = (self._from_shore(end) for end in line)
            if min(at_home, there) > _COARSE_KM:
                return True  # an island that is not drawn
            crossings = crossings[1:] if at_home < there else crossings[:-1]
        return self._is_parted(crossings, far)

    def _is_parted(self, crossings: Sequence[_Crossing], far: float) -> bool:
        """Whether some water on the line is not passed along the coast."""
        at = 0
        while at < len(crossings):
            back = (
                n for n in range(len(crossings) - 1, at, -2) if self._is_bay(crossings, at, n, far)
            )
            end = next(back, None)
            if end is None:
                return True
            at = end + 1
        return False

    def _is_bay(self, crossings: Sequence[_Crossing], at: int, end: int, far: float) -> bool:
        """Whether between two crossings the coast is not much longer than the line."""
        one, other = crossings[at], crossings[end]
        chord = (other.share - one.share) * far
        if end == at + 1 and chord < _LEAST_KM:
            return True
        return self._is_along_the_coast(
            one.coast, other.coast, max(_TIMES * chord, chord + _MORE_KM)
        )

    def _is_along_the_coast(self, one: Segment, other: Segment, most: float) -> bool:
        """Whether the coast leads from one piece to another within so many kilometres."""
        known, heap = dict.fromkeys(one, 0.0), [(0.0, point) for point in one]
        while heap:
            length, here = heappop(heap)
            if here in other:
                return True
            for there, more in self._beside[here]:
                longer = length + more
                if longer <= most and longer < known.get(there, inf):
                    known[there] = longer
                    heappush(heap, (longer, there))
        return False

    def _from_shore(self, place: Point) -> float:
        """The kilometres from a place to the nearest coast around it."""
        column, row = floor(place[0] / _CELL), floor(place[1] / _CELL)
        cells = ((column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
        near = (segment for cell in cells for segment in self._cells.get(cell, ()))
        return min((_to_segment(place, segment) for segment in near), default=inf)


@lru_cache(maxsize=8)
def coasts_around(home: Coordinates) -> Coasts:
    """The coasts around a home, put together once: it takes longer than to ask them."""
    return Coasts(home)


def _apart(one: Point, other: Point) -> float:
    """The kilometres of a piece of coast, as if flat: longitudes may go on past 180."""
    east = (other[0] - one[0]) * cos(radians((one[1] + other[1]) / 2))
    return hypot(east, other[1] - one[1]) * _KM_A_DEGREE


def _to_segment(place: Point, segment: Segment) -> float:
    """The kilometres from a place to the nearest point of a piece of coast, as if flat."""
    shrunk = cos(radians(place[1]))
    (ax, ay), (bx, by) = (((x - place[0]) * shrunk, y - place[1]) for x, y in segment)
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return hypot(ax + share * dx, ay + share * dy) * _KM_A_DEGREE


def _cells_of(one: Point, other: Point) -> Iterator[tuple[int, int]]:
    """The cells of the box around a line."""
    east, north = (
        sorted((floor(a / _CELL), floor(b / _CELL))) for a, b in zip(one, other, strict=True)
    )
    for column in range(east[0], east[1] + 1):
        for row in range(north[0], north[1] + 1):
            yield column, row


def _crossing(line: Segment, coast: Segment) -> float | None:
    """How far along a line, from 0 to 1, it crosses a piece of coast; None where it does not."""
    (west, south), (east, north) = line
    (a_east, a_north), (b_east, b_north) = coast
    d_east, d_north = east - west, north - south
    c_east, c_north = b_east - a_east, b_north - a_north
    turn = d_east * c_north - d_north * c_east
    if not turn:
        return None
    along = ((a_east - west) * c_north - (a_north - south) * c_east) / turn
    across = ((a_east - west) * d_north - (a_north - south) * d_east) / turn
    return along if 0 <= along <= 1 and 0 <= across < 1 else None
