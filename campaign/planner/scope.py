"""What is looked at when runs are planned all at once: which runs, and the room for them.

For a proof every run is looked at beside an empty calendar; for a plan only what is not
settled yet, beside what is owed before all else.
"""

from collections.abc import Iterator

import numpy as np
from attrs import field, frozen

from campaign.planner.alike import Alike, Likeness, alike_runs
from campaign.planner.alone import Rates
from campaign.planner.diary import Diary
from campaign.planner.horizon import Mask
from campaign.planner.ledger import Ledger
from campaign.planner.problem import NO_LIMIT, Problem
from campaign.planner.ranges import Values
from campaign.planner.shares import proved_shares
from campaign.planner.work import Job, Placed, Tree, Way, Work
from campaign.planner.worth import Prices, Standing

USUAL_SHARE = 1.3
"""What a stop usually costs, by what it costs at the least (tried on generated territories)."""

TOGETHER = 3
"""How many runs that are the same are dated as one, at most: more could not part ways."""


@frozen
class Scope:
    """Runs in groups of alike ones, and the calendar that they share.

    `drives` are the minutes of driving that a stop at each account is charged.
    """

    problem: Problem = field(repr=False)
    ledger: Ledger = field(repr=False, eq=False)
    alike: tuple[Alike, ...] = field(repr=False)
    drives: Values = field(eq=False, repr=False)

    @property
    def required(self) -> int:
        """The weight of all required touches of the problem, planned or not."""
        jobs = self.problem.jobs
        return sum(
            w.weight * jobs[number].required for w in self.problem.works for number in w.jobs
        )

    @property
    def week_room(self) -> Values:
        """The minutes left in each week, at most those of its days."""
        horizon, ledger = self.problem.horizon, self.ledger
        days = np.bincount(horizon.week, weights=ledger.day_free * horizon.works)
        left = np.minimum(ledger.week_free, days)
        return np.asarray(np.maximum(left, 0.0))

    @property
    def touch_room(self) -> Values:
        """The touches left by channel and week, at most those of its days; may be infinite."""
        horizon, ledger = self.problem.horizon, self.ledger
        days = np.array(
            [np.bincount(horizon.week, weights=room * horizon.works) for room in ledger.day_room]
        )
        room = np.minimum(ledger.week_room, days).astype(float)
        return np.where(room >= NO_LIMIT // 2, np.inf, room)

    def rates(self, prices: Prices, worth: Values, spread: float = 0.0) -> Rates:
        """What the calendar and touches are worth, months where the spine makes them."""
        nowhere = self.problem.horizon.month < 0
        return Rates(
            prices,
            worth,
            self.drives,
            beside=nowhere,
            kept_out=nowhere,
            spread=spread,
        )


def scope_of_proof(problem: Problem) -> Scope:
    """Every run and every promise, beside nothing."""
    empty, drives = Ledger(problem), proved_shares(problem)

    def opening(work: Work, _job: Job, way: Way) -> Mask:
        is_from_home = not problem.territory.travel.overnight
        known = problem.roads.is_metric and way.travels and is_from_home
        return empty.open(work.account, way, empty.detours(work.account) if known else None)

    likeness = Likeness(problem.horizon.month, drives, opening)
    return Scope(problem, empty, tuple(alike_runs(_runs(problem), likeness)), drives)


def scope_of_plan(duties: Standing, dropped: frozenset[int]) -> Scope:
    """What is not settled, beside the promises and openings of a plan."""
    problem, ledger = duties.problem, duties.ledger
    kept = {placed.job: placed for placement in duties.placements for placed in placement}
    diaries = {
        work.account: Diary.of(problem, work, duties.placements[work.account])
        for work in problem.works
    }

    def opening(work: Work, job: Job, way: Way) -> Mask:
        if job.index in kept:
            return _alone(problem, job, way, kept[job.index])
        detours = ledger.detours(work.account) if way.travels else None
        closed = diaries[work.account].closed(job, way, job.parent, ahead=True)
        return np.asarray(ledger.open(work.account, way, detours) & ~closed)

    runs = [
        (work, run) for work in problem.works if work.account not in dropped for run in work.runs
    ]
    drives = USUAL_SHARE * proved_shares(problem)
    likeness = Likeness(problem.horizon.month, drives, opening, frozenset(kept), TOGETHER)
    alike = alike_runs(runs, likeness)
    return Scope(problem, ledger, tuple(alike), drives)


def _alone(problem: Problem, job: Job, way: Way, placed: Placed) -> Mask:
    """The one position where a touch stands that is settled."""
    position = np.arange(problem.horizon.size) == placed.position
    return np.asarray(position & (job.ways[placed.way].channel == way.channel))


def _runs(problem: Problem) -> Iterator[tuple[Work, Tree]]:
    """Every run, and every promise as a run of its own."""
    for work in problem.works:
        promises = (Tree.of([problem.jobs[number]]) for number in work.promises)
        for run in (*work.runs, *promises):
            yield work, run
