"""What is owed in integers: jobs, their time windows and ways, the trees they hang in.

A window counts business days from an anchor: the day of the nearest placed step above, after
post that of its latest arrival; the eve of the start for a root. Before `least` a step may not
stand. Up to `due` it is in time. Up to `late` days more it is late, which the levels count.

    cost of gap g  =  lateness(max(0, g - due))  +  off_ideal * |g - ideal|
                      for least <= g <= due + late

Lateness is piecewise linear and convex, so that one step very late costs more than many a
little late (`model/objective.py`).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from attrs import evolve, field, frozen

from campaign.model.objective import Service
from campaign.planner.instance.horizon import IMPOSSIBLE, Mask, Values
from campaign.touches import Touch


@frozen(cache_hash=True)
class TimeWindow:
    """The least, the ideal and the last business day in time after an anchor, and how late then.

    Of `due` the last `again` days are those of a further attempt: what follows does not get them.
    """

    least: int
    ideal: int
    due: int
    late: int
    again: int = 0

    @property
    def last(self) -> int:
        """The last business day on which it may stand at all."""
        return self.due + self.late

    def below(self, above: "TimeWindow") -> "TimeWindow":
        """The window of a step below one that is left out, from the anchor of that one."""
        due = self.due + above.due - above.again
        return evolve(self, least=self.least + above.least, ideal=self.ideal + above.ideal, due=due)

    def from_position(self, position: int) -> "TimeWindow":
        """The same window counted from the eve, its anchor being at a position."""
        least, ideal, due = (days + position for days in (self.least, self.ideal, self.due))
        return evolve(self, least=least, ideal=ideal, due=due)


@frozen
class Anchor:
    """What the window of a step counts from; by itself the start.

    `job` is the placed step above, -1 for the start; `day` the position it stands on, 0 for
    the eve, and `post` the business days it then is on its way; `window` counts from there.
    """

    window: TimeWindow
    job: int = -1
    day: int = 0
    post: int = 0

    @property
    def position(self) -> int:
        """The effective position: of the latest arrival, for post."""
        return self.day + self.post

    def admits(self, position: int) -> bool:
        """Whether a step may stand on a position."""
        return self.window.least <= position - self.position <= self.window.last

    def days_late(self, position: int) -> int:
        """How many business days late a step on a position is; 0 in time."""
        return max(0, position - self.position - self.window.due)


DUTY, REQUIRED, OPTIONAL = range(3)
"""How lateness counts: at the level `in_time`, at `service`, or not at all."""


Rates = tuple[float, float, float]
"""What a day late in time costs, what late service does, and a day from the ideal."""


@frozen(eq=False)
class Gaps:
    """Tables of what each gap of a window costs, kept by window and kind."""

    size: int
    service: Service
    _late: dict[tuple[TimeWindow, int], tuple[Values, Values]] = field(factory=dict, repr=False)
    _costs: dict[object, Values] = field(factory=dict, repr=False)

    @cached_property
    def _days(self) -> Values:
        return np.arange(self.size, dtype=float)

    def late(self, window: TimeWindow, kind: int) -> tuple[Values, Values]:
        """By gap, late days that count in time, and what they count as service."""
        key = window, kind
        if key not in self._late:
            late, served = np.clip(self._days - window.due, 0, None), np.zeros(self.size)
            if kind == REQUIRED:
                served = np.array([float(self.service.of_late(int(days))) for days in late])
            # What is owed before all else has a level of its own for its lateness.
            self._late[key] = late if kind == DUTY else np.zeros(self.size), served
        return self._late[key]

    def served(self, *, required: bool, is_second: bool) -> int:
        """What a touch gains of service where it stands in time, for a weight of 1."""
        gained = 0 if required else self.service.optional
        return gained - self.service.second_choice * is_second

    def cost(self, window: TimeWindow, kind: int, rates: Rates, post: int) -> Values:
        """By position of the anchor and of the step, what the gap between is worth, at most 0.

        Impossible outside the window; the anchor's touch is `post` days on its way. A view.
        """
        day, service, off = rates
        late, served = self.late(window, kind)
        worth = -day * late - service * served - off * np.abs(self._days - window.ideal)
        worth[(self._days < window.least) | (self._days > window.last)] = IMPOSSIBLE
        # A Toeplitz matrix: entry (a, p) is the worth of gap p - a - post. Strides need no copy.
        padded = np.concatenate([np.full(self.size + post, IMPOSSIBLE), worth])
        each = worth.itemsize
        shape, start = (self.size, self.size), self.size * each
        return np.ndarray(shape, float, padded, offset=start, strides=(-each, each))

    def kept_cost(self, window: TimeWindow, kind: int, rates: Rates, post: int) -> Values:
        """The same at rates that never change, worked out once."""
        key = window, kind, rates, post
        if key not in self._costs:
            self._costs[key] = np.ascontiguousarray(self.cost(window, kind, rates, post))
        return self._costs[key]


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

    @property
    def alike(self) -> tuple[int, int, bool]:
        """What makes ways of alike jobs one: channel, time in the post, being a second choice."""
        return self.channel, self.days_in_post, self.is_second


@frozen
class Fact:
    """A row that no search moves: done already, or pinned by the rep.

    It `is_free` if it leaves its account's day to another, and `is_driven` if it is still
    to come and belongs into the tour and the timetable of its day.
    """

    row: Touch
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
    `fact` is a job by itself: it `counts` if what is owed stands by it, and `reaches` somebody
    or did not.
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
    counts: bool = True
    reaches: bool = True

    @property
    def kind(self) -> int:
        """How its lateness counts."""
        return DUTY if self.is_duty else REQUIRED if self.required else OPTIONAL

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
