"""The search: several short annealings over ruined and refilled tours, the best kept."""

from math import exp
from random import Random

import numpy as np
from attrs import field, frozen

from campaign.planner.orienteering import ruin
from campaign.planner.orienteering.ground import FIRST, Floats, Ground, ground_of
from campaign.planner.orienteering.instance import Orienteering, Tours
from campaign.planner.orienteering.standing import Standing, bare

SEED = 1
START_EFFORT = 100_000
ROUND_EFFORT = 2
HOT, COLD = 0.1, 0.002
LEANINGS = (0.5, 1.0, 1.5, 2.0)
NOISE = 0.8
NOISES = 256


def solve(instance: Orienteering, *, effort: int) -> Tours:
    """Tours with a high score, after a search of `effort` steps.

    A step is a stop put into a tour, and two for each time that tours are ruined; of the
    same instance and effort the answer is the same. Of equal scores the shorter length
    wins. The score is not proved to be the highest, save where all within reach is visited.
    """
    ground = ground_of(instance)
    if ground.count == FIRST or not instance.tours:
        return Tours(((),) * instance.tours, 0, 0.0)
    search = Search(ground, Random(SEED))  # noqa: S311  # a search, no secret
    best = search.started()
    starts = max(1, round(effort / START_EFFORT))
    for start in range(starts):
        if best.collects_all:
            break
        found = search.annealed(search.started() if start else best, effort // starts)
        best = max(best, found, key=lambda standing: standing.rank)
    return _tours(best)


@frozen(eq=False)
class Search:
    """The ground of a search, its chances, and noise drawn beforehand."""

    ground: Ground
    rng: Random
    _noises: list[Floats] = field(init=False)
    _leanings: list[Floats] = field(init=False)

    @_noises.default
    def _draw_noises(self) -> list[Floats]:
        return [
            np.array([exp(NOISE * self.rng.uniform(-1, 1)) for _ in self.ground.points])
            for _ in range(NOISES)
        ]

    @_leanings.default
    def _lean(self) -> list[Floats]:
        return [self.ground.worth**power for power in LEANINGS]

    def started(self) -> Standing:
        """Tours filled from nothing."""
        standing = bare(self.ground)
        standing.settle(self._worth())
        return standing

    def _worth(self) -> Floats:
        """Scores, more or less heeded against the detour, with noise."""
        return self.rng.choice(self._leanings) * self.rng.choice(self._noises)

    def annealed(self, standing: Standing, effort: int) -> Standing:
        """The best tours met on a walk that takes fewer and fewer steps down.

        A step down of a size is taken with the chances of simulated annealing (Kirkpatrick,
        Gelatt and Vecchi 1983), hot and cold being shares of one tour's score.
        """
        best, spent = standing, 0
        unit = max(1.0, standing.score / self.ground.instance.tours)
        while spent < effort and not best.collects_all:
            heat = unit * HOT * (COLD / HOT) ** (spent / effort)
            changed = self._changed(standing)
            spent += ROUND_EFFORT + changed.entered
            if self.rng.random() < exp(min(0.0, self._rise(standing, changed) / heat)):
                standing = changed
                best = max(best, standing, key=lambda standing: standing.rank)
        return best

    def _changed(self, standing: Standing) -> Standing:
        changed = standing.copied()
        changed.take_out(ruin.some(changed, self.rng))
        changed.settle(self._worth())
        return changed

    def _rise(self, old: Standing, new: Standing) -> float:
        """How much better the new is: by score, and a longest tour's length for one point."""
        shorter = (old.length - new.length) / self.ground.instance.longest
        return new.score - old.score + shorter


def _tours(standing: Standing) -> Tours:
    ground = standing.ground
    routes = tuple(
        tuple(ground.points[place] for place in route[1:-1]) for route in standing.routes
    )
    driven = [length for length, route in zip(standing.lengths, routes, strict=True) if route]
    return Tours(routes, standing.score, sum(driven))
