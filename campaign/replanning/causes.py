"""Why a touch comes in, goes, is missed or moves: from the inputs, the rows and the rules.

Of a touch that moves the rules are asked, never the search: it is put back, alone, into the new
plan, with no time of day, and what is wrong there is the cause.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from attrs import evolve, frozen

from campaign.answer import Campaign
from campaign.consequences import Begun, Consequences
from campaign.explaining.obstacles import OF_AN_ACCOUNT, of_accounts
from campaign.explaining.room import Room
from campaign.explaining.words import account_name, name_of
from campaign.model.accounts import Account
from campaign.model.rep import other_owner
from campaign.model.runs import FORMER, runs_of
from campaign.model.territory import Territory
from campaign.phrases import listed
from campaign.replanning.changes import Because, Cause
from campaign.rules import Facts, Fault, Violation, capacity_of_day, capacity_of_week, checked
from campaign.rules.capacity import count_of
from campaign.rules.facts import PlanRow
from campaign.rules.levels import reaches
from campaign.touches import PROMISES, LeftOut, Plan, ReasonCode, Touch, attempt
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
class Causes:
    """Works out why, for a plan, how it had begun, and the campaign that takes its place."""

    before: Plan
    begun: Begun
    campaign: Campaign

    def missed(self, row: Touch) -> Because:
        """Why a touch of an earlier day was not made, as far as anybody knows."""
        is_leave = in_any(row.date, self._territory.rep.leave)
        return Because(Cause.ON_LEAVE if is_leave else Cause.NOT_LOGGED, date=plain(row.date))

    def moved(self, row: Touch, after: Touch) -> Because:
        """Why a touch cannot stand where it stood; `NOT_FORCED` where it could."""
        return next(self._why_not(row, after))

    def new(self, row: Touch) -> Because:
        """Why a touch stands that did not stand before."""
        found = chain(self._new_by_the_rows(row), self._new_by_the_lists(row))
        return next(found, Because(Cause.OWED_NOW))

    def dropped(self, row: Touch, left: LeftOut | None) -> Because:
        """Why a touch stands no more."""
        ended = self._found.end_of(row.account_id, row.contact_id)
        if ended:
            return Because(Cause.NO_CONTACT, other=ended.because)
        closed = self._found.closed_to(row.contact_id, row.channel)
        if left and closed and left.reason_code is ReasonCode.NO_CONSENT:
            return Because(Cause.CLOSED_CHANNEL, what=row.channel, other=closed.because)
        if left and (complaint := self._unanswered(row)):
            return Because(Cause.COMPLAINT, what=row.channel, other=complaint)
        if left:
            return Because(Cause.LEFT_OUT, what=left.reason)
        if later := self._found.overtaken_by(row):
            return Because(Cause.OVERTAKEN, other=later)
        return next(self._not_owed(row))

    # What comes in.

    def _new_by_the_rows(self, row: Touch) -> Iterator[Because]:
        owed_id, number = attempt(row)
        tried = [one for one in self.begun.tried.get(owed_id, ()) if attempt(one)[1] < number]
        if tried:
            yield Because(Cause.AGAIN, other=tried[-1])
        for one in self._found.recoveries:
            if one.account_id == row.account_id and one.makes_good(row.step):
                yield Because(Cause.RECOVERY, other=one.because)
        for asked in self._found.asked:
            if asked.promise.promise_id == row.step:
                yield Because(Cause.ASKED_TO, date=asked.promise.not_before, other=asked.because)
        if row.touch_id in {left.touch_id for left in self.before.left_out}:
            yield Because(Cause.HAD_NO_PLACE)

    def _new_by_the_lists(self, row: Touch) -> Iterator[Because]:
        if row.account_id not in {account_id for account_id, _ in self._known}:
            yield Because(Cause.NEW_ACCOUNT)
        elif row.cadence == PROMISES:
            promises = self._territory.promises
            due = next((one.due for one in promises if one.promise_id == row.step), None)
            yield Because(Cause.NEW_PROMISE, date=due)
        elif (row.account_id, row.contact_id) not in self._known:
            if row.contact_id == row.account_id:
                yield Because(Cause.NAMELESS)
            places = [one for one, contact in self._known if contact == row.contact_id]
            name = account_name(self._territory, min(places)) if places else ""
            yield Because(Cause.NEW_CONTACT, what=name)

    # What goes.

    def _unanswered(self, row: Touch) -> Touch | None:
        """The complaint for whose answer there is no place, so that nothing of them has one."""
        recovery = self._found.open_recovery(row.account_id)
        if recovery is None or recovery.makes_good(row.step):
            return None
        answer = row.account_id, recovery.promise.promise_id
        rows = self.campaign.touches
        stands = any((one.account_id, one.step) == answer and one.stands for one in rows)
        return None if stands else recovery.because

    def _not_owed(self, row: Touch) -> Iterator[Because]:
        accounts = self._territory.ranked_accounts
        account = next((one for one in accounts if one.account_id == row.account_id), None)
        if account is None:
            yield Because(Cause.ACCOUNT_GONE)
        elif owner := other_owner(self._territory.rep, account):
            yield Because(Cause.HANDED_OVER, what=owner)
        elif not account.is_active:
            yield Because(Cause.NOT_ACTIVE, what=account.status)
        elif row.cadence == PROMISES:
            promises = (*self._territory.promises, *(one.promise for one in self._found.promised))
            this = row.account_id, row.step
            found = (one.kept_on for one in promises if (one.account_id, one.promise_id) == this)
            kept_on = next(found, None)
            yield Because(Cause.PROMISE_KEPT if kept_on else Cause.NOT_OWED, date=kept_on)
        else:
            yield from self._run_gone(account, row)

    def _run_gone(self, account: Account, row: Touch) -> Iterator[Because]:
        """What has become of a person and of the cadence that they ran."""
        people = {one.contact_id: one for one in self._territory.contacts_of(row.account_id)}
        person = people.get(row.contact_id)
        if person is None and row.contact_id != row.account_id:
            for one in self._territory.contacts:
                if one.contact_id == row.contact_id:
                    name = account_name(self._territory, one.account_id)
                    yield Because(Cause.CONTACT_MOVED, what=name)
            yield Because(Cause.CONTACT_GONE)
        runs = {run.contact.contact_id: run for run in runs_of(self._territory, account)}
        if row.contact_id in runs:
            now = runs[row.contact_id].cadence.name
            yield Because(Cause.NOT_OWED, what=now if now != row.cadence else "")
        if person and person.role == FORMER:
            yield Because(Cause.CONTACT_GONE, what=person.role)
        came = [runs[one].contact.name for one in runs if (row.account_id, one) not in self._known]
        if came:
            yield Because(Cause.REPLACED, what=listed(came))
        yield Because(Cause.NOT_OWED)

    # What moves.

    def _why_not(self, row: Touch, after: Touch) -> Iterator[Because]:
        found = sorted(self._by_the_rules(row), key=lambda one: _ORDER.index(one.cause))
        yield from (one for one in found if one.cause is not Cause.FOLLOWED_BY)
        if row.channel in self._territory.channels:
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
        rows = (one for one in self.campaign.touches if one.account_id == row.account_id)
        others = (one for one in rows if one.touch_id != row.touch_id)
        alone = of_accounts(self._territory, [row.account_id])
        facts = Facts(Plan(alone, (_untimed(row), *others)), only=row.account_id)
        for one in checked(facts, OF_AN_ACCOUNT):
            if one.fault in _BY_FAULT and _is_about(one, row):
                yield self._because(facts, row, one)

    def _because(self, facts: Facts, row: Touch, found: Violation) -> Because:
        cause, day = _BY_FAULT[found.fault], plain(row.date)
        if cause is Cause.NO_WORKING_DAY and in_any(day, self._territory.rep.leave):
            return Because(Cause.ON_LEAVE, date=day)
        if cause in (Cause.NO_CONTACT, Cause.NO_CONSENT, Cause.COMPLAINT):
            return self._logged(row, cause)
        if cause in (Cause.ASKED_FOR, Cause.WINDOW):
            return self._too_early_or_late(facts, row, found)
        if cause in (Cause.TOO_CLOSE, Cause.SAME_DAY, Cause.OPENING):
            return Because(cause, date=day, other=_named(facts, row, found))
        if cause in (Cause.SHUT, Cause.CEILING):
            account = account_name(self._territory, row.account_id)
            names = {"account": account, "contact": name_of(self._territory, row)}
            told = evolve(found, figures={**found.figures, **names})
            return Because(cause, date=day, what=told.what)
        return Because(cause, date=day, what=row.channel)

    def _logged(self, row: Touch, cause: Cause) -> Because:
        """What somebody has logged, where that is the cause."""
        found = self._found
        closed = found.closed_to(row.contact_id, row.channel)
        if cause is Cause.NO_CONSENT and closed:
            return Because(Cause.CLOSED_CHANNEL, what=row.channel, other=closed.because)
        ended = found.end_of(row.account_id, row.contact_id)
        recovery = found.open_recovery(row.account_id) or found.mended(row.account_id)
        one = {Cause.NO_CONTACT: ended, Cause.COMPLAINT: recovery}.get(cause)
        return Because(cause, what=row.channel, other=one.because if one else None)

    def _too_early_or_late(self, facts: Facts, row: Touch, found: Violation) -> Because:
        """Before a day asked for, or outside a window: its own, or that of what follows it."""
        rows = {one.touch_id: one.touch for one in facts.rows}
        figures = {name: day for name, day in found.figures.items() if isinstance(day, dt.date)}
        wait, day = self._found.wait_of(row.contact_id), plain(row.date)
        if found.fault is Fault.IN_PEACE:
            other = wait.because if wait else None
            return Because(Cause.ASKED_FOR, date=figures["until"], other=other)
        if found.touch_id != row.touch_id:
            follower = rows[found.touch_id]
            what = "too soon" if plain(follower.date) < figures["first"] else "too late"
            return Because(Cause.FOLLOWED_BY, date=day, other=follower, what=what)
        if wait and day < wait.until:
            return Because(Cause.ASKED_FOR, date=plain(wait.until), other=wait.because)
        anchor = rows.get(str(found.figures["anchor"]))
        return Because(Cause.WINDOW, date=figures["first"], last=figures["last"], other=anchor)

    def _is_the_touch_of_its_month(self, row: Touch, after: Touch) -> bool:
        """Whether the account has a floor, and no other touch in the month it came to."""
        account, month = self._territory.account(row.account_id), self._month(after)
        others = (one for one in self._facts.by_account[row.account_id] if one.touch is not after)
        months = {self._month(one.touch) for one in others if reaches(self._territory, one.touch)}
        months.update(self._territory.delivered_months.get(row.account_id, ()))
        months.add(self._month(row))
        return self._territory.tier(account).floor and month not in months

    def _month(self, row: Touch) -> int:
        return self._territory.calendar.month(row.day)

    def _for_want_of_room(self, row: Touch, after: Touch) -> Iterator[Because]:
        """What is full on its old day: minutes, channels, times of day."""
        territory, day = self._facts.territory, plain(row.date)
        channel, week = territory.channels[row.channel], self._week(row.date)
        of_day = [one for one in self._facts.by_day.get(day, ()) if one.touch_id != row.touch_id]
        of_week = [one for one in self._facts.by_week.get(week, ()) if one.touch_id != row.touch_id]
        account = territory.account(row.account_id)
        added = self._room.added_minutes(account, channel, day, without=row.touch_id)
        if _minutes(of_day) + added > capacity_of_day(territory, day):
            yield Because(Cause.DAY_FULL, date=day, others=self._newcomers(of_day, by=plain))
        is_beyond = week != self._week(after.date)
        if is_beyond and _minutes(of_week) + added > capacity_of_week(territory, week):
            yield Because(Cause.WEEK_FULL, date=day, others=self._newcomers(of_week, by=self._week))
        used = sum(
            count_of(channel, [one for one in of_week if one.day == each])
            for each in {one.day for one in of_week}
        )
        for most, count, rows, by in (
            (channel.per_day, count_of(channel, of_day), of_day, plain),
            (channel.per_week, used, of_week, self._week),
        ):
            if most is not None and count >= most:
                others = self._newcomers((one for one in rows if one.channel is channel), by=by)
                yield Because(Cause.CHANNEL_LIMIT, date=day, what=channel.name, others=others)
        due, without = self._facts.due(row.touch_id), after.touch_id
        if due and not self._room.has_time(
            due, channel, day, without=without if after.date == row.date else ""
        ):
            yield Because(Cause.NO_TIME_OF_DAY, date=day)

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
        return self._territory.calendar.week(day)

    @property
    def _territory(self) -> Territory:
        return self.campaign.territory

    @property
    def _found(self) -> Consequences:
        return self.begun.found

    @cached_property
    def _known(self) -> frozenset[tuple[str, str]]:
        """Who stands in the plan before, by account and contact id."""
        rows: tuple[Touch | LeftOut, ...] = (*self.before.touches, *self.before.left_out)
        return frozenset((row.account_id, row.contact_id) for row in rows)

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self.campaign)

    @cached_property
    def _room(self) -> Room:
        return Room(self._facts)


def _untimed(row: Touch) -> Touch:
    return evolve(row, start=None, end=None)


def _minutes(rows: Iterable[PlanRow]) -> int:
    return sum(one.touch.day_minutes for one in rows)


def _is_about(found: Violation, row: Touch) -> bool:
    """Whether a violation has to do with a touch in its old place."""
    if found.touch_id == row.touch_id or row.touch_id in found.figures.values():
        return True
    if found.fault is Fault.TWICE_A_DAY:
        return found.date == plain(row.date)
    is_ceiling = _BY_FAULT[found.fault] is Cause.CEILING
    return is_ceiling and found.figures["contact"] == row.contact_id


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
