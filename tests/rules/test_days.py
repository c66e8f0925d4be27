"""R1 and R6: the days on which a touch may stand at all."""

import pytest
from attrs import evolve
from byhand import ROBIN, a_plan, a_territory, an_account, by
from rows import a_touch, day

from campaign.demand import demand
from campaign.model.accounts import Consent, Contact
from campaign.model.cadences import Step
from campaign.model.channels import Channel
from campaign.model.hours import OpeningHours
from campaign.model.policy import Policy
from campaign.model.priorities import Tier
from campaign.model.rep import Courtesy
from campaign.model.territory import Territory
from campaign.rules import violations
from campaign.rules.violations import Fault, Figure, Violation
from campaign.workdays import Span


def found(territory: Territory, date: str, channel: str = "call") -> tuple[Violation, ...]:
    touch = a_touch("A-1/A-1/call", date, channel, of=territory)
    return violations(a_plan(touch, of=territory))


def of_touch(
    territory: Territory, on: str, rule: str, fault: Fault, /, **figures: Figure
) -> Violation:
    return by(a_touch("A-1/A-1/call", on, of=territory), rule, fault, **figures)


def test_a_working_day_inside_the_campaign_is_right() -> None:
    assert not found(a_territory(), "01-04")


def test_the_last_working_day_is_right() -> None:
    assert not found(a_territory(), "04-02")


@pytest.mark.parametrize("date", ["01-03", "04-04", "12-31"])
def test_a_day_before_the_start_or_after_the_end_is_outside(date: str) -> None:
    territory = a_territory()
    span = {"start": day("01-04"), "end": day("04-03")}
    assert found(territory, date) == (
        of_touch(territory, date, "R1", Fault.OUTSIDE_CAMPAIGN, date=day(date), **span),
    )


@pytest.mark.parametrize("date", ["01-09", "01-18", "02-16"], ids=["saturday", "holiday", "leave"])
def test_a_day_on_which_the_rep_is_off_is_no_working_day(date: str) -> None:
    away = Span(day("02-15"), day("02-19"))
    territory = a_territory(an_account(country="GB"), rep=evolve(ROBIN, leave=(away,)))
    territory = evolve(territory, courtesy=Courtesy(call_hours=""))
    assert found(territory, date) == (
        of_touch(territory, date, "R1", Fault.NO_WORKING_DAY, date=day(date)),
    )


def test_a_channel_is_used_on_its_weekdays_only() -> None:
    call = Channel("call", minutes=16, weekdays=frozenset({0, 1}))
    territory = a_territory(channels={**Policy().channels, "call": call})
    assert not found(territory, "01-05")
    assert found(territory, "01-06") == (
        of_touch(territory, "01-06", "R1", Fault.CHANNEL_OFF, channel="call", weekday="Wednesday"),
    )


def test_an_account_that_wants_no_contact_gets_none() -> None:
    territory = a_territory(an_account(do_not_contact=True))
    assert found(territory, "01-05") == (
        of_touch(territory, "01-05", "R6", Fault.ACCOUNT_NOT_TO_BE_CONTACTED, account="A-1"),
    )


def contact_of_a_1(**others: object) -> Contact:
    return Contact("A-1", "A-1", name="Ada", **others)  # type: ignore[arg-type]


def test_a_person_who_wants_no_contact_gets_none() -> None:
    territory = a_territory(contacts=(contact_of_a_1(do_not_contact=True),))
    assert found(territory, "01-05") == (
        of_touch(territory, "01-05", "R6", Fault.PERSON_NOT_TO_BE_CONTACTED, contact="A-1"),
    )


def test_a_channel_that_the_person_refused_is_not_used() -> None:
    territory = a_territory(contacts=(contact_of_a_1(consents={"call": Consent.NO}),))
    assert found(territory, "01-05") == (
        of_touch(territory, "01-05", "R6", Fault.NO_CONSENT, contact="A-1", channel="call"),
    )


@pytest.mark.parametrize(("policy", "broken"), [("allow", 0), ("deny", 1)])
def test_unknown_consent_is_as_the_policy_says(policy: str, broken: int) -> None:
    territory = a_territory(courtesy=Courtesy(unknown_consent=policy))
    assert [each.fault for each in found(territory, "01-05")] == [Fault.NO_CONSENT] * broken


