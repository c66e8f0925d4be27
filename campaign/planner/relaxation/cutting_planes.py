"""Kelley's cutting planes in a box: the lowest point of convex functions known point by point.

    minimise  c x + sum_i f_i(x)   over x >= 0,   each f_i convex

Each answer at a point `x_k` gives planes `f_i(x) >= f_i(x_k) + s_ik (x - x_k)` with a subgradient
`s_ik` (Kelley 1960). GLOP finds the lowest point over all planes known, within a box around the
best point met so far (Marsten, Hogan and Blankenship 1975) that grows where it hinders and shrinks
where the planes promised too much: without it the first points jump from corner to corner.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from campaign.planner.instance.horizon import Values
from campaign.planner.relaxation.glop import LinearProgramme

_SMALLEST_BOX = 1.0
_BOX = 0.05
_GOOD = 0.1
_ROUNDING = 1e-6


class Plane(NamedTuple):
    """A function's value at a point, and its slopes there."""

    value: float
    slopes: Values


Ask = Callable[[Values], Sequence[Plane]]
"""The planes of all functions at a point; their number is always the same."""


class Lowest(NamedTuple):
    """The lowest value met, its point, and what no point of the box could fall below."""

    value: float
    point: Values
    floor: float


class CuttingPlanes:
    """Goes down from a point, over coordinates that are never negative.

    `costs` is a linear function that is added to the others.
    """

    def __init__(self, costs: Values, ask: Ask) -> None:
        self._costs, self._ask = costs, ask
        # A column for each coordinate, then one for the height of each function.
        self._programme = LinearProgramme(is_maximum=False)
        for cost in costs.tolist():
            self._programme.add_column(cost)
        self._met: list[tuple[Values, list[int]]] = []
        self._is_solved = False

    def descend(
        self, starts: Iterable[Values], rounds: int, *, is_enough: Callable[[Lowest], bool]
    ) -> Lowest:
        """From the lowest of points on a line, ask at most `rounds` times, until that is enough.

        The points are asked in their order until the function, which is convex, rises.
        """
        best, box = Lowest(np.inf, np.zeros(0), -np.inf), 0.0
        for point in starts:
            value = self._value(point)
            # The box reaches to the next of the points.
            box = float(abs(point - best.point).max()) if best.point.size else 0.0
            if value >= best.value:
                break
            best = Lowest(value, point, -np.inf)
        box = box or max(_SMALLEST_BOX, _BOX * abs(best.value))
        for left in reversed(range(rounds)):
            # Go to the lowest point over all planes known, ask there, learn: once a round.
            point, floor = self._lowest(best.point, box)
            if not self._is_solved:
                break
            # Only a lowest point inside the box is a floor for all points: on its edge it may fall
            # on.
            is_on_edge = bool((abs(point - best.point) > box * (1 - _ROUNDING)).any())
            best = best._replace(floor=-np.inf if is_on_edge else floor)
            if not left or is_enough(best):
                break
            value = self._value(point)
            # How much the planes had promised against what came of it decides on the box, as in a
            # trust region: a serious step that ended on the edge doubles it, a broken promise
            # halves it.
            foretold, won = best.value - floor, best.value - value
            if won > _GOOD * foretold:
                box *= 2 if is_on_edge else 1
            elif -won > foretold:
                box /= 2
            if value < best.value:
                best = best._replace(value=value, point=point)
        return best

    def _value(self, point: Values) -> float:
        """The function at a point; the planes met there join."""
        planes, programme = self._ask(point), self._programme
        heights = range(len(self._costs), len(self._costs) + len(planes))
        if not self._met:
            for _ in heights:
                programme.add_column(1.0, least=-np.inf)
        rows = []
        for height, plane in zip(heights, planes, strict=True):
            # The height lies above the plane: height - slopes @ point >= least.
            least = plane.value - float(plane.slopes @ point)
            steep = plane.slopes.nonzero()[0].tolist()
            columns = [(number, -float(plane.slopes[number])) for number in steep]
            rows.append(programme.add_row(float(least), np.inf, [(height, 1.0), *columns]))
        self._met.append((point, rows))
        return sum(plane.value for plane in planes) + float(self._costs @ point)

    def _lowest(self, centre: Values, box: float) -> tuple[Values, float]:
        """The lowest point over the planes in a box, and its height; the centre without one."""
        for column, middle in enumerate(centre.tolist()):
            self._programme.bound(column, max(middle - box, 0.0), middle + box)
        self._is_solved = self._programme.solve()
        if not self._is_solved:
            return centre, -np.inf
        # Rounding may leave a coordinate a little below 0, where prices have no meaning.
        point = self._programme.values[: len(centre)]
        return np.maximum(point, 0.0), self._programme.value

    @property
    def mixture(self) -> list[list[Values]]:
        """By function, the points of which the lowest is a mixture: its planes meet there.

        All points that were met, where GLOP came to no end.
        """
        # Planes with a dual value carry the lowest point: their weights make a convex combination.
        duals = self._programme.duals if self._is_solved else np.ones(0)
        functions = range(len(self._met[0][1]) if self._met else 0)
        return [
            [
                point
                for point, rows in self._met
                if not self._is_solved or duals[rows[number]] > _ROUNDING
            ]
            for number in functions
        ]
