"""R5 and R12: what one person and one account are asked to bear."""

import pytest
from attrs import evolve
from byhand import a_plan, a_territory, an_account, by
from rows import a_touch, day

from campaign.model.accounts import Contact, Promise
from campaign.model.cadences import Cadence, Gap, Step
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity, Courtesy
from campaign.model.territory import Territory
from campaign.rules import doubts, violations
from campaign.rules.violations import Fault, Figure, Violation
from campaign.touches import Plan, Touch

CHANNELS = ["call", "letter", "visit", "email"]


def steps(*names: str, purpose: str = "listen") -> tuple[Step, ...]:
    return tuple(Step(name, CHANNELS, purpose) for name in names)


def planned(territory: Territory, **dates: str) -> Plan:
    """Steps of A-1 by email on their dates."""
    touches = [a_touch(f"A-1/A-1/{step}", on, "email", of=territory) for step, on in dates.items()]
    return a_plan(*touches, of=territory)


def too_close(touch: Touch, *, days: int, other: str, least: int = 5) -> Violation:
    return by(touch, "R5", Fault.TOO_CLOSE, days=days, other=f"A-1/A-1/{other}", least=least)


def of_account(fault: Fault, **figures: Figure) -> Violation:
    return Violation("R5", fault, account_id="A-1", figures=figures)


def test_touches_five_business_days_apart_are_right() -> None:
    territory = a_territory(steps=steps("one", "two"))
    assert not violations(planned(territory, one="01-05", two="01-12"))


def test_touches_four_business_days_apart_are_too_close() -> None:
    territory = a_territory(steps=steps("one", "two"))
    plan = planned(territory, one="01-15", two="01-22")
    assert violations(plan) == (too_close(plan.touches[1], days=4, other="one"),)


def test_every_close_pair_is_told_not_only_neighbours() -> None:
    territory = a_territory(steps=steps("one", "two", "three"))
    plan = planned(territory, one="01-05", two="01-06", three="01-07")
    _, two, three = plan.touches
    assert violations(plan) == (
        too_close(two, days=1, other="one"),
        too_close(three, days=2, other="one"),
        too_close(three, days=1, other="two"),
    )


def test_a_step_may_stand_close_to_its_anchor() -> None:
    follower = Step("two", "email", "listen", after="one", gap=Gap(1, 3))
    territory = a_territory(steps=[*steps("one"), follower])
    assert not violations(planned(territory, one="01-05", two="01-06"))


def test_a_step_may_stand_close_to_the_anchor_that_stands_in_for_one_left_out() -> None:
    follower = Step("two", "email", "listen", after="one", gap=Gap(1, 3))
    last = Step("three", "email", "listen", after="two", gap=Gap(1, 3))
    territory = a_territory(steps=[*steps("one"), follower, last])
    assert not violations(planned(territory, one="01-05", three="01-07"))


def test_siblings_have_to_keep_their_distance() -> None:
    twins = [Step(name, "email", "listen", after="one", gap=Gap(1, 3)) for name in ("two", "three")]
    territory = a_territory(steps=[*steps("one"), *twins])
    plan = planned(territory, one="01-05", two="01-06", three="01-08")
    assert violations(plan) == (too_close(plan.touches[2], days=2, other="two"),)


@pytest.mark.parametrize("purpose", ["thank", "recover"])
def test_a_courtesy_keeps_no_distance(purpose: str) -> None:
    territory = a_territory(steps=[*steps("one", "three"), *steps("two", purpose=purpose)])
    assert not violations(planned(territory, one="01-05", two="01-06", three="01-12"))


def test_a_promise_keeps_no_distance() -> None:
    kept = Promise("P-1", "A-1", what="a list", due=day("01-06"), channel="email")
    territory = a_territory(steps=steps("one"), promises=(kept,))
    plan = a_plan(
        a_touch("A-1/A-1/one", "01-05", "email", of=territory),
        a_touch("A-1/A-1/P-1", "01-06", "email", of=territory),
        of=territory,
    )
    assert not violations(plan)


def test_the_planned_touch_is_blamed_not_the_one_that_is_done() -> None:
    territory = a_territory(steps=steps("one", "two"))
    plan = planned(territory, one="01-05", two="01-06")
    one, two = plan.touches
    assert violations(evolve(plan, touches=[one, evolve(two, status="done")])) == (
        too_close(one, days=1, other="two"),
    )
    assert not violations(evolve(plan, touches=[evolve(t, status="done") for t in (one, two)]))


def test_two_pins_too_close_are_a_doubt() -> None:
    territory = a_territory(steps=steps("one", "two"))
    plan = planned(territory, one="01-05", two="01-06")
    pinned = evolve(plan, touches=[evolve(touch, pinned=True) for touch in plan.touches])
    assert not violations(pinned)
    assert doubts(pinned) == (too_close(pinned.touches[1], days=1, other="one"),)


def test_a_further_attempt_may_follow_soon() -> None:
    territory = a_territory(steps=steps("one"))
    plan = a_plan(
        a_touch("A-1/A-1/one", "01-05", of=territory, status="done", outcome="no_answer"),
        a_touch("A-1/A-1/one#2", "01-06", of=territory),
        of=territory,
    )
    assert not violations(plan)


def test_a_person_gets_no_more_touches_than_the_ceiling() -> None:
    territory = a_territory(steps=steps("one", "two", "three"), courtesy=Courtesy(most=2))
    assert not violations(planned(territory, one="01-05", two="02-05"))
    assert violations(planned(territory, one="01-05", two="02-05", three="03-05")) == (
        of_account(Fault.TOO_MANY_TOUCHES, contact="A-1", planned=3, there=2),
    )


