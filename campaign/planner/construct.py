"""A first plan: what is owed before all else, then account by account."""

from collections.abc import Sequence

from campaign.planner.problem import Problem
from campaign.planner.programme import Insertion
from campaign.planner.worth import Prices, Standing


def put_in(standing: Standing, account: int, prices: Prices) -> None:
    """Put an account's open touches in, beside what stands for it."""
    problem = standing.problem
    work = problem.works[account]
    insertion = Insertion(problem, work, standing.ledger, prices)
    standing.settle(account, insertion.insert(standing.placements[account]))


def fill(standing: Standing, accounts: Sequence[int], prices: Prices) -> None:
    """Put accounts in, one after the other; those of which nothing is missing stay."""
    for account in accounts:
        if not is_whole(standing, account):
            put_in(standing, account, prices)


def is_whole(standing: Standing, account: int) -> bool:
    """Whether nothing that an account is owed is missing; facts stand beside what is owed."""
    work = standing.problem.works[account]
    return len(standing.placements[account]) == len(work.settled) + len(work.jobs)


def heaviest_first(problem: Problem, accounts: Sequence[int]) -> list[int]:
    """Accounts by weight, of equal ones those with a grievance first, else in their order."""
    works = problem.works
    return sorted(accounts, key=lambda n: (-works[n].weight, works[n].opening < 0, n))
