"""The middle of many places, where no home is given."""

from collections import Counter
from collections.abc import Sequence
from math import asin, cos, dist, inf, radians, sin

from campaign.model.values import Coordinates

_ROUNDING = 1e-9

Point = tuple[float, float, float]


def medoid(places: Sequence[Coordinates]) -> Coordinates | None:
    """The place whose distances to all others sum to the least; the first of equals.

    Exact, without measuring every pair: a place at distance d from one whose distances sum
    to S has itself a sum of at least |S - n d| (Newling and Fleuret, 2017, "A sub-quadratic
    exact medoid algorithm"). Begins in the middle, where the least sums are. Distances are
    great circles in radians.
    """
    counted = Counter(places)
    distinct, counts = list(counted), list(counted.values())
    points = [_on_the_globe(place) for place in distinct]
    floors = [0.0] * len(points)
    best = (inf, -1)
    for at in _from_the_middle(points):
        if floors[at] > best[0]:
            continue
        here = points[at]
        arcs = [2 * asin(min(1.0, dist(here, other) / 2)) for other in points]
        total = sum(arc * count for arc, count in zip(arcs, counts, strict=True))
        best = min(best, (total, at))
        floors = [
            max(floor, abs(total - len(places) * arc) - _ROUNDING)
            for floor, arc in zip(floors, arcs, strict=True)
        ]
    return distinct[best[1]] if distinct else None


def _on_the_globe(place: Coordinates) -> Point:
    latitude, longitude = radians(place.latitude), radians(place.longitude)
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def _from_the_middle(points: Sequence[Point]) -> list[int]:
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    return sorted(range(len(points)), key=lambda at: (dist(points[at], middle), at))
