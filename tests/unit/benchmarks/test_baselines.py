"""The baselines: their plans keep every rule, and are what they say they are."""

import datetime as dt

import pytest
from small import START, small
from suite.areas import fixed_drives
from suite.book import Book, judged
from suite.delays import plan_by_delays
from suite.duties import settle_duties
from suite.generator import Shape, territory_of
from suite.one_model import plan_by_one_model

from campaign import Account, Capacity, Channel, Promise, Territory
from campaign.demand import demand
from campaign.planning import plan
from campaign.touches import Plan

IDEAL_HELLO = dt.date(2027, 1, 13)
"""In the middle of the first 15 business days."""
ANGRY = Account("G-1", "Angry", grievance="late", latitude=45.0, longitude=-123.0)


def ids_of(found: Plan) -> list[str]:
    placed = [touch.touch_id for touch in found.touches]
    return sorted(placed + [row.touch_id for row in found.left_out])


def whole(count: int = 3) -> Territory:
    """Light accounts for whom there is room."""
    return small(*(Account(f"A-{n}", f"Account {n}", tier="C") for n in range(count)))


@pytest.mark.parametrize("geography", ["mixed", "none"])
@pytest.mark.parametrize("load", [0.6, 1.3])
def test_fixed_delays_break_no_rule(geography: str, load: float) -> None:
    territory = territory_of(Shape(60, load, geography, seed=3))
    found = plan_by_delays(territory)
    assert judged(found)[1] == ()
    assert ids_of(found) == sorted(owed.touch_id for owed in demand(territory).owed)


def test_one_model_breaks_no_rule() -> None:
    territory = territory_of(Shape(12, 1.3, seed=5))
    found = plan_by_one_model(territory, 1.0)
    levels, broken = judged(found)
    assert broken == ()
    assert ids_of(found) == sorted(owed.touch_id for owed in demand(territory).owed)
    assert levels[2].figure > 0


def test_one_model_places_everything_where_there_is_room() -> None:
    levels, _ = judged(plan_by_one_model(whole(), 5.0))
    assert [level.figure for level in levels[:4]] == [
        level.figure for level in plan(whole(), effort=20).levels[:4]
    ]
    assert levels[2].share == 1.0


def test_one_model_without_time_still_keeps_what_is_promised() -> None:
    promise = Promise("R-1", "A-0", what="the drawing", due="2027-01-20")
    territory = small(Account("A-0", "Cascade Dental", tier="C"), promises=[promise])
    found = plan_by_one_model(territory, 0.0)
    assert dt.date(2027, 1, 20) in [touch.date for touch in found.touches]


def test_a_step_comes_its_ideal_gap_after_the_one_before() -> None:
    found = plan_by_delays(whole(1))
    dates = {touch.step: touch.date for touch in found.touches}
    calendar = whole(1).calendar
    assert dates["hello"] == IDEAL_HELLO
    in_post, (_, call, review) = 5, whole(1).cadences["light"].steps
    assert call.gap
    assert review.gap
    assert calendar.gap(dates["hello"], dates["call"]) == in_post + call.gap.ideal
    assert calendar.gap(dates["call"], dates["review"]) == review.gap.ideal


def test_a_full_day_spills_over_to_the_next_working_day() -> None:
    territory = small(
        *(Account(f"A-{n}", f"Account {n}", tier="C") for n in range(3)),
        channels={"letter": Channel("letter", 15, per_day=1, transit=(2, 5))},
    )
    hellos = [t.date for t in plan_by_delays(territory).touches if t.step == "hello"]
    assert hellos == [IDEAL_HELLO, dt.date(2027, 1, 14), dt.date(2027, 1, 15)]


def test_a_step_whose_window_closes_is_left_out() -> None:
    none = small(Account("A-1", "Cascade Dental"), capacity=Capacity(minutes_per_day=0))
    assert plan_by_delays(none).touches == ()
    assert len(plan_by_delays(none).left_out) == 3


def test_a_grievance_opens_by_visit_where_there_is_room() -> None:
    territory = small(ANGRY)
    book = Book(territory)
    settle_duties(book)
    (opening,) = book.placed.values()
    assert (opening.owed.step.name, opening.channel.name) == ("go", "visit")


def test_a_grievance_opens_by_call_where_a_visit_is_too_long() -> None:
    room = Capacity(minutes_per_day=40, ramp=())
    book = Book(small(ANGRY, capacity=room))
    settle_duties(book)
    assert [entry.channel.name for entry in book.placed.values()] == ["call"]


def test_an_account_that_cannot_open_is_left_out_as_that() -> None:
    none = small(ANGRY, capacity=Capacity(minutes_per_day=0))
    found = plan_by_delays(none)
    assert {row.reason_code for row in found.left_out} == {"grievance_unopened"}
    assert judged(found)[1] == ()


def test_visits_of_a_day_are_driven_in_their_shortest_tour() -> None:
    territory = small(
        *(
            Account(f"A-{n}", f"Account {n}", latitude=44.94 + n / 20, longitude=-123.03)
            for n in (3, 1, 2)
        ),
        capacity=Capacity(minutes_per_day=500, ramp=()),
    )
    book = Book(territory)
    for account in territory.accounts:
        owed = next(o for o in book.demand.by_account[account.account_id] if "call" in o.channels)
        visit = book.entry(owed, "visit", START)
        book.put(visit)
    drives = [(t.account_id, t.stop, t.home_minutes > 0) for t in book.plan().touches]
    assert sorted(drives, key=lambda drive: drive[1]) in (
        [("A-1", 1, False), ("A-2", 2, False), ("A-3", 3, True)],
        [("A-3", 1, False), ("A-2", 2, False), ("A-1", 3, True)],
    )


def test_a_fixed_drive_grows_with_the_way_to_its_area() -> None:
    near, far = (
        Account("N", "Near", latitude=44.95, longitude=-123.03),
        Account("F", "Far", latitude=45.6, longitude=-123.03),
    )
    drives = fixed_drives(small(near, far))
    assert 0 < drives["N"] < drives["F"]
