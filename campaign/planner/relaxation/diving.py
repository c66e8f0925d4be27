"""Diving: a first plan from the column generation, nearly the best wherever its dates hold.

The master problem reckons a usual drive for each visit and leaves the rules between runs of one
account aside, and it may take columns in parts. So its dates are taken over run by run as far as
they may stand, the surest accounts first (those whose `x_k` is nearest to 1); then it is solved
anew for what is left, beside what stands by now, with the true drives, and so on without ever
going back (a diving heuristic: Sadykov et al. 2019). What is left in the end is put in at the
programme's own prices, then at none.
"""

from collections.abc import Mapping, Sequence

from campaign.planner.insertion import fill, take_over
from campaign.planner.instance.jobs import Assignment
from campaign.planner.relaxation.lagrangian import LagrangianRelaxation
from campaign.planner.relaxation.pricing import PLAN_WORTH, TOUCHES
from campaign.planner.relaxation.relaxed_problem import relaxed_beside
from campaign.planner.relaxation.restricted_master import Dated, RestrictedMaster
from campaign.planner.solution.solution import Prices, Solution

ROUNDS = 12
_SPREAD, _LITTLE_SPREAD = 5e-5, 1e-5
_LITTLE = 2e-5
# How often the programme is solved, which share makes an account sure, and which part of those
# that are left is taken over at least and at most.
SOLUTIONS = 8
_SURE = 0.99
_LEAST, _MOST = 0.5, 0.7
_CHEAPER = (1.0, 0.5, 0.0)


def dive(
    duties: Solution, dropped: frozenset[int], accounts: Sequence[int]
) -> tuple[Solution, Prices]:
    """A plan made of the programme beside what is owed before all else; the prices to go on with.

    What is sure is taken over, the programme solved for the rest, and so on; then it is filled up.
    """
    problem, relaxed = duties.problem, relaxed_beside(duties, dropped)
    jobs = (problem.jobs[number] for work in problem.works for number in work.jobs)
    required = sum(problem.works[job.account].weight * job.required for job in jobs)
    little = _LITTLE * float(PLAN_WORTH[TOUCHES]) * required
    master = RestrictedMaster(relaxed)
    # The relaxation's own mixture: with its columns the master begins near its end.
    for number, mixed in enumerate(LagrangianRelaxation(relaxed).prices()):
        for each in mixed:
            master.grow_group(number, each, _SPREAD)
    first = prices = _solved(master, little)
    solution, left = duties.copy(), list(accounts)
    settled = frozenset(range(len(solution.placements))) - set(accounts)
    for solutions in range(SOLUTIONS, 0, -1):
        done = _taken(solution, master.dated(), left, is_last=solutions == 1)
        left = [account for account in left if account not in done]
        settled |= done
        if not left or not done or solutions == 1:
            break
        # Columns for prices that were right for more than this.
        master = RestrictedMaster(relaxed_beside(solution, settled))
        for factor in _CHEAPER:
            master.grow(prices.times(factor), _SPREAD)
        prices = _solved(master, little)
    fill(solution, left, prices)
    # At the prices learned scarce weeks are left to who needs them; then whatever is free is used.
    fill(solution, accounts, first)
    fill(solution, accounts)
    return solution, first


def _solved(master: RestrictedMaster, little: float) -> Prices:
    """Columns join until little is gained."""
    prices, value = master.solve(), master.value
    # The tail of column generation is long and gains hardly anything (tailing off): it is cut.
    for _ in range(ROUNDS):
        if not master.grow(prices, _LITTLE_SPREAD):
            break
        prices, before, value = master.solve(), value, master.value
        if value - before <= little:
            break
    return prices


def _taken(
    solution: Solution, dated: Sequence[Dated], left: Sequence[int], *, is_last: bool
) -> frozenset[int]:
    """Take the dates of the surest accounts over; those of which every date stands.

    Half of what is left at the least: few solutions, and each has the true drives of more.
    """
    wanted = {placed.job: placed for run in dated for placed in run.placement}
    # By account, how sure the programme is of the least sure of its runs.
    share: dict[int, float] = {}
    for run in dated:
        for placed in run.placement:
            account = solution.problem.jobs[placed.job].account
            share[account] = min(share.get(account, 1.0), run.share)
    # Rounded to hundredths, so that noise in the duals does not decide who comes first.
    order = sorted(left, key=lambda account: -round(share.get(account, 0.0), 2))
    sure = sum(share.get(account, 0.0) > _SURE for account in order)
    count = max(1, int(len(order) * _LEAST), min(sure, int(len(order) * _MOST)))
    first = order if is_last else order[:count]
    return frozenset(account for account in first if _takes_over(solution, wanted, account))


def _takes_over(solution: Solution, wanted: Mapping[int, Assignment], account: int) -> bool:
    """Take an account's dates over run by run; whether all of them stand.

    A run of which a required date cannot be kept is left as it was.
    """
    is_whole = True
    for run in solution.problem.works[account].runs:
        before = solution.placements[account]
        own = {job.index: wanted[job.index] for job in run.jobs if job.index in wanted}
        take_over(solution, own, [account])
        stands = {placed.job for placed in solution.placements[account]}
        missing = [job for job in run.jobs if job.index in own and job.index not in stands]
        if any(job.required for job in missing):
            solution.replace(account, before)
        is_whole = is_whole and not missing
    return is_whole
