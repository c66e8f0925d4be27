"""One command at a time writes a plan: a lock beside it, which the system lets go of itself."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from campaign.errors import UnreadableFile

_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.02


@contextmanager
def locked(path: Path, *, patience_seconds: float = _PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the lock of a file while it is read, changed and written.

    Another command waits for it, and raises `UnreadableFile` when its patience ends. A
    command that is killed lets go of it. Where the file system knows no locks there is
    none; writing compares what it replaces all the same.
    """
    beside = lock_of(path)
    handle = _taken(beside, path, time.monotonic() + patience_seconds)
    try:
        yield
    finally:
        if handle is not None:
            # Removed while it is held, so that whoever waits for it looks for a new one.
            with suppress(OSError):
                beside.unlink()
            os.close(handle)


def lock_of(path: Path) -> Path:
    """The lock of a file: beside it, links followed, so that one plan has one lock."""
    real = Path(os.path.realpath(path))
    return real.with_name(f".{real.name}.lock")


def _taken(beside: Path, path: Path, until: float) -> int | None:
    while True:
        try:
            handle = os.open(beside, os.O_CREAT | os.O_RDWR, 0o666)
        except OSError:
            return None  # nothing can be written there: writing says so with its own sentence
        try:
            if _try(handle) and _is_still_there(handle, beside):
                return handle
        except OSError:
            os.close(handle)
            return None
        os.close(handle)
        if time.monotonic() > until:
            raise UnreadableFile(
                path, "is being written by another command", "wait for its end, and try again"
            )
        time.sleep(_PAUSE_SECONDS)


def _is_still_there(handle: int, beside: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), beside.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":  # pragma: no cover (another system's way)
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
