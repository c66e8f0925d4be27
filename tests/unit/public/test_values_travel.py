"""Every value hashes, pickles and copies by the standard library, so that it can travel."""

import copy
import datetime as dt
import pickle
from collections.abc import Iterator

import pytest
from attrs import evolve
from small import small

import campaign
from campaign import (
    Account,
    Busy,
    Campaign,
    Capacity,
    Contact,
    Finding,
    InvalidInput,
    Promise,
    Rep,
    Territory,
    UnreadableFile,
    check,
    explain,
    plan,
    replan,
)
from campaign.errors import CampaignError, WorkIsLogged
from campaign.model.policy import Policy
from campaign.model.stationery import Stationery
from campaign.model.values import FrozenDict

ACCOUNTS = (
    Account("A-1", "Cascade Dental", tier="A", latitude=44.9, longitude=-123, extra={"size": "7"}),
    Account("A-2", "Riverbend Mills", relationship="grievance", visit_hours="Mon-Fri 09:00-12:00"),
)
TERRITORY: Territory = small(
    *ACCOUNTS,
    rep=Rep(
        "Ann",
        home=(44.94, -123.03),
        timezone="America/Los_Angeles",
        country="US",
        busy=[Busy("2027-01-12T09:00", "2027-01-12T10:00", place=(44.9, -123.1))],
        leave=["2027-02-15/2027-02-19"],
    ),
    contacts=[Contact("C-1", "A-1", name="Ada", consents={"call": "no"})],
    promises=[Promise("P-1", "A-1", what="the price list", due="2027-02-01")],
    capacity=Capacity(more={dt.date(2027, 1, 5): 60}),
)


@pytest.fixture(scope="module")
def planned() -> Campaign:
    return plan(TERRITORY, effort=0)


def everything(planned: Campaign) -> Iterator[object]:
    """A value of each kind that the public names give."""
    territory = planned.territory
    yield from (territory, territory.rep, territory.policy, territory.calendar)
    yield from (*territory.accounts, *territory.contacts, *territory.promises, *territory.tiers)
    yield from (*territory.channels.values(), *territory.cadences.values())
    yield from (planned, *planned.touches, *planned.left_out, *planned.levels)
    yield from (planned.summary(), explain(planned, "A-1"), check(territory))
    late = evolve(planned, touches=planned.touches[1:])
    yield from (Policy(), Stationery({"thank": "Dear you"}), *late.violations())


def test_every_value_comes_back_from_pickle_and_copy_equal_and_with_one_hash(
    planned: Campaign,
) -> None:
    for value in everything(planned):
        for other in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), copy.copy(value)):  # noqa: S301 (our own)
            assert other == value, type(value)
            assert hash(other) == hash(value), type(value)


def test_a_value_that_has_been_asked_things_travels_too(planned: Campaign) -> None:
    there = pickle.loads(pickle.dumps(planned))  # noqa: S301 (our own)
    assert there.violations() == planned.violations()
    assert there.to_records() == planned.to_records()


def test_a_replan_travels(planned: Campaign) -> None:
    made = replan(planned, dt.date(2027, 2, 1), effort=0)
    there = pickle.loads(pickle.dumps(made))  # noqa: S301 (our own)
    assert there.campaign == made.campaign
    assert str(there) == str(made)


@pytest.mark.parametrize(
    "error",
    [
        InvalidInput([Finding("accounts", "is no tier", row=3, column="tier")]),
        UnreadableFile("a.csv", "does not exist", "check the name"),
        WorkIsLogged("campaign.csv", 3),
        CampaignError("no such account"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_come_back_from_another_process_as_they_were(error: CampaignError) -> None:
    there = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    assert type(there) is type(error)
    assert str(there) == str(error)


def test_a_frozen_dict_is_a_dict_that_nobody_changes() -> None:
    frozen = FrozenDict({"b": 1, "a": 2})
    assert (frozen, list(frozen)) == ({"a": 2, "b": 1}, ["b", "a"])
    assert hash(frozen) == hash(FrozenDict({"a": 2, "b": 1}))
    assert frozen | {"c": 3} == {"a": 2, "b": 1, "c": 3}
    for change in (
        lambda: frozen.__setitem__("a", 1),
        lambda: frozen.__delitem__("a"),
        lambda: frozen.update(a=1),
        lambda: frozen.pop("a"),
        lambda: frozen.setdefault("c", 1),
        lambda: frozen.__ior__({"c": 1}),
        frozen.popitem,
        frozen.clear,
    ):
        with pytest.raises(TypeError, match="make a dict of it first"):
            change()
    assert frozen == {"a": 2, "b": 1}


def test_a_part_of_the_policy_goes_before_the_policy() -> None:
    policy = Policy(capacity=Capacity(minutes_per_week=300), tiers=TERRITORY.tiers[:2])
    both = small(policy=policy, capacity=Capacity(minutes_per_week=600))
    assert both.capacity.minutes_per_week == 600
    assert both.tiers == policy.tiers
    assert evolve(both, policy=policy).capacity.minutes_per_week == 300
    assert evolve(both, days=60).policy == both.policy


def test_the_version_is_that_of_the_package() -> None:
    assert campaign.__version__[0].isdigit()
