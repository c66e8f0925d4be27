import datetime as dt
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result
from commands import answered, lines, plan_of, run
from folders import ACCOUNTS, sound_folder
from ics import by_icalendar

from campaign import read
from campaign.outputs.proof import fingerprint, noted_sha256, read_proof
from campaign.touches import LeftOut, Status, Touch
from campaign_cli import console

TODAY = dt.date(2027, 1, 11)
QUICK = ("--effort", "0")
WRITTEN = ("campaign.csv", "left-out.csv", "plan.json")


def replan(folder: Path, *options: str) -> Result:
    return run("replan", folder, *QUICK, *options)


def rows(folder: Path) -> list[Touch]:
    return list(plan_of(folder).touches)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def asked(folder: Path, answer: str, *options: str) -> Result:
    return answered(answer, "replan", folder, *QUICK, *options)


def test_without_a_terminal_it_shows_what_changes_and_writes_nothing(planned: Path) -> None:
    before = contents(planned)
    result = replan(planned)
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout)[0].startswith("From Mon 11 Jan: ")
    assert "nothing is logged of it; again on" in " ".join(result.stdout.split())
    assert lines(result.stderr)[-1] == "Nothing is written; give --yes to write it."
    assert contents(planned) == before


def test_with_yes_it_is_written_and_keeps_every_rule(planned: Path) -> None:
    before = contents(planned)
    result = replan(planned, "--yes")
    assert result.exit_code == 0, result.stderr
    assert "Written to" in lines(result.stdout)[-1]
    for name in WRITTEN:
        assert (planned / f"{name}.bak").read_bytes() == before[name]
    missed = [touch for touch in rows(planned) if touch.status is Status.MISSED]
    assert missed
    assert {touch.date < TODAY for touch in missed} == {True}
    assert run("verify", planned).exit_code == 0
    assert "edited" not in run("verify", planned).stderr


def test_a_second_time_nothing_changes_and_nothing_is_written(planned: Path) -> None:
    replan(planned, "--yes")
    before = contents(planned)
    result = replan(planned, "--yes")
    assert lines(result.stdout)[0].endswith(f"{planned_ahead(planned)} stay.")
    assert "Nothing changes, and nothing is written." in result.stderr
    assert contents(planned) == before


def planned_ahead(folder: Path) -> int:
    return sum(touch.status is Status.PLANNED for touch in rows(folder))


def test_on_a_terminal_it_asks_and_a_no_writes_nothing(planned: Path) -> None:
    before = contents(planned)
    no = asked(planned, "n\n")
    assert (no.exit_code, lines(no.stderr)[-1]) == (0, "Nothing is written.")
    assert contents(planned) == before
    assert asked(planned, "y\n").exit_code == 0
    assert contents(planned) != before


def test_it_says_what_the_plan_comes_to_in_the_words_of_plan(planned: Path) -> None:
    folder_says = run("plan", planned, *QUICK, "--afresh").stdout
    shown = replan(planned, "--from", "2027-01-04").stdout
    first, last = "Reached in every month", "How good it is"
    assert shown[shown.index(first) : shown.index(last)] in folder_says
    found = json.loads(replan(planned, "--json").stdout)["summary"]
    assert found["required"]["of"] == sum(touch.required for touch in owed(planned))
    assert [level["name"] for level in found["levels"]][:3] == ["owed", "in_time", "floor"]


def owed(folder: Path) -> list[Touch | LeftOut]:
    """All that a plan has rows for, in it or beside it."""
    plan = plan_of(folder)
    return [*plan.touches, *plan.left_out]


def test_json_holds_every_change_and_whether_it_is_written(planned: Path) -> None:
    found = json.loads(replan(planned, "--json").stdout)
    assert (found["from"], found["freeze"], found["written"]) == ("2027-01-11", 3, False)
    kinds = [change["change"] for change in found["changes"]]
    assert found["counts"] == {kind: kinds.count(kind) for kind in found["counts"]}
    missed = next(one for one in found["changes"] if one["change"] == "missed" and one["after"])
    assert missed["after"]["touch_id"] == f"{missed['touch_id']}#2"
    assert (missed["cause"], missed["because"]) == ("not_logged", "nothing is logged of it")
    written = json.loads(replan(planned, "--json", "--yes").stdout)
    assert written["files"] == [str(planned / name) for name in ("campaign.csv", *WRITTEN[1:])]


