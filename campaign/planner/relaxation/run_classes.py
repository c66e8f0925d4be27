"""Alike runs: identical subproblems that are aggregated, a row each, and planned at once.

Runs of one shape (the same steps with the same windows, and the same weight) differ in the days
and channels that are open to them, and in place. Stacked row by row, the dynamic programme over
their cadence runs once for all of them; rows that are the same in everything count as one, `n_r`
times (aggregation breaks the symmetry of columns that only change their run: Lübbecke and
Desrosiers 2005).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from campaign.planner.insertion import CadenceDP
from campaign.planner.instance.horizon import IMPOSSIBLE, Days, Horizon, Mask, Values
from campaign.planner.instance.jobs import Job, Tree, Way, Work
from campaign.planner.instance.time_windows import TimeWindow

Rows = npt.NDArray[np.int64]
Opening = Callable[[Work, Job, Way], Mask]
"""The positions on which a touch could stand if it were alone."""

Late = Callable[[Job, TimeWindow], tuple[Values, Values]]
"""By gap from the anchor, the late days that count in time, and what counts as service."""

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

    def shape(self, work: Work, run: Tree) -> object:
        """What runs must have in common to be worked out at once."""
        place = {job.index: number for number, job in enumerate(run.jobs)}
        return work.weight, tuple(
            (
                place.get(job.parent, -1),
                job.window,
                job.is_duty,
                job.required,
                job.is_spine,
                job.index in self.free,
            )
            for job in run.jobs
        )


def run_classes(runs: Iterable[tuple[Work, Tree]], likeness: Aggregation) -> list[RunClass]:
    """Runs in groups of alike ones."""
    # The same shape for one dynamic programme; at most so many rows, to keep its arrays small.
    shapes: dict[object, list[tuple[Work, Tree]]] = {}
    for work, run in runs:
        shapes.setdefault(likeness.shape(work, run), []).append((work, run))
    return [
        _stacked(members[first : first + ROWS_AT_ONCE], likeness)
        for members in shapes.values()
        for first in range(0, len(members), ROWS_AT_ONCE)
    ]


def _stacked(members: Sequence[tuple[Work, Tree]], likeness: Aggregation) -> RunClass:
    ways = [
        tuple({_by_post(way): way for job in jobs for way in job.ways}.values())
        for jobs in zip(*(run.jobs for _, run in members), strict=True)
    ]
    rows: dict[object, tuple[Work, list[Mask]]] = {}
    same: dict[object, list[Tree]] = {}
    seen: dict[object, int] = {}
    for work, run in members:
        masks = list(_masks(work, run, ways, likeness.opening))
        key = (
            work.weight,
            work.has_floor,
            work.credited,
            work.sharing,
            float(likeness.places[work.account]),
            b"".join(mask.tobytes() for mask in masks),
        )
        # Rows that are the same in all respects get the same dates; so many that they still may
        # part.
        seen[key] = seen.get(key, -1) + 1
        numbered = (key, seen[key] // likeness.together)
        rows.setdefault(numbered, (work, masks))
        same.setdefault(numbered, []).append(run)
    kept = [work for work, _ in rows.values()]
    tree = members[0][1]
    jobs = [evolve(job, ways=every) for job, every in zip(tree.jobs, ways, strict=True)]
    slots = [(job.index, rank) for job in jobs for rank in range(len(job.ways))]
    opened = np.where(np.array([masks for _, masks in rows.values()]), 0.0, IMPOSSIBLE)
    return RunClass(
        Tree.of(jobs),
        tuple(map(tuple, same.values())),
        np.array([work.account for work in kept]),
        np.array([work.weight for work in kept], dtype=float),
        np.array([work.counting(likeness.month) for work in kept], dtype=float),
        np.array([1.0 / work.sharing for work in kept]),
        {slot: np.ascontiguousarray(opened[:, number]) for number, slot in enumerate(slots)},
        free=frozenset(job.index for job in jobs if job.index in likeness.free),
    )


def _by_post(way: Way) -> tuple[int, int, bool]:
    """What makes two ways one: the channel, how long it takes, whether it is a second choice."""
    return way.channel, way.days_in_post, way.is_second


def _masks(
    work: Work, run: Tree, ways: Sequence[Sequence[Way]], opening: Opening
) -> Iterator[Mask]:
    for job, every in zip(run.jobs, ways, strict=True):
        own = {_by_post(way): way for way in job.ways}
        for way in every:
            mine = own.get(_by_post(way))
            yield np.zeros_like(way.open) if mine is None else opening(work, job, mine)


@frozen
class Choice:
    """Where one step of each row stands: position (0: nowhere), way, first in its month.

    `late` is what its lateness counts as service, for a weight of 1, and `days_late` the days
    that count in time.
    """

    position: Days = field(eq=False)
    way: Rows = field(eq=False)
    is_fresh: Mask = field(eq=False)
    late: Values = field(eq=False)
    days_late: Values = field(eq=False)


class Descent:
    """From the root down, the best dates of every row at what the dynamic programme says.

    `late` tells by gap what lateness of a step in a window counts.
    """

    def __init__(self, tree: Tree, horizon: Horizon, dp: CadenceDP, late: Late) -> None:
        self._horizon = horizon
        self._dp = dp
        self._late = late
        self._jobs = {job.index: job for job in tree.jobs}
        self.choices: dict[int, Choice] = {}
        for job in tree.jobs:
            self.choices[job.index] = self._chosen(job)

    def _chosen(self, job: Job) -> Choice:
        rows = len(self._dp.best[job.index])
        choice = Choice(
            np.zeros(rows, dtype=np.int64),
            np.zeros(rows, dtype=np.int64),
            np.zeros(rows, dtype=bool),
            np.zeros(rows),
            np.zeros(rows),
        )
        if job.ways:
            for anchored, day, anchor, window in self._anchors(job, rows):
                self._place(job, choice, anchored, day, (anchor, window))
        return choice

    def _anchors(
        self, job: Job, rows: int
    ) -> Iterator[tuple[Rows, Days, tuple[int, int], TimeWindow]]:
        """The rows by what their window counts from: its day, the step and its post, the window."""
        waiting: Rows = np.arange(rows)
        window, above = job.window, self._jobs.get(job.parent)
        # Up the tree: each row stops at the nearest step above that stands, windows added on the
        # way.
        while above is not None and waiting.size:
            choice = self.choices[above.index]
            stands = choice.position[waiting] > 0
            posts = np.array([way.days_in_post for way in above.ways] or [0])
            posted = posts[choice.way[waiting]]
            for post in sorted({way.days_in_post for way in above.ways}):
                chosen = waiting[stands & (posted == post)]
                if chosen.size:
                    yield chosen, choice.position[chosen], (above.index, post), window
            waiting = waiting[~stands]
            window = window.below(above.window)
            above = self._jobs.get(above.parent)
        if waiting.size:
            yield waiting, np.zeros(waiting.size, dtype=np.int64), (-1, 0), window

    def _place(
        self,
        job: Job,
        choice: Choice,
        rows: Rows,
        day: Days,
        since: tuple[tuple[int, int], TimeWindow],
    ) -> None:
        anchor, window = since
        _, post = anchor
        month, places = self._horizon.month, np.arange(self._horizon.size)
        credit = self._dp.credit_of(job)
        values, fresh = self._dp.best[job.index][rows], month > month[day][:, None]
        if credit is None:
            fresh = np.zeros_like(fresh)
        else:
            values = values + np.where(fresh, credit[rows], 0.0)
        gaps = places - day[:, None] - post
        values = values + self._dp.cost(job, window, post)[day]
        best, every = values.argmax(axis=1), np.arange(rows.size)
        # A step stands only where that is worth more than leaving it out, with all that follows.
        without = self._dp.left_out(job, window, anchor, day, rows)
        placed = values[every, best] > without
        days, late = (by_gap[gaps[every, best][placed]] for by_gap in self._late(job, window))
        rows, best = rows[placed], best[placed]
        choice.position[rows] = best
        choice.is_fresh[rows] = fresh[placed, best]
        choice.late[rows] = late
        choice.days_late[rows] = days
        worth = [way[rows, best] for way in self._dp.worth[job.index]]
        choice.way[rows] = np.argmax(worth, axis=0)
