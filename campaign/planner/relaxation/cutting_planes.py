"""Kelley's cutting planes in a box: the lowest point of convex functions known point by point.

    minimise  c x + sum_i f_i(x)   over x >= 0,   each f_i convex

Each answer at a point `x_k` gives planes `f_i(x) >= f_i(x_k) + s_ik (x - x_k)` with a subgradient
`s_ik` (Kelley 1960). GLOP finds the lowest point over all planes known, within a box around the
best point met so far (Marsten, Hogan and Blankenship 1975) that grows where it hinders and shrinks
where the planes promised too much: without it the first points jump from corner to corner.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from attrs import evolve, field, frozen

from campaign.planner.instance.horizon import Values
from campaign.planner.relaxation.glop import FallingProgramme

_SMALLEST_BOX = 1.0
_BOX = 0.05
_GOOD = 0.1
_ROUNDING = 1e-6


@frozen
class Plane:
    """A function's value at a point, and its slopes there."""

    value: float
    slopes: Values = field(eq=False)


Ask = Callable[[Values], Sequence[Plane]]
"""The planes of all functions at a point; their number is always the same."""


@frozen
class Lowest:
    """The lowest value met, its point, and what no point of the box could fall below."""

    value: float
    point: Values = field(eq=False)
    floor: float


class CuttingPlanes:
    """Goes down from a point, over coordinates that are never negative.

    `costs` is a linear function that is added to the others.
    """

    def __init__(self, costs: Values, ask: Ask) -> None:
        self._costs = costs
        self._ask = ask
        self._programme: FallingProgramme | None = None
        self._met: list[tuple[Values, list[int]]] = []
        self._is_solved = False

    def descend(
        self, starts: Iterable[Values], rounds: int, *, is_enough: Callable[[Lowest], bool]
    ) -> Lowest:
        """From the lowest of points on a line, ask at most `rounds` times, until that is enough.

        The points are asked in their order until the function, which is convex, rises.
        """
        best, box = self._line(starts)
        for left in reversed(range(rounds)):
            # Go to the lowest point over all planes known, ask there, learn: once a round.
            point, floor = self._lowest(best.point, box)
            if not self._is_solved:
                break
            # Only a lowest point inside the box is a floor for all points: on its edge it may fall
            # on.
            hinders = _hinders(box, best.point, point)
            best = evolve(best, floor=-np.inf if hinders else floor)
            if not left or is_enough(best):
                break
            value = self._value(point)
            box = self._box(box, best, Lowest(value, point, floor))
            if value < best.value:
                best = evolve(best, value=value, point=point)
        return best

    def _line(self, starts: Iterable[Values]) -> tuple[Lowest, float]:
        """The lowest of some points, and a box around it that reaches to the next."""
        best, box = Lowest(np.inf, np.zeros(0), -np.inf), 0.0
        for point in starts:
            value = self._value(point)
            box = float(abs(point - best.point).max()) if best.point.size else 0.0
            if value >= best.value:
                break
            best = Lowest(value, point, -np.inf)
        return best, box or max(_SMALLEST_BOX, _BOX * abs(best.value))

    def _value(self, point: Values) -> float:
        """The function at a point; the planes met there join."""
        planes = self._ask(point)
        self._add(planes, point)
        return sum(plane.value for plane in planes) + float(self._costs @ point)

    @property
    def mixture(self) -> list[list[Values]]:
        """By function, the points of which the lowest is a mixture: its planes meet there.

        All points that were met, where GLOP came to no end.
        """
        heights = len(self._met[0][1]) if self._met else 0
        if self._programme is None or not self._is_solved:
            return [[point for point, _ in self._met] for _ in range(heights)]
        # Planes with a dual value carry the lowest point: their weights make a convex combination.
        tight = self._programme.tight(_ROUNDING)
        return [
            [point for point, rows in self._met if rows[number] in tight]
            for number in range(heights)
        ]

    def _box(self, box: float, best: Lowest, met: Lowest) -> float:
        """The box after a point is met whose floor was foretold: it grows with good ones."""
        # How much the planes had promised against what came of it decides on the box, as in a trust
        # region: a serious step that ended on the edge doubles it, a broken promise halves it.
        foretold = best.value - met.floor
        if best.value - met.value > _GOOD * foretold:
            return box * 2 if _hinders(box, best.point, met.point) else box
        return box / 2 if met.value - best.value > foretold else box

    def _add(self, planes: Sequence[Plane], point: Values) -> None:
        if self._programme is None:
            self._programme = FallingProgramme(self._costs, len(planes))
        rows = [
            self._programme.add_plane(number, one.slopes, one.value - float(one.slopes @ point))
            for number, one in enumerate(planes)
        ]
        self._met.append((point, rows))

    def _lowest(self, centre: Values, box: float) -> tuple[Values, float]:
        assert self._programme is not None  # noqa: S101 (planes are added before)
        found = self._programme.lowest(np.maximum(centre - box, 0.0), centre + box)
        self._is_solved = found is not None
        return found or (centre, -np.inf)


def _hinders(box: float, centre: Values, point: Values) -> bool:
    """Whether a point lies on the edge of the box."""
    return bool((abs(point - centre) > box * (1 - _ROUNDING)).any())
