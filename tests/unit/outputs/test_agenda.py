import datetime as dt

import pytest
from attrs import evolve
from handmade import LONG, START, TOUCHES, campaign

from campaign.outputs.agenda import WIDTH, render_account, render_agenda
from campaign.outputs.timetable import touches_on
from campaign.phrases import day_in_words, minutes_in_words
from campaign.touches import Status, Touch


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (40, "40 min"), (60, "1 h"), (185, "3 h 05 min"), (59.6, "1 h")],
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
    assert "08:00-08:15 write Acme Branch office (C): letter," in text.splitlines()
    assert "            one two" in text.splitlines()


def test_what_was_skipped_is_not_on_the_agenda() -> None:
    assert touches_on(campaign(), dt.date(2027, 3, 10)) == []


def rows(touches: tuple[Touch, ...]) -> list[str]:
    """The lines of the first day that are no details."""
    lines = render_agenda(evolve(campaign(), touches=touches), [START]).splitlines()[2:]
    return [line for line in lines if line[:12].strip() or line.strip().startswith("drive")]


def test_a_day_runs_from_leaving_home_to_being_back() -> None:
    visit = evolve(TOUCHES[1], home_minutes=20)
    call = evolve(TOUCHES[0], channel="call", arrives=None)
    calls = [
        evolve(call, touch_id="A-1/P-1/call", start=620, end=636),
        evolve(call, touch_id="A-1/P-2/call", start=636, end=652),
    ]
    letter = evolve(TOUCHES[0], touch_id="A-1/P-2/card", channel="postcard", minutes=4)
    assert rows((*calls, letter, TOUCHES[0], visit)) == [
        "08:00-08:19 write 1 letter, 1 postcard",
        '          - Müller & Söhne, "Feinkost" (A), -Bo-:',
        '          - Müller & Söhne, "Feinkost" (A), -Bo-:',
        "08:25       leave home, drive 35 min",
        "09:00-09:55 visit 1, =cmd|' /C calc'!A0 (B): recover",
        "09:55       drive home 20 min",
        "10:15       home",
        "10:20-10:52 2 calls",
        '  10:20   - Müller & Söhne, "Feinkost" (A), -Bo-:',
        '  10:36   - Müller & Söhne, "Feinkost" (A), -Bo-:',
        "12:00-12:30 lunch",
    ]


def test_without_times_a_day_has_its_visits_in_their_order_then_calls_then_writing() -> None:
    visit = evolve(TOUCHES[1], start=None, end=None)
    call = evolve(TOUCHES[0], touch_id="A-1/P-1/call", channel="call", arrives=None)
    lines = render_agenda(evolve(campaign(), touches=(TOUCHES[0], call, visit)), [START])
    starts = [line.strip().split(" ")[0] for line in lines.splitlines()[2:] if line[12:13].strip()]
    assert [word for word in starts if word in {"leave", "visit", "call", "write"}] == [
        "leave",
        "visit",
        "call",
        "write",
    ]


def test_what_is_done_stands_last_and_says_so() -> None:
    done = evolve(TOUCHES[0], status="done", done_on=START)
    text = " ".join(render_agenda(evolve(campaign(), touches=(done,)), [START]).split())
    assert "letter, introduce [done]" in text


def test_an_unknown_channel_and_account_are_shown_by_their_names() -> None:
    odd = evolve(TOUCHES[0], account_id="A-9", contact_id="P-9", channel="fax", arrives=None)
    lines = render_agenda(evolve(campaign(), touches=(odd,)), [START]).splitlines()
    assert "08:00-08:15 write A-9, P-9: fax, introduce" in lines


def test_an_empty_day_says_why() -> None:
    days = [dt.date(2027, 1, 9), dt.date(2027, 1, 5), dt.date(2027, 4, 4)]
    reasons = [line.strip() for line in render_agenda(campaign(), days).splitlines()[2::4]]
    assert reasons == [
        "No working day.",
        "Nothing planned.",
        "The campaign runs from Mon 4 Jan to Sat 3 Apr 2027.",
    ]


def test_visits_to_announce_stand_on_the_working_day_before() -> None:
    visit = evolve(
        next(one for one in TOUCHES if one.channel == "visit"), date=dt.date(2027, 1, 11), start=517
    )
    plan = evolve(campaign(), touches=(visit,))
    friday = render_agenda(plan, [dt.date(2027, 1, 8)])
    assert "announce    " in friday
    assert "Monday 11 January 2027 at 08:37" in " ".join(friday.split())
    assert "announce" not in render_agenda(plan, [dt.date(2027, 1, 7), visit.date])
    done = evolve(visit, status=Status.DONE, done_on=visit.date)
    assert "announce" not in render_agenda(evolve(plan, touches=(done,)), [dt.date(2027, 1, 8)])
