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

from campaign.planner.instance.horizon import IMPOSSIBLE, Days, Mask, Values
from campaign.planner.instance.jobs import Job, Tree, Way, Work

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
        tuple({_by_post(way): way for job in jobs for way in job.ways}.values())
        for jobs in zip(*(run.jobs for _, run in members), strict=True)
    ]
    rows: dict[object, tuple[Work, list[Mask], list[Tree]]] = {}
    seen: dict[object, int] = {}
    for work, run in members:
        masks = list(_masks(work, run, ways, likeness.opening))
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
