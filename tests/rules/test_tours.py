"""R9: the visits of a day are one tour from home and back."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

from typing import Any

from attrs import evolve
from byhand import FAR_NORTH, ROBIN, a_plan, a_territory, an_account, by
from rows import a_touch, day

from campaign.model.accounts import Contact
from campaign.model.cadences import Step
from campaign.model.known_drives import Drives
from campaign.model.priorities import Tier
from campaign.model.rep import Base
from campaign.model.territory import Territory
from campaign.rules import doubts, violations
from campaign.rules.violations import Fault, Figure, Violation
from campaign.touches import Plan, Touch
from campaign.workdays import Span

VISIT = Step("visit", ["visit", "call"], "listen")


def north() -> Territory:
    """A-1 a quarter of an hour north of home, A-2 as far beyond."""
    return a_territory(an_account(), an_account("A-2", **FAR_NORTH), steps=[VISIT])


def visit(account: str, *, of: Territory, **others: Any) -> Touch:
    return a_touch(f"{account}/{account}/visit", "01-20", "visit", of=of, **others)


def tour(*stops: tuple[str, int, int, int]) -> Plan:
    """A day of stops: account, stop, drive to it, way home."""
    territory = north()
    visits = [
        visit(account, of=territory, stop=stop, travel_minutes=drive, home_minutes=home)
        for account, stop, drive, home in stops
    ]
    return a_plan(*visits, of=territory)


def test_a_tour_with_its_own_drives_is_right() -> None:
    assert not violations(tour(("A-1", 1, 20, 0), ("A-2", 2, 20, 29)))
    assert not violations(tour(("A-2", 1, 34, 0), ("A-1", 2, 20, 15)))


def test_a_wrong_drive_is_told() -> None:
    plan = tour(("A-1", 1, 20, 0), ("A-2", 2, 34, 29))
    assert violations(plan) == (by(plan.touches[1], "R9", Fault.WRONG_DRIVE, found=34, right=20),)


def test_the_way_home_is_that_of_the_last_stop_only() -> None:
    plan = tour(("A-1", 1, 20, 15), ("A-2", 2, 20, 0))
    assert violations(plan) == (
        by(plan.touches[0], "R9", Fault.WRONG_WAY_HOME, found=15, right=0),
        by(plan.touches[1], "R9", Fault.WRONG_WAY_HOME, found=0, right=29),
    )


def out_of_order(found: str, there: int) -> Violation:
    figures: dict[str, Figure] = {"found": found, "there": there}
    return Violation("R9", Fault.STOPS_OUT_OF_ORDER, date=day("01-20"), figures=figures)


def test_stops_run_from_one_without_a_hole() -> None:
    assert violations(tour(("A-1", 1, 20, 0), ("A-2", 3, 20, 29))) == (
        out_of_order("1 (A-1), 3 (A-2)", 2),
    )
    assert violations(tour(("A-1", 0, 20, 15))) == (out_of_order("0 (A-1)", 1),)


def test_two_accounts_do_not_share_a_stop() -> None:
    assert violations(tour(("A-1", 1, 20, 0), ("A-2", 1, 20, 29))) == (
        out_of_order("1 (A-1), 1 (A-2)", 2),
    )


def test_what_is_no_visit_has_no_place_in_a_tour() -> None:
    territory = north()
    call = a_touch("A-1/A-1/visit", "01-20", "call", of=territory, stop=1)
    assert violations(a_plan(call, of=territory)) == (
        by(call, "R9", Fault.NO_VISIT, channel="call"),
    )


def test_an_account_without_a_place_is_as_far_as_the_policy_says() -> None:
    nowhere = an_account(latitude=None, longitude=None)
    territory = a_territory(nowhere, steps=[VISIT])
    found = visit("A-1", of=territory, travel_minutes=35, home_minutes=30)
    assert not violations(a_plan(found, of=territory))


def test_without_a_home_every_drive_from_there_is_unknown() -> None:
    territory = a_territory(steps=[VISIT], rep=evolve(ROBIN, home=None))
    found = visit("A-1", of=territory, travel_minutes=35, home_minutes=30)
    assert not violations(a_plan(found, of=territory))


def shared(**second: Any) -> Plan:
    """Two persons of A-1 met by one visit, the second row with changes."""
    territory = a_territory(
        steps=[VISIT],
        tiers=(Tier("A", cadence="own", others="own"),),
        contacts=tuple(Contact(f"C-{n}", "A-1", name=f"Person {n}") for n in (1, 2)),
    )
    usual = {"minutes": 0, "travel_minutes": 0, "home_minutes": 0}
    first = a_touch("A-1/C-1/visit", "01-20", "visit", of=territory)
    other = a_touch("A-1/C-2/visit", "01-20", "visit", of=territory, **{**usual, **second})
    return a_plan(first, other, of=territory)


def test_persons_of_one_account_share_its_stop_and_the_first_carries_the_drive() -> None:
    assert not violations(shared())


def test_the_second_row_of_a_stop_carries_nothing() -> None:
    plan = shared(minutes=55, travel_minutes=20)
    second = plan.touches[1]
    assert violations(plan) == (
        by(second, "R9", Fault.WRONG_DRIVE, found=20, right=0),
        by(second, "R11", Fault.DISAGREES, column="minutes", found=55, right=0),
    )


def test_persons_of_one_account_do_not_take_two_stops() -> None:
    assert violations(shared(stop=2)) == (out_of_order("1 (A-1), 2 (A-1)", 1),)


def test_a_day_on_which_a_visit_is_logged_is_a_fact() -> None:
    plan = tour(("A-1", 1, 20, 0), ("A-2", 2, 34, 29))
    first, second = plan.touches
    for status in ("done", "missed"):
        assert not violations(evolve(plan, touches=[evolve(first, status=status), second]))


def test_a_wrong_drive_of_a_pinned_visit_is_a_doubt() -> None:
    plan = tour(("A-1", 1, 99, 15))
    pinned = evolve(plan, touches=[evolve(plan.touches[0], pinned=True)])
    assert not violations(pinned)
    assert doubts(pinned) == (by(pinned.touches[0], "R9", Fault.WRONG_DRIVE, found=99, right=20),)


def test_a_ferry_comes_to_each_drive_there_and_to_the_way_home() -> None:
    accounts = an_account(extra_minutes=40), an_account("A-2", **FAR_NORTH)
    territory = a_territory(*accounts, steps=[VISIT])
    first = visit("A-1", of=territory, travel_minutes=60, home_minutes=0)
    second = visit("A-2", of=territory, stop=2, home_minutes=29)
    assert not violations(a_plan(first, second, of=territory))
    alone = visit("A-1", of=territory, travel_minutes=60, home_minutes=55)
    assert not violations(a_plan(alone, of=territory))
    plan = a_plan(visit("A-1", of=territory, home_minutes=55), of=territory)
    assert violations(plan) == (by(plan.touches[0], "R9", Fault.WRONG_DRIVE, found=20, right=60),)
    last = a_plan(
        visit("A-2", of=territory, travel_minutes=34, home_minutes=0),
        visit("A-1", of=territory, stop=2, travel_minutes=60, home_minutes=15),
        of=territory,
    )
    assert violations(last) == (
        by(last.touches[1], "R9", Fault.WRONG_WAY_HOME, found=15, right=55),
    )


def test_a_table_of_drives_takes_the_straight_lines_place_as_far_as_it_goes() -> None:
    territory = north()
    drives = Drives.of_pairs({("home", "A-1"): 31, ("A-1", "A-2"): 8})
    driven = evolve(territory, travel=evolve(territory.travel, drives=drives))
    first = visit("A-1", of=driven, travel_minutes=36, home_minutes=0)
    second = visit("A-2", of=driven, stop=2, travel_minutes=13, home_minutes=29)
    assert not violations(a_plan(first, second, of=driven))


def test_a_tour_starts_and_ends_at_the_base_of_its_day() -> None:
    base = Base((FAR_NORTH["latitude"], FAR_NORTH["longitude"]), weekdays={2})
    territory = a_territory(an_account(), rep=evolve(ROBIN, bases=[base]), steps=[VISIT])
    plan = a_plan(visit("A-1", of=territory), of=territory)
    assert not violations(plan), "a Wednesday from the base, as far as from home"
    further = Base((45.4, -123.0), days=[Span(day("01-18"), day("01-22"))])
    territory = evolve(territory, rep=evolve(ROBIN, bases=[base, further]))
    plan = a_plan(visit("A-1", of=territory), of=territory)
    assert violations(plan) == (
        by(plan.touches[0], "R9", Fault.WRONG_DRIVE, found=20, right=49),
        by(plan.touches[0], "R9", Fault.WRONG_WAY_HOME, found=15, right=44),
    ), "of two bases of a day the later one holds"


def test_a_visit_takes_the_minutes_of_its_account() -> None:
    territory = a_territory(an_account(visit_minutes=90), steps=[VISIT])
    assert not violations(a_plan(visit("A-1", of=territory, minutes=90), of=territory))
    call = a_touch("A-1/A-1/visit", "01-20", "call", of=territory)
    assert not violations(a_plan(call, of=territory))
    plan = a_plan(visit("A-1", of=territory), of=territory)
    figures: dict[str, Figure] = {"column": "minutes", "found": 55, "right": 90}
    assert violations(plan) == (by(plan.touches[0], "R11", Fault.DISAGREES, **figures),)
