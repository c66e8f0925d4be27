"""What a touch is worth while one account is put in: the levels folded into one number.

The factors keep the levels apart within one account: what is owed before all else beats any
days late, a day late any months, a month of the floor any number of required touches, and so on
down to a minute of comfort. All is reckoned for a weight of 1, so that heavy accounts lose
nothing to rounding; prices and minutes are divided by the weight instead. Between accounts the
plan's figures are compared level by level (`score`).
"""

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from attrs import field, frozen

from campaign.model.objective import CALL_FOR_VISIT
from campaign.planner.anchors import anchor_of
from campaign.planner.horizon import Days
from campaign.planner.ledger import Ledger
from campaign.planner.nights import Nights
from campaign.planner.problem import Problem
from campaign.planner.ranges import Values
from campaign.planner.work import Job, Placed, Placement, Way, Work

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


def gain(problem: Problem, job: Job, way: Way) -> float:
    """What placing a touch by a way is worth by itself, for a weight of 1."""
    worth = OWED if job.is_duty else 0.0
    worth += REQUIRED if job.required else 0.0
    served = problem.gaps.served(required=job.required, is_second=way.is_second)
    return worth + SERVICE * served


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


def figures(problem: Problem, work: Work, placement: Sequence[Placed]) -> Figures:
    """The figures of one account."""
    jobs = [(problem.jobs[placed.job], placed) for placed in placement]
    stands = {placed.job: placed for placed in placement}
    month = problem.horizon.month
    months = {int(month[placed.position]) for job, placed in jobs if job.reaches} | work.credited
    late, served, off = 0, 0, 0
    for job, placed in jobs:
        if job.fact is None:
            days, service, shape = _dated(problem, work, job, placed, stands)
            late, served, off = late + days, served + service, off + shape
    service = work.could_serve - served
    service += sum(job.move for job in work.stood if not _stays(job, stands))
    return Figures(
        sum(1 for job, _ in jobs if job.is_duty and job.counts),
        late,
        work.weight * len(months) if work.has_floor else 0,
        work.weight * sum(1 for job, _ in jobs if job.required and job.counts),
        work.weight * service,
        off,
    )


def _stays(job: Job, stands: Mapping[int, Placed]) -> bool:
    """Whether a touch stands where it stood before."""
    return job.index in stands and job.is_kept(stands[job.index])


def _dated(
    problem: Problem, work: Work, job: Job, placed: Placed, stands: Mapping[int, Placed]
) -> tuple[int, int, int]:
    """Days late that count in time, service gained, and comfort lost, of a touch on its day."""
    anchor, way = anchor_of(problem, job, stands), job.ways[placed.way]
    gap = placed.position - anchor.position
    served = problem.gaps.served(required=job.required, is_second=way.is_second)
    if job.index in work.promises:
        early = max(0, min(gap - anchor.window.ideal, problem.promise_early))
        return anchor.days_late(placed.position), served, problem.early * early
    off = problem.off_ideal * work.weight * abs(gap - anchor.window.ideal)
    if job.is_duty:
        instead = CALL_FOR_VISIT * (job.index == work.opening and way.is_instead)
        return anchor.days_late(placed.position) + instead, served, off
    late = problem.gaps.service.of_late(anchor.days_late(placed.position)) if job.required else 0
    return 0, served - late, off


class Standing:
    """A whole plan while it is searched: placements, their figures, the calendar.

    `place`, `take` and `remove` keep all of them together.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ledger: Ledger = Ledger(problem)
        self.placements: list[Placement] = [work.settled for work in problem.works]
        self._enter_pins()
        self.ledger.drive_away()
        self._figures = [NO_FIGURES] * len(problem.works)
        self._totals = [0] * len(NO_FIGURES)
        self._changed = {work.account for work in problem.works}

    def _enter_pins(self) -> None:
        """Enter the facts that are still to come; the others are spent already."""
        for work in self.problem.works:
            for placed in work.settled:
                job = self.problem.jobs[placed.job]
                if job.fact and job.fact.is_driven:
                    self.ledger.enter(work.account, job.ways[placed.way], placed.position)
        self.ledger.forgive()

    @classmethod
    def of(cls, problem: Problem, placements: Sequence[Placement]) -> "Standing":
        """A plan of placements by account; whether they fit is for `fits` to say."""
        standing = cls(problem)
        for account, placement in enumerate(placements):
            standing.replace(account, placement)
        return standing

    def copy(self) -> "Standing":
        """The same plan, to be changed apart."""
        twin = object.__new__(Standing)
        twin.problem = self.problem
        twin.ledger = self.ledger.copy()
        twin.placements = self.placements.copy()
        twin._figures = self._figures.copy()
        twin._totals = self._totals.copy()
        twin._changed = self._changed.copy()
        return twin

    def with_nights(self, nights: Nights) -> "Standing":
        """The same touches where the rep sleeps elsewhere; whether they fit is for `fits`."""
        twin = self.copy()
        twin.problem = self.problem.with_nights(nights)
        twin.ledger = self.ledger.with_nights(twin.problem)
        return twin

    def place(self, placed: Placed) -> None:
        """Put a touch in; whether it fits is for the ledger and the diary to say before."""
        job = self.problem.jobs[placed.job]
        self.ledger.enter(job.account, job.ways[placed.way], placed.position)
        self.placements[job.account] = (*self.placements[job.account], placed)
        self._changed.add(job.account)

    def take(self, placed: Placed) -> None:
        """Take a touch out that stands."""
        job = self.problem.jobs[placed.job]
        self.ledger.take_back(job.account, job.ways[placed.way], placed.position)
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
        for placed in before:
            if placed not in placement:
                self.take(placed)
        for placed in placement:
            if placed not in before:
                self.place(placed)

    def stays(self, work: Work, placed: Placed) -> bool:
        """Whether a touch is owed before all else, a fact, or frozen where it stands."""
        job = self.problem.jobs[placed.job]
        if job.fact is not None or placed.job in work.promises or placed.job == work.opening:
            return True
        return job.is_frozen and job.is_kept(placed)

    @property
    def fits(self) -> bool:
        """Whether no day or week holds more than it can, and every day can be timed."""
        ledger = self.ledger
        left = (ledger.day_free, ledger.week_free, ledger.day_room, ledger.week_room)
        has_room = all(bool((room >= 0).all()) for room in left)
        return has_room and ledger.is_quiet and ledger.is_timed

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
        return owed, -late, floor, required, -service, -comfort - self.ledger.comfort

    def _reckon(self) -> None:
        """Work out the figures of the accounts that have changed."""
        for account in self._changed:
            before = self._figures[account]
            after = figures(self.problem, self.problem.works[account], self.placements[account])
            self._figures[account] = after
            self._totals = [
                total - old + new
                for total, old, new in zip(self._totals, before, after, strict=True)
            ]
        self._changed.clear()
