"""What the other touches of a plan change in the brief and in the reason of one."""

import datetime as dt

import pytest
from rows import a_touch
from small import owed_of, small

from campaign.explaining import Reasoning, brief
from campaign.model.accounts import Account, Contact, Promise
from campaign.model.cadences import Cadence, Step
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.touches import Status

DENTAL = Account("A-1", "Cascade Dental", tier="A", phone="1", street="1 Oak St")
INVOICE = Promise("P-1", "A-1", what="send the invoice", due=dt.date(2027, 1, 15))
VISIT = ("A-1/A-1/visit", "01-18", "call")


def why(territory: Territory, *rows: tuple[str, str, str]) -> str:
    """Why the last row stands as it does."""
    touches = [a_touch(touch_id, date, channel, of=territory) for touch_id, date, channel in rows]
    return Reasoning(territory, touches).why(touches[-1])


def told_on(date: str, **of_the_promise: object) -> str:
    """The brief of a call on a date, beside the promise that is kept on 15 January."""
    territory = small(DENTAL, promises=[INVOICE])
    kept = a_touch("A-1/A-1/P-1", "01-15", "call", of=territory, **of_the_promise)
    touch = a_touch("A-1/A-1/call", date, "call", of=territory)
    return Reasoning(territory, [kept, touch]).brief(touch)


def test_a_promise_that_the_plan_keeps_before_is_not_named_any_more() -> None:
    assert "invoice" in told_on("01-14")
    assert "invoice" in told_on("01-15")
    assert "invoice" not in told_on("01-18")


def test_a_promise_whose_touch_reached_nobody_or_does_not_stand_is_still_open() -> None:
    assert "invoice" in told_on("01-18", status=Status.DONE, outcome="no answer")
    assert "invoice" in told_on("01-18", status=Status.MISSED)
    assert "invoice" not in told_on("01-18", status=Status.DONE, outcome="reached")


def test_without_a_plan_every_open_promise_is_named() -> None:
    territory = small(DENTAL, promises=[INVOICE])
    assert "invoice" in brief(territory, owed_of(territory, "A-1/A-1/review"))


def test_the_one_step_that_makes_good_with_a_further_contact_is_the_apology() -> None:
    hurt = Account("A-1", "Cascade", tier="B", grievance="late")
    people = [
        Contact("C-1", "A-1", name="Dana", role="decision_maker"),
        Contact("C-2", "A-1", name="Eli", cadence="own"),
    ]
    own = Cadence("own", [Step("sorry", "letter", "recover", within=9)])
    territory = small(hurt, contacts=people, cadences={"own": own})
    told = brief(territory, owed_of(territory, "A-1/C-2/sorry"))
    assert "Apologise for this very thing." in told
    assert brief(territory, owed_of(territory, "A-1/C-1/go")).count("Listen first.") == 1


def placed(latitude: float, **keys: object) -> Account:
    return Account("A-1", "Dental", tier="A", latitude=latitude, longitude=-123.03, **keys)  # type: ignore[arg-type]


def test_the_first_possible_channel_needs_no_word() -> None:
    assert "in place of" not in why(small(DENTAL), ("A-1/A-1/visit", "01-18", "visit"))


def test_another_channel_than_the_first_possible_one_is_told() -> None:
    assert why(small(DENTAL), VISIT).endswith(". By call in place of a visit.")


def test_a_channel_that_the_person_does_not_allow_is_not_the_first_possible_one() -> None:
    shy = Contact("A-1", "A-1", name="Dana", consents={"visit": "no"})
    assert "in place of" not in why(small(DENTAL, contacts=[shy]), VISIT)


@pytest.mark.parametrize(
    ("account", "capacity", "because"),
    [
        (placed(44.95, visit_hours="Sat 09:00-12:00"), Capacity(), "it is closed then"),
        (placed(48.9), Capacity(), "too far"),
        (placed(44.95), Capacity(minutes_per_day=60, ramp=()), "too far"),
        (placed(44.95), Capacity(minutes_per_day=50), "no room for the drive"),
    ],
)
def test_what_holds_for_every_day_of_the_window_is_told(
    account: Account, capacity: Capacity, because: str
) -> None:
    told = why(small(account, capacity=capacity), VISIT)
    assert told.endswith(f". By call in place of a visit: {because}.")


@pytest.mark.parametrize("last", [None, dt.date(2026, 9, 3)])
def test_when_they_were_last_in_touch_is_told_of_the_first_touch_alone(
    last: dt.date | None,
) -> None:
    territory = small(Account("A-1", "Cascade Dental", tier="A", phone="1", last_contact=last))
    hello = a_touch("A-1/A-1/hello", "01-04", "letter", of=territory)
    call = a_touch("A-1/A-1/call", "01-12", "call", of=territory)
    told = "Last contact 3 Sep 2026." if last else "No last contact is known."
    first, second = Reasoning(territory, [hello, call]).explained()
    assert (first.brief.endswith(told), second.brief) == (True, "")
