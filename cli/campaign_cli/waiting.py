"""The line that is seen while a plan is searched: what is done now, how far it is, how long."""

import shutil
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from campaign.planner.progress import Progress, Watch

A_SECOND = 1.0
_BAR, _DONE, _OPEN = 24, "#", "-"
FIRST, BETTER, LAST = "a first plan", "a better plan", "why each touch stands where it does"
"""What is done before the search tells how far it is, while it does, and after its end."""


@contextmanager
def planning_bar() -> "Iterator[Watch | None]":
    """A line on stderr that moves with a search; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    line = StatusLine()
    ticking = threading.Thread(target=line.tick, daemon=True)
    ticking.start()
    try:
        yield line
    finally:
        line.is_over.set()
        ticking.join()


class StatusLine:
    """One line that is written over.

    Its time is what has passed by the clock, and nothing is said of what is to come: how long
    the first plan and the reasons take is not known before.
    """

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._progress: Progress | None = None
        self._shown = ""

    def __call__(self, progress: "Progress") -> None:
        """Show how far the search is."""
        self._progress = progress
        self.show()

    def tick(self) -> None:
        """Show how time passes, each second until the end, then take the line away."""
        while not self.is_over.is_set():
            self.show()
            self.is_over.wait(A_SECOND)
        self._write("")
        sys.stderr.write("\r")
        sys.stderr.flush()

    def show(self) -> None:
        """Show how far the search is now, and how long it has taken."""
        width = shutil.get_terminal_size().columns - 1
        self._write(line_of(self._progress, time.monotonic() - self._began)[:width])

    def _write(self, text: str) -> None:
        with self._lock:
            if text != self._shown:
                sys.stderr.write(f"\r{text}{' ' * (len(self._shown) - len(text))}")
                sys.stderr.flush()
                self._shown = text


def line_of(progress: "Progress | None", seconds: float) -> str:
    """The line for where a search is, after so many seconds."""
    minutes, rest = divmod(int(seconds), 60)
    share, days = 0.0, ""
    if progress is not None:
        share = min(1.0, progress.share)
        if progress.owed:
            days = f": {progress.placed:,} of {progress.owed:,} touches have a day"
    stage = FIRST if progress is None else BETTER if share < 1 else LAST
    bar = (_DONE * int(share * _BAR)).ljust(_BAR, _OPEN)
    return f"Planning  {minutes}:{rest:02}  [{bar}]  {stage}{days}"
