"""R9: the visits of a day are one tour, from home and back or between nights away."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from campaign.geography.travel import tour_between
from campaign.rules.facts import Facts, Row, are_judged, are_pinned, of_row
from campaign.rules.meetings import drives_past_meetings
from campaign.rules.violations import Fault, Violation


def tours_of(facts: Facts) -> Iterator[tuple[dt.date, list[Row]]]:
    """The days with visits still to come, by the order of the stops, then of the ids.

    A day on which a visit has been logged is left aside: its tour is a fact in part.
    """
    days: dict[dt.date, list[Row]] = {}
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


def is_in_order(rows: list[Row]) -> bool:
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


def drives(facts: Facts, rows: list[Row]) -> tuple[Mapping[str, int], Mapping[str, int]]:
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


def carriers_of(rows: Iterable[Row]) -> list[Row]:
    """The rows of a tour that carry its drives, in its order.

    The rows of one account share a stop; the first of them by id carries its drives.
    """
    leaders: dict[int, Row] = {}
    for row in rows:
        leaders.setdefault(row.touch.stop, row)
    return [leaders[stop] for stop in sorted(leaders)]


def _wrong_drives(row: Row, right: int, home: Mapping[str, int]) -> Iterator[Violation]:
    way_home = home.get(row.touch_id, 0)
    if row.touch.travel_minutes != right:
        yield of_row("R9", Fault.WRONG_DRIVE, row, found=row.touch.travel_minutes, right=right)
    if row.touch.home_minutes != way_home:
        yield of_row("R9", Fault.WRONG_WAY_HOME, row, found=row.touch.home_minutes, right=way_home)
