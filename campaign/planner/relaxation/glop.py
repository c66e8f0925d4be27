"""GLOP as this project runs it: a linear programme to which columns and rows join.

Each answer starts from the one before, so that a programme which grows a little is solved
again in a moment. GLOP counts nothing by the clock: the same programme, the same answer.
"""

from collections.abc import Iterable

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]  # no types in 9.15

from campaign.planner.instance.horizon import Values

# Presolve and scaling would throw the basis away from which the next answer starts.
_FROM_WHERE_IT_WAS = "use_preprocessing:false use_scaling:false"


class LinearProgramme:
    """A programme that is solved again and again; columns and rows are known by their numbers."""

    def __init__(self, *, is_maximum: bool) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString(_FROM_WHERE_IT_WAS)
        self._objective = self._solver.Objective()
        self._objective.SetOptimizationDirection(is_maximum)
        self._rows: list[pywraplp.Constraint] = []
        self._columns: list[pywraplp.Variable] = []

    def add_row(self, least: float, most: float, columns: Iterable[tuple[int, float]] = ()) -> int:
        """A row between two values, of some columns so much each; its number."""
        row = self._solver.Constraint(least, most)
        for column, amount in columns:
            row.SetCoefficient(self._columns[column], amount)
        self._rows.append(row)
        return len(self._rows) - 1

    def add_column(
        self, worth: float, rows: Iterable[tuple[int, float]] = (), *, least: float = 0.0
    ) -> int:
        """A column from a value on that is worth something and takes of some rows; its number."""
        column = self._solver.NumVar(least, self._solver.infinity(), "")
        self._objective.SetCoefficient(column, worth)
        for row, amount in rows:
            self._rows[row].SetCoefficient(column, amount)
        self._columns.append(column)
        return len(self._columns) - 1

    def bound(self, column: int, least: float, most: float) -> None:
        """Let a column lie between two values."""
        self._columns[column].SetBounds(least, most)

    def solve(self) -> bool:
        """Find the best; whether it was found."""
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

    @property
    def values(self) -> Values:
        """The answer, by column."""
        return np.array([column.solution_value() for column in self._columns])

    @property
    def duals(self) -> Values:
        """What a little more of each row would be worth."""
        return np.array([row.dual_value() for row in self._rows])
