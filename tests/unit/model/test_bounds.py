"""What single values take and refuse, and how the large ones show themselves."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pendulum
import pytest
from handmade import campaign, territory
from small import small

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.cadences import Gap, Step
from campaign.model.channels import Channel
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity, Courtesy, Rep, Travel

DAY = dt.date(2027, 1, 4)
MARTIN_LUTHER_KING = dt.date(2027, 1, 18)


@pytest.mark.parametrize("given", ["2027-01-04", dt.datetime(2027, 1, 4, 9), DAY])  # noqa: DTZ001
def test_a_date_may_be_a_text_or_a_date_and_time(given: str | dt.date) -> None:
    assert small(start=given).start == DAY
    account = Account("A", "A", grievance_since=given, last_contact=given)
    assert (account.grievance_since, account.last_contact) == (DAY, DAY)
    assert Contact("C", "A", name="C", since=given).since == DAY
    promise = Promise("P", "A", what="x", due=given, kept_on=given)
    assert (promise.due, promise.kept_on) == (DAY, DAY)
    assert not isinstance(promise.due, dt.datetime)


def test_a_date_of_pendulum_stays_one() -> None:
    assert isinstance(small(start=pendulum.date(2027, 1, 4)).start, pendulum.Date)


def wrong(name: str, value: object) -> dict[str, Any]:
    """An argument that the types do not allow."""
    return {name: value}


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: small(start="soon"), "start"),
        (lambda: Account("A", "A", last_contact="31/04/2027"), "last_contact"),
        (lambda: Account("A", "A", **wrong("grievance_since", 3)), "grievance_since"),
        (lambda: Contact("C", "A", name="C", since=""), "since"),
        (lambda: Promise("P", "A", what="x", **wrong("due", None)), "due"),
        (lambda: Account("A", "A", **wrong("value", "twelve")), "value"),
        (lambda: Account("A", "A", potential=float("inf")), "potential"),
        (lambda: Account("A", "A", **wrong("latitude", "north")), "latitude"),
        (lambda: Account("A", "A", longitude=True), "longitude"),
        (lambda: small(start=dt.date(9999, 1, 4)), "start"),
        (lambda: small(start=dt.date(1899, 1, 4)), "start"),
        (lambda: small(days=3_000_000), "days"),
        (lambda: Capacity(minutes_per_day=1441), "minutes_per_day"),
        (lambda: Capacity(minutes_per_week=10_081), "minutes_per_week"),
        (lambda: Rep("R", lunch_minutes=1441), "lunch_minutes"),
        (lambda: Courtesy(gap=1001), "gap"),
        (lambda: Channel("fax", 1441), "minutes"),
        (lambda: Channel("fax", 1, per_day=1_000_001), "per_day"),
        (lambda: Channel("fax", 1, per_week=1_000_001), "per_week"),
        (lambda: Channel("fax", 1, transit=(1, 366)), "transit"),
        (lambda: Tier("A", weight=1_000_001), "weight"),
        (lambda: Step("s", "call", "listen", gap=[1, 1001]), "gap"),
        (lambda: Step("s", "call", "listen", within=1001), "within"),
        (lambda: Travel(speed_kmh=0.5), "speed_kmh"),
        (lambda: Travel(unknown_minutes=1441), "unknown_minutes"),
    ],
)
def test_what_means_nothing_is_refused_by_its_name(make: Callable[[], object], name: str) -> None:
    with pytest.raises(ValueError, match=name):
        make()


def test_gaps_may_add_up_to_more_than_one_may_have() -> None:
    assert (Gap(1, 1000) + Gap(1, 1000)).most == 2000


def test_a_territory_and_a_plan_show_themselves_in_one_line() -> None:
    assert repr(territory()) == (
        "<Territory 'Willamette, by hand' 2027-01-04/2027-04-03: "
        "5 accounts, 2 contacts, 1 promises>"
    )
    assert repr(campaign()) == f"<Campaign of {territory()!r}: 9 touches, 3 left out>"


def test_days_that_the_rep_works_are_still_holidays_of_accounts_abroad() -> None:
    here, there = Account("A-1", "Here", country="CA"), Account("A-2", "There", country="US")
    rep = Rep("Ann", country="CA", not_holidays=[MARTIN_LUTHER_KING, dt.date(2027, 3, 26)])
    found = small(here, there, rep=rep)
    assert MARTIN_LUTHER_KING in found.account_holidays(there)
    assert dt.date(2027, 3, 26) not in found.account_holidays(here)
    assert found.calendar.is_business_day(dt.date(2027, 3, 26))
