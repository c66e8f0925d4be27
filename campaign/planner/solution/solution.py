"""A whole plan while it is searched, what it comes to, and what a touch is worth in it.

While one account is put in, the levels are folded into one number. The factors keep them apart
within one account: what is owed before all else beats any days late, a day late any months, a month
of the floor any number of required touches, and so on down to a minute of comfort. All is reckoned
for a weight of 1, so that heavy accounts lose nothing to rounding; prices and minutes are divided
by the weight instead. Between accounts the plan's figures are compared level by level (`score`).
"""

from collections.abc import Container, Sequence
from typing import NamedTuple

import numpy as np
from attrs import field, frozen

from campaign.model.objective import CALL_FOR_VISIT, thousandths
from campaign.planner.instance.horizon import Days, Values
from campaign.planner.instance.jobs import Assignment, Job, Placement, Way, Work
from campaign.planner.instance.overnight_stays import OvernightStays
from campaign.planner.problem.problem import Problem
from campaign.planner.solution.resources import Resources
from campaign.touches import Level, LevelName

# Each so far above the next that no account can make up for the one by the other.
OWED = 1e5
IN_TIME = 1e3
FLOOR = 4e1
REQUIRED = 1.0
SERVICE = 1e-3
COMFORT = 1e-6
# What coming into the next days, which are to stay as they are, counts like, in service.
INTO_NEAR_DAYS = 3.0


@frozen
class Prices:
    """What minutes and touches of each position cost, in required touches of weight 1.

    `minute` holds the price of a minute by position, `touch` that of a touch by channel
    and position.
    """

    minute: Values = field(eq=False)
    touch: Values = field(eq=False)

    @classmethod
    def flat(cls, problem: Problem, price: float = 0.0) -> "Prices":
        """The same price of a minute on every day, touches as such for nothing."""
        size = problem.horizon.size
        return cls(np.full(size, price), np.zeros((len(problem.channels), size)))

    @classmethod
    def towards(cls, problem: Problem, days: Sequence[int], price: float) -> "Prices":
        """A price of visits on all other days than these, all else for nothing."""
        prices = cls.flat(problem)
        channels = problem.territory.channels
        travelling = [n for n, name in enumerate(problem.channels) if channels[name].travels]
        prices.touch[travelling] = price
        prices.touch[:, list(days)] = 0.0
        return prices

    def times(self, factor: float) -> "Prices":
        """The same prices, so many times as high."""
        return Prices(self.minute * factor, self.touch * factor)

    def cost(self, way: Way, detours: Days | None) -> Values:
        """The price of a touch on each position."""
        minutes = way.minutes if detours is None else way.minutes + detours
        return np.asarray(self.minute * minutes + self.touch[way.channel])


_NAMES: tuple[LevelName, ...] = ("owed", "in_time", "floor", "required", "service", "comfort")

Score = tuple[int, int, int, int, int, int]
"""owed, then in time negated, floor, required, then service and comfort negated."""


class Figures(NamedTuple):
    """What one account's placement gives at each level.

    `late` are business days that count in time, `service` weighted late days, `comfort` its own
    part of it, in thousandths of a minute: of these three less is better.
    """

    owed: int = 0
    late: int = 0
    floor: int = 0
    required: int = 0
    service: int = 0
    comfort: int = 0


NO_FIGURES = Figures()


def figures(problem: Problem, work: Work, placement: Sequence[Assignment]) -> Figures:
    """The figures of one account."""
    # Reckoned for one account alone: the calendar's own part of comfort is in the resources.
    jobs = [(problem.jobs[placed.job], placed) for placed in placement]
    stands = {placed.job: placed for placed in placement}
    month, rates = problem.horizon.month, problem.gaps.service
    months = {int(month[placed.position]) for job, placed in jobs if job.reaches} | work.credited
    in_time, service, off = 0, work.could_serve, 0
    # Facts are past praise and blame: they count where they stand, and cost nothing.
    for job, placed in jobs:
        if job.fact is not None:
            continue
        anchor, way = problem.anchor_of(job, stands), job.ways[placed.way]
        late, days = anchor.days_late(placed.position), placed.position - anchor.position
        service -= problem.gaps.served(required=job.required, is_second=way.is_second)
        if job.index in work.promises:
            early = days - anchor.window.ideal
            rate = thousandths(problem.territory.comfort.early)
            off += rate * max(0, min(early, problem.territory.courtesy.promise_early))
        else:
            off += problem.off_ideal * work.weight * abs(days - anchor.window.ideal)
        if job.is_duty:
            is_instead = job.index == work.opening and way.is_instead
            in_time += late + CALL_FOR_VISIT * is_instead
        elif job.required:
            service += rates.of_late(late)
    moved = (
        job for job in work.stood if job.index not in stands or not job.is_kept(stands[job.index])
    )
    service += sum(job.move for job in moved)
    return Figures(
        sum(1 for job, _ in jobs if job.is_duty and job.counts),
        in_time,
        work.weight * len(months) if work.has_floor else 0,
        work.weight * sum(1 for job, _ in jobs if job.required and job.counts),
        work.weight * service,
        off,
    )


