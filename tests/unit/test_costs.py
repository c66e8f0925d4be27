"""Money: what a plan costs by channel and kilometre, and what would save it."""

from pathlib import Path

import pytest
from attrs import evolve
from byhand import FAR_NORTH, a_plan, a_territory, an_account
from folders import SETTINGS, sound_folder
from rows import a_touch

from campaign import InvalidInput, Territory, check, plan
from campaign.costs import Cost, cost_of, expected_cost
from campaign.model.cadences import Step
from campaign.model.channels import Budget
from campaign.reading import load
from campaign.touches import Status

BUDGET = Budget(channels={"letter": 2.5, "postcard": 1.6, "visit": 3}, kilometre=0.5, most=20)
STEPS = [
    Step("hello", ["letter", "postcard"], "introduce"),
    Step("visit", ["visit", "call"], "listen", after="hello"),
    Step("card", "postcard", "share", after="visit", required=False),
]


@pytest.fixture
def territory() -> Territory:
    accounts = an_account(extra_minutes=10), an_account("A-2", **FAR_NORTH)
    return a_territory(*accounts, steps=STEPS, budget=BUDGET)


def test_what_a_plan_costs_by_channel_and_kilometre(territory: Territory) -> None:
    found = cost_of(
        a_plan(
            a_touch("A-1/A-1/hello", "01-04", "letter", of=territory),
            a_touch(
                "A-1/A-1/visit", "01-20", "visit", of=territory, travel_minutes=30, home_minutes=0
            ),
            a_touch("A-2/A-2/visit", "01-20", "visit", of=territory, stop=2, home_minutes=29),
            a_touch("A-1/A-1/card", "02-03", "postcard", of=territory, status=Status.DONE),
            a_touch("A-2/A-2/card", "02-03", "postcard", of=territory, status=Status.SKIPPED),
            of=territory,
        )
    )
    assert found is not None
    assert found.parts == {
        "letter": (1, 2.5),
        "postcard": (1, 1.6),
        "visit": (2, 6),
        "kilometre": (15 + 15 + 29, 29.5),
    }
    assert found.total == pytest.approx(39.6)
    assert found.over == pytest.approx(19.6)
    assert str(found) == (
        "39.60 of 20.00: 2.50 for 1 by letter, 1.60 for 1 by postcard, 6.00 for 2 by visit, "
        "29.50 for 59 km"
    )


def test_over_the_budget_it_is_said_what_would_save_it(territory: Territory) -> None:
    found = expected_cost(territory)
    assert found is not None
    assert found.finding is not None
    assert not found.finding.is_error
    (cheaper, saved), (optional, less) = found.savings
    assert cheaper == "to make 4 touches by a cheaper channel of their step"
    assert saved == pytest.approx(2 * 0.9 + 2 * 3 + found.parts["kilometre"][1])
    assert optional == "to leave out 2 optional touches"
    assert less == pytest.approx(3.2)
    assert "budget.most" in [one.column for one in check(territory).notices]
    within = evolve(territory, budget=evolve(BUDGET, most=1000))
    assert "budget.most" not in [one.column for one in check(within).notices]
    assert check(within).cost is not None


def test_where_nothing_is_said_of_money_nothing_is_told(territory: Territory) -> None:
    silent = evolve(territory, budget=Budget())
    assert check(silent).cost is None
    assert plan(silent, effort=0).cost() is None
    assert Cost({}, None).over == 0


def test_those_who_are_met_together_cost_one_visit(territory: Territory) -> None:
    together = a_touch("A-1/A-1/visit", "01-20", "visit", of=territory)
    beside = evolve(together, touch_id="A-1/X/visit", minutes=0, travel_minutes=0, home_minutes=0)
    found = cost_of(a_plan(together, beside, of=territory))
    assert found is not None
    assert found.parts["visit"] == (1, 3)


def test_the_budget_of_a_folder(tmp_path: Path) -> None:
    money = "[budget]\nletter = 2.50\nkilometre = 0.30\nmost = 900\n"
    reading = load(sound_folder(tmp_path / "t", settings=SETTINGS + money))
    assert reading.territory is not None
    known = Budget(channels={"letter": 2.5}, kilometre=0.3, most=900)
    assert reading.territory.policy.budget == known
    wrong = load(sound_folder(tmp_path / "u", settings=SETTINGS + money.replace("letter", "leter")))
    assert [one.column for one in wrong.findings if one.is_error] == ["budget.leter"]


@pytest.mark.parametrize("wrong", [{"kilometre": -1}, {"most": "much"}, {"channels": {"call": -2}}])
def test_money_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        Budget(**wrong)  # type: ignore[arg-type]
