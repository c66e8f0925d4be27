"""R10: rows with a start and an end, by the clock of the rep and of whom they meet."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import field, frozen

from campaign.model.busy import shared_minutes, zone_named
from campaign.model.channels import CALL
from campaign.model.frames import BREAK, CALLS_AT_A_TIME
from campaign.model.hours import Hours, OpeningHours
from campaign.phrases import clock
from campaign.rules.facts import Facts, PlanRow, of_row
from campaign.rules.violations import Fault, Violation

_DAY = 24 * 60


@frozen(eq=False)
class TimedRow:
    """A row with its minutes after midnight, in the rep's zone."""

    row: PlanRow
    start: int = field()
    end: int = field()

    @property
    def figures(self) -> dict[str, str]:
        """Both times, for a sentence."""
        return {"start": time_of(self.start), "end": time_of(self.end)}


def time_of(minutes: int) -> str:
    """Minutes after midnight as HH:MM, also where they are no minutes of a day."""
    return clock(minutes) if minutes >= 0 else f"-{clock(-minutes)}"


def days_by_the_clock(facts: Facts) -> Iterator[list[TimedRow]]:
    """The timed rows of each day that are still to come, by their start.

    Of what is done the day alone is known: the times of its row are those of the plan.
    """
    days: dict[dt.date, list[TimedRow]] = {}
    for row in facts.planned:
        start, end = row.touch.start, row.touch.end
        if start is not None and end is not None and start <= end:
            days.setdefault(row.day, []).append(TimedRow(row, start, end))
    for timed in days.values():
        yield sorted(timed, key=lambda each: (each.start, each.end, each.row.touch_id))


def _planned(facts: Facts) -> Iterator[TimedRow]:
    for timed in days_by_the_clock(facts):
        yield from timed


def spans_of_time(facts: Facts) -> Iterator[Violation]:
    """R10: a start and an end, and at least the minutes of the touch between."""
    for row in facts.planned:
        start, end, minutes = row.touch.start, row.touch.end, row.touch.minutes
        if start is None and end is None:
            continue
        if start is None or end is None or not _is_span(start, end, minutes):
            times = {"start": _time_or_none(start), "end": _time_or_none(end)}
            yield of_row("R10", Fault.NO_SPAN, row, minutes=minutes, **times)


def _is_span(start: int, end: int, minutes: int) -> bool:
    return 0 <= start <= end <= _DAY and end - start >= minutes


def _time_or_none(minutes: int | None) -> str:
    return "no time" if minutes is None else time_of(minutes)


def no_overlap(facts: Facts) -> Iterator[Violation]:
    """R10: one thing at a time; one visit may meet several persons."""
    for timed in days_by_the_clock(facts):
        busy: TimedRow | None = None
        for each in timed:
            if busy and each.start < busy.end and not _is_one_visit(busy.row, each.row):
                yield from _overlap(busy, each)
            if busy is None or each.end > busy.end:
                busy = each


def _is_one_visit(one: PlanRow, other: PlanRow) -> bool:
    return one.travels and other.travels and one.account_id == other.account_id


def _overlap(busy: TimedRow, each: TimedRow) -> Iterator[Violation]:
    blamed, other = (each, busy)
    if not each.row.is_movable and busy.row.is_movable:
        blamed, other = (busy, each)
    figures = {"start": time_of(each.start), "end": time_of(busy.end)}
    yield of_row("R10", Fault.OVERLAP, blamed.row, other=other.row.touch_id, **figures)


def beside_busy_time(facts: Facts) -> Iterator[Violation]:
    """R10: nothing of the campaign while the rep's own calendar is busy."""
    for each in _planned(facts):
        for busy in facts.territory.rep.busy_on(each.row.day):
            if each.start < busy.end and busy.start < each.end:
                yield of_row("R10", Fault.BUSY, each.row, busy=str(busy), **each.figures)


def busy_minutes(facts: Facts, day: dt.date, since: int, until: int) -> int:
    """The minutes of busy time between two times of a day."""
    if since >= until:
        return 0
    return shared_minutes([Hours(since, until)], facts.territory.rep.busy_on(day))


def drives_fit_between(facts: Facts) -> Iterator[Violation]:
    """R10: between two visits there is time for the drive beside calls and busy time."""
    for timed in days_by_the_clock(facts):
        visits = [each for each in timed if each.row.travels]
        for one, following in pairwise(visits):
            if not _is_one_visit(one.row, following.row):
                yield from _short_drive(facts, timed, one.end, following)


