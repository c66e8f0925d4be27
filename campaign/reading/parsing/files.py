"""Bytes of a file, or one sentence that says why it cannot be read."""

import os
import stat
from pathlib import Path

from campaign.errors import UnreadableFile

MOST_BYTES = 32 * 1024 * 1024
"""A list of a territory takes a thousandth of this: a larger file is not one."""


def read_bytes(path: Path) -> bytes:
    """All bytes of a regular file; raises `UnreadableFile` with what to do."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no regular file"
        raise UnreadableFile(path, f"is {kind}, and a file is expected", "name a file")
    if found.st_size > MOST_BYTES:
        raise UnreadableFile(
            path,
            f"is {found.st_size / 1e6:,.0f} MB large",
            f"name a file of at most {MOST_BYTES // 2**20} MB",
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def exists(path: Path) -> bool:
    """Whether anything is there; a link that leads nowhere is something."""
    return os.path.lexists(path)


def is_folder(path: Path) -> bool:
    """Whether it is a folder; what cannot be looked at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _unreadable(path: Path, error: Exception) -> UnreadableFile:
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(path, "does not exist", "check the name, or make it first")
    if isinstance(error, PermissionError):
        return UnreadableFile(path, "may not be read", "allow reading it, or copy it elsewhere")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnreadableFile(path, f"cannot be read ({reason})", "check the name and the disk")
