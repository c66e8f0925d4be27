"""The relaxed problem: which runs are planned all at once, the room for them, their drives.

For a proof every run is looked at beside an empty calendar; for a plan only what is not settled
yet, beside what is owed before all else. Drives are no tours here: each stop is charged a part of
its own way there and back, at which no day's charges together exceed its tour.

Alike runs are identical subproblems that are aggregated, a row each, and planned at once. Runs of
one shape (the same steps with the same windows, and the same weight) differ in the days and
channels that are open to them, and in place. Stacked row by row, the dynamic programme over their
cadence runs once for all of them; rows that are the same in everything count as one, `n_r` times
(aggregation breaks the symmetry of columns that only change their run: Lübbecke and Desrosiers
2005).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from campaign.planner.instance.horizon import IMPOSSIBLE, Days, Mask, Values
from campaign.planner.instance.jobs import Job, Tree, Way, Work
from campaign.planner.problem.problem import NO_LIMIT, Problem
from campaign.planner.solution.account_rules import AccountRules
from campaign.planner.solution.resources import Resources
from campaign.planner.solution.solution import Solution

USUAL_SHARE = 1.3
"""What a stop usually costs, by what it costs at the least (tried on generated territories)."""

TOGETHER = 3
"""How many runs that are the same are dated as one, at most: more could not part ways."""


Rows = npt.NDArray[np.int64]
Opening = Callable[[Work, Job, Way], Mask]
"""The positions on which a touch could stand if it were alone."""

ROWS_AT_ONCE = 256


@frozen
class RunClass:
    """Runs of one shape, a row each; `tree` has every channel that any of them may use.

    By row: the runs it stands for, the account (of the first), the weight, by position
    whether a touch in its month would count to the floor, and which part of a stop it pays
    (others of the account may share it). `free` are the jobs that cost nothing, as they are
    paid for already.
    """

    tree: Tree
    members: tuple[tuple[Tree, ...], ...] = field(eq=False, repr=False)
    account: Rows = field(eq=False)
    weight: Values = field(eq=False)
    floor: Values = field(eq=False)
    part: Values = field(eq=False)
    open: dict[tuple[int, int], Values] = field(eq=False, repr=False)
    free: frozenset[int] = field(eq=False, repr=False)

    @cached_property
    def count(self) -> Values:
        """How many runs each row stands for."""
        return np.array([len(runs) for runs in self.members], dtype=float)


@frozen
class Aggregation:
    """What makes runs alike.

    `month` is that of each position. `places` has a number by account: accounts with the
    same are alike on the road. `free` jobs cost nothing; `opening` tells the days that are
    open to a touch. At most so many of the same go `together` in one row.
    """

    month: Days = field(eq=False, repr=False)
    places: Values = field(eq=False, repr=False)
    opening: Opening
    free: frozenset[int] = frozenset()
    together: int = 1 << 30


@frozen
class RelaxedProblem:
    """Runs in groups of alike ones, and the calendar that they share.

    `drives` are the minutes of driving that a stop at each account is charged.
    """

    problem: Problem = field(repr=False)
    resources: Resources = field(repr=False, eq=False)
    alike: tuple[RunClass, ...] = field(repr=False, converter=tuple[RunClass, ...])
    drives: Values = field(eq=False, repr=False)

    @property
    def week_room(self) -> Values:
        """The minutes left in each week, at most those of its days."""
        horizon, resources = self.problem.horizon, self.resources
        days = np.bincount(horizon.week, weights=resources.day_free * horizon.works)
        return np.asarray(np.maximum(np.minimum(resources.week_free, days), 0.0))

    @property
    def touch_room(self) -> Values:
        """The touches left by channel and week, at most those of its days; may be infinite."""
        horizon, resources = self.problem.horizon, self.resources
        days = np.array(
            [np.bincount(horizon.week, weights=room * horizon.works) for room in resources.day_room]
        )
        room = np.minimum(resources.week_room, days).astype(float)
        return np.where(room >= NO_LIMIT // 2, np.inf, room)


def relaxed_for_proof(problem: Problem) -> RelaxedProblem:
    """Every run and every promise, beside nothing."""
    runs = [
        (work, run)
        for work in problem.works
        # every promise is a run of its own
        for run in (*work.runs, *(Tree.of([problem.jobs[number]]) for number in work.promises))
    ]
    drives = drive_lower_bound(problem)
    likeness = Aggregation(problem.horizon.month, drives, open_alone(problem))
    return RelaxedProblem(problem, Resources(problem), run_classes(runs, likeness), drives)


def open_alone(problem: Problem) -> Opening:
    """What tells the positions that are open to a touch and hold it where nothing else stands."""
    empty = Resources(problem)
    # Where legs obey the triangle inequality a stop on an empty day costs its way there and back.
    is_known = problem.roads.is_metric and not problem.territory.travel.overnight

    def _opening(work: Work, _job: Job, way: Way) -> Mask:
        detours = empty.detours(work.account) if is_known and way.travels else None
        return np.asarray(way.open & empty.room(work.account, way, detours))

    return _opening


def relaxed_beside(duties: Solution, dropped: frozenset[int]) -> RelaxedProblem:
    """What is not settled, beside the promises and openings of a plan."""
    problem, resources = duties.problem, duties.resources
    kept = {placed.job: placed for placement in duties.placements for placed in placement}
    rules = [AccountRules(problem, work, duties.placements[work.account]) for work in problem.works]

    def _opening(work: Work, job: Job, way: Way) -> Mask:
        placed = kept.get(job.index)
        if placed is not None:
            # What is settled has one position, by one channel.
            is_by = job.ways[placed.way].channel == way.channel
            return np.asarray((problem.horizon.places == placed.position) & is_by)
        detours = resources.detours(work.account) if way.travels else None
        closed = rules[work.account].closed(job, way, job.parent, ahead=True)
        return np.asarray(way.open & resources.room(work.account, way, detours) & ~closed)

    runs = [
        (work, run) for work in problem.works if work.account not in dropped for run in work.runs
    ]
    drives = USUAL_SHARE * drive_lower_bound(problem)
    likeness = Aggregation(problem.horizon.month, drives, _opening, frozenset(kept), TOGETHER)
    return RelaxedProblem(problem, resources, run_classes(runs, likeness), drives)


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
    per_stop = problem.territory.travel.minutes_per_stop
    if problem.territory.travel.overnight or problem.roads.nights:
        return np.full(len(problem.works), float(per_stop))
    # By account, the minutes there and back, from the nearest of the rep's own places.
    roads, accounts = problem.roads, slice(1, len(problem.works) + 1)
    legs = roads.legs.astype(float)
    meetings = [place for place in roads.mine if place not in roads.bases]
    legs[:, accounts] -= per_stop
    legs[:, meetings] -= per_stop
    there, back = legs[roads.mine].min(axis=0), legs[:, roads.mine].min(axis=1)
    if not roads.is_metric:
        there, back = _shortest(legs, there), _shortest(legs.T, back)
    ways = there[accounts] + back[accounts]
    return np.asarray(per_stop + ways / _stops(problem, ways))


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


def run_classes(runs: Iterable[tuple[Work, Tree]], likeness: Aggregation) -> list[RunClass]:
    """Runs in groups of alike ones."""
    # The same shape for one dynamic programme; at most so many rows, to keep its arrays small.
    shapes: dict[object, list[tuple[Work, Tree]]] = {}
    for work, run in runs:
        place = {job.index: number for number, job in enumerate(run.jobs)}
        steps = [
            (
                place.get(job.parent, -1),
                job.window,
                job.kind,
                job.required,
                job.is_spine,
                job.index in likeness.free,
            )
            for job in run.jobs
        ]
        shapes.setdefault((work.weight, *steps), []).append((work, run))
    return [
        _stacked(members[first : first + ROWS_AT_ONCE], likeness)
        for members in shapes.values()
        for first in range(0, len(members), ROWS_AT_ONCE)
    ]


def _stacked(members: Sequence[tuple[Work, Tree]], likeness: Aggregation) -> RunClass:
    ways = [
        tuple({way.alike: way for job in jobs for way in job.ways}.values())
        for jobs in zip(*(run.jobs for _, run in members), strict=True)
    ]
    rows: dict[object, tuple[Work, list[Mask], list[Tree]]] = {}
    seen: dict[object, int] = {}
    for work, run in members:
        masks = []
        for job, every in zip(run.jobs, ways, strict=True):
            own = {way.alike: way for way in job.ways}
            for way in every:
                mine = own.get(way.alike)
                nowhere = np.zeros_like(way.open)
                masks.append(likeness.opening(work, job, mine) if mine else nowhere)
        place, days = float(likeness.places[work.account]), b"".join(m.tobytes() for m in masks)
        key = (work.has_floor, work.credited, work.sharing, place, days)
        # Rows that are the same in all respects get the same dates; so many that they still may
        # part.
        seen[key] = seen.get(key, -1) + 1
        row = rows.setdefault((key, seen[key] // likeness.together), (work, masks, []))
        row[2].append(run)
    kept = [work for work, _, _ in rows.values()]
    tree = members[0][1]
    jobs = [evolve(job, ways=every) for job, every in zip(tree.jobs, ways, strict=True)]
    slots = [(job.index, rank) for job in jobs for rank in range(len(job.ways))]
    opened = np.where(np.array([masks for _, masks, _ in rows.values()]), 0.0, IMPOSSIBLE)
    return RunClass(
        Tree.of(jobs),
        tuple(tuple(same) for _, _, same in rows.values()),
        np.array([work.account for work in kept]),
        np.array([work.weight for work in kept], dtype=float),
        np.array(
            [~np.isin(likeness.month, [0, *work.credited]) & work.has_floor for work in kept],
            dtype=float,
        ),
        np.array([1.0 / work.sharing for work in kept]),
        {slot: np.ascontiguousarray(opened[:, number]) for number, slot in enumerate(slots)},
        free=frozenset(job.index for job in jobs if job.index in likeness.free),
    )
