"""How much a search may do, how it tells how far it is, and what may stop it."""

import time
from collections.abc import Callable

from attrs import field, frozen

from campaign.errors import CallbackFailed, Finding, InvalidInput
from campaign.model.given import taken, to_number
from campaign.touches import Level, Plan

_SECONDS = "write a number of seconds from 0, as 30"

EFFORTS = {"quick": 600, "normal": 3_000, "thorough": 40_000}
"""Named efforts, in accounts put into the calendar. Counted, so that plans repeat."""

EACH = {"quick": 6, "normal": 28, "thorough": 400}
"""How often each account is put in at the most by a named effort: a short list needs less."""


@frozen
class Progress:
    """How far a search is: effort spent, effort in all, and the levels' figures now.

    `placed` of the touches `owed` have a day in the best plan so far; 0 of 0 where not known.
    """

    done: int
    of: int
    levels: tuple[Level, ...] = field(default=(), kw_only=True)
    placed: int = field(default=0, kw_only=True)
    owed: int = field(default=0, kw_only=True)

    @property
    def share(self) -> float:
        """The part of the effort that is spent, 0 to 1."""
        return self.done / self.of if self.of else 1.0


Watch = Callable[[Progress], None]


def effort_of(effort: str | int, accounts: int) -> int:
    """The effort as a number, for so many accounts; raises `InvalidInput` for what is none."""
    if isinstance(effort, int) and not isinstance(effort, bool) and effort >= 0:
        return effort
    if isinstance(effort, str) and effort in EFFORTS:
        return min(EFFORTS[effort], EACH[effort] * accounts)
    names = ", ".join(EFFORTS)
    remedy = f"write {names}, or a number from 0"
    raise InvalidInput([Finding("effort", f"{effort!r} is no effort", remedy=remedy)])


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
        self._end = None if seconds is None else time.monotonic() + _seconds(seconds)
        self._is_over = False
        self._fault: Exception | None = None

    def __call__(self, progress: Progress) -> None:
        """Tell the watcher; raise `EndOfSearch` where the search has to end here."""
        if self._is_over:
            return
        try:
            if self._watch is not None:
                self._watch(progress)
            asked = self._should_stop is not None and bool(self._should_stop())
        except Exception as fault:  # noqa: BLE001 (whatever a callback raises; it is told below)
            self._fault, asked = fault, True
        if asked or (self._end is not None and time.monotonic() >= self._end):
            self._is_over = True
            raise EndOfSearch

    def tell_of_faults(self, plan: Plan) -> None:
        """Raise `CallbackFailed`, which holds the plan, where a callback has raised."""
        if self._fault is not None:
            raise CallbackFailed(plan) from self._fault


def _seconds(given: object) -> float:
    seconds = taken(given, to_number, "seconds", _SECONDS)
    if seconds < 0:
        raise InvalidInput([Finding("seconds", f"{given!r} is no time", remedy=_SECONDS)])
    return seconds
