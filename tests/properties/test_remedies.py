"""Whatever the territory: a remedy that a reason names is true by the whole set of rules."""

import datetime as dt
import random

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from living import lived
from placing import put_in
from territories import territories
from tries import only_long

from campaign.explaining.remedies import Freed, Remedies
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.replanning import replan
from campaign.rules import Facts, Violation, violations
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
    _all_are_true(campaign, territory.start)


@settings(max_examples=6)
@given(territories(most_accounts=4), tight, st.integers(0, 10_000))
def test_no_remedy_of_a_plan_made_anew_is_in_the_past(
    territory: Territory, capacity: Capacity, seed: int
) -> None:
    dice = random.Random(seed)
    full = evolve(territory, capacity=capacity)
    rows: tuple[Touch, ...] = plan(full, effort=0).touches
    start = dt.date(full.start.year, full.start.month, full.start.day)
    day = start + dt.timedelta(days=dice.randint(1, 25))
    logged = lived(full, rows, day, dice)
    made = replan(Plan(full, logged), day, freeze=2, effort=0)
    _all_are_true(made.campaign, day)


def _all_are_true(made: Plan, day: dt.date) -> None:
    remedies = Remedies(made)
    for left_out in made.left_out[:FEW]:
        found = remedies.missing(left_out).freed
        words = remedies.missing(left_out).remedy(made.territory)
        assert left_out.reason.endswith(words)
        if found:
            assert day <= found.date
            _is_true(made, left_out, found)


def _is_true(made: Plan, left_out: LeftOut, found: Freed) -> None:
    """Applied to the whole plan, with every rule asked of every account.

    That with more room another account's promise or opening could stand better is no fault of
    the touch; nor that the due days of what follows it are told anew.
    """
    changed = evolve(made, territory=found.change.applied(made.territory))
    due = Facts(changed).due(left_out.touch_id)
    assert due
    then = put_in(changed, due, found.change.spot, touch_id=left_out.touch_id)
    before = {_key(one) for one in violations(made)}
    told_anew = [
        one for one in violations(then) if one.figures.get("column") not in ("due", "late")
    ]
    broken = [one for one in told_anew if _key(one) not in before]
    assert all(one.rule in ("R7", "R8") for one in broken)
    assert [one for one in broken if one.account_id == left_out.account_id] == []


def _key(found: Violation) -> tuple[object, ...]:
    return found.rule, found.fault, found.touch_id, found.date, found.account_id
