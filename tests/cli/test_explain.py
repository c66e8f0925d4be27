import json
from pathlib import Path

import pytest
from click.testing import Result
from commands import answered, lines, run
from folders import write_folder

SHORT = "\n[capacity]\nminutes_per_week = 5\nramp = []\n"


def explain(account: str, folder: Path, *more: str) -> Result:
    return run("explain", account, "-C", folder, *more)


@pytest.fixture
def short(folder: Path) -> Path:
    """A planned folder whose rep has five minutes a week."""
    settings = (folder / "campaign.toml").read_text(encoding="utf-8")
    (folder / "campaign.toml").write_text(settings + SHORT, encoding="utf-8")
    assert run("plan", folder, "--effort", "0").exit_code == 0
    return folder


@pytest.mark.parametrize("name", ["A-1", "a-1", "Cascade Dental", "dental"])
def test_an_account_is_explained_by_id_or_name(planned: Path, name: str) -> None:
    result = explain(name, planned)
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines(result.stdout)[0] == "Cascade Dental"
    assert "Score " in result.stdout
    assert "Dr. Ito runs key-account, for the tier: 7 steps" in lines(result.stdout)


def test_every_touch_of_the_plan_is_in_the_record(planned: Path) -> None:
    record = json.loads(explain("A-1", planned, "--json").stdout)
    shown = json.loads(run("show", planned, "--account", "A-1", "--json").stdout)
    told = [one["touch_id"] for run in record["runs"] for one in run["touches"]]
    told += [one["touch_id"] for one in record["promises"]]
    both = [*shown["touches"], *shown["left_out"]]
    assert sorted(told) == sorted(one["touch_id"] for one in both)


def test_what_would_let_a_touch_in_is_said(short: Path) -> None:
    record = json.loads(explain("A-2", short, "--json").stdout)
    out = [one for run in record["runs"] for one in run["touches"] if "freed" in one]
    assert out
    assert {one["rule"] for one in out} <= {"R1", "R2", "R3", "R5", "R6"}
    freed = [one["freed"] for one in out if one["freed"]]
    assert freed
    assert freed[0]["words"] in " ".join(explain("A-2", short).stdout.split())


def test_the_delivery_team_is_told_of(planned: Path) -> None:
    text = "account_id,date,channel,who,note\nA-1,2027-01-12,visit,Ben,fitted the pump\n"
    write_folder(planned, {"delivered.csv": text})
    assert "Tue 12 Jan: visit, Ben, fitted the pump" in explain("A-1", planned).stdout


def test_an_unknown_account_is_wrong_usage(planned: Path) -> None:
    result = explain("nobody", planned)
    assert result.exit_code == 2
    assert '"nobody" is no account' in result.stderr


def test_without_a_terminal_several_are_named(planned: Path) -> None:
    result = explain("e", planned)
    assert result.exit_code == 2
    assert "Cascade Dental (A-1), Riverbend Mills (A-2); give the id" in result.stderr


def test_on_a_terminal_one_of_several_is_chosen(planned: Path) -> None:
    result = answered("2\n", "explain", "e", "-C", planned)
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout)[0] == "Riverbend Mills"


def test_without_a_plan_it_says_so(folder: Path) -> None:
    result = explain("A-1", folder)
    assert result.exit_code == 1
    assert "campaign.csv" in result.stderr
