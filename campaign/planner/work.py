"""What is owed in integers: ways to go, jobs, the trees they hang in, an account's work."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import field, frozen

from campaign.planner.horizon import Days, Mask


@frozen
class Way:
    """One channel by which a touch may go, and the positions open to it.

    `hours` is the number that the clock gives to the hours of who is to be met; `is_call`
    says that it has a time of its own without a drive.
    """

    channel: int
    minutes: int
    days_in_post: int
    is_post: bool
    travels: bool
    open: Mask = field(eq=False, repr=False)
    rank: int
    is_call: bool = False
    hours: int = 0


@frozen
class Job:
    """One owed touch: where it hangs, what it counts, how it may go.

    `least` and `most` are the business days after its parent (a root: after the eve);
    `parent` is a job's index, -1 for a root. The spine of an account is the longest
    line of required steps that its main contact runs: along it, and only there, months of
    the floor are looked ahead for, so that none is counted twice.
    """

    index: int
    account: int
    person: int
    parent: int
    least: int
    most: int
    ideal: int
    required: bool
    courtesy: bool
    selling: bool
    is_spine: bool
    ways: tuple[Way, ...]


@frozen
class Tree:
    """The jobs of one run, each before those that follow it, required ones before optional."""

    jobs: tuple[Job, ...]
    children: Mapping[int, tuple[Job, ...]] = field(repr=False, eq=False)

    @classmethod
    def of(cls, jobs: Sequence[Job]) -> "Tree":
        """The tree of some jobs, in an order that has parents first."""
        return cls(tuple(jobs), {job.index: tuple(_after(job, jobs)) for job in jobs})

    @property
    def roots(self) -> Iterator[Job]:
        """The jobs that follow none."""
        return (job for job in self.jobs if job.parent < 0)


def _after(job: Job, jobs: Sequence[Job]) -> Iterator[Job]:
    return (other for other in jobs if other.parent == job.index)


@frozen
class Work:
    """All that one account is owed: jobs of its runs, its promises, its opening.

    `promises` hold the indices of jobs. `opening` is the job that a grievance account opens
    with, -1 for none. `sharing` is how many rows one stop at the account could serve.
    `credited` are the months of the floor that the delivery team has touched already.
    """

    account: int
    weight: int
    has_floor: bool
    runs: tuple[Tree, ...]
    promises: tuple[int, ...]
    opening: int = -1
    sharing: int = 1
    credited: frozenset[int] = frozenset()

    def counting(self, month: Days) -> Mask:
        """By position, of which the months are given, whether a touch could add to the floor."""
        return np.isin(month, [0, *self.credited], invert=True) & self.has_floor

    @property
    def jobs(self) -> tuple[int, ...]:
        """Every job of the account."""
        return (*self.promises, *(job.index for run in self.runs for job in run.jobs))
