import pytest
from small import small

from campaign import Account, Capacity, Channel, Rep, Territory
from campaign.model.notices import odd_figures

A = Account("A-1", "Cascade Dental", tier="A")
A_DAY = small(A).start
LUNCH = Rep("Ann", home=(44.94, -123.03), lunch_minutes=600)


@pytest.mark.parametrize(
    ("territory", "column"),
    [
        (small(A, capacity=Capacity(minutes_per_day=0)), "capacity.minutes_per_day"),
        (small(A, capacity=Capacity(minutes_per_week=0)), "capacity.minutes_per_week"),
        (small(A, channels={"call": Channel("call", 0)}), "channels.call.minutes"),
        (small(A, channels={"call": Channel("call", 9, per_day=0)}), "channels.call.per_day"),
        (small(A, channels={"call": Channel("call", 9, per_week=0)}), "channels.call.per_week"),
        (small(A, rep=LUNCH), "rep.lunch_minutes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_figure_of_zero_is_told(territory: Territory, column: str) -> None:
    (found,) = odd_figures(territory)
    assert (found.column, found.is_error) == (column, False)
    assert found in territory.findings


def test_what_leaves_minutes_is_not_told() -> None:
    odd = Capacity(minutes_per_day=0, minutes_per_week=0, more={A_DAY: 60})
    assert not list(odd_figures(small(A)))
    assert not list(odd_figures(small(A, capacity=odd)))
    assert not list(odd_figures(small(A, channels={"pigeon": Channel("pigeon", 0, per_day=0)})))
