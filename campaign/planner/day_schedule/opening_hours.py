"""The hours of each day by the rep's clock: the rep's own, and those of who is to be met."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from campaign.model.accounts import Account, Contact
from campaign.model.busy import zone_named
from campaign.model.frames import Frame, Span, Spans, earliest, frame_of, shared, without
from campaign.model.hours import OpeningHours, Together, opened
from campaign.model.territory import Territory

if TYPE_CHECKING:
    from campaign.model.busy import Meeting

ALWAYS = 0
"""The hours of somebody who has given none."""

ANOTHER_HOUR = 60
"""A further attempt keeps so many minutes from the times at which it was tried before."""
_ENOUGH = 30


@frozen
class _Hours:
    """Opening hours in a time zone, and times by the rep's clock that were tried in vain.

    Or the very time that the rep has `given`, whoever is open then. Hours that read the same are
    the same.
    """

    opening: OpeningHours | Together | None = field(eq=str)
    zone: str = ""
    tried: tuple[int, ...] = ()
    given: Span | None = None


class DayClock:
    """Who may be met when, on each position, in minutes by the rep's clock.

    Hours are given by a number, `ALWAYS` for none.
    """

    def __init__(self, territory: Territory, dates: Sequence[dt.date]) -> None:
        self._territory, self._dates = territory, dates
        self._rep = rep = territory.rep
        self._numbers: dict[_Hours, int] = {_Hours(None): ALWAYS}
        self.frames: list[Frame] = [Frame((), (), 0), *(frame_of(rep, date) for date in dates)]
        works = territory.calendar.is_working_day
        self.meetings: list[tuple[Meeting, ...]] = [
            (),
            *(rep.meetings_on(day) if works(day) else () for day in dates),
        ]
        self.visits: list[int] = [self.hours_of_visits(a) for a in territory.active_accounts]
        # By position and account, the time of a visit that the rep has pinned.
        self.appointments: dict[tuple[int, int], Span] = {}
        self.spans: Callable[[int, int], Spans] = cache(self._spans)

    def _number(self, hours: _Hours) -> int:
        return self._numbers.setdefault(hours, len(self._numbers))

    def hours_of_visits(self, account: Account) -> int:
        """The number of an account's visit hours, which hold for everybody met there."""
        people = self._territory.contacts_of(account.account_id)
        own = dict.fromkeys(each.visit_hours for each in people if each.visit_hours)
        hours = Together(account.visit_hours, tuple(own)) if own else account.visit_hours
        return self._number(_Hours(hours, account.timezone)) if hours else ALWAYS

    def meets(self, position: int, account: Account, person: Contact) -> bool:
        """Whether a person is there whenever the account is visited on a position."""
        if person.visit_hours is None:
            return True
        theirs = self.spans(position, self._number(_Hours(person.visit_hours, account.timezone)))
        whole = self.spans(position, self.hours_of_visits(account))
        return bool(whole) and shared(whole, theirs) == whole

    def hours_of_calls(self, account: Account, person: Contact, tried: tuple[int, ...] = ()) -> int:
        """The number of the hours in which a person may be called.

        At another hour than was `tried`, on days that leave one.
        """
        hours, zone = self._territory.call_hours_of(account, person), person.timezone
        is_bound = hours is not None or tried
        return self._number(_Hours(hours, zone or account.timezone, tried)) if is_bound else ALWAYS

    def hours_of_appointment(self, given: Span) -> int:
        """The number of the one time at which the rep has pinned a touch."""
        return self._number(_Hours(None, given=given))

    def appoint(self, position: int, account: int, given: Span) -> None:
        """Let a visit that the rep has pinned keep its time.

        An account is one stop of a day: at a second time there the rep does nothing else.
        """
        if self.appointments.setdefault((position, account), given) == given:
            return
        frame = self.frames[position]
        self.frames[position] = evolve(
            frame, work=without(frame.work, (given,)), road=without(frame.road, (given,))
        )
        self.spans = cache(self._spans)

    def visit_spans(self, position: int, account: int) -> Spans:
        """When an account may be visited on a position."""
        given = self.appointments.get((position, account))
        return (given,) if given else self.spans(position, self.visits[account])

    def _spans(self, position: int, number: int) -> Spans:
        """The parts of the rep's own hours in which such hours are open."""
        work = self.frames[position].work
        if number == ALWAYS or not position:
            return work
        hours = list(self._numbers)[number]
        if hours.given:
            return (hours.given,)
        open_ = work
        if hours.opening is not None:
            there, date = zone_named(hours.zone) or self._rep.zone, self._dates[position - 1]
            open_ = shared(work, tuple(opened(hours.opening, date, self._rep.zone, there)))
        # Where nothing else is left of their hours, the same hour again is better than none.
        tried = [(time - ANOTHER_HOUR, time + ANOTHER_HOUR) for time in hours.tried]
        others = without(open_, tried)
        return others if earliest(others, 0, _ENOUGH) >= 0 else open_

    def holds(self, position: int, number: int, minutes: int) -> bool:
        """Whether somebody with such hours is open for so many minutes at a time."""
        return number == ALWAYS or earliest(self.spans(position, number), 0, minutes) >= 0
