"""The floor that the delivery team's touches reach, set apart while bounds are proved.

A bound speaks of what the rep's touches can reach. No plan reaches more months than those
and the delivery team's together, so that the sum of the two is a bound again.
"""

from collections.abc import Sequence

from attrs import evolve

from campaign.planner.problem import Problem
from campaign.touches import Level

_FLOOR = "floor"


def credit_of(problem: Problem) -> int:
    """The months that the delivery team has touched, weighted, where there is a floor."""
    return sum(work.weight * len(work.credited) for work in problem.works if work.has_floor)


def without_credit(levels: Sequence[Level], credit: int) -> tuple[Level, ...]:
    """The levels, the floor without what the delivery team has reached."""
    return tuple(_less(level, credit) if level.name == _FLOOR else level for level in levels)


def with_credit(levels: Sequence[Level], credit: int) -> tuple[Level, ...]:
    """The same levels again, the bound of the floor raised by the credit."""
    return tuple(_less(level, -credit) if level.name == _FLOOR else level for level in levels)


def _less(level: Level, credit: int) -> Level:
    possible = (level.possible or 0) - credit
    bound = None if level.bound is None else min(level.bound - credit, possible)
    return evolve(level, figure=level.figure - credit, possible=possible, bound=bound)
