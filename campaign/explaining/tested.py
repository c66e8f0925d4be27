"""Tests a change: it is applied, the touch put into the plan, and every rule asked."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import evolve, frozen

from campaign.explaining.alone import Alone, Key, broken_alone, key
from campaign.explaining.away import put_away
from campaign.explaining.changes import Change, NightAway
from campaign.explaining.load import Load
from campaign.explaining.moving import Along, Move
from campaign.explaining.putting import Coming, Spot, day_of_visits, put_in, without
from campaign.model.channels import CALL
from campaign.model.persons import number_of
from campaign.model.territory import Territory
from campaign.rules import RULES, Rule, Violation, checked, rules_named, violations
from campaign.rules.completeness import due_days_agree
from campaign.rules.courtesy import ACROSS_ACCOUNTS
from campaign.rules.dues import Due, first_attempt
from campaign.rules.facts import Facts
from campaign.touches import Plan, Touch
from campaign.workdays import plain

_OF_SUMS = rules_named("R2", "R3")
_OF_DAYS = rules_named("R9", "R10")
_OF_AN_ACCOUNT = tuple(
    rule
    for rule in RULES
    if rule not in (*_OF_SUMS, *_OF_DAYS) and rule.check is not due_days_agree
)

_TOLD_ANEW = ("due", "late")

_OF_PEOPLE = tuple(rule for rule in RULES if rule.check in ACROSS_ACCOUNTS)


@frozen(eq=False)
class Tests:
    """The tests of one plan; nothing of it moves, only one touch comes in."""

    facts: Facts
    load: Load
    free_from: dt.date = dt.date.min

    def moves(self, change: Change, spot: Spot, alone: Alone) -> tuple[Move, ...] | None:
        """What moves along when a touch comes in; None where it breaks a rule.

        A change opens more than it closes, so one
        touch more can only break what is asked here: the minutes and limits of its day and
        week, the tour and the times of that day, the account's own rules, and for accounts
        with a promise or a grievance those of what is owed first.
        """
        if isinstance(change, NightAway):
            return self._away(change, spot, alone)
        then = alone.after(change)
        if not self.load.fit(then.plan.territory, then.due, spot).fits:
            return None
        placed = put_in(then.plan, then.due, spot, alone.coming)
        moved = self._along(then.facts).moved(placed, then.due)
        if moved is None:
            return None
        own, moves = moved
        new = next(touch for touch in own.touches if touch.touch_id == alone.coming.touch_id)
        return None if any(map(self._is_new, self._found(change, new, own, moves))) else moves

    def _away(self, change: NightAway, spot: Spot, alone: Alone) -> tuple[Move, ...] | None:
        """Nothing moves along with a night away; None where it breaks a rule.

        The two days, their weeks and the account are looked at by every rule of theirs.
        """
        account_id = alone.due.account.account_id
        if any(one.has_own_day for one in self._by_account[account_id]):
            return None
        week = self.facts.calendar.week
        weeks = {week(change.evening), week(change.evening + dt.timedelta(days=1))}
        rows = [row.touch for number in sorted(weeks) for row in self.facts.by_week.get(number, ())]
        touches = {one.touch_id: one for one in (*rows, *alone.plan.touches)}
        new = alone.coming.at(self.facts.plan.territory, alone.due, spot)
        small = change.applied(
            _of_accounts(self.facts.plan.territory, (*touches.values(), new)),
        )
        there = Plan(small, tuple(touches.values()), day=self.facts.plan.day)
        then = alone.after(change)
        placed = put_away(there, then.due, spot, alone.coming, change)
        own = [touch for touch in placed.touches if touch.account_id == account_id]
        left_out = without(then.plan, then.due, alone.coming.touch_id)
        found = (
            *_checked(placed, account_id, (*_OF_DAYS, *_OF_SUMS)),
            *_checked(
                evolve(then.plan, touches=own, left_out=left_out), account_id, _OF_AN_ACCOUNT
            ),
        )
        return None if any(map(self._is_new, found)) else ()

    def _found(
        self, change: Change, new: Touch, own: Plan, moves: tuple[Move, ...]
    ) -> Iterator[Violation]:
        """What the account breaks, what its day does, and what is owed first to it."""
        account_id = new.account_id
        yield from _checked(own, account_id, _OF_AN_ACCOUNT)
        yield from _checked(self._day(change, new), account_id, _OF_DAYS)
        elsewhere = self._elsewhere(new)
        if elsewhere:
            territory = change.applied(self.facts.plan.territory)
            beside = evolve(own, territory=territory, touches=(*own.touches, *elsewhere))
            yield from checked(Facts(beside), _OF_PEOPLE)
        if moves:
            yield from _checked(self._weeks(own, new, moves), account_id, _OF_SUMS)

    def _elsewhere(self, new: Touch) -> list[Touch]:
        """What other accounts saw of the same person, and calls there at the same number."""
        territory = self.facts.territory
        due = self.owed(new.touch_id)
        number = number_of(due.account, due.person)
        is_shared = new.channel == CALL and number in territory.shared_numbers
        person = territory.person_of(new.contact_id)
        return [
            row.touch
            for row in self.facts.standing
            if row.account_id != new.account_id
            and (
                territory.person_of(row.touch.contact_id) == person
                or (is_shared and number_of(row.account, row.person) == number)
            )
        ]

    @cached_property
    def _by_account(self) -> Mapping[str, Sequence[Due]]:
        found: dict[str, list[Due]] = {}
        for due in self.facts.dues.values():
            found.setdefault(due.account.account_id, []).append(due)
        return found

    def _day(self, change: Change, new: Touch) -> Plan:
        """The day of the new touch, driven anew."""
        there = [row.touch for row in self.facts.by_day.get(new.date, ())]
        territory = change.applied(_of_accounts(self.facts.plan.territory, (*there, new)))
        touches = {touch.touch_id: touch for touch in (*there, new)}
        if territory.channels[new.channel].travels:
            driven = day_of_visits(Plan(territory, there), new)
            touches |= {touch.touch_id: touch for touch in driven}
        return Plan(territory, tuple(touches.values()), day=self.facts.plan.day)

    def _weeks(self, own: Plan, new: Touch, moves: Iterable[Move]) -> Plan:
        """The weeks into which something comes, for their sums; of other weeks only a part."""
        week = self.facts.calendar.week
        weeks = {week(day) for day in (new.date, *(move.after for move in moves))}
        touches = {
            row.touch_id: row.touch
            for number in weeks
            for row in self.facts.by_week.get(number, ())
        }
        touches |= {one.touch_id: one for one in own.touches if one.touch_id != new.touch_id}
        there = [one for one in touches.values() if one.date == new.date]
        touches[new.touch_id] = new
        if own.territory.channels[new.channel].travels:
            whole = Plan(self.facts.plan.territory, there)
            touches |= {touch.touch_id: touch for touch in day_of_visits(whole, new)}
        return Plan(own.territory, tuple(touches.values()), day=own.day)

    def _firm(self) -> Sequence[Touch]:
        """What others' promises and openings have to leave alone, as if it were pinned."""
        return [
            evolve(row.touch, pinned=True) if row.is_movable else row.touch
            for row in self.facts.standing
            if not row.is_movable or row.is_promise or (row.due and row.due.opens)
        ]

    def with_change(
        self, change: Change, touch_id: str, spot: Spot
    ) -> tuple[Plan, tuple[Move, ...]] | None:
        """The plan after a change, with the touch in it, and what followed it and moved.

        None where something that follows it cannot move along.
        """
        plan = self.facts.plan
        owed = self.owed(touch_id)
        changed = evolve(plan, territory=change.applied(plan.territory))
        facts = Facts(changed, only=owed.account.account_id)
        due = facts.dues[owed.touch_id]
        if isinstance(change, NightAway):
            return put_away(changed, due, spot, self.coming(touch_id), change), ()
        placed = put_in(changed, due, spot, self.coming(touch_id))
        return self._along(facts).moved(placed, due)

    def _along(self, facts: Facts) -> Along:
        return Along(facts, self.has_room, broken_alone, self.free_from)

    def owed(self, touch_id: str) -> Due:
        """What a row, perhaps of a further attempt, stands for; raises `KeyError`."""
        return self.facts.dues[first_attempt(touch_id, self.facts.dues)]

    def coming(self, touch_id: str) -> Coming:
        """The row of a touch that may come in.

        It is planned on the day of the plan. A further attempt waits for its day.
        """
        attempts = self.facts.consequences.attempts
        waits = [plain(one.first) for one in attempts if one.touch_id == touch_id]
        planned_on = self.facts.latest_planning
        return Coming(touch_id, planned_on, max([planned_on, *waits]))

    def has_room(self, due: Due, spot: Spot) -> bool:
        """Whether a day of the plan as it is can hold one touch more."""
        return self.load.fit(self.facts.plan.territory, due, spot).fits

    def breaks_nothing(self, placed: Plan, touch_id: str) -> bool:
        """Whether the touch breaks no rule in a plan, and nothing else does that did not.

        That with more room another account's promise or opening could stand better is no
        fault of the touch; nor that the due days of what follows it are told anew.
        """
        account_id = self.owed(touch_id).account.account_id
        found = (one for one in violations(placed) if one.figures.get("column") not in _TOLD_ANEW)
        new = filter(self._is_new, found)
        return all(one.rule in ("R7", "R8") and one.account_id != account_id for one in new)

    def _is_new(self, violation: Violation) -> bool:
        return not violation.is_notice and key(violation) not in self._broken

    @cached_property
    def _broken(self) -> frozenset[Key]:
        return frozenset(map(key, violations(self.facts.plan)))


def _checked(plan: Plan, account_id: str, rules: Iterable[Rule]) -> Iterator[Violation]:
    return checked(Facts(plan, only=account_id), rules)


def _of_accounts(territory: Territory, touches: Iterable[Touch]) -> Territory:
    """The territory with the accounts of these touches only, and without promises."""
    ids = dict.fromkeys(touch.account_id for touch in touches)
    known = {account.account_id for account in territory.accounts}
    there = [one for one in ids if one in known]
    return evolve(
        territory,
        accounts=[territory.account(one) for one in there],
        contacts=[contact for one in there for contact in territory.contacts_of(one)],
        promises=(),
        delivered=(),
    )
