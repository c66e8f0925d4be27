"""R9: nights away are asked for, and a trip is driven from night to night."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

from typing import Any

from attrs import evolve
from byhand import FAR_NORTH, NORTH, ROBIN, a_plan, a_territory, an_account, by
from rows import a_touch, day

from campaign.geography.travel import Tour, tour_between
from campaign.model.busy import Busy
from campaign.model.cadences import Step
from campaign.model.rep import Capacity, Travel
from campaign.model.territory import Territory
from campaign.model.values import Coordinates, Place
from campaign.rules import Fault, doubts, violations
from campaign.touches import Plan, Touch

VISIT = Step("visit", ["visit", "call"], "listen")
OVERNIGHT = Travel(overnight=True)
WED, THU, FRI = "01-20", "01-21", "01-22"
SAT, MON = "01-23", "01-25"


def north(travel: Travel = OVERNIGHT, **others: Any) -> Territory:
    """A-1 a quarter of an hour north of home, A-2 and A-3 together as far beyond."""
    accounts = (an_account(), an_account("A-2", **FAR_NORTH), an_account("A-3", **FAR_NORTH))
    return a_territory(*accounts, steps=[VISIT], travel=travel, **others)


def visit(account: str, on: str, drives: tuple[int, int], *, of: Territory, **others: Any) -> Touch:
    drive, home = drives
    values = {"travel_minutes": drive, "home_minutes": home, **others}
    return a_touch(f"{account}/{account}/visit", on, "visit", of=of, **values)


def trip(of: Territory, **last: Any) -> Plan:
    """Out to A-1 and on to A-2 for the night; home from A-3 the next day."""
    return a_plan(
        visit("A-1", WED, (20, 0), of=of),
        visit("A-2", WED, (20, 0), of=of, stop=2, night="A-2"),
        visit("A-3", THU, (5, 29), of=of, **last),
        of=of,
    )


def test_a_trip_is_driven_from_home_to_the_night_and_from_there_home() -> None:
    assert not violations(trip(north()))


def test_the_place_of_a_night_need_not_be_that_of_the_last_stop() -> None:
    of = north()
    plan = a_plan(
        visit("A-1", WED, (20, 15), of=of, night="A-2"),
        visit("A-3", THU, (5, 29), of=of),
        of=of,
    )
    assert not violations(plan)


def test_the_morning_after_starts_where_the_night_was() -> None:
    of = north()
    plan = trip(of, travel_minutes=34)
    assert violations(plan) == (by(plan.touches[2], "R9", Fault.WRONG_DRIVE, found=34, right=5),)


def test_a_day_before_a_night_does_not_end_at_home() -> None:
    of = north()
    first, second, third = trip(of).touches
    second = evolve(second, home_minutes=29)
    plan = a_plan(first, second, third, of=of)
    assert violations(plan) == (by(second, "R9", Fault.WRONG_WAY_HOME, found=29, right=0),)


def test_no_night_is_away_unless_that_is_asked_for() -> None:
    plan = trip(north(Travel()))
    assert violations(plan) == (by(plan.touches[1], "R9", Fault.NIGHT_NOT_ASKED, night="A-2"),)


def test_a_night_is_near_an_account_whose_place_is_known() -> None:
    of = a_territory(
        an_account(),
        an_account("A-2", latitude=None, longitude=None),
        steps=[VISIT],
        travel=OVERNIGHT,
    )
    for night in ("A-2", "Nowhere"):
        plan = a_plan(
            visit("A-1", WED, (20, 30), of=of, night=night),
            visit("A-2", THU, (35, 30), of=of),
            of=of,
        )
        assert violations(plan) == (by(plan.touches[0], "R9", Fault.NIGHT_NOWHERE, night=night),)


def test_a_night_follows_the_last_stop() -> None:
    of = north()
    first, second, third = trip(of).touches
    misplaced = evolve(first, night="A-2")
    plan = a_plan(misplaced, second, third, of=of)
    assert violations(plan) == (by(misplaced, "R9", Fault.NIGHT_MISPLACED, night="A-2"),)


def test_what_is_no_visit_has_no_night() -> None:
    of = north()
    call = a_touch("A-3/A-3/visit", THU, "call", of=of, night="A-2")
    plan = a_plan(call, of=of)
    assert by(call, "R9", Fault.NO_VISIT, channel="call") in violations(plan)


def test_a_visit_follows_the_next_morning_not_after_a_weekend() -> None:
    of = north()
    for evening, next_visit, morning in ((WED, FRI, THU), (FRI, MON, SAT)):
        plan = a_plan(
            visit("A-2", evening, (34, 0), of=of, night="A-2"),
            visit("A-3", next_visit, (34, 29), of=of),
            of=of,
        )
        assert violations(plan) == (
            by(plan.touches[0], "R9", Fault.NO_MORNING, night="A-2", morning=day(morning)),
        )


def test_only_so_many_nights_are_away_in_a_row() -> None:
    one = Travel(overnight=True, most_nights=1)
    for travel, there in ((OVERNIGHT, 2), (one, 1)):
        of = north(travel)
        plan = a_plan(
            visit("A-2", WED, (34, 0), of=of, night="A-2"),
            visit("A-3", THU, (5, 0), of=of, night="A-3"),
            visit("A-1", FRI, (20, 15), of=of),
            of=of,
        )
        too_many = by(plan.touches[1], "R9", Fault.TOO_MANY_NIGHTS, planned=2, there=there)
        assert violations(plan) == ((too_many,) if there == 1 else ())


def with_meeting(on: str) -> Territory:
    """A meeting of the rep's own at noon, a quarter of an hour north of home."""
    span = (f"2027-{on}T12:00", f"2027-{on}T13:00")
    meeting = Busy(*span, what="Fair", place=Coordinates(**NORTH))
    return north(rep=evolve(ROBIN, busy=[meeting]))


