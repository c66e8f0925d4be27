"""Tours as they stand in a search, and the ways to fill, shorten and take from them."""

import numpy as np
from attrs import Factory, define

from campaign.planner.orienteering.ground import END, NO_DETOUR, START, Floats, Ground
from campaign.planner.tours import improved, length


@define(eq=False)
class Standing:
    """Tours that keep to the greatest length, with their lengths and the score of all.

    `entered` counts the stops put in: the work done.
    """

    ground: Ground
    routes: list[list[int]]
    lengths: list[float]
    score: int = 0
    entered: int = 0
    changed: set[int] = Factory(set)

    @property
    def length(self) -> float:
        """The length of all tours together."""
        return sum(self.lengths)

    @property
    def rank(self) -> tuple[int, float]:
        """More score is better, then less length."""
        return self.score, -self.length

    @property
    def collects_all(self) -> bool:
        """Whether no point within reach is left out: no score is higher."""
        return self.score == sum(self.ground.scores)

    @property
    def inside(self) -> list[int]:
        """All points visited, tour by tour."""
        return [point for route in self.routes for point in route[1:-1]]

    def copied(self) -> "Standing":
        """The same tours, to be changed by themselves."""
        routes = [route.copy() for route in self.routes]
        return Standing(self.ground, routes, self.lengths.copy(), self.score)

    def take_out(self, gone: set[int]) -> None:
        """Leave points out of their tours."""
        for tour, route in enumerate(self.routes):
            kept = [point for point in route if point not in gone]
            if len(kept) < len(route):
                self._set(tour, kept)
        self.score -= sum([self.ground.scores[point] for point in gone])

    def settle(self, worth: Floats) -> None:
        """Put in what is worth it, shorten the tours, until neither helps the other."""
        self._fill(worth)
        while self.changed:
            if not self._shorten():
                return
            self._fill(worth)

    def _set(self, tour: int, route: list[int]) -> None:
        self.routes[tour] = route
        self.lengths[tour] = length(self.ground.rows, route)
        self.changed.add(tour)

    def _shorten(self) -> bool:
        """Improve the changed tours; whether any became shorter."""
        changed = sorted(self.changed)
        before = [self.lengths[tour] for tour in changed]
        for tour in changed:
            self._set(tour, improved(self.ground.legs, self.routes[tour]))
        self.changed.clear()
        return any(self.lengths[tour] < old for tour, old in zip(changed, before, strict=True))

    def _fill(self, worth: Floats) -> None:
        """Put points in, by worth for each unit of detour the best first, while any fits."""
        left = worth.copy()
        left[self.inside] = 0.0
        detours = [self.ground.detours(route) for route in self.routes]
        least = np.array([detour.min(axis=0) for detour in detours])
        while True:
            rate = left / least
            rate *= least <= self._room()
            tour, point = divmod(int(rate.argmax()), self.ground.count)
            if rate[tour, point] <= 0.0:
                return
            left[point] = 0.0
            if self._enter(tour, point, int(detours[tour][:, point].argmin())):
                detours[tour] = self.ground.detours(self.routes[tour])
                np.minimum.reduce(detours[tour], axis=0, out=least[tour])

    def _room(self) -> Floats:
        """What each tour may still grow by, a row a tour; a hair more than there is."""
        longest = self.ground.instance.longest
        return np.array([[longest - length + NO_DETOUR] for length in self.lengths])

    def _enter(self, tour: int, point: int, leg: int) -> bool:
        """Put a point into a leg of a tour; whether the tour kept to its greatest length."""
        self.entered += 1
        old = self.routes[tour]
        route = [*old[: leg + 1], point, *old[leg + 1 :]]
        if length(self.ground.rows, route) > self.ground.instance.longest:
            return False
        self._set(tour, route)
        self.score += self.ground.scores[point]
        return True


def bare(ground: Ground) -> Standing:
    """Tours without stops."""
    tours = ground.instance.tours
    return Standing(ground, [[START, END] for _ in range(tours)], [ground.rows[START][END]] * tours)
