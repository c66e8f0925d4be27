"""Accounts, the contacts there, and what was promised to them."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

from attrs import field, frozen
from attrs.validators import ge, le, optional

from campaign.model.busy import A_DAY, known_zone
from campaign.model.channels import VISIT, Channel
from campaign.model.closed import Closing, to_closed
from campaign.model.given import converting, is_missing, to_flag, to_text
from campaign.model.hours import OpeningHours, to_opening_hours
from campaign.model.values import (
    LATER,
    Coordinates,
    FrozenDict,
    Place,
    Precision,
    degrees,
    not_empty,
    to_date,
    to_date_or_none,
)

NOTHING: Mapping[str, str] = FrozenDict()
ACTIVE = "active"
RECOVER = "recover"
LAST_CONTACT, NEVER = "last_contact", "never"


class Relationship(StrEnum):
    """How things stand between the firm and an account; empty where nobody knows."""

    UNKNOWN = ""
    GOOD = "good"
    NEUTRAL = "neutral"
    NEGLECTED = "neglected"
    GRIEVANCE = "grievance"
    PROSPECT = "prospect"


class Consent(StrEnum):
    """Whether a contact may be reached by a channel."""

    YES = "yes"
    NO = "no"
    UNKNOWN = ""


def to_consents(value: Mapping[str, Consent | str]) -> Mapping[str, Consent]:
    """Consents by channel from themselves, from `yes` and `no` or from true and false."""
    return FrozenDict({channel: _consent(answer) for channel, answer in value.items()})


def _consent(answer: object) -> Consent:
    if is_missing(answer) or answer == "":
        return Consent.UNKNOWN
    if isinstance(answer, Consent):
        return answer
    return Consent.YES if to_flag(answer) else Consent.NO


def _to_status(value: str) -> str:
    return to_text(value).casefold() or ACTIVE


def _to_relationship(value: Relationship | str) -> Relationship:
    try:
        return Relationship(to_text(value).casefold())
    except ValueError:
        known = ", ".join(filter(None, Relationship))
        raise ValueError(f"{value!r} is no relationship; write one of {known}") from None


def _to_extra(value: Mapping[str, Any]) -> Mapping[str, str]:
    if isinstance(value, FrozenDict):
        return value
    known = {str(name): cell for name, cell in value.items() if not is_missing(cell)}
    return FrozenDict(
        {name: cell if isinstance(cell, str) else str(cell) for name, cell in known.items()}
    )


@frozen(field_transformer=converting)
class Account:
    """A customer or prospect company.

    `tier` and `cadence` are names, empty where they are to be worked out; `value` and
    `potential` are money a year; `status` other than `active` means it is not touched.
    `latitude` and `longitude` are degrees, both or neither; `located_by` says how they are
    known, where they were found by the address. `visit_minutes` are those of a visit there
    (None: the channel's), `extra_minutes` come to each drive there. `extra` holds the columns of
    the list that mean nothing to the planner.
    """

    account_id: str = field(validator=not_empty)
    name: str = field(validator=not_empty)
    status: str = field(default=ACTIVE, kw_only=True, converter=_to_status)
    tier: str = field(default="", kw_only=True)
    cadence: str = field(default="", kw_only=True)
    value: float | None = field(default=None, kw_only=True)
    potential: float | None = field(default=None, kw_only=True)
    relationship: Relationship = field(
        default=Relationship.UNKNOWN, kw_only=True, converter=_to_relationship
    )
    grievance: str = field(default="", kw_only=True)
    grievance_since: dt.date | None = field(default=None, kw_only=True, converter=to_date_or_none)
    owner: str = field(default="", kw_only=True)
    last_contact: dt.date | None = field(default=None, kw_only=True, converter=to_date_or_none)
    street: str = field(default="", kw_only=True)
    city: str = field(default="", kw_only=True)
    region: str = field(default="", kw_only=True)
    postal_code: str = field(default="", kw_only=True)
    country: str = field(default="", kw_only=True)
    latitude: float | None = field(default=None, kw_only=True, validator=degrees(90))
    longitude: float | None = field(default=None, kw_only=True, validator=degrees(180))
    located_by: Precision = field(default=Precision.GIVEN, kw_only=True, converter=Precision)
    timezone: str = field(default="", kw_only=True, validator=known_zone)
    phone: str = field(default="", kw_only=True)
    email: str = field(default="", kw_only=True)
    visit_hours: OpeningHours | None = field(default=None, kw_only=True, converter=to_opening_hours)
    closed_dates: tuple[Closing, ...] = field(default=(), kw_only=True, converter=to_closed)
    visit_minutes: int | None = field(
        default=None, kw_only=True, validator=optional([ge(1), le(A_DAY)]), metadata={LATER: True}
    )
    extra_minutes: int = field(
        default=0, kw_only=True, validator=[ge(0), le(A_DAY)], metadata={LATER: True}
    )
    do_not_contact: bool = field(default=False, kw_only=True)
    notes: str = field(default="", kw_only=True)
    extra: Mapping[str, str] = field(default=NOTHING, kw_only=True, converter=_to_extra)

    @property
    def is_active(self) -> bool:
        """Whether the account is worked at all."""
        return self.status == ACTIVE

    @property
    def is_said_untouched(self) -> bool:
        """Whether the list says that it has never been touched, which an empty cell does not."""
        return self.extra.get(LAST_CONTACT, "").casefold() == NEVER

    @property
    def has_grievance(self) -> bool:
        """Whether a complaint is open, said by its text or by the relationship."""
        return bool(self.grievance) or self.relationship is Relationship.GRIEVANCE

    @cached_property
    def coordinates(self) -> Coordinates | None:
        """Where it is, if that is known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Coordinates(self.latitude, self.longitude)

    @cached_property
    def place(self) -> Place:
        """Where the rep drives to see it."""
        return Place(self.coordinates, self.account_id, self.extra_minutes)

    def minutes_by(self, channel: Channel) -> int:
        """The minutes of a touch by a channel: its own of a visit, else the channel's."""
        if channel.name == VISIT and self.visit_minutes is not None:
            return self.visit_minutes
        return channel.minutes

    @property
    def precision(self) -> Precision:
        """How its place is known; `unknown` where it is not."""
        return self.located_by if self.coordinates else Precision.UNKNOWN

    @property
    def address(self) -> str:
        """The postal address in one line, without the country."""
        town = " ".join(filter(None, (self.region, self.postal_code)))
        return ", ".join(filter(None, (self.street, self.city, town)))


@frozen(field_transformer=converting)
class Contact:
    """A person at an account.

    `role` is a word such as decision_maker, sponsor, user, finance or former; `since` the
    day on which the person took it on. `consents` says by channel what the person allows;
    a channel that is not named is unknown. `visit_hours` and `closed_dates` are the person's
    own, beside those of the account. `prefers` is a channel. The address is empty
    where it is the account's.
    """

    contact_id: str = field(validator=not_empty)
    account_id: str = field(validator=not_empty)
    name: str = field(validator=not_empty, kw_only=True)
    role: str = field(default="", kw_only=True)
    since: dt.date | None = field(default=None, kw_only=True, converter=to_date_or_none)
    title: str = field(default="", kw_only=True)
    phone: str = field(default="", kw_only=True)
    email: str = field(default="", kw_only=True)
    street: str = field(default="", kw_only=True)
    city: str = field(default="", kw_only=True)
    region: str = field(default="", kw_only=True)
    postal_code: str = field(default="", kw_only=True)
    country: str = field(default="", kw_only=True)
    latitude: float | None = field(default=None, kw_only=True, validator=degrees(90))
    longitude: float | None = field(default=None, kw_only=True, validator=degrees(180))
    timezone: str = field(default="", kw_only=True, validator=known_zone)
    call_hours: OpeningHours | None = field(default=None, kw_only=True, converter=to_opening_hours)
    visit_hours: OpeningHours | None = field(
        default=None, kw_only=True, converter=to_opening_hours, metadata={LATER: True}
    )
    closed_dates: tuple[Closing, ...] = field(
        default=(), kw_only=True, converter=to_closed, metadata={LATER: True}
    )
    prefers: str = field(default="", kw_only=True)
    consents: Mapping[str, Consent] = field(
        default=FrozenDict(), kw_only=True, converter=to_consents
    )
    do_not_contact: bool = field(default=False, kw_only=True)
    cadence: str = field(default="", kw_only=True)
    notes: str = field(default="", kw_only=True)
    extra: Mapping[str, str] = field(default=NOTHING, kw_only=True, converter=_to_extra)

    def consent(self, channel: str) -> Consent:
        """What the person said to that channel."""
        return self.consents.get(channel, Consent.UNKNOWN)


@frozen(field_transformer=converting)
class Promise:
    """What is owed to an account, or to one contact of it, by a day; `purpose` says why.

    A day that they asked for is owed like a promise, and `not_before` that day. What answers
    a complaint tells the day on which they `complained_on` something.
    """

    promise_id: str = field(validator=not_empty)
    account_id: str = field(validator=not_empty)
    what: str = field(kw_only=True)
    due: dt.date = field(kw_only=True, converter=to_date)
    contact_id: str = field(default="", kw_only=True)
    channel: str = field(default="call", kw_only=True)
    purpose: str = field(default="promise", kw_only=True)
    kept_on: dt.date | None = field(default=None, kw_only=True, converter=to_date_or_none)
    not_before: dt.date | None = field(
        default=None, kw_only=True, converter=to_date_or_none, metadata={LATER: True}
    )
    complained_on: dt.date | None = field(
        default=None, kw_only=True, converter=to_date_or_none, metadata={LATER: True}
    )

    @property
    def is_listed(self) -> bool:
        """Whether it stands in the list of promises, and does not follow from what was logged."""
        return self.not_before is None and self.complained_on is None

    @property
    def is_answer(self) -> bool:
        """Whether it answers a complaint."""
        return self.purpose == RECOVER

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.kept_on is None


def itself(account: Account) -> Contact:
    """The account as its own contact, where no person is known."""
    return Contact(
        account.account_id,
        account.account_id,
        name=account.name,
        phone=account.phone,
        email=account.email,
        timezone=account.timezone,
        do_not_contact=account.do_not_contact,
    )


@frozen(field_transformer=converting)
class Delivered:
    """One touch of an account by the delivery team: a row of `delivered.csv`.

    It counts to the floor on its `date` and takes nothing of the rep's time. `channel`,
    `who` and `note` are any words.
    """

    account_id: str = field(validator=not_empty)
    date: dt.date = field(converter=to_date)
    channel: str = field(default="", kw_only=True)
    who: str = field(default="", kw_only=True)
    note: str = field(default="", kw_only=True)
