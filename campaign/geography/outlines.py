"""Outlines for maps, offline, and straight lines that cross the sea by their coasts.

Coasts, lakes, borders of countries, states and provinces, good to a kilometre.
"""

import lzma
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from heapq import heappop, heappush
from importlib.resources import files
from itertools import accumulate, islice, pairwise
from math import cos, floor, hypot, inf, radians

from attrs import frozen

from campaign.geography.travel import EARTH_RADIUS_KM, kilometres
from campaign.model.values import Coordinates

SOURCE = "Natural Earth, 1:10m (naturalearthdata.com)"
"""Where the outlines come from; they are in the public domain."""

FILE = "outlines.txt.xz"
TILE_DEGREES = 5
TILE_SIGN = "# "
SCALE = 100
_ROUND = 360
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


@frozen
class Box:
    """A part of the earth in degrees; beyond the date line longitudes go on past 180."""

    west: float
    south: float
    east: float
    north: float


@frozen
class Outline:
    """One line of a map; `kind` is coast, border (of a country) or region (of a state).

    `points` are degrees east and north.
    """

    kind: str
    points: tuple[tuple[float, float], ...]


def outlines(box: Box) -> Iterator[Outline]:
    """The outlines of every tile of 5 degrees that a box touches, in a fixed order.

    Some of it lies outside the box.
    """
    columns, rows = (
        range(floor(first / TILE_DEGREES), floor(last / TILE_DEGREES) + 1)
        for first, last in ((box.west, box.east), (box.south, box.north))
    )
    for south in (row * TILE_DEGREES for row in rows):
        for west in (column * TILE_DEGREES for column in columns):
            around = (west + _ROUND // 2) % _ROUND - _ROUND // 2
            for line in _tiles().get(tile_name(around, south), ()):
                kind, *steps = line.split()
                points = zip(_places(steps[::2], west), _places(steps[1::2], south), strict=True)
                yield Outline(kind, tuple(points))


def tile_name(west: int, south: int) -> str:
    """The name of the tile with this south-western corner, degrees."""
    return f"{'n' if south >= 0 else 's'}{abs(south):02}{'e' if west >= 0 else 'w'}{abs(west):03}"


def _places(steps: list[str], corner: int) -> Iterator[float]:
    whole = accumulate(map(int, steps), initial=corner * SCALE)
    return (place / SCALE for place in islice(whole, 1, None))


@cache
def _tiles() -> dict[str, list[str]]:
    packed = files("campaign.geography").joinpath(FILE).read_bytes()
    _about, *tiles = lzma.decompress(packed).decode("ascii").split(f"\n{TILE_SIGN}")
    named = (tile.splitlines() for tile in tiles)
    return {name: lines for name, *lines in named}


Point = tuple[float, float]
Segment = tuple[Point, Point]
Crossing = tuple[float, Segment]
"""Where a line crosses the coast: its share of the line, and the piece of coast."""


class Coasts:
    """The coasts around a home, to ask whether the line to a place crosses the sea."""

    def __init__(self, home: Coordinates) -> None:
        self.home = home
        self._cells: dict[tuple[int, int], list[Segment]] = {}
        self._beside: dict[Point, list[tuple[Point, float]]] = {}
        east, north = home.longitude, home.latitude
        south_west = east - _REACH_DEGREES, max(-85.0, north - _REACH_DEGREES)
        box = Box(*south_west, east + _REACH_DEGREES, min(85.0, north + _REACH_DEGREES))
        coasts = (outline.points for outline in outlines(box) if outline.kind == "coast")
        for one, other in (segment for points in coasts for segment in pairwise(points)):
            for cell in _cells_of(one, other):
                self._cells.setdefault(cell, []).append((one, other))
            # as if flat: longitudes may go on past 180
            wide = (other[0] - one[0]) * cos(radians((one[1] + other[1]) / 2))
            length = hypot(wide, other[1] - one[1]) * _KM_A_DEGREE
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
        crossings = sorted((share, coast) for share, coast in found if share is not None)
        if len(crossings) % 2:
            at_home, there = (self._from_shore(end) for end in line)
            if min(at_home, there) > _COARSE_KM:
                return True  # an island that is not drawn
            crossings = crossings[1:] if at_home < there else crossings[:-1]
        # whether some water on the line is not passed along the coast
        at = 0
        while at < len(crossings):
            ends = range(len(crossings) - 1, at, -2)
            end = next((end for end in ends if self._is_bay(crossings, at, end, far)), None)
            if end is None:
                return True
            at = end + 1
        return False

    def _is_bay(self, crossings: Sequence[Crossing], at: int, end: int, far: float) -> bool:
        """Whether between two crossings the coast is not much longer than the line."""
        (share, coast), (last_share, last_coast) = crossings[at], crossings[end]
        chord = (last_share - share) * far
        if end == at + 1 and chord < _LEAST_KM:
            return True
        most = max(_TIMES * chord, chord + _MORE_KM)
        # the shortest way along the coast from one piece to the other
        known = dict.fromkeys(coast, 0.0)
        heap = [(0.0, point) for point in coast]
        while heap:
            length, here = heappop(heap)
            if here in last_coast:
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


coasts_around = lru_cache(maxsize=8)(Coasts)
"""The coasts around a home, put together once: it takes longer than to ask them."""


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
