"""What would help a rep who drives far: nights away, longer days, another base."""

import pytest
from attrs import evolve
from far import account, far_territory

from campaign import Rep, Territory, Travel, plan
from campaign.geography.travel import far_accounts
from campaign.model.rep import Base
from campaign.offers import Help, Offers, drives_far, helps
from campaign.phrases import minutes_in_words

HOMELY = Travel()


def north(*degrees: float, minutes_per_day: int = 420) -> Territory:
    return far_territory(*degrees, travel=HOMELY, minutes_per_day=minutes_per_day)


@pytest.fixture(scope="module")
def far() -> Territory:
    return north(*[1.1] * 5, 0.1)


def test_far_is_two_hours_there_and_back_from_the_nearest_base(far: Territory) -> None:
    assert [one.account_id for one in far_accounts(far)] == ["A-1", "A-2", "A-3", "A-4", "A-5"]
    based = evolve(far, rep=evolve(far.rep, bases=[Base((46.1, -123.0), weekdays=[2])]))
    assert far_accounts(based) == ()
    nowhere = evolve(far, rep=Rep("Robin"))
    assert far_accounts(nowhere) == ()


def test_what_helps_is_planned_and_holds_when_it_is_done(far: Territory) -> None:
    base = plan(far, effort=0)
    assert drives_far(base)
    nights, *_others, based = helps(base, effort=0)
    away = plan(evolve(far, travel=evolve(far.travel, overnight=True)), effort=0, hint=base)
    driving = sum(touch.travel_minutes + touch.home_minutes for touch in away.touches)
    assert (nights.driving, nights.write) == (driving, "overnight = true under [travel]")
    assert nights.driving < nights.before
    assert (
        f"{minutes_in_words(driving)} of driving instead of {minutes_in_words(nights.before)}"
        in str(nights)
    )
    assert 'bases = [{ on = "Wed", place = { latitude = 46.1, longitude =' in based.write
    assert based.driving < based.before


def test_longer_days_are_told_where_they_let_visits_in() -> None:
    base = plan(north(1.4, 0.1, minutes_per_day=420), effort=0)
    assert base.left_out
    longer = evolve(base.territory.rep, hours=dict.fromkeys(("mon", "tue"), "06:00-20:00"))
    base = plan(evolve(base.territory, rep=longer), effort=0)
    (found,) = [one for one in helps(base, effort=0) if "minutes_per_day" in one.write]
    assert found.write == "minutes_per_day = 540 under [capacity]"
    assert (found.visits, found.placed) == (1, 1)
    assert "a visit more, a required touch more" in str(found)


def test_nothing_is_tried_where_nobody_is_far_or_nothing_helps(far: Territory) -> None:
    near = plan(north(0.1, 0.2, 0.3), effort=0)
    assert not drives_far(near)
    assert helps(near, effort=0) == ()
    alone = plan(evolve(far, accounts=[account(1, 1.1)]), effort=0)
    assert helps(alone, effort=0) == ()


def test_a_program_is_given_the_same() -> None:
    help_ = Help("with nights away", "overnight = true", 1043, 3287, visits=2, placed=3)
    assert str(help_) == (
        "with nights away: 17 h 23 min of driving instead of 54 h 47 min, 2 visits more, "
        "3 required touches more. Write overnight = true"
    )
    assert Offers(0, 0, far=(help_,)).record()["far"][0]["sentence"] == str(help_)
