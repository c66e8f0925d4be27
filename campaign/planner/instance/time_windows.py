"""Time windows: when a step may stand, should stand, and what each other day costs.

A window counts business days from an anchor: the day of the nearest placed step above, after
post that of its latest arrival; the eve of the start for a root. Before `least` a step may not
stand. Up to `due` it is in time. Up to `late` days more it is late, which the levels count.

    cost of gap g  =  lateness(max(0, g - due))  +  off_ideal * |g - ideal|
                      for least <= g <= due + late

Lateness is piecewise linear and convex, so that one step very late costs more than many a
little late (`model/objective.py`).
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from attrs import evolve, field, frozen

from campaign.model.objective import Service
from campaign.planner.instance.horizon import IMPOSSIBLE, Values


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
        return evolve(
            self,
            least=self.least + above.least,
            ideal=self.ideal + above.ideal,
            due=self.due + above.due - above.again,
        )

    def from_position(self, position: int) -> "TimeWindow":
        """The same window counted from the eve, its anchor being at a position."""
        return evolve(
            self,
            least=self.least + position,
            ideal=self.ideal + position,
            due=self.due + position,
        )

    def not_before(self, position: int) -> "TimeWindow":
        """A window from the eve that opens no sooner than a position; then its days count anew."""
        later = max(0, position - self.least)
        return self.from_position(later)


@frozen
class Anchor:
    """What the window of a step counts from.

    `job` is the placed step above, -1 for the start; `day` the position it stands on, 0 for
    the eve, and `post` the business days it then is on its way; `window` counts from there.
    """

    job: int
    day: int
    post: int
    window: TimeWindow

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


@frozen(eq=False)
class Gaps:
    """Tables of what each gap of a window costs, made once for each window and kind."""

    size: int
    service: Service
    _late: dict[tuple[TimeWindow, int], tuple[Values, Values]] = field(factory=dict, repr=False)
    _open: dict[TimeWindow, Values] = field(factory=dict, repr=False)
    _costs: dict[tuple[TimeWindow, int, int], Values] = field(factory=dict, repr=False)

    @cached_property
    def _days(self) -> Values:
        return np.arange(self.size, dtype=float)

    def late(self, window: TimeWindow, kind: int) -> tuple[Values, Values]:
        """By gap, late days that count in time, and what they count as service."""
        key = window, kind
        if key not in self._late:
            late = np.clip(np.arange(self.size) - window.due, 0, None)
            none = np.zeros(self.size)
            # What is owed before all else has a level of its own for its lateness; what is optional
            # none.
            if kind == DUTY:
                self._late[key] = late.astype(float), none
            elif kind == REQUIRED:
                counted = [self.service.of_late(days) for days in range(int(late[-1]) + 1)]
                self._late[key] = none, np.array(counted, dtype=float)[late]
            else:
                self._late[key] = none, none
        return self._late[key]

    def served(self, *, required: bool, is_second: bool) -> int:
        """What a touch gains of service where it stands in time, for a weight of 1."""
        gained = 0 if required else self.service.optional
        return gained - self.service.second_choice * is_second

    def open(self, window: TimeWindow) -> Values:
        """By gap, 0 inside a window and impossible outside."""
        if window not in self._open:
            inside = (self._days >= window.least) & (self._days <= window.last)
            self._open[window] = np.where(inside, 0.0, IMPOSSIBLE)
        return self._open[window]

    def off_ideal(self, window: TimeWindow) -> Values:
        """By gap, the business days from the ideal."""
        return np.abs(self._days - window.ideal)

    def spread(
        self, window: TimeWindow, kind: int, post: int, cost: Callable[[TimeWindow, int], Values]
    ) -> Values:
        """By position of the anchor and of the step, a cost that is always the same; kept."""
        key = window, kind, post
        if key not in self._costs:
            self._costs[key] = np.ascontiguousarray(spread_out(cost(window, kind), post))
        return self._costs[key]


def spread_out(by_gap: Values, post: int) -> Values:
    """By position of the anchor and of the step, what the gap between costs: a view."""
    size, each = len(by_gap), by_gap.itemsize
    # A Toeplitz matrix: entry (a, p) is the cost of gap p - a - post. Strides make it without a
    # copy.
    padded = np.concatenate([np.full(size + post, IMPOSSIBLE), by_gap])
    return np.ndarray((size, size), float, padded, offset=size * each, strides=(-each, each))