def levels_of(score: Score) -> tuple[Level, ...]:
    """A score as levels, for who watches."""
    return tuple(Level(name, abs(figure)) for name, figure in zip(_NAMES, score, strict=True))


class Solution:
    """A whole plan while it is searched: placements, their figures, the calendar.

    `place`, `take` and `remove` keep all of them together.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.resources: Resources = Resources(problem)
        self.placements: list[Placement] = [work.settled for work in problem.works]
        # Facts that are still to come are entered; the others are spent already.
        for work in problem.works:
            for placed in work.settled:
                job = problem.jobs[placed.job]
                if job.fact and job.fact.is_driven:
                    self.resources.enter(work.account, job.ways[placed.way], placed.position)
        self.resources.forgive()
        # Days away are driven before there is a visit.
        self.resources.sleep(problem)
        self._figures = [NO_FIGURES] * len(problem.works)
        self._totals = [0] * len(NO_FIGURES)
        self._changed = {work.account for work in problem.works}

    @classmethod
    def of(cls, problem: Problem, placements: Sequence[Placement]) -> "Solution":
        """A plan of placements by account; whether they fit is for `fits` to say."""
        solution = cls(problem)
        for account, placement in enumerate(placements):
            solution.replace(account, placement)
        return solution

    def copy(self) -> "Solution":
        """The same plan, to be changed apart."""
        # A copy for each trial move: what is frozen is shared, only what changes is copied.
        twin = object.__new__(Solution)
        twin.problem = self.problem
        twin.resources = self.resources.copy()
        twin.placements = self.placements.copy()
        twin._figures = self._figures.copy()
        twin._totals = self._totals.copy()
        twin._changed = self._changed.copy()
        return twin

    def with_nights(self, nights: OvernightStays) -> "Solution":
        """The same touches where the rep sleeps elsewhere; whether they fit is for `fits`."""
        twin = self.copy()
        twin.problem = self.problem.with_nights(nights)
        twin.resources.sleep(twin.problem)
        return twin

    def place(self, placed: Assignment) -> None:
        """Put a touch in; whether it fits is for resources and account rules to say before."""
        job = self.problem.jobs[placed.job]
        self.resources.enter(job.account, job.ways[placed.way], placed.position)
        self.placements[job.account] = (*self.placements[job.account], placed)
        self._changed.add(job.account)

    def take(self, placed: Assignment) -> None:
        """Take a touch out that stands."""
        job = self.problem.jobs[placed.job]
        self.resources.enter(job.account, job.ways[placed.way], placed.position, -1)
        rest = tuple(row for row in self.placements[job.account] if row != placed)
        self.placements[job.account] = rest
        self._changed.add(job.account)

    def remove(self, account: int, jobs: Container[int] | None = None) -> None:
        """Take an account's touches out of the plan, all or these, but for those that stay."""
        work = self.problem.works[account]
        for placed in self.placements[account]:
            if (jobs is None or placed.job in jobs) and not self.stays(work, placed):
                self.take(placed)

    def replace(self, account: int, placement: Placement) -> None:
        """Let other touches of an account stand than now; facts are in both."""
        before = self.placements[account]
        # Taken out first: the new places may need the minutes of the old ones.
        for placed in before:
            if placed not in placement:
                self.take(placed)
        for placed in placement:
            if placed not in before:
                self.place(placed)

    def standing(self, job: Job) -> Assignment | None:
        """Where a job stands, None where it has no day."""
        rows = self.placements[job.account]
        return next((row for row in rows if row.job == job.index), None)

    def stays(self, work: Work, placed: Assignment) -> bool:
        """Whether a touch is owed before all else, a fact, or frozen where it stands."""
        job = self.problem.jobs[placed.job]
        if job.fact is not None or placed.job in work.promises or placed.job == work.opening:
            return True
        return job.is_frozen and job.is_kept(placed)

    @property
    def fits(self) -> bool:
        """Whether no day or week holds more than it can, and every day can be timed."""
        resources = self.resources
        left = (resources.day_free, resources.week_free, resources.day_room, resources.week_room)
        has_room = all(bool((room >= 0).all()) for room in left)
        return has_room and resources.is_quiet and not resources.untimed()

    @property
    def figures(self) -> list[Figures]:
        """The figures of each account."""
        self._reckon()
        return self._figures

    @property
    def score(self) -> Score:
        """The plan's figures, the greater the better, level by level."""
        self._reckon()
        owed, late, floor, required, service, comfort = self._totals
        return owed, -late, floor, required, -service, -comfort - self.resources.comfort

    def _reckon(self) -> None:
        # Only accounts that have changed: a move touches a dozen of hundreds.
        for account in self._changed:
            before = self._figures[account]
            after = figures(self.problem, self.problem.works[account], self.placements[account])
            self._figures[account] = after
            changes = zip(self._totals, before, after, strict=True)
            self._totals = [total - old + new for total, old, new in changes]
        self._changed.clear()


@frozen
class Incumbent:
    """What a search came to; `dropped` are the accounts whose grievance nobody can hear."""

    solution: Solution
    dropped: frozenset[int]
    effort: int
    stopped: bool