def test_a_person_gets_no_more_of_a_channel_than_its_ceiling() -> None:
    courtesy = Courtesy(most_by_channel={"email": 1})
    territory = a_territory(steps=steps("one", "two"), courtesy=courtesy)
    assert violations(planned(territory, one="01-05", two="02-05")) == (
        of_account(Fault.TOO_MANY_BY_CHANNEL, contact="A-1", channel="email", planned=2, there=1),
    )


def test_courtesies_do_not_count_to_the_ceilings() -> None:
    territory = a_territory(
        steps=steps("one", "two", "three", purpose="thank"),
        courtesy=Courtesy(most=0, most_by_channel={"email": 0}),
    )
    assert not violations(planned(territory, one="01-05", two="02-05", three="03-05"))


def test_what_is_done_counts_to_the_ceilings_but_breaks_none() -> None:
    territory = a_territory(steps=steps("one", "two"), courtesy=Courtesy(most=1))
    plan = planned(territory, one="01-05", two="02-05")
    one, two = plan.touches
    broken = (of_account(Fault.TOO_MANY_TOUCHES, contact="A-1", planned=2, there=1),)
    assert violations(evolve(plan, touches=[evolve(one, status="done"), two])) == broken
    assert not violations(evolve(plan, touches=[evolve(t, status="done") for t in (one, two)]))


def two_persons(*own: Step, **others: object) -> Territory:
    """A-1 with C-1 and C-2, both running the same steps."""
    return a_territory(
        an_account(),
        steps=own or steps("one"),
        tiers=(Tier("A", cadence="own", others="own"),),
        contacts=tuple(Contact(f"C-{n}", "A-1", name=f"Person {n}") for n in (1, 2, 3)),
        **others,
    )


def twice(channel: str, other: str, **others: object) -> tuple[Violation, ...]:
    territory = two_persons()
    first = a_touch("A-1/C-1/one", "01-05", channel, of=territory)
    second = a_touch("A-1/C-2/one", "01-05", other, of=territory, **others)
    return violations(a_plan(first, second, of=territory))


def test_an_account_is_touched_once_a_day() -> None:
    broken = Violation(
        "R5",
        Fault.TWICE_A_DAY,
        date=day("01-05"),
        account_id="A-1",
        figures={"planned": 2, "account": "A-1"},
    )
    assert twice("call", "email") == (broken,)
    assert twice("visit", "email") == (broken,)


def test_a_visit_may_meet_several_persons() -> None:
    assert not twice("visit", "visit", minutes=0, travel_minutes=0, home_minutes=0)


def test_a_pinned_touch_may_share_the_day_with_another() -> None:
    assert not twice("call", "email", pinned=True)


def test_a_promise_may_share_the_day_with_another_touch() -> None:
    kept = Promise("P-1", "A-1", what="a list", due=day("01-05"))
    territory = two_persons(promises=(kept,))
    plan = a_plan(
        a_touch("A-1/C-1/P-1", "01-05", of=territory),
        a_touch("A-1/C-2/one", "01-05", "email", of=territory),
        of=territory,
    )
    assert not violations(plan)


def test_only_so_many_contacts_of_an_account_run_at_once() -> None:
    territory = two_persons(capacity=Capacity(contacts_at_once=3))
    touches = [a_touch(f"A-1/C-{n}/one", f"01-{11 + n}", "email", of=territory) for n in (1, 2, 3)]
    assert not violations(a_plan(*touches, of=territory))
    fewer = evolve(territory, capacity=Capacity(contacts_at_once=2))
    plan = a_plan(*touches, of=fewer)
    assert violations(plan) == (
        of_account(Fault.TOO_MANY_RUNS, planned=3, there=2),
        by(touches[2], "R11", Fault.NOT_OWED),
    )


def test_runs_that_are_over_do_not_count() -> None:
    territory = two_persons(capacity=Capacity(contacts_at_once=2))
    over = a_touch("A-1/C-9/one", "01-12", "email", of=territory, status="done")
    running = [a_touch(f"A-1/C-{n}/one", f"01-{12 + n}", "email", of=territory) for n in (1, 2)]
    assert not violations(a_plan(over, *running, of=territory))


def selling(*before: str) -> Territory:
    offer = Step("offer", "email", "offer")
    own = Cadence("own", (*steps(*before), offer))
    return a_territory(courtesy=Courtesy(gap=0), cadences={"own": own, "recovery": own})


def test_nothing_sells_in_the_first_thirty_days() -> None:
    territory = selling("one", "two", "three")
    dates = {"one": "01-05", "two": "01-06", "three": "01-07"}
    assert not violations(planned(territory, **dates, offer="02-03"))
    early = planned(territory, **dates, offer="02-02")
    assert violations(early) == (
        by(early.touches[3], "R12", Fault.SELLS_TOO_EARLY, day=30, there=31),
    )


def test_nothing_sells_among_the_first_three_touches() -> None:
    plan = planned(selling("one", "two"), one="01-05", two="01-06", offer="02-10")
    assert violations(plan) == (
        by(plan.touches[2], "R12", Fault.SELLS_TOO_SOON, place=3, account="A-1", there=4),
    )


def test_touches_that_did_not_take_place_do_not_go_before_selling() -> None:
    territory = selling("one", "two", "three")
    plan = planned(territory, one="01-05", two="01-06", three="01-07", offer="02-10")
    one, *rest = plan.touches
    missed = evolve(plan, touches=[evolve(one, status="missed"), *rest])
    assert [each.fault for each in violations(missed)] == [Fault.SELLS_TOO_SOON]


def test_selling_that_is_done_is_a_fact() -> None:
    plan = planned(selling(), offer="01-05")
    assert not violations(evolve(plan, touches=[evolve(plan.touches[0], status="done")]))
