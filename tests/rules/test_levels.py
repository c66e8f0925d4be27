"""The levels of the objective, by plans whose figures are counted by hand."""

import pytest
from attrs import evolve
from byhand import a_plan, a_territory, changed, northern_plan, northern_territory, several, without
from rows import a_touch, day

from campaign.model.cadences import Step
from campaign.model.priorities import Tier
from campaign.rules import LEVELS, levels
from campaign.touches import Level, LevelName, Plan, Status


def level(plan: Plan, name: LevelName) -> Level:
    return {each.name: each for each in levels(plan)}[name]


def test_the_levels_stand_in_the_order_of_their_weight() -> None:
    assert LEVELS == (
        "owed",
        "in_time",
        "floor",
        "required",
        "service",
        "comfort",
    )
    assert tuple(each.name for each in levels(northern_plan())) == LEVELS


def test_the_levels_of_a_whole_plan() -> None:
    assert levels(northern_plan()) == (
        # The promise, and of A-3 the opening and the apology.
        Level("owed", 3, possible=3),
        Level("in_time", 0, parts=(("late", 0), ("calls_for_visits", 0))),
        # Months 1 and 2 of A-1 (9 each) and A-2 (3 each), month 1 of A-3; A-4 never.
        Level("floor", 27, possible=54),
        # five steps and the promise; A-2: two; A-3: three. A-4 would be two more.
        Level("required", 69, possible=75),
        # A-4's news is left out: 5 times 3.
        Level(
            "service",
            15,
            parts=(("late", 0), ("second_choices", 0), ("optional", 15), ("moves", 0)),
        ),
        Level(
            "comfort",
            634,
            parts=(
                # 20 + 15 on 5 January, 20 + 20 + 29 on the 20th.
                ("drive", 104),
                ("uneven", 272),
                ("off_ideal", 53),
                # Written on six days (10 each), called on three (5 each), driven on two (20 each).
                ("set_up", 115),
                # The promise arrives on its last day: three days less early than wished.
                ("early", 90),
            ),
        ),
    )


def test_bounds_are_none_of_the_rules_business() -> None:
    assert all(each.bound is None for each in levels(northern_plan()))


def test_an_empty_plan_has_reached_nothing() -> None:
    plan = a_plan(of=northern_territory())
    # Three optional touches are left out: one of A-1 (9), one of A-2 and one of A-4 (3 each).
    assert [each.figure for each in levels(plan)] == [0, 0, 0, 0, 5 * (9 + 3 + 3), 0]


def test_what_is_left_out_counts_to_no_level() -> None:
    plan = without(northern_plan(), "A-1/C-1/P-1", "A-1/C-1/offer")
    assert level(plan, "owed").figure == 2
    assert level(plan, "required").figure == 60
    assert dict(level(plan, "service").parts)["optional"] == 5 * (3 + 9)
    assert level(plan, "floor").figure == 18


@pytest.mark.parametrize("status", [Status.MISSED, Status.SKIPPED, Status.CANCELLED])
def test_what_did_not_take_place_counts_to_no_level(status: Status) -> None:
    plan = changed(northern_plan(), "A-3/A-3/go", status=status)
    assert level(plan, "owed").figure == 2
    assert level(plan, "required").figure == 66
    assert dict(level(plan, "comfort").parts)["drive"] == 69


def test_what_is_done_counts_on_the_day_it_was_done() -> None:
    plan = changed(northern_plan(), "A-1/C-1/offer", status=Status.DONE, done_on=day("03-10"))
    assert level(plan, "floor").figure == 27
    later = changed(plan, "A-2/A-2/news", status=Status.DONE, done_on=day("01-29"))
    assert level(later, "floor").figure == 24


@pytest.mark.parametrize("outcome", ["no_answer", "No answer", "wrong-number", "returned mail"])
def test_what_reached_nobody_does_not_count_to_the_floor(outcome: str) -> None:
    plan = changed(northern_plan(), "A-2/A-2/news", status=Status.DONE, outcome=outcome)
    assert level(plan, "floor").figure == 24


@pytest.mark.parametrize("outcome", ["", "voicemail", "reached", "met"])
def test_what_reached_somebody_counts_to_the_floor(outcome: str) -> None:
    plan = changed(northern_plan(), "A-2/A-2/news", status=Status.DONE, outcome=outcome)
    assert level(plan, "floor").figure == 27


def test_a_month_counts_once() -> None:
    territory = a_territory(steps=[Step(name, "call", "thank") for name in ("one", "two")])
    touches = [
        a_touch("A-1/A-1/one", "01-05", of=territory),
        a_touch("A-1/A-1/two", "02-02", of=territory),
    ]
    assert level(a_plan(*touches, of=territory), "floor") == Level("floor", 9, possible=27)
    touches[1] = evolve(touches[1], date=day("02-03"))
    assert level(a_plan(*touches, of=territory), "floor").figure == 18


def test_a_tier_without_a_floor_is_owed_no_month() -> None:
    tiers = (Tier("A", weight=9, cadence="own", others="", floor=False),)
    territory = a_territory(*several(2), tiers=tiers)
    plan = a_plan(a_touch("A-1/A-1/call", "01-05", of=territory), of=territory)
    assert level(plan, "floor") == Level("floor", 0, possible=0)
    assert level(plan, "required").figure == 9


def test_two_attempts_are_one_touch() -> None:
    territory = a_territory()
    plan = a_plan(
        a_touch("A-1/A-1/call", "01-05", of=territory, status="done"),
        a_touch("A-1/A-1/call#2", "01-19", of=territory),
        of=territory,
    )
    assert level(plan, "required") == Level("required", 9, possible=9)


def test_what_is_not_owed_counts_neither_as_required_nor_as_optional() -> None:
    territory = a_territory()
    plan = a_plan(a_touch("A-1/A-1/tea", "01-05", of=territory), of=territory)
    assert level(plan, "required").figure == 0
