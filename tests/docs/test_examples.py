"""The examples in Python run as a user runs them, and do what they say."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from documents import ROOT
from folders import ACCOUNTS, sound_folder
from ics import by_icalendar

from campaign import Campaign

SCRIPT = ROOT / "examples" / "python" / "plan_explain_export.py"
EXPORTS = {
    *("campaign.csv", "left-out.csv", "plan.json", "campaign.ics", "report.html"),
    *("campaign.json", "salesforce-tasks.csv", "salesforce-events.csv"),
}


def ran(*arguments: str | Path) -> tuple[int, list[str]]:
    command = [sys.executable, "-W", "error", str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def ran_here(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[str]]:
    """The same without another process, which would only import everything again."""
    main = runpy.run_path(str(SCRIPT))["main"]
    capsys.readouterr()
    code = main(*map(str, arguments))
    return code, capsys.readouterr().out.splitlines()


def test_the_script_plans_explains_exports_and_plans_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sound_folder(tmp_path / "mine")
    code, lines = ran(folder, tmp_path / "out", "0")
    assert code == 0
    assert {line.removeprefix("written: ") for line in lines if "written" in line} == EXPORTS
    assert {path.name for path in (tmp_path / "out").iterdir()} == EXPORTS
    assert any(line.endswith("touches planned, 0 rules broken") for line in lines)
    assert any(line.startswith("Mon 04 Jan letter to ") for line in lines)
    assert "Tier A, given in the list. Its touches weigh 9, and each month owes it one." in lines
    (headline,) = (line for line in lines if line.startswith("From Mon 11 Jan: "))
    assert headline.startswith("From Mon 11 Jan: 1 missed, ")
    assert lines[-1] == "planned on, 0 rules broken"
    before = (tmp_path / "out" / "campaign.ics").read_bytes()
    assert by_icalendar(before)
    assert ran_here(capsys, folder, tmp_path / "out", "0") == (0, lines)
    assert (tmp_path / "out" / "campaign.ics").read_bytes() == before


def test_the_script_says_what_is_wrong_with_a_territory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sound_folder(tmp_path / "mine", accounts=f"{ACCOUNTS}A-1,Twice\n")
    code, lines = ran_here(capsys, folder, tmp_path / "out")
    assert code == 1
    assert any("A-1" in line for line in lines)
    assert not (tmp_path / "out").exists()


def test_a_list_is_split_planned_and_rolled_up(tmp_path: Path) -> None:
    rows = "".join(f"A-{n},Firm {n},B,{n % 2 + 275},45.{n},-123.1\n" for n in range(6))
    heads = "account_id,name,tier,owner,latitude,longitude\n"
    (tmp_path / "list.csv").write_text(heads + rows, encoding="utf-8")
    team = SCRIPT.with_name("plan_a_team.py")
    words = (tmp_path / "list.csv", "owner", "2027-01-04", tmp_path / "out", "2", "0")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(team), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert any(line.startswith("All reps") for line in done.stdout.splitlines())
    rolled_up = {"coverage.csv", "team.xlsx", "team.html"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"275", "276", *rolled_up}
    assert Campaign.read(tmp_path / "out" / "275").touches


def test_what_hours_buy_and_what_is_left_is_told_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sound_folder(tmp_path / "mine")
    main = runpy.run_path(str(SCRIPT.with_name("ask_what_if.py")))["main"]
    assert main(str(folder), str(tmp_path / "out"), "0.5,8", "1", "0") == 0
    said = capsys.readouterr().out
    assert "Hours a week  every month" in said
    assert "Lived 1 quarter" in said
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()}
    assert sorted(pages) == ["difference.html", "hours.html", "lived.html"]
    assert "<polyline" in pages["hours.html"]
    assert main(str(tmp_path / "nowhere"), str(tmp_path), "8") == 1
