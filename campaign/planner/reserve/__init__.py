"""What promises and openings take of the first week in every plan that keeps them.

A promise due in that week stands in it, unless it is overdue and the week is full. A
grievance is opened there by a visit, or by a call if no visit fits any more (R8): so a call
tells that the week is full, or each of its days. Who is visited then, and how little that
may take, is a small integer programme; what CP-SAT proves of it is what nobody else can have.
"""

import numpy as np
from attrs import field, frozen

from campaign.planner.horizon import Mask
from campaign.planner.problem import Problem
from campaign.planner.ranges import Values
from campaign.planner.reserve.arranged import arranged
from campaign.planner.reserve.cases import Cases
from campaign.planner.reserve.every_choice import EveryChoice
from campaign.planner.reserve.first_week import FirstWeek
from campaign.planner.reserve.items import Waits, has_one_way_each, items_of, kinds_of
from campaign.planner.work import Placed


@frozen
class Reserve:
    """Minutes by week that certain jobs take at the least, `paid` so once and for all.

    On `driven` positions the drives of all others are paid with them, and whatever else
    is done there at the accounts that are `met`. At least so many are `missing`.
    """

    minutes: Values = field(eq=False)
    driven: Mask = field(eq=False)
    met: Mask = field(eq=False)
    paid: frozenset[int] = frozenset()
    missing: int = 0

    @classmethod
    def none(cls, problem: Problem) -> "Reserve":
        """Nothing is known."""
        horizon, accounts = problem.horizon, len(problem.works)
        return cls(
            np.zeros(len(horizon.week_capacity)),
            np.zeros(horizon.size, dtype=bool),
            np.zeros(accounts, dtype=bool),
        )


def reserve_of(problem: Problem, missing: int = 0) -> Reserve:
    """The least that what is owed takes of the first week; nothing where nobody can tell.

    It holds for plans in which every promise and every opening stands that could stand by
    itself, but for so many that are `missing`.
    """
    none, first = Reserve.none(problem), _first_week(problem)
    if not _can_tell(problem, first):
        return none
    items = items_of(problem, first)
    certain = [item for item in items if item.waits is not Waits.FREELY]
    if not certain:
        return none
    minutes, fewest, kinds = none.minutes.copy(), 0, kinds_of(problem, items)
    if not missing and (choice := EveryChoice(problem, Cases(problem, kinds, first)).best()):
        minutes[problem.horizon.week[1]] = choice.minutes
    else:
        programme = FirstWeek(problem, kinds, first, missing)
        minutes[problem.horizon.week[1]] = programme.least()
        fewest = programme.fewest_missing() if missing else 0
    if not minutes.any():
        return none
    met = none.met.copy()
    met[[item.work.account for item in certain]] = True
    paid = frozenset(item.job.index for item in certain)
    return Reserve(minutes, first, met, paid, fewest)


def arrangement_of(problem: Problem) -> tuple[Placed, ...]:
    """Promises and openings such that the first week keeps the most minutes; nothing if unknown.

    Some of it may turn out not to be possible beside the rest.
    """
    first = _first_week(problem)
    items = items_of(problem, first) if _can_tell(problem, first) else []
    return arranged(problem, Cases(problem, kinds_of(problem, items), first)) if items else ()


def _first_week(problem: Problem) -> Mask:
    week = problem.horizon.week
    return np.asarray((week == week[1]) & problem.horizon.works)


def _can_tell(problem: Problem, first: Mask) -> bool:
    """Whether tours of the first week go from home and back, and no stop more shortens one.

    Nothing is told of a week without a working day.
    """
    if not first.any():
        return False
    if problem.resumed is not None or problem.territory.travel.overnight or problem.roads.nights:
        return False
    if any(problem.timing.own_stops(position) for position in first.nonzero()[0].tolist()):
        return False
    return problem.roads.only_grow and has_one_way_each(problem, first)
