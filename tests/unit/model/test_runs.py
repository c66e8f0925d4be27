"""Who runs which cadence, and which person a step goes to."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from byhand import a_territory, an_account

from campaign.model.accounts import Consent, Contact, Relationship
from campaign.model.cadences import Step
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity, Courtesy
from campaign.model.runs import (
    Run,
    channels_for,
    main_contact,
    person_for,
    runs_of,
    touch_id,
)
from campaign.model.territory import Territory

DECIDES = {"role": "decision_maker"}


def person(number: int, **others: Any) -> Contact:
    return Contact(f"C-{number}", "A-1", name=f"Person {number}", **others)


def territory(*people: Contact, account: Any = None, **others: Any) -> Territory:
    """A-1 in a tier that runs `key`, and `warm` for others."""
    usual: dict[str, Any] = {
        "tiers": (Tier("A", cadence="key", others="warm"),),
        "courtesy": Courtesy(new_cadence="plain"),
    }
    return a_territory(account or an_account(), contacts=people, **usual | others)


def runs(of: Territory) -> list[tuple[str, str, bool]]:
    found = runs_of(of, of.account("A-1"))
    return [(run.contact.contact_id, run.cadence.name, run.is_main) for run in found]


def main(of: Territory) -> str:
    return main_contact(of, of.account("A-1")).contact_id


def test_the_decision_maker_is_the_main_contact() -> None:
    assert main(territory(person(1), person(2, **DECIDES), person(3, **DECIDES))) == "C-2"


def test_without_a_decision_maker_it_is_the_first() -> None:
    assert main(territory(person(1, role="user"), person(2))) == "C-1"


def test_without_anybody_the_account_is_its_own_contact() -> None:
    found = territory()
    itself = main_contact(found, found.account("A-1"))
    assert (itself.contact_id, itself.name) == ("A-1", "Firm A-1")


def test_who_has_moved_on_is_passed_over() -> None:
    assert main(territory(person(1, role="former"), person(2))) == "C-2"
    assert main(territory(person(1, role="former"))) == "A-1"


def test_who_wants_no_contact_is_passed_over_while_there_is_anybody_else() -> None:
    assert main(territory(person(1, do_not_contact=True, **DECIDES), person(2))) == "C-2"
    assert main(territory(person(1, do_not_contact=True))) == "C-1"


def test_the_main_contact_runs_the_tiers_cadence_and_another_one_what_others_run() -> None:
    assert runs(territory(person(1), person(2, **DECIDES))) == [
        ("C-2", "key", True),
        ("C-1", "warm", False),
    ]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_only_so_many_contacts_run_at_once(most: int) -> None:
    found = territory(
        *[person(number) for number in range(1, 5)], capacity=Capacity(contacts_at_once=most)
    )
    assert [contact for contact, _, _ in runs(found)] == ["C-1", "C-2", "C-3"][:most]


def test_others_run_nothing_where_the_tier_names_nothing() -> None:
    alone = (Tier("A", cadence="key", others=""),)
    assert runs(territory(person(1), person(2), tiers=alone)) == [("C-1", "key", True)]
    own = person(2, cadence="plain")
    assert runs(territory(person(1), own, tiers=alone))[1:] == [("C-2", "plain", False)]


def test_a_former_contact_runs_only_what_was_given() -> None:
    former = person(1, role="former")
    assert runs(territory(former, person(2))) == [("C-2", "key", True)]
    kept = evolve(former, cadence="warm")
    assert runs(territory(kept, person(2)))[1:] == [("C-1", "warm", False)]


def test_others_who_want_no_contact_run_nothing() -> None:
    assert runs(territory(person(1), person(2, do_not_contact=True))) == [("C-1", "key", True)]


def new(days: int) -> dt.date:
    return dt.date(2027, 1, 4) - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("role", "days", "cadence"),
    [
        ("decision_maker", 179, "plain"),
        ("decision_maker", 180, "key"),
        ("user", 10, "key"),
        ("decision_maker", -10, "plain"),
    ],
)
def test_a_new_decision_maker_runs_a_cadence_of_its_own(role: str, days: int, cadence: str) -> None:
    assert runs(territory(person(1, role=role, since=new(days)))) == [("C-1", cadence, True)]


def test_a_grievance_runs_its_cadence_before_a_new_decision_maker() -> None:
    angry = an_account(relationship=Relationship.GRIEVANCE)
    fresh = person(1, since=new(1), **DECIDES)
    assert runs(territory(fresh, account=angry)) == [("C-1", "recovery", True)]


def test_a_complaint_that_is_written_down_is_a_grievance() -> None:
    good = an_account(grievance="Invoiced twice", relationship=Relationship.GOOD)
    assert runs(territory(account=good)) == [("A-1", "recovery", True)]


def test_a_relationship_without_a_cadence_leaves_it_to_the_tier() -> None:
    assert runs(territory(account=an_account(relationship="prospect"))) == [("A-1", "key", True)]


def test_the_contacts_own_cadence_comes_before_the_accounts_and_that_before_all() -> None:
    own = an_account(cadence="plain", relationship="prospect")
    assert runs(territory(person(1), account=own)) == [("C-1", "plain", True)]
    assert runs(territory(person(1, cadence="warm"), account=own)) == [("C-1", "warm", True)]


def test_only_active_accounts_run() -> None:
    closed = an_account("A-2", status="closed")
    found = a_territory(an_account(), closed)
    runs = [run for account in found.active_accounts for run in runs_of(found, account)]
    assert [run.account.account_id for run in runs] == ["A-1"]


def goes_to(of: Territory, role: str | None, runner: int = 0) -> str:
    run: Run = runs_of(of, of.account("A-1"))[runner]
    step = Step("visit", "visit", "listen", contact=role)
    return person_for(of, run, step).contact_id


def test_a_step_goes_to_who_runs_it() -> None:
    assert goes_to(territory(person(1), person(2)), None, runner=1) == "C-2"


def test_a_step_for_a_role_goes_to_the_person_who_has_it() -> None:
    found = territory(person(1), person(2, role="finance"), person(3, role="finance"))
    assert goes_to(found, "finance") == "C-2"
    assert goes_to(found, "finance", runner=1) == "C-2"


def test_a_step_for_a_role_that_nobody_has_goes_to_the_main_contact() -> None:
    found = territory(person(1), person(2, **DECIDES))
    assert goes_to(found, "sponsor", runner=1) == "C-2"


def test_a_step_for_a_role_passes_over_who_wants_no_contact() -> None:
    alone = person(2, role="finance", do_not_contact=True)
    assert goes_to(territory(person(1), alone), "finance") == "C-1"


ANY = Step("any", ["call", "letter", "visit"], "listen")


def test_the_preferred_channel_comes_first() -> None:
    found = territory()
    assert channels_for(found, person(1), ANY) == ("call", "letter", "visit")
    assert channels_for(found, person(1, prefers="visit"), ANY) == ("visit", "call", "letter")
    assert channels_for(found, person(1, prefers="email"), ANY) == ("call", "letter", "visit")


def test_channels_that_are_refused_are_not_used() -> None:
    refusing = person(1, consents={"call": Consent.NO}, prefers="call")
    assert channels_for(territory(), refusing, ANY) == ("letter", "visit")
    assert channels_for(territory(), person(1, do_not_contact=True), ANY) == ()


def test_unknown_consent_is_refused_where_the_policy_denies() -> None:
    strict = territory(courtesy=Courtesy(unknown_consent="deny", new_cadence="plain"))
    assert channels_for(strict, person(1, consents={"visit": Consent.YES}), ANY) == ("visit",)


def test_ids_of_touches_keep_slashes_of_names_apart() -> None:
    assert touch_id("A-1", "C-1", "hello") == "A-1/C-1/hello"
    assert touch_id("A/1", "C%1", "a/b") == "A%2F1/C%251/a%2Fb"
    assert touch_id("A/1", "C", "x") != touch_id("A", "1/C", "x")


NOTHING_BUT = dict.fromkeys(("letter", "postcard", "call", "visit", "email"), Consent.NO)


@pytest.mark.parametrize(
    ("allowed", "step", "channels"),
    [
        (("letter", "email"), Step("call", ("call", "visit"), "listen"), ("letter",)),
        (("email", "postcard"), Step("call", ("call", "visit"), "listen"), ("postcard",)),
        (("call",), Step("hello", "letter", "introduce"), ("call",)),
        (("visit",), Step("hello", "letter", "introduce"), ()),
        (("postcard", "email"), Step("go", ("visit", "call"), "recover"), ("email",)),
        (("email",), Step("sorry", "letter", "recover"), ()),
        (("letter",), Step("P-7", "call", "promise"), ()),
    ],
)
def test_where_nothing_of_a_step_is_allowed_another_channel_takes_its_place(
    allowed: tuple[str, ...], step: Step, channels: tuple[str, ...]
) -> None:
    asked = person(1, consents=NOTHING_BUT | dict.fromkeys(allowed, Consent.YES))
    assert channels_for(territory(), asked, step) == channels
    alone = territory(courtesy=Courtesy(substitute=False))
    assert channels_for(alone, asked, step) == ()
