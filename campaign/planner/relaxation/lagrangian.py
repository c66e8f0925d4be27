"""Lagrangian relaxation: what minutes are worth, and what no plan can exceed.

The calendar is the only thing that ties accounts together. Let each week's minutes, and each
channel's touches of a week, be bought at prices `pi` instead of being limited: then every account
plans for itself, by the dynamic programme over its cadences without the rules between steps that
do not follow each other, with each stop charged what it adds to the drives at least. Whatever the
prices, what all accounts gain so, plus what the calendar would earn, is no less than any plan
reaches:

    L(pi, mu) = sum_i pi_i b_i - sum_h mu_h F_h
                + sum_r n_r max over dated cadences k of (v_k + sum_h mu_h f_hk - sum_i pi_i a_ik)

    z*  <=  min over pi, mu >= 0 of L(pi, mu)

where `F_h` are the figures of the levels before that a plan has to keep, and `f_hk` what a dated
cadence adds to them (Held and Karp 1970, Fisher 1981). Cutting planes find the prices at which it
is lowest; at these, scarce weeks are dear, and plans made at them spread their touches well. A
point of the search prices each room as a whole, `pi_i b_i`, so that its coordinates are alike.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, count

import numpy as np
from attrs import evolve, field, frozen

from campaign.planner.instance.horizon import Mask, Values
from campaign.planner.relaxation.cutting_planes import CuttingPlanes, Lowest, Plane
from campaign.planner.relaxation.pricing import PricingProblem, PricingRates
from campaign.planner.relaxation.relaxed_problem import RelaxedProblem
from campaign.planner.solution import FLOOR, IN_TIME, OWED, REQUIRED, SERVICE, Prices

PLAN_WORTH = np.array([FLOOR, REQUIRED, SERVICE])
ROUNDS = 60
_ROUNDING = 1e-6
_CLOSE = 1e-3
_IN_VAIN = 10
"""After so many questions a bound that says no more than is known already is given up."""
_SERVED = 2
# What all minutes cost together, and what is held, against what all service could be.
_PARTS, _DEAR = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4), 10.0
# Of the gap left at the level of service, what more rounds may still close when they end.
_LITTLE = 0.1


@frozen
class _Aim:
    """What is sought: the worth of each thing counted, and the figures that are held."""

    worth: Values = field(eq=False)
    held: Values = field(eq=False)
    is_proof: bool = True

    def worth_at(self, point: Values) -> Values:
        """What one of each thing is worth at a point, which prices what is held as a whole."""
        return self.worth + _ratio(point[-3:], self.held)


class LagrangianRelaxation:
    """The relaxed problem of one scope."""

    def __init__(self, relaxed: RelaxedProblem) -> None:
        self._relaxed = relaxed
        self._week_room = relaxed.week_room
        self._touch_room = relaxed.touch_room
        self._start = np.zeros(self._week_room.size + self._touch_room.size + 3)

    def prices(self) -> list[list[Prices]]:
        """By group of alike runs, prices at which their dates, mixed, spread well."""
        aim = _Aim(PLAN_WORTH, np.zeros(3), is_proof=False)
        _, mixture = self._lowest(aim, lambda low: low.value - low.floor <= _CLOSE * low.value)
        return [[self._prices_at(point) for point in points] for points in mixture]

    def bound(self, level: int, figures: Sequence[int], most: float = np.inf) -> int:
        """What no plan exceeds at a level that keeps the figures of the levels before.

        Keeping the floor is priced too dear where other lines than the spine can make its
        months, so the bound is sought without it as well.
        """
        held = np.array([n if i < level else 0 for i, n in enumerate(figures)], dtype=float)
        # Both are bounds, so that the less of the two is one.
        kept = [held] if not held[0] or level == _SERVED else [held, held * (np.arange(3) > 0)]
        return min(self._bound(level, figures[level], each, most) for each in kept)

    def _bound(self, level: int, target: int, held: Values, most: float) -> int:
        asked = count(1)

        def is_enough(low: Lowest) -> bool:
            # It says no more than counting does, and will not.
            whole = _whole(low.value)
            if next(asked) >= _IN_VAIN and whole >= most:
                return True
            if level == _SERVED and low.value - low.floor <= _LITTLE * (low.value - target):
                return True
            # Nothing whole lies between what is reached and the bound; or between the bound and its
            # floor.
            return whole <= target or (low.floor > -np.inf and whole <= _whole(low.floor))

        aim = _Aim((np.arange(3) == level).astype(float), held)
        is_known = level == _SERVED and most < np.inf and bool(self._week_room.any())
        line = self._along_the_load(aim, most) if is_known else None
        lowest, _ = self._lowest(aim, is_enough, line)
        return _whole(self._proved(lowest.point, aim))

    def _along_the_load(self, aim: _Aim, most: float) -> Iterator[Values]:
        """Points at which all minutes cost the same, from nothing on, what is held very dear."""
        held = np.where(aim.held > 0, _DEAR * most, 0.0)
        weeks, touches = self._week_room / self._week_room.sum(), np.zeros(self._touch_room.size)
        for part in _PARTS:
            yield np.concatenate([part * most * weeks, touches, held])

    def _proved(self, point: Values, aim: _Aim) -> float:
        """What no plan exceeds at some prices, whichever lines make the months of an account.

        Along the spine each month counts once. A month that the spine leaves out may be made
        by another line or run of the account: for each choice of such months the spine keeps
        out of them, and the best choice is taken.
        """
        rates = self._relaxed.rates(self._prices_at(point), aim.worth_at(point))
        gains = self._gains(rates)
        if rates.worth[0]:
            for months in self._choices():
                inside = np.isin(self._relaxed.problem.horizon.month, months)
                kept_out = evolve(rates, kept_out=inside)
                # Either those that make a month are credited with it, each of them; or the account
                # is credited with it as a present: both are no less than the truth.
                made = self._gains(evolve(kept_out, beside=inside))
                present = rates.worth[0] * self._floor * len(months) + self._gains(kept_out)
                possible = self._months_beside[:, list(months)].all(axis=1)
                beside = np.where(possible, np.minimum(made, present), 0.0)
                gains = np.maximum(gains, beside)
        return float(gains.sum() + self._costs(aim) @ point)

    def _choices(self) -> Iterator[tuple[int, ...]]:
        """Every choice of months that the spine may leave out."""
        months = range(1, int(self._relaxed.problem.horizon.month.max()) + 1)
        for many in months:
            yield from combinations(months, many)

    def _gains(self, rates: PricingRates) -> Values:
        """By account, what all its runs gain together."""
        problem = self._relaxed.problem
        gains = np.zeros(len(problem.works))
        for alike in self._relaxed.alike:
            of_rows = PricingProblem(problem.horizon, problem.gaps, alike, rates).gains
            for gain, runs in zip(of_rows.tolist(), alike.members, strict=True):
                for run in runs:
                    gains[run.jobs[0].account] += gain
        return gains

    @cached_property
    def _floor(self) -> Values:
        """By account, what a month of it counts."""
        works = self._relaxed.problem.works
        return np.array([work.weight * work.has_floor for work in works], dtype=float)

    @cached_property
    def _months_beside(self) -> Mask:
        """By account and month, whether any line but the spine could make it count."""
        problem = self._relaxed.problem
        months = int(problem.horizon.month.max()) + 1
        found = np.zeros((len(problem.works), months), dtype=bool)
        for job in problem.jobs:
            for way in job.ways if not job.is_spine else ():
                found[job.account, problem.horizon.month[way.open]] = True
        for work in problem.works:
            found[work.account, list(work.credited)] = False
        return found

    def _costs(self, aim: _Aim) -> Values:
        """What a point costs: the rooms at their prices, less what is held."""
        rooms = self._week_room.size + self._touch_room.size
        return np.concatenate([np.ones(rooms), np.where(aim.held > 0, -1.0, 1.0)])

    def _lowest(
        self,
        aim: _Aim,
        is_enough: Callable[[Lowest], bool],
        line: Iterable[Values] | None = None,
    ) -> tuple[Lowest, list[list[Values]]]:
        """The lowest bound, and what it mixes: from a line, else where the last search ended."""
        start = self._start.copy()
        # Prices of minutes are much the same for every aim; those of held figures are not.
        start[-3:] = 0.0
        cutting_planes = CuttingPlanes(self._costs(aim), lambda point: self._planes(point, aim))
        lowest = cutting_planes.descend(line or [start], ROUNDS, is_enough=is_enough)
        self._start = lowest.point
        return lowest, cutting_planes.mixture

    def _planes(self, point: Values, aim: _Aim) -> list[Plane]:
        prices, worth = self._prices_at(point), aim.worth_at(point)
        rates, problem = self._relaxed.rates(prices, worth), self._relaxed.problem
        # For a plan what is owed counts as well: a price at which it were left out misleads.
        if not aim.is_proof:
            rates = evolve(rates, duty=OWED, day=IN_TIME)
        priced = (
            PricingProblem(problem.horizon, problem.gaps, alike, rates)
            for alike in self._relaxed.alike
        )
        return [
            # Minus what a price brings the calendar: a subgradient of the dual function.
            Plane(
                usage.gain,
                np.concatenate(
                    (
                        -_ratio(usage.weeks, self._week_room),
                        -_ratio(usage.touches, self._touch_room).ravel(),
                        _ratio(usage.figures, aim.held),
                    )
                ),
            )
            for usage in (each.usage for each in priced)
        ]

    def _prices_at(self, point: Values) -> Prices:
        """What a minute and a touch of each position cost: a point prices each room whole."""
        week, weeks = self._relaxed.problem.horizon.week, self._week_room.size
        touches = point[weeks:-3].reshape(self._touch_room.shape)
        return Prices(
            _ratio(point[:weeks], self._week_room)[week],
            _ratio(touches, self._touch_room)[:, week],
        )


def plan_rates(relaxed: RelaxedProblem, prices: Prices, spread: float) -> PricingRates:
    """What calendar and touches are worth while a plan is made: all levels in one."""
    return evolve(relaxed.rates(prices, PLAN_WORTH, spread), duty=OWED, day=IN_TIME)


def _whole(value: float) -> int:
    """The greatest whole figure that a bound allows."""
    return int(np.floor(value + _ROUNDING))


def _ratio(upper: Values, lower: Values) -> Values:
    """Elementwise ratio, 0 where the lower is 0."""
    found = np.zeros_like(upper, dtype=float)
    np.divide(upper, lower, out=found, where=lower > 0)
    return found
