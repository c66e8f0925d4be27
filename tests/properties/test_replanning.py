"""Whatever becomes of a plan, and whenever it is made anew: the rules hold, facts stay."""

from again import holds, planned_again
from hypothesis import given
from hypothesis import strategies as st
from territories import territories
from tries import few

from campaign.model.territory import Territory


@few(3)
@given(territories(most_accounts=6), st.integers(0, 10_000))
def test_every_plan_made_anew_keeps_every_rule_and_every_fact(
    everybody: Territory, seed: int
) -> None:
    for made, logged, day in planned_again(everybody, seed, effort=3):
        holds(made, logged, day)
