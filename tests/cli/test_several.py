"""Several folders are several reps."""

import json
import shutil
from pathlib import Path

import pytest
from commands import run
from folders import sound_folder


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two reps' folders, with the same accounts."""
    return sound_folder(tmp_path / "ann"), sound_folder(tmp_path / "bob")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_several_folders_are_planned_each_as_by_itself(
    two: tuple[Path, Path], tmp_path: Path, jobs: str
) -> None:
    alone = Path(shutil.copytree(two[0], tmp_path / "alone"))
    assert run("plan", alone, "--effort", "0").exit_code == 0
    result = run("plan", *two, "--effort", "0", "--jobs", jobs)
    assert result.exit_code == 0, result.stderr
    assert "All reps" in result.stdout
    for folder in two:
        for name in ("campaign.csv", "left-out.csv", "plan.json"):
            assert (folder / name).read_bytes() == (alone / name).read_bytes()


def test_status_rolls_up_and_tells_of_accounts_that_two_touch(two: tuple[Path, Path]) -> None:
    assert run("plan", *two, "--effort", "0").exit_code == 0
    result = run("status", *two)
    assert result.exit_code == 0, result.stderr
    assert "All reps" in result.stdout
    assert f'"A-1" is worked by {two[0]} and {two[1]}' in result.stdout
    found = json.loads(run("status", *two, "--json").stdout)
    assert {row["rep"] for row in found["coverage"]} == {str(folder) for folder in two}
    assert found["shared"]


def test_what_is_of_one_plan_alone_is_wrong_usage_for_several(two: tuple[Path, Path]) -> None:
    for command in (("plan", *two, "-o", "x.csv"), ("status", *two, "--plan", "x.csv")):
        result = run(*command)
        assert result.exit_code == 2
        assert "several folders have their own plans" in result.stderr


def test_a_folder_with_errors_stops_all_before_anything_is_written(two: tuple[Path, Path]) -> None:
    (two[1] / "accounts.csv").write_text("account_id,name\n,x\n")
    assert run("plan", *two).exit_code == 1
    assert not (two[0] / "campaign.csv").exists()
