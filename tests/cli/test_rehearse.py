import json
from pathlib import Path

import pytest
from commands import run


def test_a_quarter_is_lived_and_told_in_a_few_lines(folder: Path) -> None:
    page = folder / "lived.html"
    result = run("rehearse", folder, "--runs", "1", "--effort", "0", "-o", page)
    assert "First plan kept" in page.read_text(encoding="utf-8")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Lived 1 quarter, re-planned each Monday")
    assert len(lines) <= 12
    assert "campaign.csv" not in {path.name for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_lives(folder: Path) -> None:
    several = [
        run("rehearse", folder, "--runs", "2", "--effort", "0", "--json", "--jobs", jobs)
        for jobs in ("1", "2")
    ]
    assert [one.exit_code for one in several] == [0, 0]
    assert several[0].stdout == several[1].stdout
    assert len(json.loads(several[0].stdout)["lives"]) == 2


@pytest.mark.parametrize(("option", "value"), [("--runs", "0"), ("--jobs", "0"), ("--seed", "x")])
def test_what_cannot_be_is_wrong_usage(folder: Path, option: str, value: str) -> None:
    assert run("rehearse", folder, option, value).exit_code == 2


def test_hours_are_tried_by_check(folder: Path) -> None:
    page = folder / "hours.html"
    result = run("check", folder, "--hours", "0.5,8", "-o", page)
    assert "<polyline" in page.read_text(encoding="utf-8")
    assert result.exit_code == 0, result.stderr
    assert "Hours a week  every month" in result.stdout
    assert result.stdout.splitlines()[-1].split()[0] == "8"
    for wrong in ("many", "8,", "200"):
        refused = run("check", folder, "--hours", wrong)
        assert (refused.exit_code, "write some, as 8,10,12" in refused.stderr) == (2, True)
