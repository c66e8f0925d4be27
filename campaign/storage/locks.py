"""One command at a time writes a plan: a lock beside it, which the system lets go of itself."""

import errno
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from campaign.errors import UnreadableFile
from campaign.storage.problems import unwritable

_PATIENCE_SECONDS = 30.0
_PAUSE_SECONDS = 0.02
_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL)
_HELD: ContextVar[str] = ContextVar("mark of the lock that is held", default="")


@contextmanager
def locked(path: Path, *, patience_seconds: float = _PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the lock of a file while it is read, changed and written.

    Another command waits for it, and raises `UnreadableFile` when its patience ends, or
    where something else stands in the place of the lock: no link is ever followed. A command
    that is killed lets go of it, and what it left half written is swept by the next. Where
    nothing can be written, or the file system knows no locks, there is none; writing says
    the one with its own sentence, and compares what it replaces in the other.
    """
    beside = lock_of(path)
    handle = _taken(beside, path, time.monotonic() + patience_seconds)
    held = _HELD.set(_mark(beside))
    try:
        if handle is not None:
            _sweep(beside)
        yield
    finally:
        _HELD.reset(held)
        if handle is not None:
            # Removed while it is held, so that whoever waits for it looks for a new one.
            with suppress(OSError):
                beside.unlink()
            os.close(handle)


def lock_of(path: Path) -> Path:
    """The lock of a file: beside it, links followed, so that one plan has one lock."""
    real = Path(os.path.realpath(path))
    return real.with_name(f".{real.name}.lock")


def is_locked() -> bool:
    """Whether this thread holds a lock."""
    return bool(_HELD.get())


def mark() -> str:
    """What the names of temporary files begin with, so that the next under this lock knows them."""
    return _HELD.get()


def _mark(beside: Path) -> str:
    # Short, so that a name that is just short enough for the disk stays so.
    return f".{hashlib.sha256(os.fsencode(beside.name)).hexdigest()[:8]}-"


def _sweep(beside: Path) -> None:
    """Remove what a command that was killed under this lock had begun to write."""
    for left in beside.parent.glob(f"{_mark(beside)}*.tmp"):
        with suppress(OSError):
            left.unlink()


def _taken(beside: Path, path: Path, until: float) -> int | None:
    from filelock import lock_descriptor  # noqa: PLC0415 (only where something is written)

    while True:
        handle = _opened(beside, path)
        if handle is None:
            return None
        try:
            if lock_descriptor(handle, blocking=False) and _is_still_there(handle, beside):
                return handle
        except OSError as error:
            os.close(handle)
            if error.errno in _NO_LOCKS:
                return None
            raise _no_lock(beside, path, error.strerror) from error
        os.close(handle)
        if time.monotonic() > until:
            raise UnreadableFile(
                path, "is being written by another command", "wait for its end, and try again"
            )
        time.sleep(_PAUSE_SECONDS)


def _opened(beside: Path, path: Path) -> int | None:
    flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(beside, flags, 0o666)
    except (OSError, ValueError) as error:
        if not os.path.lexists(beside):
            if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
                raise unwritable(path, error) from error
            return None  # nothing can be written there: writing says so with its own sentence
        reason = "it is a link" if beside.is_symlink() else getattr(error, "strerror", str(error))
        raise _no_lock(beside, path, reason) from error
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise _no_lock(beside, path, "it is no plain file")


def _no_lock(beside: Path, path: Path, reason: str | None) -> UnreadableFile:
    problem = f"cannot be locked by {beside.name} ({reason or 'it is refused'})"
    return UnreadableFile(path, problem, "remove that, or see to your rights to it")


def _is_still_there(handle: int, beside: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), beside.lstat())
    except FileNotFoundError:
        return False
