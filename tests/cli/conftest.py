import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run
from folders import sound_folder

from campaign_cli import clock


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """It is the `TODAY` of the tests' own file, else a day before the campaign."""
    day = getattr(request.module, "TODAY", dt.date(2026, 12, 29))
    monkeypatch.setattr(clock, "today", lambda _timezone="": day)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets it be another day."""
    return lambda day: monkeypatch.setattr(
        clock, "today", lambda _timezone="": dt.date.fromisoformat(day)
    )


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
