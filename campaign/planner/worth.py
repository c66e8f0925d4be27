"""What a touch is worth while one account is put in: the levels folded into one number.

The factors keep the levels apart within one account: a month of the floor beats any number
of required touches, a required touch any number of optional ones, and so on down to the
ideal gap. All is reckoned for a weight of 1, so that heavy accounts lose nothing to
rounding; prices are divided by the weight instead. Between accounts the plan's figures are
compared level by level (`score`).
"""

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from attrs import field, frozen

from campaign.planner.horizon import Days
from campaign.planner.ledger import Ledger, Placed
from campaign.planner.nights import Nights
from campaign.planner.problem import Problem
from campaign.planner.ranges import Values
from campaign.planner.work import Job, Way, Work

FLOOR = 1e2
REQUIRED = 1.0
OPTIONAL = 1e-2
KEPT = 1e-3
SECOND_CHOICE = 1e-4
PROMPT = 1e-6
DRIVE = 1e-9
IDEAL = 1e-11


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

    def cost(self, way: Way, detours: Days | None, weight: int) -> Values:
        """The price of a touch on each position for an account of a weight of 1."""
        minutes = way.minutes if detours is None else way.minutes + detours
        price = (self.minute * minutes + self.touch[way.channel]) / weight
        return np.asarray(price if detours is None else price + DRIVE * detours)


def gain(job: Job, way: Way) -> float:
    """What placing the touch by a way is worth by itself."""
    return (REQUIRED if job.required else OPTIONAL) - SECOND_CHOICE * way.rank


Score = tuple[int, int, int, int, int, int, int, int, int]
"""owed, floor, required, optional, kept, then negated: second choices, prompt, travel, sittings."""


class Figures(NamedTuple):
    """What one account's placement gives at each level."""

    owed: int = 0
    floor: int = 0
    required: int = 0
    optional: int = 0
    kept: int = 0
    second_choices: int = 0
    prompt: int = 0


NO_FIGURES = Figures()


def figures(problem: Problem, work: Work, placement: Sequence[Placed]) -> Figures:
    """The figures of one account."""
    jobs = [(problem.jobs[placed.job], placed) for placed in placement]
    positions = [placed.position for placed in placement]
    month = problem.horizon.month
    months = {int(month[placed.position]) for job, placed in jobs if job.reaches} | work.credited
    ranks = problem.horizon.working_rank
    whole = int(problem.horizon.works.sum())
    return Figures(
        sum(1 for job, _ in jobs if job.index in work.promises or job.index == work.opening),
        work.weight * len(months) if work.has_floor else 0,
        work.weight * sum(1 for job, _ in jobs if job.required and job.counts),
        work.weight * sum(1 for job, _ in jobs if not job.required and job.counts),
        sum(job.keeps(placed) for job, placed in jobs),
        work.weight * sum(job.ways[placed.way].rank for job, placed in jobs),
        work.weight * min((int(ranks[position]) for position in positions), default=whole),
    )


class Standing:
    """A whole plan while it is searched: placements, their figures, the calendar."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ledger = Ledger(problem)
        self.placements: list[tuple[Placed, ...]] = [work.settled for work in problem.works]
        self._enter_pins()
        self.ledger.drive_away()
        self.figures = [figures(problem, work, work.settled) for work in problem.works]
        self._totals = [sum(column) for column in zip(NO_FIGURES, *self.figures, strict=True)]

    def _enter_pins(self) -> None:
        """Enter the facts that are still to come; the others are spent already."""
        for work in self.problem.works:
            for placed in work.settled:
                job = self.problem.jobs[placed.job]
                if job.fact and job.fact.is_driven:
                    self.ledger.enter(work.account, job.ways[placed.way], placed.position)
        self.ledger.forgive()

    @classmethod
    def of(cls, problem: Problem, placements: Mapping[int, tuple[Placed, ...]]) -> "Standing":
        """A plan of placements by account; whether they fit is for `fits` to say."""
        standing = cls(problem)
        for account, placement in placements.items():
            standing.ledger.enter_all(problem, placement)
            standing.settle(account, placement)
        return standing

    def copy(self) -> "Standing":
        """The same plan, to be changed apart."""
        twin = object.__new__(Standing)
        twin.problem = self.problem
        twin.ledger = self.ledger.copy()
        twin.placements = self.placements.copy()
        twin.figures = self.figures.copy()
        twin._totals = self._totals.copy()
        return twin

    def with_nights(self, nights: Nights) -> "Standing":
        """The same touches where the rep sleeps elsewhere; whether they fit is for `fits`."""
        twin = self.copy()
        twin.problem = self.problem.with_nights(nights)
        twin.ledger = self.ledger.with_nights(twin.problem)
        return twin

    def settle(self, account: int, placement: tuple[Placed, ...]) -> None:
        """Note what stands for an account; the ledger has it already."""
        before = self.figures[account]
        after = figures(self.problem, self.problem.works[account], placement)
        self.placements[account], self.figures[account] = placement, after
        self._totals = [
            total - old + new for total, old, new in zip(self._totals, before, after, strict=True)
        ]

    def remove(self, account: int, jobs: Container[int] | None = None) -> None:
        """Take an account's touches out of the plan, all or these, but for those that stay."""
        work, placement = self.problem.works[account], self.placements[account]
        gone = [
            placed
            for placed in placement
            if (jobs is None or placed.job in jobs) and not self.stays(work, placed)
        ]
        self.ledger.take_back_all(self.problem, gone)
        self.settle(account, tuple(placed for placed in placement if placed not in gone))

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
        return all(bool((room >= 0).all()) for room in left) and ledger.is_timed

    @property
    def score(self) -> Score:
        """The plan's figures, the greater the better, level by level."""
        owed, floor, required, optional, kept, second_choices, prompt = self._totals
        return (
            owed,
            floor,
            required,
            optional,
            kept,
            -second_choices,
            -prompt,
            -self.ledger.travel,
            -self.ledger.sittings,
        )
