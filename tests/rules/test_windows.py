"""R4: windows, counted in business days from the nearest step that stands."""

import datetime as dt

import pytest
from attrs import evolve
from byhand import START, a_plan, a_territory, an_account, by, changed
from in_time import window_of
from rows import a_touch, day

from campaign.model.cadences import Gap, Step
from campaign.model.channels import Channel
from campaign.model.territory import Territory
from campaign.rules import Facts, violations
from campaign.rules.violations import Fault
from campaign.rules.windows import late
from campaign.touches import Plan, Status, Touch

HELLO = Step("hello", ["letter", "call"], "introduce", within=5)
CALL = Step("call", ["call", "letter"], "thank", after="hello", gap=Gap(1, 6, ideal=2))
CARD = Step("card", "postcard", "thank", after="call", gap=Gap(10, 20))


def chain(*steps: Step) -> Territory:
    return a_territory(steps=steps or (HELLO, CALL, CARD))


def touch(territory: Territory, step: str, date: str, channel: str = "call") -> Touch:
    return a_touch(f"A-1/A-1/{step}", date, channel, of=territory)


def window(plan: Plan, step: str) -> tuple[dt.date, dt.date]:
    (row,) = (each for each in plan.touches if each.step == step)
    return window_of(plan, row)


def test_the_gap_of_a_root_counts_from_the_first_business_day() -> None:
    territory = chain(Step("hello", "call", "thank", gap=Gap(2, 4)))
    plan = a_plan(touch(territory, "hello", "01-06"), of=territory)
    assert window(plan, "hello") == (day("01-06"), day("01-08"))


def test_a_root_without_either_may_stand_on_any_day() -> None:
    territory = chain(Step("hello", "call", "thank"))
    plan = a_plan(touch(territory, "hello", "04-02"), of=territory)
    assert window(plan, "hello") == (day("01-04"), day("04-02"))
    assert not violations(plan)


def test_a_gap_counts_from_the_anchor() -> None:
    territory = chain()
    hello = touch(territory, "hello", "01-05")
    plan = a_plan(hello, touch(territory, "call", "01-13"), of=territory)
    assert window(plan, "call") == (day("01-06"), day("01-13"))
    assert not violations(plan)


def test_a_gap_leaps_over_holidays_and_weekends() -> None:
    territory = chain()
    hello = touch(territory, "hello", "01-08")
    plan = a_plan(hello, touch(territory, "call", "01-19"), of=territory)
    assert window(plan, "call") == (day("01-11"), day("01-19"))


def test_after_post_both_ends_count_from_the_latest_arrival() -> None:
    territory = chain()
    hello = touch(territory, "hello", "01-04", "letter")
    early = touch(territory, "call", "01-11")
    plan = a_plan(hello, early, of=territory)
    assert hello.arrives == day("01-11")
    assert violations(plan) == (
        by(
            early,
            "R4",
            Fault.OUTSIDE_WINDOW,
            date=day("01-11"),
            first=day("01-12"),
            last=day("01-27"),
            anchor="A-1/A-1/hello",
        ),
    )


def test_after_post_abroad_both_ends_count_from_the_arrival_there() -> None:
    channels = {"letter": Channel("letter", 15, transit=(2, 5), abroad=(4, 9))}
    territory = a_territory(an_account(country="CA"), steps=(HELLO, CALL), channels=channels)
    hello = evolve(touch(territory, "hello", "01-04", "letter"), arrives=day("01-15"))
    early = touch(territory, "call", "01-15")
    plan = a_plan(hello, early, of=territory)
    (found,) = violations(plan)
    figures = {"first": day("01-19"), "last": day("02-02"), "anchor": "A-1/A-1/hello"}
    assert (found.fault, found.figures) == (Fault.OUTSIDE_WINDOW, {"date": day("01-15"), **figures})


def test_a_step_left_out_adds_its_gap_but_no_post() -> None:
    territory = chain()
    hello = touch(territory, "hello", "01-04")
    plan = a_plan(hello, touch(territory, "card", "01-20", "postcard"), of=territory)
    assert window(plan, "card") == (day("01-20"), day("02-10"))
    assert not violations(plan)


def test_with_nothing_above_a_window_counts_from_the_start() -> None:
    territory = chain()
    plan = a_plan(touch(territory, "call", "01-05"), of=territory)
    assert window(plan, "call") == (day("01-05"), day("01-19"))


def test_a_letter_that_was_sent_counts_from_the_day_it_was_sent() -> None:
    territory = chain()
    plan = a_plan(
        touch(territory, "hello", "01-04", "letter"),
        touch(territory, "call", "01-14"),
        of=territory,
    )
    sent = changed(plan, "A-1/A-1/hello", status=Status.DONE, done_on=day("01-06"))
    assert window(sent, "call") == (day("01-14"), day("01-22"))
    assert not violations(sent)


