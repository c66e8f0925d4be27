"""What the functions are asked: refused by the name of the argument, with what would be right."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small import small

import campaign
from campaign import Account, Campaign, InvalidInput, Rep, Territory
from campaign.model.given import taken

TERRITORY: Territory = small(Account("A-1", "Cascade Dental", tier="C"))
PLAN: Campaign = campaign.plan(TERRITORY, effort=0)
MONDAY = dt.date(2027, 1, 11)
ANY: Any = campaign
WRONG: list[tuple[str, Callable[[], object]]] = [
    ("effort: 'fast' is no effort; write quick", lambda: ANY.plan(TERRITORY, effort="fast")),
    ("effort: True is no effort", lambda: ANY.plan(TERRITORY, effort=True)),
    ("seconds: 'x' is not a number; write a number of", lambda: ANY.plan(TERRITORY, seconds="x")),
    ("seconds: -1 is no time", lambda: ANY.plan(TERRITORY, seconds=-1)),
    ("seconds: ", lambda: ANY.plan(TERRITORY, seconds=10**400)),
    ("territory: None is no Territory; give a Territory", lambda: ANY.plan(None)),
    ("plan: None is no Plan", lambda: ANY.verify(None)),
    ("plan: 5 is no Plan", lambda: ANY.replan(5, MONDAY)),
    ("day: None", lambda: ANY.replan(PLAN, None)),
    ("day: 'x' is not a date", lambda: ANY.replan(PLAN, "x")),
    ("day: 2030-01-01 is not in the campaign", lambda: ANY.replan(PLAN, dt.date(2030, 1, 1))),
    ("freeze: -1 are no days; give 0 or more", lambda: ANY.replan(PLAN, MONDAY, freeze=-1)),
    ("freeze: 'x'", lambda: ANY.replan(PLAN, MONDAY, freeze="x")),
    ("off: .*write 2027-02-15/2027-02-19", lambda: ANY.replan(PLAN, MONDAY, off=["x"])),
    ("second: None is no Plan", lambda: ANY.compare(PLAN, None)),
    ("hours: 'x' is no number of hours", lambda: ANY.hours_curve(TERRITORY, "x")),
    ("runs: 'x' is no whole number; write 1 to", lambda: ANY.rehearse(TERRITORY, runs="x")),
    ("runs: 1.5 is no whole number", lambda: ANY.rehearse(TERRITORY, runs=1.5)),
    ("rates: ", lambda: ANY.rehearse(TERRITORY, runs=1, rates=5)),
    ("rates: x is no share", lambda: ANY.rehearse(TERRITORY, rates={"call.reached": "x"})),
    ("source: None cannot be read; give a territory", lambda: ANY.check(None)),
    ("path: None cannot be read; give the path", lambda: ANY.read(None)),
    ("path: 5 cannot be read", lambda: ANY.Campaign.read(5)),
    ("territories: None cannot be read", lambda: ANY.plan_all(None)),
    ("start: 'x' is not a date", lambda: ANY.split([], start="x")),
]


@pytest.mark.parametrize(("words", "ask"), WRONG, ids=[words for words, _ in WRONG])
def test_what_cannot_be_answered_is_refused_by_its_name(
    words: str, ask: Callable[[], object]
) -> None:
    with pytest.raises(InvalidInput, match=words):
        ask()


def test_days_and_days_off_are_taken_in_every_usual_form() -> None:
    texts = campaign.replan(PLAN, "2027-01-11", off="2027-01-12; 2027-01-14/2027-01-15", effort=0)
    values = campaign.replan(PLAN, MONDAY, off=[dt.date(2027, 1, 12)], effort=0)
    assert texts.begun.day == values.begun.day == MONDAY
    assert len(texts.campaign.territory.rep.leave) == 2
    assert str(campaign.hours_curve(TERRITORY, 5, effort=0)).count("\n") == 1  # type: ignore[arg-type]  # one number


def test_a_fault_of_any_kind_is_told_by_the_name() -> None:
    with pytest.raises(InvalidInput, match=r"^it: None cannot be read; give a path$"):
        taken(None, Path, "it", "give a path")


def test_dates_of_numpy_are_dates_in_records() -> None:
    row = {"account_id": "1", "name": "Firm", "last_contact": np.datetime64("2026-11-02T08:00")}
    made = Territory.from_records([row], rep=Rep("Ann"), start="2027-01-04")
    assert made.accounts[0].last_contact == dt.date(2026, 11, 2)


def test_a_keyword_that_there_is_not_is_refused_beside_records() -> None:
    row = {"account_id": "1", "name": "Firm"}
    with pytest.raises(TypeError, match=r"from_records\(\) got an unexpected .* 'contact'"):
        Territory.from_records([row], start="2027-01-04", contact=[])  # type: ignore[call-arg]


def test_what_was_checked_is_a_text_and_shows_itself_in_notebooks() -> None:
    found = campaign.check(TERRITORY)
    assert found.feasibility
    assert str(found).startswith("\n".join(map(str, found.findings)))
    assert str(found).endswith(found.feasibility.lines()[-1])
    assert "no country is known" in found._repr_html_()
