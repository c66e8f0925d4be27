"""Whatever the territory: a remedy that a reason names is true by the whole set of rules."""

import datetime as dt
import random

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from living import lived
from territories import territories
from tries import only_long

from campaign.explaining.putting import Spot
from campaign.explaining.remedies import remedy
from campaign.explaining.trials import Trials
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.replanning import replan
from campaign.rules import violations
from campaign.touches import LeftOut, Plan, Touch

pytestmark = only_long

FEW = 3
tight = st.builds(
    Capacity,
    minutes_per_day=st.sampled_from([40, 90, 200]),
    minutes_per_week=st.sampled_from([40, 120, 260]),
)


@settings(max_examples=6)
@given(territories(most_accounts=4), tight)
def test_every_remedy_lets_its_touch_in_and_breaks_no_rule(
    territory: Territory, capacity: Capacity
) -> None:
    campaign = plan(evolve(territory, capacity=capacity), effort=0)
    _all_are_true(campaign, territory.start, territory.start)


@settings(max_examples=6)
@given(territories(most_accounts=4), tight, st.integers(0, 10_000))
def test_no_remedy_of_a_plan_made_anew_is_in_the_past_or_moves_what_is_frozen(
    territory: Territory, capacity: Capacity, seed: int
) -> None:
    dice = random.Random(seed)
    full = evolve(territory, capacity=capacity)
    rows: tuple[Touch, ...] = plan(full, effort=0).touches
    start = dt.date(full.start.year, full.start.month, full.start.day)
    day = start + dt.timedelta(days=dice.randint(1, 25))
    logged = lived(full, rows, day, dice)
    made = replan(Plan(full, logged), day, freeze=2, effort=0)
    _all_are_true(made.campaign, day, made.begun.first_free)


def _all_are_true(made: Plan, day: dt.date, free_from: dt.date) -> None:
    trials = Trials(made, free_from=free_from)
    for left_out in made.left_out[:FEW]:
        found = trials.freed(left_out)
        words = remedy(made.territory, found, trials.hindrance(left_out))
        assert left_out.reason.endswith(words)
        if found:
            assert day <= found.date
            assert all(free_from <= move.before for move in found.moves)
            _is_true(trials, left_out, Spot(found.channel, found.date))


def _is_true(trials: Trials, left_out: LeftOut, spot: Spot) -> None:
    """Applied to the whole plan, with every rule asked of every account."""
    found = trials.freed(left_out)
    assert found
    placed = trials.with_change(found.change, left_out.touch_id, spot)
    assert placed is not None
    then, moves = placed
    assert moves == found.moves
    assert trials.breaks_nothing(then, left_out.touch_id)
    assert left_out.touch_id in {touch.touch_id for touch in then.touches}
    assert left_out.touch_id not in {one.touch_id for one in then.left_out}
    account_id = left_out.account_id
    before = {str(one) for one in violations(trials.plan)}
    broken = [one for one in violations(then) if str(one) not in before]
    assert [one for one in broken if one.account_id == account_id] == []
