"""Plans whose days cannot all be timed, made so that they can."""

from campaign.planner.insertion.insertion import fill, heaviest_first
from campaign.planner.solution.score import Prices
from campaign.planner.solution.solution import Solution


def repaired(solution: Solution) -> Solution:
    """The same plan if each of its days can be timed, else one of which that holds.

    From a day without a timetable the lightest accounts are taken out, until there is one;
    then they are put in anew, where the clock allows. What is owed before all else stays.
    """
    if solution.resources.is_timed:
        return solution
    found = solution.copy()
    taken: list[int] = []
    while (account := _lightest(found)) is not None:
        found.remove(account)
        taken.append(account)
    fill(found, heaviest_first(found.problem, taken), Prices.flat(found.problem))
    return found


def _lightest(solution: Solution) -> int | None:
    """The account that is easiest to move from a day without a timetable; None for no such."""
    problem = solution.problem
    for position in solution.resources.untimed():
        there = {
            work.account: work.weight
            for work in problem.works
            for placed in solution.placements[work.account]
            if placed.position == position and not solution.stays(work, placed)
        }
        if there:
            return min(there, key=lambda account: (there[account], -account))
    return None
