"""Time windows: when a step may stand, should stand, and what each other day costs.

A window counts business days from an anchor: the day of the nearest placed step above, after
post that of its latest arrival; the eve of the start for a root. Before `least` a step may not
stand. Up to `due` it is in time. Up to `late` days more it is late, which the levels count.

    cost of gap g  =  lateness(max(0, g - due))  +  off_ideal * |g - ideal|
                      for least <= g <= due + late

Lateness is piecewise linear and convex, so that one step very late costs more than many a
little late (`model/objective.py`).
"""

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
        padded, each = (
            np.concatenate([np.full(self.size + post, IMPOSSIBLE), worth]),
            worth.itemsize,
        )
        shape, start = (self.size, self.size), self.size * each
        return np.ndarray(shape, float, padded, offset=start, strides=(-each, each))

    def kept_cost(self, window: TimeWindow, kind: int, rates: Rates, post: int) -> Values:
        """The same at rates that never change, worked out once."""
        key = window, kind, rates, post
        if key not in self._costs:
            self._costs[key] = np.ascontiguousarray(self.cost(window, kind, rates, post))
        return self._costs[key]
