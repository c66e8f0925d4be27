"""The first signs that something is wrong: where they are seen, and what is told of them."""

import datetime as dt

import pytest
from attrs import evolve
from rows import a_touch
from small import small

from campaign import Account, Contact
from campaign.consequences import consequences
from campaign.consequences.canaries import Canary, Sign, canaries
from campaign.explaining.days import Reasoning
from campaign.explaining.needs import needs, render_needs
from campaign.explaining.today import Today
from campaign.explaining.what_follows import what_follows
from campaign.outputs.handover import render_briefs, render_briefs_text
from campaign.outputs.steady import render_steady, render_steady_table, steady
from campaign.touches import Plan, Touch

ANN = Contact("C-1", "A-1", name="Ann Lee", phone="503 555 0101")
OF = small(Account("A-1", "Cascade Dental", tier="A", phone="503 555 0100"), contacts=[ANN])
HELLO, CALL, VISIT = "A-1/C-1/hello", "A-1/C-1/call", "A-1/C-1/visit"


def done(touch_id: str, day: str, outcome: str, channel: str = "call", **values: object) -> Touch:
    row = a_touch(touch_id, day, channel, of=OF, status="done", outcome=outcome, **values)
    return evolve(row, done_on=row.date)


def talks(number: int) -> list[Touch]:
    return [done(f"{CALL}#{n + 2}", f"01-1{n}", "reached") for n in range(number)]


@pytest.mark.parametrize(
    ("rows", "signs"),
    [
        ([done(CALL, "01-11", "no_answer")], []),
        (
            [done(CALL, "01-11", "no_answer"), done(f"{CALL}#2", "01-13", "voicemail")],
            [Canary("A-1", "C-1", Sign.UNANSWERED, dt.date(2027, 1, 11), 2)],
        ),
        (
            [
                done(CALL, "01-11", "no_answer"),
                done(f"{CALL}#2", "01-13", "voicemail"),
                done(f"{CALL}#3", "01-15", "reached"),
            ],
            [],
        ),
        ([*talks(1), done(CALL, "01-20", "no_answer")], []),
        (
            [*talks(2), done(CALL, "01-20", "no_answer")],
            [Canary("A-1", "C-1", Sign.SILENT, dt.date(2027, 1, 20))],
        ),
        (
            [done(HELLO, "01-05", "returned_mail", "letter")],
            [Canary("A-1", "C-1", Sign.RETURNED, dt.date(2027, 1, 5))],
        ),
        ([done(HELLO, "01-05", "returned_mail", "letter"), done(CALL, "01-11", "reached")], []),
    ],
)
def test_silence_and_mail_that_comes_back_are_signs(rows: list[Touch], signs: list[Canary]) -> None:
    assert canaries(rows) == tuple(signs)
    assert canaries(rows, dt.date(2027, 1, 4)) == ()


UNANSWERED = [done(CALL, "01-11", "no_answer"), done(f"{CALL}#2", "01-13", "voicemail")]


def test_status_and_the_next_touch_and_the_brief_point_at_a_sign() -> None:
    ahead = [a_touch(f"{CALL}#3", "01-18", "call", of=OF), a_touch(VISIT, "01-25", "visit", of=OF)]
    plan = Plan(OF, [*UNANSWERED, *ahead])
    today = Today(plan, dt.date(2027, 1, 14))
    told = "2 touches in a row without an answer since"
    assert f"1 account to listen to: Ann Lee of Cascade Dental: {told} Mon 11 Jan" in render_needs(
        needs(today)
    )
    assert f"Listen: {told} Mon 11 Jan." in today.to_know(ahead[0])
    reasoning = Reasoning(OF, plan.touches)
    assert reasoning.brief(ahead[0]).startswith(f"Listen: {told} Mon 11 Jan.")
    assert "Listen:" not in reasoning.brief(ahead[1])
    assert f"Ann Lee: {told}" in render_briefs_text(plan, "A-1")
    assert f"Ann Lee: {told}" in render_briefs(plan, "A-1")


LATER = done(CALL, "01-11", "later", again_on=dt.date(2027, 4, 12), note="budget")


def test_a_day_asked_for_after_the_end_is_kept_in_sight() -> None:
    plan = Plan(OF, [LATER])
    (asked,) = [one for one in steady(plan) if not one.every_weeks]
    assert (asked.first, asked.channel.name) == (dt.date(2027, 4, 12), "call")
    assert asked.person.contact_id == "C-1"
    table = render_steady_table(plan).decode("utf-8-sig")
    (row,) = [line for line in table.splitlines() if "2027-04-12" in line]
    assert row.startswith("A-1,Cascade Dental,A,C-1,Ann Lee,call,promise,2027-04-12,,16,")
    event = render_steady(plan).decode().split("BEGIN:VEVENT")[1]
    assert "DTSTART;VALUE=DATE:20270412" in event
    assert "RRULE" not in event
    needed = render_needs(needs(Today(plan, dt.date(2027, 1, 14))), every=True)
    assert "1 day asked for after the end: Cascade Dental, call on 12 Apr 2027" in needed
    page = render_briefs_text(plan, "A-1")
    assert "what they asked for on that day: budget to Ann Lee, by Monday 12 April 2027" in page
    said = what_follows(OF, consequences(OF, plan.touches), LATER)
    assert any(
        "in status, in the account's brief, and in what export --to steady" in s for s in said
    )


def test_who_wants_no_contact_since_is_not_called_on_the_day_they_asked_for() -> None:
    gone = done(VISIT, "01-20", "do_not_contact", "visit")
    assert not [one for one in steady(Plan(OF, [LATER, gone])) if not one.every_weeks]


def test_a_day_inside_the_campaign_is_no_matter_of_afterwards() -> None:
    soon = evolve(LATER, again_on=dt.date(2027, 2, 1))
    assert all(one.every_weeks for one in steady(Plan(OF, [soon])))
    assert "asked for after" not in render_needs(needs(Today(Plan(OF, [soon]), soon.date)))
