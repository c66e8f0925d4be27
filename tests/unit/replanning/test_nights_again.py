"""Nights away once a campaign has begun: spent, planned, frozen, given up."""

import datetime as dt
from functools import cache

from attrs import evolve
from far import HOME, START, far_territory
from living import by_id, closed, logged

from campaign import plan
from campaign.model.busy import Busy
from campaign.model.rep import Travel
from campaign.model.territory import Territory
from campaign.replanning import replan
from campaign.touches import Plan, Status, Touch
from campaign.workdays import Span, plain

A_DAY = dt.timedelta(days=1)
# Too far for a day tour: two of them need a night between, and there is no other place.
TERRITORY = far_territory(2.0, 2.0)


@cache
def trip() -> tuple[Touch, Touch]:
    """The visit before the only night and the one after it."""
    evening, morning = plan(TERRITORY, effort=0).touches
    assert evening.night
    assert morning.date - evening.date == A_DAY
    return evening, morning


def again(
    *rows: Touch,
    day: dt.date,
    territory: Territory = TERRITORY,
    freeze: int = 3,
    off: Span | None = None,
) -> Plan:
    """The plan made anew on a day."""
    days_off = (off,) if off else ()
    made = replan(Plan(territory, rows), day, freeze=freeze, off=days_off, effort=0).campaign
    assert made.violations() == ()
    return made


def tour(touch: Touch) -> tuple[dt.date, int, int, str]:
    return touch.date, touch.travel_minutes, touch.home_minutes, touch.night


def test_the_morning_after_a_night_that_was_spent_starts_there() -> None:
    evening, morning = trip()
    made = by_id(again(logged(evening, "met"), morning, day=morning.date).touches)
    assert tour(made[morning.touch_id]) == tour(morning)
    assert made[evening.touch_id].night == evening.night


def test_so_it_does_where_the_visit_before_it_was_missed() -> None:
    evening, morning = trip()
    made = by_id(again(evening, morning, day=morning.date).touches)
    there = made[morning.touch_id]
    assert (there.date, there.travel_minutes) == (morning.date, morning.travel_minutes)
    assert made[evening.touch_id].status is Status.MISSED
    # It can be made up for on the same day only: no day tour reaches it.
    assert made[f"{evening.touch_id}#2"].date == morning.date


def test_so_it_does_where_no_more_nights_are_asked_for() -> None:
    evening, morning = trip()
    at_home = evolve(TERRITORY, travel=evolve(TERRITORY.travel, overnight=False))
    made = again(logged(evening, "met"), morning, day=morning.date, territory=at_home)
    assert tour(by_id(made.touches)[morning.touch_id]) == tour(morning)


def test_a_visit_made_today_starts_tomorrow_at_the_place_of_its_night() -> None:
    evening, morning = trip()
    made = again(logged(evening, "met"), morning, day=evening.date, freeze=0)
    assert tour(by_id(made.touches)[morning.touch_id]) == tour(morning)


def test_a_trip_stays_whether_it_is_frozen_or_not() -> None:
    rows = trip()
    for freeze in (0, 5):
        made = again(*rows, day=START, freeze=freeze)
        assert [tour(touch) for touch in made.touches] == [tour(touch) for touch in rows]


def test_pinned_visits_keep_their_night() -> None:
    rows = [evolve(touch, pinned=True) for touch in trip()]
    made = again(*rows, day=START, freeze=0)
    assert [tour(touch) for touch in made.touches] == [tour(touch) for touch in rows]


def test_a_trip_moves_away_from_a_day_off() -> None:
    evening, morning = trip()
    off = Span(plain(morning.date), plain(morning.date))
    made = again(evening, morning, day=START, off=off)
    assert morning.date not in {touch.date for touch in made.touches}
    assert [bool(touch.night) for touch in made.touches] == [True, False]


def test_a_trip_moves_away_from_a_meeting() -> None:
    evening, morning = trip()
    on = morning.date.isoformat()
    there = (HOME[0] + 0.5, HOME[1])
    meeting = Busy(f"{on}T10:00", f"{on}T11:00", what="Fair", place=there)
    busy = evolve(TERRITORY, rep=evolve(TERRITORY.rep, busy=[meeting]))
    made = again(evening, morning, day=START, territory=busy)
    assert plain(evening.date) not in made.nights
    assert [bool(touch.night) for touch in made.touches] == [True, False]


def test_a_night_without_a_morning_is_given_up_with_the_visit_before_it() -> None:
    evening, morning = trip()
    made = again(
        evening, morning, day=START, territory=closed(TERRITORY, morning.account_id), freeze=5
    )
    assert not made.nights
    assert [left.touch_id for left in made.left_out] == [evening.touch_id]


def test_a_visit_that_is_skipped_takes_its_night_with_it() -> None:
    evening, morning = trip()
    made = again(evolve(evening, status="skipped"), morning, day=evening.date)
    assert by_id(made.touches)[evening.touch_id].night == ""
    assert not made.nights


def test_nights_before_count_to_those_in_a_row() -> None:
    """Two nights in a row were planned; after the first, no more than one is allowed."""
    travel = Travel(overnight=True, most_nights=3)
    territory = far_territory(*(2.0,) * 3, travel=travel, minutes_per_day=400)
    rows = plan(territory, effort=200).touches
    first, second = (row for row in rows if row.night)
    assert second.date - first.date == A_DAY
    shorter = evolve(territory, travel=evolve(travel, most_nights=1))
    done = [logged(row, "met") if row.date <= first.date else row for row in rows]
    made = again(*done, day=first.date + A_DAY, territory=shorter)
    assert plain(first.date) + A_DAY not in made.nights
