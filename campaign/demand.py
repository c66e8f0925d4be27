"""From a territory to the touches owed, each with its person, channels, weight and days."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.cadences import Cadence, Step
from campaign.model.channels import EVERY_WEEKDAY
from campaign.model.runs import Run, cadences_of, channels_for, person_for, promised_to, touch_id
from campaign.model.territory import Territory
from campaign.touches import PROMISES, LeftOut, ReasonCode
from campaign.workdays import in_any

RECOVER = "recover"


class RepairStep(StrEnum):
    """What a step after a grievance's opening is, if it is owed like that."""

    NONE = ""
    APOLOGY = "apology"
    PROOF = "proof"


@frozen
class Owed:
    """One touch that is owed: a step of a run, or a promise.

    `person` is who it goes to; `channels` the ones that person allows, in the order in
    which they are wanted; `weight` the account's; `follows` the touch id of the step that
    this one follows, empty where it counts from the start. `opens` is true for the step with which
    a grievance account has to open, `repairs` tells what its apology and its proofs of repair are.
    """

    touch_id: str
    account: Account = field(kw_only=True)
    person: Contact = field(kw_only=True)
    step: Step = field(kw_only=True)
    channels: tuple[str, ...] = field(kw_only=True)
    weight: int = field(kw_only=True)
    run: Run | None = field(default=None, kw_only=True)
    promise: Promise | None = field(default=None, kw_only=True)
    follows: str = field(default="", kw_only=True)
    opens: bool = field(default=False, kw_only=True)
    repairs: RepairStep = field(default=RepairStep.NONE, kw_only=True)

    @property
    def is_duty(self) -> bool:
        """Whether it is owed before all else: a promise, an opening, an apology, a proof."""
        return self.opens or bool(self.repairs) or self.promise is not None

    @property
    def sent(self) -> Promise | None:
        """The promise of which it asks whether it has arrived."""
        return self.run.sent if self.run else None

    @property
    def is_refused(self) -> bool:
        """Whether the person, or the account, wants no contact at all."""
        return self.account.do_not_contact or self.person.do_not_contact

    @property
    def cadence(self) -> str:
        """The name of the cadence, `promises` for a promise."""
        return self.run.cadence.name if self.run else PROMISES

    @property
    def wanted_channels(self) -> tuple[str, ...]:
        """The channels to reckon with: the allowed ones, else all of the step."""
        return self.channels or self.step.channels


@frozen
class Demand:
    """Every touch that a territory owes, promises and runs, account by account."""

    territory: Territory
    owed: tuple[Owed, ...]

    @cached_property
    def by_account(self) -> Mapping[str, tuple[Owed, ...]]:
        """What each account is owed, by account id, in the order of the list."""
        found: dict[str, list[Owed]] = {}
        for owed in self.owed:
            found.setdefault(owed.account.account_id, []).append(owed)
        return {account_id: tuple(touches) for account_id, touches in found.items()}

    @cached_property
    def by_id(self) -> Mapping[str, Owed]:
        """What is owed, by touch id."""
        return {owed.touch_id: owed for owed in self.owed}


def demand(territory: Territory) -> Demand:
    """Everything that is owed to the active accounts: promises first, then steps."""
    return Demand(territory, tuple(_owed(territory)))


def _owed(territory: Territory) -> Iterator[Owed]:
    promises: dict[str, list[Promise]] = {}
    for promise in territory.promises:
        promises.setdefault(promise.account_id, []).append(promise)
    for account in territory.active_accounts:
        weight, promised = territory.tier(account).weight, promises.get(account.account_id, ())
        for promise in promised:
            if promise.is_open:
                person = promised_to(territory, account, promise)
                step = Step(promise.promise_id, promise.channel, promise.purpose)
                yield Owed(
                    touch_id(account.account_id, person.contact_id, promise.promise_id),
                    account=account,
                    person=person,
                    step=step,
                    channels=_allowed(territory, account, person, step),
                    weight=weight,
                    promise=promise,
                )
        for run in cadences_of(territory, account, promised):
            yield from _stepped(territory, run, weight)


