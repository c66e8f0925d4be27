"""A disk that is full, and folders in which nothing may be written: a sentence, and no change."""

import datetime as dt
import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from commands import lines, run

from campaign_cli import clock

WRITING = (
    ["plan", "--effort", "0", "--afresh"],
    ["log", "A-1", "replied", "--on", "2027-01-05", "-C"],
    ["replan", "--from", "2027-01-11", "--effort", "0", "--yes", "--off", "2027-01-12"],
    ["undo", "--yes"],
    ["export", "--to", "ics"],
)
READING = (["check"], ["verify"], ["status"], ["show", "--week"], ["explain", "A-1", "-C"])


@pytest.fixture
def begun(planned: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is planned, with something logged that can be taken back."""
    monkeypatch.setattr(clock, "today", lambda _timezone="": dt.date(2027, 1, 6))
    assert run("log", "A-2", "replied", "--on", "2027-01-05", "-C", planned).exit_code == 0
    return planned


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Disk:
    """A disk that is full from the n-th call on that would write to it."""

    def __init__(self, at: int) -> None:
        self.calls = 0
        self.at = at

    def check(self) -> None:
        self.calls += 1
        if self.calls >= self.at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def full_from(at: int) -> Iterator[None]:
    disk, opened, synced = Disk(at), os.open, os.fsync

    def open_(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            disk.check()
        return opened(path, flags, mode)

    def fsync(handle: int) -> None:
        disk.check()
        synced(handle)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", open_)
        patch.setattr(os, "fsync", fsync)
        yield


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_wherever_the_disk_is_full_nothing_changes_and_it_is_said(
    begun: Path, command: list[str]
) -> None:
    before = contents(begun)
    for at in count(1):
        with full_from(at):
            result = run(*command, begun)
        if result.exit_code == 0:  # All is in place; only the folder itself could not be synced.
            break
        assert (result.exit_code, contents(begun)) == (1, before), at
        assert "does not fit on the disk; make room there" in result.stderr
    assert at > 2
    assert contents(begun) != before


@pytest.mark.parametrize("most", [0, 1, 100, 1000])
@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_what_is_cut_off_while_it_is_written_is_not_kept(
    begun: Path, command: list[str], most: int
) -> None:
    before = contents(begun)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, usual[1]))
    try:
        result = run(*command, begun)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert (result.exit_code, contents(begun)) == (1, before)
    assert "cannot be written (File too large)" in result.stderr


@contextmanager
def nothing_written_in(folder: Path) -> Iterator[None]:
    """The folder as one that may only be read: by its rights, or for root by a mount."""
    if os.getuid():
        for path in (*folder.iterdir(), folder):
            path.chmod(path.stat().st_mode & ~0o222)
        yield
        for path in (folder, *folder.iterdir()):
            path.chmod(path.stat().st_mode | 0o200)
        return
    program = str(shutil.which("mount"))
    for options in (["--bind"], ["-o", "remount,bind,ro"]):
        if subprocess.run([program, *options, folder, folder], check=False).returncode:
            pytest.skip("root may write everywhere, and may not mount")
    yield
    subprocess.run([str(shutil.which("umount")), folder], check=True)


def read(folder: Path) -> list[str]:
    return [run(*command, folder).output for command in READING]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another system's")
def test_where_nothing_may_be_written_all_can_be_read_and_the_rest_is_said(begun: Path) -> None:
    before, told = contents(begun), read(begun)
    with nothing_written_in(begun):
        written = {" ".join(command): run(*command, begun) for command in WRITING}
        assert (contents(begun), read(begun)) == (before, told)
    for command, result in written.items():
        assert result.exit_code == 1, command
        assert len(lines(result.stderr)) < 4, command
        assert any(
            said in result.stderr
            for said in ("may not be written", "lies where nothing can be written")
        ), result.stderr
