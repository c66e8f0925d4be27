"""Lagrangian relaxation: what minutes are worth, and what no plan can exceed.

The calendar is the only thing that ties accounts together. Let each week's minutes, and
each channel's touches of a week, be bought at prices instead of being limited: then every
account plans for itself, by the exact programme over its cadences without the rules
between steps that do not follow each other, with each stop charged what it adds to the
drives at least. Whatever the prices, what all accounts gain so, plus what the calendar
would earn, is no less than any plan reaches: a proved bound. Cutting planes find the prices
at which it is lowest; at these, scarce weeks are dear, and plans made at them spread their
touches well.

A bound on one level is sought among the plans that keep the figures of the levels before:
falling short of these is priced in the same way.
"""

from collections.abc import Callable, Sequence

import numpy as np
from attrs import field, frozen

from campaign.planner.alone import Alone, Usage
from campaign.planner.planes import Descender, Lowest, Plane
from campaign.planner.ranges import Values
from campaign.planner.scope import Scope
from campaign.planner.worth import FLOOR, OPTIONAL, REQUIRED, Prices

PLAN_WORTH = np.array([FLOOR, REQUIRED, OPTIONAL])
LEVELS = ("floor", "required", "optional")
ROUNDS = 60
_ROUNDING = 1e-6
_CLOSE = 1e-3


@frozen
class _Aim:
    """What is sought: the worth of each thing counted, and the figures that are held."""

    worth: Values = field(eq=False)
    held: Values = field(eq=False)


class Relaxation:
    """The relaxed problem of one scope."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._week_room = scope.week_room
        self._touch_room = scope.touch_room
        self._start = np.zeros(self._week_room.size + self._touch_room.size + 3)

    def prices(self) -> list[list[Prices]]:
        """By group of alike runs, prices at which their dates, mixed, spread well."""
        aim = _Aim(PLAN_WORTH, np.zeros(3))
        _, mixture = self._lowest(aim, lambda low: low.value - low.floor <= _CLOSE * low.value)
        return [[self._prices_at(point) for point in points] for points in mixture]

    def bound(self, level: int, figures: Sequence[int]) -> int:
        """What no plan exceeds at a level that keeps the figures of the levels before."""
        worth = np.zeros(3)
        worth[level] = 1.0
        target = figures[level]

        def is_enough(low: Lowest) -> bool:
            whole = _whole(low.value)
            return whole <= target or whole <= _whole(low.floor)

        held = np.array([n if i < level else 0 for i, n in enumerate(figures)], dtype=float)
        lowest, _ = self._lowest(_Aim(worth, held), is_enough)
        return _whole(lowest.value)

    def _lowest(
        self, aim: _Aim, is_enough: Callable[[Lowest], bool]
    ) -> tuple[Lowest, list[list[Values]]]:
        """The lowest bound, from the prices where the last search ended, and what it mixes."""
        rooms = np.concatenate([self._week_room, self._touch_room.ravel()])
        costs = np.concatenate([np.ones(rooms.size), np.where(aim.held > 0, -1.0, 1.0)])
        start = self._start.copy()
        start[-3:] = 0.0
        descender = Descender(costs, lambda point: self._planes(point, aim))
        lowest = descender.descend(start, ROUNDS, is_enough=is_enough)
        self._start = lowest.point
        return lowest, descender.mixture

    def _planes(self, point: Values, aim: _Aim) -> list[Plane]:
        prices, worth = self._prices_at(point), aim.worth + _ratio(point[-3:], aim.held)
        rates, horizon = self._scope.rates(prices, worth), self._scope.problem.horizon
        return [self._plane(Alone(horizon, alike, rates).usage, aim) for alike in self._scope.alike]

    def _plane(self, usage: Usage, aim: _Aim) -> Plane:
        slopes = (
            -_ratio(usage.weeks, self._week_room),
            -_ratio(usage.touches, self._touch_room).ravel(),
            _ratio(usage.figures, aim.held),
        )
        return Plane(usage.gain, np.concatenate(slopes))

    def _prices_at(self, point: Values) -> Prices:
        """What a minute and a touch of each position cost: a point prices each room whole."""
        week, weeks = self._scope.problem.horizon.week, self._week_room.size
        touches = point[weeks:-3].reshape(self._touch_room.shape)
        return Prices(
            _ratio(point[:weeks], self._week_room)[week],
            _ratio(touches, self._touch_room)[:, week],
        )


def _whole(value: float) -> int:
    """The greatest whole figure that a bound allows; below all of them where it is none."""
    return int(np.floor(max(value, -1.0) + _ROUNDING))


def _ratio(upper: Values, lower: Values) -> Values:
    """Elementwise ratio, 0 where the lower is 0."""
    found = np.zeros_like(upper, dtype=float)
    np.divide(upper, lower, out=found, where=lower > 0)
    return found