def test_no_night_is_away_before_or_after_a_day_with_meetings() -> None:
    for on in (WED, THU):
        plan = trip(with_meeting(on))
        found = [one for one in violations(plan) if one.fault is Fault.NIGHT_BESIDE_MEETING]
        assert found == [
            by(plan.touches[1], "R9", Fault.NIGHT_BESIDE_MEETING, night="A-2", meeting=day(on))
        ]


def test_a_day_with_meetings_starts_at_home_wherever_the_night_was_spent() -> None:
    of = with_meeting(THU)
    first, second, third = trip(of).touches
    spent = [evolve(touch, status="done") for touch in (first, second)]
    from_home = evolve(third, travel_minutes=34)
    assert not violations(a_plan(*spent, from_home, of=of))
    assert violations(a_plan(*spent, third, of=of)) == (
        by(third, "R9", Fault.WRONG_DRIVE, found=5, right=34),
    )


def test_what_a_pin_breaks_is_a_doubt() -> None:
    plan = trip(north(Travel()))
    pinned = evolve(plan, touches=[evolve(touch, pinned=True) for touch in plan.touches])
    assert not violations(pinned)
    assert [doubt.fault for doubt in doubts(pinned)] == [Fault.NIGHT_NOT_ASKED]


def test_a_night_that_is_past_still_starts_the_morning() -> None:
    of = north()
    first, second, third = trip(of).touches
    for status in ("done", "missed"):
        gone = [evolve(touch, status=status) for touch in (first, second)]
        assert not violations(a_plan(*gone, third, of=of))


def test_drives_to_a_night_count_to_the_day() -> None:
    of = north(capacity=Capacity(minutes_per_day=100, minutes_per_week=720))
    plan = a_plan(
        visit("A-1", WED, (20, 15), of=of, night="A-2", minutes=55),
        visit("A-3", THU, (5, 41), of=of),
        of=of,
    )
    full = [found for found in violations(plan) if found.fault is Fault.DAY_TOO_FULL]
    assert [(found.date, found.figures["planned"]) for found in full] == [(day(THU), 101)]


def test_the_night_is_reached_within_the_rep_s_hours() -> None:
    of = north()
    for start, is_late in ((950, False), (951, True)):
        late = visit("A-1", WED, (20, 15), of=of, night="A-2", start=start, end=start + 55)
        plan = a_plan(late, visit("A-3", THU, (5, 29), of=of), of=of)
        found = by(late, "R10", Fault.HOME_TOO_LATE, drive=15, start="16:46")
        assert violations(plan) == ((found,) if is_late else ())


def test_a_tour_between_two_places_is_the_sum_of_its_legs() -> None:
    home, north_, far = (
        Place(Coordinates(45.0, -123.0)),
        Place(Coordinates(**NORTH)),
        Place(Coordinates(**FAR_NORTH)),
    )
    assert tour_between(Travel(), (home, far), [north_]) == Tour((20,), 15)
    assert tour_between(Travel(), (far, far), [north_]) == Tour((20,), 15)
    assert tour_between(Travel(), (far, home), []) == Tour((), 0)
