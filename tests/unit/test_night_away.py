"""A night away as the change that lets in a visit too far for one day: tested, or not said."""

import datetime as dt

import pytest
from attrs import evolve
from far import far_territory

from campaign.explaining.changes import NightAway
from campaign.explaining.putting import Spot
from campaign.explaining.trials import Freed, Trials
from campaign.model.hours import OpeningHours
from campaign.model.rep import Travel
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.rules import violations
from campaign.touches import ReasonCode

FAR, NEAR = 1.9, 0.1
"""275 minutes away, and a quarter of an hour, with days of 420 minutes."""


def too_far(*degrees: float, **changes: object) -> Territory:
    return evolve(far_territory(*degrees, travel=Travel()), **changes)  # type: ignore[arg-type]


def freed(territory: Territory) -> tuple[Trials, Freed | None]:
    made = plan(territory, effort=0)
    (left,) = made.left_out
    assert left.reason_code is ReasonCode.TOO_FAR
    trials = Trials(made)
    return trials, trials.freed(left)


def test_a_visit_too_far_for_one_day_comes_in_with_a_night_there() -> None:
    trials, found = freed(too_far(FAR, NEAR))
    assert found is not None
    assert isinstance(found.change, NightAway)
    spot = Spot(found.channel, found.date)
    then = trials.with_change(found.change, "A-1/A-1/visit", spot)
    assert then is not None
    placed, moves = then
    assert (moves, placed.left_out, violations(placed)) == ((), (), ())
    assert dict(placed.nights) == {found.change.evening: "A-1"}
    assert trials.breaks_nothing(placed, "A-1/A-1/visit")


def test_the_planner_finds_the_trip_once_nights_are_asked_for() -> None:
    territory = too_far(FAR, NEAR)
    asked = evolve(territory, travel=evolve(territory.travel, overnight=True))
    assert plan(asked, effort=0).left_out == ()


def test_the_reason_names_the_setting_and_its_table() -> None:
    (left,) = plan(too_far(FAR, NEAR), effort=0).left_out
    assert "(overnight = true under [travel]) would let it in, by visit on " in left.reason


@pytest.mark.parametrize("degrees", [(FAR,), (3.0, NEAR)])
def test_alone_out_there_or_too_far_for_one_way_no_night_helps(degrees: tuple[float, ...]) -> None:
    _, found = freed(too_far(*degrees))
    assert found is None or not isinstance(found.change, NightAway)


def test_where_the_days_cannot_be_told_by_minutes_alone_no_night_is_offered() -> None:
    territory = too_far(FAR, NEAR)
    hours = OpeningHours.parse("Mon-Fri 09:00-12:00")
    accounts = [evolve(one, visit_hours=hours) for one in territory.accounts[1:]]
    _, found = freed(evolve(territory, accounts=(territory.accounts[0], *accounts)))
    assert found is None or not isinstance(found.change, NightAway)


def test_a_night_away_asks_for_both_days() -> None:
    change = NightAway(dt.date(2027, 1, 12), "A-1")
    told = change.words(too_far(NEAR))
    assert told == "a night away there on Tue 12 Jan (overnight = true under [travel])"
