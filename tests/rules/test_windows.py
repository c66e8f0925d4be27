"""R4: windows, counted in business days from the nearest step that stands."""

import datetime as dt

import pytest
from attrs import evolve
from byhand import START, a_plan, a_territory, a_touch, an_account, by, changed, day

from campaign.model.cadences import Gap, Step
from campaign.model.channels import Channel
from campaign.model.territory import Territory
from campaign.rules import violations, window_of, windows_of
from campaign.rules.violations import Fault
from campaign.touches import Plan, Status, Touch

HELLO = Step("hello", ["letter", "call"], "introduce", within=5)
CALL = Step("call", ["call", "letter"], "thank", after="hello", gap=Gap(1, 6, ideal=2))
CARD = Step("card", "postcard", "thank", after="call", gap=Gap(10, 20))


def chain(*steps: Step) -> Territory:
    return a_territory(steps=steps or (HELLO, CALL, CARD))


def touch(territory: Territory, step: str, date: str, channel: str = "call") -> Touch:
    return a_touch(f"A-1/A-1/{step}", date, channel, of=territory)


def window(plan: Plan, step: str) -> tuple[dt.date, dt.date]:
    found = windows_of(plan)[f"A-1/A-1/{step}"]
    (row,) = (each for each in plan.touches if each.step == step)
    assert window_of(plan, row) == found
    return found


@pytest.mark.parametrize(("date", "is_right"), [("01-04", True), ("01-08", True), ("01-11", False)])
def test_within_counts_business_days_from_the_start(date: str, is_right: bool) -> None:  # noqa: FBT001
    territory = chain()
    plan = a_plan(touch(territory, "hello", date), of=territory)
    assert (violations(plan) == ()) is is_right


def test_a_touch_after_its_window_is_told_with_both_ends() -> None:
    territory = chain()
    late = touch(territory, "hello", "01-12")
    assert violations(a_plan(late, of=territory)) == (
        by(
            late,
            "R4",
            Fault.OUTSIDE_WINDOW,
            date=day("01-12"),
            first=day("01-04"),
            last=day("01-08"),
            anchor="the start",
        ),
    )


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
            last=day("01-20"),
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
    figures = {"first": day("01-19"), "last": day("01-26"), "anchor": "A-1/A-1/hello"}
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


def test_a_window_closes_no_sooner_than_counted_from_the_day_of_planning() -> None:
    territory = chain()
    plan = a_plan(
        touch(territory, "hello", "01-05"), touch(territory, "call", "01-27"), of=territory
    )
    again = changed(plan, "A-1/A-1/call", planned_on=day("01-19"))
    assert window(again, "call") == (day("01-06"), day("01-27"))
    assert not violations(again)


def test_a_root_planned_anew_gets_a_fresh_window() -> None:
    territory = chain()
    plan = a_plan(touch(territory, "hello", "01-26"), of=territory)
    again = changed(plan, "A-1/A-1/hello", planned_on=day("01-19"))
    assert window(again, "hello") == (day("01-04"), day("01-26"))


def test_followers_count_from_the_further_attempt() -> None:
    territory = chain()
    plan = a_plan(
        a_touch("A-1/A-1/hello", "01-04", of=territory, status="done"),
        a_touch("A-1/A-1/hello#2", "01-08", of=territory),
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
