"""Some accounts put in anew, all at once and exactly, by CP-SAT; the rest stays.

A boolean for each touch, way and day, the rules one small function each, and the levels
made as great as can be one after the other, each held for the next. For a small territory
all accounts are free, and what is found optimal is proved.
"""

from collections.abc import Sequence

from attrs import frozen

from campaign.planner.cpsat import hinted, maximised, weighted
from campaign.planner.exact.levels import levels_of, owed_by
from campaign.planner.exact.model import Model, Terms
from campaign.planner.exact.rules import RULES
from campaign.planner.ledger import Placed, Placement
from campaign.planner.worth import Standing


@frozen
class Answer:
    """Placements by account, how many levels from the first are proved best, and if all are."""

    placements: dict[int, Placement]
    proved: int
    is_complete: bool


def solve(
    standing: Standing, accounts: Sequence[int], duties: Sequence[Placement], work: float
) -> Answer | None:
    """The best placements of some accounts beside the others; None where none is found.

    `work` is CP-SAT's deterministic time for all levels together. `duties` hold the
    promises, which stay on their days.
    """
    model = Model(standing, accounts, duties)
    for rule in RULES:
        rule(model)
    levels = levels_of(model)
    now = {placed for account in accounts for placed in standing.placements[account]}
    hinted(model.cp, ((x, Placed(*key) in now) for key, x in model.x.items()))
    if levels[0]:
        now_owed = owed_by(model, (standing.placements[account] for account in accounts))
        model.cp.add(weighted(levels[0]) >= now_owed)
    return _level_by_level(model, levels, work)


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
    proved = 0
    for number, terms in enumerate(levels):
        answer = maximised(model.cp, terms, work)
        if answer is None:
            break
        best = {key: answer.holds(variable) for key, variable in model.x.items()}
        proved += answer.is_optimal and proved == number
        work -= answer.work
        model.cp.add(weighted(terms) >= answer.figure)
        hinted(model.cp, ((x, best[key]) for key, x in model.x.items()))
    return None if best is None else Answer(_placements(model, best), proved, proved == len(levels))


def _placements(model: Model, chosen: dict[tuple[int, int, int], bool]) -> dict[int, Placement]:
    found: dict[int, list[Placed]] = {work.account: [] for work in model.works}
    for (job, rank, position), holds in chosen.items():
        if holds:
            found[model.problem.jobs[job].account].append(Placed(job, rank, position))
    return {account: tuple(placements) for account, placements in found.items()}
