"""Grievances are visited so that the rest of the first week is not wasted on the way."""

from importlib import import_module

import pytest
from small import small

from campaign.model.accounts import Account
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.planner import plan
from campaign.planner.duties import with_duties
from campaign.planner.openings import is_choice, roomiest
from campaign.planner.problem import problem_of

SEARCH = import_module("campaign.planner.search")
NEAR, FAR = 0.05, 0.5
"""Degrees north of home: some minutes away, and more than an hour."""


def aggrieved(number: int, north: float) -> Account:
    return Account(
        f"G-{number}",
        f"Aggrieved {number}",
        tier="C",
        latitude=44.94 + north,
        longitude=-123.03 + number / 50,
        grievance="late twice in a row",
    )


def week_of_grievances(minutes: int) -> Territory:
    """Two far away, four near home, and ten key accounts that want a letter."""
    far = [aggrieved(n, FAR) for n in range(2)]
    near = [aggrieved(n, NEAR) for n in range(2, 6)]
    key = [
        Account(f"A-{n}", f"Key {n}", tier="A", latitude=44.95, longitude=-123.0) for n in range(10)
    ]
    capacity = Capacity(minutes_per_day=480, minutes_per_week=minutes)
    return small(*far, *near, *key, capacity=capacity)


def letters_of_the_first_week(territory: Territory, effort: int = 200) -> int:
    campaign = plan(territory, effort=effort)
    return sum(
        touch.step == "hello" and touch.date.isoformat() < "2027-01-11"
        for touch in campaign.touches
    )


def test_the_first_week_keeps_room_for_letters_where_the_rules_leave_a_choice() -> None:
    problem = problem_of(week_of_grievances(1000))
    usual = with_duties(problem)
    chosen = roomiest(problem, usual)
    assert chosen.owed == usual.owed == 6
    assert chosen.weeks[0] > usual.weeks[0] + 60


@pytest.mark.no_cover
def test_more_first_letters_go_out_than_beside_the_usual_duties(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    territory = week_of_grievances(1000)
    with_a_choice = letters_of_the_first_week(territory)
    monkeypatch.setattr(SEARCH, "is_choice", lambda _: False)
    assert with_a_choice > letters_of_the_first_week(territory)


def test_where_nothing_is_missing_the_heaviest_are_visited_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roomy = small(aggrieved(1, NEAR), aggrieved(2, NEAR))
    monkeypatch.setattr(SEARCH, "roomiest", None)
    assert {touch.channel for touch in plan(roomy, effort=0).touches if touch.step == "go"} == {
        "visit"
    }


def test_a_single_grievance_is_no_choice() -> None:
    assert not is_choice(problem_of(small(aggrieved(1, NEAR))))
    assert is_choice(problem_of(small(aggrieved(1, NEAR), aggrieved(2, FAR))))
