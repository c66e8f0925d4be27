"""GLOP as this project runs it: a maximum over columns that join one by one.

Each answer starts from the one before, so that a programme which grows a little is solved
again in a moment. GLOP counts nothing by the clock: the same programme, the same answer.
"""

from collections.abc import Iterable

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]  # no types in 9.15

from campaign.planner.ranges import Values

_FROM_WHERE_IT_WAS = "use_preprocessing:false use_scaling:false"


class GrowingProgramme:
    """Rows with a most each, and columns from 0 on that take of them and are worth something."""

    def __init__(self) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString(_FROM_WHERE_IT_WAS)
        self._objective = self._solver.Objective()
        self._objective.SetMaximization()
        self._rows: list[pywraplp.Constraint] = []
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
        """Find the best parts of the columns known; from the beginning where that is needed."""
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            self._solver.SetSolverSpecificParametersAsString("")
            self._solver.Solve()
            self._solver.SetSolverSpecificParametersAsString(_FROM_WHERE_IT_WAS)

    @property
    def value(self) -> float:
        """What the best parts are worth."""
        return float(self._objective.Value())

    def prices(self) -> Values:
        """What a little more of each row would be worth."""
        return np.array([row.dual_value() for row in self._rows])

    def part(self, column: int) -> float:
        """The part of a column."""
        return float(self._columns[column].solution_value())
