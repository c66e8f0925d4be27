"""Values from the texts that files use, so that Python users need no more names."""

import datetime as dt

import pytest
from attrs import evolve
from small import small

from campaign import Account, Channel, Contact, Rep, Territory
from campaign.model.accounts import Consent
from campaign.model.hours import OpeningHours, parse_day
from campaign.model.policy import Policy
from campaign.model.values import with_known
from campaign.workdays import Span


def test_leave_and_closed_dates_are_spans_or_texts() -> None:
    week = Span(dt.date(2027, 2, 15), dt.date(2027, 2, 19))
    day = Span(dt.date(2027, 3, 1), dt.date(2027, 3, 1))
    assert Rep("Ann", leave=["2027-02-15/2027-02-19", day]).leave == (week, day)
    assert Account("A-1", "C", closed_dates=["2027-03-01"]).closed_dates == (day,)


def test_hours_are_values_or_texts() -> None:
    hours = OpeningHours.parse("Mon-Fri 09:00-12:00")
    assert Account("A-1", "C", visit_hours="Mon-Fri 09:00-12:00").visit_hours == hours
    assert Contact("P", "A-1", name="Ann", call_hours=hours).call_hours == hours
    assert Rep("Ann", hours={"tue": "08:00-12:00"}).hours == {1: parse_day("08:00-12:00")}


def test_consents_are_values_or_words() -> None:
    person = Contact("P", "A-1", name="Ann", consents={"call": "no", "visit": Consent.YES})
    assert (person.consent("call"), person.consent("visit")) == (Consent.NO, Consent.YES)
    with pytest.raises(ValueError, match="maybe"):
        Contact("P", "A-1", name="Ann", consents={"call": "maybe"})


def test_own_channels_and_cadences_stand_beside_those_that_ship() -> None:
    territory: Territory = small(channels={"fax": Channel("fax", 2)})
    assert set(territory.channels) == {*Policy().channels, "fax"}
    assert territory.cadences == Policy().cadences


def test_a_value_with_known_fields_is_the_same_but_for_them() -> None:
    account = Account("A-1", "Acme", extra={"Fax": "5"}, value=5.0)
    changed = with_known(account, tier="B", latitude=44.5, longitude=-123.0)
    assert changed == evolve(account, tier="B", latitude=44.5, longitude=-123.0)
    assert hash(changed) == hash(evolve(account, tier="B", latitude=44.5, longitude=-123.0))
    assert changed.coordinates is not None
    assert account.tier == ""
    assert with_known(account) == account
