"""The relaxed problem: which runs are planned all at once, the room for them, their drives.

For a proof every run is looked at beside an empty calendar; for a plan only what is not settled
yet, beside what is owed before all else. Drives are no tours here: each stop is charged a part of
its own way there and back, at which no day's charges together exceed its tour.
"""

import numpy as np
from attrs import field, frozen

from campaign.planner.instance.horizon import Mask, Values
from campaign.planner.instance.jobs import Assignment, Job, Tree, Way, Work
from campaign.planner.problem import NO_LIMIT, Problem
from campaign.planner.relaxation.pricing import PricingRates
from campaign.planner.relaxation.run_classes import Aggregation, RunClass, run_classes
from campaign.planner.solution import AccountRules, Prices, Resources, Solution

USUAL_SHARE = 1.3
"""What a stop usually costs, by what it costs at the least (tried on generated territories)."""

TOGETHER = 3
"""How many runs that are the same are dated as one, at most: more could not part ways."""


@frozen
class RelaxedProblem:
    """Runs in groups of alike ones, and the calendar that they share.

    `drives` are the minutes of driving that a stop at each account is charged.
    """

    problem: Problem = field(repr=False)
    resources: Resources = field(repr=False, eq=False)
    alike: tuple[RunClass, ...] = field(repr=False)
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
        horizon, resources = self.problem.horizon, self.resources
        days = np.bincount(horizon.week, weights=resources.day_free * horizon.works)
        left = np.minimum(resources.week_free, days)
        return np.asarray(np.maximum(left, 0.0))

    @property
    def touch_room(self) -> Values:
        """The touches left by channel and week, at most those of its days; may be infinite."""
        horizon, resources = self.problem.horizon, self.resources
        days = np.array(
            [np.bincount(horizon.week, weights=room * horizon.works) for room in resources.day_room]
        )
        room = np.minimum(resources.week_room, days).astype(float)
        return np.where(room >= NO_LIMIT // 2, np.inf, room)

    def rates(self, prices: Prices, worth: Values, spread: float = 0.0) -> PricingRates:
        """What the calendar and touches are worth, months where the spine makes them."""
        nowhere = self.problem.horizon.month < 0
        return PricingRates(
            prices,
            worth,
            self.drives,
            beside=nowhere,
            kept_out=nowhere,
            spread=spread,
        )


def relaxed_for_proof(problem: Problem) -> RelaxedProblem:
    """Every run and every promise, beside nothing."""
    empty, drives = Resources(problem), drive_lower_bound(problem)

    def opening(work: Work, _job: Job, way: Way) -> Mask:
        is_from_home = not problem.territory.travel.overnight
        # Where legs obey the triangle inequality a stop on an empty day costs its way there and
        # back.
        known = problem.roads.is_metric and way.travels and is_from_home
        return empty.open(work.account, way, empty.detours(work.account) if known else None)

    likeness = Aggregation(problem.horizon.month, drives, opening)
    runs = [
        (work, run)
        for work in problem.works
        # every promise is a run of its own
        for run in (*work.runs, *(Tree.of([problem.jobs[number]]) for number in work.promises))
    ]
    return RelaxedProblem(problem, empty, tuple(run_classes(runs, likeness)), drives)


def relaxed_beside(duties: Solution, dropped: frozenset[int]) -> RelaxedProblem:
    """What is not settled, beside the promises and openings of a plan."""
    problem, resources = duties.problem, duties.resources
    kept = {placed.job: placed for placement in duties.placements for placed in placement}
    rules_by_account = {
        work.account: AccountRules.of(problem, work, duties.placements[work.account])
        for work in problem.works
    }

    def opening(work: Work, job: Job, way: Way) -> Mask:
        if job.index in kept:
            return _alone(problem, job, way, kept[job.index])
        detours = resources.detours(work.account) if way.travels else None
        closed = rules_by_account[work.account].closed(job, way, job.parent, ahead=True)
        return np.asarray(resources.open(work.account, way, detours) & ~closed)

    runs = [
        (work, run) for work in problem.works if work.account not in dropped for run in work.runs
    ]
    drives = USUAL_SHARE * drive_lower_bound(problem)
    likeness = Aggregation(problem.horizon.month, drives, opening, frozenset(kept), TOGETHER)
    alike = run_classes(runs, likeness)
    return RelaxedProblem(problem, resources, tuple(alike), drives)


def _alone(problem: Problem, job: Job, way: Way, placed: Assignment) -> Mask:
    """The one position where a touch stands that is settled."""
    position = np.arange(problem.horizon.size) == placed.position
    return np.asarray(position & (job.ways[placed.way].channel == way.channel))


def drive_lower_bound(problem: Problem) -> Values:
    """By account, minutes of driving that each stop there adds to the plan at least.

    A tour is as long as the way to its furthest stop and back, whatever lies between: legs obey
    the triangle inequality. So if no day holds more than `k` stops where one is as far as this,
    each of them may be charged the `k`-th part of its own way there and back, and all charges of
    a tour together never exceed its minutes. Far stops leave less of the day, so their `k` is
    smaller. A place that nobody knows is as far from everywhere, and a table of drives has its
    own mind, so a tour may cut a corner; where there is such a place or a table, the ways are the
    shortest ones through any places (Dijkstra 1959). With nights away a tour need not come from
    home nor go back there: then only the minutes per stop are certain.
    """
    travel = problem.territory.travel
    if travel.overnight or problem.roads.nights:
        return np.full(len(problem.works), float(travel.minutes_per_stop))
    there, back = _ways(problem)
    return np.asarray(travel.minutes_per_stop + (there + back) / _stops(problem, there + back))


def _ways(problem: Problem) -> tuple[Values, Values]:
    """By account, the minutes there and back, from the nearest of the rep's own places."""
    roads, accounts = problem.roads, slice(1, len(problem.works) + 1)
    legs = roads.legs.astype(float)
    legs[:, accounts] -= problem.territory.travel.minutes_per_stop
    meetings = [place for place in roads.mine if place not in roads.bases]
    legs[:, meetings] -= problem.territory.travel.minutes_per_stop
    there, back = legs[roads.mine].min(axis=0), legs[:, roads.mine].min(axis=1)
    if not roads.is_metric:
        there, back = _shortest(legs, there), _shortest(legs.T, back)
    return there[accounts], back[accounts]


def _shortest(legs: Values, direct: Values) -> Values:
    """The least minutes to every place from where `direct` legs start, through any others."""
    least, left = np.maximum(direct, 0.0), np.ones(len(legs), dtype=bool)
    # Dijkstra over a full matrix: the nearest place that is left is final.
    for _ in range(len(legs)):
        here = int(np.where(left, least, np.inf).argmin())
        left[here] = False
        np.minimum(least, least[here] + np.maximum(legs[here], 0.0), out=least)
    return least


def _stops(problem: Problem, ways: Values) -> Values:
    """The most stops of a day whose furthest takes so many minutes there and back."""
    channels = list(problem.territory.channels.values())
    travelling = [n for n, channel in enumerate(channels) if channel.travels]
    if not travelling or not problem.visits:
        return np.ones_like(ways)
    shortest = min(minutes[n] for minutes in problem.visits for n in travelling)
    least = shortest + problem.territory.travel.minutes_per_stop
    longest = float(problem.horizon.day_room.max(initial=0))
    limit = float(sum(int(problem.per_day[n]) for n in travelling))
    # What the way leaves of the longest day, by the shortest stop.
    fitting = np.floor((longest - ways) / least) if least else np.full_like(ways, limit)
    return np.clip(fitting, 1.0, max(1.0, limit))
