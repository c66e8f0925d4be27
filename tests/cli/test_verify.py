import csv
import json
from pathlib import Path

import pytest
from attrs import evolve
from commands import lines, plan_of, run

from campaign.outputs.plan_table import encode, in_order, render_campaign


def test_a_plan_that_keeps_the_rules_is_told_so(planned: Path) -> None:
    result = run("verify", planned)
    touches = len(plan_of(planned).touches)
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines(result.stdout) == [
        f"All is well: 12 rules tested on {touches} touches, 0 left out; no rule is broken."
    ]


def moved_to_sunday(folder: Path) -> str:
    """The plan with its first touch on a Sunday; its id."""
    plan = plan_of(folder)
    first, *rest = in_order(plan.touches)
    moved = evolve(plan, touches=(evolve(first, date=first.date.add(days=6)), *rest))
    (folder / "campaign.csv").write_bytes(encode(render_campaign(moved)))
    return first.touch_id


def test_every_violation_is_a_line_and_the_end_is_3(planned: Path) -> None:
    touch_id = moved_to_sunday(planned)
    result = run("verify", planned)
    assert result.exit_code == 3
    found = lines(result.stdout)
    assert f"R1 {touch_id}: Sun 10 Jan is no working day of the rep (Cascade Dental)" in found
    assert f"{len(found) - 1} violation" in found[-1]
    assert f'campaign replan "{planned}"; to keep a row' in result.stderr


def test_json_holds_the_violations_as_values(planned: Path) -> None:
    touch_id = moved_to_sunday(planned)
    result = run("verify", planned, "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    first = found["violations"][0]
    assert (first["rule"], first["touch_id"]) == ("R1", touch_id)
    assert first["account"] == "Cascade Dental"
    assert (first["fault"], first["date"]) == ("no_working_day", "2027-01-10")
    assert found["rules"] == 12


def test_json_of_a_sound_plan_holds_its_levels(planned: Path) -> None:
    result = run("verify", planned, "--json", "--strict")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["violations"], found["missing"]) == (0, [], [])
    assert [level["name"] for level in found["levels"]][:3] == ["owed", "in_time", "floor"]


def test_under_strict_a_required_touch_that_is_missing_ends_with_3(planned: Path) -> None:
    accounts = planned / "accounts.csv"
    accounts.write_text(accounts.read_text() + "A-3,Fern Hill,C,,,,,,,\n")
    settings = planned / "campaign.toml"
    settings.write_text(settings.read_text() + "[capacity]\nminutes_per_week = 10\n")
    run("plan", planned, "--effort", "0")
    assert run("verify", planned).exit_code == 0
    result = run("verify", planned, "--strict")
    assert result.exit_code == 3
    assert any(
        line.startswith("Not every required touch is planned: ") for line in lines(result.stdout)
    )
    assert lines(result.stdout)[-1].startswith("No rule is broken, but something is missing; ")


def test_inputs_that_changed_since_are_noticed(planned: Path) -> None:
    accounts = planned / "accounts.csv"
    accounts.write_text(accounts.read_text().replace("Cascade Dental", "Cascade Dentists"))
    result = run("verify", planned)
    assert result.exit_code == 0
    assert lines(result.stderr) == [
        (
            "notice: the inputs have changed since campaign.csv was planned; "
            "plan on with campaign replan"
        )
    ]


def test_a_plan_that_was_edited_since_is_noticed(planned: Path) -> None:
    plan = planned / "campaign.csv"
    with plan.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[-1]["planned_on"] = "2027-01-05"
    with plan.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = run("verify", planned)
    assert result.exit_code == 0
    assert lines(result.stderr) == ["notice: campaign.csv has been edited since it was planned"]


def test_a_plan_that_a_spreadsheet_has_written_otherwise_is_not_edited(planned: Path) -> None:
    plan = planned / "campaign.csv"
    with plan.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    with plan.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert run("verify", planned).stderr == ""


def test_inputs_that_are_only_spelt_otherwise_are_not_noticed(planned: Path) -> None:
    accounts = planned / "accounts.csv"
    accounts.write_text("\ufeff" + accounts.read_text().replace("\n", "\r\n"))
    assert run("verify", planned).stderr == ""


def test_a_pin_that_breaks_a_rule_is_a_notice(planned: Path) -> None:
    plan = plan_of(planned)
    letter = next(touch for touch in reversed(in_order(plan.touches)) if touch.arrives is None)
    sunday = letter.date.add(days=6 - letter.date.weekday())
    pinned = evolve(letter, date=sunday, pinned=True)
    others = (touch for touch in plan.touches if touch != letter)
    moved = evolve(plan, touches=(*others, pinned))
    (planned / "campaign.csv").write_bytes(encode(render_campaign(moved)))
    result = run("verify", planned)
    assert any(line.startswith(f"notice: R1 {letter.touch_id}: ") for line in lines(result.stderr))


def test_the_start_of_a_bare_list_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("account_id,name\nA-1,One\n")
    run("plan", tmp_path / "list.csv", "--start", "2027-02-01", "--effort", "0")
    result = run("verify", tmp_path / "list.csv")
    assert (result.exit_code, result.stderr) == (0, "")


def test_without_a_proof_the_start_is_assumed_and_said(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("account_id,name\nA-1,One\n")
    run("plan", tmp_path / "list.csv", "--start", "2027-01-04", "--effort", "0")
    (tmp_path / "plan.json").unlink()
    result = run("verify", tmp_path / "list.csv")
    assert result.exit_code == 0
    assert any("2027-01-04" in line for line in lines(result.stderr))


def test_a_plan_that_is_not_there_is_named(folder: Path) -> None:
    result = run("verify", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"error: {folder / 'campaign.csv'}: ")


@pytest.mark.parametrize(
    "content", [b"", b"touch_id\n", b"\x00\x01", b"\xff\xfe", b'"never ends', b"PK\x03\x04"]
)
def test_a_plan_that_cannot_be_read_ends_with_1(planned: Path, content: bytes) -> None:
    (planned / "campaign.csv").write_bytes(content)
    result = run("verify", planned)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr
    assert result.stderr


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_proof_that_is_damaged_is_noticed(planned: Path, content: str) -> None:
    (planned / "plan.json").write_text(content)
    result = run("verify", planned)
    assert result.exit_code == 0
    assert lines(result.stderr)[-1].startswith("notice: plan.json is damaged, ")


def test_work_that_is_logged_is_no_edit(planned: Path) -> None:
    for outcome in (("A-1/C-1/hello", "done"), ("A-1/C-1/call", "no_answer")):
        logged = run("log", "-C", planned, *outcome)
        assert logged.exit_code == 0, logged.stderr
    again = run("log", "-C", planned, "A-1/C-1/call", "reached", "--on", "2026-12-29")
    assert again.exit_code == 0, again.stderr
    assert run("log", "-C", planned, "--account", "A-2", "replied").exit_code == 0
    assert "edited" not in run("verify", planned).stderr
