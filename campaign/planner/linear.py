"""A first plan from the linear programme: nearly the best, wherever its dates can be kept.

The programme reckons a usual drive for each visit and leaves the rules between runs of one
account aside. So its dates are taken over one by one as far as they may stand, the surest
accounts first; what is left is put in at the programme's own prices, then at none.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from campaign.planner.construct import fill
from campaign.planner.hints import take_over
from campaign.planner.ledger import Placed
from campaign.planner.master import Dated, Master
from campaign.planner.relaxation import Relaxation
from campaign.planner.scope import scope_of_plan
from campaign.planner.worth import Prices, Standing

ROUNDS = 12
_SPREAD, _LITTLE_SPREAD = 1e-2, 1e-3
_LITTLE = 3e-6


@frozen
class LinearStart:
    """The plan, and the prices of the programme to go on with."""

    standing: Standing
    prices: Prices


def linear_start(duties: Standing, dropped: frozenset[int], accounts: Sequence[int]) -> LinearStart:
    """Solve the programme beside what is owed before all else, and make a plan of it."""
    scope = scope_of_plan(duties, dropped)
    master = Master(scope)
    for number, mixed in enumerate(Relaxation(scope).prices()):
        for prices in mixed:
            master.grow_group(number, prices, _SPREAD)
    prices = _solved(master)
    dated = master.dated()
    standing = duties.copy()
    wanted = _wanted(dated)
    _take_whole(standing, wanted, _surest_first(standing, dated, accounts))
    fill(standing, accounts, prices)
    fill(standing, accounts, Prices.flat(duties.problem))
    return LinearStart(standing, prices)


def _solved(master: Master) -> Prices:
    """Columns join until little is gained."""
    prices, value = master.solve(), master.value
    for _ in range(ROUNDS):
        if not master.grow(prices, _LITTLE_SPREAD):
            break
        prices, before, value = master.solve(), value, master.value
        if value - before <= _LITTLE * value:
            break
    return prices


def _wanted(dated: Sequence[Dated]) -> dict[int, Placed]:
    return {placed.job: placed for run in dated for placed in run.placement}


def _take_whole(standing: Standing, wanted: Mapping[int, Placed], accounts: Sequence[int]) -> None:
    """Take the dates of each account over, unless one of them cannot be kept."""
    for account in accounts:
        take_over(standing, wanted, [account])
        stands = {placed.job for placed in standing.placements[account]}
        if any(job in wanted and job not in stands for job in standing.problem.works[account].jobs):
            standing.remove(account)


def _surest_first(standing: Standing, dated: Sequence[Dated], accounts: Sequence[int]) -> list[int]:
    """Accounts by how sure the programme is of the least sure of their runs."""
    jobs = standing.problem.jobs
    share: dict[int, float] = {}
    for run in dated:
        for placed in run.placement:
            account = jobs[placed.job].account
            share[account] = min(share.get(account, 1.0), round(run.share, 2))
    return sorted(accounts, key=lambda account: -share.get(account, 0.0))
