"""R10: the drives to and from meetings of the rep's own at known places."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from attrs import field, frozen

from campaign.geography.travel import leg_minutes, way_home
from campaign.model.meetings import Meeting
from campaign.model.values import Place
from campaign.rules.clock import TimedRow, busy_minutes, days_by_the_clock, time_of
from campaign.rules.facts import Facts, of_row
from campaign.rules.violations import Fault, Violation


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
