"""CP-SAT as this project runs it: one worker and counted time, so that answers repeat."""

import math
from collections.abc import Iterable, Sequence

from attrs import frozen
from ortools.sat.python import cp_model

_ROUNDING, _FIRST = 1e-6, 0.15
Term = tuple[cp_model.IntVar, int]


def weighted(terms: Sequence[Term]) -> cp_model.LinearExpr:
    """The sum of literals times numbers."""
    return cp_model.LinearExpr.weighted_sum([term for term, _ in terms], [n for _, n in terms])


def hinted(model: cp_model.CpModel, values: Iterable[tuple[cp_model.IntVar, bool]]) -> None:
    """Replace the model's hints."""
    model.clear_hints()  # type: ignore[no-untyped-call]  # not annotated in OR-Tools 9.15
    for variable, value in values:
        model.add_hint(variable, value)


@frozen
class Maximum:
    """The best that CP-SAT found: its figure, if that is proved, the time it took."""

    figure: int
    is_optimal: bool
    work: float
    _solver: cp_model.CpSolver

    def holds(self, literal: cp_model.IntVar) -> bool:
        """Whether a literal is true in it."""
        return self._solver.boolean_value(literal)


def maximised(model: cp_model.CpModel, terms: Sequence[Term], work: float) -> Maximum | None:
    """The model solved for the greatest sum; None where nothing is found in time.

    `work` is deterministic time, about seconds. Ctrl-C reaches Python, not the solver.
    """
    model.maximize(weighted(terms))
    solver = _solver(work)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return Maximum(
        round(solver.objective_value),
        status == cp_model.OPTIMAL,
        solver.response_proto.deterministic_time,
        solver,
    )


def least(model: cp_model.CpModel, total: cp_model.LinearExpr, work: float) -> int:
    """What no solution of the model stays below; 0 where nothing is known in time.

    Two ways to prove it are tried, now one and now the other is much the faster: the usual
    one for a part of the `work`, for the rest one that only lifts the bound.
    """
    model.minimize(total)
    found = 0
    for by_bound, part in ((False, _FIRST), (True, 1 - _FIRST)):
        solver = _solver(part * work)
        solver.parameters.use_objective_lb_search = by_bound
        status = solver.solve(model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            found = max(found, math.ceil(solver.best_objective_bound - _ROUNDING))
        if status == cp_model.OPTIMAL:
            break
    return found


def _solver(work: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = max(0.0, work)
    solver.parameters.catch_sigint_signal = False
    return solver
