import datetime as dt
import json
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import Result
from commands import answered, lines, plan_of, run

from campaign.touches import Touch
from campaign_cli import clock
from campaign_cli.commands.log import due_by

TODAY = dt.date(2027, 1, 22)


def rows(folder: Path) -> list[Touch]:
    return list(plan_of(folder).touches)


def row(folder: Path, touch_id: str) -> Touch:
    return next(touch for touch in rows(folder) if touch.touch_id == touch_id)


def a_call(folder: Path) -> Touch:
    """The first call of a cadence, a promise's aside."""
    calls = (touch for touch in rows(folder) if touch.channel == "call")
    return next(call for call in calls if call.purpose != "promise")


def test_a_touch_is_logged_by_its_id_as_of_today(planned: Path) -> None:
    call = a_call(planned)
    result = run("log", "-C", planned, call.touch_id, "no_answer", "--note", "rang out")
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout)[0].endswith(", call: no answer on Fri 22 Jan")
    assert lines(result.stdout)[1].startswith(
        "Attempt 2 by call, visit, letter or postcard, as replan finds room: Mon 25 Jan to"
    )
    logged = row(planned, call.touch_id)
    assert (logged.outcome, logged.done_on, logged.note) == ("no_answer", TODAY, "rang out")


def test_json_holds_the_row_and_what_follows(planned: Path) -> None:
    result = run(
        *("log", "-C", planned, a_call(planned).touch_id, "later"),
        *("--on", "2027-01-20", "--again-on", "2027-02-01", "--json"),
    )
    found = json.loads(result.stdout)
    assert (found["touch"]["outcome"], found["touch"]["again_on"]) == ("later", "2027-02-01")
    assert len(found["follows"]) == 2


def test_an_account_with_one_touch_due_is_enough(planned: Path) -> None:
    (due,) = [touch for touch in rows(planned) if touch.account_id == "A-2"][:1]
    result = run("log", "-C", planned, "riverbend", "done", "--on", str(due.date))
    assert result.exit_code == 0, result.stderr
    assert row(planned, due.touch_id).outcome == "done"


def test_a_touch_that_is_far_away_is_not_meant_by_the_name_alone(planned: Path) -> None:
    touches = [touch for touch in rows(planned) if touch.account_id == "A-2"]
    for touch in touches[:-1]:
        run("log", "-C", planned, touch.touch_id, "done", "--on", "2027-01-20")
    last = touches[-1]
    before = (planned / "campaign.csv").read_bytes()
    result = run("log", "-C", planned, "riverbend", "reached")
    assert last.date > TODAY + dt.timedelta(days=7)
    assert (result.exit_code, "1 open touch:" in result.stderr) == (2, True)
    assert last.touch_id in result.stderr
    assert (planned / "campaign.csv").read_bytes() == before


def test_the_letter_that_came_back_is_found_by_the_account(planned: Path) -> None:
    letter = next(one for one in rows(planned) if one.account_id == "A-2")
    assert letter.channel == "letter"
    sent = ("--on", str(letter.date))
    assert run("log", "-C", planned, letter.touch_id, "done", *sent).exit_code == 0
    came_back = letter.date + dt.timedelta(days=5)
    result = run("log", "-C", planned, "A-2", "returned_mail", "--on", str(came_back))
    assert result.exit_code == 0, result.stderr
    assert "returned mail, sent on Mon 4 Jan" in lines(result.stdout)[0]
    assert row(planned, letter.touch_id).outcome == "returned_mail"


def test_where_no_letter_can_have_come_back_that_is_said(planned: Path) -> None:
    first = min(touch.date for touch in rows(planned)) - dt.timedelta(days=1)
    result = run("log", "-C", planned, "riverbend", "returned_mail", "--on", str(first))
    assert result.exit_code == 2
    assert "no letter or card that was to be sent by then" in " ".join(result.stderr.split())


def test_a_day_in_another_year_is_doubted(planned: Path) -> None:
    call = a_call(planned).touch_id
    result = run("log", "-C", planned, call, "reached", "--on", "2026-01-20")
    assert (result.exit_code, "long before the first day" in result.stderr) == (0, True)
    assert "notice" not in run("log", "-C", planned, call, "reached").stderr


