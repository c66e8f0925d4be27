"""What a stop adds to the drives of a day at the very least.

A tour is as long as the way to its furthest stop and back, whatever lies between: legs obey
the triangle inequality. So if no day holds more than `k` stops where one is as far as this,
each of them may be charged the `k`-th part of its own way there and back, and all charges of
a tour together never exceed its minutes. Far stops leave less of the day, so their `k` is
smaller. A place that nobody knows is as far from everywhere, and a table of drives has its own
mind, so a tour may cut a corner; where there is such a place or a table, the ways are the
shortest ones through any places (Dijkstra 1959).
With nights away a tour need not come from home nor go back there: then only the minutes per
stop are certain.
"""

import numpy as np

from campaign.planner.problem import Problem
from campaign.planner.ranges import Values


def proved_shares(problem: Problem) -> Values:
    """By account, minutes of driving that each stop there adds to the plan at least."""
    travel = problem.territory.travel
    if travel.overnight or problem.roads.nights:
        return np.full(len(problem.works), float(travel.minutes_per_stop))
    there, back = _ways(problem)
    return np.asarray(travel.minutes_per_stop + (there + back) / _stops(problem, there + back))


def _ways(problem: Problem) -> tuple[Values, Values]:
    """By account, the minutes there and back, from the nearest of the rep's own places."""
    roads, accounts = problem.roads, slice(1, len(problem.works) + 1)
    legs = roads.legs.astype(float)
    legs[:, accounts] -= problem.territory.travel.minutes_per_stop
    meetings = [place for place in roads.mine if place not in roads.bases]
    legs[:, meetings] -= problem.territory.travel.minutes_per_stop
    there, back = legs[roads.mine].min(axis=0), legs[:, roads.mine].min(axis=1)
    if not roads.is_metric:
        there, back = _shortest(legs, there), _shortest(legs.T, back)
    return there[accounts], back[accounts]


def _shortest(legs: Values, direct: Values) -> Values:
    """The least minutes to every place from where `direct` legs start, through any others."""
    least, left = np.maximum(direct, 0.0), np.ones(len(legs), dtype=bool)
    for _ in range(len(legs)):
        here = int(np.where(left, least, np.inf).argmin())
        left[here] = False
        np.minimum(least, least[here] + np.maximum(legs[here], 0.0), out=least)
    return least


def _stops(problem: Problem, ways: Values) -> Values:
    """The most stops of a day whose furthest takes so many minutes there and back."""
    channels = list(problem.territory.channels.values())
    travelling = [n for n, channel in enumerate(channels) if channel.travels]
    if not travelling or not problem.visits:
        return np.ones_like(ways)
    shortest = min(minutes[n] for minutes in problem.visits for n in travelling)
    least = shortest + problem.territory.travel.minutes_per_stop
    longest = float(problem.horizon.day_room.max(initial=0))
    limit = float(sum(int(problem.per_day[n]) for n in travelling))
    fitting = np.floor((longest - ways) / least) if least else np.full_like(ways, limit)
    return np.clip(fitting, 1.0, max(1.0, limit))
