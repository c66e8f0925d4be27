import datetime as dt

import pytest
from small import PACED, owed_of, small

from campaign.demand import demand, open_days, open_weekdays
from campaign.model.accounts import Account, Consent, Contact, Promise, Relationship
from campaign.model.hours import OpeningHours
from campaign.model.rep import Capacity, Courtesy, Rep
from campaign.model.territory import Territory
from campaign.workdays import Span

DENTAL = Account("A-1", "Cascade Dental", tier="A")
MILLS = Account("A-2", "Riverbend Mills", tier="B")
ANN = Contact("C-1", "A-1", name="Ann", role="user")
BOB = Contact("C-2", "A-1", name="Bob", role="decision_maker")
CAL = Contact("C-3", "A-1", name="Cal", role="finance")


def ids(territory: Territory) -> list[str]:
    return [owed.touch_id for owed in demand(territory).owed]


def promise(promise_id: str = "P-1", **keys: object) -> Promise:
    values = {"what": "send it", "due": dt.date(2027, 1, 15), **keys}
    return Promise(promise_id, "A-1", **values)  # type: ignore[arg-type]


def test_an_account_without_contacts_is_its_own_contact() -> None:
    owed = owed_of(small(DENTAL), "A-1/A-1/hello")
    assert owed.person.contact_id == "A-1"
    assert owed.person.name == "Cascade Dental"


def test_every_step_of_the_tiers_cadence_is_owed_in_its_order() -> None:
    assert ids(small(MILLS, cadences=PACED)) == [
        f"A-2/A-2/{step}" for step in ("hello", "visit", "thanks", "news", "review")
    ]


def test_the_decision_maker_runs_the_accounts_cadence_and_one_other_is_kept_warm() -> None:
    cadences = {
        owed.run.contact.contact_id: owed.cadence
        for owed in demand(small(DENTAL, contacts=[ANN, BOB, CAL])).owed
        if owed.run
    }
    assert cadences == {"C-2": "key-account", "C-1": "keep-warm"}


def test_more_contacts_at_once_let_more_contacts_run() -> None:
    territory = small(DENTAL, contacts=[ANN, BOB, CAL], capacity=Capacity(contacts_at_once=3))
    runs = [owed.run for owed in demand(territory).owed if owed.run]
    assert {run.contact.contact_id for run in runs} == {"C-1", "C-2", "C-3"}


def test_a_former_contact_runs_nothing_unless_given_a_cadence() -> None:
    gone = Contact("C-4", "A-1", name="Di", role="former")
    kept = Contact("C-5", "A-1", name="Ed", role="former", cadence="light")
    territory = small(DENTAL, contacts=[BOB, gone, kept])
    assert {owed.run.contact.name for owed in demand(territory).owed if owed.run} == {"Bob", "Ed"}


def test_a_step_with_a_role_goes_to_that_person_under_the_id_of_the_run() -> None:
    own = Contact("C-1", "A-1", name="Ann", role="user", cadence="key-account")
    territory = small(DENTAL, contacts=[BOB, own])
    visit = owed_of(territory, "A-1/C-1/visit")
    assert visit.person.contact_id == "C-2"
    assert owed_of(territory, "A-1/C-1/hello").person.contact_id == "C-1"


def test_an_inactive_account_is_owed_nothing() -> None:
    gone = Account("A-9", "Gone", tier="A", status="closed")
    assert "A-9" not in demand(small(DENTAL, gone)).by_account


def test_an_open_promise_is_owed_before_the_steps_and_a_kept_one_is_not() -> None:
    kept = promise("P-2", kept_on=dt.date(2026, 12, 1))
    territory = small(DENTAL, promises=[promise(), kept])
    assert ids(territory)[:2] == ["A-1/A-1/P-1", "A-1/A-1/hello"]
    assert "A-1/A-1/P-2" not in ids(territory)


def test_a_promise_is_a_required_touch_with_the_purpose_promise_to_the_one_it_was_made_to() -> None:
    territory = small(DENTAL, contacts=[ANN, BOB], promises=[promise(contact_id="C-1")])
    owed = owed_of(territory, "A-1/C-1/P-1")
    assert (owed.cadence, owed.step.purpose, owed.step.required) == ("promises", "promise", True)
    assert owed.person == ANN
    assert owed.channels == ("call",)


def test_a_promise_to_nobody_in_particular_goes_to_the_main_contact() -> None:
    territory = small(DENTAL, contacts=[ANN, BOB], promises=[promise()])
    assert owed_of(territory, "A-1/C-2/P-1").person == BOB


