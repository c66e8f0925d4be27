"""Meetings of the rep's own at known places, as stops of the tours of their days (R9)."""

from collections.abc import Mapping, Sequence

from campaign.geography.travel import leg_minutes, way_home
from campaign.model.meetings import Meeting
from campaign.model.values import Place
from campaign.rules.facts import Facts, Row

Drives = tuple[Mapping[str, int], Mapping[str, int]]


def drives_past_meetings(facts: Facts, stops: Sequence[Row], meetings: Sequence[Meeting]) -> Drives:
    """Drives to stops, and from stops to home or a meeting, in minutes by touch id.

    `stops` are rows in the order of the tour, all of them timed.
    """
    travel, home = facts.territory.travel, facts.territory.rep.place_on(stops[0].day)
    route: list[tuple[Place, Row | None]] = [(home, None)]
    left = list(meetings)
    for row in stops:
        while left and left[0].start < (row.touch.start or 0):
            route.append((Place(left.pop(0).place), None))
        route.append((row.place, row))
    route += [(Place(meeting.place), None) for meeting in left]
    to_stops: dict[str, int] = {}
    onward: dict[str, int] = {}
    for number, (place, stop) in enumerate(route):
        if stop is None:
            continue
        to_stops[stop.touch_id] = leg_minutes(travel, route[number - 1][0], place)
        is_last = number == len(route) - 1
        following, other = (home, None) if is_last else route[number + 1]
        if other is None:
            at_meeting = 0 if is_last else travel.minutes_per_stop
            onward[stop.touch_id] = way_home(travel, place, following) + at_meeting
    return to_stops, onward
