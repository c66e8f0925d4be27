import json
import shutil
from pathlib import Path

from commands import run


def test_two_plans_are_put_side_by_side(planned: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(planned, tmp_path / "other"))
    with (other / "campaign.toml").open("a") as file:
        file.write("\n[capacity]\nminutes_per_week = 30\n")
    assert run("plan", other, "--effort", "0").exit_code == 0
    result = run("compare", planned, other)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[0].split() == ["A", "B"]
    assert "Lose in B: " in result.stdout
    found = json.loads(run("compare", planned, other, "--json").stdout)
    assert found["losing"]
    page = tmp_path / "page.html"
    assert run("compare", planned, other, "-o", page).exit_code == 0
    assert "Lose in B" in page.read_text(encoding="utf-8")
    same = run("compare", planned, planned / "campaign.csv")
    assert "0 touches stand on another day" in same.stdout
    assert "Lose in B" not in same.stdout


def test_a_folder_without_a_plan_is_said(planned: Path, tmp_path: Path) -> None:
    result = run("compare", planned, tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
