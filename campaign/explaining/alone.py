"""One account's part of a plan by itself: which of its own rules one touch more would break."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.explaining.changes import Change
from campaign.explaining.moving import followers_of
from campaign.explaining.putting import Coming, Spot
from campaign.model.territory import Territory
from campaign.rules import RULES, Fault, Violation, checked, window_of
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.rules.owed import nothing_before_the_opening, nothing_before_the_recovery
from campaign.rules.windows import last_of
from campaign.touches import Plan, Touch

Key = tuple[str, Fault, str, dt.date | None, str]
_OF_AN_ACCOUNT = ("R1", "R4", "R5", "R6", "R12")
_IN_TURN = (nothing_before_the_opening, nothing_before_the_recovery)
_OWN = tuple(rule for rule in RULES if rule.name in _OF_AN_ACCOUNT or rule.check in _IN_TURN)


@frozen(eq=False)
class Changed:
    """The plan of one account alone after a change, and what of its rules is broken there."""

    plan: Plan
    owed_id: str
    coming: Coming
    _known: dict[Spot, frozenset[Fault]] = field(factory=dict, init=False)

    @cached_property
    def facts(self) -> Facts:
        """The plan beside what is owed to the account."""
        return Facts(self.plan, only=self.plan.territory.accounts[0].account_id)

    @property
    def due(self) -> Due:
        """The touch, as it is owed then."""
        return self.facts.dues[self.owed_id]

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The working days on which it may be planned, the best first."""
        return tuple(day for day in self.facts.working_days if day >= self.coming.first)

    @cached_property
    def window(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which it may stand, late days too."""
        new = self.at(Spot(self.due.step.channels[0], self.plan.territory.start))
        plan = self.with_touch(new)
        return window_of(plan, new)[0], last_of(plan, new)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Its channels and the days of its window, in their order."""
        first, last = self.window
        days = [day for day in self.days if first <= day <= last]
        return tuple(Spot(name, day) for name in self.due.step.channels for day in days)

    def at(self, spot: Spot) -> Touch:
        """The touch as a row."""
        return self.coming.at(self.plan.territory, self.due, spot)

    def with_touch(self, new: Touch) -> Plan:
        """The plan of the account with a touch more."""
        return evolve(self.plan, touches=(*self.plan.touches, new))

    def keeps(self, spot: Spot) -> bool:
        """Whether the rules that look at one account alone hold with the touch at a spot."""
        return not self.faults(spot)

    def faults(self, spot: Spot) -> frozenset[Fault]:
        """The kinds of fault that the touch brings there."""
        if spot not in self._known:
            found = own_violations(self.facts.with_row(self.at(spot)))
            new = frozenset(one.fault for one in found if key(one) not in self._broken)
            self._known[spot] = new
        return self._known[spot]

    @cached_property
    def _broken(self) -> frozenset[Key]:
        return frozenset(map(key, own_violations(self.facts)))


@frozen(eq=False)
class Alone:
    """One account of a plan by itself, so that many changes can be tried for one touch."""

    whole: Plan
    due: Due
    coming: Coming

    def after(self, change: Change, *, moving: bool = False) -> Changed:
        """The account after a change; with `moving` without what follows the touch."""
        plan = self.without_followers if moving else self.plan
        changed = evolve(plan, territory=change.applied(plan.territory))
        return Changed(changed, self.due.touch_id, self.coming)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the account, with what is left out of it."""
        account_id = self.due.account.account_id
        return Plan(
            of_one_account(self.whole.territory, account_id),
            tuple(t for t in self.whole.touches if t.account_id == account_id),
            left_out=tuple(one for one in self.whole.left_out if one.account_id == account_id),
            day=self.whole.day,
        )

    @cached_property
    def followers(self) -> frozenset[str]:
        """The ids of the planned touches that follow this one."""
        facts = Facts(self.plan, only=self.due.account.account_id)
        return frozenset(one.touch_id for one in followers_of(facts, self.due))

    @cached_property
    def without_followers(self) -> Plan:
        """The same without the touches that follow this one."""
        touches = (one for one in self.plan.touches if one.touch_id not in self.followers)
        return evolve(self.plan, touches=touches)


def broken_alone(plan: Plan, due: Due) -> Iterator[Violation]:
    """What one account breaks of its own rules, looked at by itself."""
    account_id = due.account.account_id
    touches = tuple(touch for touch in plan.touches if touch.account_id == account_id)
    return own_violations(Facts(evolve(plan, touches=touches), only=account_id))


def own_violations(facts: Facts) -> Iterator[Violation]:
    """What a plan breaks of the rules that look at one account alone."""
    return checked(facts, _OWN)


def of_one_account(territory: Territory, account_id: str) -> Territory:
    """A territory with one of its accounts only, and with what belongs to that."""
    return evolve(
        territory,
        accounts=(territory.account(account_id),),
        contacts=territory.contacts_of(account_id),
        promises=tuple(one for one in territory.promises if one.account_id == account_id),
        delivered=(),
    )


def key(violation: Violation) -> Key:
    """What makes two violations the same, whatever their figures."""
    return (
        violation.rule,
        violation.fault,
        violation.touch_id,
        violation.date,
        violation.account_id,
    )
