"""The planner spares a month that the delivery team has touched, and its bounds stay true."""

import pytest
from small import small

from campaign.model.accounts import Account, Delivered
from campaign.model.cadences import Cadence, Step
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity
from campaign.planner.bounds import counted
from campaign.planner.instance.horizon import horizon_of
from campaign.planner.problem.problem import problem_of
from campaign.planning import plan
from campaign.rules import capacity_of_day, capacity_of_week

ONE = Cadence("one", [Step("call", "call", "listen", within=5, late=0)])
TIERS = (Tier("A", cadence="one", others=""),)


def test_the_only_call_goes_to_whom_the_team_has_not_touched() -> None:
    accounts = (Account("A-1", "One", tier="A"), Account("A-2", "Two", tier="A"))
    for team, wanted in (("A-1", "A-2"), ("A-2", "A-1")):
        territory = small(
            *accounts,
            tiers=TIERS,
            cadences={"one": ONE},
            capacity=Capacity(minutes_per_week=16, ramp=()),
            delivered=[Delivered(team, "2027-01-20")],
        )
        found = plan(territory, effort=300)
        assert [touch.account_id for touch in found.touches] == [wanted]
        assert (found.level("floor").figure, found.level("floor").possible) == (2, 6)


@pytest.mark.parametrize("effort", [0, 60])
def test_no_bound_is_below_its_figure(effort: int) -> None:
    accounts = [Account(f"A-{n}", f"Account {n}", tier="ABC"[n % 3]) for n in range(8)]
    team = [
        Delivered(f"A-{n}", f"2027-0{month}-20") for n in range(6) for month in range(1, 1 + n % 4)
    ]
    territory = small(*accounts, capacity=Capacity(minutes_per_week=60), delivered=team)
    found = plan(territory, effort=effort)
    for level in found.levels[:5]:
        assert level.bound is not None
        if level.is_less_better:
            assert level.bound <= level.figure
        else:
            assert level.figure <= level.bound <= (level.possible or 0)


def test_the_planner_and_the_rules_agree_on_minutes_by_date() -> None:
    more = {"2027-01-06": 40, "2027-01-19": 15}
    days = {Delivered("A-1", day).date: minutes for day, minutes in more.items()}
    territory = small(Account("A-1", "One"), capacity=Capacity(more=days))
    horizon = horizon_of(territory)
    assert horizon.day_capacity[1:].tolist() == [
        capacity_of_day(territory, date) if works else 0
        for date, works in zip(horizon.dates, horizon.works[1:], strict=True)
    ]
    assert horizon.week_capacity.tolist() == [
        capacity_of_week(territory, week) for week in range(len(horizon.week_capacity))
    ]


@pytest.mark.parametrize("effort", [0, 300])
def test_the_bound_of_the_floor_does_not_count_a_month_twice(effort: int) -> None:
    first_days = {"one": Cadence("one", [Step("call", "call", "listen", within=5, late=0)])}
    territory = small(
        *(Account(f"A-{n}", f"Account {n}", tier="A") for n in range(4)),
        tiers=TIERS,
        cadences=first_days,
        delivered=[Delivered(f"A-{n}", "2027-01-20") for n in range(3)],
    )
    floor = plan(territory, effort=effort).level("floor")
    assert (floor.figure, floor.bound, floor.possible) == (4, 4, 12)


def test_counting_gives_no_month_that_the_team_has_touched() -> None:
    accounts = [Account(f"A-{n}", f"Account {n}", tier="A") for n in range(6)]
    team = [Delivered(f"A-{n}", f"2027-0{month}-20") for n in range(3) for month in (1, 2, 3)]
    cadences = {"one": Cadence("one", [Step("call", "call", "listen", within=10, late=0)])}
    territory = small(*accounts, tiers=TIERS, cadences=cadences, delivered=team)
    assert counted(problem_of(territory))["floor"] == 3
