"""What one account's page says: people, promises, grievance, what was said, what comes next."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten
from typing import Generic, TypeVar

from attrs import frozen

from campaign.consequences import consequences, territory_now
from campaign.consequences.canaries import canaries
from campaign.model.accounts import Account, Consent, Contact, Promise
from campaign.model.rep import other_owner
from campaign.model.runs import main_contact
from campaign.model.territory import Territory
from campaign.outputs.whom import whom
from campaign.phrases import day_in_words
from campaign.rules.levels import reaches
from campaign.touches import PROMISES, Plan, Status, Touch

MOST_PEOPLE, MOST_PROMISES, MOST_SAID, MOST_NEXT = 5, 5, 7, 6
"""So many of each stand on a page, so that it prints on one."""
_LONGEST_NOTE, _LONGEST_LINE = 220, 110

Item = TypeVar("Item")


@frozen
class Few(Generic[Item]):
    """As many as there is room for, and how many more there are."""

    shown: tuple[Item, ...]
    more: int

    @classmethod
    def of(cls, items: Iterable[Item], most: int) -> "Few[Item]":
        """The first of some items."""
        every = tuple(items)
        return cls(every[:most], max(0, len(every) - most))


@frozen
class Person:
    """One contact: name, what they are there, how they are reached, what they refuse."""

    name: str
    position: str
    reached: str
    refuses: str
    notes: str


@frozen
class Promised:
    """One promise, and whether it was kept: `kept_on` is None while it is open."""

    what: str
    to: str
    due: dt.date
    kept_on: dt.date | None


@frozen
class WasSaid:
    """One touch that was: the day, who it was with and by which way, what came of it."""

    date: dt.date
    channel: str
    who: str
    outcome: str
    note: str


@frozen
class ToCome:
    """One touch that is planned."""

    date: dt.date
    channel: str
    who: str
    purpose: str


@frozen
class AccountBrief:
    """One account's page."""

    account: Account
    rep: str
    people: Few[Person]
    promises: Few[Promised]
    said: Few[WasSaid]
    following: Few[ToCome]
    grievance: str
    notes: str
    signs: tuple[str, ...] = ()


def briefs_of(plan: Plan) -> tuple[AccountBrief, ...]:
    """The pages of all active accounts, and of those that others work now, in the list's order."""
    territory, touched = plan.territory, {touch.account_id for touch in plan.touches}
    return tuple(
        brief_of(plan, one.account_id)
        for one in territory.ranked_accounts
        if one.is_active or (one.account_id in touched and other_owner(territory.rep, one))
    )


def brief_of(plan: Plan, account_id: str) -> AccountBrief:
    """One account's page, as the plan stands; raises `KeyError` for one that there is not.

    What is done, missed or skipped was said; what is planned comes next. Without a clock
    nothing is called overdue.
    """
    territory = plan.territory
    account = territory.account(account_id)
    touches = [touch for touch in plan.touches if touch.account_id == account_id]
    found = consequences(territory, plan.touches)
    logged = [*(one.promise for one in found.recoveries), *(one.promise for one in found.asked)]
    return AccountBrief(
        account,
        territory.rep.name,
        Few.of(_people(territory_now(territory, plan.touches), account), MOST_PEOPLE),
        Few.of(_promises(territory, account, touches, logged), MOST_PROMISES),
        Few.of(_said(territory, account, touches), MOST_SAID),
        Few.of(_following(plan, touches), MOST_NEXT),
        _short(account.grievance, _LONGEST_NOTE),
        _short(account.notes, _LONGEST_NOTE),
        tuple(_signs(plan, account_id)),
    )


def _signs(plan: Plan, account_id: str) -> Iterator[str]:
    """What its people show: silence, or mail that came back."""
    names = {person.contact_id: person.name for person in plan.territory.contacts_of(account_id)}
    for one in canaries(plan.touches):
        if one.account_id == account_id:
            who = names.get(one.contact_id)
            yield f"{f'{who}: ' if who else ''}{one.words} since {day_in_words(one.since)}"


def _people(territory: Territory, account: Account) -> Iterator[Person]:
    """The contacts, who decides first."""
    main = main_contact(territory, account)
    people = territory.contacts_of(account.account_id)
    for person in sorted(people, key=lambda one: one.contact_id != main.contact_id):
        reached = whom(territory, account.account_id, person.contact_id)
        yield Person(
            person.name,
            ", ".join(filter(None, (person.role.replace("_", " "), person.title))),
            ", ".join(filter(None, (reached.phone, person.email))),
            _refused(person),
            _short(person.notes),
        )


def _refused(person: Contact) -> str:
    if person.do_not_contact:
        return "any contact"
    return ", ".join(name for name, answer in person.consents.items() if answer is Consent.NO)


def _promises(
    territory: Territory, account: Account, touches: Sequence[Touch], logged: Sequence[Promise]
) -> Iterator[Promised]:
    """The promises, days asked for and complaints, the open ones first, each by its day."""
    names = {person.contact_id: person.name for person in territory.contacts}
    found = [
        Promised(
            _short(one.what),
            names.get(one.contact_id, ""),
            one.due,
            one.kept_on or _kept(territory, one, touches),
        )
        for one in (*territory.promises, *logged)
        if one.account_id == account.account_id
    ]
    yield from sorted(found, key=lambda one: (one.kept_on is not None, one.due, one.what))


def _kept(territory: Territory, promise: Promise, touches: Sequence[Touch]) -> dt.date | None:
    """The day on which a touch of the plan kept a promise."""
    for touch in touches:
        own = touch.cadence == PROMISES and touch.step == promise.promise_id
        if own and touch.is_done and reaches(territory, touch):
            return touch.day
    return None


def _said(territory: Territory, account: Account, touches: Sequence[Touch]) -> Iterator[WasSaid]:
    """What was, the latest first: the rep's touches and those of the delivery team."""
    own = [_said_by_rep(territory, t) for t in touches if t.status is not Status.PLANNED]
    own += [_said_by_rep(territory, t) for t in touches if t.status is Status.PLANNED and t.outcome]
    team = [
        WasSaid(one.date, one.channel or "touch", one.who or "delivery team", "", _short(one.note))
        for one in territory.delivered
        if one.account_id == account.account_id
    ]
    yield from sorted(
        (*own, *team), key=lambda one: (one.date.toordinal(), one.channel), reverse=True
    )


def _said_by_rep(territory: Territory, touch: Touch) -> WasSaid:
    outcome = touch.outcome.replace("_", " ") or touch.status.value
    return WasSaid(touch.day, touch.channel, _name(territory, touch), outcome, _short(touch.note))


def _following(plan: Plan, touches: Sequence[Touch]) -> Iterator[ToCome]:
    """What is planned and may be made as things stand, the next first."""
    territory, found = plan.territory, consequences(plan.territory, plan.touches)
    planned = [one for one in touches if one.status is Status.PLANNED and not found.hold(one)]
    for touch in sorted(planned, key=lambda touch: (touch.date, touch.touch_id)):
        yield ToCome(touch.date, touch.channel, _name(territory, touch), touch.purpose)


def _name(territory: Territory, touch: Touch) -> str:
    return whom(territory, touch.account_id, touch.contact_id).meets


def _short(text: str, longest: int = _LONGEST_LINE) -> str:
    return shorten(text, longest, placeholder=" ...")
