"""R9: the visits of a day are one tour, from home and back or between nights away."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from attrs import field, frozen

from campaign.geography.travel import leg_minutes, tour_between, way_home
from campaign.model.busy import Meeting
from campaign.model.values import Place
from campaign.rules.facts import Facts, PlanRow, are_judged, are_pinned, of_row
from campaign.rules.times_of_day import TimedRow, busy_minutes, days_by_the_clock, time_of
from campaign.rules.violations import Fault, Violation

Drives = tuple[Mapping[str, int], Mapping[str, int]]


def drives_past_meetings(
    facts: Facts, stops: Sequence[PlanRow], meetings: Sequence[Meeting]
) -> Drives:
    """Drives to stops, and from stops to home or a meeting, in minutes by touch id.

    `stops` are rows in the order of the tour, all of them timed.
    """
    travel, home = facts.territory.travel, facts.territory.rep.place_on(stops[0].day)
    route: list[tuple[Place, PlanRow | None]] = [(home, None)]
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


def tours_of(facts: Facts) -> Iterator[tuple[dt.date, list[PlanRow]]]:
    """The days with visits still to come, by the order of the stops, then of the ids.

    A day on which a visit has been logged is left aside: its tour is a fact in part.
    """
    days: dict[dt.date, list[PlanRow]] = {}
    for row in facts.rows:
        if row.travels and facts.is_inside(row.touch.date):
            days.setdefault(row.touch.date, []).append(row)
    for _, rows in sorted(days.items()):
        if all(row.is_planned for row in rows):
            yield rows[0].day, sorted(rows, key=lambda row: (row.touch.stop, row.touch_id))


def only_visits_travel(facts: Facts) -> Iterator[Violation]:
    """R9: what is no visit has no stop, no drive, no way home and no night."""
    for row in facts.planned:
        touch = row.touch
        drives = touch.stop or touch.travel_minutes or touch.home_minutes or touch.night
        if row.channel and not row.travels and drives:
            yield of_row("R9", Fault.NO_VISIT, row, channel=row.channel.name)


def stops_in_order(facts: Facts) -> Iterator[Violation]:
    """R9: each account visited on a day takes one stop, and the stops run from 1."""
    for day, rows in tours_of(facts):
        if not is_in_order(rows) and are_judged(rows):
            found = ", ".join(f"{row.touch.stop} ({row.account_id})" for row in rows)
            yield Violation(
                "R9",
                Fault.STOPS_OUT_OF_ORDER,
                date=day,
                figures={"found": found, "there": len({row.account_id for row in rows})},
                is_notice=are_pinned(rows),
            )


def is_in_order(rows: list[PlanRow]) -> bool:
    """Whether each account has one stop, and the stops run from 1."""
    stops = {(row.touch.stop, row.account_id) for row in rows}
    accounts = {account_id for _, account_id in stops}
    numbers = sorted(stop for stop, _ in stops)
    return len(stops) == len(accounts) and numbers == list(range(1, len(accounts) + 1))


def drives_of_the_tour(facts: Facts) -> Iterator[Violation]:
    """R9: the drives, and the way home after the last stop, are those of the tour."""
    for _, rows in tours_of(facts):
        if is_in_order(rows):
            to_stops, home = drives(facts, rows)
            for row in rows:
                yield from _wrong_drives(row, to_stops.get(row.touch_id, 0), home)


def drives(facts: Facts, rows: list[PlanRow]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Drives to stops and the way home, in minutes, by the touch id that carries them.

    Where the stops have times, meetings of the rep's own at known places stand between them.
    """
    carriers = carriers_of(rows)
    meetings = facts.territory.rep.meetings_on(rows[0].day)
    if meetings and all(row.touch.start is not None for row in carriers):
        return drives_past_meetings(facts, carriers, meetings)
    places = [row.place for row in carriers]
    ends = facts.plan.tour_ends(rows[0].touch.date)
    found = tour_between(facts.territory.travel, ends, places)
    ids = [row.touch_id for row in carriers]
    return dict(zip(ids, found.to_stops, strict=True)), {ids[-1]: found.home}


