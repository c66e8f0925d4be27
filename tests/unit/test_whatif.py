"""What more hours buy, and two plans side by side."""

import pickle
from functools import cache

import pytest
from attrs import evolve
from small import small

from campaign import (
    Account,
    Campaign,
    Capacity,
    InvalidInput,
    Territory,
    compare,
    hours_curve,
    plan,
)

ACCOUNTS = [
    Account(f"A-{n}", f"Firm {n}", tier="ABC"[n % 3], latitude=45 + n / 40, longitude=-123.0)
    for n in range(6)
]
TERRITORY: Territory = small(*ACCOUNTS)


@cache
def with_hours(hours: float) -> Campaign:
    capacity = Capacity(minutes_per_week=round(60 * hours))
    return plan(evolve(TERRITORY, capacity=capacity), effort=0)


def test_a_curve_never_falls_as_the_hours_rise() -> None:
    curve = hours_curve(TERRITORY, [8, 0.25, 1, 1.0], effort=0)
    assert [point.hours for point in curve.points] == [0.25, 1, 8]
    shares = [[level.share for level in point.campaign.levels] for point in curve.points]
    counted = [[share for share in row if share is not None] for row in shares]
    assert counted == sorted(counted)
    assert counted[0] < counted[-1]
    for point in curve.points:
        assert not point.campaign.violations()
        assert point.campaign.territory.capacity.minutes_per_week == 60 * point.hours


def test_a_curve_is_a_line_for_each_number_of_hours() -> None:
    curve = hours_curve(TERRITORY, [2, 8], effort=0)
    heads, first, second = str(curve).splitlines()
    assert heads.startswith("Hours a week  every month")
    assert (first.split()[0], second.split()[0]) == ("2", "8")
    assert curve._repr_html_().startswith("<pre>")


@pytest.mark.parametrize("hours", [-1, 169, float("inf"), "many"])
def test_hours_that_no_week_has_are_refused(hours: float) -> None:
    with pytest.raises(InvalidInput, match="no number of hours a week; write 0 to 168"):
        hours_curve(TERRITORY, [hours])


def test_a_plan_compared_with_itself_shows_no_change() -> None:
    same = compare(with_hours(2), with_hours(2))
    assert (same.gaining, same.losing, same.dated_anew) == ((), (), 0)
    assert all(one == other for _, one, other in same.minutes)
    assert all(one == other for one, other in same.levels)


def test_who_gains_and_who_loses_is_told_with_reasons() -> None:
    few, many = with_hours(0.5), with_hours(8)
    more = compare(few, many)
    gained = {(one.account_id, step) for one in more.gaining for step in one.gained}
    before = {(t.account_id, t.step) for t in few.touches}
    assert gained
    assert not gained & before
    less = compare(many, few)
    lost = [(step, why) for one in less.losing for step, why in one.lost]
    reasons = {left.reason for left in few.left_out}
    assert lost
    assert {why for _, why in lost} <= reasons
    text = str(less)
    assert "Lose in B: " in text
    assert f"call, hours{'':13}" in text
    assert pickle.loads(pickle.dumps(less)) == less  # noqa: S301 (our own)
