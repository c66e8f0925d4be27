"""What is owed in integers: ways to go, jobs, the trees they hang in, an account's work."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from attrs import field, frozen

from campaign.planner.instance.horizon import Days, Mask
from campaign.planner.instance.time_windows import DUTY, OPTIONAL, REQUIRED, TimeWindow
from campaign.touches import Touch


@frozen
class Assignment:
    """One job on a position, by one of its ways."""

    job: int
    way: int
    position: int


NO_LINE = -1
"""A telephone number that one account has alone."""

Placement = tuple[Assignment, ...]


@frozen
class Way:
    """One channel by which a touch may go, and the positions open to it.

    `hours` is the number that the clock gives to the hours of who is to be met; `is_call`
    says that it has a time of its own without a drive. It `is_possible` where some
    empty day could hold it, and `is_second` where a way before it is; `is_instead` is a call by
    which a grievance is heard that could be visited. A call goes by a `line` where other accounts
    have the same telephone number.
    """

    channel: int
    minutes: int
    days_in_post: int
    travels: bool
    open: Mask = field(eq=False, repr=False)
    is_call: bool = False
    hours: int = 0
    is_second: bool = False
    is_possible: bool = True
    is_instead: bool = False
    line: int = NO_LINE


@frozen
class Fact:
    """A row that no search moves: done already, or pinned by the rep.

    `counts` says that what is owed stands by it, `reaches` that it touched somebody,
    `is_free` that it leaves its account's day to another, and `is_driven` that it is still
    to come and belongs into the tour and the timetable of its day.
    """

    row: Touch
    counts: bool
    reaches: bool
    is_free: bool
    is_driven: bool


class EarlierAttempt(NamedTuple):
    """An earlier attempt, and the position from which what follows counts while no later stands."""

    job: int
    position: int


@frozen
class Job:
    """One owed touch: where it hangs, what it counts, how it may go.

    `window` counts business days after its parent (a root: after the eve); `parent` is a job's
    index, -1 for a root. A job `is_duty` that is owed before all else: a promise, an opening, an
    apology, a proof of repair. The spine of an account is the longest line of required steps
    that its main contact runs: along it, and only there, months of the floor are looked ahead
    for, so that none is counted twice.

    Of a campaign that has begun, `before` is the position and the channel by which a touch
    stood, `move` what it counts that it stands there no more, `is_frozen` says that it stays
    there, `free_from` is the first position before which it only comes for want of another place,
    `beside` holds the facts that it keeps no distance to, and `behind` its own earlier attempt. A
    `fact` is a job by itself.
    """

    index: int
    account: int
    person: int
    parent: int
    window: TimeWindow
    required: bool
    courtesy: bool
    selling: bool
    is_spine: bool
    ways: tuple[Way, ...]
    is_duty: bool = False
    before: tuple[int, int] | None = None
    move: int = 0
    is_frozen: bool = False
    free_from: int = 0
    beside: frozenset[int] = frozenset()
    behind: EarlierAttempt | None = None
    fact: Fact | None = None

    @property
    def kind(self) -> int:
        """How its lateness counts."""
        return DUTY if self.is_duty else REQUIRED if self.required else OPTIONAL

    @property
    def counts(self) -> bool:
        """Whether what is owed stands by it."""
        return self.fact is None or self.fact.counts

    @property
    def reaches(self) -> bool:
        """Whether it touches somebody where it stands."""
        return self.fact is None or self.fact.reaches

    def is_kept(self, placed: Assignment) -> bool:
        """Whether it stands where it stood before."""
        return self.before == (placed.position, self.ways[placed.way].channel)


@frozen
class Tree:
    """The jobs of one run, each before those that follow it, required ones before optional."""

    jobs: tuple[Job, ...]
    children: Mapping[int, tuple[Job, ...]] = field(repr=False, eq=False)

    @classmethod
    def of(cls, jobs: Sequence[Job]) -> "Tree":
        """The tree of some jobs, in an order that has parents first."""
        children = {
            job.index: tuple(other for other in jobs if other.parent == job.index) for job in jobs
        }
        return cls(tuple(jobs), children)

    @property
    def roots(self) -> Iterator[Job]:
        """The jobs that follow none."""
        return (job for job in self.jobs if job.parent < 0)


@frozen
class Work:
    """All that one account is owed: jobs of its runs, its promises, its opening.

    `promises` hold the indices of jobs. `opening` is the job that a grievance account opens
    with, -1 for none. `sharing` is how many rows one stop at the account could serve.
    `credited` are the months of the floor that the delivery team has touched already;
    `settled` holds the facts, which stand in every placement. `answers` are the jobs that answer
    a complaint, before which nothing else may come, and `recoveries` these and what makes it
    good (the runs `mending` it), before which no other cadence goes on. `waiting` tells of each
    proof of repair which promises come before it. `could_serve` is what all its optional touches
    count for a weight of 1, `reachable` how many of its touches have a channel; `stood` are the
    jobs whose move counts.
    """

    account: int
    weight: int
    has_floor: bool
    runs: tuple[Tree, ...]
    promises: tuple[int, ...]
    opening: int = -1
    sharing: int = 1
    credited: frozenset[int] = frozenset()
    settled: Placement = ()
    answers: frozenset[int] = frozenset()
    recoveries: frozenset[int] = frozenset()
    mending: tuple[Tree, ...] = ()
    waiting: Mapping[int, tuple[int, ...]] = field(factory=dict, repr=False, eq=False)
    could_serve: int = 0
    reachable: int = 0
    stood: tuple[Job, ...] = field(default=(), repr=False, eq=False)

    def counting(self, month: Days) -> Mask:
        """By position, of which the months are given, whether a touch could add to the floor."""
        return np.isin(month, [0, *self.credited], invert=True) & self.has_floor

    @property
    def jobs(self) -> tuple[int, ...]:
        """Every job of the account."""
        return (*self.promises, *(job.index for run in self.runs for job in run.jobs))

    def branch(self, number: int) -> frozenset[int]:
        """A job and all that follow it."""
        found = {number}
        for job in (job for run in self.runs for job in run.jobs):
            if job.parent in found:
                found.add(job.index)
        return frozenset(found)