def test_consent_that_was_given_holds_under_any_policy() -> None:
    willing = contact_of_a_1(consents={"call": Consent.YES})
    territory = a_territory(contacts=(willing,), courtesy=Courtesy(unknown_consent="deny"))
    assert not found(territory, "01-05")


def test_nothing_stands_on_closed_dates() -> None:
    territory = a_territory(an_account(closed_dates=(Span(day("01-05"), day("01-06")),)))
    assert not found(territory, "01-07")
    assert found(territory, "01-06") == (
        of_touch(territory, "01-06", "R6", Fault.ACCOUNT_CLOSED, account="A-1", date=day("01-06")),
    )


def test_nothing_stands_on_a_public_holiday_where_the_account_is() -> None:
    territory = a_territory(an_account(country="CA"))
    assert found(territory, "03-26") == (
        of_touch(territory, "03-26", "R6", Fault.ACCOUNT_HOLIDAY, account="A-1", date=day("03-26")),
    )


def test_visits_need_visit_hours_on_that_weekday() -> None:
    territory = a_territory(
        an_account(visit_hours=OpeningHours.parse("Mon-Thu 09:00-12:00")),
        steps=[Step("call", ["call", "visit"], "listen")],
    )
    visit = a_touch("A-1/A-1/call", "01-08", "visit", of=territory)
    assert not found(territory, "01-08", "call")
    assert not found(territory, "01-07", "visit")
    assert found(territory, "01-08", "visit") == (
        by(visit, "R6", Fault.NOT_OPEN, account="A-1", weekday="Friday"),
    )


def test_calls_need_call_hours_on_that_weekday_and_nothing_else_does() -> None:
    person = contact_of_a_1(call_hours=OpeningHours.parse("Tue 09:00-12:00"))
    territory = a_territory(
        contacts=(person,), steps=[Step("call", ["call", "email", "letter"], "listen")]
    )
    assert not found(territory, "01-05")
    assert not found(territory, "01-06", "letter")
    assert found(territory, "01-06") == (
        of_touch(territory, "01-06", "R6", Fault.NOT_CALLABLE, contact="A-1", weekday="Wednesday"),
    )


def test_a_persons_closed_dates_close_that_person_only() -> None:
    away = contact_of_a_1(closed_dates="2027-01-05; We[1] off")
    there = evolve(away, contact_id="C-2", name="Ben", closed_dates=())
    tiers = (Tier("A", weight=9, cadence="own", others="own"),)
    territory = a_territory(contacts=(away, there), tiers=tiers)
    for on in ("01-05", "01-06"):
        mine, other = a_touch("A-1/A-1/call", on, of=territory), "A-1/C-2/call"
        plan = a_plan(mine, a_touch(other, "01-13", of=territory), of=territory)
        figures: dict[str, Figure] = {"contact": "A-1", "date": day(on)}
        assert violations(plan) == (by(mine, "R6", Fault.PERSON_CLOSED, **figures),)
    beside = a_touch("A-1/C-2/call", "01-05", of=territory)
    assert not violations(
        a_plan(beside, a_touch("A-1/A-1/call", "01-13", of=territory), of=territory)
    )


def test_who_refuses_visits_refuses_every_channel_by_which_somebody_comes() -> None:
    shy = contact_of_a_1(consents={"visit": Consent.NO, "demo": Consent.YES})
    demo = Channel("demo", 20, travels=True)
    steps = [Step("call", ["demo", "call"], "listen")]
    territory = a_territory(
        contacts=(shy,), steps=steps, channels={**Policy().channels, "demo": demo}
    )
    visit = a_touch("A-1/A-1/call", "01-05", "demo", of=territory)
    figures: dict[str, Figure] = {"contact": "A-1", "channel": "demo"}
    plan = a_plan(visit, of=territory)
    assert violations(plan) == (by(visit, "R6", Fault.NO_CONSENT, **figures),)
    assert demand(territory).owed[0].channels == ("call",)


def test_on_closed_days_of_the_campaign_nobody_is_touched_and_the_post_goes_on() -> None:
    territory = a_territory(closed="2027-01-05/2027-01-06")
    assert found(territory, "01-06") == (
        of_touch(territory, "01-06", "R1", Fault.NO_WORKING_DAY, date=day("01-06")),
    )
    assert not found(territory, "01-07")
    assert territory.calendar.after(day("01-04"), 2) == day("01-06")
