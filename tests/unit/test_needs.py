import datetime as dt

from attrs import evolve
from rows import a_touch
from small import small

from campaign.explaining.needs import needs, render_needs
from campaign.explaining.today import Today
from campaign.model.accounts import Account, Contact
from campaign.model.outcomes import OutcomeName
from campaign.touches import LeftOut, Plan, ReasonCode, Touch

ACCOUNTS = [Account(f"A-{n}", f"Firm {n}", tier="A", phone="1") for n in range(1, 5)]
TERRITORY = small(*ACCOUNTS, contacts=[Contact("C-1", "A-1", name="Ann")])
DAY = dt.date(2027, 1, 20)


def on(*touches: Touch) -> Today:
    return Today(Plan(TERRITORY, touches), DAY)


def done(touch: Touch, outcome: OutcomeName) -> Touch:
    return evolve(touch, status="done", outcome=outcome, done_on=touch.date)


def test_where_nothing_waits_nothing_is_said() -> None:
    assert needs(on(a_touch("A-2/A-2/hello", "01-25", "letter", of=TERRITORY))) == ()
    assert render_needs(()) == ""


def test_what_is_not_logged_is_one_line_with_a_count() -> None:
    late = [a_touch(f"A-{n}/A-{n}/hello", "01-11", "letter", of=TERRITORY) for n in (2, 3, 4)]
    found = needs(on(*late))
    assert render_needs(found).splitlines() == [
        "3 things need you:",
        "  3 touches not logged since Mon 11 Jan: campaign log walks through",
    ]
    every = render_needs(found, every=True).splitlines()
    assert every[2:] == [
        f"    - Firm {n}, letter of Mon 11 Jan, never touched yet" for n in (2, 3, 4)
    ]


def test_a_complaint_comes_before_all_else_and_a_number_is_to_be_found() -> None:
    complaint = done(a_touch("A-1/C-1/hello", "01-11", "letter", of=TERRITORY), "complaint")
    wrong = done(a_touch("A-2/A-2/call", "01-12", "call", of=TERRITORY), "wrong_number")
    late = a_touch("A-3/A-3/hello", "01-11", "letter", of=TERRITORY)
    lines = render_needs(needs(on(complaint, wrong, late))).splitlines()
    assert lines[0].endswith("things need you:")
    assert lines[1].startswith("  1 complaint unanswered: Firm 1, by ")
    assert lines[2] == "  1 touch not logged since Mon 11 Jan: campaign log walks through"
    assert any(line.startswith("  1 thing to find: find the right ") for line in lines)
    assert len(lines) <= 6


def test_one_thing_needs_and_of_many_names_the_first_are_told() -> None:
    late = a_touch("A-3/A-3/hello", "01-11", "letter", of=TERRITORY)
    assert render_needs(needs(on(late))).startswith("1 thing needs you:\n")
    told = [
        done(a_touch(f"A-{n}/A-{n}/hello", "01-11", "letter", of=TERRITORY), "complaint")
        for n in (2, 3, 4)
    ]
    words = needs(on(*told))[0].words
    assert words.startswith("3 complaints unanswered: Firm 2, by ")
    assert words.endswith(" and 1 more")


def test_there_are_never_more_than_five_lines_unless_all_are_asked_for() -> None:
    complaint = done(a_touch("A-1/C-1/hello", "01-11", "letter", of=TERRITORY), "complaint")
    unreached = done(a_touch("A-2/A-2/call", "01-12", "call", of=TERRITORY), "wrong_number")
    tried = done(a_touch("A-4/A-4/call", "01-12", "call", of=TERRITORY), "no_answer")
    late = a_touch("A-3/A-3/hello", "01-11", "letter", of=TERRITORY)
    promise = evolve(a_touch("A-3/A-3/hello", "01-25", "letter", of=TERRITORY), cadence="promises")
    to_be_late = evolve(promise, touch_id="A-3/A-3/P-9", step="P-9", purpose="promise", late=2)
    found = needs(on(complaint, unreached, tried, late, to_be_late))
    assert len(found) == 5
    lines = render_needs(found).splitlines()
    assert len(lines) == 5
    assert lines[2] == (
        "  1 promise will be late: Firm 3, letter of Mon 25 Jan, 2 business days late"
    )
    assert lines[-1] == "  and 3 more: --all lists them"
    assert len(render_needs(found, every=True).splitlines()) == 12


def test_whoever_is_called_soon_and_has_no_number_is_named_once() -> None:
    ann = Contact("C-1", "A-1", name="Ann")
    territory = small(Account("A-1", "Firm 1", tier="A"), contacts=[ann])
    soon = a_touch("A-1/C-1/call", "01-21", "call", of=territory)
    later = a_touch("A-1/C-1/later", "02-21", "call", of=territory)
    (need,) = needs(Today(Plan(territory, (soon, later)), DAY))
    assert need.words == "1 number to find for the calls of two weeks: Ann of Firm 1"
    known = small(ACCOUNTS[0], contacts=[ann])
    assert needs(Today(Plan(known, (soon, later)), DAY)) == ()


def test_ids_are_told_where_they_are_asked_for() -> None:
    late = a_touch("A-3/A-3/hello", "01-11", "letter", of=TERRITORY)
    (need,) = needs(on(late), ids=True)
    assert need.each == ("[A-3/A-3/hello] Firm 3, letter of Mon 11 Jan, never touched yet",)


def test_an_attempt_that_no_day_has_room_for_is_not_sent_to_replan_again() -> None:
    tried = done(a_touch("A-4/A-4/call", "01-12", "call", of=TERRITORY), "no_answer")
    (need,) = needs(on(tried))
    assert need.words == "1 attempt owed and on no day: campaign replan"
    left = LeftOut(
        "A-4/A-4/call#2",
        account_id="A-4",
        contact_id="A-4",
        cadence="key-account",
        step="call",
        channel="call",
        required=True,
        reason_code=ReasonCode.CAPACITY,
        reason="The week is full.",
    )
    (need,) = needs(Today(Plan(TERRITORY, (tried,), left_out=(left,)), DAY))
    assert need.words == "1 attempt that no day has room for: campaign explain says why"
