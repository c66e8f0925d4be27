"""Tiers, given or computed from a score whose parts are visible."""

import datetime as dt

import pytest

from campaign.model.accounts import Account, Relationship
from campaign.model.priorities import Score, ScoreWeights, Tier, scores, tells_something, with_tiers

START = dt.date(2027, 1, 4)
TIERS = (Tier("A", weight=9, share=0.1), Tier("B", weight=3, share=0.2), Tier("C"))


def account(number: int, **others: object) -> Account:
    return Account(f"A-{number}", f"Firm {number}", **others)  # type: ignore[arg-type]


def tiers_of(*accounts: Account) -> list[str]:
    found = with_tiers(accounts, tiers=TIERS, weights=ScoreWeights(), start=START)
    assert [each.account_id for each in found] == [each.account_id for each in accounts]
    return [each.tier for each in found]


def test_a_tier_that_is_given_stays() -> None:
    assert tiers_of(account(1, tier="B", value=1), account(2, tier="A")) == ["B", "A"]


def test_without_anything_to_compute_from_a_tier_is_the_lowest() -> None:
    assert tiers_of(account(1), account(2, tier="A"), account(3)) == ["C", "A", "C"]


def test_tiers_are_dealt_out_by_share_from_the_highest_score() -> None:
    accounts = [account(number, value=float(number)) for number in range(1, 11)]
    assert tiers_of(*accounts) == ["C"] * 7 + ["B"] * 2 + ["A"]


def test_given_tiers_take_nothing_from_the_shares() -> None:
    given = [account(100 + number, tier="A") for number in range(5)]
    accounts = [account(number, value=float(number)) for number in range(1, 11)]
    assert tiers_of(*given, *accounts)[5:] == ["C"] * 7 + ["B"] * 2 + ["A"]


def test_the_shares_are_of_the_active_accounts() -> None:
    active = [account(number, value=float(number)) for number in range(1, 11)]
    closed = [account(100 + number, value=1000.0, status="closed") for number in range(10)]
    found = tiers_of(*closed, *active)
    assert found == ["C"] * 10 + ["C"] * 7 + ["B"] * 2 + ["A"]


def test_what_closed_accounts_tell_makes_no_tiers() -> None:
    closed = account(1, value=1000.0, status="closed")
    assert tiers_of(closed, account(2), account(3)) == ["C", "C", "C"]


def test_equal_scores_keep_the_order_of_the_list() -> None:
    accounts = [account(number, value=5.0) for number in range(10)]
    assert tiers_of(*accounts) == ["A"] + ["B"] * 2 + ["C"] * 7


@pytest.mark.parametrize(
    "hint",
    [
        {"value": 1.0},
        {"potential": 1.0},
        {"last_contact": dt.date(2026, 1, 1)},
        {"relationship": Relationship.GOOD},
    ],
)
def test_any_figure_of_an_account_without_a_tier_tells_something(hint: dict[str, object]) -> None:
    assert tells_something([account(1), account(2, **hint)])
    assert not tells_something([account(1), account(2, tier="A", **hint)])


def test_a_score_is_made_of_its_parts() -> None:
    accounts = [
        account(1, value=100.0, relationship=Relationship.GRIEVANCE),
        account(2, value=10.0, last_contact=START),
    ]
    found = scores(accounts, weights=ScoreWeights(), start=START)
    assert found["A-1"] == Score(30.0, 0.0, 20.0, 10.0)
    assert found["A-2"] == Score(10.0, 0.0, 10.0, 0.0)
    assert found["A-1"].total == 60.0


def test_money_counts_by_rank_and_equals_stand_together() -> None:
    accounts = [account(number, value=value) for number, value in enumerate((5.0, 5.0, 9e9))]
    found = scores(accounts, weights=ScoreWeights(), start=START)
    assert found["A-0"].value == found["A-1"].value == pytest.approx(40 / 3)
    assert found["A-2"].value == pytest.approx(40 * 5 / 6)


@pytest.mark.parametrize(
    ("last", "points"),
    [(None, 10.0), (dt.date(2020, 1, 1), 10.0), (START, 0.0), (dt.date(2028, 1, 1), 0.0)],
)
def test_who_was_not_heard_of_for_long_counts_more(last: dt.date | None, points: float) -> None:
    found = scores([account(1, last_contact=last)], weights=ScoreWeights(), start=START)
    assert found["A-1"].last_contact == points


def test_a_score_is_told_with_its_parts() -> None:
    assert str(Score(20, 15, 10, 5)) == (
        "50 = value 20 + potential 15 + relationship 10 + last contact 5"
    )


def test_a_tier_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="weight"):
        Tier("A", weight=0)
    with pytest.raises(ValueError, match="share"):
        Tier("A", share=-0.1)
    with pytest.raises(ValueError, match="name: is empty"):
        Tier(" ")


def test_a_weight_of_a_score_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="value"):
        ScoreWeights(value=-1)
