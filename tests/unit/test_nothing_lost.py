"""Killed at any moment, or two at once: every file is whole, and no log is lost."""

import errno
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
from rows import a_touch

from campaign import read
from campaign.answer import Campaign
from campaign.errors import UnreadableFile, WorkIsLogged
from campaign.logbook import Entry, log
from campaign.reading import read_plan
from campaign.storage.whole import lock_of, locked, mark, write_whole
from campaign.touches import Status

PROGRAM = Path(killing.__file__)
FILES = ("campaign.csv", "left-out.csv", "plan.json", "campaign.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign with a plan made by hand, large enough to be torn."""
    found = sound_folder(tmp_path / "mine", contacts="", promises="")
    territory = read(found)
    touches = [
        a_touch(f"A-1/A-1/s{n}", territory.start, brief="b" * 500) for n in range(killing.ROWS)
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
    assert [name for name in names(folder) if name.endswith((".tmp", ".lock"))] == []


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


def test_what_a_killed_command_had_begun_to_write_is_swept_by_the_next(tmp_path: Path) -> None:
    path, other = tmp_path / "campaign.csv", tmp_path / "other.csv"
    with locked(path):
        (tmp_path / f"{mark()}0123.tmp").write_bytes(b"half")
    with locked(other):
        begun = tmp_path / f"{mark()}4567.tmp"
        begun.write_bytes(b"somebody else's, and still written")
        with locked(path, patience_seconds=0):
            assert names(tmp_path) == sorted([".campaign.csv.lock", ".other.csv.lock", begun.name])
    (tmp_path / "mine.tmp").write_bytes(b"the rep's own")
    write_whole({other: b"new"})
    assert names(tmp_path) == ["mine.tmp", "other.csv"]


@pytest.mark.parametrize("to", ["real", "nowhere"])
def test_a_lock_never_follows_a_link(tmp_path: Path, to: str) -> None:
    path = tmp_path / "campaign.csv"
    (tmp_path / "real").write_bytes(b"precious")
    lock_of(path).symlink_to(tmp_path / to)
    with pytest.raises(UnreadableFile) as raised:
        write_whole({path: b"new"})
    assert "cannot be locked by .campaign.csv.lock (it is a link)" in str(raised.value)
    assert names(tmp_path) == [".campaign.csv.lock", "real"]
    assert (tmp_path / "real").read_bytes() == b"precious"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe")
def test_what_stands_in_the_place_of_a_lock_is_said(tmp_path: Path) -> None:
    os.mkfifo(lock_of(tmp_path / "campaign.csv"))
    with (
        pytest.raises(UnreadableFile, match="it is no plain file"),
        locked(tmp_path / "campaign.csv"),
    ):
        pass
    lock_of(tmp_path / "other.csv").mkdir()
    with pytest.raises(UnreadableFile, match=r"\.other\.csv\.lock \(Is a directory\)"):
        write_whole({tmp_path / "other.csv": b""})


@pytest.mark.parametrize(
    ("number", "raised"), [(errno.ENOLCK, False), (errno.ENOSYS, False), (errno.EIO, True)]
)
def test_where_there_are_no_locks_there_is_none_and_what_goes_wrong_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, raised: bool
) -> None:
    def lock(_handle: int, *, blocking: bool) -> bool:
        raise OSError(number, f"odd and {blocking}")

    monkeypatch.setattr("filelock.lock_descriptor", lock)
    if raised:
        with pytest.raises(UnreadableFile, match="odd and False"):
            write_whole({tmp_path / "a.csv": b"new"})
    else:
        write_whole({tmp_path / "a.csv": b"new"})
    assert (tmp_path / "a.csv").exists() is not raised


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


def test_rows_that_were_missed_make_up_for_no_row_that_was_logged(folder: Path) -> None:
    territory = read(folder)
    before = read_plan(folder / "campaign.csv", territory)[0]
    missed = [evolve(row, status=Status.MISSED) for row in before.touches[1:]]
    made = Campaign(territory, [before.touches[0], *missed])
    log(folder / "campaign.csv", territory, "A-1/A-1/s0", Entry("done", territory.start))
    with pytest.raises(WorkIsLogged) as raised:
        made.write(folder / "campaign.csv")
    assert raised.value.logged == 1


@pytest.mark.parametrize("edited", ["campaign.csv", "left-out.csv", "campaign.toml"])
def test_a_plan_and_what_is_written_with_it_are_written_all_or_not_at_all(
    folder: Path, edited: str
) -> None:
    territory = read(folder)
    made = Campaign(territory, read_plan(folder / "campaign.csv", territory)[0].touches, effort=9)
    held = {path: path.read_bytes() for path in (folder / name for name in (*FILES, edited))}
    beside = {folder / "campaign.toml": b"# new\n"}
    (folder / edited).write_bytes(held[folder / edited] + b"\n")
    before = {path: path.read_bytes() for path in held}
    with pytest.raises(UnreadableFile, match="has been changed while this ran"):
        made.write(folder / "campaign.csv", beside=beside, read=held)
    assert {path: path.read_bytes() for path in held} == before
    made.write(folder / "campaign.csv", beside=beside, read=before)
    assert (folder / "campaign.toml").read_bytes() == b"# new\n"
    assert (folder / "campaign.toml.bak").read_bytes() == before[folder / "campaign.toml"]
    assert made.is_written_in(folder / "campaign.csv")
    assert not made.is_written_in(folder / "none.csv")
