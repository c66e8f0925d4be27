"""Plans whose days cannot all be timed, made so that they can."""

from campaign.planner.construct import fill, heaviest_first
from campaign.planner.worth import Prices, Standing


def mended(standing: Standing) -> Standing:
    """The same plan if each of its days can be timed, else one of which that holds.

    From a day without a timetable the lightest accounts are taken out, until there is one;
    then they are put in anew, where the clock allows. What is owed before all else stays.
    """
    if standing.ledger.is_timed:
        return standing
    found = standing.copy()
    taken: list[int] = []
    while (account := _lightest(found)) is not None:
        found.remove(account)
        taken.append(account)
    fill(found, heaviest_first(found.problem, taken), Prices.flat(found.problem))
    return found


def _lightest(standing: Standing) -> int | None:
    """The account that is easiest to move from a day without a timetable; None for no such."""
    problem = standing.problem
    for position in standing.ledger.untimed():
        there = {
            work.account: work.weight
            for work in problem.works
            for placed in standing.placements[work.account]
            if placed.position == position and not standing.stays(work, placed)
        }
        if there:
            return min(there, key=lambda account: (there[account], -account))
    return None
