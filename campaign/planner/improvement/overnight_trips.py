"""Nights away: trips are put into a plan of day tours where they are worth it.

The search goes on from a finished plan. Half of its moves are those of the plan without
nights; the others send the rep away for some days, or home again: the accounts around the
night's place, and those visited on these days, are taken out and put in anew. Plans are
compared level by level, and in comfort each night counts as so many minutes of driving as
it has to save. So a plan with nights is never worse than the one that it began with, and a
night stands where it saves enough, or where more can be done with it. Nights that a campaign
which has begun holds from before are left as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from attrs import evolve

from campaign.model.objective import thousandths
from campaign.planner.improvement.ruin_recreate import RuinAndRecreate
from campaign.planner.insertion import fill
from campaign.planner.instance.overnight_stays import OvernightStays, Trip, possible_days
from campaign.planner.instance.travel_times import HOME, worth_a_night
from campaign.planner.problem.problem import Problem
from campaign.planner.progress import Progress, Watch
from campaign.planner.solution.solution import Incumbent, Prices, Score, Solution, levels_of

LEAST_EFFORT = 600
"""What is spent on trips at least, in accounts put in: without search there are none."""

# How often a move is one of trips, and how often such a move ends one first.
_TRIPS, _ENDS = 0.5, 0.3
# How often a trip is looked for around the visits as they stand, where some do not stand yet.
_VISITS = 0.5
_FEWEST, _MOST = 2, 10
# What a visit on another day than those of a new trip costs, in touches of weight 1.
_ELSEWHERE = (0.0, 5e-5)
# The minutes that a week is to have left for each day of a trip.
_ROOM = 120


def with_overnight_trips(
    found: Incumbent, problem: Problem, effort: int, watch: Watch | None
) -> Incumbent:
    """What was found by day tours, with nights away where they are worth it.

    `problem` is the question with nights allowed. An interrupt ends the search with what it has.
    """
    solution = Solution.of(problem, found.solution.placements)
    search, stopped = _OvernightTrips(solution, found.dropped), found.stopped
    try:
        if not stopped:
            search.travel(effort + LEAST_EFFORT, watch)
            search.prune()
    except KeyboardInterrupt:
        stopped = True
    return evolve(
        found,
        solution=search.best if search.best.fits else solution,
        effort=found.effort + search.spent,
        stopped=stopped,
    )


class _OvernightTrips(RuinAndRecreate):
    """Improves a plan by trips, and what stands beside them."""

    def __init__(self, solution: Solution, dropped: frozenset[int]) -> None:
        super().__init__(solution, dropped)
        problem, territory = solution.problem, solution.problem.territory
        horizon, resumed = problem.horizon, problem.resumed
        rate = thousandths(territory.comfort.drive)
        self._night: int = rate * territory.travel.night_saves
        self._held = frozenset(problem.nights.trips)
        self._days = possible_days(territory, horizon)
        if resumed is not None:
            # In a campaign that has begun no day of a new trip is frozen or holds a fact.
            free = horizon.position_from(resumed.begun.first_free)
            facts = {placed.position for placed in chain(*resumed.settled.values())}
            self._days = frozenset(
                (first, last)
                for first, last in self._days
                if first >= free and facts.isdisjoint(range(first, last + 1))
            )
        travelling = set(self._movable) & {
            job.account for job in problem.jobs if any(way.travels for way in job.ways)
        }
        self._far = [account for account in worth_a_night(territory) if account in travelling]

    def take(self, other: Solution) -> None:
        """Go on from another plan if it is as good at least, its nights considered."""
        *before, comfort = other.score
        nights = sum(trip.nights for trip in other.problem.nights.trips)
        score: Score = (*before, comfort - self._night * nights)  # type: ignore[assignment]
        is_full = other.resources.excess > self.best.resources.excess
        if score >= self.score and not other.resources.idle and not is_full:
            self.best, self.score = other, score

    def travel(self, effort: int, watch: Watch | None) -> None:
        """Search until so many accounts have been put in; not at all where nothing is far."""
        while self.spent < effort and self._far and self._days:
            # Half of the moves are of trips; between them the days around settle.
            if self._dice.random() < _TRIPS:
                self.spent += 1 + self._send()
            else:
                self._ruin()
            if watch is not None:
                watch(Progress(min(self.spent, effort), effort, levels=levels_of(self.score)))

    def prune(self) -> None:
        """Put each account in once more by itself, and end each trip that is not worth it."""
        if self._own_trips:
            self.polish()
        for trip in self._own_trips:
            # Its nights at the best place for the visits as they are.
            nights, roads = self.best.problem.nights.without(trip), self._problem.roads
            near = {stop for position in trip.days for stop in self.best.resources.stops[position]}
            for place in sorted({roads.night_near(account) for account in near}):
                solution = self.best.with_nights(nights.with_trip(evolve(trip, place=place)))
                if _holds(solution, trip.days):
                    self.take(solution)
        for trip in self._own_trips:
            self._end(trip)

    @property
    def _own_trips(self) -> list[Trip]:
        """The trips that are not held from before."""
        return [trip for trip in self.best.problem.nights.trips if trip not in self._held]

    def _end(self, trip: Trip) -> int:
        """Spend the nights of a trip at home; how many accounts were put in."""
        solution = self.best.with_nights(self.best.problem.nights.without(trip))
        if _holds(solution, trip.days):
            self.take(solution.copy())
        return self._put_anew(solution, trip, [])

    def _send(self) -> int:
        """One move by trips; how many accounts were put in."""
        nights, trips = self.best.problem.nights, self._own_trips
        if trips and self._dice.random() < _ENDS:
            trip = self._dice.choice(trips)
            if self._dice.random() < _ENDS:
                return self._end(trip)
            nights = nights.without(trip)
        new = self._new_trip(nights)
        if new is None:
            return 0
        solution = self.best.with_nights(nights.with_trip(new))
        # Some of the far accounts that are nearer to the night's place than to home.
        legs = self._problem.roads.legs
        near = [a for a in self._far if legs[new.place, a + 1] < legs[HOME, a + 1]]
        near.sort(key=lambda account: (int(legs[new.place, account + 1]), account))
        around = near[: self._dice.randint(_FEWEST, _MOST)]
        return self._put_anew(solution, new, around, self._towards(new.days))

    def _new_trip(self, nights: OvernightStays) -> Trip | None:
        """A trip to a far account, on days around one on which it may be visited."""
        account = self._dice.choice(self._far)
        open_days = self._open_days(account)
        if not open_days:
            return None
        most = max(last - first for first, last in self._days)
        middle, length = self._dice.choice(open_days), self._dice.randint(1, most)
        # The far account falls on any day of the trip, not only on its first.
        first = middle - self._dice.randint(0, length)
        trip = Trip(first, first + length, self._problem.roads.night_near(account))
        if (trip.first, trip.last) not in self._days or nights.away & set(trip.days):
            return None
        return trip if trip.place != HOME else None

    def _open_days(self, account: int) -> list[int]:
        """Days on which the account may be visited: those of its visits, or of what is none yet."""
        placements, jobs = self.best.placements[account], self._problem.jobs
        visits = {p.job: p.position for p in placements if jobs[p.job].ways[p.way].travels}
        others = [
            way.open
            for number in self._problem.works[account].jobs
            for way in jobs[number].ways
            if way.travels and number not in visits
        ]
        # Around its visits as they stand, or around days on which what does not stand yet could.
        if visits and (not others or self._dice.random() < _VISITS):
            return sorted(visits.values())
        return np.any(others, axis=0).nonzero()[0].tolist() if others else []

    def _towards(self, days: Sequence[int]) -> Prices:
        """Prices at which visits lean to some days."""
        return Prices.towards(self._problem, days, self._dice.choice(_ELSEWHERE))

    def _put_anew(
        self, solution: Solution, trip: Trip, first: list[int], prices: Prices | None = None
    ) -> int:
        """Put accounts in anew, some before others, in a plan that is ours to change.

        The others are those visited on the days of a trip, and where its week is full, as
        many as stand in the way. How many accounts were put in.
        """
        stops = self.best.resources.stops
        there = {account for position in trip.days for account in stops[position]}
        taken = list(dict.fromkeys([*first, *(a for a in self._movable if a in there)]))
        for account in taken:
            solution.remove(account)
        taken += self._in_the_way(solution, trip)
        if not _holds(solution, trip.days):
            return 0
        fill(solution, self._order(first), prices)
        fill(solution, self._order([a for a in taken if a not in first]), prices)
        count = len(taken)
        # No night without a visit on both its days: an idle one is filled, or the move fails.
        for position in solution.resources.idle:
            count += self._visit_on(solution, position, taken)
        if _holds(solution, trip.days):
            self.take(solution)
        return count

    def _in_the_way(self, solution: Solution, trip: Trip) -> Iterator[int]:
        """Take accounts out of the week of a trip until it has room for a few visits."""
        resources, week = solution.resources, self._problem.horizon.week
        wanted = _ROOM * len(trip.days)
        for account in self._dice.sample(self._movable, len(self._movable)):
            if resources.week_free[week[trip.first]] >= wanted:
                return
            positions = [placed.position for placed in solution.placements[account]]
            if any(week[position] == week[trip.first] for position in positions):
                solution.remove(account)
                yield account

    def _visit_on(self, solution: Solution, position: int, accounts: Sequence[int]) -> int:
        """Bring a visit to a day without one, if any account can be visited then."""
        tried, stops, away = 0, solution.resources.stops, solution.problem.nights.away
        for account in accounts:
            # Whoever is alone on a day of a trip stays there.
            if any(account in stops[day] and len(stops[day]) == 1 for day in away):
                continue
            tried += 1
            solution.remove(account)
            fill(solution, [account], self._towards([position]))
            if stops[position]:
                break
        return tried


def _holds(solution: Solution, positions: Iterable[int]) -> bool:
    """Whether the days, and their weeks, hold what stands on them, by the clock as well."""
    resources, problem = solution.resources, solution.problem
    return all(
        resources.day_free[position] >= 0
        and resources.week_free[problem.horizon.week[position]] >= 0
        and problem.timing.holds(position, resources.load(position))
        for position in positions
    )
