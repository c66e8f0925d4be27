"""A first plan from the linear programme: nearly the best, wherever its dates can be kept.

The programme reckons a usual drive for each visit and leaves the rules between runs of one
account aside. So its dates are taken over run by run as far as they may stand, the surest
accounts first; then the programme is solved anew for what is left, beside what stands by
now, with the true drives. What is left in the end is put in at the programme's own prices,
then at none.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from campaign.planner.construct import fill
from campaign.planner.hints import take_over
from campaign.planner.master import Dated, Master
from campaign.planner.relaxation import Relaxation
from campaign.planner.scope import Scope, scope_of_plan
from campaign.planner.work import Placed, Tree
from campaign.planner.worth import Prices, Standing

ROUNDS = 12
_SPREAD, _LITTLE_SPREAD = 5e-5, 1e-5
_LITTLE = 2e-5
# How often the programme is solved, and which share makes an account sure.
SOLUTIONS = 8
_SURE = 0.99
_CHEAPER = (1.0, 0.5, 0.0)


@frozen
class Pace:
    """Which part of the accounts that are left is taken over at least and at most."""

    least: float
    most: float


PACE, LAST = Pace(0.5, 0.7), Pace(1.0, 1.0)


@frozen
class LinearStart:
    """The plan, and the prices of the programme to go on with."""

    standing: Standing
    prices: Prices


def linear_start(duties: Standing, dropped: frozenset[int], accounts: Sequence[int]) -> LinearStart:
    """Solve the programme beside what is owed before all else, and make a plan of it."""
    master = _begun(scope_of_plan(duties, dropped))
    prices = _solved(master)
    begun = LinearStart(duties, prices)
    return LinearStart(_plan(begun, master.dated(), accounts), prices)


def _plan(begun: LinearStart, dated: Sequence[Dated], accounts: Sequence[int]) -> Standing:
    """Take over what is sure, solve the programme for the rest, and so on; then fill up."""
    standing, left, prices = begun.standing.copy(), list(accounts), begun.prices
    settled = frozenset(range(len(standing.placements))) - set(accounts)
    for solutions in range(SOLUTIONS, 0, -1):
        done = _taken(standing, dated, left, PACE if solutions > 1 else LAST)
        left = [account for account in left if account not in done]
        settled |= done
        if not left or not done or solutions == 1:
            break
        master = _begun_at(scope_of_plan(standing, settled), prices)
        prices, dated = _solved(master), master.dated()
    fill(standing, left, prices)
    for each in (begun.prices, Prices.flat(standing.problem)):
        fill(standing, accounts, each)
    return standing


def _begun(scope: Scope) -> Master:
    """The programme with columns for the prices at which the relaxation is lowest."""
    master = Master(scope)
    for number, mixed in enumerate(Relaxation(scope).prices()):
        for prices in mixed:
            master.grow_group(number, prices, _SPREAD)
    return master


def _begun_at(scope: Scope, prices: Prices) -> Master:
    """The programme with columns for prices that were right for more than this."""
    master = Master(scope)
    for factor in _CHEAPER:
        master.grow(prices.times(factor), _SPREAD)
    return master


def _solved(master: Master) -> Prices:
    """Columns join until little is gained."""
    little = _LITTLE * master.required
    prices, value = master.solve(), master.value
    for _ in range(ROUNDS):
        if not master.grow(prices, _LITTLE_SPREAD):
            break
        prices, before, value = master.solve(), value, master.value
        if value - before <= little:
            break
    return prices


def _taken(
    standing: Standing, dated: Sequence[Dated], left: Sequence[int], pace: Pace
) -> frozenset[int]:
    """Take the dates of the surest accounts over; those of which every date stands."""
    wanted = {placed.job: placed for run in dated for placed in run.placement}
    share = _shares(standing, dated)
    order = sorted(left, key=lambda account: -round(share.get(account, 0.0), 2))
    sure = sum(share.get(account, 0.0) > _SURE for account in order)
    least, most = int(len(order) * pace.least), int(len(order) * pace.most)
    first = order[: max(1, least, min(sure, most))]
    return frozenset(account for account in first if _takes_over(standing, wanted, account))


def _shares(standing: Standing, dated: Sequence[Dated]) -> dict[int, float]:
    """By account, how sure the programme is of the least sure of its runs."""
    share: dict[int, float] = {}
    for run in dated:
        for placed in run.placement:
            account = standing.problem.jobs[placed.job].account
            share[account] = min(share.get(account, 1.0), run.share)
    return share


def _takes_over(standing: Standing, wanted: Mapping[int, Placed], account: int) -> bool:
    """Take an account's dates over run by run; whether all of them stand."""
    runs = standing.problem.works[account].runs
    stood = [_takes_run_over(standing, wanted, account, run) for run in runs]
    return all(stood)


def _takes_run_over(
    standing: Standing, wanted: Mapping[int, Placed], account: int, run: Tree
) -> bool:
    """Take a run's dates over, unless a required one cannot be kept; whether all stand."""
    before = standing.placements[account]
    own = {job.index: wanted[job.index] for job in run.jobs if job.index in wanted}
    take_over(standing, own, [account])
    stands = {placed.job for placed in standing.placements[account]}
    missing = [job for job in run.jobs if job.index in own and job.index not in stands]
    if any(job.required for job in missing):
        standing.replace(account, before)
    return not missing
