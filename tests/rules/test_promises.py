"""R7: a promise stands on the last day on or before it is due that holds it."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

import datetime as dt
from typing import Any

from attrs import evolve
from byhand import SOUTH, a_plan, a_territory, a_touch, an_account, by, day, left, several

from campaign.model.accounts import Account, Consent, Contact, Promise
from campaign.model.channels import Channel
from campaign.model.rep import Capacity
from campaign.model.shipped import shipped_channels
from campaign.model.territory import Territory
from campaign.rules import violations, window_of
from campaign.rules.violations import Fault, Figure, Violation
from campaign.touches import Plan
from campaign.workdays import Span


def promised(*dues: str, channel: str = "call", **others: Any) -> Territory:
    """One promise to each of A-1, A-2 ..., due on these days."""
    accounts = others.pop("accounts", several(len(dues)))
    assert isinstance(accounts, tuple)
    promises = [
        Promise(f"P-{n}", f"A-{n}", what="a list", due=day(due), channel=channel)
        for n, due in enumerate(dues, start=1)
    ]
    return a_territory(*accounts, promises=promises, **others)


def kept(territory: Territory, *dates: str, channel: str = "call", **others: Any) -> Plan:
    touches = [
        a_touch(f"A-{n}/A-{n}/P-{n}", on, channel, of=territory, **others)
        for n, on in enumerate(dates, start=1)
    ]
    return a_plan(*touches, of=territory)


def elsewhere(plan: Plan, number: int, better: str, due: str) -> Violation:
    touch = plan.touches[number - 1]
    figures: dict[str, Figure] = {"date": touch.date, "better": day(better), "due": day(due)}
    return by(touch, "R7", Fault.PROMISE_ELSEWHERE, **figures)


def test_a_promise_is_kept_on_the_day_it_is_due() -> None:
    assert not violations(kept(promised("01-20"), "01-20"))


def test_a_promise_due_on_a_day_off_is_kept_on_the_working_day_before() -> None:
    assert not violations(kept(promised("01-18"), "01-15"))


def test_a_promise_that_a_later_day_holds_stands_too_early() -> None:
    plan = kept(promised("01-20"), "01-19")
    assert violations(plan) == (elsewhere(plan, 1, "01-20", "01-20"),)


def test_a_promise_after_the_day_it_is_due_is_late() -> None:
    plan = kept(promised("01-20"), "01-21")
    assert violations(plan) == (
        by(plan.touches[0], "R7", Fault.PROMISE_LATE, date=day("01-21"), due=day("01-20")),
    )


def test_an_overdue_promise_is_kept_on_the_first_day() -> None:
    old = Promise("P-1", "A-1", what="a list", due=dt.date(2026, 12, 1))
    territory = evolve(promised("01-20"), promises=(old,))
    assert not violations(kept(territory, "01-04"))
    late = kept(territory, "01-06")
    assert violations(late) == (
        by(
            late.touches[0],
            "R7",
            Fault.PROMISE_ELSEWHERE,
            date=day("01-06"),
            better=day("01-04"),
            due=dt.date(2026, 12, 1),
        ),
    )


def test_a_promise_that_came_due_before_it_was_planned_is_overdue() -> None:
    plan = kept(promised("01-20"), "02-01", planned_on=day("02-01"))
    assert not violations(plan)
    assert window_of(plan, plan.touches[0]) == (day("02-01"), day("04-03"))


def test_days_on_which_the_account_is_closed_are_passed_over() -> None:
    closed = an_account(closed_dates=(Span(day("01-20"), day("01-20")),))
    assert not violations(kept(promised("01-20", accounts=(closed,)), "01-19"))


def test_a_promise_by_a_channel_that_the_person_refused_may_be_left_out() -> None:
    refusing = Contact("A-1", "A-1", name="Ada", consents={"call": Consent.NO})
    assert not violations(kept(promised("01-20", contacts=(refusing,))))


def test_a_day_that_other_promises_fill_does_not_hold_it() -> None:
    full = Capacity(minutes_per_day=31, ramp=())
    territory = promised("01-20", "01-20", capacity=full)
    assert not violations(kept(territory, "01-20", "01-19"))
    plan = kept(territory, "01-20", "01-15")
    assert violations(plan) == (elsewhere(plan, 2, "01-19", "01-20"),)


def test_a_day_that_other_steps_fill_still_holds_it() -> None:
    territory = promised("01-20", accounts=several(2), capacity=Capacity(minutes_per_day=31))
    plan = a_plan(
        a_touch("A-1/A-1/P-1", "01-19", of=territory),
        a_touch("A-2/A-2/call", "01-20", of=territory),
        of=territory,
    )
    assert violations(plan) == (elsewhere(plan, 1, "01-20", "01-20"),)


def test_a_day_that_pins_fill_does_not_hold_it() -> None:
    territory = promised("01-20", accounts=several(2), capacity=Capacity(minutes_per_day=31))
    plan = a_plan(
        a_touch("A-1/A-1/P-1", "01-19", of=territory),
        a_touch("A-2/A-2/call", "01-20", of=territory, pinned=True),
        of=territory,
    )
    assert not violations(plan)


def test_a_week_that_other_promises_fill_does_not_hold_it() -> None:
    full = Capacity(minutes_per_week=16, ramp=())
    territory = promised("01-22", "01-22", capacity=full)
    assert not violations(kept(territory, "01-22", "01-15"))


def test_limits_of_a_channel_count_beside_other_promises() -> None:
    call = Channel("call", minutes=16, per_day=1)
    territory = promised("01-20", "01-20", channels={**shipped_channels(), "call": call})
    assert not violations(kept(territory, "01-20", "01-19"))


def two_visits(minutes_per_day: int) -> Plan:
    """A-1 in the north on the day, A-2 in the south a day too early, both due on the day."""
    accounts: tuple[Account, ...] = (an_account(), an_account("A-2", **SOUTH))
    territory = promised(
        "01-20",
        "01-20",
        channel="visit",
        accounts=accounts,
        capacity=Capacity(minutes_per_day=minutes_per_day, ramp=()),
    )
    return kept(territory, "01-20", "01-19", channel="visit")


def test_visits_fit_by_their_shortest_tour() -> None:
    # Twice 55 minutes there, 15 + 29 + 15 on the road, twice 5 a stop.
    assert not violations(two_visits(178))
    plan = two_visits(179)
    assert violations(plan) == (elsewhere(plan, 2, "01-20", "01-20"),)


def test_a_second_visit_to_an_account_on_a_day_takes_no_more_time() -> None:
    territory = promised("01-20", channel="visit", capacity=Capacity(minutes_per_day=90, ramp=()))
    also = Promise("P-2", "A-1", what="a sample", due=day("01-20"), channel="visit")
    territory = evolve(territory, promises=(*territory.promises, also))
    first = a_touch("A-1/A-1/P-1", "01-20", "visit", of=territory)
    second = a_touch("A-1/A-1/P-2", "01-19", "visit", of=territory)
    plan = a_plan(first, second, of=territory)
    assert violations(plan) == (elsewhere(plan, 2, "01-20", "01-20"),)


def test_a_promise_that_a_day_could_hold_is_not_left_out() -> None:
    territory = promised("01-18")
    assert violations(a_plan(of=territory)) == (
        Violation(
            "R7",
            Fault.PROMISE_LEFT_OUT,
            touch_id="A-1/A-1/P-1",
            account_id="A-1",
            figures={"better": day("01-15"), "due": day("01-18")},
        ),
    )


def test_a_promise_that_no_day_holds_may_be_left_out() -> None:
    holiday = Promise("P-1", "A-1", what="a list", due=day("01-04"))
    closed = an_account(closed_dates=(Span(day("01-04"), day("01-04")),))
    assert not violations(a_plan(of=a_territory(closed, promises=(holiday,))))


def test_a_pinned_promise_may_stand_anywhere() -> None:
    assert not violations(kept(promised("01-20"), "01-25", pinned=True))


def test_a_kept_promise_is_not_owed() -> None:
    over = Promise("P-1", "A-1", what="a list", due=day("01-20"), kept_on=day("01-04"))
    territory = a_territory(promises=(over,))
    assert not violations(a_plan(of=territory))
    plan = a_plan(
        a_touch("A-1/A-1/P-1", "01-20", of=territory),
        of=territory,
        left_out=[left("A-1/A-1/call", of=territory)],
    )
    assert violations(plan) == (by(plan.touches[0], "R11", Fault.NOT_OWED),)


def test_the_window_of_a_promise_ends_on_the_day_it_is_due() -> None:
    plan = kept(promised("01-20"), "01-20")
    assert window_of(plan, plan.touches[0]) == (day("01-04"), day("01-20"))
