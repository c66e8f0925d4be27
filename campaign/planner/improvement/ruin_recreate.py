"""Ruin and recreate: take some accounts out, put them back better, keep what is not worse.

A large neighbourhood search (Shaw 1998; Schrimpf et al. 2000): `x' = recreate(ruin(x))` is gone on
from where `score(x') >= score(x)`, level by level. What is ruined goes together: neighbours on
the map, accounts on the same days, those that lack something. It is recreated by insertion, at
prices drawn from a menu, in the order of weights shaken by dice that fall the same every time.

Repair is the same of days that the clock cannot hold: what is light is ruined until it can.
"""

import random
from collections.abc import Callable, Container, Sequence

import numpy as np

from campaign.planner.insertion import fill, heaviest_first, is_whole
from campaign.planner.solution.solution import Prices, Score, Solution

Tick = Callable[[int, Solution], None]

_FEWEST, _MOST = 2, 12
# How often an account that lacks a month of the floor comes first.
_UNREACHED = 0.5


class RuinAndRecreate:
    """Improves a plan until the effort is spent; an effort of 1 puts one account in."""

    def __init__(self, solution: Solution, dropped: frozenset[int]) -> None:
        self._problem = solution.problem
        self._dice = random.Random(0)  # noqa: S311 (the same search every time, no secret)
        self.best: Solution = solution
        self.score: Score = solution.score
        self.spent: int = 0
        self.menu: Sequence[Prices] = (Prices.flat(solution.problem),)
        self._movable = [
            work.account
            for work in self._problem.works
            if work.account not in dropped and any(work.runs)
        ]
        self._places = np.array(self._movable, dtype=np.int64) + 1

    def take(self, other: Solution) -> None:
        """Go on from another plan if it is as good at least.

        Without a place that nobody knows the way may be longer: then a day holds too much.
        """
        if other.score >= self.score and other.resources.excess <= self.best.resources.excess:
            self.best, self.score = other, other.score

    def run(self, effort: int, tick: Tick) -> None:
        """Search until so many accounts have been put in since the beginning."""
        # Effort is counted in accounts put in, never in seconds: so the same input gives the same
        # plan.
        while self.spent < effort and self._movable:
            self._ruin()
            tick(self.spent, self.best)

    def _ruin(self) -> None:
        """Take some accounts out and put them back in another order, at another price."""
        first, accounts = self._chosen()
        self._try([*first, *self._order(accounts)], self._dice.choice(self.menu))
        self.spent += len(first) + len(accounts)

    def polish(self, most: int = 1) -> None:
        """Put each account in once more by itself, so that it takes the best days left.

        Again and again while that helps, up to so many times. At no prices: nobody comes after
        them for whom something were to be kept.
        """
        for _ in range(most):
            before = self.score
            for account in self._movable:
                self._try([account])
            if self.score == before:
                return

    def _try(self, accounts: list[int], prices: Prices | None = None) -> None:
        trial = self.best.copy()
        for account in accounts:
            trial.remove(account)
        fill(trial, accounts, prices)
        self.take(trial)

    def _order(self, accounts: list[int]) -> list[int]:
        works = self._problem.works
        # Heavy accounts first, but not always: a greedy order finds the same local optimum again.
        weights = {
            account: works[account].weight * self._dice.uniform(0.5, 2) for account in accounts
        }
        return sorted(accounts, key=lambda account: (-weights[account], account))

    def _chosen(self) -> tuple[list[int], list[int]]:
        """The accounts to take out: those that are put in first, and the others."""
        count = min(len(self._movable), self._dice.randint(_FEWEST, _MOST))
        # Many moves go where a level before the others can still gain: a month without a touch.
        if self._dice.random() < _UNREACHED and (around := self._around_unreached(count)):
            return around
        # Neighbours on the map twice as often: drives tie accounts together more than days do.
        pick = self._dice.choice(
            (self._anywhere, self._near, self._near, self._same_days, self._lacking)
        )
        return [], pick(count)

    def _around_unreached(self, count: int) -> tuple[list[int], list[int]] | None:
        """An account that lacks a month of the floor, and those on a few days of such a month."""
        month, works, jobs = self._problem.horizon.month, self._problem.works, self._problem.jobs
        unreached = [
            account
            for account in self._movable
            if works[account].has_floor
            and self.best.figures[account].floor < works[account].weight * int(month.max())
        ]
        if not unreached:
            return None
        first = self._dice.choice(unreached)
        placed = self.best.placements[first]
        reached = [0, *(month[row.position] for row in placed if jobs[row.job].reaches)]
        days = np.isin(month, reached, invert=True).nonzero()[0].tolist()
        middle = self._dice.choice(days) if days else 1
        others = self._on_days(range(middle - 1, middle + 2), count - 1)
        return [first], [account for account in others if account != first]

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
        return self._on_days((middle, middle + 1), count) or self._anywhere(count)

    def _on_days(self, days: Container[int], count: int) -> list[int]:
        there = [
            account
            for account in self._movable
            if any(placed.position in days for placed in self.best.placements[account])
        ]
        return self._dice.sample(there, min(count, len(there)))

    def _lacking(self, count: int) -> list[int]:
        """One account that lacks a touch, with others around it in place or time."""
        lacking = [account for account in self._movable if not is_whole(self.best, account)]
        if not lacking:
            return self._anywhere(count)
        first = self._dice.choice(lacking)
        rest = [account for account in self._anywhere(count) if account != first]
        return [first, *rest[: count - 1]]


def repaired(solution: Solution) -> Solution:
    """The same plan if each of its days can be timed, else one of which that holds.

    From a day without a timetable the lightest accounts are taken out, until there is one;
    then they are put in anew, where the clock allows. What is owed before all else stays.
    """
    waiting = solution.resources.untimed()
    if not waiting:
        return solution
    found, problem, taken = solution.copy(), solution.problem, list[int]()
    while waiting:
        there = {
            work.account: work.weight
            for work in problem.works
            for placed in found.placements[work.account]
            if placed.position == waiting[0] and not found.stays(work, placed)
        }
        if not there:
            waiting = waiting[1:]  # all that stands there is owed, or a fact
            continue
        lightest = min(there, key=lambda account: (there[account], -account))
        found.remove(lightest)
        taken.append(lightest)
        # What is taken out leaves its other days as well.
        waiting = found.resources.untimed()
    fill(found, heaviest_first(problem, taken))
    return found
