"""The formats of `campaign export` besides the report, with the options that go with them."""

import csv
import json
from pathlib import Path

import pytest
from commands import lines, run
from ics import by_icalendar

from campaign_cli.commands.export import FORMATS

CRM = {
    "salesforce": ["salesforce-tasks.csv", "salesforce-events.csv"],
    "hubspot": ["hubspot-tasks.csv"],
    "dynamics": ["dynamics-tasks.csv", "dynamics-calls.csv", "dynamics-appointments.csv"],
}
FOREIGN = b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def leave_out_letters(folder: Path) -> None:
    """Skip every letter of the plan, as the rep does in a spreadsheet."""
    text = (folder / "campaign.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    with (folder / "campaign.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row in rows:
            is_letter = row["channel"] == "letter"
            writer.writerow({**row, "status": "skipped" if is_letter else row["status"]})


def test_the_calendar_that_is_written_over_is_the_memory(planned: Path) -> None:
    target = planned / "campaign.ics"
    assert run("export", planned, "--to", "ics").exit_code == 0
    first = target.read_bytes()
    assert run("export", planned, "--to", "ics").exit_code == 0
    assert target.read_bytes() == first
    leave_out_letters(planned)
    assert run("export", planned, "--to", "ics").exit_code == 0
    before = {each.uid: each for each in by_icalendar(first)}
    after = {each.uid: each for each in by_icalendar(target.read_bytes())}
    assert before.keys() == after.keys()
    gone = [uid for uid, each in after.items() if each.status == "CANCELLED"]
    assert gone
    assert all(before[uid].summary.startswith("Write") for uid in gone)
    assert {after[uid].sequence for uid in gone} == {1}


def test_an_earlier_export_can_be_named(planned: Path) -> None:
    run("export", planned, "--to", "ics", "-o", planned / "old.ics")
    leave_out_letters(planned)
    result = run("export", planned, "--to", "ics", "--since", planned / "old.ics")
    assert (result.exit_code, result.stderr) == (0, "")
    found = by_icalendar((planned / "campaign.ics").read_bytes())
    assert "CANCELLED" in {each.status for each in found}


def test_the_reps_own_calendar_is_never_written_over(planned: Path) -> None:
    (planned / "calendar.ics").write_bytes(FOREIGN)
    result = run("export", planned, "--to", "ics", "-o", planned / "calendar.ics")
    assert result.exit_code == 1
    problem = "is no calendar that this program has written; name another file with -o"
    assert lines(result.stderr) == [f"error: {planned / 'calendar.ics'}: {problem}"]
    assert (planned / "calendar.ics").read_bytes() == FOREIGN


def test_an_earlier_export_has_to_be_there_and_to_be_one(planned: Path) -> None:
    for name in ("nowhere.ics", "accounts.csv"):
        result = run("export", planned, "--to", "ics", "--since", planned / name)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"error: {planned / name}: ")
    assert not (planned / "campaign.ics").exists()


@pytest.mark.parametrize("wanted", CRM)
def test_the_files_of_a_customer_system_stand_beside_the_plan(planned: Path, wanted: str) -> None:
    result = run("export", planned, "--to", wanted, "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["files"] == [str(planned / name) for name in CRM[wanted]]
    (finding,) = told["findings"]
    assert finding["severity"] == "notice"
    assert "2 of 2 accounts have no id of" in finding["sentence"]
    said = run("export", planned, "--to", wanted)
    assert lines(said.stderr) == [f"notice: {finding['sentence']}"]
    texts = [(planned / name).read_text(encoding="utf-8-sig") for name in CRM[wanted]]
    ids = [
        row[column]
        for text in texts
        for row in csv.DictReader(text.splitlines(keepends=True))
        for column in row
        if column.replace(" ", "") == "TouchID" or column == "TouchId"
    ]
    assert len(ids) == len(set(ids)) > 0


def test_several_files_go_into_a_folder(planned: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for wanted in ("salesforce", "json"):
        assert run("export", planned, "--to", wanted, "-o", tmp_path / "out").exit_code == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["campaign.json", "salesforce-events.csv", "salesforce-tasks.csv"]


@pytest.mark.parametrize("name", ["out", "out/", "in/there", "out.v1/"])
@pytest.mark.parametrize("wanted", ["html", "salesforce"])
def test_a_name_without_an_ending_is_a_folder_that_is_made(
    planned: Path, name: str, wanted: str
) -> None:
    assert run("export", planned, "--to", wanted, "-o", f"{planned}/{name}").exit_code == 0
    written = {path.name for path in (planned / name).iterdir()}
    assert written == {*FORMATS[wanted].made_by, *FORMATS[wanted].beside}


def test_a_file_without_an_ending_that_is_there_is_written_over(planned: Path) -> None:
    (planned / "report").write_text("old", encoding="utf-8")
    assert run("export", planned, "--to", "html", "-o", planned / "report").exit_code == 0
    assert (planned / "report").read_bytes().startswith(b"<!doctype html>")


@pytest.mark.parametrize("wanted", ["letters", "labels", "salesforce"])
def test_several_files_do_not_go_into_one(planned: Path, wanted: str) -> None:
    result = run("export", planned, "--to", wanted, "-o", planned / "all.csv")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        f"error: {planned / 'all.csv'}: is the name of a file, and this format wants a folder; "
        "name a folder with -o"
    )
    assert not (planned / "all.csv").exists()


def test_a_folder_that_cannot_be_made_is_told(planned: Path) -> None:
    result = run("export", planned, "--to", "html", "-o", planned / "accounts.csv" / "out")
    assert result.exit_code == 1
    assert "accounts.csv" in result.stderr
    assert "Traceback" not in result.stderr


def test_picklists_speak_the_words_of_the_org(planned: Path) -> None:
    picks = ("--pick", "Not Started=Offen", "--pick", "Normal = Mittel")
    assert run("export", planned, "--to", "salesforce", *picks).exit_code == 0
    text = (planned / "salesforce-tasks.csv").read_text(encoding="utf-8")
    found = {(row["Status"], row["Priority"]) for row in csv.DictReader(text.splitlines())}
    assert ("Offen", "Mittel") in found
    assert not {"Not Started", "Normal"} & {word for row in found for word in row}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--to", "html", "--since", "old.ics"), "--since goes with --to ics, not with --to html"),
        (
            ("--to", "ics", "--pick", "High=A"),
            "--pick goes with --to salesforce, hubspot, dynamics",
        ),
        (("--to", "hubspot", "--pick", "High=A"), '"High" is no word here; the words are NOT_'),
        (("--to", "dynamics", "--pick", "High"), '"High" is no pair; write "High=Urgent"'),
    ],
)
def test_an_option_that_makes_no_sense_is_wrong_usage(
    planned: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = run("export", planned, *arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_once_something_was_heard_of_an_account(
    planned: Path, tmp_path: Path, name: str
) -> None:
    heard = ("-C", planned, "--account", "A-1", "complaint")
    assert run("log", *heard).exit_code == 0
    result = run("export", planned, "--to", name, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.stderr


def test_places_to_ask_a_routing_engine_about_need_no_plan(folder: Path) -> None:
    result = run("export", folder, "--to", "places")
    assert result.exit_code == 0, result.stderr
    heading, home, *accounts = (folder / "places.csv").read_text().splitlines()
    assert (heading, home.partition(",")[0]) == ("id,longitude,latitude", "home")
    assert len(accounts) > 1
    assert all(-180 <= float(row.split(",")[1]) <= 180 for row in accounts)
