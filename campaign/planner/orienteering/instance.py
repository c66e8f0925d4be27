"""The question of Team Orienteering, and an answer to it."""

from math import dist
from typing import Any

from attrs import Attribute, field, frozen

Point = tuple[float, float]


@frozen
class Orienteering:
    """Points with scores, and how many tours of which length may collect them.

    `start` and `end` are positions in `points`; `longest` is the greatest length of one
    tour, in the unit of the points, by straight lines in double precision. The source of
    the question: Chao, Golden and Wasil 1996. Raises `ValueError` where it contradicts
    itself.
    """

    points: tuple[Point, ...]
    scores: tuple[int, ...] = field()
    start: int = field(kw_only=True)
    end: int = field(kw_only=True)
    tours: int = field(kw_only=True)
    longest: float = field(kw_only=True)

    @scores.validator
    def _one_score_a_point(self, _: "Attribute[Any]", scores: tuple[int, ...]) -> None:
        if len(scores) != len(self.points):
            message = f"{len(self.points)} points need as many scores, not {len(scores)}"
            raise ValueError(message)

    @start.validator
    @end.validator
    def _is_a_point(self, attribute: "Attribute[Any]", position: int) -> None:
        if not 0 <= position < len(self.points):
            message = f"{attribute.name} is a point from 0 to {len(self.points) - 1}: {position}"
            raise ValueError(message)

    @tours.validator
    @longest.validator
    def _not_below_zero(self, attribute: "Attribute[Any]", value: float) -> None:
        if not value >= 0:
            message = f"{attribute.name} is 0 or more: {value}"
            raise ValueError(message)

    def distance(self, origin: int, target: int) -> float:
        """The straight line between two points."""
        return dist(self.points[origin], self.points[target])


@frozen
class Tours:
    """The points of each tour in order, without start and end; their score; their length.

    `length` is that of all tours together; a tour without points is not driven.
    """

    routes: tuple[tuple[int, ...], ...]
    score: int
    length: float
