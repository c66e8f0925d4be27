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
        before = self.length
        for tour in changed:
            self._set(tour, improved(self.ground.legs, self.routes[tour]))
        self.changed.clear()
        return self.length < before - NO_DETOUR

    def _fill(self, worth: Floats) -> None:
        """Put points in, by worth for each unit of detour the best first, while any fits."""
        left = worth.copy()
        left[self.inside] = 0.0
        detours = [self.ground.detours(route) for route in self.routes]
        least = np.array([detour.min(axis=0) for detour in detours])
        room = np.array([[self._room(tour)] for tour in range(len(detours))])
        while True:
            rate = left / least
            rate *= least <= room
            tour, point = divmod(int(rate.argmax()), len(left))
            if rate[tour, point] <= 0.0:
                return
            left[point] = 0.0
            if self._enter(tour, point, detours[tour][:, point]):
                detours[tour] = self.ground.detours(self.routes[tour])
                np.minimum.reduce(detours[tour], axis=0, out=least[tour])
                room[tour] = self._room(tour)

    def _room(self, tour: int) -> float:
        """What a tour may still grow by; a hair more than there is."""
        return self.ground.instance.longest - self.lengths[tour] + NO_DETOUR

    def _enter(self, tour: int, point: int, detours: Floats) -> bool:
        """Put a point into its best leg of a tour; whether the tour kept to its length."""
        self.entered += 1
        leg = int(detours.argmin())
        route = self.routes[tour].copy()
        route.insert(leg + 1, point)
        grown = self.lengths[tour] + detours.item(leg)
        longest = self.ground.instance.longest
        if grown > longest - NO_DETOUR:
            grown = length(self.ground.rows, route)
            if grown > longest:
                return False
        self.routes[tour], self.lengths[tour] = route, grown
        self.changed.add(tour)
        self.score += self.ground.scores[point]
        return True


def bare(ground: Ground) -> Standing:
    """Tours without stops."""
    tours = ground.instance.tours
    return Standing(ground, [[START, END] for _ in range(tours)], [ground.rows[START][END]] * tours)
