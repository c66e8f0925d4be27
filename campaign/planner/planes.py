"""The lowest point of a sum of convex functions that can only be asked for, point by point.

Each answer gives a plane below the function (Kelley 1960); GLOP finds the lowest point over
all planes known, within a box around the best point met so far, that grows where it hinders.
"""

from collections.abc import Callable, Sequence

import numpy as np
from attrs import evolve, field, frozen
from ortools.linear_solver.python import model_builder

from campaign.planner.ranges import Values

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


class Descender:
    """Goes down from a point, over coordinates that are never negative.

    `costs` is a linear function that is added to the others.
    """

    def __init__(self, costs: Values, ask: Ask) -> None:
        self._costs = costs
        self._ask = ask
        self._model = model_builder.Model()  # type: ignore[no-untyped-call]  # in OR-Tools 9.15
        self._coordinates = [
            self._model.new_num_var(0.0, 0.0, f"x{number}") for number in range(len(costs))
        ]
        self._heights: list[model_builder.Variable] = []
        self._met: list[tuple[Values, list[model_builder.LinearConstraint]]] = []
        self._solver = model_builder.Solver("glop")
        self._is_solved = False

    def descend(self, start: Values, rounds: int, *, is_enough: Callable[[Lowest], bool]) -> Lowest:
        """Ask at most `rounds` times, until that is enough."""
        best, point, box, floor = Lowest(np.inf, start, -np.inf), start, 0.0, -np.inf
        for _ in range(rounds):
            planes = self._ask(point)
            value = sum(plane.value for plane in planes) + float(self._costs @ point)
            box = self._box(box, best, Lowest(value, point, floor))
            if value < best.value:
                best = evolve(best, value=value, point=point)
            self._add(planes, point)
            point, floor = self._lowest(best.point, box)
            if not self._is_solved:
                break
            hinders = _hinders(box, best.point, point)
            best = evolve(best, floor=-np.inf if hinders else floor)
            if is_enough(best):
                break
        return best

    @property
    def mixture(self) -> list[list[Values]]:
        """By function, the points of which the lowest is a mixture: its planes meet there.

        All points that were met, where GLOP came to no end.
        """
        if not self._is_solved:
            return [[point for point, _ in self._met] for _ in self._heights]
        dual = self._solver.dual_value
        return [
            [point for point, rows in self._met if dual(rows[number]) > _ROUNDING]
            for number in range(len(self._heights))
        ]

    def _box(self, box: float, best: Lowest, met: Lowest) -> float:
        """The box after a point is met whose floor was foretold: it grows with good ones."""
        if not box:
            return max(_SMALLEST_BOX, _BOX * abs(met.value))
        foretold = best.value - met.floor
        if best.value - met.value > _GOOD * foretold:
            return box * 2 if _hinders(box, best.point, met.point) else box
        return box / 2 if met.value - best.value > foretold else box

    def _add(self, planes: Sequence[Plane], point: Values) -> None:
        if not self._heights:
            self._heights = [
                self._model.new_num_var(-np.inf, np.inf, f"height{number}")
                for number in range(len(planes))
            ]
            self._model.minimize(
                model_builder.LinearExpr.weighted_sum(
                    [*self._coordinates, *self._heights],
                    [*self._costs.tolist(), *[1.0] * len(planes)],
                )
            )
        rows: list[model_builder.LinearConstraint] = []
        self._met.append((point, rows))
        for height, plane in zip(self._heights, planes, strict=True):
            steep = plane.slopes.nonzero()[0].tolist()
            sloped = model_builder.LinearExpr.weighted_sum(
                [height, *(self._coordinates[number] for number in steep)],
                [1.0, *(-plane.slopes[steep]).tolist()],
            )
            rows.append(self._model.add(sloped >= plane.value - float(plane.slopes @ point)))

    def _lowest(self, centre: Values, box: float) -> tuple[Values, float]:
        for coordinate, middle in zip(self._coordinates, centre.tolist(), strict=True):
            coordinate.lower_bound = max(0.0, middle - box)
            coordinate.upper_bound = middle + box
        solver = self._solver
        status = solver.solve(self._model)
        self._is_solved = status == model_builder.SolveStatus.OPTIMAL
        if not self._is_solved:
            return centre, -np.inf
        found = np.array([solver.value(coordinate) for coordinate in self._coordinates])
        self._solver = solver
        return np.maximum(found, 0.0), float(solver.objective_value)


def _hinders(box: float, centre: Values, point: Values) -> bool:
    """Whether a point lies on the edge of the box."""
    return bool((abs(point - centre) > box * (1 - _ROUNDING)).any())
