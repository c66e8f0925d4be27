"""All that one account is owed, its runs in order, and which of it waits for what."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from campaign.demand import Demand, Owed, RepairStep
from campaign.model.cadences import COMPLAINT
from campaign.model.territory import Territory
from campaign.planner.instance.jobs import Job, Tree, Work
from campaign.planner.problem.rescheduling import Rescheduling

NOBODY = -1
"""The job that answers a complaint which nobody can answer any more."""
NO_MONTHS: frozenset[int] = frozenset()


def works_of(
    territory: Territory, owed: Demand, jobs: Sequence[Job], resumed: Rescheduling | None
) -> list[Work]:
    """The work of each account, in their order."""
    by_account: dict[int, list[Job]] = {}
    for job in jobs:
        if resumed is not None and job.index not in resumed.opened:
            continue
        by_account.setdefault(job.account, []).append(job)
    works = [
        _work(territory, owed, number, by_account.get(number, []))
        for number in range(len(territory.active_accounts))
    ]
    return works if resumed is None else [_begun(work, jobs, owed, resumed) for work in works]


def _begun(work: Work, jobs: Sequence[Job], owed: Demand, resumed: Rescheduling) -> Work:
    """The work of an account whose campaign has begun."""
    settled = resumed.settled.get(work.account, ())
    territory = resumed.begun.now
    account_id = territory.active_accounts[work.account].account_id
    opening = resumed.openings.get(work.account, work.opening)
    work = evolve(work, opening=opening, settled=settled, waiting=resumed.waiting)
    complaints = territory.answers_to(account_id)
    if not complaints:
        return work
    open_ = {one.promise_id for one in complaints if one.is_open}
    theirs = owed.by_account.get(account_id, ())
    facts = [(placed.job, jobs[placed.job].fact) for placed in settled]
    pinned = {number: one.row for number, one in facts if one and not one.row.is_done}
    answers = {*work.answers, *(number for number, row in pinned.items() if row.step in open_)}
    # Owed, but nobody can be reached any more: the account stays closed to all else.
    if not answers and any(_is_answer(one) and one.channels for one in theirs):
        answers = {NOBODY}
    repairs = {number for number, row in pinned.items() if row.cadence == COMPLAINT}
    return evolve(
        work,
        answers=frozenset(answers),
        recoveries=frozenset(answers | repairs | work.recoveries),
    )


def _work(territory: Territory, owed: Demand, number: int, jobs: Sequence[Job]) -> Work:
    account = territory.active_accounts[number]
    tier = territory.tier(account)
    runs: dict[tuple[str, str, str], list[Job]] = {}
    for job in jobs:
        run = owed.owed[job.index].run
        if run is not None:
            asks = run.sent.promise_id if run.sent else ""
            runs.setdefault((run.answer_id, run.contact.contact_id, asks), []).append(job)
    opening = [job.index for job in jobs if owed.owed[job.index].opens]
    promises = [job for job in jobs if owed.owed[job.index].promise]
    visits = [*runs.values(), *([job] for job in promises)]
    mends = sum(bool(answer_id) for answer_id, _, _ in runs)
    answers = {job.index for job in promises if job.ways and _is_answer(owed.owed[job.index])}
    repairs = {job.index for mending in [*runs.values()][:mends] for job in mending}
    return Work(
        number,
        tier.weight,
        tier.floor,
        tuple(Tree.of(_in_order(jobs)) for jobs in runs.values()),
        tuple(job.index for job in promises),
        next(iter(opening), -1),
        max(1, sum(any(way.travels for job in jobs for way in job.ways) for jobs in visits)),
        territory.delivered_months.get(account.account_id, NO_MONTHS),
        waiting=_waiting(owed, jobs),
        could_serve=sum(territory.service.optional for job in jobs if not job.required),
        reachable=sum(bool(job.ways) for job in jobs),
        stood=tuple(job for job in jobs if job.move),
        answers=frozenset(answers),
        recoveries=frozenset(answers | repairs),
        mends=mends,
    )


def _is_answer(owed: Owed) -> bool:
    return owed.promise is not None and owed.promise.complained_on is not None


def _waiting(owed: Demand, jobs: Sequence[Job]) -> dict[int, tuple[int, ...]]:
    """By proof of repair, the promises to the account that have to reach it before (R8).

    Those that are due before the proof would be, were the opening on its due day. And by what asks
    after a promise, that one (R7).
    """
    by_number = {job.index: job for job in jobs}
    proofs = [
        job for job in jobs if job.is_duty and owed.owed[job.index].repairs is RepairStep.PROOF
    ]
    promises = [job for job in jobs if owed.owed[job.index].promise]
    found: dict[int, tuple[int, ...]] = {}
    for proof in proofs if promises else ():
        usual = _usual_position(proof, by_number)
        before = [p.index for p in promises if p.window.due + _post(p) < usual]
        if before:
            found[proof.index] = tuple(before)
    for job in jobs if promises else ():
        sent = owed.owed[job.index].sent
        if sent is not None:
            asked = (one.index for one in promises if owed.owed[one.index].promise == sent)
            found[job.index] = tuple(asked)
    return found


def _usual_position(job: Job, jobs: Mapping[int, Job]) -> int:
    """Where a step below an opening would stand, were that on its due day and all else ideal."""
    if job.parent not in jobs:
        return job.window.due
    parent = jobs[job.parent]
    return _usual_position(parent, jobs) + _post(parent) + job.window.ideal


def _post(job: Job) -> int:
    """The business days in the post by the first way."""
    return job.ways[0].days_in_post if job.ways else 0


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
