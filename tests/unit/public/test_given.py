"""The cells of a data frame are converted by a constructor, or refused by the field's name."""

# ruff: noqa: ANN401 (cells may hold anything)

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pendulum
import pytest

from campaign import Account, CampaignError, Capacity, Channel, Contact, Promise, Rep, Territory
from campaign.model.accounts import Consent, Relationship

NAN = float("nan")
DAY = dt.date(2027, 1, 4)


def account(**cells: Any) -> Account:
    """An account with cells of a frame, whatever their types."""
    return Account(**{"account_id": "A-1", "name": "Cascade Dental"} | cells)


def frames(**given: object) -> dict[str, Any]:
    """What a territory is made of, and something that no type checker would let through."""
    return {"rep": Rep("Rep"), "accounts": [account()], "start": DAY, **given}


def cell(field: str, value: object) -> dict[str, Any]:
    """What no type checker would let through."""
    return {field: value}


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("account_id", 7, "7"),
        ("account_id", 7.0, "7"),
        ("account_id", np.int64(12), "12"),
        ("account_id", " 007 ", "007"),
        ("status", "Active", "active"),
        ("status", NAN, "active"),
        ("tier", None, ""),
        ("do_not_contact", "no", False),
        ("do_not_contact", "Yes", True),
        ("do_not_contact", 1.0, True),
        ("do_not_contact", np.bool_(0), False),
        ("do_not_contact", NAN, False),
        ("do_not_contact", pd.NA, False),
        ("notes", NAN, ""),
        ("phone", 5415851007.0, "5415851007"),
        ("phone", Decimal(5415851007), "5415851007"),
        ("country", NAN, ""),
        ("postal_code", 97301, "97301"),
        ("value", "1200.50", 1200.5),
        ("value", np.float64(3.5), 3.5),
        ("value", NAN, None),
        ("value", pd.NA, None),
        ("relationship", "Good", Relationship.GOOD),
        ("relationship", NAN, Relationship.UNKNOWN),
        ("last_contact", pd.NaT, None),
        ("last_contact", pd.Timestamp("2027-01-04 13:00"), DAY),
        ("last_contact", np.datetime64("2027-01-04"), DAY),
        ("last_contact", np.datetime64("2027-01-04T10:00:00.000000000"), DAY),
        ("last_contact", pendulum.datetime(2027, 1, 4, 5), DAY),
        ("last_contact", "2027-01-04T00:00:00", DAY),
        ("visit_hours", NAN, None),
        ("closed_dates", NAN, ()),
    ],
)
def test_a_cell_becomes_what_the_field_holds(field: str, cell: object, value: object) -> None:
    found = getattr(account(**{field: cell}), field)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("account_id", NAN),
        ("account_id", True),
        ("name", ["Cascade"]),
        ("phone", float("inf")),
        ("phone", b"541"),
        ("timezone", "Foo/Bar"),
        ("do_not_contact", "maybe"),
        ("value", True),
        ("value", 10**400),
        ("value", float("inf")),
        ("value", "12,5 k"),
        ("latitude", 91),
        ("longitude", "east"),
        ("relationship", "friendly"),
        ("last_contact", "4 January"),
        ("last_contact", 20270104),
        ("visit_hours", "whenever"),
        ("closed_dates", ["soon"]),
        ("extra", "size"),
    ],
)
def test_what_cannot_be_read_is_refused_by_kind_and_field(field: str, cell: object) -> None:
    with pytest.raises(CampaignError, match=f"^Account {field}: ") as caught:
        account(**{field: cell})
    assert isinstance(caught.value, ValueError)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("make", "place"),
    [
        (lambda: Contact("C", "A", name="Ada", consents={"call": "maybe"}), "Contact consents"),
        (lambda: Promise("P", "A", what="a list", due=pd.NaT), "Promise due"),
        (lambda: Rep("Rep", timezone="Foo/Bar"), "Rep timezone"),
        (lambda: Rep("Rep", lunch_minutes=-1), "Rep lunch_minutes"),
        (lambda: Capacity(**cell("minutes_per_week", "much")), "Capacity minutes_per_week"),
        (lambda: Channel("fax", **cell("minutes", 2.5)), "Channel minutes"),
        (lambda: Territory(Rep("Rep"), [account()], start="soon"), "Territory start"),
        (lambda: Territory(Rep("Rep"), [account()], start=DAY, days=45), "Territory days"),
        (lambda: Territory(**frames(rep="me")), "Territory rep"),
        (lambda: Territory(**frames(accounts=[{"account_id": "A-1"}])), "Territory accounts"),
        (lambda: Territory(**frames(accounts=7)), "Territory accounts"),
        (lambda: Territory(**frames(contacts=[account()])), "Territory contacts"),
        (lambda: Territory(**frames(policy=Capacity())), "Territory policy"),
        (lambda: Territory(**frames(capacity=600)), "Territory capacity"),
        (lambda: Territory(**frames(channels=5)), "Territory channels"),
    ],
)
def test_every_value_of_the_question_names_what_is_wrong_in_it(make: Any, place: str) -> None:
    with pytest.raises(CampaignError, match=f"^{place}: .*"):
        make()


def test_consents_are_words_or_true_and_false() -> None:
    cells: Any = {"call": True, "visit": "no", "letter": NAN, "email": np.bool_(0)}
    person = Contact("C", "A", name="Ada", consents=cells)
    assert dict(person.consents) == {
        "call": Consent.YES,
        "visit": Consent.NO,
        "letter": Consent.UNKNOWN,
        "email": Consent.NO,
    }


def test_whole_numbers_of_a_frame_stay_whole() -> None:
    cells: Any = 600.0
    minutes = Capacity(minutes_per_week=cells).minutes_per_week
    assert (minutes, type(minutes)) == (600, int)
