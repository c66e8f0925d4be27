"""How much a search may do, and how it tells how far it is."""

from collections.abc import Callable

from attrs import field, frozen

from campaign.touches import Level

EFFORTS = {"quick": 600, "normal": 3_000, "thorough": 40_000}
"""Named efforts, in accounts put into the calendar. Counted, so that plans repeat."""

EACH = {"quick": 6, "normal": 16, "thorough": 400}
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
    """The effort as a number, for so many accounts; raises `ValueError` for a name that is none."""
    if isinstance(effort, int) and effort >= 0:
        return effort
    if isinstance(effort, str) and effort in EFFORTS:
        return min(EFFORTS[effort], EACH[effort] * accounts)
    names = ", ".join(EFFORTS)
    raise ValueError(f"{effort!r} is no effort; write {names}, or a number from 0")
