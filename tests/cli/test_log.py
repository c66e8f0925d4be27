import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import lines, run

from campaign import read
from campaign.reading import read_plan
from campaign.touches import Touch
from campaign_cli import clock, console
from campaign_cli.main import cli

TODAY = dt.date(2027, 1, 22)


@pytest.fixture(autouse=True)
def within_the_campaign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda _timezone="": TODAY)


def rows(folder: Path) -> list[Touch]:
    return list(read_plan(folder / "campaign.csv", read(folder))[0].touches)


def row(folder: Path, touch_id: str) -> Touch:
    return next(touch for touch in rows(folder) if touch.touch_id == touch_id)


def a_call(folder: Path) -> Touch:
    return next(touch for touch in rows(folder) if touch.channel == "call")


def test_a_touch_is_logged_by_its_id_as_of_today(planned: Path) -> None:
    call = a_call(planned)
    result = run("log", "-C", planned, call.touch_id, "no_answer", "--note", "rang out")
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout)[0].endswith("no_answer on 2027-01-22")
    assert lines(result.stdout)[1].startswith(
        "Attempt 2 by call or letter, as replan finds room: Mon 25 Jan to Wed 27 Jan"
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
    assert f"returned_mail, sent on {letter.date}" in lines(result.stdout)[0]
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


def test_on_a_terminal_the_touch_is_asked_for(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "can_ask", lambda: True)
    arguments = ["log", "-C", str(planned), "cascade", "done"]
    result = CliRunner().invoke(cli, arguments, input="2\n")
    assert result.exit_code == 0, result.stderr
    second = [one for one in rows(planned) if one.account_id == "A-1"][1]
    assert second.outcome == "done"


def test_a_complaint_is_heard_of_an_account(planned: Path) -> None:
    arguments = ("log", "-C", planned, "--account", "A-1", "complaint", "--note", "late again")
    result = run(*arguments)
    assert lines(result.stdout) == [
        "Cascade Dental, heard: complaint on 2027-01-22",
        "By Mon 25 Jan at the latest: call, and make it good.",
        "Everything else of Cascade Dental waits until then.",
    ]
    assert row(planned, "A-1/A-1/heard").note == "late again"
    assert run("verify", planned).exit_code == 3
    again = run("show", planned, "--today")
    assert "Complaint of Fri 22 Jan: late again." in " ".join(again.stdout.split())
    assert "A-1/C-1/complaint-2027-01-22-A-1" in again.stdout
    answer = run("log", "-C", planned, "A-1/C-1/complaint-2027-01-22-A-1", "reached")
    assert answer.exit_code == 0, answer.stderr
    assert "omplaint" not in run("show", planned, "--today").stdout.replace("complaint-", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reached"], "a touch and an outcome are wanted"),
        (["A-1", "B", "reached"], "one touch and one outcome"),
        (["--account", "A-1", "A-1/C-1/hello", "complaint"], "with --account only the outcome"),
        (["A-1/C-1/hello", "glad"], '"glad" is no outcome'),
        (["A-1/C-1/hello", "later"], "give it with --again-on"),
        (["A-1/C-1/nope", "done"], "is no touch of the plan"),
        (["A-1/C-1/hello", "done", "--again-on", "2027-02-01"], "leave --again-on out"),
        (["zzz", "done"], "is no account"),
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
