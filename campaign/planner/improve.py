"""Ruin and recreate: take some accounts out, put them back better, keep what is not worse."""

import random
from collections.abc import Callable, Sequence

import numpy as np

from campaign.planner.columns import Pool
from campaign.planner.construct import fill
from campaign.planner.worth import Prices, Standing

Tick = Callable[[int, Standing], None]

_FEWEST, _MOST = 2, 12


class Improver:
    """Improves a plan until the effort is spent; an effort of 1 puts one account in."""

    def __init__(self, standing: Standing, dropped: frozenset[int]) -> None:
        self._problem = standing.problem
        self._dice = random.Random(0)  # noqa: S311 (the same search every time, no secret)
        self.best = standing
        self.score = standing.score
        self.pool = Pool(standing.problem)
        self._spent = 0
        self.menu: Sequence[Prices] = (Prices.flat(standing.problem),)
        self._movable = [
            work.account
            for work in self._problem.works
            if work.account not in dropped and any(work.runs)
        ]
        self._places = np.array(self._movable, dtype=np.int64) + 1

    def take(self, other: Standing) -> None:
        """Go on from another plan if it is as good at least.

        Without a place that nobody knows the way may be longer: then a day holds too much.
        """
        if other.score >= self.score and other.ledger.excess <= self.best.ledger.excess:
            self.best, self.score = other, other.score

    def run(self, effort: int, tick: Tick) -> None:
        """Search until so many accounts have been put in since the beginning."""
        while self._spent < effort and self._movable:
            accounts = self._chosen()
            self._try(accounts, self._prices())
            self._spent += len(accounts)
            tick(self._spent, self.best)

    def polish(self) -> None:
        """Put each account in once more by itself, so that it takes the best days left."""
        free = Prices.flat(self._problem)
        for account in self._movable:
            self._try([account], free)

    def _try(self, accounts: list[int], prices: Prices) -> None:
        trial = self.best.copy()
        for account in accounts:
            trial.remove(account)
        fill(trial, self._order(accounts), prices)
        for account in accounts:
            self.pool.note(account, trial.placements[account])
        self.take(trial)

    def _order(self, accounts: list[int]) -> list[int]:
        works = self._problem.works
        weights = {
            account: works[account].weight * self._dice.uniform(0.5, 2) for account in accounts
        }
        return sorted(accounts, key=lambda account: (-weights[account], account))

    def _prices(self) -> Prices:
        return self._dice.choice(self.menu)

    def _chosen(self) -> list[int]:
        count = min(len(self._movable), self._dice.randint(_FEWEST, _MOST))
        pick = self._dice.choice(
            (self._anywhere, self._near, self._near, self._same_days, self._lacking)
        )
        return pick(count)

    def _anywhere(self, count: int) -> list[int]:
        return self._dice.sample(self._movable, count)

    def _near(self, count: int) -> list[int]:
        """Neighbours on the map."""
        centre = self._dice.choice(self._movable)
        row = self._problem.roads.legs[centre + 1, self._places]
        nearest = np.argsort(row, kind="stable")[:count]
        return [self._movable[place] for place in nearest.tolist()]

    def _same_days(self, count: int) -> list[int]:
        """Accounts with touches on the same few days."""
        middle = self._dice.randrange(1, self._problem.horizon.size)
        near = {middle, middle + 1}
        there = [
            account
            for account in self._movable
            if any(placed.position in near for placed in self.best.placements[account])
        ]
        return self._dice.sample(there, min(count, len(there))) or self._anywhere(count)

    def _lacking(self, count: int) -> list[int]:
        """One account that lacks a touch, with others around it in place or time."""
        lacking = [
            account
            for account in self._movable
            if len(self.best.placements[account]) < len(self._problem.works[account].jobs)
        ]
        if not lacking:
            return self._anywhere(count)
        first = self._dice.choice(lacking)
        rest = [account for account in self._anywhere(count) if account != first]
        return [first, *rest[: count - 1]]