def test_several_touches_are_listed_for_who_cannot_be_asked(planned: Path) -> None:
    result = run("log", "-C", planned, "cascade", "done")
    assert (result.exit_code, result.stdout) == (2, "")
    due = [one.touch_id for one in rows(planned) if one.account_id == "A-1" and one.date <= TODAY]
    assert len(due) > 1
    assert [one for one in due if one not in result.stderr] == []
    assert "name one by its id" in result.stderr


def test_on_a_terminal_the_touch_is_asked_for(planned: Path) -> None:
    result = answered("2\n", "log", "-C", planned, "cascade", "done")
    assert result.exit_code == 0, result.stderr
    second = [one for one in rows(planned) if one.account_id == "A-1"][1]
    assert second.outcome == "done"


def test_a_complaint_is_heard_of_an_account(planned: Path) -> None:
    arguments = ("log", "-C", planned, "--account", "A-1", "complaint", "--note", "late again")
    result = run(*arguments)
    assert lines(result.stdout) == [
        "Cascade Dental, heard: complaint on Fri 22 Jan",
        "By Mon 25 Jan at the latest: call, and make it good; then apology and proof.",
        "Everything else of Cascade Dental waits until then, and goes on.",
    ]
    assert row(planned, "A-1/A-1/heard").note == "late again"
    assert run("verify", planned).exit_code == 3
    again = run("show", planned, "--today", "--all", "--ids").stdout
    assert lines(again)[1:3] == [
        "  1 complaint unanswered: Cascade Dental, by Mon 25 Jan",
        "    - [A-1/C-1/complaint-2027-01-22-answer] Cascade Dental, by Mon 25 Jan: late again.",
    ]
    answer = run("log", "-C", planned, "A-1/C-1/complaint-2027-01-22-answer", "reached")
    assert answer.exit_code == 0, answer.stderr
    assert "complaint unanswered" not in run("show", planned, "--today").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reached"], "a touch and an outcome are wanted"),
        (["A-1", "B", "reached"], '"A-1 B" is no account; give its id'),
        (["--account", "A-1", "A-1/C-1/hello", "complaint"], "with --account only the outcome"),
        (["A-1/C-1/hello", "glad"], '"glad" is no outcome'),
        (["A-1/C-1/hello", "later"], "give it with --again-on"),
        (["A-1/C-1/nope", "done"], "is no touch of the plan"),
        (["A-1/C-1/hello", "done", "--again-on", "2027-02-01"], "leave --again-on out"),
        (["zzz", "done"], "is no account"),
        (["Cascad", "Dentel", "done"], "did you mean Cascade Dental?"),
        (["Dentall", "done"], "did you mean Cascade Dental?"),
        (["A-1/C-1/hello", "reachd"], "did you mean reached?"),
        (["complant", "A-1"], "did you mean complaint?"),
        ([], "nobody can be asked here"),
        (["--day", "2027-01-23", "done"], "is still to come"),
        (["--day", "2027-01-05", "A-1", "done"], 'leave "A-1" out'),
        (["--day", "sunday", "done"], "nothing that can be done is open on Sunday 17 January"),
        (["--day", "2027-01-04", "--channel", "call"], "nothing by call that can be done is open"),
        (["--from", "ticks.csv", "done"], "nothing else is given"),
        (["--account", "A-1", "no_answer"], "is of a touch, not of an account"),
        (["A-1/C-1/hello", "done", "--on", "2027-01-23"], "is still to come"),
    ],
)
def test_what_cannot_be_logged_is_wrong_usage(
    planned: Path, arguments: list[str], said: str
) -> None:
    before = (planned / "campaign.csv").read_bytes()
    result = run("log", "-C", planned, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert (planned / "campaign.csv").read_bytes() == before


def test_a_plan_that_cannot_be_read_is_named_with_row_and_column(planned: Path) -> None:
    path = planned / "campaign.csv"
    path.write_bytes(path.read_bytes().replace(b",planned,,", b",planned,gladly,", 1))
    result = run("log", "-C", planned, "A-1/C-1/hello", "done")
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'campaign.csv:2 outcome: "gladly" is none of those known' in result.stderr


def test_planning_again_does_not_write_over_what_is_logged(planned: Path) -> None:
    run("log", "-C", planned, a_call(planned).touch_id, "reached")
    result = run("plan", planned, "--effort", "0")
    assert result.exit_code == 1
    assert "1 row of logged work would be written over" in result.stderr


def test_who_is_met_is_met_on_a_visit(planned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = next(one for one in rows(planned) if (one.account_id, one.channel) == ("A-1", "visit"))
    monkeypatch.setattr(clock, "today", lambda _timezone="": visit.date)
    result = run("log", planned, "met", "cascade", "--on", str(visit.date))
    assert (result.exit_code, row(planned, visit.touch_id).outcome) == (0, "met")


def test_a_complaint_goes_to_the_account_where_only_a_letter_is_due(planned: Path) -> None:
    before = [one for one in rows(planned) if one.account_id == "A-2"]
    result = run("log", planned, "Riverbend", "complaint", "--on", str(before[0].date))
    assert result.exit_code == 0
    assert row(planned, before[0].touch_id).outcome == ""
    assert row(planned, "A-2/A-2/heard").outcome == "complaint"


def test_who_asks_to_be_left_alone_in_a_call_says_it_of_that_call(planned: Path) -> None:
    call = a_call(planned)
    asked = ("--on", str(call.date), "--again-on", "in 6 weeks")
    assert run("log", planned, call.account_id, "later", *asked).exit_code == 0
    assert row(planned, call.touch_id).again_on == TODAY + dt.timedelta(weeks=6)


def test_a_person_is_meant_by_name(planned: Path) -> None:
    sunday = ("--on", "2027-01-17")
    assert run("log", planned, "dr. ito", "do not contact", *sunday).exit_code == 0
    heard = row(planned, "A-1/C-1/heard")
    assert (heard.contact_id, heard.outcome) == ("C-1", "do_not_contact")


def test_a_whole_day_is_logged_at_once_and_taken_back_at_once(planned: Path) -> None:
    monday = [one for one in rows(planned) if one.date == dt.date(2027, 1, 4)]
    assert len(monday) > 1
    before = (planned / "campaign.csv").read_bytes()
    result = run("log", planned, "--day", "2027-01-04", "done")
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout)[-1] == f"{len(monday)} touches logged."
    assert {row(planned, one.touch_id).outcome for one in monday} == {"done"}
    assert run("undo", planned, "--yes").exit_code == 0
    assert (planned / "campaign.csv").read_bytes() == before


def test_a_day_may_be_narrowed_to_a_channel(planned: Path) -> None:
    result = run("log", planned, "--day", "2027-01-04", "--channel", "letter", "--json")
    logged = json.loads(result.stdout)
    assert {one["touch"]["channel"] for one in logged} == {"letter"}


def test_what_a_telephone_has_ticked_is_read(planned: Path, tmp_path: Path) -> None:
    call = a_call(planned)
    ticks = tmp_path / "ticks.csv"
    ticks.write_text(
        "touch_id,outcome,done_on,note\n"
        "A-1/C-1/hello,done,2027-01-05,\n"
        f'{call.touch_id},no answer,2027-01-20,"rang, twice"\n'
    )
    result = run("log", planned, "--from", ticks)
    assert result.exit_code == 0, result.stderr
    assert row(planned, "A-1/C-1/hello").done_on == dt.date(2027, 1, 5)
    assert row(planned, call.touch_id).note == "rang, twice"
    after = (planned / "campaign.csv").read_bytes()
    assert run("log", planned, "--from", ticks).exit_code == 0
    assert (planned / "campaign.csv").read_bytes() == after


def test_ticks_that_cannot_be_are_all_named_and_none_is_logged(
    planned: Path, tmp_path: Path
) -> None:
    before = (planned / "campaign.csv").read_bytes()
    ticks = tmp_path / "ticks.csv"
    ticks.write_text(
        "touch_id,outcome,done_on\nA-1/C-1/hello,done,2027-01-05\n"
        "A-1/C-1/nope,done,2027-01-05\nA-1/C-1/hello,no_answer,2027-01-05\n"
    )
    result = run("log", planned, "--from", ticks)
    assert (result.exit_code, (planned / "campaign.csv").read_bytes()) == (1, before)
    assert 'ticks.csv:3: "A-1/C-1/nope" is no touch of the plan' in result.stderr
    assert "ticks.csv:4: no_answer is no outcome of a letter" in result.stderr
    ticks.write_text("touch_id,outcome\nA,glad\n")
    assert "done_on" in run("log", planned, "--from", ticks).stderr
    ticks.write_text("touch_id,outcome,done_on\nA,glad,soon\n,done,2027-01-05\n")
    said = run("log", planned, "--from", ticks).stderr
    assert [one for one in ("2 outcome", "2 done_on", "3 touch_id") if one not in said] == []
    ticks.write_text("touch_id,outcome,done_on\n")
    nothing = run("log", planned, "--from", ticks)
    assert (nothing.exit_code, "nothing that was ticked" in nothing.stderr) == (2, True)


def walked(planned: Path, keys: str) -> Result:
    result = answered(keys, "log", "-C", planned)
    assert result.exit_code == 0, result.stderr
    return result


def test_a_walk_saves_each_answer_at_once_and_is_one_act(planned: Path) -> None:
    due = [one for one in rows(planned) if one.date <= TODAY]
    before = (planned / "campaign.csv").read_bytes()
    result = walked(planned, "\n" * len(due))
    assert result.stdout == f"{len(due)} touches logged; nothing is left open.\n"
    assert [one.done_on for one in rows(planned) if one.date <= TODAY] == [one.date for one in due]
    assert "Next: campaign replan" in result.stderr
    assert run("undo", planned, "--yes").exit_code == 0
    assert (planned / "campaign.csv").read_bytes() == before


def test_a_walk_goes_back_leaves_open_and_stops(planned: Path) -> None:
    result = walked(planned, "s<s<?+kept a note\n\n.")
    assert result.stdout.startswith("1 touch logged, ")
    logged = [one for one in rows(planned) if one.is_done]
    assert [one.note for one in logged] == ["kept a note"]


def test_one_key_is_for_all_letters_of_a_day(planned: Path) -> None:
    letters = [one for one in rows(planned) if one.channel == "letter" and one.date <= TODAY]
    same = [one.touch_id for one in letters if one.date == letters[0].date]
    assert len(same) > 1
    result = walked(planned, "sa.")
    assert f"a all {len(same)} letters of that day done" in " ".join(result.stderr.split())
    assert result.stdout.startswith(f"{len(same)} touches logged, ")
    assert [one.touch_id for one in rows(planned) if one.outcome == "done"] == same
    assert run("undo", planned, "--yes").exit_code == 0
    assert {one.outcome for one in rows(planned)} == {""}


def test_a_walk_begins_with_what_is_promised(planned: Path) -> None:
    first, *_ = due_by(plan_of(planned), TODAY)
    assert first.is_promise
    result = walked(planned, "+sent by courier\n\n.")
    assert f"1 of {len(due_by(plan_of(planned), TODAY)) + 1}" in result.stderr
    assert row(planned, first.touch_id).note == "sent by courier"


def test_a_walk_asks_before_somebody_is_left_alone_for_ever(planned: Path) -> None:
    result = walked(planned, "xn\nxy\n.")
    assert "is never touched again" in result.stderr
    assert [one.outcome for one in rows(planned) if one.is_done] == ["do_not_contact"]


def test_a_walk_asks_for_the_day_and_for_what_it_is_about(planned: Path) -> None:
    walked(planned, "lsoon\nin 2 weeks\nlyesterday\ncthe invoice\n")
    logged = {str(one.outcome): one for one in rows(planned) if one.is_done}
    assert logged["later"].again_on == TODAY + dt.timedelta(weeks=2)
    assert logged["complaint"].note == "the invoice"


def test_what_was_told_is_noted_by_id_or_as_the_next_with_somebody(planned: Path) -> None:
    ahead = [one for one in rows(planned) if one.date >= TODAY and one.status == "planned"]
    call = next(one for one in ahead if one.channel == "call")
    result = run("log", "-C", planned, call.touch_id, "--told", "--on", "2027-01-21")
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout)[0].endswith(": told on Thu 21 Jan")
    assert row(planned, call.touch_id) == evolve(call, told=dt.date(2027, 1, 21))
    first = min((one for one in ahead if one.account_id == call.account_id), key=day_and_id)
    named = run("log", "-C", planned, call.account_id, "--told")
    assert named.exit_code == 0, named.stderr
    assert row(planned, first.touch_id).told == TODAY


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name the touch whose day they know"),
        (("nobody/at/all",), '"nobody/at/all" is not planned; give the id of a touch that is'),
    ],
)
def test_what_cannot_be_told_is_wrong_usage(
    planned: Path, words: tuple[str, ...], said: str
) -> None:
    result = run("log", "-C", planned, *words, "--told")
    assert result.exit_code == 2
    assert said in result.stderr


def day_and_id(one: Touch) -> tuple[dt.date, str]:
    return one.date, one.touch_id
