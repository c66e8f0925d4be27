"""A first plan: what is owed before all else, then account by account."""

from collections.abc import Sequence

from campaign.planner.problem import Problem
from campaign.planner.programme import Insertion
from campaign.planner.worth import Prices, Standing


def put_in(standing: Standing, account: int, prices: Prices) -> None:
    """Put an account's open touches in, beside what stands for it."""
    Insertion(standing, account, prices).insert()


def fill(standing: Standing, accounts: Sequence[int], prices: Prices) -> None:
    """Put accounts in, one after the other; those of which nothing is missing stay."""
    for account in accounts:
        if not is_whole(standing, account):
            put_in(standing, account, prices)


def is_whole(standing: Standing, account: int) -> bool:
    """Whether nothing is missing that an account is owed and that some channel could reach."""
    work = standing.problem.works[account]
    return len(standing.placements[account]) >= len(work.settled) + work.reachable


def heaviest_first(problem: Problem, accounts: Sequence[int]) -> list[int]:
    """Accounts with a grievance first, whose repair is owed; then by weight, then in order."""
    works = problem.works
    return sorted(accounts, key=lambda n: (works[n].opening < 0, -works[n].weight, n))
