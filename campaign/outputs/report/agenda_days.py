"""The agenda: every touch that takes place, day by day, ready to be searched."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from attrs import frozen

from campaign.outputs.coverage import Key
from campaign.outputs.report.weeks import anchor, monday_of
from campaign.outputs.timetable import touches_on
from campaign.outputs.whom import Whom, names_apart, night_of, whom_of
from campaign.phrases import clock, counted, day_in_words, minutes_in_words, short_date
from campaign.touches import Plan, Status, Touch


@frozen
class AgendaLine:
    """A touch as the agenda shows it; `account` is the number of the account's choice."""

    touch: Touch
    who: Whom
    key: Key
    account: int
    when: str
    person: str
    place: str
    standing: str


@frozen
class AgendaDay:
    """A day on which something stands."""

    anchor: str
    title: str
    figures: str
    lines: tuple[AgendaLine, ...]


@frozen
class AgendaWeek:
    """A week in which something stands."""

    number: int
    title: str
    days: tuple[AgendaDay, ...]


@frozen
class Agenda:
    """The weeks, and the accounts to choose from: their numbers and names, by name."""

    weeks: tuple[AgendaWeek, ...]
    accounts: tuple[tuple[int, str], ...]
    touches: int


def agenda(plan: Plan, keys: Mapping[str, Key]) -> Agenda:
    """Every touch that takes place."""
    numbers = {account_id: at for at, account_id in enumerate(sorted(plan.by_account))}
    calendar = plan.territory.calendar
    weeks = (
        _week(plan, week, [_day(plan, date, keys, numbers) for date in dates])
        for week, dates in groupby(plan.by_date, calendar.week)
    )
    return Agenda(tuple(weeks), tuple(_choices(plan, numbers)), sum(t.stands for t in plan.touches))


def _choices(plan: Plan, numbers: Mapping[str, int]) -> list[tuple[int, str]]:
    names = names_apart(plan.territory)
    named = ((at, names.get(account_id, account_id)) for account_id, at in numbers.items())
    return sorted(named, key=lambda choice: (choice[1].casefold(), choice))


def _week(plan: Plan, week: int, days: Iterable[AgendaDay]) -> AgendaWeek:
    monday = monday_of(plan.territory.calendar, week)
    sunday = monday + dt.timedelta(days=6)
    return AgendaWeek(week + 1, f"{short_date(monday)} to {short_date(sunday)}", tuple(days))


def _day(
    plan: Plan, date: dt.date, keys: Mapping[str, Key], numbers: Mapping[str, int]
) -> AgendaDay:
    touches = touches_on(plan, date)
    number, night = plan.territory.calendar.day_number(date), night_of(plan, date)
    return AgendaDay(
        anchor(date),
        day_in_words(date),
        f"day {number}, {counted(len(touches), 'touch', 'touches')}, "
        f"{minutes_in_words(plan.minutes_on(date))}{night and f', {night}'}",
        tuple(_line(plan, touch, keys[touch.channel], numbers) for touch in touches),
    )


def _line(plan: Plan, touch: Touch, key: Key, numbers: Mapping[str, int]) -> AgendaLine:
    who = whom_of(plan, touch)
    return AgendaLine(
        touch,
        who,
        key,
        numbers[touch.account_id],
        _when(touch),
        who.meets,
        _place(plan, touch, who),
        "; ".join(_standing(touch)),
    )


def _when(touch: Touch) -> str:
    if touch.start is not None:
        return clock(touch.start)
    return f"stop {touch.stop}" if touch.stop else ""


def _place(plan: Plan, touch: Touch, who: Whom) -> str:
    """Where a visit goes, whom to ring, or the town that a letter goes to."""
    channel = plan.territory.channels.get(touch.channel)
    if channel and channel.travels:
        return who.address
    if channel and channel.is_post:
        return who.account.city if who.account else ""
    return who.phone


def _standing(touch: Touch) -> Iterator[str]:
    if not touch.required:
        yield "optional"
    if touch.status is Status.DONE:
        on = f" on {short_date(touch.done_on)}" if touch.done_on else ""
        yield f"done{on}{f', {touch.outcome}' if touch.outcome else ''}"
    if touch.pinned:
        yield "pinned"
