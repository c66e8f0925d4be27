"""R10: rows with a start and an end, by the clock of the rep and of whom they meet."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from attrs import field, frozen

from campaign.geography.travel import leg_minutes, way_home
from campaign.model.busy import shared_minutes, zone_named
from campaign.model.channels import CALL
from campaign.model.frames import BREAK, CALLS_AT_A_TIME
from campaign.model.hours import Hours, OpeningHours
from campaign.model.values import Place, grouped
from campaign.phrases import clock
from campaign.rules.facts import Facts, PlanRow, of_row
from campaign.rules.violations import Fault, Figure, Violation

_DAY = 24 * 60


@frozen(eq=False)
class _Timed:
    """A row with its minutes after midnight, in the rep's zone."""

    row: PlanRow
    start: int = field()
    end: int = field()

    def breaks(self, fault: Fault, **figures: Figure) -> Violation:
        """A violation by it, with both its times."""
        times = {"start": _time(self.start), "end": _time(self.end)}
        return of_row("R10", fault, self.row, **{**times, **figures})


def _time(minutes: int | None) -> str:
    """Minutes after midnight as HH:MM, also where they are no minutes of a day."""
    if minutes is None:
        return "no time"
    return clock(minutes) if minutes >= 0 else f"-{clock(-minutes)}"


def _days(facts: Facts) -> Iterator[list[_Timed]]:
    """The timed rows of each day that are still to come, by their start.

    Of what is done the day alone is known: the times of its row are those of the plan.
    """
    for rows in grouped(facts.planned, lambda row: row.day).values():
        timed = [
            _Timed(row, row.touch.start, row.touch.end)
            for row in rows
            if row.touch.start is not None
            and row.touch.end is not None
            and row.touch.start <= row.touch.end
        ]
        if timed:
            yield sorted(timed, key=lambda each: (each.start, each.end, each.row.touch_id))


def _rows(facts: Facts) -> Iterator[_Timed]:
    for timed in _days(facts):
        yield from timed


def _visits(timed: Sequence[_Timed]) -> Iterator[list[_Timed]]:
    """The visits of a day in their order; the persons of one account are met together."""
    visits = (each for each in timed if each.row.travels)
    for _, met in groupby(visits, key=lambda each: each.row.account_id):
        yield list(met)


def spans_of_time(facts: Facts) -> Iterator[Violation]:
    """R10: a start and an end, and at least the minutes of the touch between."""
    for row in facts.planned:
        start, end, minutes = row.touch.start, row.touch.end, row.touch.minutes
        if start is None and end is None:
            continue
        is_span = start is not None and end is not None and 0 <= start <= end <= _DAY
        if not is_span or (end or 0) - (start or 0) < minutes:
            times = {"start": _time(start), "end": _time(end)}
            yield of_row("R10", Fault.NO_SPAN, row, minutes=minutes, **times)


def no_overlap(facts: Facts) -> Iterator[Violation]:
    """R10: one thing at a time; one visit may meet several persons."""
    for timed in _days(facts):
        busy = timed[0]
        for each in timed[1:]:
            one, other = busy.row, each.row
            is_one_visit = one.travels and other.travels and one.account_id == other.account_id
            if each.start < busy.end and not is_one_visit:
                blamed, beside = other, one
                if not other.is_movable and one.is_movable:
                    blamed, beside = one, other
                figures = {"start": _time(each.start), "end": _time(busy.end)}
                yield of_row("R10", Fault.OVERLAP, blamed, other=beside.touch_id, **figures)
            busy = max(busy, each, key=lambda one: one.end)


def beside_busy_time(facts: Facts) -> Iterator[Violation]:
    """R10: nothing of the campaign while the rep's own calendar is busy."""
    for each in _rows(facts):
        for busy in facts.territory.rep.busy_on(each.row.day):
            if each.start < busy.end and busy.start < each.end:
                yield each.breaks(Fault.BUSY, busy=str(busy))


def _busy_minutes(facts: Facts, day: dt.date, since: int, until: int) -> int:
    """The minutes of busy time between two times of a day."""
    if since >= until:
        return 0
    return shared_minutes([Hours(since, until)], facts.territory.rep.busy_on(day))


def _free_minutes(facts: Facts, timed: Sequence[_Timed], since: int, until: int) -> int:
    """The minutes between two times of a day beside calls and busy time."""
    calls = [each for each in timed if not each.row.travels and since <= each.start < until]
    busy = _busy_minutes(facts, timed[0].row.day, since, until)
    return until - since - sum(each.end - each.start for each in calls) - busy


def drives_fit_between(facts: Facts) -> Iterator[Violation]:
    """R10: between two visits there is time for the drive beside calls and busy time."""
    for timed in _days(facts):
        for before, following in pairwise(_visits(timed)):
            yield from _short_drive(facts, timed, before[-1].end, following[0])


def _short_drive(
    facts: Facts, timed: Sequence[_Timed], since: int, visit: _Timed
) -> Iterator[Violation]:
    free = _free_minutes(facts, timed, since, visit.start)
    drive = visit.row.touch.travel_minutes
    if free < drive:
        figures = {"free": free, "drive": drive}
        yield of_row("R10", Fault.DRIVE_TOO_SHORT, visit.row, start=_time(visit.start), **figures)


