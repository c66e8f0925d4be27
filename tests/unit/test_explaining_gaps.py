"""What is said of a person whom a channel does not reach: what came back, what is to be found."""

import datetime as dt
from collections.abc import Mapping

import pytest
from attrs import evolve
from replanned import anew, logged, row
from small import PACED
from small import small as of_all_that_ships

from campaign import plan
from campaign.explaining import explain
from campaign.explaining.remedies import Hindrance, Missing
from campaign.model.accounts import Account, Consent, Contact
from campaign.model.rep import Courtesy
from campaign.model.territory import Territory
from campaign.touches import LeftOut, Plan, ReasonCode

CASCADE = Account("A-1", "Cascade", tier="A", phone="1")
TUESDAY = dt.date(2027, 1, 12)


def small(*accounts: Account, **keys: object) -> Territory:
    """A territory whose cadences are the tests' own, and in which nothing takes another's place."""
    return of_all_that_ships(*accounts, cadences=PACED, courtesy=Courtesy(substitute=False), **keys)


def came_back(*people: Contact) -> Plan:
    """The plan of one account, a week after its first letter, which came back."""
    made = plan(small(CASCADE, contacts=people), effort=0)
    hello = next(touch for touch in made.touches if touch.step == "hello")
    return anew(logged(made, hello.touch_id, "returned_mail"), TUESDAY).campaign


def left_out(of: Plan) -> Mapping[str, LeftOut]:
    return {one.step: one for one in of.left_out}


def test_a_letter_that_came_back_is_no_wish_of_theirs_and_asks_for_the_address() -> None:
    thanks = left_out(came_back())["thanks"]
    assert thanks.reason_code is ReasonCode.NO_CONSENT
    assert thanks.reason == (
        "No letter reaches Cascade (returned mail, sent Mon 4 Jan): find the right address (R6). "
        f"{Hindrance.TO_FIND.value}"
    )


def test_what_somebody_refuses_is_told_beside_what_came_back() -> None:
    dana = Contact("C-1", "A-1", name="Dana", role="decision_maker", consents={"call": Consent.NO})
    told = left_out(came_back(dana))["call"].reason
    assert told.startswith(
        "Dana does not allow call. No letter reaches Dana (returned mail, sent Mon 4 Jan): find"
    )


def test_the_account_s_page_gives_the_same_reason() -> None:
    again = came_back()
    thanks = left_out(again)["thanks"]
    (missing,) = (
        one
        for one in explain(again, "A-1").touches
        if isinstance(one, Missing) and one.left_out == thanks
    )
    assert (missing.hindrance, missing.freed) == (Hindrance.TO_FIND, None)
    assert thanks.reason.startswith(missing.cause)


def test_what_follows_a_letter_that_came_back_does_not_say_that_it_arrived() -> None:
    call = row(came_back(), "A-1/A-1/call")
    assert 'after the letter "hello" was to arrive (by Mon 11 Jan; it came back)' in call.why


@pytest.mark.parametrize(("email", "is_advised"), [("", False), ("a@example.com", True)])
def test_no_change_asks_for_a_channel_whose_address_is_not_known(
    email: str, *, is_advised: bool
) -> None:
    dana = Contact(
        "C-1", "A-1", name="Dana", consents={"letter": Consent.NO, "postcard": Consent.NO}
    )
    made = plan(small(evolve(CASCADE, email=email), contacts=[dana]), effort=0)
    thanks = left_out(made)["thanks"]
    assert ("Email as a channel" in thanks.reason) is is_advised