def _short_drive(
    facts: Facts, timed: Sequence[TimedRow], since: int, visit: TimedRow
) -> Iterator[Violation]:
    drive = visit.row.touch.travel_minutes
    calls = [each for each in timed if not each.row.travels and since <= each.start < visit.start]
    free = visit.start - since - sum(each.end - each.start for each in calls)
    free -= busy_minutes(facts, visit.row.day, since, visit.start)
    if free < drive:
        yield of_row(
            "R10",
            Fault.DRIVE_TOO_SHORT,
            visit.row,
            free=free,
            drive=drive,
            start=time_of(visit.start),
        )


def tours_within_hours(facts: Facts) -> Iterator[Violation]:
    """R10: the first drive starts, and the last one ends, within the rep's hours."""
    for timed in days_by_the_clock(facts):
        visits = [each for each in timed if each.row.travels]
        spans = facts.territory.rep.hours_on(visits[0].row.day) if visits else ()
        if not spans:
            continue
        yield from _short_drive(facts, timed, spans[0].start, visits[0])
        last = max(visits, key=lambda each: each.end)
        there = [visit for visit in visits if _is_one_visit(visit.row, last.row)]
        home = max(visit.row.touch.home_minutes for visit in there)
        busy = busy_minutes(facts, last.row.day, last.end, spans[-1].end)
        if last.end + home + (busy if home else 0) > spans[-1].end:
            start = time_of(last.end)
            yield of_row("R10", Fault.HOME_TOO_LATE, last.row, drive=home, start=start)


def within_the_reps_hours(facts: Facts) -> Iterator[Violation]:
    """R10: within the rep's working hours of that day."""
    for each in _planned(facts):
        spans = facts.territory.rep.hours_on(each.row.day)
        if not any(span.start <= each.start and each.end <= span.end for span in spans):
            yield of_row("R10", Fault.OUTSIDE_HOURS, each.row, **each.figures)


def within_visit_hours(facts: Facts) -> Iterator[Violation]:
    """R10: a visit in the visit hours of the account and of the person, in the account's zone."""
    for each in _planned(facts):
        account, person = each.row.account, each.row.person
        for whose in (account, person) if each.row.travels else ():
            hours = whose.visit_hours if whose else None
            if account and hours and not _is_open(facts, each, hours, account.timezone):
                who = account.account_id if whose is account else each.row.touch.contact_id
                figures = {**each.figures, "hours": str(hours), "account": who}
                yield of_row("R10", Fault.OUTSIDE_VISIT_HOURS, each.row, **figures)


def within_call_hours(facts: Facts) -> Iterator[Violation]:
    """R10: a call in the person's call hours, in the person's own zone."""
    for each in _planned(facts):
        person, account = each.row.person, each.row.account
        if not person or not account or each.row.touch.channel != CALL:
            continue
        hours = facts.territory.call_hours_of(account, person)
        if hours:
            zone = person.timezone or account.timezone
            if not _is_open(facts, each, hours, zone):
                figures = {**each.figures, "hours": str(hours), "contact": person.contact_id}
                yield of_row("R10", Fault.OUTSIDE_CALL_HOURS, each.row, **figures)


def breaks_between_calls(facts: Facts) -> Iterator[Violation]:
    """R10: after six calls nobody is called for a quarter of an hour, whatever else is done."""
    for timed in days_by_the_clock(facts):
        count = over = 0
        for each in timed:
            if each.row.touch.channel != CALL:
                continue
            count = count + 1 if count and each.start < over + BREAK else 1
            over = max(over, each.end)
            if count > CALLS_AT_A_TIME:
                figures = {"count": count, "most": CALLS_AT_A_TIME, "rest": BREAK}
                yield of_row("R10", Fault.NO_BREAK, each.row, start=time_of(each.start), **figures)


def _is_open(facts: Facts, timed: TimedRow, hours: OpeningHours, zone: str) -> bool:
    date, start = _local(facts, timed, zone)
    end = start + timed.end - timed.start
    return any(span.start <= start and end <= span.end for span in hours.on(date))


def _local(facts: Facts, timed: TimedRow, zone: str) -> tuple[dt.date, int]:
    """The date and the minutes after midnight at which it starts in another zone."""
    here = facts.territory.rep.zone
    midnight = dt.datetime.combine(timed.row.day, dt.time(), tzinfo=here)
    there = (midnight + dt.timedelta(minutes=timed.start)).astimezone(zone_named(zone) or here)
    return there.date(), there.hour * 60 + there.minute
