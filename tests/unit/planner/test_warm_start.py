"""Starting from a plan made before."""

from attrs import evolve
from small import small

from campaign.model.accounts import Account
from campaign.planning import plan
from campaign.touches import Plan

ACCOUNTS = [Account(f"A-{n}", f"Account {n}", tier="ABC"[n % 3]) for n in range(7)]


def test_a_plan_is_taken_over_whole_where_nothing_has_changed() -> None:
    territory = small(*ACCOUNTS)
    before = plan(territory, effort=300)
    after = plan(territory, effort=0, hint=before)
    assert after.touches == before.touches


def test_what_no_longer_may_stand_is_not_taken_over() -> None:
    before = plan(small(*ACCOUNTS), effort=60)
    closed = [evolve(ACCOUNTS[0], do_not_contact=True), *ACCOUNTS[2:]]
    after = plan(small(*closed), effort=0, hint=before)
    assert after.violations() == ()
    assert {touch.account_id for touch in after.touches} == {f"A-{n}" for n in range(2, 7)}


def test_a_hint_that_breaks_rules_does_no_harm() -> None:
    territory = small(*ACCOUNTS)
    before = plan(territory, effort=0)
    first = before.touches[0].date
    crowded = Plan(territory, [evolve(touch, date=first) for touch in before.touches])
    assert plan(territory, effort=0, hint=crowded).violations() == ()
