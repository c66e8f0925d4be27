"""Whatever becomes of a plan, and whenever it is made anew: the rules hold, facts stay."""

import datetime as dt
import random

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from living import by_id, closed, lived, only, without_a_contact
from territories import territories

from campaign import plan
from campaign.model.territory import Territory
from campaign.replanning import Replanned, replan
from campaign.touches import Plan, Status, Touch
from campaign.workdays import Span


@settings(max_examples=40)
@given(territories(most_accounts=6), st.integers(0, 10_000))
def test_every_plan_made_anew_keeps_every_rule_and_every_fact(
    everybody: Territory, seed: int
) -> None:
    dice = random.Random(seed)
    ids = [account.account_id for account in everybody.accounts]
    territory = only(everybody, ids[: max(1, len(ids) - 1)])
    rows: tuple[Touch, ...] = plan(territory, effort=3).touches
    day = dt.date(territory.start.year, territory.start.month, territory.start.day)
    for _ in range(4):
        day += dt.timedelta(days=dice.randint(1, 20))
        if day > territory.calendar.end:
            return
        logged = lived(territory, rows, day, dice)
        territory = _changed(territory, everybody, dice)
        made = replan(
            Plan(territory, logged), day, freeze=dice.randint(0, 4), off=_off(day, dice), effort=3
        )
        _holds(made, logged, day)
        territory, rows = made.campaign.territory, made.campaign.touches


def _changed(territory: Territory, everybody: Territory, dice: random.Random) -> Territory:
    """Somebody joins, leaves, or is not worked any more."""
    known = {account.account_id for account in territory.accounts}
    if dice.random() < 0.4 and len(known) < len(everybody.accounts):
        return evolve(
            everybody,
            rep=territory.rep,
            accounts=[*territory.accounts, everybody.accounts[-1]],
        )
    if dice.random() < 0.3 and territory.contacts:
        return without_a_contact(territory, dice.choice(territory.contacts).contact_id)
    if dice.random() < 0.2:
        return closed(territory, dice.choice(territory.accounts).account_id)
    return territory


def _off(day: dt.date, dice: random.Random) -> tuple[Span, ...]:
    if dice.random() < 0.7:
        return ()
    first = day + dt.timedelta(days=dice.randint(0, 10))
    return (Span(first, first + dt.timedelta(days=dice.randint(0, 6))),)


def _holds(made: Replanned, logged: list[Touch], day: dt.date) -> None:
    campaign = made.campaign
    assert campaign.violations() == ()
    for level in campaign.levels:
        assert level.bound is None or level.figure <= level.bound <= (level.possible or 0)
    rows = by_id(campaign.touches)
    owed = {one.touch_id for one in made.begun.before}
    for row in logged:
        if row.status is not Status.PLANNED:
            assert rows[row.touch_id] == row
        elif row.date < day:
            assert rows[row.touch_id].status is Status.MISSED
        elif row.pinned and rows[row.touch_id].status is Status.PLANNED:
            assert rows[row.touch_id].date == row.date
    fresh = [row for row in campaign.touches if row.status is Status.PLANNED]
    assert all(row.date >= day for row in fresh)
    assert all(row.touch_id in owed or row.planned_on == day for row in fresh if not row.pinned)
