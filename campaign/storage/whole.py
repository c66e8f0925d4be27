"""Files are written whole or not at all, by one command at a time: temporary file, fsync, rename.

A lock beside a plan keeps other commands out; the system lets go of it when a command is killed,
and what that left half written is swept by the next.
"""

import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType

from campaign.errors import UnreadableFile

BACKUP_SUFFIX = ".bak"
NOTHING_READ: Mapping[Path, bytes | None] = MappingProxyType({})
_PATIENCE_SECONDS = 30.0
_PAUSE_SECONDS = 0.02
_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL)
_HELD: ContextVar[str] = ContextVar("mark of the lock that is held", default="")
_ELSEWHERE = "choose another place for it"
_FORBIDDEN = (
    "may not be written",
    f"close it in other programs, see to your rights to its folder, or {_ELSEWHERE}",
)
_PROBLEMS: Mapping[int, tuple[str, str]] = {
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: ("may not be written", f"see to your rights to its folder, or {_ELSEWHERE}"),
    errno.EROFS: ("lies where nothing can be written", _ELSEWHERE),
    errno.ENOSPC: ("does not fit on the disk", f"make room there, or {_ELSEWHERE}"),
    errno.EDQUOT: ("is more than you may store there", f"make room there, or {_ELSEWHERE}"),
    errno.ENAMETOOLONG: ("has too long a name", "choose a shorter one"),
}


def unwritable(path: Path, error: Exception) -> UnreadableFile:
    """The error of the system as one that names the path, the problem and the remedy."""
    number = error.errno if isinstance(error, OSError) else None
    reason = error.strerror if isinstance(error, OSError) else str(error)
    usual = (f"cannot be written ({reason or type(error).__name__})", _ELSEWHERE)
    return UnreadableFile(path, *_PROBLEMS.get(number or 0, usual))


def target_of(path: Path) -> Path:
    """Where a file really is to be written, links followed; raises `UnreadableFile`."""
    try:
        target = Path(os.path.realpath(path))
        folder = target.parent
        is_there = target.exists()
        missing = folder if path.parent.exists() else path.parent
        a_file = "name a file, as campaign.csv"
        checks = (
            (target.is_dir(), ("is a folder", a_file)),
            (is_there and not target.is_file(), ("is no plain file", a_file)),
            (is_there and not os.access(target, os.W_OK), _FORBIDDEN),
            (
                not folder.exists(),
                (f"there is no folder {missing}", f"make the folder, or {_ELSEWHERE}"),
            ),
            (not folder.is_dir(), (f"{folder.name} is no folder", _ELSEWHERE)),
            (not os.access(folder, os.W_OK), _FORBIDDEN),
        )
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error
    for is_so, problem in checks:
        if is_so:
            raise UnreadableFile(path, *problem)
    return target


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
    if not path.is_file():
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise unwritable(path, error) from error


def refuse_changed(read: Mapping[Path, bytes | None]) -> None:
    """Raise `UnreadableFile` where a file no longer holds what was read (None: nothing)."""
    for path, content in read.items():
        target = target_of(path)
        if content_of(target) != content:
            problem = "has been changed while this ran; nothing is written"
            raise UnreadableFile(target, problem, "run this again")


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
    with ExitStack() as stack:
        if not mark() and files:
            stack.enter_context(locked(next(iter(files))))
        contents: dict[Path, tuple[bytes, Path]] = {}  # and the file whose mode each takes
        for path in kept:
            held = content_of(targets[path])
            if held is not None:
                contents[target_of(backup_of(targets[path]))] = held, targets[path]
        contents |= {targets[path]: (data, targets[path]) for path, data in files.items()}
        _place(contents, read)


def _place(contents: Mapping[Path, tuple[bytes, Path]], read: Mapping[Path, bytes | None]) -> None:
    """Put contents in place, all or none of them."""
    before = {target: content_of(target) for target in contents}
    waiting: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for target, (data, like) in contents.items():
            waiting[target] = _temporary(target)
            _write_to_disk(target, waiting[target], data, like)
        refuse_changed(read)
        for target, temporary in waiting.items():
            _move(temporary, target)
            placed.append(target)
    except BaseException:
        for temporary in waiting.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for target in placed:
            _take_back(target, before[target])
        raise
    # Let the renames reach the disk, where the system has a way to say so.
    for folder in {target.parent for target in contents}:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _temporary(target: Path) -> Path:
    return target.with_name(f"{mark()}{secrets.token_hex(6)}.tmp")


def _write_to_disk(target: Path, temporary: Path, data: bytes, like: Path) -> None:
    try:
        mode = stat.S_IMODE(like.stat().st_mode) if like.exists() else None
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        handle = os.open(temporary, flags, 0o666 if mode is None else mode & 0o600)
        with os.fdopen(handle, "wb") as file:
            if mode is not None:
                temporary.chmod(mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable(target, error) from error


def _move(temporary: Path, target: Path) -> None:
    try:
        os.replace(temporary, target)  # noqa: PTH105 (the one call that a test makes fail)
    except OSError as error:
        raise unwritable(target, error) from error


def _take_back(target: Path, content: bytes | None) -> None:
    with suppress(OSError, UnreadableFile):
        if content is None:
            target.unlink()
        else:
            temporary = _temporary(target)
            _write_to_disk(target, temporary, content, target)
            _move(temporary, target)


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
    # Short, so that a name that is just short enough for the disk stays so.
    ours = f".{hashlib.sha256(os.fsencode(beside.name)).hexdigest()[:8]}-"
    held = _HELD.set(ours)
    try:
        for left in beside.parent.glob(f"{ours}*.tmp") if handle is not None else ():
            with suppress(OSError):
                left.unlink()
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


def mark() -> str:
    """What temporary files begin with under the lock that this thread holds; empty for none."""
    return _HELD.get()


def _taken(beside: Path, path: Path, until: float) -> int | None:
    from filelock import lock_descriptor  # noqa: PLC0415 (only where something is written)

    while True:
        handle = _opened(beside, path)
        if handle is None:
            return None
        try:
            if lock_descriptor(handle, blocking=False):
                with suppress(FileNotFoundError):  # whoever held it has removed it by now
                    if os.path.samestat(os.fstat(handle), beside.lstat()):
                        return handle
        except OSError as error:
            os.close(handle)
            if error.errno in _NO_LOCKS:
                return None
            raise _no_lock(beside, path, error.strerror) from error
        os.close(handle)
        if time.monotonic() > until:
            remedy = "wait for its end, and try again"
            raise UnreadableFile(path, "is being written by another command", remedy)
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
