"""Lagrangian relaxation: what minutes are worth, and what no plan can exceed.

The calendar is the only thing that ties accounts together. Let each week's minutes, and each
channel's touches of a week, be bought at prices `pi` instead of being limited: then every account
plans for itself, by the dynamic programme over its cadences without the rules between steps that
do not follow each other, with each stop charged what it adds to the drives at least. Whatever the
prices, what all accounts gain so, plus what the calendar would earn, is no less than any plan
reaches:

    L(pi, mu) = sum_i pi_i b_i - mu F
                + sum_r n_r max over dated cadences k of (v_k + mu f_k - sum_i pi_i a_ik)

    z*  <=  min over pi, mu >= 0 of L(pi, mu)

where `F` are the required touches that a plan has to keep while service is asked about, and `f_k`
those of a dated cadence (Held and Karp 1970, Fisher 1981). Cutting planes find the prices at which
it is lowest; at these, scarce weeks are dear, and plans made at them spread their touches well. A
point of the search prices each room as a whole, `pi_i b_i`, so that its coordinates are alike.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import count

import numpy as np

from campaign.planner.instance.horizon import Values
from campaign.planner.relaxation.cutting_planes import CuttingPlanes, Lowest, Plane
from campaign.planner.relaxation.pricing import (
    PLAN_WORTH,
    SERVED,
    TOUCHES,
    PricingProblem,
    PricingRates,
)
from campaign.planner.relaxation.relaxed_problem import RelaxedProblem
from campaign.planner.solution.solution import Prices

ROUNDS = 60
_ROUNDING = 1e-6
_CLOSE = 1e-3
_IN_VAIN = 10
"""After so many questions a bound that says no more than is known already is given up."""
# What all minutes cost together, and what is held, against what all service could be.
_PARTS, _DEAR = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4), 10.0
# Of the gap left at the level of service, what more rounds may still close when they end.
_LITTLE = 0.1


class LagrangianRelaxation:
    """The relaxed problem of one scope."""

    def __init__(self, relaxed: RelaxedProblem) -> None:
        self._relaxed = relaxed
        self._week_room, self._touch_room = relaxed.week_room, relaxed.touch_room
        self._start = np.zeros(self._week_room.size + self._touch_room.size + 1)

    def prices(self) -> list[list[Prices]]:
        """By group of alike runs, prices at which their dates, mixed, spread well."""
        _, mixture = self._lowest(
            PLAN_WORTH, lambda low: low.value - low.floor <= _CLOSE * low.value, is_plan=True
        )
        return [[self._prices_at(point) for point in points] for points in mixture]

    def bound(self, level: int, reached: int, most: float = np.inf, held: int = 0) -> int:
        """What no plan exceeds of required touches (`TOUCHES`) or gains of service (`SERVED`).

        `reached` is what a plan has, `most` what is known already; so many required touches are
        `held` while service is asked about.
        """
        asked = count(1)

        def _is_enough(low: Lowest) -> bool:
            whole = _whole(low.value)
            # It says no more than counting does, and will not.
            if next(asked) >= _IN_VAIN and whole >= most:
                return True
            if level == SERVED and low.value - low.floor <= _LITTLE * (low.value - reached):
                return True
            # Nothing whole lies between what is reached and the bound; or between the bound and its
            # floor.
            return whole <= reached or (low.floor > -np.inf and whole <= _whole(low.floor))

        is_known = level == SERVED and most < np.inf and bool(self._week_room.any())
        line = self._along_the_load(most, held) if is_known else None
        worth = (np.arange(3) == level).astype(float)
        lowest, _ = self._lowest(worth, _is_enough, line, held=held)
        return _whole(lowest.value)

    def _along_the_load(self, most: float, held: int) -> Iterator[Values]:
        """Points at which all minutes cost the same, from nothing on, what is held very dear."""
        weeks, touches = self._week_room / self._week_room.sum(), np.zeros(self._touch_room.size)
        for part in _PARTS:
            yield np.concatenate([part * most * weeks, touches, [_DEAR * most * bool(held)]])

    def _lowest(
        self,
        worth: Values,
        is_enough: Callable[[Lowest], bool],
        line: Iterable[Values] | None = None,
        *,
        held: int = 0,
        is_plan: bool = False,
    ) -> tuple[Lowest, list[list[Values]]]:
        """The lowest bound, and what it mixes: from a line, else where the last search ended."""
        # Prices of minutes are much the same for every aim; that of what is held is not.
        start = self._start.copy()
        start[-1] = 0.0
        # The rooms at their prices, less what is held.
        costs = np.append(np.ones(start.size - 1), -1.0 if held else 1.0)

        def _planes(point: Values) -> list[Plane]:
            at = worth.copy()
            at[TOUCHES] += point[-1] / held if held else 0.0
            rates = PricingRates(self._prices_at(point), at, self._relaxed.drives, is_plan)
            found = []
            for alike in self._relaxed.alike:
                usage = PricingProblem(self._relaxed.problem, alike, rates).usage
                # Minus what a price brings the calendar: a subgradient of the dual function.
                weeks = -_ratio(usage.weeks, self._week_room)
                touches = -_ratio(usage.touches, self._touch_room).ravel()
                kept = usage.figures[TOUCHES] / held if held else 0.0
                found.append(Plane(usage.gain, np.concatenate([weeks, touches, [kept]])))
            return found

        cutting_planes = CuttingPlanes(costs, _planes)
        lowest = cutting_planes.descend(line or [start], ROUNDS, is_enough=is_enough)
        self._start = lowest.point
        return lowest, cutting_planes.mixture

    def _prices_at(self, point: Values) -> Prices:
        """What a minute and a touch of each position cost: a point prices each room whole."""
        week, weeks = self._relaxed.problem.horizon.week, self._week_room.size
        touches = point[weeks:-1].reshape(self._touch_room.shape)
        return Prices(
            _ratio(point[:weeks], self._week_room)[week], _ratio(touches, self._touch_room)[:, week]
        )


def _whole(value: float) -> int:
    """The greatest whole figure that a bound allows."""
    return int(np.floor(value + _ROUNDING))


def _ratio(upper: Values, lower: Values) -> Values:
    """Elementwise ratio, 0 where the lower is 0."""
    found = np.zeros_like(upper, dtype=float)
    np.divide(upper, lower, out=found, where=lower > 0)
    return found
