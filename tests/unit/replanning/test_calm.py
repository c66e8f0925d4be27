"""A calm plan: what need not move stays, and what has to make way is as little as can be."""

import datetime as dt
from functools import cache

import pytest
from attrs import evolve
from replanned import anew, done_before, row
from small import small

from campaign import plan
from campaign.answer import Campaign
from campaign.model.accounts import Account
from campaign.model.cadences import Cadence, Step
from campaign.model.policy import Policy
from campaign.model.territory import Territory
from campaign.replanning import ChangeKind, replan
from campaign.touches import Status

MONDAY = dt.date(2027, 1, 11)
CADENCES = {
    **Policy().cadences,
    "strict": Cadence("strict", [Step("hello", "letter", "introduce", within=5, late=0)]),
    "wide": Cadence("wide", [Step("hello", "letter", "introduce", within=40)]),
    "followed": Cadence(
        "followed",
        [
            Step("hello", "letter", "introduce", within=40),
            Step("call", "call", "listen", after="hello", gap=[1, 3]),
            Step("news", "postcard", "share", after="call", gap=[6, 8]),
        ],
    ),
}


def one_letter_a_day(*others: str) -> Territory:
    """An account whose letter may not be late, and others on these cadences."""
    letter = evolve(Policy().channels["letter"], per_day=1)
    return small(
        Account("A-0", "Strict", tier="A", cadence="strict"),
        *(Account(f"C-{n}", f"Other {n}", tier="C", cadence=one) for n, one in enumerate(others)),
        cadences=CADENCES,
        channels={**Policy().channels, "letter": letter},
    )


def all_but(of: Campaign, touch_id: str, day: dt.date) -> Campaign:
    """A plan of which all before a day was done, but for one touch."""
    done = done_before(of, day)
    missed = row(of, touch_id)
    rows = (missed if touch.touch_id == touch_id else touch for touch in done.touches)
    return evolve(of, touches=tuple(rows))


@cache
def of_some(minutes: int) -> Campaign:
    """Accounts planned with so many minutes a week."""
    territory = small(
        *(
            Account(f"A-{n}", f"Firm {n}", tier="ABC"[n % 3], latitude=45 + n / 90, longitude=-123)
            for n in range(5)
        ),
    )
    capacity = evolve(territory.capacity, minutes_per_week=minutes)
    return plan(evolve(territory, capacity=capacity), effort=0)


@pytest.mark.parametrize(("minutes", "week"), [(30, 0), (30, 4), (300, 2)])
def test_where_nothing_has_happened_nothing_moves_though_much_is_left_out(
    minutes: int, week: int
) -> None:
    of, day = of_some(minutes), dt.date(2027, 1, 4) + dt.timedelta(weeks=week)
    assert bool(of.left_out) == (minutes == 30)
    found = replan(done_before(of, day), day, effort=200)
    assert found.difference.is_empty
    assert found.campaign.effort == 0


def test_one_touch_makes_way_for_another_attempt_and_no_more() -> None:
    of = plan(one_letter_a_day(*["wide"] * 10), effort=50)
    found = anew(all_but(of, "A-0/A-0/hello", MONDAY), MONDAY, freeze=0)
    again = row(found.campaign, "A-0/A-0/hello#2")
    assert (again.status, again.late) == (Status.PLANNED, 0)
    assert found.campaign.left_out == ()
    assert len(found.difference.of(ChangeKind.MOVED)) == 1


def test_what_makes_way_is_what_nothing_follows() -> None:
    of = plan(one_letter_a_day(*["wide", "followed"] * 5), effort=50)
    found = anew(all_but(of, "A-0/A-0/hello", MONDAY), MONDAY, freeze=0)
    moved = [change.after for change in found.difference.of(ChangeKind.MOVED)]
    assert found.campaign.left_out == ()
    assert [one.cadence for one in moved if one] == ["wide"]
