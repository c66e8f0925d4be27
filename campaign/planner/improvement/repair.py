"""Repair: plans whose days cannot all be timed, made so that they can."""

from campaign.planner.insertion import fill, heaviest_first
from campaign.planner.solution import Prices, Solution


def repaired(solution: Solution) -> Solution:
    """The same plan if each of its days can be timed, else one of which that holds.

    From a day without a timetable the lightest accounts are taken out, until there is one;
    then they are put in anew, where the clock allows. What is owed before all else stays.
    """
    if solution.resources.is_timed:
        return solution
    found, problem, taken = solution.copy(), solution.problem, list[int]()
    waiting = found.resources.untimed()
    while waiting:
        there = {
            work.account: work.weight
            for work in problem.works
            for placed in found.placements[work.account]
            if placed.position == waiting[0] and not found.stays(work, placed)
        }
        if not there:
            waiting = waiting[1:]  # all that stands there is owed, or a fact
            continue
        lightest = min(there, key=lambda account: (there[account], -account))
        found.remove(lightest)
        taken.append(lightest)
        # What is taken out leaves its other days as well.
        waiting = found.resources.untimed()
    fill(found, heaviest_first(found.problem, taken), Prices.flat(found.problem))
    return found
