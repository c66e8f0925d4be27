"""Killed at any moment, or two at once: every file is whole, and no log is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import killing
import pytest
from attrs import evolve
from folders import sound_folder
from handmade import touch

from campaign import read
from campaign.answer import Campaign
from campaign.errors import UnreadableFile, WorkIsLogged
from campaign.logbook import Entry, log
from campaign.outputs.files import write_whole
from campaign.outputs.locks import lock_of, locked
from campaign.reading import read_plan

PROGRAM = Path(killing.__file__)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign with a plan made by hand, large enough to be torn."""
    found = sound_folder(tmp_path / "mine", contacts="", promises="")
    territory = read(found)
    touches = [
        touch(f"A-1/A-1/s{n}", territory.start, brief="b" * 500) for n in range(killing.ROWS)
    ]
    Campaign(territory, touches).write(found / "campaign.csv")
    return found


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(PROGRAM), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def finished(program: subprocess.Popen[bytes]) -> bytes:
    """What it printed, after it has ended well."""
    output, _ = program.communicate()
    assert program.returncode == 0
    return output


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only there a kill takes no clean-up")
def test_killed_at_any_moment_the_plan_is_whole(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    kills: int = request.config.getoption("--kills")
    result = json.loads(finished(started("kill", folder, str(kills))))
    assert result["whole"] == kills
    assert result["changed"]
    territory = read(folder)
    log(folder / "campaign.csv", territory, "A-1/A-1/s1", Entry("done", territory.start))


def test_two_that_log_at_once_lose_nothing(folder: Path) -> None:
    for program in [started("log", folder, place) for place in ("0", "1")]:
        finished(program)
    plan, findings = read_plan(folder / "campaign.csv", read(folder))
    assert findings == ()
    assert [one.outcome for one in plan.touches] == ["done"] * killing.ROWS
    assert not lock_of(folder / "campaign.csv").exists()


def test_who_holds_the_lock_is_waited_for_and_at_last_named(tmp_path: Path) -> None:
    path = tmp_path / "campaign.csv"
    with locked(path), pytest.raises(UnreadableFile) as raised, locked(path, patience_seconds=0):
        pass
    assert raised.value.problem == "is being written by another command"
    with locked(path, patience_seconds=0):
        assert names(tmp_path) == [".campaign.csv.lock"]
    assert names(tmp_path) == []


def names(folder: Path) -> Sequence[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_lock_that_a_killed_command_left_behind_is_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "campaign.csv"
    lock_of(path).write_bytes(b"")
    with locked(path, patience_seconds=0):
        pass
    assert names(tmp_path) == []


def test_a_plan_has_one_lock_by_whatever_link_it_is_reached(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert lock_of(tmp_path / "link.csv") == lock_of(tmp_path / "real.csv")


@pytest.mark.parametrize(("held", "now"), [(b"old", b"edited"), (None, b"new"), (b"old", None)])
def test_what_has_changed_since_it_was_read_is_not_written_over(
    tmp_path: Path, held: bytes | None, now: bytes | None
) -> None:
    path = tmp_path / "campaign.csv"
    if now is not None:
        path.write_bytes(now)
    with pytest.raises(UnreadableFile) as raised:
        write_whole({path: b"mine"}, read={path: held})
    assert "has been changed while this ran" in raised.value.problem
    assert (path.read_bytes() if path.exists() else None) == now
    assert names(tmp_path) == (["campaign.csv"] if now is not None else [])


def test_what_was_logged_while_a_plan_was_made_is_not_written_over(folder: Path) -> None:
    territory = read(folder)
    made = Campaign(territory, read_plan(folder / "campaign.csv", territory)[0].touches)
    log(folder / "campaign.csv", territory, "A-1/A-1/s0", Entry("done", territory.start))
    with pytest.raises(WorkIsLogged):
        evolve(made, effort=1).write(folder / "campaign.csv")
