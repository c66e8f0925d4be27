"""Every public name is seen alike at run time, by mypy and by pyright.

The checkers take half a minute each, so that they run with `CHECK_TYPES=1` alone.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import campaign
import campaign.types

LEAST_COMPLETE = 99.0
"""Per cent of the library's symbols whose type pyright knows; never lowered."""

PUBLIC = [("campaign", name) for name in campaign.__all__] + [
    ("campaign.types", name) for name in campaign.types.__all__
]
STRANGER = """
from collections.abc import Callable

{imports}

def planned(accounts: list[dict[str, str]], effort: Effort) -> Campaign:
    territory = Territory.from_records(accounts, start="2027-01-04")
    return plan(territory, effort=effort)

def told(team: Team, level: LevelName) -> list[str]:
    return [part.rep for part in team.parts.values() if part.levels[0].name == level]

def done(touch: Touch, outcome: OutcomeName) -> bool:
    return touch.outcome == outcome

def watching(tell: Callable[[Progress], None], plan_: Plan) -> Summary:
    return campaign_of(plan_).summary()

def campaign_of(plan_: Plan) -> Campaign:
    assert isinstance(plan_, Campaign)
    return plan_
"""
checked = pytest.mark.skipif("CHECK_TYPES" not in os.environ, reason="with CHECK_TYPES=1")


def test_the_names_are_sorted_and_are_there() -> None:
    for module in (campaign, campaign.types):
        assert sorted(module.__all__) == module.__all__
        assert all(hasattr(module, name) for name in module.__all__)
    assert len(campaign.__all__) <= 40
    assert not set(campaign.__all__) & set(campaign.types.__all__)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A stranger's script that names everything public."""
    imports = "\n".join(f"from {module} import {name} as {name}" for module, name in PUBLIC)
    path = tmp_path / "stranger.py"
    path.write_text(STRANGER.format(imports=imports), encoding="utf-8")
    return path


def ran(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    words = list(map(str, command))
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder)


@checked
def test_mypy_sees_every_public_name(script: Path) -> None:
    found = ran(sys.executable, "-m", "mypy", "--strict", script, folder=script.parent)
    assert found.returncode == 0, found.stdout


@checked
def test_pyright_sees_every_public_name(script: Path) -> None:
    found = ran(pyright(), "--pythonpath", sys.executable, script, folder=script.parent)
    assert found.returncode == 0, found.stdout


@checked
def test_types_are_as_complete_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An editable install is none for this check: it wants the package among the others.
    venv.create(tmp_path / "clean", symlinks=True)
    (packages,) = (tmp_path / "clean").glob("lib/python*/site-packages")
    (packages / "campaign").symlink_to(Path(campaign.__file__).parent)
    (packages / "rest.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    monkeypatch.setenv("PATH", f"{tmp_path / 'clean' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    command = (pyright(), "--ignoreexternal", "--verifytypes", "campaign")
    found = ran(*command, folder=tmp_path)
    score = re.search(r"completeness score: ([\d.]+)%", found.stdout)
    assert score, found.stdout[-2000:]
    assert float(score[1]) >= LEAST_COMPLETE, found.stdout[-4000:]


def pyright() -> str:
    found = shutil.which("pyright", path=str(Path(sys.executable).parent)) or shutil.which(
        "pyright"
    )
    assert found, "install the extra lint"
    return found
