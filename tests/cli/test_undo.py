import datetime as dt
import json
from pathlib import Path

from commands import answered, lines, run

TODAY = dt.date(2027, 1, 22)
FILES = ("campaign.csv", "left-out.csv", "plan.json", "campaign.toml")


def state(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}


def test_a_log_is_taken_back_and_done_again(planned: Path) -> None:
    before = state(planned)
    assert run("log", planned, "A-1/C-1/hello", "done", "--on", "2027-01-05").exit_code == 0
    after = state(planned)
    result = run("undo", planned, "--yes")
    assert lines(result.stdout) == [
        "Takes back what was logged of 1 touch: 1 done",
        "  Cascade Dental, Dr. Ito, letter: done on Tuesday 5 January 2027",
        f'Taken back. To do it again: campaign undo "{planned}" --redo',
    ]
    assert state(planned) == before
    again = run("undo", planned, "--redo", "--yes")
    assert lines(again.stdout)[0] == "Does again what was logged of 1 touch: 1 done"
    assert state(planned) == after


def test_it_goes_further_back_to_before_there_was_a_plan(planned: Path) -> None:
    before = state(planned)
    assert run("replan", planned, "--effort", "0", "--yes", "--off", "2027-02-01").exit_code == 0
    assert state(planned)["campaign.toml"] != before["campaign.toml"]
    result = run("undo", "-C", planned, "--yes")
    assert lines(result.stdout)[0] == "Takes back the replan"
    assert "  and what it has written into campaign.toml" in lines(result.stdout)
    assert state(planned) == before
    result = run("undo", planned, "--yes")
    assert lines(result.stdout)[0] == "Takes back the plan: there was none before"
    assert list(state(planned)) == ["campaign.toml"]
    result = run("undo", planned, "--yes")
    assert (result.exit_code, "nothing is noted to take back" in result.stderr) == (2, True)


def test_it_asks_on_a_terminal(planned: Path) -> None:
    run("log", planned, "A-1/C-1/hello", "done")
    after = state(planned)
    declined = answered("n\n", "undo", planned)
    assert (declined.exit_code, "Nothing is changed." in declined.stderr) == (1, True)
    assert state(planned) == after
    assert answered("y\n", "undo", planned).exit_code == 0
    assert state(planned) != after


def test_without_a_terminal_it_names_the_flag(planned: Path) -> None:
    run("log", planned, "A-1/C-1/hello", "done")
    after = state(planned)
    result = run("undo", planned)
    assert (result.exit_code, "give --yes to do it" in result.stderr) == (2, True)
    assert state(planned) == after


def test_a_refusal_is_never_lifted_in_silence(planned: Path) -> None:
    run("log", planned, "A-1/C-1/hello", "do_not_contact")
    after = state(planned)
    result = run("undo", planned, "--yes")
    assert result.exit_code == 2
    assert "this lifts the refusal of Dr. Ito" in result.stderr
    assert "--lift-refusals" in result.stderr
    for typed in ("\n", "y\n", "Dr Ito\n"):
        assert answered(typed, "undo", planned).exit_code == 1
        assert state(planned) == after
    by_name = answered("dr. ito\n", "undo", planned)
    assert by_name.exit_code == 0
    assert "asked to be left alone" in by_name.stderr
    assert run("undo", planned, "--redo", "--yes").exit_code == 0
    assert state(planned) == after
    assert run("undo", planned, "--yes", "--lift-refusals").exit_code == 0


def test_what_has_left_the_folder_is_named(planned: Path) -> None:
    run("log", planned, "A-1/C-1/hello", "done")
    assert run("export", planned, "--to", "ics").exit_code == 0
    assert run("export", planned, "--to", "json").exit_code == 0
    said = run("undo", planned, "--yes").stdout
    assert "Not taken back: ics, written since (campaign.ics)" in lines(said)
    assert "json" not in said


def test_after_edits_by_another_hand_nothing_is_taken_back(planned: Path) -> None:
    run("log", planned, "A-1/C-1/hello", "done")
    plan = planned / "campaign.csv"
    plan.write_bytes(plan.read_bytes().replace(b",planned,", b",skipped,", 1))
    after = state(planned)
    result = run("undo", planned, "--yes")
    assert (result.exit_code, state(planned)) == (1, after)
    assert "campaign.csv: has been edited by another hand since" in result.stderr


def test_what_is_taken_back_is_told_to_programs(planned: Path) -> None:
    run("log", planned, "A-1/C-1/hello", "done")
    done = json.loads(run("undo", planned, "--yes", "--json").stdout)
    assert (done["kind"], done["written"]) == ("log", [str(planned / "campaign.csv")])
    assert done["logged"][0]["touch_id"] == "A-1/C-1/hello"
