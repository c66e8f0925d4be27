"""R9: the visits of a day are one tour, from home and back or between nights away.

A night away is asked for, follows a day's last visit, and a morning with a visit follows it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from campaign.geography.travel import leg_minutes, tour_between, way_home
from campaign.model.busy import Meeting
from campaign.model.values import Place, grouped
from campaign.rules.facts import Facts, PlanRow, of_row, of_rows
from campaign.rules.violations import Fault, Figure, Violation

Drives = tuple[Mapping[str, int], Mapping[str, int]]
"""Minutes by touch id: of the drives to stops, and of the ways home or to a meeting."""
_A_DAY = dt.timedelta(days=1)


def tours_of(facts: Facts) -> Iterator[list[PlanRow]]:
    """The visits of each day that are still to come, by the order of the stops, then of the ids.

    A day on which a visit has been logged is left aside: its tour is a fact in part.
    """
    visits = (row for row in facts.rows if row.travels and facts.is_inside(row.touch.date))
    for _, rows in sorted(grouped(visits, lambda row: row.touch.date).items()):
        if all(row.is_planned for row in rows):
            yield sorted(rows, key=lambda row: (row.touch.stop, row.touch_id))


def only_visits_travel(facts: Facts) -> Iterator[Violation]:
    """R9: what is no visit has no stop, no drive, no way home and no night."""
    for row in facts.planned:
        touch = row.touch
        drives = touch.stop or touch.travel_minutes or touch.home_minutes or touch.night
        if row.channel and not row.travels and drives:
            yield of_row("R9", Fault.NO_VISIT, row)


def stops_in_order(facts: Facts) -> Iterator[Violation]:
    """R9: each account visited on a day takes one stop, and the stops run from 1."""
    for rows in tours_of(facts):
        if not _is_in_order(rows):
            found = ", ".join(f"{row.touch.stop} ({row.account_id})" for row in rows)
            there = len({row.account_id for row in rows})
            figures: dict[str, Figure] = {"found": found, "there": there}
            yield from of_rows("R9", Fault.STOPS_OUT_OF_ORDER, rows, figures, date=rows[0].day)


def _is_in_order(rows: Sequence[PlanRow]) -> bool:
    """Whether each account has one stop, and the stops run from 1."""
    stops = {(row.touch.stop, row.account_id) for row in rows}
    accounts = {account_id for _, account_id in stops}
    return sorted(stop for stop, _ in stops) == list(range(1, len(accounts) + 1))


def _carriers_of(rows: Iterable[PlanRow]) -> list[PlanRow]:
    """The rows of a tour that carry its drives, in its order.

    The rows of one account share a stop; the first of them by id carries its drives.
    """
    by_stop = grouped(rows, lambda row: row.touch.stop)
    return [by_stop[stop][0] for stop in sorted(by_stop)]


def drives_of_the_tour(facts: Facts) -> Iterator[Violation]:
    """R9: the drives, and the way home after the last stop, are those of the tour."""
    for rows in filter(_is_in_order, tours_of(facts)):
        to_stops, home = _drives(facts, rows)
        for row in rows:
            for fault, found, minutes in (
                (Fault.WRONG_DRIVE, row.touch.travel_minutes, to_stops),
                (Fault.WRONG_WAY_HOME, row.touch.home_minutes, home),
            ):
                right = minutes.get(row.touch_id, 0)
                if found != right:
                    yield of_row("R9", fault, row, found=found, right=right)


def _drives(facts: Facts, rows: Sequence[PlanRow]) -> Drives:
    """Drives to stops and the way home, by the touch id that carries them.

    Where the stops have times, meetings of the rep's own at known places stand between them.
    """
    carriers = _carriers_of(rows)
    meetings = facts.territory.rep.meetings_on(rows[0].day)
    if meetings and all(row.touch.start is not None for row in carriers):
        return _drives_past_meetings(facts, carriers, meetings)
    ends = facts.plan.tour_ends(rows[0].touch.date)
    found = tour_between(facts.territory.travel, ends, [row.place for row in carriers])
    ids = [row.touch_id for row in carriers]
    return dict(zip(ids, found.to_stops, strict=True)), {ids[-1]: found.home}


def _drives_past_meetings(
    facts: Facts, stops: Sequence[PlanRow], meetings: Sequence[Meeting]
) -> Drives:
    travel, home = facts.territory.travel, facts.territory.rep.place_on(stops[0].day)
    left = [(one.start, Place(one.place)) for one in meetings]
    route: list[tuple[Place, str | None]] = [(home, None)]  # stops have ids, meetings empty ones
    for row in stops:
        while left and left[0][0] < (row.touch.start or 0):
            route.append((left.pop(0)[1], ""))
        route.append((row.place, row.touch_id))
    route += [*((place, "") for _, place in left), (home, None)]
    to_stops: dict[str, int] = {}
    onward: dict[str, int] = {}
    for (origin, _), (place, stop), (following, other) in zip(
        route, route[1:], route[2:], strict=False
    ):
        if stop:
            to_stops[stop] = leg_minutes(travel, origin, place)
        if stop and not other:
            at_meeting = 0 if other is None else travel.minutes_per_stop
            onward[stop] = way_home(travel, place, following) + at_meeting
    return to_stops, onward


def _nights(facts: Facts) -> Iterator[tuple[PlanRow, str]]:
    """The rows with a night that is still to come, and where it is."""
    return ((row, row.touch.night) for row in facts.planned if row.touch.night)


def only_when_asked_for(facts: Facts) -> Iterator[Violation]:
    """R9: no night away unless the rep asks for them."""
    for row, night in () if facts.territory.travel.overnight else _nights(facts):
        yield of_row("R9", Fault.NIGHT_NOT_ASKED, row, night=night)


def at_known_places(facts: Facts) -> Iterator[Violation]:
    """R9: a night is spent near an account whose place is known."""
    known = {a.account_id for a in facts.territory.accounts if a.coordinates is not None}
    for row, night in _nights(facts):
        if night not in known:
            yield of_row("R9", Fault.NIGHT_NOWHERE, row, night=night)


def after_the_last_stop(facts: Facts) -> Iterator[Violation]:
    """R9: a night stands where the way home would stand."""
    for rows in filter(_is_in_order, tours_of(facts)):
        last = _carriers_of(rows)[-1]
        for row in rows:
            if row.touch.night and row is not last:
                yield of_row("R9", Fault.NIGHT_MISPLACED, row, night=row.touch.night)


def followed_by_a_visit(facts: Facts) -> Iterator[Violation]:
    """R9: the morning after a night there is a visit: each day of a trip has one."""
    visited = {row.touch.date for row in facts.rows if row.travels}
    for row, night in _nights(facts):
        morning = row.day + _A_DAY
        if morning not in visited:
            yield of_row("R9", Fault.NO_MORNING, row, night=night, morning=morning)


def beside_no_meetings(facts: Facts) -> Iterator[Violation]:
    """R9: no night before or after a day with meetings of the rep's own at known places."""
    for row, night in _nights(facts):
        days = [day for day in (row.day, row.day + _A_DAY) if facts.territory.rep.meetings_on(day)]
        if days:
            yield of_row("R9", Fault.NIGHT_BESIDE_MEETING, row, night=night, meeting=days[0])


def few_in_a_row(facts: Facts) -> Iterator[Violation]:
    """R9: at most so many nights away in a row."""
    most = facts.territory.travel.most_nights
    counts: dict[dt.date, int] = {}  # by evening, the number of the night among those in a row
    for evening in facts.plan.nights:
        counts[evening] = counts.get(evening - _A_DAY, 0) + 1
    for row, _ in _nights(facts):
        if counts[row.day] > most:
            yield of_row("R9", Fault.TOO_MANY_NIGHTS, row, planned=counts[row.day], there=most)
