"""Nights away: where they are needed, where they are worth it, and where they are not."""

import datetime as dt

from attrs import evolve
from far import far_territory

from campaign.model.cadences import Cadence, Gap, Step
from campaign.model.hours import OpeningHours
from campaign.model.priorities import Tier
from campaign.model.rep import Rep, Travel
from campaign.model.territory import Territory
from campaign.outputs.plan_table import render_campaign
from campaign.planning import plan
from campaign.touches import Plan, ReasonCode
from campaign.workdays import Span

# Too far for a day tour: 290 minutes there, 290 back, and a day has 420.
TOO_FAR = (2.0, 2.0)
# A day tour takes 3 h there and 3 h back, and two visits do not fit the day.
FAR = (1.2, 1.2, 1.2, 1.2)


def without_nights(territory: Territory) -> Territory:
    return evolve(territory, travel=evolve(territory.travel, overnight=False))


def figure(found: Plan, name: str) -> int:
    return found.level(name).figure


def nights(found: Plan) -> int:
    return sum(bool(touch.night) for touch in found.touches)


def test_an_account_that_no_day_tour_reaches_is_reached_by_a_night() -> None:
    territory = far_territory(*TOO_FAR)
    by_day, away = plan(without_nights(territory), effort=0), plan(territory, effort=0)
    assert figure(by_day, "required") == 0
    assert {left.reason_code for left in by_day.left_out} == {ReasonCode.TOO_FAR}
    assert figure(away, "required") == 18
    assert nights(away) == 1
    assert not away.left_out


def test_the_two_days_of_a_trip_are_one_after_the_other_and_each_has_a_visit() -> None:
    away = plan(far_territory(*TOO_FAR), effort=0)
    first, second = (touch.date for touch in away.touches)
    assert second - first == dt.timedelta(days=1)
    assert [touch.night for touch in away.touches] in (["A-1", ""], ["A-2", ""])


def test_a_night_that_saves_too_little_is_spent_at_home() -> None:
    near = far_territory(0.45, 0.45, 0.45, 0.45)
    assert nights(plan(near, effort=0)) == 0
    dear = far_territory(*FAR, travel=Travel(overnight=True, night_saves=1000))
    assert nights(plan(dear, effort=0)) == 0


def test_a_far_account_that_is_alone_is_not_reached_by_a_night_without_a_morning() -> None:
    alone = plan(far_territory(2.0), effort=0)
    assert (nights(alone), figure(alone, "required")) == (0, 0)
    (left,) = alone.left_out
    assert left.reason_code is ReasonCode.TOO_FAR
    assert "and no trip with nights away takes it in (R" in left.reason


def test_an_account_beyond_a_day_s_drive_is_too_far_even_so() -> None:
    beyond = plan(far_territory(3.0, 3.0), effort=0)
    assert {left.reason_code for left in beyond.left_out} == {ReasonCode.TOO_FAR}


def test_no_trip_goes_on_over_a_weekend_or_leave() -> None:
    territory = far_territory(*TOO_FAR)
    # No two working days follow each other.
    hours = dict.fromkeys(("mon", "wed", "fri"), "08:00-17:00")
    rep = evolve(territory.rep, hours=hours)
    split = plan(evolve(territory, rep=rep), effort=0)
    assert (nights(split), figure(split, "required")) == (0, 0)


def test_no_more_nights_in_a_row_than_are_allowed() -> None:
    six = (2.0,) * 6
    one = plan(far_territory(*six, travel=Travel(overnight=True, most_nights=1)), effort=200)
    assert max(run_of_nights(one)) == 1
    three = plan(far_territory(*six, travel=Travel(overnight=True, most_nights=3)), effort=200)
    assert max(run_of_nights(three)) <= 3
    assert figure(one, "required") == figure(three, "required") == 54


def run_of_nights(found: Plan) -> list[int]:
    """How many nights stand in a row, for each trip."""
    runs, last = [0], None
    for evening in found.nights:
        is_next = last is not None and evening - last == dt.timedelta(days=1)
        runs = [*runs[:-1], runs[-1] + 1] if is_next else [*runs, 1]
        last = evening
    return runs


def test_the_morning_after_is_timed_from_the_night_s_place() -> None:
    early = OpeningHours.parse("Mon-Fri 08:00-10:00")
    territory = far_territory(*TOO_FAR)
    first, second = territory.accounts
    opened = evolve(territory, accounts=[first, evolve(second, visit_hours=early)])
    away = plan(opened, effort=200)
    assert figure(away, "required") == 18
    by_id = {touch.account_id: touch for touch in away.touches}
    assert by_id["A-1"].date < by_id["A-2"].date
    assert (by_id["A-2"].start or 0) < 540


def test_without_overnight_nothing_of_it_is_seen() -> None:
    territory = without_nights(far_territory(*FAR))
    other = evolve(territory, travel=evolve(territory.travel, most_nights=6, night_saves=0))
    one, two = plan(territory, effort=30), plan(other, effort=30)
    assert render_campaign(one) == render_campaign(two)
    assert "night" not in render_campaign(one).splitlines()[0].split(",")


def test_nothing_is_proved_of_plans_with_nights_by_tours_from_home() -> None:
    away = plan(far_territory(*TOO_FAR, *TOO_FAR, minutes_per_day=360), effort=100)
    required = away.level("required")
    assert required.bound is not None
    assert required.bound >= required.figure
    by_day = plan(without_nights(far_territory(*TOO_FAR)), effort=0).level("required")
    assert by_day.bound == 0


def test_where_nobody_is_far_the_plan_is_that_of_day_tours() -> None:
    near = far_territory(0.1, 0.2, 0.3)
    one, two = plan(near, effort=50), plan(without_nights(near), effort=50)
    assert [(t.touch_id, t.date, t.stop) for t in one.touches] == [
        (t.touch_id, t.date, t.stop) for t in two.touches
    ]


def test_without_a_home_no_night_is_away() -> None:
    territory = evolve(far_territory(*FAR), rep=Rep("Robin", timezone="America/Los_Angeles"))
    assert nights(plan(territory, effort=50)) == 0


def test_a_day_is_not_too_full_once_a_place_that_nobody_knows_is_taken_out() -> None:
    """By way of a place that is 30 minutes from everywhere, a far account is near."""
    territory = by_way_of_nowhere()
    assert not plan(territory, effort=10).violations()


def by_way_of_nowhere() -> Territory:
    territory = without_nights(far_territory(1.2, 0.0, 0.0, minutes_per_day=360))
    first, second, third = territory.accounts
    closed = Span(territory.start, territory.start + dt.timedelta(days=9))
    nowhere = evolve(second, latitude=None, longitude=None, closed_dates=[closed])
    steps = (
        Step("hello", "letter", "introduce", within=5),
        Step("visit", ["visit", "call"], "listen", after="hello", gap=Gap(1, 20)),
        Step("thanks", "letter", "thank", after="visit", gap=Gap(1, 3), required=False),
        Step("again", "visit", "review", after="visit", gap=Gap(5, 30)),
    )
    return evolve(
        territory,
        accounts=[first, nowhere, third],
        tiers=(Tier("A", cadence="own", others=""),),
        cadences={"own": Cadence("own", steps)},
        travel=Travel(minutes_per_stop=0),
    )
