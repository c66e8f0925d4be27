"""What stands still during a search: the points worth a look, and all there is between them."""

from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from campaign.planner.orienteering.instance import Orienteering
from campaign.planner.tours import added

Floats = npt.NDArray[np.float64]

START, END, FIRST = 0, 1, 2
TABLE_POINTS = 256
NO_DETOUR = 1e-9


@frozen(eq=False)
class Ground:
    """Points by new numbers: 0 is the start, 1 the end, from 2 on those within reach.

    A point without a score is never worth a stop, as no straight line is a detour.
    """

    instance: Orienteering
    points: tuple[int, ...]
    rows: list[list[float]] = field(repr=False)
    legs: Floats = field(repr=False)
    scores: list[int] = field(repr=False)

    @property
    def count(self) -> int:
        """How many points there are, start and end among them."""
        return len(self.points)

    @cached_property
    def worth(self) -> Floats:
        """The scores, as numbers to reckon with."""
        return np.array(self.scores, dtype=np.float64)

    @cached_property
    def near(self) -> list[list[int]]:
        """For each point the others that can be visited, the nearest first."""
        return [
            sorted((n for n in range(FIRST, self.count) if n != point), key=row.__getitem__)
            for point, row in enumerate(self.rows)
        ]

    @cached_property
    def _table(self) -> Floats | None:
        """The detour over each point on each leg; None where it would take too much room."""
        if self.count > TABLE_POINTS:
            return None
        every = np.arange(self.count)
        table = added(self.legs, every[:, None, None], every, every[None, :, None])
        return np.maximum(table, NO_DETOUR).reshape(-1, self.count)

    def detours(self, route: list[int]) -> Floats:
        """What each point would add on each leg of a route; a row a leg."""
        if self._table is not None:
            count = len(self.points)
            rows = [origin * count + target for origin, target in pairwise(route)]
            return self._table.take(rows, axis=0)
        places = np.array(route)[:, None]
        put_in = added(self.legs, places[:-1], np.arange(self.count), places[1:])
        return np.maximum(put_in, NO_DETOUR)


def ground_of(instance: Orienteering) -> Ground:
    """The ground of an instance: the points that one tour can reach, and their distances."""
    points = (instance.start, instance.end, *_within_reach(instance))
    rows = [[instance.distance(origin, target) for target in points] for origin in points]
    scores = [0, 0, *(instance.scores[point] for point in points[FIRST:])]
    return Ground(instance, points, rows, np.array(rows), scores)


def _within_reach(instance: Orienteering) -> list[int]:
    start, end = instance.start, instance.end
    return [
        point
        for point, score in enumerate(instance.scores)
        if score > 0
        and point not in (start, end)
        and instance.distance(start, point) + instance.distance(point, end) <= instance.longest
    ]
