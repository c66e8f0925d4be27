import datetime as dt

import pytest
from attrs import evolve
from handmade import LONG, START, TOUCHES, campaign

from campaign.outputs.agenda import (
    WIDTH,
    day_in_words,
    minutes_in_words,
    render_account,
    render_agenda,
    touches_on,
)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (40, "40 min"), (60, "1 h 00 min"), (185, "3 h 05 min"), (59.6, "1 h 00 min")],
)
def test_minutes_are_said_as_hours_and_minutes(minutes: float, words: str) -> None:
    assert minutes_in_words(minutes) == words


def test_a_date_is_said_with_its_weekday() -> None:
    assert day_in_words(dt.date(2027, 1, 4)) == "Monday 4 January 2027"


def test_no_line_is_wider_than_a_narrow_terminal() -> None:
    long_brief = evolve(TOUCHES[0], brief=LONG * 4, note="x" * 300)
    plan = evolve(campaign(), touches=(*TOUCHES[1:], long_brief))
    days = [START + dt.timedelta(days=number) for number in range(90)]
    text = render_agenda(plan, days) + render_account(plan, "A-5") + render_account(plan, "A-1")
    assert max(map(len, text.splitlines())) == WIDTH


def test_a_line_break_in_a_name_does_not_break_a_line() -> None:
    touch = evolve(TOUCHES[0], account_id="A-4", contact_id="A-4", brief="one\n\ntwo")
    text = render_agenda(evolve(campaign(), touches=(touch,)), [START])
    assert "    - Acme Branch office (C): letter, introduce" in text.splitlines()
    assert "        one two" in text.splitlines()


def test_what_was_skipped_is_not_on_the_agenda() -> None:
    assert touches_on(campaign(), dt.date(2027, 3, 10)) == []


def test_each_day_has_its_visits_in_their_order_then_calls_then_writing() -> None:
    call = evolve(TOUCHES[0], touch_id="A-1/P-1/call", channel="call", arrives=None)
    lines = render_agenda(evolve(campaign(), touches=(call, *TOUCHES)), [START]).splitlines()
    titles = [line for line in lines if line in {"  Visits", "  Calls", "  Writing"}]
    assert titles == ["  Visits", "  Calls", "  Writing"]


def test_an_unknown_channel_and_account_are_shown_by_their_names() -> None:
    odd = evolve(TOUCHES[0], account_id="A-9", contact_id="P-9", channel="fax", arrives=None)
    lines = render_agenda(evolve(campaign(), touches=(odd,)), [START]).splitlines()
    assert "    - A-9, P-9: fax, introduce" in lines


def test_an_empty_day_says_why() -> None:
    days = [dt.date(2027, 1, 9), dt.date(2027, 1, 5), dt.date(2027, 4, 4)]
    reasons = [line.strip() for line in render_agenda(campaign(), days).splitlines()[2::4]]
    assert reasons == [
        "No working day.",
        "Nothing planned.",
        "The campaign runs from 2027-01-04 to 2027-04-03.",
    ]
