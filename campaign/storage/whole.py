"""Files are written whole or not at all: temporary file, fsync, rename."""

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

from campaign.errors import UnreadableFile
from campaign.storage.locks import is_locked, locked, mark
from campaign.storage.problems import PROBLEMS, TO_ANOTHER_PLACE, unwritable

BACKUP_SUFFIX = ".bak"
NOTHING_READ: Mapping[Path, bytes | None] = MappingProxyType({})


@frozen
class Content:
    """The bytes of a file to be, and the file whose mode it takes where that is there."""

    data: bytes
    like: Path

    @property
    def mode(self) -> int | None:
        """The mode that it is to have; None for the usual one."""
        return stat.S_IMODE(self.like.stat().st_mode) if self.like.exists() else None


def write_whole(
    files: Mapping[Path, bytes],
    *,
    kept: Iterable[Path] = (),
    read: Mapping[Path, bytes | None] = NOTHING_READ,
) -> None:
    """Write several files, every one of them whole, in their order, or none of them.

    Each is written beside its target first and put in its place when all of them are on
    the disk; what was put in place is taken back when a later one fails. The previous
    content of each of the files `kept` stays beside it with `.bak` at its end. `read` holds
    what some of the files held when they were read (None: there was none): whoever has
    changed one since is not written over. A file keeps its mode, and its backup takes it.
    Who holds no lock holds that of the first file meanwhile. Raises `UnreadableFile`, with
    what is wrong and what would be right.
    """
    targets = {path: target_of(path) for path in files}
    contents = {targets[path]: Content(content, targets[path]) for path, content in files.items()}
    with ExitStack() as stack:
        if not is_locked() and files:
            stack.enter_context(locked(next(iter(files))))
        backups: dict[Path, Content] = {}
        for path in kept:
            if targets[path].is_file():
                backups |= _backup(targets[path])
        _place({**backups, **contents}, {targets[path]: content for path, content in read.items()})


def target_of(path: Path) -> Path:
    """Where a file really is to be written, links followed; raises `UnreadableFile`."""
    try:
        target = Path(os.path.realpath(path))
        _check(path, target)
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error
    return target


def _check(path: Path, target: Path) -> None:
    if target.is_dir():
        raise UnreadableFile(path, "is a folder", "name a file, as campaign.csv")
    if target.exists() and not target.is_file():
        raise UnreadableFile(path, "is no plain file", "name a file, as campaign.csv")
    if target.exists() and not os.access(target, os.W_OK):
        raise UnreadableFile(path, *PROBLEMS[errno.EACCES])
    if target.parent.exists() and not target.parent.is_dir():
        raise UnreadableFile(path, f"{target.parent.name} is no folder", TO_ANOTHER_PLACE)
    if not target.parent.exists():
        missing = target.parent if path.parent.exists() else path.parent
        raise UnreadableFile(
            path, f"there is no folder {missing}", f"make the folder, or {TO_ANOTHER_PLACE}"
        )
    if not os.access(target.parent, os.W_OK):
        raise UnreadableFile(path, *PROBLEMS[errno.EACCES])


def make_folder(folder: Path) -> None:
    """Make a folder and those that it lies in; raises `UnreadableFile` where there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UnreadableFile(folder, "is a file", "name a folder") from error
    except (OSError, ValueError) as error:
        raise unwritable(folder, error) from error


def backup_of(path: Path) -> Path:
    """Where the previous content of a file stays."""
    return path.with_name(path.name + BACKUP_SUFFIX)


def content_of(path: Path) -> bytes | None:
    """What a file holds now, None where there is none that can be written over."""
    return _read(path) if path.is_file() else None


def _backup(target: Path) -> dict[Path, Content]:
    return {target_of(backup_of(target)): Content(_read(target), target)}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unwritable(path, error) from error


def _place(contents: Mapping[Path, Content], read: Mapping[Path, bytes | None]) -> None:
    """Put contents in place, all or none of them."""
    before = {target: _read(target) if target.exists() else None for target in contents}
    waiting: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for target, content in contents.items():
            waiting[target] = _temporary(target)
            _write_to_disk(target, waiting[target], content)
        for target, content_read in read.items():
            _refuse_changed(target, content_read)
        for target, temporary in waiting.items():
            _move(temporary, target)
            placed.append(target)
    except BaseException:
        _remove(waiting.values())
        _take_back({target: before[target] for target in placed})
        raise
    _settle({target.parent for target in contents})


def refuse_changed(read: Mapping[Path, bytes | None]) -> None:
    """Raise `UnreadableFile` where a file no longer holds what was read (None: nothing)."""
    for path, content in read.items():
        _refuse_changed(target_of(path), content)


def _refuse_changed(target: Path, content_read: bytes | None) -> None:
    if (_read(target) if target.exists() else None) != content_read:
        raise UnreadableFile(
            target, "has been changed while this ran; nothing is written", "run this again"
        )


def _temporary(target: Path) -> Path:
    return target.with_name(f"{mark()}{secrets.token_hex(6)}.tmp")


def _write_to_disk(target: Path, temporary: Path, content: Content) -> None:
    try:
        mode, flags = content.mode, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _binary()
        handle = os.open(temporary, flags, 0o666 if mode is None else mode & 0o600)
        with os.fdopen(handle, "wb") as file:
            if mode is not None:
                temporary.chmod(mode)
            file.write(content.data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable(target, error) from error


def _binary() -> int:
    return getattr(os, "O_BINARY", 0)


def _move(temporary: Path, target: Path) -> None:
    try:
        os.replace(temporary, target)  # noqa: PTH105 (the one call that a test makes fail)
    except OSError as error:
        raise unwritable(target, error) from error


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _take_back(before: Mapping[Path, bytes | None]) -> None:
    for target, content in before.items():
        with suppress(OSError, UnreadableFile):
            if content is None:
                target.unlink()
                continue
            temporary = _temporary(target)
            _write_to_disk(target, temporary, Content(content, target))
            _move(temporary, target)


def _settle(folders: Iterable[Path]) -> None:
    """Let the renames reach the disk, where the system has a way to say so."""
    for folder in folders:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
