"""What a touch is worth while one account is put in: the levels folded into one number.

The factors keep the levels apart within one account: what is owed before all else beats any
days late, a day late any months, a month of the floor any number of required touches, and so on
down to a minute of comfort. All is reckoned for a weight of 1, so that heavy accounts lose
nothing to rounding; prices and minutes are divided by the weight instead. Between accounts the
plan's figures are compared level by level (`score`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from attrs import field, frozen

from campaign.model.objective import CALL_FOR_VISIT
from campaign.planner.instance.horizon import Days, Values
from campaign.planner.instance.jobs import Assignment, Job, Way, Work
from campaign.planner.problem.problem import Problem
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


def gain(problem: Problem, job: Job, way: Way) -> float:
    """What placing a touch by a way is worth by itself, for a weight of 1."""
    worth = OWED if job.is_duty else 0.0
    worth += REQUIRED if job.required else 0.0
    served = problem.gaps.served(required=job.required, is_second=way.is_second)
    return worth + SERVICE * served


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
            off += problem.early * max(0, min(early, problem.promise_early))
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
