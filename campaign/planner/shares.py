"""What a stop adds to the drives of a day at the very least.

A tour is as long as the way to its furthest stop and back, whatever lies between: legs obey
the triangle inequality. So if no day holds more than `k` stops where one is as far as this,
each of them may be charged the `k`-th part of its own way there and back, and all charges of
a tour together never exceed its minutes. Far stops leave less of the day, so their `k` is
smaller. A place that nobody knows is as far from everywhere, so a tour through one may cut
a corner; where there is such a place, no way is reckoned longer than the way through it.
With nights away a tour need not come from home nor go back there: then only the minutes per
stop are certain.
"""

import numpy as np

from campaign.planner.problem import Problem
from campaign.planner.ranges import Values
from campaign.planner.roads import HOME


def proved_shares(problem: Problem) -> Values:
    """By account, minutes of driving that each stop there adds to the plan at least."""
    travel = problem.territory.travel
    if travel.overnight or problem.roads.nights:
        return np.full(len(problem.works), float(travel.minutes_per_stop))
    there, back = _ways(problem)
    if not problem.roads.is_metric:
        corner = 2.0 * travel.unknown_minutes
        there, back = np.minimum(there, corner), np.minimum(back, corner)
    return np.asarray(travel.minutes_per_stop + (there + back) / _stops(problem, there + back))


def _ways(problem: Problem) -> tuple[Values, Values]:
    """By account, the minutes there and back, from home or the rep's nearest own meeting."""
    legs, mine = problem.roads.legs, problem.roads.mine
    accounts = slice(1, len(problem.works) + 1)
    extra = np.array(
        [0 if place == HOME else problem.territory.travel.minutes_per_stop for place in mine]
    )
    there = legs[mine, accounts].min(axis=0) - problem.territory.travel.minutes_per_stop
    back = (legs[accounts, mine] - extra).min(axis=1)
    return there.astype(float), back.astype(float)


def _stops(problem: Problem, ways: Values) -> Values:
    """The most stops of a day whose furthest takes so many minutes there and back."""
    channels = list(problem.territory.channels.values())
    travelling = [n for n, channel in enumerate(channels) if channel.travels]
    if not travelling:
        return np.ones_like(ways)
    least = min(channels[n].minutes for n in travelling) + problem.territory.travel.minutes_per_stop
    longest = float(problem.horizon.day_room.max(initial=0))
    limit = float(sum(int(problem.per_day[n]) for n in travelling))
    fitting = np.floor((longest - ways) / least) if least else np.full_like(ways, limit)
    return np.clip(fitting, 1.0, max(1.0, limit))
