"""All that one account is owed, its runs in order, and which of it waits for what."""

from collections.abc import Sequence
from itertools import chain

from attrs import evolve

from campaign.demand import Demand, Owed, RepairStep
from campaign.model.accounts import Promise
from campaign.model.cadences import COMPLAINT
from campaign.planner.instance.jobs import Job, Tree, Work
from campaign.planner.problem.fixed_assignments import FixedAssignments
from campaign.planner.problem.rescheduling import Rescheduling
from campaign.workdays import plain

NOBODY = -1
"""The job that answers a complaint which nobody can answer any more."""
NO_MONTHS: frozenset[int] = frozenset()

Waiting = dict[int, tuple[int, ...]]


def works_of(
    owed: Demand, jobs: Sequence[Job], resumed: FixedAssignments | None, waiting: Waiting
) -> list[Work]:
    """The work of each account, in their order."""
    by_account: dict[int, list[Job]] = {}
    for job in jobs:
        if resumed is None or job.index in resumed.opened:
            by_account.setdefault(job.account, []).append(job)
    numbers = range(len(owed.territory.active_accounts))
    works = [_work(owed, number, by_account.get(number, []), waiting) for number in numbers]
    return works if resumed is None else [_begun(work, jobs, resumed) for work in works]


def _work(owed: Demand, number: int, jobs: Sequence[Job], waiting: Waiting) -> Work:
    territory = owed.territory
    account = territory.active_accounts[number]
    tier = territory.tier(account)
    runs: dict[tuple[str, str, str], list[Job]] = {}
    for job in jobs:
        run = owed.owed[job.index].run
        if run is not None:
            asks = run.sent.promise_id if run.sent else ""
            runs.setdefault((run.answer_id, run.contact.contact_id, asks), []).append(job)
    promises = [job for job in jobs if owed.owed[job.index].promise]
    visits = [*runs.values(), *([job] for job in promises)]
    trees = {key: Tree.of(_in_order(run)) for key, run in runs.items()}
    mending = tuple(tree for (answer_id, _, _), tree in trees.items() if answer_id)
    answers = {job.index for job in promises if job.ways and _is_answer(owed.owed[job.index])}
    return Work(
        number,
        tier.weight,
        tier.floor,
        tuple(trees.values()),
        tuple(job.index for job in promises),
        next((job.index for job in jobs if owed.owed[job.index].opens), -1),
        max(1, sum(any(way.travels for job in jobs for way in job.ways) for jobs in visits)),
        territory.delivered_months.get(account.account_id, NO_MONTHS),
        answers=frozenset(answers),
        recoveries=frozenset(answers | {job.index for tree in mending for job in tree.jobs}),
        mending=mending,
        waiting=waiting,
        could_serve=sum(territory.service.optional for job in jobs if not job.required),
        reachable=sum(bool(job.ways) for job in jobs),
        stood=tuple(job for job in jobs if job.move),
    )


def _begun(work: Work, jobs: Sequence[Job], resumed: FixedAssignments) -> Work:
    """The work of an account whose campaign has begun."""
    territory, settled = resumed.territory, resumed.settled.get(work.account, ())
    opening = resumed.openings.get(work.account, work.opening)
    work = evolve(work, opening=opening, settled=settled)
    account_id = territory.active_accounts[work.account].account_id
    complaints = territory.answers_to(account_id)
    if not complaints:
        return work
    open_ = {one.promise_id for one in complaints if one.is_open}
    theirs = resumed.demand.by_account.get(account_id, ())
    facts = [(placed.job, jobs[placed.job].fact) for placed in settled]
    pinned = {number: one.row for number, one in facts if one and not one.row.is_done}
    answers = {*work.answers, *(number for number, row in pinned.items() if row.step in open_)}
    # Owed, but nobody can be reached any more: the account stays closed to all else.
    if not answers and any(_is_answer(one) and one.channels for one in theirs):
        answers = {NOBODY}
    repairs = {number for number, row in pinned.items() if row.cadence == COMPLAINT}
    recoveries = frozenset(answers | repairs | work.recoveries)
    return evolve(work, answers=frozenset(answers), recoveries=recoveries)


def _is_answer(owed: Owed) -> bool:
    return owed.promise is not None and owed.promise.complained_on is not None


def _in_order(jobs: Sequence[Job]) -> list[Job]:
    """Parents before children, required before optional, else as the cadence lists them."""
    known = {-1, *(job.parent for job in jobs)} - {job.index for job in jobs}
    found: list[Job] = []
    waiting = sorted(jobs, key=lambda job: not job.required)
    while waiting:
        # Kahn's topological sort; among those that are ready, required steps choose their days
        # first.
        ready = next(job for job in waiting if job.parent in known)
        waiting.remove(ready)
        known.add(ready.index)
        found.append(ready)
    return found


def waiting_of(
    owed: Demand,
    fresh: Sequence[Job],
    resumed: FixedAssignments | None = None,
    left: Rescheduling | None = None,
) -> Waiting:
    """What waits for which promises to its account, tried or pinned ones too.

    A proof of repair for those due before it would be, were the opening on its due day, whatever
    has been done since (R8); what asks after a promise for that one (R7).
    """
    promises: dict[str, list[tuple[int, Promise]]] = {}
    for number, one in enumerate(owed.owed):
        if one.promise is not None:
            promises.setdefault(one.account.account_id, []).append((number, one.promise))
    found = Waiting()

    def position(promise: Promise) -> int:
        return owed.territory.calendar.position(plain(promise.due))

    def usual(job: Job) -> int:
        """Where a step would stand, were the first above it on its due day, all else ideal."""
        if job.parent < 0:
            return left.due(job.index) if left else job.window.due
        above = fresh[job.parent]
        post = above.ways[0].days_in_post if above.ways else 0
        return usual(above) + post + job.window.ideal

    for number, one in enumerate(owed.owed):
        is_proof = one.repairs is RepairStep.PROOF
        if not (is_proof or one.sent) or (resumed and number not in resumed.opened):
            continue
        before = [
            (other, *sorted(resumed.attempts_at(owed.owed[other]) if resumed else ()))
            for other, promise in promises.get(one.account.account_id, ())
            if (promise == one.sent if one.sent else position(promise) < usual(fresh[number]))
        ]
        if before:
            found[number] = tuple(chain(*before))
    return found
