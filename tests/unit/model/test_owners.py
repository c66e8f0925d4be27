"""Other people's accounts are not touched, and a cadence may ask for too much by itself."""

import pytest
from attrs import evolve
from byhand import a_territory, an_account
from rows import a_touch

from campaign import Account, Cadence, Courtesy, Promise, Step
from campaign.demand import demand
from campaign.model.priorities import Tier
from campaign.model.refusals import Refusal
from campaign.model.territory import Territory
from campaign.outputs.handover import briefs_of
from campaign.touches import Plan

MINE = evolve(an_account(), account_id="A-1", name="Mill", owner="Ann  LEE")
HIS = Account("A-2", "Inn", owner="Bo Ray")
NOBODYS = Account("A-3", "Bakery")


def territory(*names: str, **others: object) -> Territory:
    found = a_territory(MINE, **others)  # type: ignore[arg-type]
    return evolve(found, rep=evolve(found.rep, owner=names), accounts=[MINE, HIS, NOBODYS])


def active(of: Territory) -> list[str]:
    return [one.account_id for one in of.active_accounts]


def test_all_are_mine_where_nothing_is_said() -> None:
    assert active(territory()) == ["A-1", "A-2", "A-3"]
    assert not [one for one in territory().findings if one.column == "rep.owner"]


def test_accounts_of_others_are_counted_named_and_not_touched() -> None:
    of = territory("ann lee", "275")
    assert active(of) == ["A-1", "A-3"]
    assert {one.account.account_id for one in demand(of).owed} == {"A-1", "A-3"}
    (notice,) = [one for one in of.findings if one.column == "rep.owner"]
    assert "1 of 3 accounts are worked by others (Bo Ray 1): Inn" in str(notice)


def test_what_was_begun_and_went_to_another_is_handed_over_in_full() -> None:
    promises = [Promise("PR-1", "A-2", what="the key", due="2027-02-01")]
    of = evolve(territory("Ann Lee"), promises=promises, refusals=[Refusal("", "A-2")])
    plan = Plan(of, [a_touch("A-2/A-2/hello", status="done", outcome="done")])
    assert [one["account"].account_id for one in briefs_of(plan)] == ["A-1", "A-2", "A-3"]
    assert [one["what"] for one in briefs_of(plan, "A-2")[0]["promises"]["shown"]] == ["the key"]
    assert of.account("A-2").do_not_contact


def cadence(*channels: str | list[str], purpose: str = "listen") -> Cadence:
    steps = [Step(f"s{n}", one, purpose) for n, one in enumerate(channels)]
    return Cadence("own", steps)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        (cadence(*["call"] * 3), ""),
        (cadence(*["call"] * 4), "4 steps by call"),
        (cadence(*[["call", "letter"]] * 4), ""),
        (cadence(*["call"] * 4, purpose="thank"), ""),
        (cadence(*[["call", "letter"]] * 6), "6 touches"),
    ],
)
def test_a_cadence_over_a_ceiling_is_a_notice(steps: Cadence, says: str) -> None:
    of = a_territory(
        an_account(tier="A"),
        tiers=(Tier("A", cadence="own"),),
        cadences={"own": steps},
        courtesy=Courtesy(most=5, most_by_channel={"call": 3}),
    )
    found = [one for one in of.findings if one.column == "cadences.own"]
    assert bool(found) == bool(says)
    assert all(says in one.problem for one in found)
