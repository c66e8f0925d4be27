"""GLOP as this project runs it: a maximum over columns that join, a minimum over planes that join.

Each answer starts from the one before, so that a programme which grows a little is solved
again in a moment. GLOP counts nothing by the clock: the same programme, the same answer.
"""

from collections.abc import Iterable

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]  # no types in 9.15

from campaign.planner.instance.horizon import Values

# Presolve and scaling would throw the basis away from which the next answer starts.
_FROM_WHERE_IT_WAS = "use_preprocessing:false use_scaling:false"


class _Programme:
    """A programme that is solved again and again, from the beginning where that is needed."""

    def __init__(self) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString(_FROM_WHERE_IT_WAS)
        self._objective = self._solver.Objective()
        self._rows: list[pywraplp.Constraint] = []

    def _solved(self) -> bool:
        """Whether the best was found."""
        found = self._solver.Solve()
        # From an old basis GLOP may lose its way numerically; from the beginning it rarely does.
        if found != pywraplp.Solver.OPTIMAL:
            self._solver.SetSolverSpecificParametersAsString("")
            found = self._solver.Solve()
            self._solver.SetSolverSpecificParametersAsString(_FROM_WHERE_IT_WAS)
        return bool(found == pywraplp.Solver.OPTIMAL)

    @property
    def value(self) -> float:
        """What the answer comes to."""
        return float(self._objective.Value())


class GrowingProgramme(_Programme):
    """Rows with a most each, and columns from 0 on that take of them and are worth something."""

    def __init__(self) -> None:
        super().__init__()
        self._objective.SetMaximization()
        self._columns: list[pywraplp.Variable] = []

    def add_row(self, most: float) -> int:
        """A new row; its number."""
        self._rows.append(self._solver.Constraint(-self._solver.infinity(), most))
        return len(self._rows) - 1

    def add_column(self, worth: float, uses: Iterable[tuple[int, float]]) -> int:
        """A new column that takes of some rows; its number."""
        column = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._objective.SetCoefficient(column, worth)
        for row, amount in uses:
            self._rows[row].SetCoefficient(column, amount)
        self._columns.append(column)
        return len(self._columns) - 1

    def solve(self) -> None:
        """Find the best parts of the columns known."""
        self._solved()

    def prices(self) -> Values:
        """What a little more of each row would be worth."""
        return np.array([row.dual_value() for row in self._rows])

    def part(self, column: int) -> float:
        """The part of a column."""
        return float(self._columns[column].solution_value())


class FallingProgramme(_Programme):
    """The lowest point of a linear function and of heights above planes that join."""

    def __init__(self, costs: Values, heights: int) -> None:
        super().__init__()
        endless = self._solver.infinity()
        self._point = [self._solver.NumVar(0.0, 0.0, "") for _ in costs]
        self._heights = [self._solver.NumVar(-endless, endless, "") for _ in range(heights)]
        for variable, cost in zip(self._point, costs.tolist(), strict=True):
            self._objective.SetCoefficient(variable, cost)
        for height in self._heights:
            self._objective.SetCoefficient(height, 1.0)
        self._objective.SetMinimization()

    def add_plane(self, height: int, slopes: Values, least: float) -> int:
        """A plane that a height lies above: `height - slopes @ point >= least`; its number."""
        row = self._solver.Constraint(float(least), self._solver.infinity())
        row.SetCoefficient(self._heights[height], 1.0)
        for number in slopes.nonzero()[0].tolist():
            row.SetCoefficient(self._point[number], -float(slopes[number]))
        self._rows.append(row)
        return len(self._rows) - 1

    def lowest(self, least: Values, most: Values) -> tuple[Values, float] | None:
        """The lowest point in a box, and its value; None where GLOP came to no end."""
        for variable, low, high in zip(self._point, least.tolist(), most.tolist(), strict=True):
            variable.SetBounds(low, high)
        if not self._solved():
            return None
        found = np.array([variable.solution_value() for variable in self._point])
        # Rounding may leave a coordinate a little below 0, where prices have no meaning.
        return np.maximum(found, 0.0), self.value

    def tight(self, least: float) -> frozenset[int]:
        """The planes that carry the lowest point, by number."""
        return frozenset(n for n, row in enumerate(self._rows) if row.dual_value() > least)
