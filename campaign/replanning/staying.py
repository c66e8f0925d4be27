"""Why a touch could not stay where it stood: the rules are asked, never the search.

It is put back, alone, into the new plan, with no time of day, and what is wrong there is
the cause.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from attrs import evolve, frozen

from campaign.explaining.alone import of_one_account, own_violations
from campaign.explaining.clock import Clock
from campaign.explaining.following import account_name, name_of
from campaign.explaining.putting import Spot, day_of_visits
from campaign.model.channels import Channel
from campaign.replanning.because import Because, Cause
from campaign.replanning.plans import TwoPlans
from campaign.rules import Facts, Fault, Violation, capacity_of_day, capacity_of_week
from campaign.rules.capacity import count_of
from campaign.rules.facts import PlanRow
from campaign.rules.levels import reaches
from campaign.touches import Plan, Touch, attempt
from campaign.workdays import in_any, plain

_ORDER = list(Cause)
_BY_FAULT: Mapping[Fault, Cause] = MappingProxyType(
    {
        Fault.OUTSIDE_CAMPAIGN: Cause.NO_WORKING_DAY,
        Fault.NO_WORKING_DAY: Cause.NO_WORKING_DAY,
        Fault.CHANNEL_OFF: Cause.CHANNEL_OFF,
        Fault.ACCOUNT_NOT_TO_BE_CONTACTED: Cause.NO_CONTACT,
        Fault.PERSON_NOT_TO_BE_CONTACTED: Cause.NO_CONTACT,
        Fault.NO_CONSENT: Cause.NO_CONSENT,
        Fault.BEFORE_ANSWER: Cause.COMPLAINT,
        Fault.UNANSWERED: Cause.COMPLAINT,
        Fault.ACCOUNT_CLOSED: Cause.SHUT,
        Fault.PERSON_CLOSED: Cause.SHUT,
        Fault.ACCOUNT_HOLIDAY: Cause.SHUT,
        Fault.IN_PEACE: Cause.ASKED_FOR,
        Fault.NOT_OPEN: Cause.SHUT,
        Fault.NOT_CALLABLE: Cause.SHUT,
        Fault.BEFORE_OPENING: Cause.OPENING,
        Fault.UNOPENED: Cause.OPENING,
        Fault.OUTSIDE_WINDOW: Cause.WINDOW,
        Fault.TOO_CLOSE: Cause.TOO_CLOSE,
        Fault.TWICE_A_DAY: Cause.SAME_DAY,
        Fault.TOO_MANY_TOUCHES: Cause.CEILING,
        Fault.TOO_MANY_BY_CHANNEL: Cause.CEILING,
        Fault.SELLS_TOO_EARLY: Cause.SELLS_TOO_EARLY,
        Fault.SELLS_TOO_SOON: Cause.SELLS_TOO_EARLY,
    }
)


@frozen(eq=False)
class Staying(TwoPlans):
    """One plan that takes the place of another, into which touches are put back."""

    def why_not(self, row: Touch, after: Touch) -> Because:
        """Why a touch cannot stand where it stood; `NOT_FORCED` where it could."""
        return next(self._why_not_there(row, after))

    def _why_not_there(self, row: Touch, after: Touch) -> Iterator[Because]:
        found = sorted(self._by_the_rules(row), key=lambda one: _ORDER.index(one.cause))
        yield from (one for one in found if one.cause is not Cause.FOLLOWED_BY)
        if row.channel in self.territory.channels:
            yield from self._for_want_of_room(row, after)
        yield from (one for one in found if one.cause is Cause.FOLLOWED_BY)
        due = self._facts.due(row.touch_id)
        if due and due.promise:
            yield Because(Cause.PROMISED, date=due.promise.due)
        if due and due.opens:
            yield Because(Cause.OPENING, other=after)
        if self._is_the_touch_of_its_month(row, after):
            yield Because(Cause.MONTH, date=plain(after.date), what=f"{self._month(after)}")
        yield Because(Cause.NOT_FORCED, date=plain(row.date))

    def _by_the_rules(self, row: Touch) -> Iterator[Because]:
        """What the rules that look at one account say of the touch in its old place."""
        facts = Facts(self._put_back(row), only=row.account_id)
        found = [one for one in own_violations(facts) if _is_about(one, row)]
        yield from (self._because(facts, row, one) for one in found if one.fault in _BY_FAULT)

    def _put_back(self, row: Touch) -> Plan:
        """The new plan of one account alone, a touch as it stood and with no time of day."""
        there = self._as_it_stood(row)
        rows = (one for one in self.campaign.touches if one.account_id == row.account_id)
        others = (one for one in rows if one.touch_id != row.touch_id)
        return Plan(of_one_account(self.territory, row.account_id), (there, *others))

    def _as_it_stood(self, row: Touch) -> Touch:
        return evolve(row, start=None, end=None)

    def _because(self, facts: Facts, row: Touch, found: Violation) -> Because:
        cause, day = _BY_FAULT[found.fault], plain(row.date)
        if cause is Cause.NO_WORKING_DAY and in_any(day, self.territory.rep.leave):
            return Because(Cause.ON_LEAVE, date=day)
        if cause in (Cause.NO_CONTACT, Cause.NO_CONSENT, Cause.COMPLAINT):
            return self._logged(row, cause)
        if cause is Cause.ASKED_FOR:
            until = found.figures["until"]
            wait = self.consequences.wait_of(row.contact_id)
            date = until if isinstance(until, dt.date) else None
            return Because(cause, date=date, other=wait.because if wait else None)
        if cause is Cause.WINDOW:
            return self._window(facts, row, found)
        if cause in (Cause.TOO_CLOSE, Cause.SAME_DAY, Cause.OPENING):
            return Because(cause, date=day, other=_named(facts, row, found))
        is_told = cause in (Cause.SHUT, Cause.CEILING)
        return Because(cause, date=day, what=self._told(row, found) if is_told else row.channel)

    def _told(self, row: Touch, found: Violation) -> str:
        """What a row has broken, with the names of its account and person in place of ids."""
        account = account_name(self.territory, row.account_id)
        names = {"account": account, "contact": name_of(self.territory, row)}
        return evolve(found, figures={**found.figures, **names}).what

    def _logged(self, row: Touch, cause: Cause) -> Because:
        """What somebody has logged, where that is the cause."""
        found = self.consequences
        closed = found.closed_to(row.contact_id, row.channel)
        if cause is Cause.NO_CONSENT and closed:
            return Because(Cause.CLOSED_CHANNEL, what=row.channel, other=closed.because)
        ended = found.end_of(row.account_id, row.contact_id)
        recovery = found.open_recovery(row.account_id) or found.mended(row.account_id)
        one = {Cause.NO_CONTACT: ended, Cause.COMPLAINT: recovery}.get(cause)
        return Because(cause, what=row.channel, other=one.because if one else None)

    def _window(self, facts: Facts, row: Touch, found: Violation) -> Because:
        rows = {one.touch_id: one.touch for one in facts.rows}
        if found.touch_id != row.touch_id:
            return _followed_by(rows[found.touch_id], row, found)
        wait = self.consequences.wait_of(row.contact_id)
        if wait and plain(row.date) < wait.until:
            return Because(Cause.ASKED_FOR, date=plain(wait.until), other=wait.because)
        figures = found.figures
        first, last = figures["first"], figures["last"]
        return Because(
            Cause.WINDOW,
            date=first if isinstance(first, dt.date) else None,
            last=last if isinstance(last, dt.date) else None,
            other=rows.get(str(figures["anchor"])),
        )

    def _is_the_touch_of_its_month(self, row: Touch, after: Touch) -> bool:
        """Whether the account has a floor, and no other touch in the month it came to."""
        account, month = self.territory.account(row.account_id), self._month(after)
        others = (one for one in self._facts.by_account[row.account_id] if one.touch is not after)
        months = {self._month(one.touch) for one in others if reaches(self.territory, one.touch)}
        delivered = self.territory.delivered_months.get(row.account_id, ())
        is_alone = month not in months and month not in delivered
        return self.territory.tier(account).floor and is_alone and month != self._month(row)

    def _month(self, row: Touch) -> int:
        return self.territory.calendar.month(row.day)

    # Room for it on its old day.

    def _for_want_of_room(self, row: Touch, after: Touch) -> Iterator[Because]:
        territory, day = self._facts.territory, plain(row.date)
        channel, week = territory.channels[row.channel], territory.calendar.week(row.date)
        of_day = [one for one in self._facts.by_day.get(day, ()) if one.touch_id != row.touch_id]
        of_week = [one for one in self._facts.by_week.get(week, ()) if one.touch_id != row.touch_id]
        added = self._added(row, of_day, channel)
        if _minutes(of_day) + added > capacity_of_day(territory, day):
            yield Because(Cause.DAY_FULL, date=day, others=self._newcomers(of_day, by=plain))
        is_beyond = week != territory.calendar.week(after.date)
        if is_beyond and _minutes(of_week) + added > capacity_of_week(territory, week):
            yield Because(Cause.WEEK_FULL, date=day, others=self._newcomers(of_week, by=self._week))
        if _is_at_its_limit_of_the_day(channel, of_day):
            others = self._newcomers(_by(channel, of_day), by=plain)
            yield Because(Cause.CHANNEL_LIMIT, date=day, what=channel.name, others=others)
        elif _is_at_its_limit_of_the_week(channel, of_week):
            others = self._newcomers(_by(channel, of_week), by=self._week)
            yield Because(Cause.CHANNEL_LIMIT, date=day, what=channel.name, others=others)
        due = self._facts.due(row.touch_id)
        is_there = after.date == row.date
        clock = Clock(self._without(after)) if is_there else self._clock
        if due and not clock.holds(due, Spot(channel.name, day)):
            yield Because(Cause.NO_TIME_OF_DAY, date=day)

    def _without(self, after: Touch) -> Facts:
        rows = [one for one in self.campaign.touches if one is not after]
        return Facts(evolve(self.campaign, touches=rows))

    def _added(self, row: Touch, of_day: Sequence[PlanRow], channel: Channel) -> int:
        """The minutes that the touch would add to a day, its drive included."""
        if not channel.travels:
            return channel.minutes
        there = [one.touch for one in of_day if one.travels]
        bare = Plan(self._facts.territory, there)
        driven = day_of_visits(bare, self._as_it_stood(row))
        return sum(one.day_minutes for one in driven) - sum(one.day_minutes for one in there)

    def _newcomers(
        self, rows: Iterable[PlanRow], *, by: Callable[[dt.date], object]
    ) -> tuple[Touch, ...]:
        """The rows that did not stand in their day or week until now, what was done there first.

        What was done counts on the day on which it was: it is new there if it was planned
        for another.
        """
        there = {(one.touch_id, by(one.date)) for one in self.before.touches}
        found = [one for one in rows if (one.touch_id, by(one.day)) not in there]
        found.sort(key=lambda one: (one.is_planned, one.day, one.touch_id))
        return tuple(one.touch for one in found)

    def _week(self, day: dt.date) -> int:
        return self.territory.calendar.week(day)

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self.campaign)

    @cached_property
    def _clock(self) -> Clock:
        return Clock(self._facts)


def _is_about(found: Violation, row: Touch) -> bool:
    """Whether a violation has to do with a touch in its old place."""
    if found.touch_id == row.touch_id or row.touch_id in found.figures.values():
        return True
    if found.fault is Fault.TWICE_A_DAY:
        return found.date == plain(row.date)
    return found.fault in (Fault.TOO_MANY_TOUCHES, Fault.TOO_MANY_BY_CHANNEL) and (
        found.figures["contact"] == row.contact_id
    )


def _followed_by(follower: Touch, row: Touch, found: Violation) -> Because:
    """A follower whose window, counted from the old day, does not hold the day it stands on."""
    first = found.figures["first"]
    is_early = isinstance(first, dt.date) and plain(follower.date) < first
    what = "too soon" if is_early else "too late"
    return Because(Cause.FOLLOWED_BY, date=plain(row.date), other=follower, what=what)


def _named(facts: Facts, row: Touch, found: Violation) -> Touch | None:
    """The other touch that a violation has to do with."""
    rows = [one.touch for one in facts.standing if one.touch_id != row.touch_id]
    if found.fault is Fault.TWICE_A_DAY:
        return next((one for one in rows if plain(one.day) == plain(row.date)), None)
    if found.fault is Fault.TOO_CLOSE:
        ids = {found.touch_id, found.figures["other"]}
        return next((one for one in rows if one.touch_id in ids), None)
    opening = facts.openings.get(row.account_id)
    ids = {opening.touch_id} if opening else set()
    return next((one for one in rows if attempt(one)[0] in ids), None)


def _by(channel: Channel, rows: Iterable[PlanRow]) -> Iterator[PlanRow]:
    return (one for one in rows if one.channel is channel)


def _is_at_its_limit_of_the_day(channel: Channel, of_day: Sequence[PlanRow]) -> bool:
    return channel.per_day is not None and count_of(channel, of_day) >= channel.per_day


def _is_at_its_limit_of_the_week(channel: Channel, of_week: Sequence[PlanRow]) -> bool:
    if channel.per_week is None:
        return False
    days = {one.day for one in of_week}
    used = sum(count_of(channel, [one for one in of_week if one.day == day]) for day in days)
    return used >= channel.per_week


def _minutes(rows: Iterable[PlanRow]) -> int:
    return sum(one.touch.day_minutes for one in rows)