def tours_within_hours(facts: Facts) -> Iterator[Violation]:
    """R10: the first drive starts, and the last one ends, within the rep's hours."""
    for timed in _days(facts):
        visits = [each for each in timed if each.row.travels]
        spans = facts.territory.rep.hours_on(timed[0].row.day)
        if not visits or not spans:
            continue
        yield from _short_drive(facts, timed, spans[0].start, visits[0])
        last = max(visits, key=lambda each: each.end)
        there = (each for each in visits if each.row.account_id == last.row.account_id)
        home = max(visit.row.touch.home_minutes for visit in there)
        busy = _busy_minutes(facts, last.row.day, last.end, spans[-1].end) if home else 0
        if last.end + home + busy > spans[-1].end:
            start = _time(last.end)
            yield of_row("R10", Fault.HOME_TOO_LATE, last.row, drive=home, start=start)


@frozen(eq=False)
class _Stop:
    """Where the rep is for a time: at a visit, or at a place of their own."""

    start: int
    end: int = field()
    place: Place = field()
    visit: PlanRow | None = field(default=None, kw_only=True)
    is_meeting: bool = field(default=False, kw_only=True)


def drives_to_meetings(facts: Facts) -> Iterator[Violation]:
    """R10: between a meeting and what is before and after it there is time for the drive."""
    rep = facts.territory.rep
    for timed in _days(facts):
        day = timed[0].row.day
        meetings, spans, base = rep.meetings_on(day), rep.hours_on(day), rep.place_on(day)
        if not meetings:
            continue
        away = [_Stop(m.start, m.end, Place(m.place), is_meeting=True) for m in meetings]
        for met in _visits(timed):
            row, end = met[0].row, max(each.end for each in met)
            away.append(_Stop(met[0].start, end, row.place, visit=row))
        away.sort(key=lambda stop: (stop.start, stop.end, stop.is_meeting))
        first, last = spans[0].start, spans[-1].end
        stops = [_Stop(0, first, base), *away, _Stop(last, last, base)]
        for one, other in pairwise(stops):
            if one.is_meeting or other.is_meeting:
                yield from _short_way(facts, timed, one, other)


def _short_way(
    facts: Facts, timed: Sequence[_Timed], one: _Stop, other: _Stop
) -> Iterator[Violation]:
    """A violation if the way from one stop to the other, of which one is a meeting, is short.

    By the row of the visit, else from one place of the rep's own to the other.
    """
    travel = facts.territory.travel
    if one.visit:
        drive = one.visit.touch.home_minutes
    elif other.visit:
        drive = other.visit.touch.travel_minutes
    else:
        to = leg_minutes if other.is_meeting else way_home
        drive = to(travel, one.place, other.place)
    calls = [
        each.row for each in timed if not each.row.travels and one.end <= each.start < other.start
    ]
    blamed = one.visit or other.visit or (calls[-1] if calls else None)
    free = _free_minutes(facts, timed, one.end, other.start)
    if blamed and free < drive:
        start = _time(other.start)
        yield of_row("R10", Fault.DRIVE_TOO_SHORT, blamed, free=free, drive=drive, start=start)


def within_the_reps_hours(facts: Facts) -> Iterator[Violation]:
    """R10: within the rep's working hours of that day."""
    for each in _rows(facts):
        spans = facts.territory.rep.hours_on(each.row.day)
        if not any(span.start <= each.start and each.end <= span.end for span in spans):
            yield each.breaks(Fault.OUTSIDE_HOURS)


def within_visit_hours(facts: Facts) -> Iterator[Violation]:
    """R10: a visit in the visit hours of the account and of the person, in the account's zone."""
    for each in _rows(facts):
        account, person = each.row.account, each.row.person
        for whose in (account, person) if each.row.travels else ():
            hours = whose.visit_hours if whose else None
            if account and hours and not _is_open(facts, each, hours, account.timezone):
                who = account.account_id if whose is account else each.row.touch.contact_id
                yield each.breaks(Fault.OUTSIDE_VISIT_HOURS, hours=str(hours), account=who)


def within_call_hours(facts: Facts) -> Iterator[Violation]:
    """R10: a call in the person's call hours, in the person's own zone."""
    for each in _rows(facts):
        person, account = each.row.person, each.row.account
        if not person or not account or each.row.touch.channel != CALL:
            continue
        hours = facts.territory.call_hours_of(account, person)
        if hours and not _is_open(facts, each, hours, person.timezone or account.timezone):
            figures = {"hours": str(hours), "contact": person.contact_id}
            yield each.breaks(Fault.OUTSIDE_CALL_HOURS, **figures)


def _is_open(facts: Facts, timed: _Timed, hours: OpeningHours, zone: str) -> bool:
    """Whether it falls into hours in another zone: by the date and the minutes there."""
    here = facts.territory.rep.zone
    midnight = dt.datetime.combine(timed.row.day, dt.time(), tzinfo=here)
    there = (midnight + dt.timedelta(minutes=timed.start)).astimezone(zone_named(zone) or here)
    start = there.hour * 60 + there.minute
    end = start + timed.end - timed.start
    return any(span.start <= start and end <= span.end for span in hours.on(there.date()))


def breaks_between_calls(facts: Facts) -> Iterator[Violation]:
    """R10: after six calls nobody is called for a quarter of an hour, whatever else is done."""
    for timed in _days(facts):
        count = over = 0
        for each in (one for one in timed if one.row.touch.channel == CALL):
            count = count + 1 if count and each.start < over + BREAK else 1
            over = max(over, each.end)
            if count > CALLS_AT_A_TIME:
                figures = {"count": count, "most": CALLS_AT_A_TIME, "rest": BREAK}
                yield of_row("R10", Fault.NO_BREAK, each.row, start=_time(each.start), **figures)
