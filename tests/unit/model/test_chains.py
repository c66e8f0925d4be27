"""Steps that repeat, laid out one by one."""

from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from small import small

from campaign.model.accounts import Account
from campaign.model.cadences import PURPOSES, Cadence, Gap, Step
from campaign.model.policy import Policy
from campaign.model.rep import Courtesy
from campaign.model.territory import Territory
from campaign.planning import plan

HELLO = Step("hello", "letter", "introduce", within=5)


def visits(**keys: Any) -> Step:  # noqa: ANN401
    return Step("visit", ("visit", "call"), "listen", after="hello", **keys)


def played(*steps: Step, most_visit: int = 3, most: int = 8) -> tuple[Step, ...]:
    return territory(*steps, most_visit=most_visit, most=most).played["own"].steps


def territory(*steps: Step, most_visit: int = 3, most: int = 8) -> Territory:
    return small(
        Account("A-1", "Cascade Dental", cadence="own", latitude=44.95, longitude=-123.0),
        cadences={**Policy().cadences, "own": Cadence("own", steps)},
        purposes=PURPOSES,
        courtesy=Courtesy(most=most, most_by_channel={"visit": most_visit}),
    )


def test_a_step_that_repeats_is_a_chain_by_the_same_gap() -> None:
    gap = Gap(8, 12, ideal=10)
    found = played(HELLO, visits(gap=gap, repeat=3))
    assert [(one.name, one.after, one.gap) for one in found] == [
        ("hello", None, None),
        ("visit", "hello", gap),
        ("visit-2", "visit", gap),
        ("visit-3", "visit-2", gap),
    ]
    assert not any(one.is_chain for one in found)


def test_every_two_weeks_goes_on_to_the_end_under_the_ceilings() -> None:
    chain = visits(every=2)
    free = [one.name for one in played(HELLO, chain, most_visit=20, most=20)]
    assert free == ["hello", "visit", "visit-2", "visit-3", "visit-4", "visit-5"]
    assert played(HELLO, chain)[-1].name == "visit-3"
    assert played(HELLO, chain, most=2)[-1].name == "visit"
    assert played(HELLO, chain)[1].gap == Gap(8, 12, ideal=10)


def test_the_first_of_a_chain_keeps_its_own_day() -> None:
    first, second = played(Step("call", "call", "listen", within=3, gap=(4, 6), repeat=2))
    assert (first.within, first.gap, second.within, second.gap) == (3, None, None, Gap(4, 6))


def test_each_step_of_a_chain_is_planned_by_its_gap() -> None:
    campaign = plan(territory(HELLO, visits(every=2)), effort=0)
    calendar = campaign.territory.calendar
    days = [calendar.position(one.day) for one in campaign.touches if one.step != "hello"]
    assert len(days) == 3
    assert all(8 <= later - sooner <= 12 for sooner, later in pairwise(days))
    assert campaign.violations() == ()


def test_what_follows_a_chain_follows_its_first() -> None:
    thanks = Step("thanks", "postcard", "thank", after="visit", gap=(1, 3))
    assert played(HELLO, visits(gap=(5, 9), repeat=2), thanks)[-1].after == "visit"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (visits(gap=(1, 2), repeat=2, required=False), "is a chain and optional"),
        (visits(every=2, repeat=2), "has both repeat and every"),
        (visits(repeat=2), "repeats without a gap"),
    ],
)
def test_a_chain_that_makes_no_sense_is_refused(step: Step, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Cadence("own", (HELLO, step))


def test_no_step_is_named_as_one_of_a_chain() -> None:
    named = evolve(visits(gap=(1, 2)), name="visit-2")
    with pytest.raises(ValueError, match='"visit-2" is named as one of the chain of "visit"'):
        Cadence("own", (HELLO, visits(every=2), named))
    assert Cadence("own", (HELLO, visits(every=2))).has("visit-7")
    assert not Cadence("own", (HELLO, visits(gap=(1, 2)))).has("visit-7")