def carriers_of(rows: Iterable[PlanRow]) -> list[PlanRow]:
    """The rows of a tour that carry its drives, in its order.

    The rows of one account share a stop; the first of them by id carries its drives.
    """
    leaders: dict[int, PlanRow] = {}
    for row in rows:
        leaders.setdefault(row.touch.stop, row)
    return [leaders[stop] for stop in sorted(leaders)]


def _wrong_drives(row: PlanRow, right: int, home: Mapping[str, int]) -> Iterator[Violation]:
    way_home = home.get(row.touch_id, 0)
    if row.touch.travel_minutes != right:
        yield of_row("R9", Fault.WRONG_DRIVE, row, found=row.touch.travel_minutes, right=right)
    if row.touch.home_minutes != way_home:
        yield of_row("R9", Fault.WRONG_WAY_HOME, row, found=row.touch.home_minutes, right=way_home)


@frozen(eq=False)
class _Stop:
    """Where the rep is for a time: at a visit, at a meeting, or at home with neither."""

    start: int
    end: int = field()
    visit: TimedRow | None = None
    meeting: Meeting | None = None


def drives_to_meetings(facts: Facts) -> Iterator[Violation]:
    """R10: between a meeting and what is before and after it there is time for the drive."""
    for timed in days_by_the_clock(facts):
        day = timed[0].row.day
        meetings = facts.territory.rep.meetings_on(day)
        for one, other in pairwise(_stops(facts, timed, meetings)) if meetings else ():
            if one.meeting or other.meeting:
                yield from _short(facts, timed, one, other)


def _stops(facts: Facts, timed: Sequence[TimedRow], meetings: Sequence[Meeting]) -> list[_Stop]:
    """The stops of a day by time, home before and after the rep's hours."""
    spans = facts.territory.rep.hours_on(timed[0].row.day)
    away = list(_visits(timed))
    away += [_Stop(each.start, each.end, meeting=each) for each in meetings]
    away.sort(key=lambda stop: (stop.start, stop.end))
    return [_Stop(0, spans[0].start), *away, _Stop(spans[-1].end, spans[-1].end)]


def _visits(timed: Sequence[TimedRow]) -> Iterator[_Stop]:
    """The visits of a day; the persons of one account are met together."""
    visits = [each for each in timed if each.row.travels]
    for _, met in groupby(visits, key=lambda each: each.row.account_id):
        first, *others = met
        yield _Stop(first.start, max(each.end for each in (first, *others)), visit=first)


def _short(
    facts: Facts, timed: Sequence[TimedRow], one: _Stop, other: _Stop
) -> Iterator[Violation]:
    """A violation if the way from one stop to the other, of which one is a meeting, is short."""
    day = timed[0].row.day
    calls = [c for c in timed if not c.row.travels and one.end <= c.start < other.start]
    drive = _drive(facts, one, other, facts.territory.rep.place_on(day))
    blamed = one.visit or other.visit
    if blamed is None and calls:
        blamed = calls[-1]
    free = other.start - one.end - sum(call.end - call.start for call in calls)
    free -= busy_minutes(facts, day, one.end, other.start)
    if blamed and free < drive:
        start = time_of(other.start)
        yield of_row("R10", Fault.DRIVE_TOO_SHORT, blamed.row, free=free, drive=drive, start=start)


def _drive(facts: Facts, one: _Stop, other: _Stop, base: Place) -> int:
    """The minutes of the way, by the row of the visit, else from one own place to the other."""
    if one.visit:
        return one.visit.row.touch.home_minutes
    if other.visit:
        return other.visit.row.touch.travel_minutes
    travel = facts.territory.travel
    origin = Place(one.meeting.place) if one.meeting else base
    if other.meeting is None:
        return way_home(travel, origin, base)
    return leg_minutes(travel, origin, Place(other.meeting.place))
