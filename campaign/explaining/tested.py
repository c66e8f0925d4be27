"""Tests a change: it is applied, the touch put into the plan, and every rule asked."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import evolve, frozen

from campaign.explaining.alone import Key, broken_alone, key
from campaign.explaining.changes import Change
from campaign.explaining.load import Load
from campaign.explaining.moving import Along, Move
from campaign.explaining.putting import Spot, day_of_visits, put_in
from campaign.model.territory import Territory
from campaign.rules import RULES, Violation, violations
from campaign.rules.facts import Due, Facts
from campaign.touches import Plan, Touch

_OF_DAYS = ("R9", "R10")
_OF_SUMS = ("R2", "R3")


@frozen(eq=False)
class Tests:
    """The tests of one plan; nothing of it moves, only one touch comes in."""

    facts: Facts
    load: Load

    def moves(self, change: Change, due: Due, spot: Spot, own: Plan) -> tuple[Move, ...] | None:
        """What moves along when a touch comes in; None where it breaks a rule.

        `own` is the plan of its account alone. Where only that account and that day can
        break a rule that was kept, the rest is not asked again: the sums of the day and its
        week, the day's tour and times, and the account's own rules tell it all.
        """
        if self._is_wide(due):
            return self._of_the_whole(change, due, spot)
        changed = evolve(own, territory=change.applied(own.territory))
        facts = Facts(changed, only=due.account.account_id)
        then = facts.dues[due.touch_id]
        if not self.load.fit(changed.territory, then, spot).fits:
            return None
        placed = put_in(changed, then, spot, planned_on=self.load.planned_on)
        moved = Along(facts, self.has_room, broken_alone).moved(placed, then)
        if moved is None or moved[1]:
            return self._of_the_whole(change, due, spot) if moved else None
        new = next(touch for touch in placed.touches if touch.touch_id == then.touch_id)
        is_kept = not any(map(self._is_new, self._found(change, then, placed, new)))
        return () if is_kept else None

    def _is_wide(self, due: Due) -> bool:
        """Whether rules that look beyond the day and the account speak of it."""
        return any(one.is_owed_first for one in self._by_account[due.account.account_id])

    @cached_property
    def _by_account(self) -> dict[str, list[Due]]:
        found: dict[str, list[Due]] = {}
        for due in self.facts.dues.values():
            found.setdefault(due.account.account_id, []).append(due)
        return found

    def _found(self, change: Change, due: Due, own: Plan, new: Touch) -> Iterator[Violation]:
        """What the account breaks, and what the day does."""
        alone = Facts(own, only=due.account.account_id)
        for rule in RULES:
            if rule.name not in (*_OF_DAYS, *_OF_SUMS):
                yield from rule.check(alone)
        day = Facts(self._day(change, new), only=due.account.account_id)
        for rule in RULES:
            if rule.name in _OF_DAYS:
                yield from rule.check(day)

    def _day(self, change: Change, new: Touch) -> Plan:
        """The day of the new touch, driven anew."""
        plan = self.facts.plan
        there = [row.touch for row in self.facts.by_day.get(new.date, ())]
        territory = change.applied(_of_accounts(plan.territory, (*there, new)))
        touches = {touch.touch_id: touch for touch in (*there, new)}
        if territory.channels[new.channel].travels:
            of_day = evolve(plan, territory=territory, touches=there)
            touches |= {touch.touch_id: touch for touch in day_of_visits(of_day, new)}
        return Plan(territory, tuple(touches.values()), day=plan.day)

    def _of_the_whole(self, change: Change, due: Due, spot: Spot) -> tuple[Move, ...] | None:
        placed = self.with_change(change, due.touch_id, spot)
        if placed and self.breaks_nothing(placed[0], due.touch_id):
            return placed[1]
        return None

    def with_change(
        self, change: Change, touch_id: str, spot: Spot
    ) -> tuple[Plan, tuple[Move, ...]] | None:
        """The plan after a change, with the touch in it, and what followed it and moved.

        None where something that follows it cannot move along.
        """
        plan = self.facts.plan
        changed = evolve(plan, territory=change.applied(plan.territory))
        facts = Facts(changed, only=self.facts.dues[touch_id].account.account_id)
        due = facts.dues[touch_id]
        placed = put_in(changed, due, spot, planned_on=self.load.planned_on)
        return Along(facts, self.has_room, broken_alone).moved(placed, due)

    def has_room(self, due: Due, spot: Spot) -> bool:
        """Whether a day of the plan as it is can hold one touch more."""
        return self.load.fit(self.facts.plan.territory, due, spot).fits

    def breaks_nothing(self, placed: Plan, touch_id: str) -> bool:
        """Whether the touch breaks no rule in a plan, and nothing else does that did not.

        That with more room another account's promise or opening could stand better is no
        fault of the touch.
        """
        account_id = self.facts.dues[touch_id].account.account_id
        new = filter(self._is_new, violations(placed))
        return all(one.rule in ("R7", "R8") and one.account_id != account_id for one in new)

    def _is_new(self, violation: Violation) -> bool:
        return not violation.is_notice and key(violation) not in self._broken

    @cached_property
    def _broken(self) -> frozenset[Key]:
        return frozenset(map(key, violations(self.facts.plan)))


def _of_accounts(territory: Territory, touches: Iterable[Touch]) -> Territory:
    """The territory with the accounts of these touches only."""
    ids = list(dict.fromkeys(touch.account_id for touch in touches))
    known = {account.account_id for account in territory.accounts}
    there = [one for one in ids if one in known]
    return evolve(
        territory,
        accounts=[territory.account(one) for one in there],
        contacts=[contact for one in there for contact in territory.contacts_of(one)],
        promises=(),
        delivered=(),
    )
