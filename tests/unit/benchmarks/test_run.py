"""The command of the benchmark: what it is asked for, and runs from end to end."""

import json
from pathlib import Path

import pytest
import run
from folders import sound_folder
from suite.generator import Shape
from suite.measuring import Job, measured, measured_in_child
from suite.saving import saved_measures


def shapes(*arguments: str) -> list[Shape]:
    return run.shapes(run.parser().parse_args(arguments))


def test_without_options_there_is_a_grid_and_one_of_each_geography() -> None:
    found = shapes()
    assert len(set(found)) == len(found) == 13
    assert {shape.geography for shape in found} == {"city", "rural", "mixed", "none"}


def test_options_make_a_grid_sizes_innermost() -> None:
    found = shapes("--sizes", "50,150", "--loads", "0.9", "--geographies", "city", "--seeds", "1,2")
    assert [shape.name for shape in found] == [
        "50-0.9-city-1",
        "150-0.9-city-1",
        "50-0.9-city-2",
        "150-0.9-city-2",
    ]


def test_a_folder_stands_alone_unless_more_is_asked_for(tmp_path: Path) -> None:
    assert shapes("--territory", str(tmp_path)) == []
    assert len(shapes("--territory", str(tmp_path), "--sizes", "50")) == 3
    assert len(shapes("--quick")) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ("--sizes", "many"),
        ("--geographies", "moon"),
        ("--jobs", "0"),
    ],
)
def test_what_is_no_value_is_refused(
    wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run.main(wrong)
    assert stopped.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_a_run_prints_and_saves_what_it_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, saved = sound_folder(tmp_path / "valley"), tmp_path / "run.json"
    arguments = ["--territory", str(folder), "--effort", "5", "--no-baselines"]
    assert run.main([*arguments, "--save", str(saved)]) == 0
    (row,) = saved_measures(saved)
    required = row.level("required")
    assert (row.instance, row.method, row.accounts) == ("valley", "planner", 2)
    assert row.is_verified
    assert required is not None
    assert required.share == 1.0
    assert row.cost.memory > 30
    assert "valley" in capsys.readouterr().out
    assert len(json.loads(saved.read_text())["measures"]) == 1


@pytest.mark.parametrize("method", ["one CP-SAT model", "fixed delays"])
def test_a_baseline_is_measured_by_the_same_levels(tmp_path: Path, method: str) -> None:
    folder = str(sound_folder(tmp_path / "valley"))
    row = measured(Job(method, folder=folder, cpu_seconds=1.0))
    assert [level.name for level in row.levels][:4] == ["owed", "in_time", "floor", "required"]
    assert row.is_verified
    assert row.touches == 14


def test_a_measurement_that_fails_is_a_row_with_its_fault(tmp_path: Path) -> None:
    row = measured_in_child(Job("planner", folder=str(tmp_path / "nowhere")))
    assert not row.is_verified
    assert "UnreadableFile" in row.fault


def test_without_a_run_to_compare_with_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--quick", "--compare", str(tmp_path / "old.json")]) == 2
    assert "there is no file" in capsys.readouterr().err
