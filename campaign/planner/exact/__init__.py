"""Some accounts put in anew, all at once and exactly, by CP-SAT; the rest stays.

A boolean for each touch, way and day, the rules one small function each, and the levels
made as great as can be one after the other, each held for the next. For a small territory
all accounts are free, and what is found optimal is proved.
"""

from collections.abc import Sequence

from attrs import frozen

from campaign.planner.cpsat import hinted, maximised, weighted
from campaign.planner.exact.levels import levels_of
from campaign.planner.exact.model import Model, Terms
from campaign.planner.exact.rules import RULES
from campaign.planner.ledger import Placed, Placement
from campaign.planner.worth import Standing

PROVED_LEVELS = 4


@frozen
class Answer:
    """Placements by account, and how many of the first levels are proved best."""

    placements: dict[int, Placement]
    proved: int


def solve(
    standing: Standing, accounts: Sequence[int], duties: Sequence[Placement], work: float
) -> Answer | None:
    """The best placements of some accounts beside the others; None where none is found.

    `work` is CP-SAT's deterministic time for each level. `duties` hold the promises, which
    stay on their days.
    """
    model = Model(standing, accounts, duties)
    for rule in RULES:
        rule(model)
    return _level_by_level(model, levels_of(model), work)


def size(standing: Standing) -> int:
    """How large the exact programme over all accounts would be: touches and legs by day."""
    problem = standing.problem
    touches = sum(int(way.open.sum()) for job in problem.jobs for way in job.ways)
    visitable = [
        sum(
            any(
                way.travels and way.open[position]
                for job in work.jobs
                for way in problem.jobs[job].ways
            )
            for work in problem.works
        )
        for position in range(problem.horizon.size)
    ]
    return touches + sum((count + 1) ** 2 for count in visitable if count)


def _level_by_level(model: Model, levels: Sequence[Terms], work: float) -> Answer | None:
    best: dict[tuple[int, int, int], bool] | None = None
    proved, unbroken = 0, True
    for number, terms in enumerate(levels):
        if not terms:
            proved += unbroken and number < PROVED_LEVELS
            continue
        answer = maximised(model.cp, terms, work)
        if answer is None:
            break
        solver, optimal = answer
        best = {key: solver.boolean_value(variable) for key, variable in model.x.items()}
        unbroken = unbroken and optimal
        proved += unbroken and number < PROVED_LEVELS
        model.cp.add(weighted(terms) >= round(solver.objective_value))
        hinted(model.cp, ((x, solver.boolean_value(x)) for x in model.x.values()))
    return None if best is None else Answer(_placements(model, best), proved)


def _placements(model: Model, chosen: dict[tuple[int, int, int], bool]) -> dict[int, Placement]:
    found: dict[int, list[Placed]] = {work.account: [] for work in model.works}
    for (job, rank, position), holds in chosen.items():
        if holds:
            found[model.problem.jobs[job].account].append(Placed(job, rank, position))
    return {account: tuple(placements) for account, placements in found.items()}