@pytest.mark.parametrize("status", [Status.MISSED, Status.SKIPPED, Status.CANCELLED])
def test_what_did_not_take_place_is_no_anchor(status: Status) -> None:
    territory = chain()
    plan = a_plan(
        touch(territory, "hello", "01-08"), touch(territory, "call", "01-11"), of=territory
    )
    missed = changed(plan, "A-1/A-1/hello", status=status)
    assert window(missed, "call") == (day("01-05"), day("01-19"))


def test_followers_count_from_the_further_attempt() -> None:
    territory = chain()
    plan = a_plan(
        a_touch("A-1/A-1/hello", "01-04", "call", of=territory, status="done"),
        a_touch("A-1/A-1/hello#2", "01-08", "call", of=territory),
        touch(territory, "call", "01-11"),
        of=territory,
    )
    assert window(plan, "call") == (day("01-11"), day("01-19"))
    assert not violations(plan)


def test_a_pinned_touch_outside_its_window_is_no_violation() -> None:
    territory = chain()
    plan = a_plan(touch(territory, "hello", "02-01"), of=territory)
    assert not violations(changed(plan, "A-1/A-1/hello", pinned=True))


def test_a_step_after_another_without_a_gap_may_follow_at_any_time() -> None:
    territory = chain(HELLO, Step("call", "call", "thank", after="hello"))
    plan = a_plan(
        touch(territory, "hello", "01-05"), touch(territory, "call", "04-02"), of=territory
    )
    assert not violations(plan)


def test_what_is_not_owed_has_the_whole_campaign() -> None:
    territory = chain()
    stranger = a_touch("A-1/A-1/tea", "01-05", of=territory)
    assert window_of(a_plan(stranger, of=territory), stranger) == (START, day("04-03"))


def days_late(plan: Plan, step: str) -> int:
    facts = Facts(plan)
    return late(facts, next(row for row in facts.rows if row.touch.step == step))


@pytest.mark.parametrize(
    ("date", "days"), [("01-04", 0), ("01-08", 0), ("01-11", 1), ("02-05", 19)]
)
def test_after_its_due_day_a_step_is_late_and_breaks_no_rule(date: str, days: int) -> None:
    territory = chain()
    plan = a_plan(touch(territory, "hello", date), of=territory)
    assert not violations(plan)
    assert days_late(plan, "hello") == days


def test_a_thank_you_is_at_most_five_business_days_late() -> None:
    territory = chain()
    hello = touch(territory, "hello", "01-05")
    last = a_plan(hello, touch(territory, "call", "01-21"), of=territory)
    assert (days_late(last, "call"), violations(last)) == (5, ())
    beyond = a_plan(hello, touch(territory, "call", "01-22"), of=territory)
    assert [each.fault for each in violations(beyond)] == [Fault.OUTSIDE_WINDOW]


def test_a_step_may_say_how_late_it_may_be() -> None:
    territory = chain(evolve(HELLO, late=0))
    plan = a_plan(touch(territory, "hello", "01-11"), of=territory)
    (found,) = violations(plan)
    figures = {"first": day("01-04"), "last": day("01-08"), "anchor": "the start"}
    assert (found.fault, found.figures) == (Fault.OUTSIDE_WINDOW, {"date": day("01-11"), **figures})


def test_what_is_late_stays_late_when_it_is_planned_anew() -> None:
    territory = chain()
    plan = a_plan(touch(territory, "hello", "01-26"), of=territory)
    again = changed(plan, "A-1/A-1/hello", planned_on=day("01-19"))
    assert window(again, "hello") == (day("01-04"), day("01-08"))
    assert days_late(again, "hello") == 11


def test_a_further_attempt_is_due_anew_after_the_one_that_was_missed() -> None:
    territory = chain()
    missed = a_touch("A-1/A-1/hello", "01-12", of=territory, status="missed")
    again = a_touch("A-1/A-1/hello#2", "01-20", of=territory)
    plan = a_plan(missed, again, of=territory)
    assert window_of(plan, again) == (day("01-04"), day("01-20"))
    assert not violations(plan)


def test_an_account_that_came_later_counts_from_its_day() -> None:
    territory = chain()
    plan = a_plan(touch(territory, "hello", "02-03"), of=territory)
    joined = evolve(plan, joined={"A-1": day("02-01")})
    assert window(joined, "hello") == (day("02-01"), day("02-05"))


def test_a_row_that_states_another_due_day_disagrees() -> None:
    territory = chain()
    right = evolve(touch(territory, "hello", "01-12"), due=day("01-08"), late=2)
    assert not violations(a_plan(right, of=territory))
    wrong = evolve(right, due=day("01-12"), late=0)
    found = violations(a_plan(wrong, of=territory))
    assert {each.figures["column"] for each in found} == {"due", "late"}
