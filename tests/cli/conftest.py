import datetime as dt
import shutil
from pathlib import Path

import pytest
from commands import run
from folders import sound_folder

from campaign_cli import clock


@pytest.fixture(autouse=True)
def a_day_before_the_campaign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda _timezone="": dt.date(2026, 12, 29))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound campaign folder without a plan."""
    return sound_folder(tmp_path / "mine")


@pytest.fixture(scope="session")
def planned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = sound_folder(tmp_path_factory.mktemp("once") / "mine")
    result = run("plan", folder, "--effort", "0")
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def planned(planned_once: Path, tmp_path: Path) -> Path:
    """A sound campaign folder with its plan."""
    return Path(shutil.copytree(planned_once, tmp_path / "mine"))