def test_days_off_go_into_the_settings_with_the_plan_or_not_at_all(planned: Path) -> None:
    settings = planned / "campaign.toml"
    settings.write_text(f"# mine\n{settings.read_text()}lunch_minutes = 30 # as ever\n")
    before = contents(planned)
    off = ("--off", "2027-01-18/2027-01-22", "--off", "2027-02-15")
    shown = replan(planned, *off)
    assert contents(planned) == before
    result = replan(planned, *off, "--yes")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(shown.stdout)
    assert "because you are on leave" in " ".join(result.stdout.split())
    text = settings.read_text()
    assert tomllib.loads(text)["rep"]["leave"] == ["2027-01-18/2027-01-22", "2027-02-15"]
    assert text.startswith("# mine\n")
    assert "lunch_minutes = 30 # as ever\n" in text
    assert (planned / "campaign.toml.bak").read_bytes() == before["campaign.toml"]
    off_days = {dt.date(2027, 1, day) for day in range(18, 23)}
    assert off_days & {touch.date for touch in rows(planned) if touch.stands} == set()
    proof = read_proof(planned / "plan.json")
    assert noted_sha256(proof, "inputs") == fingerprint(read(planned))
    assert "Nothing changes" in replan(planned, *off).stderr


def test_days_off_make_the_settings_of_a_folder_that_has_none(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "accounts.csv").write_text(ACCOUNTS)
    assert run("plan", folder, "--start", "2027-01-04", *QUICK).exit_code == 0
    result = replan(folder, "--off", "2027-01-20", "--yes")
    assert result.exit_code == 0, result.stderr
    assert (folder / "campaign.toml").read_text() == '[rep]\nleave = ["2027-01-20"]\n'


def test_a_bare_list_is_planned_on_but_holds_no_days_off(tmp_path: Path) -> None:
    accounts = tmp_path / "customers.csv"
    accounts.write_text(ACCOUNTS)
    assert run("plan", accounts, "--start", "2027-01-04", *QUICK).exit_code == 0
    refused = replan(accounts, "--off", "2027-01-20", "--yes")
    assert refused.exit_code == 2
    assert "a list alone has none" in " ".join(refused.stderr.split())
    result = replan(accounts, "--yes")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "campaign.csv.bak").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--from", "2027-06-01"), "Tuesday 1 June 2027 is not in the campaign, which runs from"),
        (
            ("--from", "2026-12-01"),
            "Tuesday 1 December 2026 is not in the campaign, which",
        ),
        (("--off", "2027-06-01"), "--off 2027-06-01 is not in the campaign, Monday 4 January"),
        (("--off", "2027-01-19/2027-01-12"), "ends before it starts"),
        (("--off", "next week"), "is no span of dates; write 2027-02-01/2027-02-12"),
        (("--freeze", "-1"), "Invalid value for '--freeze'"),
    ],
)
def test_days_that_cannot_be_are_wrong_usage(
    planned: Path, options: tuple[str, ...], sentence: str
) -> None:
    result = replan(planned, *options)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


def test_before_the_campaign_it_begins_with_its_first_day(
    planned: Path, on: Callable[[str], None]
) -> None:
    on("2026-12-29")
    result = replan(planned)
    assert result.exit_code == 0
    assert lines(result.stdout)[0].startswith("From Mon 4 Jan: 0 moved")
    assert "The campaign has not begun" in result.stderr


def test_another_day_than_today_says_what_it_means(planned: Path) -> None:
    until = sum(TODAY <= touch.date < dt.date(2027, 1, 18) for touch in rows(planned))
    assert until
    later = replan(planned, "--from", "2027-01-18").stderr
    assert (
        f"notice: {until} touches of the days until Monday 18 January 2027 will count as missed"
        in later
    )
    earlier = replan(planned, "--from", "2027-01-08").stderr
    assert "notice: Friday 8 January 2027 is before today;" in earlier
    assert "notice" not in replan(planned).stderr


def test_errors_in_the_input_are_findings(planned: Path) -> None:
    accounts = planned / "accounts.csv"
    accounts.write_text(f"{ACCOUNTS}A-1,Twice\n")
    result = replan(planned)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "A-1" in result.stderr


def test_without_a_plan_there_is_nothing_to_plan_on_from(folder: Path) -> None:
    result = replan(folder)
    assert result.exit_code == 1
    assert "campaign.csv: does not exist" in result.stderr


