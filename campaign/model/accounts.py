"""Accounts, the contacts there, and what was promised to them."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from campaign.model.frozen_dicts import FrozenDict
from campaign.model.hours import OpeningHours, to_opening_hours
from campaign.model.values import (
    Coordinates,
    Precision,
    frozen_mapping,
    not_empty,
    number_or_none,
    to_date,
    to_date_or_none,
    to_spans,
)
from campaign.workdays import Span

Day = dt.date | str
NOTHING: Mapping[str, str] = FrozenDict()
ACTIVE = "active"


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
    """Consents by channel from themselves or from `yes` and `no`."""
    return FrozenDict({channel: Consent(answer) for channel, answer in value.items()})


def _grievance_since(value: Day | None) -> dt.date | None:
    return to_date_or_none("grievance_since", value)


def _last_contact(value: Day | None) -> dt.date | None:
    return to_date_or_none("last_contact", value)


def _since(value: Day | None) -> dt.date | None:
    return to_date_or_none("since", value)


def _kept_on(value: Day | None) -> dt.date | None:
    return to_date_or_none("kept_on", value)


def _due(value: Day) -> dt.date:
    return to_date("due", value)


@frozen
class Account:
    """A customer or prospect company.

    `tier` and `cadence` are names, empty where they are to be worked out; `value` and
    `potential` are money a year; `status` other than `active` means it is not touched.
    `latitude` and `longitude` are degrees, both or neither; `located_by` says how they are
    known, where they were found by the address. `extra` holds the columns of
    the list that mean nothing to the planner.
    """

    account_id: str = field(validator=not_empty)
    name: str = field(validator=not_empty)
    status: str = field(default=ACTIVE, kw_only=True)
    tier: str = field(default="", kw_only=True)
    cadence: str = field(default="", kw_only=True)
    value: float | None = field(default=None, kw_only=True, validator=number_or_none)
    potential: float | None = field(default=None, kw_only=True, validator=number_or_none)
    relationship: Relationship = field(
        default=Relationship.UNKNOWN, kw_only=True, converter=Relationship
    )
    grievance: str = field(default="", kw_only=True)
    grievance_since: dt.date | None = field(default=None, kw_only=True, converter=_grievance_since)
    owner: str = field(default="", kw_only=True)
    last_contact: dt.date | None = field(default=None, kw_only=True, converter=_last_contact)
    street: str = field(default="", kw_only=True)
    city: str = field(default="", kw_only=True)
    region: str = field(default="", kw_only=True)
    postal_code: str = field(default="", kw_only=True)
    country: str = field(default="", kw_only=True)
    latitude: float | None = field(default=None, kw_only=True, validator=number_or_none)
    longitude: float | None = field(default=None, kw_only=True, validator=number_or_none)
    located_by: Precision = field(default=Precision.GIVEN, kw_only=True, converter=Precision)
    timezone: str = field(default="", kw_only=True)
    phone: str = field(default="", kw_only=True)
    email: str = field(default="", kw_only=True)
    visit_hours: OpeningHours | None = field(default=None, kw_only=True, converter=to_opening_hours)
    closed_dates: tuple[Span, ...] = field(default=(), kw_only=True, converter=to_spans)
    do_not_contact: bool = field(default=False, kw_only=True)
    notes: str = field(default="", kw_only=True)
    extra: Mapping[str, str] = field(default=NOTHING, kw_only=True, converter=frozen_mapping)

    @property
    def is_active(self) -> bool:
        """Whether the account is worked at all."""
        return self.status == ACTIVE

    @property
    def has_grievance(self) -> bool:
        """Whether a complaint is open, said by its text or by the relationship."""
        return bool(self.grievance) or self.relationship is Relationship.GRIEVANCE

    @property
    def coordinates(self) -> Coordinates | None:
        """Where it is, if that is known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Coordinates(self.latitude, self.longitude)

    @property
    def precision(self) -> Precision:
        """How its place is known; `unknown` where it is not."""
        return self.located_by if self.coordinates else Precision.UNKNOWN

    @property
    def address(self) -> str:
        """The postal address in one line, without the country."""
        town = " ".join(filter(None, (self.region, self.postal_code)))
        return ", ".join(filter(None, (self.street, self.city, town)))


@frozen
class Contact:
    """A person at an account.

    `role` is a word such as decision_maker, sponsor, user, finance or former; `since` the
    day on which the person took it on. `consents` says by channel what the person allows;
    a channel that is not named is unknown. `prefers` is a channel. The address is empty
    where it is the account's.
    """

    contact_id: str = field(validator=not_empty)
    account_id: str = field(validator=not_empty)
    name: str = field(validator=not_empty, kw_only=True)
    role: str = field(default="", kw_only=True)
    since: dt.date | None = field(default=None, kw_only=True, converter=_since)
    title: str = field(default="", kw_only=True)
    phone: str = field(default="", kw_only=True)
    email: str = field(default="", kw_only=True)
    street: str = field(default="", kw_only=True)
    city: str = field(default="", kw_only=True)
    region: str = field(default="", kw_only=True)
    postal_code: str = field(default="", kw_only=True)
    country: str = field(default="", kw_only=True)
    latitude: float | None = field(default=None, kw_only=True, validator=number_or_none)
    longitude: float | None = field(default=None, kw_only=True, validator=number_or_none)
    timezone: str = field(default="", kw_only=True)
    call_hours: OpeningHours | None = field(default=None, kw_only=True, converter=to_opening_hours)
    prefers: str = field(default="", kw_only=True)
    consents: Mapping[str, Consent] = field(
        default=FrozenDict(), kw_only=True, converter=to_consents
    )
    do_not_contact: bool = field(default=False, kw_only=True)
    cadence: str = field(default="", kw_only=True)
    notes: str = field(default="", kw_only=True)
    extra: Mapping[str, str] = field(default=NOTHING, kw_only=True, converter=frozen_mapping)

    def consent(self, channel: str) -> Consent:
        """What the person said to that channel."""
        return self.consents.get(channel, Consent.UNKNOWN)


@frozen
class Promise:
    """What is owed to an account, or to one contact of it, by a day; `purpose` says why."""

    promise_id: str = field(validator=not_empty)
    account_id: str = field(validator=not_empty)
    what: str = field(kw_only=True)
    due: dt.date = field(kw_only=True, converter=_due)
    contact_id: str = field(default="", kw_only=True)
    channel: str = field(default="call", kw_only=True)
    purpose: str = field(default="promise", kw_only=True)
    kept_on: dt.date | None = field(default=None, kw_only=True, converter=_kept_on)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.kept_on is None
