"""Straight lines that cross the sea, by the coasts that ship for maps (good to a kilometre)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import floor

from campaign.geography.outlines import Box, outlines
from campaign.geography.travel import kilometres
from campaign.model.values import Coordinates

_CELL = 0.25
_REACH_KM = 300
_REACH_DEGREES = 4.0
_LEAST_KM = 4.0
_DATE_LINE = 180

Point = tuple[float, float]
Segment = tuple[Point, Point]


class Coasts:
    """The coasts around a home, to ask whether the line to a place crosses the sea."""

    def __init__(self, home: Coordinates) -> None:
        self.home = home
        self._cells: dict[tuple[int, int], list[Segment]] = {}
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
                    for cell in _cells_of(*segment):
                        self._cells.setdefault(cell, []).append(segment)

    def lie_between(self, place: Coordinates) -> bool:
        """Whether the straight line from home to a place runs over water for some kilometres.

        It is not asked of places beyond 300 km, nor across the date line. A stretch between
        two coasts is water where the line has left the land, counted from each of its ends.
        """
        far = kilometres(self.home, place)
        if far > _REACH_KM or abs(self.home.longitude - place.longitude) > _DATE_LINE:
            return False
        line = ((self.home.longitude, self.home.latitude), (place.longitude, place.latitude))
        near = {segment for cell in _cells_of(*line) for segment in self._cells.get(cell, ())}
        found = (_crossing(line, segment) for segment in near)
        shares = sorted({share for share in found if share is not None})
        return _longest(shares) * far >= _LEAST_KM


@lru_cache(maxsize=8)
def coasts_around(home: Coordinates) -> Coasts:
    """The coasts around a home, put together once: it takes longer than to ask them."""
    return Coasts(home)


def _longest(shares: Sequence[float]) -> float:
    """The longest stretch over water of a line that begins and ends on land, as its share.

    Where the coasts are too coarse for that, and put one end a little into the sea, both
    readings count, and the one with less water holds.
    """
    if len(shares) % 2:
        return min(_longest(shares[1:]), _longest(shares[:-1]))
    pairs = zip(shares[::2], shares[1::2], strict=True)
    return max((end - start for start, end in pairs), default=0.0)


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