@pytest.mark.parametrize("name", ["campaign.csv", "left-out.csv", "campaign.toml"])
def test_a_file_that_is_edited_while_it_asks_is_not_written_over(
    planned: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    edited = (planned / name).read_bytes() + b"\n"

    def edit(*_words: object, **_keys: object) -> bool:
        (planned / name).write_bytes(edited)
        return True

    monkeypatch.setattr(console, "can_ask", lambda: True)
    monkeypatch.setattr(click, "confirm", edit)
    before = contents(planned)
    result = replan(planned, "--off", "2027-01-20")
    assert result.exit_code == 1
    assert f"{name}: has been changed while this ran; nothing is written" in result.stderr
    assert contents(planned) == {**before, name: edited}


def test_columns_that_the_rep_has_added_stay(planned: Path) -> None:
    plan = planned / "campaign.csv"
    head, *rest = plan.read_text(encoding="utf-8-sig").splitlines()
    mine = [f"{head},car", *(f"{line},red {number}" for number, line in enumerate(rest))]
    plan.write_text("\n".join(mine) + "\n", encoding="utf-8")
    assert replan(planned, "--yes").exit_code == 0
    head, *now = plan.read_text(encoding="utf-8-sig").splitlines()
    assert head.endswith(",car")
    cars = {line.rpartition(",")[0].split(",")[0]: line.rpartition(",")[2] for line in now}
    was = {line.split(",")[0]: f"red {number}" for number, line in enumerate(rest)}
    assert {touch_id: cars[touch_id] for touch_id in was} == was
    assert {car for touch_id, car in cars.items() if touch_id not in was} == {""}


def test_a_stopped_search_is_written_only_when_somebody_says_so(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stops:
        def __call__(self, _progress: object) -> None:
            raise KeyboardInterrupt

    class Bar:
        def __enter__(self) -> Stops:
            return Stops()

        def __exit__(self, *_error: object) -> None:
            """Nothing is to be cleared away."""

    monkeypatch.setattr(console, "planning_bar", Bar)
    before = contents(planned)
    some = ("--effort", "50", "--from", "2027-01-18")
    result = run("replan", planned, *some, "--yes")
    assert result.exit_code == 130, result.output
    assert contents(planned) == before
    assert asked(planned, "y\n", *some).exit_code == 0
    assert contents(planned) != before


def test_what_is_logged_stays_and_plan_points_to_replan(planned: Path) -> None:
    first = rows(planned)[0]
    run("log", "-C", planned, first.touch_id, "done", "--on", str(first.date), "--note", "glad")
    refused = run("plan", planned, *QUICK)
    assert refused.exit_code == 1
    assert "plan on from it with campaign replan" in refused.stderr
    assert replan(planned, "--yes").exit_code == 0
    kept = next(touch for touch in rows(planned) if touch.touch_id == first.touch_id)
    assert (kept.status, kept.done_on, kept.note) == (Status.DONE, first.date, "glad")


def test_what_was_planned_anew_can_be_shown_told_and_exported(planned: Path) -> None:
    first = rows(planned)[0]
    run("log", "-C", planned, first.touch_id, "done", "--on", str(first.date))
    replan(planned, "--yes")
    commands = (
        ("verify", planned, "--json"),
        ("status", planned),
        ("show", planned, "--today"),
        ("show", planned, "--week", "--json"),
        ("show", planned, "--account", "A-1"),
        ("explain", "A-1", "-C", planned),
    )
    for command in commands:
        result = run(*command)
        assert (result.exit_code, result.exception) == (0, None), result.stderr
    assert "[missed]" in run("show", planned, "--account", "A-2").stdout


@pytest.mark.parametrize(
    "to",
    ["ics", "xlsx", "html", "letters", "labels", "brief", "steady", "json"],
)
def test_every_export_takes_a_plan_made_anew(planned: Path, to: str) -> None:
    replan(planned, "--yes")
    result = run("export", planned, "--to", to)
    assert result.exit_code == 0, result.stderr


def test_events_in_a_calendar_keep_their_names_and_those_that_move_are_newer(
    planned: Path,
) -> None:
    calendar = planned / "campaign.ics"
    assert run("export", planned, "--to", "ics", "-o", calendar).exit_code == 0
    before = {event.uid: event for event in by_icalendar(calendar.read_bytes())}
    found = json.loads(replan(planned, "--off", "2027-01-18/2027-01-22", "--yes", "--json").stdout)
    assert run("export", planned, "--to", "ics", "-o", calendar).exit_code == 0
    after = {event.uid: event for event in by_icalendar(calendar.read_bytes())}
    assert set(before) <= set(after)
    moved = {uid for uid, event in before.items() if event.start != after[uid].start}
    assert found["counts"]["moved"] > 0
    assert moved
    for uid, event in before.items():
        assert after[uid].sequence - event.sequence >= (uid in moved)


def test_a_workbook_that_was_ticked_off_is_planned_on_into_campaign_csv(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "mine")
    assert run("plan", folder, *QUICK).exit_code == 0
    book = folder / "campaign.xlsx"
    assert run("export", folder, "--to", "xlsx", "-o", book).exit_code == 0
    before = book.read_bytes()
    result = replan(folder, "--plan", str(book), "--yes")
    assert result.exit_code == 0, result.stderr
    assert book.read_bytes() == before
    assert any(touch.status is Status.MISSED for touch in rows(folder))


def test_a_copy_of_the_plan_beside_it_is_in_nobodys_way(planned: Path) -> None:
    (planned / "before.csv").write_bytes((planned / "campaign.csv").read_bytes())
    run("log", "-C", planned, rows(planned)[0].touch_id, "done", "--on", "2027-01-04")
    result = replan(planned, "--yes")
    assert result.exit_code == 0, result.stderr
