"""How long a letter takes, by where it goes."""

from typing import Any

import pytest
from attrs import evolve
from small import small

from campaign import plan
from campaign.model.accounts import Account, Contact
from campaign.model.channels import Channel
from campaign.model.post import days_in_post, days_in_post_of, has_own_address
from campaign.model.rep import Rep
from campaign.model.territory import Territory

HERE = Rep("Ann", home=(48.1, 11.6), country="DE")


def account(**keys: Any) -> Account:  # noqa: ANN401 (whatever an account takes)
    return Account("A-1", "Acme", **{"street": "Rua 1", "city": "Recife", **keys})


def person(**keys: Any) -> Contact:  # noqa: ANN401 (whatever a contact takes)
    return Contact("P-1", "A-1", name="Ada", **keys)


def days(home: str, there: Account, who: Contact | None = None) -> int:
    territory = small(there, rep=evolve(HERE, country=home))
    return days_in_post(territory, "letter", there, who)


@pytest.mark.parametrize(
    ("home", "there", "right"),
    [
        ("DE", "DE", 5),
        ("DE", "BR", 12),
        ("DE", "", 5),
        ("", "BR", 5),
        ("DE", "Atlantis", 5),
        ("US", "CA", 12),
    ],
)
def test_a_letter_to_another_country_has_its_own_time(home: str, there: str, right: int) -> None:
    assert days(home, account(country=there)) == right


def test_the_country_is_that_of_the_address_that_is_written_on_it() -> None:
    at_home = account(country="DE")
    abroad = person(street="Main St 1", city="Boston", country="US")
    assert days("DE", at_home, abroad) == 12
    assert days("DE", at_home, evolve(abroad, street="")) == 5
    assert days("DE", account(country="US"), person(country="DE")) == 12
    assert days("DE", account(country="US"), evolve(abroad, country="")) == 12


def test_a_person_without_a_whole_address_is_written_to_where_the_account_has_none() -> None:
    nowhere = account(street="", city="", country="")
    assert has_own_address(person(city="Boston"), nowhere)
    assert days("DE", nowhere, person(city="Boston", country="US")) == 12


def test_what_is_no_post_takes_no_days_and_a_channel_of_ones_own_may_have_no_abroad() -> None:
    there = account(country="BR")
    parcel = Channel("parcel", 10, transit=(1, 3))
    territory = small(there, rep=HERE, channels={"parcel": parcel})
    found = {name: days_in_post(territory, name, there, None) for name in territory.channels}
    assert found == {"letter": 12, "postcard": 12, "call": 0, "visit": 0, "email": 0, "parcel": 3}
    assert days_in_post(territory, "pigeon", there, None) == 0


def test_a_row_is_asked_by_its_ids_which_the_lists_may_have_no_more() -> None:
    abroad = person(street="Main St 1", city="Boston", country="US")
    territory = small(account(country="DE"), rep=HERE, contacts=[abroad])
    assert days_in_post_of(territory, "letter", "A-1", "P-1") == 12
    assert days_in_post_of(territory, "letter", "A-1", "gone") == 5
    assert days_in_post_of(territory, "letter", "gone", "P-1") == 5


def mixed() -> Territory:
    """Six alike accounts, every other one abroad."""
    accounts = [
        Account(
            f"A-{n}", f"Acme {n}", tier="A", country="DE" if n % 2 else "FR", phone=f"+49 89 {n}"
        )
        for n in range(6)
    ]
    return small(*accounts, rep=HERE)


def test_alike_accounts_at_home_and_abroad_are_planned_by_their_own_post() -> None:
    campaign = plan(mixed(), effort=30)
    assert not campaign.violations()
    first = {
        touch.account_id: touch
        for touch in campaign.touches
        if touch.channel == "letter" and touch.step == "hello"
    }
    calendar = campaign.territory.calendar
    assert len(first) == 6
    for account_id, touch in first.items():
        in_post = 5 if int(account_id[2:]) % 2 else 12
        assert touch.arrives == calendar.after(touch.date, in_post)


def test_what_follows_a_letter_abroad_waits_for_its_arrival() -> None:
    campaign = plan(mixed(), effort=30)
    by_id = {touch.touch_id: touch for touch in campaign.touches}
    after = {step.name: step.after for step in campaign.territory.cadences["key-account"].steps}
    followers = [
        (touch, by_id[touch.touch_id.replace(touch.step, after[touch.step] or "-")])
        for touch in campaign.touches
        if touch.touch_id.replace(touch.step, after.get(touch.step) or "-") in by_id
    ]
    posted = [(one, above) for one, above in followers if above.arrives]
    assert posted
    assert all(above.arrives and one.date >= above.arrives for one, above in posted)
