import json
from pathlib import Path

import pytest
from commands import lines, run
from folders import ACCOUNTS, sound_folder


def test_a_sound_folder_is_told_so_with_its_hours(folder: Path) -> None:
    result = run("check", folder)
    assert result.exit_code == 0
    assert "0 errors, 2 notices." in lines(result.stdout)
    assert any(line.startswith("Your 2 accounts are owed ") for line in lines(result.stdout))
    assert any("2 active accounts" in line and "1 A, 1 B" in line for line in lines(result.stdout))


def test_all_findings_are_listed_a_line_each_errors_last(tmp_path: Path) -> None:
    accounts = "account_id,name,tier,last_contact\nA-1,One,Z,\nA-2,Two,A,31/04/2027\n,Three,A,\n"
    folder = sound_folder(tmp_path / "mine", accounts=accounts)
    result = run("check", folder)
    assert result.exit_code == 1
    found = lines(result.stdout)
    places = [line.split(":")[0] + ":" + line.split(":")[1].split()[0] for line in found[-4:-1]]
    assert places == ["accounts.csv:2", "accounts.csv:3", "accounts.csv:4"]
    assert found[-3] == 'accounts.csv:3 last_contact: "31/04/2027" is not a date; write 2027-04-30'
    assert found[-1].startswith("3 errors") or "errors, " in found[-1]
    assert not any(line.startswith("Your ") for line in found)


def test_notices_are_all_listed_and_do_not_fail(tmp_path: Path) -> None:
    accounts = "account_id,name,relationship,grievance\n" + "".join(
        f"A-{number},Name {number},good,angry\n" for number in range(12)
    )
    folder = sound_folder(tmp_path / "mine", accounts=accounts, contacts="", promises="")
    result = run("check", folder)
    assert result.exit_code == 0
    said = [line for line in lines(result.stdout) if line.startswith("notice: ")]
    assert f"0 errors, {len(said)} notices." in lines(result.stdout)
    assert len(said) >= 2


def test_json_holds_findings_and_feasibility(tmp_path: Path) -> None:
    accounts = "account_id,name,tier\nA-1,One,Z\n"
    folder = sound_folder(tmp_path / "mine", accounts=accounts, contacts="", promises="")
    result = run("check", folder, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["errors"] == 1
    assert found["feasibility"] is None
    errors = [finding for finding in found["findings"] if finding["severity"] == "error"]
    assert [(finding["row"], finding["column"]) for finding in errors] == [(2, "tier")]


def test_accounts_that_are_not_worked_are_counted(tmp_path: Path) -> None:
    accounts = "account_id,name,status\nA-1,One,active\nA-2,Two,closed\nA-3,Three,lost\n"
    folder = sound_folder(tmp_path / "mine", accounts=accounts, contacts="", promises="")
    result = run("check", folder)
    assert result.exit_code == 0
    counts = next(
        line for line in lines(result.stdout) if line.startswith("Monday 4 January 2027 to ")
    )
    assert "; 1 active account; 2 accounts of another status; " in counts


def test_json_of_a_sound_folder_holds_its_hours(folder: Path) -> None:
    found = json.loads(run("check", folder, "--json").stdout)
    assert (found["accounts"], found["errors"]) == (2, 0)
    assert found["feasibility"]["needed"] > 0


def test_offers_are_told_and_given_to_programs(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "mine", accounts=ACCOUNTS, contacts="", promises="")
    told = run("check", folder, "--offers")
    assert told.exit_code == 0
    assert any("h a week are free." in line for line in lines(told.stdout)[-3:])
    found = json.loads(run("check", folder, "--offers", "--json").stdout)
    assert found["offers"]["missing"] == 0
    assert found["offers"]["free_minutes"] > 120
    assert "offers" not in json.loads(run("check", folder, "--json").stdout)


def test_what_would_help_with_far_accounts_is_told_with_its_effect(tmp_path: Path) -> None:
    rows = "".join(f"A-{n},Firm {n},A,46.05,-123.0{n},503555010{n}\n" for n in range(3))
    folder = sound_folder(
        tmp_path / "far",
        accounts=f"account_id,name,tier,latitude,longitude,phone\n{rows}",
        contacts="",
        promises="",
    )
    told = run("check", folder)
    assert told.exit_code == 0
    assert "3 accounts are two hours and more there and back." in lines(told.stdout)
    tried = [line for line in lines(told.stdout) if line.startswith("Tried: ")]
    assert tried
    assert all(" of driving instead of " in line and "Write " in line for line in tried)


def test_a_bare_list_starts_next_monday_which_is_said(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("account_id,name\nA-1,One\n")
    result = run("check", tmp_path / "list.csv")
    assert result.exit_code == 0
    assert any("2027-01-04" in line for line in lines(result.stderr))
    assert any(line.startswith("Monday 4 January 2027 to ") for line in lines(result.stdout))


def test_a_start_that_is_given_wins(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("account_id,name\nA-1,One\n")
    result = run("check", tmp_path / "list.csv", "--start", "2027-02-01")
    assert any(line.startswith("Monday 1 February 2027 to ") for line in lines(result.stdout))


def test_bad_rows_are_left_out_when_asked_for(tmp_path: Path) -> None:
    accounts = "account_id,name,last_contact\nA-1,One,\nA-2,Two,someday\n"
    folder = sound_folder(tmp_path / "mine", accounts=accounts, contacts="", promises="")
    assert run("check", folder).exit_code == 1
    result = run("check", folder, "--skip-bad-rows")
    assert result.exit_code == 0
    assert any("1 active account" in line for line in lines(result.stdout))


def test_a_plan_that_is_named_is_read_as_well(planned: Path) -> None:
    plan = planned / "campaign.csv"
    plan.write_text(plan.read_text().replace(",planned,", ",plannd,", 1))
    assert run("check", planned).exit_code == 0
    result = run("check", planned, "--plan", plan)
    assert result.exit_code == 1
    assert any(line.startswith("campaign.csv:2 status: ") for line in lines(result.stdout))


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\x9b"])
def test_what_a_terminal_would_obey_is_not_printed(tmp_path: Path, sign: str) -> None:
    accounts = f"account_id,name,tier\nA-1,One,{sign}Z\n"
    folder = sound_folder(tmp_path / "mine", accounts=accounts)
    result = run("check", folder)
    assert result.exit_code == 1
    assert sign[0] not in result.stdout
