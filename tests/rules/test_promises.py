"""R7: a promise stands on the last day on or before it is due that holds it."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

from typing import Any

from byhand import SOUTH, a_plan, a_territory, an_account, by, several
from in_time import window_of
from rows import a_touch, day, left

from campaign.model.accounts import Account, Consent, Contact, Promise
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.rules import violations
from campaign.rules.violations import Fault
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


def test_a_promise_is_kept_on_the_day_it_is_due() -> None:
    assert not violations(kept(promised("01-20"), "01-20"))


def test_a_promise_due_on_a_day_off_is_kept_on_the_working_day_before() -> None:
    assert not violations(kept(promised("01-18"), "01-15"))


def test_days_on_which_the_account_is_closed_are_passed_over() -> None:
    closed = an_account(closed_dates=(Span(day("01-20"), day("01-20")),))
    assert not violations(kept(promised("01-20", accounts=(closed,)), "01-19"))


def test_a_promise_by_a_channel_that_the_person_refused_may_be_left_out() -> None:
    refusing = Contact("A-1", "A-1", name="Ada", consents={"call": Consent.NO})
    assert not violations(kept(promised("01-20", contacts=(refusing,))))


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
