"""What is owed before all else and has a day of its own: grievance openings, promises.

Each is put where it costs the least: business days late (a call in place of a visit that could
open counts five), then what a rep would give for a better day. Who is late first comes first;
then each is taken out and put in anew as long as that makes the whole better: a local search by
one exchange at a time, which stops at the first solution that none betters.

    cost of duty d on position p  =  IN_TIME (max(0, p - due) + 5 [call in place of a visit])
                                     + SERVICE move [p is not where it stood] + COMFORT off(p)

Nothing that follows moves them. An opening is put in with its apology and its proofs of repair,
before anything else takes their days; the search may move these.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from attrs import frozen

from campaign.model.channels import CALL
from campaign.model.objective import CALL_FOR_VISIT
from campaign.planner.insertion import Insertion
from campaign.planner.instance.jobs import Anchor, Assignment, Job, Work
from campaign.planner.problem.problem import Problem
from campaign.planner.solution.account_rules import AccountRules
from campaign.planner.solution.solution import COMFORT, IN_TIME, SERVICE, Solution

ROUNDS = 10
"""How often all duties are put in anew at the most; two or three are usual."""
TRIED = 3
"""On how many days an opening is tried by each channel with its apology and its proofs."""
WAYS_MADE = 40
"""For so many duties at the most, those that come first, others are taken out to make way."""


@frozen
class _Duty:
    work: Work
    job: Job

    @property
    def opens(self) -> bool:
        """Whether it is the opening of a grievance."""
        return self.job.index == self.work.opening

    def is_late(self, placed: Assignment) -> bool:
        """Whether it stands after its due day."""
        return Anchor(self.job.window).days_late(placed.position) > 0

    @property
    def order(self) -> tuple[object, ...]:
        """Answers to complaints first, openings before promises that wait for them, by their days.

        Of openings those that only a visit makes come first: a call finds a place sooner.
        """
        work, job = self.work, self.job
        can_call = any(not way.travels and way.open.any() for way in job.ways)
        is_answer = job.index in work.answers
        return not is_answer, not self.opens, can_call, job.window.due, -work.weight, job.index


def with_mandatory(problem: Problem) -> tuple[Solution, frozenset[int]]:
    """What is owed, on its days; and the accounts whose grievance nobody can hear.

    Of an account whose grievance has no day at all nothing is planned.
    """
    blocked = problem.resumed.blocked if problem.resumed else frozenset()
    solution, repairs = Solution(problem), problem.resumed is None
    owed = (
        _Duty(work, problem.jobs[number])
        for work in problem.works
        for number in (work.opening, *work.promises)
        if number >= 0 and work.account not in blocked
    )
    open_duties = (duty for duty in owed if duty.job.fact is None)
    duties = sorted(open_duties, key=lambda duty: duty.order)
    for duty in duties:
        solution = _settled(solution, duty, with_repairs=False)
    # One duty after the other is moved to its best day beside the others, until none gains.
    for _ in range(ROUNDS):
        before = solution.score
        for duty in duties:
            trial = _settled(solution, duty, with_repairs=repairs)
            solution = trial if trial.score > solution.score else solution
        if solution.score == before:
            solution = _with_way_made(solution, duties)
        if solution.score == before:
            break
    dropped = {
        duty.work.account
        for duty in duties
        if duty.opens and solution.standing(duty.job) is None and duty.job.behind is None
    }
    for account in dropped:
        for placed in solution.placements[account]:
            if problem.jobs[placed.job].fact is None:
                solution.take(placed)
    return solution, frozenset(dropped | blocked)


def _with_way_made(solution: Solution, duties: Sequence[_Duty]) -> Solution:
    """A better plan in which others make way for what lacks something, one after the other."""
    repairs, jobs = solution.problem.resumed is None, solution.problem.jobs
    for duty, other in product(duties[:WAYS_MADE], duties):
        standing, row = solution.standing(duty.job), solution.standing(other.job)
        stand = {placed.job for placed in solution.placements[duty.work.account]}
        owed = {number for number in duty.work.jobs if jobs[number].is_duty}
        # A duty lacks something that has no day or a late one, or an opening without its apology
        # or a proof.
        is_late = standing is None or duty.is_late(standing)
        if row is None or other is duty or not (is_late or (duty.opens and not owed <= stand)):
            continue
        # Only what stands on no later day is in the way of what is late.
        if standing and duty.is_late(standing) and row.position > standing.position:
            continue
        trial = solution.copy()
        trial.remove(other.work.account)
        trial.take(row)
        # The other may have no day then, or take it back: the better of the two counts.
        without = _settled(trial, duty, with_repairs=repairs)
        if not duty.opens and without.standing(duty.job) == standing:
            continue
        both = _settled(without, other, with_repairs=repairs)
        solution = max(solution, both, without, key=lambda each: each.score)
    return solution


def _settled(solution: Solution, duty: _Duty, *, with_repairs: bool) -> Solution:
    """With a duty on its best day, or where it was.

    Where the account has a grievance, of the first days the one that is best with its apology
    and its proofs, which wait for promises to it.
    """
    bare, now, work = solution.copy(), solution.standing(duty.job), duty.work
    is_repaired = with_repairs and work.opening >= 0
    if is_repaired:
        bare.remove(work.account)
    if now is not None:
        bare.take(now)
    found, tried = None, Counter[int]()
    for _, placed in sorted(_days(bare, duty), key=lambda pair: (pair[0], pair[1].position)):
        # Beyond the first few days an opening only gets later, and so do its apology and proofs;
        # by another channel it may leave them room.
        if tried[placed.way] == TRIED or not (placed == now or _fits(bare, duty, placed)):
            continue
        tried[placed.way] += 1
        trial = bare.copy()
        trial.place(placed)
        if not is_repaired:
            return trial
        # The apology and the proofs are put in, and nothing else of the account.
        runs = [run for run in work.runs if any(job.is_duty for job in run.jobs)]
        Insertion(trial, work.account).insert(runs)
        others = {number for number in work.jobs if not trial.problem.jobs[number].is_duty}
        trial.remove(work.account, others)
        if found is None or trial.score > found.score:
            found = trial
    return found or bare


def _days(solution: Solution, duty: _Duty) -> Iterator[tuple[float, Assignment]]:
    """Every day and way of a duty, with what it costs."""
    problem, work, job = solution.problem, duty.work, duty.job
    resources, comfort = solution.resources, problem.territory.comfort
    courtesy = problem.territory.courtesy
    anchor = Anchor(job.window)
    for rank, way in enumerate(job.ways):
        # A grievance is opened by going there or by telephone, never by post (R8).
        if duty.opens and problem.channels[way.channel] not in ("visit", CALL):
            continue
        detours = resources.detours(work.account) if way.travels else None
        added = resources.discomfort(way, detours)
        for position in filter(anchor.admits, way.open.nonzero()[0].tolist()):
            placed = Assignment(job.index, rank, position)
            late = anchor.days_late(position) + CALL_FOR_VISIT * way.is_instead
            off = comfort.off_ideal * work.weight * abs(position - job.window.ideal)
            if not duty.opens:
                # A promise may be early for nothing up to its ideal, and loses what it is less
                # early than wished.
                early = max(0, min(position - job.window.ideal, courtesy.promise_early))
                soon = max(0, job.window.ideal - position)
                off = comfort.early * early + comfort.off_ideal * work.weight * soon
            moved = 0.0 if job.is_kept(placed) else SERVICE * job.move
            yield IN_TIME * late + moved + COMFORT * (float(added[position]) + off), placed


def _fits(solution: Solution, duty: _Duty, placed: Assignment) -> bool:
    """Whether a duty may stand somewhere by the calendar and the rules of its account."""
    problem, work, job = solution.problem, duty.work, duty.job
    way, position = job.ways[placed.way], placed.position
    if not solution.resources.fits(work.account, way, position):
        return False
    rules = AccountRules(problem, work, solution.placements[work.account])
    if rules.before_answer(job)[position]:
        return False
    if duty.opens:
        # What has to wait for the opening may not stand before it.
        first = {row.job for row in work.settled} | work.recoveries
        waiting = rules.stands.values() if job.behind is None else ()
        is_before = all(row.position >= position for row in waiting if row.job not in first)
        return is_before and not rules.closed(job, way, job.parent)[position]
    if rules.said(job, way)[position]:
        return False
    # A promise may not come before the grievance of its account is heard, which has to be heard.
    opens = work.opening >= 0 and problem.jobs[work.opening].behind is None
    if not opens or placed.job in work.recoveries:
        return True
    opened = rules.stands.get(work.opening)
    return opened is not None and position >= opened.position
