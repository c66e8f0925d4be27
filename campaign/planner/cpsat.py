"""CP-SAT as this project runs it: one worker and counted time, so that answers repeat."""

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

Term = tuple[cp_model.IntVar, int]


def weighted(terms: Sequence[Term]) -> cp_model.LinearExpr:
    """The sum of literals times numbers."""
    return cp_model.LinearExpr.weighted_sum([term for term, _ in terms], [n for _, n in terms])


def hinted(model: cp_model.CpModel, values: Iterable[tuple[cp_model.IntVar, bool]]) -> None:
    """Replace the model's hints."""
    model.clear_hints()  # type: ignore[no-untyped-call]  # not annotated in OR-Tools 9.15
    for variable, value in values:
        model.add_hint(variable, value)


def maximised(
    model: cp_model.CpModel, terms: Sequence[Term], work: float
) -> tuple[cp_model.CpSolver, bool] | None:
    """The model solved for the greatest sum, and whether that is proved; None without a plan.

    `work` is deterministic time, about seconds. Ctrl-C reaches Python, not the solver.
    """
    model.maximize(weighted(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = work
    solver.parameters.catch_sigint_signal = False
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return solver, status == cp_model.OPTIMAL