def _stepped(territory: Territory, run: Run, weight: int) -> Iterator[Owed]:
    account, cadence, contact_id = run.account, run.cadence, run.contact.contact_id
    is_grieved = account.has_grievance and run.is_main
    repairs = repairs_of(territory, cadence) if is_grieved or run.answer else {}
    for step in run.steps:
        person = person_for(territory, run, step)
        yield Owed(
            touch_id(account.account_id, contact_id, step.name),
            account=account,
            person=person,
            step=step,
            channels=_allowed(territory, account, person, step),
            weight=weight,
            run=run,
            follows=touch_id(account.account_id, contact_id, step.after) if step.after else "",
            opens=is_grieved and step is opening(cadence),
            repairs=repairs.get(step.name, RepairStep.NONE),
        )


def _allowed(
    territory: Territory, account: Account, person: Contact, step: Step
) -> tuple[str, ...]:
    return () if account.do_not_contact else channels_for(territory, person, step)


def opening(cadence: Cadence) -> Step:
    """The step with which a cadence opens: the first of the list."""
    return cadence.steps[0]


def repairs_of(territory: Territory, cadence: Cadence) -> dict[str, RepairStep]:
    """The steps after an opening that are owed like it (R8), by name.

    The apology, the first later step to recover that is led by post; and the proofs, all other
    required steps to recover.
    """
    later = [step for step in cadence.steps[1:] if step.purpose == RECOVER]
    by_post = (step for step in later if territory.channels[step.channels[0]].is_post)
    apology = next(by_post, None)
    return {
        step.name: RepairStep.APOLOGY if step is apology else RepairStep.PROOF
        for step in later
        if step.required or step is apology
    }


def left_out(owed: Owed, code: ReasonCode, reason: str, *, touch_id: str = "") -> LeftOut:
    """The row of what is owed and not planned; `touch_id` is that of a further attempt."""
    return LeftOut(
        touch_id or owed.touch_id,
        account_id=owed.account.account_id,
        contact_id=owed.person.contact_id,
        cadence=owed.cadence,
        step=owed.step.name,
        channel=owed.wanted_channels[0],
        required=owed.step.required,
        reason_code=code,
        reason=reason,
    )


def open_days(territory: Territory, owed: Owed, channel: str) -> tuple[dt.date, ...]:
    """The working days on which a touch may stand by a channel, capacity left aside.

    The rep works, the channel allows the weekday, the account is not closed and has no
    public holiday, and it is open for a visit, or the person for a call, on that weekday.
    """
    if channel not in owed.channels:
        return ()
    account, person, calendar = owed.account, owed.person, territory.calendar
    holidays = territory.account_holidays(account)
    weekdays = open_weekdays(territory, owed, channel)
    closed = (*account.closed_dates, *person.closed_dates)
    # Before a day that was asked for nothing stands, nor before the person's gap to what another
    # account saw of them.
    since = owed.promise.not_before if owed.promise else None
    if owed.promise is None:
        since = territory.wait_of(account.account_id, person.contact_id)
    elsewhere = (
        calendar.position(one.last) + territory.courtesy.gap
        for one in territory.lived_with(person.contact_id)
        if one.account_id != account.account_id and one.last
    )
    far = 0 if is_courtesy(territory, owed) else max(elsewhere, default=0)
    return tuple(
        day
        for day in calendar.working_days
        if day.weekday() in weekdays
        and day not in holidays
        and not in_any(day, closed)
        and not (since and day < since)
        and not (far and calendar.position(day) < far)
    )


def is_courtesy(territory: Territory, owed: Owed) -> bool:
    """Whether a touch keeps no distance from others and counts to no ceiling."""
    purpose = territory.purposes.get(owed.step.purpose)
    return purpose is None or purpose.courtesy


def person_of(territory: Territory, owed: Owed) -> tuple[str, str]:
    """The account and the person, by the first of their ids, whom a touch goes to."""
    return owed.account.account_id, territory.person_of(owed.person.contact_id)


def open_weekdays(territory: Territory, owed: Owed, channel: str) -> frozenset[int]:
    """The weekdays on which a channel, and who is to be reached by it, are open.

    A grievance is heard, and a complaint answered, on any weekday (R1).
    """
    used = territory.channels[channel]
    is_heard = owed.opens or (owed.promise is not None and owed.promise.is_answer)
    weekdays = EVERY_WEEKDAY if is_heard else used.weekdays
    hours = []
    if used.travels:
        hours = [owed.account.visit_hours, owed.person.visit_hours]
    elif channel == "call":
        hours = [territory.call_hours_of(owed.account, owed.person)]
    known = [each for each in hours if each is not None]
    return frozenset(day for day in weekdays if all(each.may_open(day) for each in known))
