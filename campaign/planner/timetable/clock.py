"""The hours of each day by the rep's clock: the rep's own, and those of who is to be met."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from zoneinfo import ZoneInfo

from attrs import field, frozen

from campaign.model.accounts import Account, Contact
from campaign.model.busy import zone_named
from campaign.model.frames import Frame, Spans, earliest, frame_of, shared
from campaign.model.hours import OpeningHours
from campaign.model.territory import Territory

ALWAYS = 0
"""The hours of somebody who has given none."""

A_DAY = 24 * 60
# Clocks change at whole quarters of an hour.
_QUARTER = 15
_NEAR_DAYS = (-1, 0, 1)


@frozen
class _Hours:
    """Opening hours in a time zone; None where that is the rep's."""

    text: str
    zone: str
    opening: OpeningHours = field(eq=False)


class Clock:
    """Who may be met when, on each position, in minutes by the rep's clock.

    Hours are given by a number, `ALWAYS` for none.
    """

    def __init__(self, territory: Territory, dates: Sequence[dt.date]) -> None:
        self._rep = territory.rep
        self._dates = dates
        self._known: dict[_Hours, int] = {}
        self._hours: list[_Hours] = []
        self.frames = [Frame((), (), 0), *(frame_of(self._rep, date) for date in dates)]
        self.visits = [self.hours_of_visits(a) for a in territory.active_accounts]
        self.spans = cache(self._spans)

    @property
    def has_hours(self) -> bool:
        """Whether anybody has given hours."""
        return bool(self._hours)

    def hours_of_visits(self, account: Account) -> int:
        """The number of an account's visit hours."""
        return self._number(account.visit_hours, account.timezone)

    def hours_of_calls(self, account: Account, person: Contact) -> int:
        """The number of a person's call hours."""
        return self._number(person.call_hours, person.timezone or account.timezone)

    def _number(self, opening: OpeningHours | None, zone: str) -> int:
        if opening is None:
            return ALWAYS
        hours = _Hours(str(opening), zone, opening)
        if hours not in self._known:
            self._hours.append(hours)
            self._known[hours] = len(self._hours)
        return self._known[hours]

    def _spans(self, position: int, hours: int) -> Spans:
        """The parts of the rep's own hours in which such hours are open."""
        work = self.frames[position].work
        if hours == ALWAYS or not position:
            return work
        found, date = self._hours[hours - 1], self._dates[position - 1]
        there = zone_named(found.zone) or self._rep.zone
        return shared(work, tuple(_opened(found.opening, date, self._rep.zone, there)))

    def holds(self, position: int, hours: int, minutes: int) -> bool:
        """Whether somebody with such hours is open for so many minutes at a time."""
        return hours == ALWAYS or earliest(self.spans(position, hours), 0, minutes) >= 0


def _opened(
    opening: OpeningHours, date: dt.date, here: ZoneInfo, there: ZoneInfo
) -> Iterator[tuple[int, int]]:
    """The spans of a date by the clock here in which somebody there is open."""
    for start, end, shift in _stretches(date, here, there):
        for near in _NEAR_DAYS:
            weekday = (date + dt.timedelta(days=near)).weekday()
            for span in opening.on(weekday):
                first = span.start + near * A_DAY - shift
                last = span.end + near * A_DAY - shift
                if max(first, start) < min(last, end):
                    yield max(first, start), min(last, end)


@cache
def _stretches(date: dt.date, here: ZoneInfo, there: ZoneInfo) -> tuple[tuple[int, int, int], ...]:
    """The parts of a date here with the minutes that the clock there is ahead of it."""
    if here is there:
        return ((0, A_DAY, 0),)
    found: list[tuple[int, int, int]] = []
    for start in range(0, A_DAY, _QUARTER):
        shift = _shift(date, start, here, there)
        if found and found[-1][2] == shift:
            found[-1] = found[-1][0], start + _QUARTER, shift
        else:
            found.append((start, start + _QUARTER, shift))
    return tuple(found)


def _shift(date: dt.date, minutes: int, here: ZoneInfo, there: ZoneInfo) -> int:
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=here)
    moment = midnight + dt.timedelta(minutes=minutes)
    local = moment.astimezone(there)
    apart = local.replace(tzinfo=None) - moment.replace(tzinfo=None)
    return apart // dt.timedelta(minutes=1)
