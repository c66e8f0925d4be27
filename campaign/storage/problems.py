"""What keeps a file from being written, in sentences."""

import errno
from collections.abc import Mapping
from pathlib import Path

from campaign.errors import UnreadableFile

TO_ANOTHER_PLACE = "choose another place for it"
PROBLEMS: Mapping[int, tuple[str, str]] = {
    errno.EACCES: (
        "may not be written",
        f"close it in other programs, see to your rights to its folder, or {TO_ANOTHER_PLACE}",
    ),
    errno.EPERM: (
        "may not be written",
        f"see to your rights to its folder, or {TO_ANOTHER_PLACE}",
    ),
    errno.EROFS: ("lies where nothing can be written", TO_ANOTHER_PLACE),
    errno.ENOSPC: ("does not fit on the disk", f"make room there, or {TO_ANOTHER_PLACE}"),
    errno.EDQUOT: ("is more than you may store there", f"make room there, or {TO_ANOTHER_PLACE}"),
    errno.ENAMETOOLONG: ("has too long a name", "choose a shorter one"),
}


def unwritable(path: Path, error: Exception) -> UnreadableFile:
    """The error of the system as one that names the path, the problem and the remedy."""
    number = error.errno if isinstance(error, OSError) else None
    reason = error.strerror if isinstance(error, OSError) else str(error)
    usual = (f"cannot be written ({reason or type(error).__name__})", TO_ANOTHER_PLACE)
    problem, remedy = PROBLEMS.get(number or 0, usual)
    return UnreadableFile(path, problem, remedy)
