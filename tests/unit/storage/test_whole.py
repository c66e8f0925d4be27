import errno
import os
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from campaign.errors import UnreadableFile
from campaign.storage.whole import locked, unwritable, write_whole

OLD = {"left-out.csv": b"old rest", "campaign.csv": b"old plan"}
NEW = {"left-out.csv": b"new rest", "plan.json": b"{}", "campaign.csv": b"new plan"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def in_folder(folder: Path, named: Mapping[str, bytes]) -> dict[Path, bytes]:
    return {folder / name: content for name, content in named.items()}


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    for path, content in in_folder(tmp_path, OLD).items():
        path.write_bytes(content)
    return tmp_path


def test_every_file_is_written_and_the_previous_plan_kept(planned: Path) -> None:
    write_whole(in_folder(planned, NEW), kept=[planned / "campaign.csv"])
    assert contents(planned) == {**NEW, "campaign.csv.bak": b"old plan"}


def test_without_a_previous_plan_there_is_nothing_to_keep(tmp_path: Path) -> None:
    write_whole(in_folder(tmp_path, NEW), kept=[tmp_path / "campaign.csv"])
    assert contents(tmp_path) == NEW


def test_files_are_put_in_place_in_their_order(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed: list[str] = []
    move = os.replace

    def noted(source: Path, target: Path) -> None:
        placed.append(target.name)
        move(source, target)

    monkeypatch.setattr(os, "replace", noted)
    write_whole(in_folder(planned, NEW), kept=[planned / "campaign.csv"])
    assert placed == ["campaign.csv.bak", "left-out.csv", "plan.json", "campaign.csv"]


def failing(at: int, error: BaseException) -> Callable[..., object]:
    """A stand-in for a system call that fails the n-th time it is called."""
    calls = iter(range(1, 1000))

    def call(original: Callable[..., object], *arguments: object, **keywords: object) -> object:
        if next(calls) == at:
            raise error
        return original(*arguments, **keywords)

    return call


def fail(monkeypatch: pytest.MonkeyPatch, name: str, at: int, error: BaseException) -> None:
    original, call = getattr(os, name), failing(at, error)
    monkeypatch.setattr(os, name, lambda *args, **kwargs: call(original, *args, **kwargs))


@pytest.mark.parametrize("at", [1, 2, 3, 4])
@pytest.mark.parametrize("name", ["open", "fsync", "replace"])
def test_when_the_system_fails_everything_is_as_it_was(
    planned: Path, monkeypatch: pytest.MonkeyPatch, name: str, at: int
) -> None:
    fail(monkeypatch, name, at, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(UnreadableFile) as raised:
        write_whole(in_folder(planned, NEW), kept=[planned / "campaign.csv"])
    assert raised.value.problem == "does not fit on the disk"
    assert contents(planned) == OLD


@pytest.mark.parametrize("at", [1, 3, 4])
@pytest.mark.parametrize("name", ["open", "fsync", "replace"])
def test_when_the_rep_stops_it_everything_is_as_it_was(
    planned: Path, monkeypatch: pytest.MonkeyPatch, name: str, at: int
) -> None:
    fail(monkeypatch, name, at, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_whole(in_folder(planned, NEW), kept=[planned / "campaign.csv"])
    assert contents(planned) == OLD


def test_a_folder_that_cannot_be_synced_is_no_failure(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, "fsync", 5, OSError(errno.EINVAL, "Invalid argument"))
    write_whole(in_folder(planned, NEW), kept=[planned / "campaign.csv"])
    assert contents(planned)["campaign.csv"] == b"new plan"


def test_a_previous_plan_that_cannot_be_read_stops_the_writing(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(UnreadableFile) as raised:
            write_whole(in_folder(planned, NEW), kept=[planned / "campaign.csv"])
    assert raised.value.problem == "may not be written"
    assert contents(planned) == OLD


def test_the_rights_of_a_file_are_kept(planned: Path) -> None:
    target = planned / "campaign.csv"
    target.chmod(0o640)
    write_whole({target: b"new"})
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed_and_stays_a_link(planned: Path) -> None:
    link = planned / "link.csv"
    link.symlink_to(planned / "campaign.csv")
    write_whole({link: b"through the link"}, kept=[link])
    assert link.is_symlink()
    assert (planned / "campaign.csv").read_bytes() == b"through the link"
    assert (planned / "campaign.csv.bak").read_bytes() == b"old plan"


def test_a_folder_as_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        write_whole({tmp_path: b""})
    assert raised.value.problem == "is a folder"


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        write_whole({tmp_path / "no" / "campaign.csv": b""})
    assert raised.value.problem == f"there is no folder {tmp_path / 'no'}"
    assert not contents(tmp_path)


def test_a_file_in_place_of_a_folder_is_named(planned: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        write_whole({planned / "campaign.csv" / "plan.csv": b""})
    assert raised.value.problem == "campaign.csv is no folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableFile) as raised:
        write_whole({tmp_path / "pipe": b""})
    assert raised.value.problem == "is no plain file"


def test_a_file_that_is_locked_against_writing_is_refused(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_arguments: False)
    with pytest.raises(UnreadableFile) as raised:
        write_whole({planned / "campaign.csv": b""})
    assert raised.value.problem == "may not be written"


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile):
        write_whole({tmp_path / name: b""})
    assert not contents(tmp_path)


def test_what_cannot_be_taken_back_does_not_hide_the_first_error(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move, calls = os.replace, iter(range(1, 1000))

    def break_down(source: Path, target: Path) -> None:
        if next(calls) > 2:
            raise OSError(errno.EIO, "Input/output error")
        move(source, target)

    monkeypatch.setattr(os, "replace", break_down)
    with pytest.raises(UnreadableFile) as raised:
        write_whole(in_folder(planned, NEW))
    assert raised.value.problem == "cannot be written (Input/output error)"


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (OSError(errno.EROFS, "Read-only"), "lies where nothing can be written"),
        (OSError(errno.ENAMETOOLONG, "Long"), "has too long a name"),
        (OSError("odd"), "cannot be written (OSError)"),
        (ValueError("embedded null byte"), "cannot be written (embedded null byte)"),
    ],
)
def test_each_error_of_the_system_has_its_sentence(error: Exception, problem: str) -> None:
    assert unwritable(Path("campaign.csv"), error).problem == problem


@pytest.mark.skipif(sys.platform == "win32", reason="modes are another system's")
def test_a_file_keeps_its_mode_from_its_first_byte_on_and_its_backup_takes_it(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, backup = planned / "campaign.csv", planned / "campaign.csv.bak"
    plan.chmod(0o640)
    backup.write_bytes(b"older")
    backup.chmod(0o666)
    modes: list[int] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        found = os.fstat(handle)
        if stat.S_ISREG(found.st_mode):
            modes.append(stat.S_IMODE(found.st_mode))
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    write_whole({plan: b"new"}, kept=[plan])
    assert modes == [0o640, 0o640]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (plan, backup)] == [0o640, 0o640]


def test_who_holds_a_lock_writes_under_it(planned: Path) -> None:
    with locked(planned / "campaign.csv"):
        write_whole({planned / "left-out.csv": b"new"})
    assert contents(planned) == {**OLD, "left-out.csv": b"new"}
