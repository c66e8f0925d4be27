"""When a search ends before its effort is spent: one value that it asks as it goes on."""

import time
from collections.abc import Callable

from campaign.errors import CallbackFailed
from campaign.planner.progress import Progress, Watch
from campaign.touches import Plan


class EndOfSearch(KeyboardInterrupt):
    """Ends a search as ctrl-C does: the best plan so far is the answer."""


class Stopping:
    """What watches a search, and what ends it: a question, a time, or a fault of the watcher.

    It is asked wherever the search tells its progress, and it ends a search once only: what
    finishes the plan afterwards is not stopped again. A limit in `seconds` gives up that the
    same input gives the same plan.
    """

    def __init__(
        self,
        watch: Watch | None = None,
        *,
        should_stop: Callable[[], bool] | None = None,
        seconds: float | None = None,
    ) -> None:
        self._watch = watch
        self._should_stop = should_stop
        self._end = None if seconds is None else time.monotonic() + seconds
        self._is_over = False
        self._fault: Exception | None = None

    def __call__(self, progress: Progress) -> None:
        """Tell the watcher; raise `EndOfSearch` where the search has to end here."""
        if not self._is_over and self._has_to_end(progress):
            self._is_over = True
            raise EndOfSearch

    def _has_to_end(self, progress: Progress) -> bool:
        try:
            if self._watch is not None:
                self._watch(progress)
            asked = self._should_stop is not None and bool(self._should_stop())
        except Exception as fault:  # noqa: BLE001 (whatever a callback raises; it is told below)
            self._fault = fault
            return True
        return asked or (self._end is not None and time.monotonic() >= self._end)

    def tell_of_faults(self, plan: Plan) -> None:
        """Raise `CallbackFailed`, which holds the plan, where a callback has raised."""
        if self._fault is not None:
            raise CallbackFailed(plan) from self._fault
