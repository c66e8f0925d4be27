"""The hours of each day by the rep's clock: the rep's own, and those of who is to be met."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from campaign.model.abroad import opened
from campaign.model.accounts import Account, Contact
from campaign.model.busy import zone_named
from campaign.model.frames import Frame, Span, Spans, earliest, frame_of, shared, without
from campaign.model.hours import OpeningHours, Together
from campaign.model.territory import Territory

if TYPE_CHECKING:
    from campaign.model.busy import Meeting

Opening = OpeningHours | Together

ALWAYS = 0
"""The hours of somebody who has given none."""

ANOTHER_HOUR = 60
"""A further attempt keeps so many minutes from the times at which it was tried before."""
_ENOUGH = 30


@frozen
class _Hours:
    """Opening hours in a time zone, and times by the rep's clock that were tried in vain."""

    text: str
    zone: str
    opening: Opening | None = field(eq=False)
    tried: tuple[int, ...] = ()
    given: Span | None = None
    """The very time that the rep has given, whoever is open then."""


class DayClock:
    """Who may be met when, on each position, in minutes by the rep's clock.

    Hours are given by a number, `ALWAYS` for none.
    """

    def __init__(self, territory: Territory, dates: Sequence[dt.date]) -> None:
        self._territory = territory
        self._rep = territory.rep
        self._dates = dates
        self._known: dict[_Hours, int] = {}
        self._hours: list[_Hours] = []
        self.frames: list[Frame] = [
            Frame((), (), 0),
            *(frame_of(self._rep, date) for date in dates),
        ]
        works = territory.calendar.is_working_day
        self.meetings: list[tuple[Meeting, ...]] = [
            (),
            *(self._rep.meetings_on(day) if works(day) else () for day in dates),
        ]
        self.visits: list[int] = [self.hours_of_visits(a) for a in territory.active_accounts]
        # By position and account, the time of a visit that the rep has pinned.
        self.appointments: dict[tuple[int, int], Span] = {}
        self.spans: Callable[[int, int], Spans] = cache(self._spans)

    def hours_of_visits(self, account: Account) -> int:
        """The number of an account's visit hours, which hold for everybody met there."""
        people = self._territory.contacts_of(account.account_id)
        own = dict.fromkeys(each.visit_hours for each in people if each.visit_hours)
        if not own:
            return self._number(account.visit_hours, account.timezone)
        return self._number(Together(account.visit_hours, tuple(own)), account.timezone)

    def meets(self, position: int, account: Account, person: Contact) -> bool:
        """Whether a person is there whenever the account is visited on a position."""
        if person.visit_hours is None:
            return True
        theirs = self.spans(position, self._number(person.visit_hours, account.timezone))
        whole = self.spans(position, self.hours_of_visits(account))
        return bool(whole) and shared(whole, theirs) == whole

    def hours_of_calls(self, account: Account, person: Contact, tried: tuple[int, ...] = ()) -> int:
        """The number of the hours in which a person may be called.

        At another hour than was `tried`, on days that leave one.
        """
        hours = self._territory.call_hours_of(account, person)
        return self._number(hours, person.timezone or account.timezone, tried)

    def hours_of_appointment(self, given: Span) -> int:
        """The number of the one time at which the rep has pinned a touch."""
        return self._number(None, "", given=given)

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

    def _number(
        self,
        opening: Opening | None,
        zone: str,
        tried: tuple[int, ...] = (),
        given: Span | None = None,
    ) -> int:
        if opening is None and not tried and given is None:
            return ALWAYS
        # Hours that read the same are one number, so that their spans are worked out once.
        hours = _Hours(str(opening), zone, opening, tried, given)
        if hours not in self._known:
            self._hours.append(hours)
            self._known[hours] = len(self._hours)
        return self._known[hours]

    def _spans(self, position: int, hours: int) -> Spans:
        """The parts of the rep's own hours in which such hours are open."""
        work = self.frames[position].work
        if hours == ALWAYS or not position:
            return work
        found = self._hours[hours - 1]
        if found.given:
            return (found.given,)
        open_ = work
        if found.opening is not None:
            there, date = zone_named(found.zone) or self._rep.zone, self._dates[position - 1]
            open_ = shared(work, tuple(opened(found.opening, date, self._rep.zone, there)))
        # Where nothing else is left of their hours, the same hour again is better than none.
        tried = [(time - ANOTHER_HOUR, time + ANOTHER_HOUR) for time in found.tried]
        others = without(open_, tried)
        return others if earliest(others, 0, _ENOUGH) >= 0 else open_

    def holds(self, position: int, hours: int, minutes: int) -> bool:
        """Whether somebody with such hours is open for so many minutes at a time."""
        return hours == ALWAYS or earliest(self.spans(position, hours), 0, minutes) >= 0
