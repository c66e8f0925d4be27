"""The drives from one of the rep's own places to the next: home, meetings, home.

The campaign does not pay for them, but nothing else stands while they are driven. A drive
that the rep's own calendar leaves no time for is the rep's affair: then nothing of the
campaign stands between the two.
"""

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve

from campaign.model.frames import Span, earliest, shared, without
from campaign.planner.roads import HOME, Roads
from campaign.planner.timetable.day import Day

END = 24 * 60


def with_own_drives(day: Day, roads: Roads, order: Sequence[int]) -> Day:
    """The day of a tour through own meetings, with the drives between own places."""
    drives, cuts = _drives(day, roads, order)
    stops = tuple(
        evolve(stop, drive=drives.get(number, stop.drive)) for number, stop in enumerate(day.stops)
    )
    day = evolve(day, stops=stops, home=drives.get(len(stops), day.home))
    frame = day.frame
    calls = tuple(evolve(each, spans=without(each.spans, cuts)) for each in day.calls)
    cut = evolve(frame, work=without(frame.work, cuts), road=without(frame.road, cuts))
    return evolve(day, frame=cut, calls=calls)


def _drives(day: Day, roads: Roads, order: Sequence[int]) -> tuple[dict[int, int], list[Span]]:
    """The minutes of own drives by the number of their stop, and the gaps too short for one."""
    found: dict[int, int] = {}
    cuts: list[Span] = []
    mine = set(roads.mine)
    for number, (origin, target) in enumerate(pairwise((HOME, *order, HOME))):
        if origin in mine and target in mine:
            gap = _gap(day, number)
            drive = int(roads.own[origin, target])
            found[number] = drive
            if gap[0] < gap[1] and earliest(shared(day.frame.road, (gap,)), 0, drive) < 0:
                found[number] = 0
                cuts.append(gap)
            elif gap[0] >= gap[1]:
                found[number] = 0
    return found, cuts


def _gap(day: Day, number: int) -> Span:
    """From the end of an own stop to the start of the next one."""
    since = day.stops[number - 1].spans[0][1] if number else 0
    until = day.stops[number].spans[0][0] if number < len(day.stops) else END
    return since, until
