"""Meetings of the rep's own at known places, as stops of the tours of their days (R9)."""

from collections.abc import Mapping, Sequence

from campaign.geography.travel import Place, drive_minutes
from campaign.model.meetings import Meeting
from campaign.rules.facts import Facts, Row

Drives = tuple[Mapping[str, int], Mapping[str, int]]


def own_drive(facts: Facts, origin: Place, destination: Place, *, is_home: bool = False) -> int:
    """The drive from one place to another, the minutes per stop counted save at home."""
    travel = facts.territory.travel
    return drive_minutes(travel, origin, destination) + (0 if is_home else travel.minutes_per_stop)


def drives_past_meetings(facts: Facts, stops: Sequence[Row], meetings: Sequence[Meeting]) -> Drives:
    """Drives to stops, and from stops to home or a meeting, in minutes by touch id.

    `stops` are rows in the order of the tour, all of them timed.
    """
    home = facts.territory.rep.home
    route: list[tuple[Place, Row | None]] = [(home, None)]
    left = list(meetings)
    for row in stops:
        while left and left[0].start < (row.touch.start or 0):
            route.append((left.pop(0).place, None))
        route.append((row.account.coordinates if row.account else None, row))
    route += [(meeting.place, None) for meeting in left]
    to_stops: dict[str, int] = {}
    onward: dict[str, int] = {}
    for number, (place, stop) in enumerate(route):
        if stop is None:
            continue
        to_stops[stop.touch_id] = own_drive(facts, route[number - 1][0], place)
        is_last = number == len(route) - 1
        following, other = (home, None) if is_last else route[number + 1]
        if other is None:
            onward[stop.touch_id] = own_drive(facts, place, following, is_home=is_last)
    return to_stops, onward