def test_a_no_closes_a_channel_and_the_preferred_one_comes_first() -> None:
    shy = Contact("C-1", "A-1", name="Ann", consents={"call": Consent.NO})
    keen = Contact("C-1", "A-1", name="Ann", prefers="letter")
    of_shy, of_keen = (small(DENTAL, contacts=[one], cadences=PACED) for one in (shy, keen))
    assert owed_of(of_shy, "A-1/C-1/call").channels == ("letter",)
    assert owed_of(of_keen, "A-1/C-1/call").channels == ("letter", "call")


def test_unknown_consent_is_as_the_policy_says() -> None:
    told = Contact("C-1", "A-1", name="Ann", consents={"letter": Consent.YES})
    territory = small(DENTAL, contacts=[told], courtesy=Courtesy(unknown_consent="deny"))
    assert owed_of(territory, "A-1/C-1/call").channels == ("letter",)


def test_an_account_that_wants_no_contact_is_owed_all_by_no_channel() -> None:
    gone = Account("A-1", "Cascade", tier="B", do_not_contact=True)
    territory = small(gone, cadences=PACED)
    owed = demand(territory).owed
    assert len(owed) == len(territory.cadences["standard"].steps)
    assert {touch.channels for touch in owed} == {()}
    assert owed[0].wanted_channels == ("letter",)


def test_only_the_main_runs_first_step_opens_a_grievance_account() -> None:
    hurt = Account("A-1", "Cascade", tier="A", grievance="late")
    opening = [o.touch_id for o in demand(small(hurt, contacts=[ANN, BOB])).owed if o.opens]
    assert opening == ["A-1/C-2/go"]
    assert not any(owed.opens for owed in demand(small(DENTAL)).owed)


def test_a_prospect_runs_the_cadence_of_prospects_and_keeps_its_tiers_weight() -> None:
    account = Account("A-1", "New", tier="B", relationship=Relationship.PROSPECT)
    owed = owed_of(small(account), "A-1/A-1/hello")
    assert (owed.cadence, owed.weight) == ("prospect", 3)


@pytest.mark.parametrize(
    ("since", "cadence"),
    [(dt.date(2026, 11, 16), "new-decision-maker"), (dt.date(2026, 1, 5), "key-account")],
)
def test_a_decision_maker_since_recently_is_introduced_anew(since: dt.date, cadence: str) -> None:
    new = Contact("C-1", "A-1", name="Ann", role="decision_maker", since=since)
    assert owed_of(small(DENTAL, contacts=[new]), "A-1/C-1/hello").cadence == cadence


def test_open_days_leave_out_leave_closed_dates_and_closed_weekdays() -> None:
    account = Account(
        "A-1",
        "Cascade",
        tier="A",
        visit_hours=OpeningHours.parse("Tue 09:00-12:00"),
        closed_dates=[Span(dt.date(2027, 1, 12), dt.date(2027, 1, 12))],
    )
    rep = Rep("Ann", leave=[Span(dt.date(2027, 1, 18), dt.date(2027, 1, 22))])
    territory = small(account, rep=rep, days=30)
    visit = owed_of(territory, "A-1/A-1/visit")
    assert open_days(territory, visit, "visit") == (
        dt.date(2027, 1, 5),
        dt.date(2027, 1, 26),
        dt.date(2027, 2, 2),
    )
    assert dt.date(2027, 1, 11) in open_days(territory, visit, "call")


def test_open_days_leave_out_the_public_holidays_of_the_accounts_country() -> None:
    territory = small(Account("A-1", "Cascade", tier="A", country="US"))
    days = open_days(territory, owed_of(territory, "A-1/A-1/hello"), "letter")
    assert dt.date(2027, 1, 18) not in days
    assert dt.date(2027, 1, 19) in days


def test_there_is_no_open_day_by_a_channel_that_is_not_allowed() -> None:
    shy = Contact("C-1", "A-1", name="Ann", consents={"call": Consent.NO})
    territory = small(DENTAL, contacts=[shy])
    assert open_days(territory, owed_of(territory, "A-1/C-1/call"), "call") == ()


def test_call_hours_of_the_person_bind_calls_and_no_visit() -> None:
    person = Contact("C-1", "A-1", name="A", call_hours=OpeningHours.parse("Wed 10:00-11:00"))
    territory = small(DENTAL, contacts=[person])
    visit = owed_of(territory, "A-1/C-1/visit")
    assert open_weekdays(territory, visit, "call") == {2}
    assert open_weekdays(territory, visit, "visit") == set(range(7))
