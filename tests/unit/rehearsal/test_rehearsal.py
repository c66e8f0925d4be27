"""Lives of a quarter: repeatable, and what goes wrong in them is what the rates say."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from attrs import evolve
from rows import a_touch
from small import small

from campaign import Account, Capacity, InvalidInput, Policy, Promise, Territory, rehearse
from campaign.model.outcomes import Outcome
from campaign.rehearsal import Figure, Rehearsal
from campaign.rehearsal.field import Field, rates_with
from campaign.touches import Status

NEVER = dict.fromkeys(rates_with({}), 0.0)
FINE = {**NEVER, "call.reached": 1.0, "visit.met": 1.0}
TERRITORY: Territory = small(
    *(
        Account(f"A-{n}", f"Firm {n}", tier="AB"[n % 2], latitude=45 + n / 40, longitude=-123.0)
        for n in range(2)
    ),
    promises=[Promise("P-1", "A-1", what="the price list", due="2027-02-10")],
)


A_MONTH = evolve(TERRITORY, days=30)


def lived(runs: int = 1, of: Territory = TERRITORY, **more: object) -> Rehearsal:
    return rehearse(of, runs=runs, effort=0, **more)  # type: ignore[arg-type]  # by name


def test_where_nothing_goes_wrong_the_plan_is_delivered() -> None:
    found = lived(rates=FINE)
    assert [found.covered(tier, month).mean for tier in "AB" for month in (1, 2, 3)] == [1.0] * 6
    assert found.promises_in_time == Figure(1.0, 1.0, 1.0)
    assert found.figure("moved_share").mean == found.figure("put_off_share").mean == 0
    assert found.lives[0].coverage == found.unchanged[0].coverage
    assert 0 < found.figure("silence").mean < 60


def test_where_nobody_works_nothing_is_delivered() -> None:
    found = lived(of=A_MONTH, rates={**NEVER, "day.sick": 1.0})
    assert found.covered("A", 1).mean == 0
    assert found.figure("minutes").mean == 0
    assert found.promises_in_time.mean == 0
    assert found.figure("silence").mean == 29


def test_the_same_seed_gives_the_same_lives_on_any_executor() -> None:
    once = lived(2, A_MONTH, seed=7)
    with ThreadPoolExecutor(2) as pool:
        assert lived(2, A_MONTH, seed=7, executor=pool) == once
    assert lived(2, A_MONTH, seed=8) != once


def test_replanning_brings_back_what_was_missed() -> None:
    rates = {**FINE, "day.not_done": 0.4}
    found = lived(rates=rates)
    assert found.covered("A", 2).mean == 1
    life, unchanged = found.lives[0], found.unchanged[0]
    assert life.moved + life.kept > 0
    assert life.put_off > 0
    assert (unchanged.moved, unchanged.put_off > 0) == (0, True)
    assert unchanged.put_off_share == unchanged.put_off / unchanged.kept


def test_accounts_are_lost_and_join() -> None:
    field = Field(rates_with({"month.lost": 1.0, "month.joined": 1.0}), "0")
    after = TERRITORY
    for week in range(13):
        after = field.changed(after, week)
    lost = [one for one in after.accounts if one.status == "lost"]
    assert lost
    assert len(after.accounts) > len(TERRITORY.accounts)
    assert Field(rates_with(NEVER), "0").changed(after, 1) is after
    assert lived(rates={**FINE, "month.lost": 1.0, "month.joined": 1.0}).lives[0].minutes > 0


@pytest.mark.parametrize(
    ("channel", "rate", "outcome"),
    [
        ("call", {"call.reached": 1.0}, Outcome.REACHED),
        ("call", {"call.wrong_number": 1.0}, Outcome.WRONG_NUMBER),
        ("call", {"call.voicemail": 1.0}, Outcome.VOICEMAIL),
        ("call", {}, Outcome.NO_ANSWER),
        ("letter", {}, Outcome.DONE),
        ("letter", {"post.returned": 1.0}, Outcome.RETURNED_MAIL),
        ("postcard", {"post.replied": 1.0}, Outcome.REPLIED),
        ("visit", {"visit.met": 1.0}, Outcome.MET),
        ("visit", {}, Outcome.NO_ANSWER),
        ("visit", {"touch.complaint": 1.0}, Outcome.COMPLAINT),
    ],
)
def test_a_touch_becomes_what_the_rates_say(
    channel: str, rate: dict[str, float], outcome: Outcome
) -> None:
    field = Field(rates_with({**NEVER, **rate}), "0")
    done = field.lived(TERRITORY, a_touch(f"A-1/A-1/{channel}", "01-12", channel))
    assert (done.status, done.outcome, done.done_on) == (Status.DONE, outcome, done.date)


def test_rates_that_are_none_are_refused_all_at_once() -> None:
    with pytest.raises(InvalidInput, match=r'"call\.luck" is no rate') as caught:
        lived(rates={"call.luck": 0.5, "call.reached": 2.0})
    assert len(caught.value.findings) == 2
    with pytest.raises(InvalidInput, match="0 are no runs"):
        lived(0)


def test_a_keyword_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match=r"rehearse\(\) got an unexpected keyword argument 'sed'"):
        lived(sed=7)


def test_who_wants_no_contact_is_not_waited_for() -> None:
    first, *others = A_MONTH.accounts
    closed = evolve(A_MONTH, accounts=[evolve(first, do_not_contact=True), *others])
    assert lived(of=closed, rates=FINE).figure("silence").mean < 29


def test_a_policy_is_tried_in_place_of_the_territorys_own() -> None:
    none = Policy(capacity=Capacity(minutes_per_week=0))
    assert lived(of=A_MONTH, rates=FINE, policy=none).figure("minutes").mean == 0


def test_the_text_has_some_ten_lines_and_the_first_plan_beside() -> None:
    lines = str(lived(2, A_MONTH)).splitlines()
    assert 6 <= len(lines) <= 12
    assert lines[0].startswith("Lived 2 quarters, re-planned each Monday")
    assert all("first plan kept: " in line for line in lines[1:])
    assert Figure.of([]) == Figure(0, 0, 0)
