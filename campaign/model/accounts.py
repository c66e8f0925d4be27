"""Accounts, the contacts there, what was promised to them, and what was delivered."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

from attrs import field, frozen

from campaign.model.busy import known_zone
from campaign.model.channels import VISIT, Channel
from campaign.model.given import Between, converting, is_missing, to_flag, to_text, whole
from campaign.model.hours import A_DAY, Closing, OpeningHours, to_closed, to_opening_hours
from campaign.model.values import (
    LATER,
    NOTHING,
    Coordinates,
    FrozenDict,
    Place,
    Precision,
    coordinates_of,
    not_empty,
    to_date,
    to_date_or_none,
)

ACTIVE = "active"
RECOVER = "recover"
LAST_CONTACT, NEVER = "last_contact", "never"
_LATER = {LATER: True}
_LATITUDE, _LONGITUDE = Between(-90, 90, like=44.94), Between(-180, 180, like=-123.03)


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

    def _consent(answer: object) -> Consent:
        if is_missing(answer) or answer == "":
            return Consent.UNKNOWN
        return Consent.YES if to_flag(answer) else Consent.NO

    return FrozenDict({channel: _consent(answer) for channel, answer in value.items()})


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
    return FrozenDict({str(key): str(cell) for key, cell in value.items() if not is_missing(cell)})


@frozen(field_transformer=converting, kw_only=True)
class Account:
    """A customer or prospect company.

    `tier` and `cadence` are names, empty where they are to be worked out; `value` and
    `potential` are money a year; `status` other than `active` means it is not touched.
    `latitude` and `longitude` are degrees, both or neither; `located_by` says how they are
    known, where they were found by the address. `visit_minutes` are those of a visit there
    (None: the channel's), `extra_minutes` come to each drive there. `extra` holds the columns of
    the list that mean nothing to the planner.
    """

    account_id: str = field(kw_only=False, validator=not_empty)
    name: str = field(kw_only=False, validator=not_empty)
    status: str = field(default=ACTIVE, converter=_to_status)
    tier: str = ""
    cadence: str = ""
    value: float | None = None
    potential: float | None = None
    relationship: Relationship = field(default=Relationship.UNKNOWN, converter=_to_relationship)
    grievance: str = ""
    grievance_since: dt.date | None = field(default=None, converter=to_date_or_none)
    owner: str = ""
    last_contact: dt.date | None = field(default=None, converter=to_date_or_none)
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    latitude: float | None = field(default=None, validator=_LATITUDE)
    longitude: float | None = field(default=None, validator=_LONGITUDE)
    located_by: Precision = field(default=Precision.GIVEN, converter=Precision)
    timezone: str = field(default="", validator=known_zone)
    phone: str = ""
    email: str = ""
    visit_hours: OpeningHours | None = field(default=None, converter=to_opening_hours)
    closed_dates: tuple[Closing, ...] = field(default=(), converter=to_closed)
    visit_minutes: int | None = field(
        default=None, validator=whole("minutes", 15, 1, A_DAY), metadata=_LATER
    )
    extra_minutes: int = field(default=0, validator=whole("minutes", 15, 0, A_DAY), metadata=_LATER)
    do_not_contact: bool = False
    notes: str = ""
    extra: Mapping[str, str] = field(default=NOTHING, converter=_to_extra)

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
        return coordinates_of(self.latitude, self.longitude)

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


@frozen(field_transformer=converting, kw_only=True)
class Contact:
    """A person at an account.

    `role` is a word such as decision_maker, sponsor, user, finance or former; `since` the
    day on which the person took it on. `consents` says by channel what the person allows;
    a channel that is not named is unknown. `visit_hours` and `closed_dates` are the person's
    own, beside those of the account. `prefers` is a channel. The address is empty
    where it is the account's.
    """

    contact_id: str = field(kw_only=False, validator=not_empty)
    account_id: str = field(kw_only=False, validator=not_empty)
    name: str = field(validator=not_empty)
    role: str = ""
    since: dt.date | None = field(default=None, converter=to_date_or_none)
    title: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    latitude: float | None = field(default=None, validator=_LATITUDE)
    longitude: float | None = field(default=None, validator=_LONGITUDE)
    timezone: str = field(default="", validator=known_zone)
    call_hours: OpeningHours | None = field(default=None, converter=to_opening_hours)
    visit_hours: OpeningHours | None = field(
        default=None, converter=to_opening_hours, metadata=_LATER
    )
    closed_dates: tuple[Closing, ...] = field(default=(), converter=to_closed, metadata=_LATER)
    prefers: str = ""
    consents: Mapping[str, Consent] = field(default=FrozenDict(), converter=to_consents)
    do_not_contact: bool = False
    cadence: str = ""
    notes: str = ""
    extra: Mapping[str, str] = field(default=NOTHING, converter=_to_extra)

    def consent(self, channel: str) -> Consent:
        """What the person said to that channel."""
        return self.consents.get(channel, Consent.UNKNOWN)


@frozen(field_transformer=converting, kw_only=True)
class Promise:
    """What is owed to an account, or to one contact of it, by a day; `purpose` says why.

    A day that they asked for is owed like a promise, and `not_before` that day. What answers
    a complaint tells the day on which they `complained_on` something.
    """

    promise_id: str = field(kw_only=False, validator=not_empty)
    account_id: str = field(kw_only=False, validator=not_empty)
    what: str
    due: dt.date = field(converter=to_date)
    contact_id: str = ""
    channel: str = "call"
    purpose: str = "promise"
    kept_on: dt.date | None = field(default=None, converter=to_date_or_none)
    not_before: dt.date | None = field(default=None, converter=to_date_or_none, metadata=_LATER)
    complained_on: dt.date | None = field(default=None, converter=to_date_or_none, metadata=_LATER)

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


@frozen(field_transformer=converting, kw_only=True)
class Delivered:
    """One touch of an account by the delivery team: a row of `delivered.csv`.

    It counts to the floor on its `date` and takes nothing of the rep's time. `channel`,
    `who` and `note` are any words.
    """

    account_id: str = field(kw_only=False, validator=not_empty)
    date: dt.date = field(kw_only=False, converter=to_date)
    channel: str = ""
    who: str = ""
    note: str = ""
