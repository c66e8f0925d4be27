"""Which grievances are visited, of several choices that the rules leave.

R8 asks for a visit wherever one fits beside all else that is owed first. Several choices of
visits and days may be such that no more fits, and they leave more or less of the first, scarce
weeks to all others. So some are tried, where it is known the one that takes the least of the
first week, and the one is taken beside which most can be planned, by the relaxation; among
equals the first, in which the heaviest accounts are visited.
"""

import random
from collections.abc import Iterator

from attrs import evolve

from campaign.planner.duties import Duties, Manner, heaviest_first, with_duties
from campaign.planner.problem import Problem
from campaign.planner.relaxation import Relaxation
from campaign.planner.reserve import arrangement_of
from campaign.planner.scope import scope_of_plan

LEANINGS = (0, 1, -1)
SHUFFLES, COMPARED = 8, 4
_SEED = 0


def is_choice(problem: Problem) -> bool:
    """Whether several grievances could compete for the same days."""
    return problem.resumed is None and sum(work.opening >= 0 for work in problem.works) > 1


def roomiest(problem: Problem, usual: Duties) -> Duties:
    """Of the usual duties and some others, those beside which most can be planned."""
    found = {usual.weeks: usual}
    for manner in (*_arranged(problem), *_manners(problem)):
        duties = with_duties(problem, manner)
        found.setdefault(duties.weeks, duties)
    others = sorted(found.values(), key=lambda duties: (-duties.owed, -sum(duties.weeks)))
    better = [each for each in others[:COMPARED] if each.owed >= usual.owed and each is not usual]
    return max([usual, *better], key=lambda duties: (duties.owed, _worth(duties)))


def _worth(duties: Duties) -> float:
    """What all that is not settled could be worth beside some duties."""
    return Relaxation(scope_of_plan(duties.standing, duties.dropped)).most()


def _arranged(problem: Problem) -> Iterator[Manner]:
    """As the first week keeps the most minutes, where that is known."""
    if start := arrangement_of(problem):
        yield evolve(heaviest_first(problem), start=start)


def _manners(problem: Problem) -> Iterator[Manner]:
    """Near accounts first, near and heavy ones, heavy ones, the dice's orders; not the usual."""
    usual = heaviest_first(problem)
    near = [float(problem.roads.there_and_back(work.account)) for work in problem.works]
    weights = [work.weight for work in problem.works]
    ranks = [near, [n / weight for n, weight in zip(near, weights, strict=True)]]
    ranks.append(list(usual.rank))
    dice = random.Random(_SEED)  # noqa: S311 (no secret: the same plan each time)
    ranks += [[dice.random() for _ in weights] for _ in range(SHUFFLES)]
    for rank in ranks:
        manners = (Manner(rank, leaning) for leaning in LEANINGS)
        yield from (manner for manner in manners if manner != usual)
