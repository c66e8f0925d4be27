"""Lagrangian relaxation: what minutes are worth, and what no plan can exceed.

The calendar is the only thing that ties accounts together. Let each week's minutes, and
each channel's touches of a week, be bought at prices instead of being limited: then every
account plans for itself, by the exact programme over its cadences without the rules
between steps that do not follow each other, with each drive at the shortest leg to its
stop. Whatever the prices, what all accounts gain so, plus what the calendar would earn, is
no less than any plan reaches: a proved bound. Subgradient steps (Held, Wolfe and Crowder
1974, with Polyak's step length) look for the prices at which it is lowest; at these,
scarce weeks are dear, and plans made at them spread their touches well.

A bound on one level is sought among the plans that keep the figures of the levels before:
falling short of these is priced in the same way.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import define, evolve, field, frozen

from campaign.planner.anchors import Anchor, anchor_of
from campaign.planner.ledger import Ledger, Placed
from campaign.planner.outlook import Anchors, Outlook
from campaign.planner.problem import NO_LIMIT, Job, Problem, Way, Work
from campaign.planner.ranges import IMPOSSIBLE, Values
from campaign.planner.worth import OPTIONAL, Prices, Standing

LEVELS = ("floor", "required", "optional")
_PATIENCE = 3
_USUAL_STOPS = 3
_FEWEST_ROUNDS, _MOST_ROUNDS, _ACCOUNTS_IN_ALL = 12, 30, 9_000
_ROUNDING = 1e-6


def rounds_of(problem: Problem) -> int:
    """How many rounds are spent on a territory: fewer where a round is long."""
    return max(_FEWEST_ROUNDS, min(_MOST_ROUNDS, _ACCOUNTS_IN_ALL // max(1, len(problem.works))))


@frozen
class Multipliers:
    """What the calendar and the levels before are priced at, each for the whole of it.

    `weeks` by week, `touches` by channel and week, `levels` by level.
    """

    weeks: Values = field(eq=False)
    touches: Values = field(eq=False)
    levels: Values = field(eq=False)

    @property
    def income(self) -> float:
        """What the calendar earns if it is sold out, less what the levels before cost."""
        return float(self.weeks.sum() + self.touches.sum() - self.levels.sum())

    def stepped(self, slopes: "Multipliers", length: float) -> "Multipliers":
        """The multipliers after a step, none below 0."""
        return Multipliers(
            np.maximum(0.0, self.weeks + length * slopes.weeks),
            np.maximum(0.0, self.touches + length * slopes.touches),
            np.maximum(0.0, self.levels + length * slopes.levels),
        )

    def moving(self, slopes: "Multipliers") -> "Multipliers":
        """The slopes less those that would push a multiplier of 0 below it."""
        return Multipliers(
            np.where((self.weeks <= 0) & (slopes.weeks < 0), 0.0, slopes.weeks),
            np.where((self.touches <= 0) & (slopes.touches < 0), 0.0, slopes.touches),
            np.where((self.levels <= 0) & (slopes.levels < 0), 0.0, slopes.levels),
        )

    @property
    def square(self) -> float:
        """The squared length."""
        parts = (self.weeks, self.touches, self.levels)
        return float(sum((part**2).sum() for part in parts))


@frozen
class _Aim:
    """What is sought: the worth of each level, the figures held, the drive to each account."""

    worth: Values = field(eq=False)
    held: Values = field(eq=False)
    legs: Values = field(eq=False)


@define
class Usage:
    """What all accounts together take and reach when each plans for itself."""

    weeks: Values
    touches: Values
    levels: Values
    gain: float = 0.0


class Relaxation:
    """The relaxed problem of one territory."""

    def __init__(self, duties: Standing, *, forced: bool) -> None:
        self._problem = duties.problem
        self._fixed = self._fixed_duties(duties) if forced else {}
        horizon = self._problem.horizon
        self._week = horizon.week
        self._week_room = horizon.week_room.astype(float)
        self._touch_room = self._room_of_touches()
        self._empty = Ledger(self._problem)
        self._least_legs = self._shortest_legs()
        self._usual_legs = np.maximum(self._least_legs, self._shares_of_tours())
        self._open: dict[tuple[int, int], Values] = {}
        self._last = Multipliers(
            np.zeros(self._week_room.shape), np.zeros(self._touch_room.shape), np.zeros(3)
        )

    def _fixed_duties(self, duties: Standing) -> dict[int, Placed]:
        return {
            placed.job: placed
            for work in self._problem.works
            for placed in duties.placements[work.account]
            if placed.job in work.promises
        }

    def _room_of_touches(self) -> Values:
        horizon, weeks = self._problem.horizon, len(self._problem.horizon.week_capacity)
        days = np.bincount(horizon.week, weights=horizon.works, minlength=weeks)
        by_day = self._problem.per_day[:, None] * days[None, :]
        room = np.minimum(by_day, self._problem.per_week[:, None]).astype(float)
        return np.where(room >= NO_LIMIT, np.inf, room)

    def _shortest_legs(self) -> Values:
        """By account, the least that driving to it can cost."""
        legs = self._problem.roads.legs.astype(float)
        np.fill_diagonal(legs, np.inf)
        return np.asarray(legs.min(axis=0)[1:]) if len(legs) > 1 else np.zeros(0)

    def _shares_of_tours(self) -> Values:
        """By account, its part of a tour to it and its like, of a usual number of stops."""
        legs = self._problem.roads.legs.astype(float)
        return np.asarray((legs[0, 1:] + legs[1:, 0]) / _USUAL_STOPS)

    def prices(self, figures: Sequence[int], rounds: int) -> Prices:
        """Prices at which required touches spread well; `figures` are a plan's, by level.

        Drives are reckoned as usual ones here, not as the least that they can cost.
        """
        aim = _Aim(np.array([0.0, 1.0, OPTIONAL]), np.zeros(3), self._usual_legs)
        _, found = self._ascend(aim, float(aim.worth @ np.array(figures)), rounds)
        return self._prices_at(found)

    def _prices_at(self, now: Multipliers) -> Prices:
        """What a minute and a touch of each position cost at some multipliers."""
        return Prices(
            _ratio(now.weeks, self._week_room)[self._week],
            _ratio(now.touches, self._touch_room)[:, self._week],
        )

    def bound(self, level: int, figures: Sequence[int], rounds: int) -> int:
        """What no plan exceeds at a level that keeps the figures of the levels before."""
        worth = np.zeros(3)
        worth[level] = 1.0
        held = np.array([figures[n] if n < level else 0 for n in range(3)], dtype=float)
        aim = _Aim(worth, held, self._least_legs)
        best, _ = self._ascend(aim, float(figures[level]), rounds)
        return int(np.floor(best + _ROUNDING))

    def _ascend(self, aim: "_Aim", target: float, rounds: int) -> tuple[float, Multipliers]:
        """The lowest bound met, and the multipliers in the end, where the next search starts."""
        now = evolve(self._last, levels=np.zeros(3))
        best, pace, patience = np.inf, 1.0, 0
        for _ in range(rounds):
            usage = self._usage(now, aim)
            value = usage.gain + now.income
            patience = 0 if value < best - _ROUNDING else patience + 1
            best = min(best, value)
            if patience > _PATIENCE:
                pace, patience = pace / 2, 0
            slopes = now.moving(self._slopes(usage, aim.held))
            if best <= target + _ROUNDING or not slopes.square:
                break
            now = now.stepped(slopes, pace * (value - target) / slopes.square)
        self._last = now
        return best, now

    def _slopes(self, usage: Usage, held: Values) -> Multipliers:
        return Multipliers(
            np.where(self._week_room > 0, _ratio(usage.weeks, self._week_room) - 1, 0.0),
            np.where(self._touch_room > 0, _ratio(usage.touches, self._touch_room) - 1, 0.0),
            np.where(held > 0, 1 - _ratio(usage.levels, held), 0.0),
        )

    def _usage(self, now: Multipliers, aim: "_Aim") -> Usage:
        worth = aim.worth + _ratio(now.levels, aim.held)
        prices = self._prices_at(now)
        usage = Usage(np.zeros_like(now.weeks), np.zeros_like(now.touches), np.zeros(3))
        for work in self._problem.works:
            _Own(self, work, prices, worth, float(aim.legs[work.account])).plan(usage)
        return usage

    def open(self, work: Work, job: Job, rank: int) -> Values:
        """0 on the positions that could hold a touch by itself, else impossible."""
        key = (job.index, rank)
        if key not in self._open:
            way, placed = job.ways[rank], self._fixed.get(job.index)
            if placed is None:
                alone = self._problem.roads.is_metric and way.travels
                detours = self._empty.detours(work.account) if alone else None
                mask = self._empty.open(work.account, way, detours)
            else:
                mask = np.arange(self._problem.horizon.size) == placed.position
                mask &= placed.way == rank
            self._open[key] = np.where(mask, 0.0, IMPOSSIBLE)
        return self._open[key]

    @property
    def problem(self) -> Problem:
        """The problem that is relaxed."""
        return self._problem


class _Own:
    """One account that plans for itself, at prices."""

    def __init__(
        self, relaxation: Relaxation, work: Work, prices: Prices, worth: Values, leg: float
    ) -> None:
        self._relaxation = relaxation
        self._problem = relaxation.problem
        self._work = work
        self._worth = work.weight * worth
        self._prices = prices
        self._leg = leg

    def _cost(self, way: Way) -> tuple[float, float]:
        """The minutes and the touches that a way takes."""
        if not way.travels:
            return float(way.minutes), 1.0
        part = 1.0 / self._work.sharing
        return part * (way.minutes + self._leg), part

    def plan(self, usage: Usage) -> None:
        """Add what the account takes, reaches and gains."""
        horizon = self._problem.horizon
        floor = self._worth[0] if self._work.has_floor else 0.0
        credit = np.where(horizon.month > 0, floor, 0.0)
        for run in (*self._work.runs, *((job,) for job in self._work.promises)):
            outlook = Outlook(self._problem, self._offer, credit, everywhere=True).look(run)
            roots = [self._problem.jobs[job] for job in run if self._problem.jobs[job].parent < 0]
            for root in roots:
                start = Anchors(0, ((1, 0),))
                usage.gain += float(outlook.reach(root, start, (root.least, root.most))[0])
            for job, placed, anchor in self._descend(outlook, run, credit):
                self._count(usage, job, placed, anchor)

    def _offer(self, job: Job, rank: int) -> Values:
        way = job.ways[rank]
        minutes, touches = self._cost(way)
        gain = self._worth[1 if job.required else 2]
        price = minutes * self._prices.minute + touches * self._prices.touch[way.channel]
        return np.asarray(gain - price + self._relaxation.open(self._work, job, rank))

    def _descend(
        self, outlook: Outlook, run: Sequence[int], credit: Values
    ) -> Iterator[tuple[Job, Placed, Anchor]]:
        standing: dict[int, Placed] = {}
        for number in run:
            job = self._problem.jobs[number]
            anchor = anchor_of(self._problem, job, standing)
            placed = self._best(outlook, job, anchor, credit)
            if placed is not None:
                standing[number] = placed
                yield job, placed, anchor

    def _best(self, outlook: Outlook, job: Job, anchor: Anchor, credit: Values) -> Placed | None:
        first = max(1, anchor.position + anchor.gap[0])
        last = anchor.position + anchor.gap[1] + 1
        later = np.where(self._problem.horizon.month > anchor.month, credit, 0.0)
        values = np.array([(worth + later)[first:last] for worth in outlook.worth[job.index]])
        if not values.size:
            return None
        rank, place = divmod(int(values.argmax()), values.shape[1])
        alone = Anchors(anchor.position, ((1, anchor.month),))
        if values[rank, place] <= float(outlook.following(job, alone, anchor.gap)[0]):
            return None
        return Placed(job.index, rank, first + place)

    def _count(self, usage: Usage, job: Job, placed: Placed, anchor: Anchor) -> None:
        horizon, way = self._problem.horizon, job.ways[placed.way]
        minutes, touches = self._cost(way)
        week = horizon.week[placed.position]
        usage.weeks[week] += minutes
        usage.touches[way.channel, week] += touches
        usage.levels[1 if job.required else 2] += self._work.weight
        if self._work.has_floor and horizon.month[placed.position] > anchor.month:
            usage.levels[0] += self._work.weight


def _ratio(upper: Values, lower: Values) -> Values:
    """Elementwise ratio, 0 where the lower is 0."""
    found = np.zeros_like(upper, dtype=float)
    np.divide(upper, lower, out=found, where=lower > 0)
    return found
