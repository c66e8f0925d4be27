"""What rehearsals come to: figures of each life, and their intervals."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from campaign.notebooks import preformatted
from campaign.outputs.figures import FigureTable, render_figures

_PER_CENT = 100
_LOW, _HIGH = 0.05, 0.95


@frozen
class Life:
    """One quarter as it was lived.

    `coverage` holds the accounts owed and touched by tier and month; `minutes` those worked;
    `moved` and `kept` the future touches that the Mondays put on another day, and those that
    they left; `put_off` those that were not done on their day and came to the next one with room,
    without any planning; `silence` is the longest time in days without a touch of a prioritised
    account; `promises` and `in_time` count what was promised and what reached the customer by
    its day.
    """

    coverage: tuple[tuple[str, int, int, int], ...]
    minutes: int
    moved: int
    kept: int
    put_off: int
    silence: int
    promises: int
    in_time: int

    def covered(self, tier: str, month: int) -> float | None:
        """The share of a tier's accounts touched in a month; None where none are owed."""
        found = [(t, o) for name, m, o, t in self.coverage if (name, m) == (tier, month)]
        owed = sum(o for _, o in found)
        return sum(t for t, _ in found) / owed if owed else None

    @property
    def moved_share(self) -> float:
        """The part of the future touches that moved in a week."""
        return self._share(self.moved)

    @property
    def put_off_share(self) -> float:
        """The part of the future touches that were put off in a week."""
        return self._share(self.put_off)

    def _share(self, count: int) -> float:
        every = self.moved + self.kept
        return count / every if every else 0.0


@frozen
class Figure:
    """A figure over the lives: its mean, and the span of nine lives in ten."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> "Figure":
        """The figure of some values; 0 of none."""
        found = sorted(values) or [0.0]
        last = len(found) - 1
        return cls(sum(found) / len(found), found[round(_LOW * last)], found[round(_HIGH * last)])

    def shown(self, unit: str = "", factor: float = 1, digits: int = 0) -> str:
        """The figure in words, as `97 % (94 to 100)`."""
        mean, low, high = (f"{factor * x:.{digits}f}" for x in (self.mean, self.low, self.high))
        return f"{mean}{unit} ({low} to {high})"


@frozen
class Rehearsal:
    """Some lives of one quarter, re-planned each Monday, and the same without re-planning.

    `unchanged` are the same lives of a rep who keeps to the first plan, and makes up for what
    was missed on the next day with room.
    """

    lives: tuple[Life, ...]
    unchanged: tuple[Life, ...] = ()
    weeks: int = 13

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers whose accounts are owed a touch each month, the highest first."""
        names = (row[0] for life in self.lives for row in life.coverage)
        return tuple(dict.fromkeys(names))

    @property
    def months(self) -> int:
        """How many months were lived."""
        return max((row[1] for life in self.lives for row in life.coverage), default=0)

    def covered(self, tier: str, month: int) -> Figure:
        """The share of a tier's accounts that is touched in a month."""
        found = (life.covered(tier, month) for life in self.lives)
        return Figure.of(share for share in found if share is not None)

    def figure(self, name: str) -> Figure:
        """The figure of `minutes`, `silence`, `moved_share` or `put_off_share` over the lives."""
        return Figure.of(getattr(life, name) for life in self.lives)

    @property
    def promises_in_time(self) -> Figure:
        """The share of the promises that reached the customer by their day."""
        return _in_time(self.lives)

    def __str__(self) -> str:
        """The figures in ten lines or so, those of the unchanged plan beside them."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        many = "1 quarter" if len(self.lives) == 1 else f"{len(self.lives)} quarters"
        yield f"Lived {many}, re-planned each Monday; nine in ten lie in the brackets"
        beside = Rehearsal(self.unchanged, weeks=self.weeks) if self.unchanged else None
        for title, tell in self._rows():
            second = f"   first plan kept: {tell(beside)}" if beside else ""
            yield f"{title:28}{tell(self)}{second}"

    def _rows(self) -> Iterator[tuple[str, "Callable[[Rehearsal], str]"]]:
        for tier in self.tiers:
            yield f"Tier {tier} touched, by month", lambda one, tier=tier: _by_month(one, tier)  # type: ignore[misc]  # bound early
        yield "Promises kept in time", lambda one: one.promises_in_time.shown(" %", _PER_CENT)
        yield (
            "Hours a week",
            lambda one: one.figure("minutes").shown("", 1 / (60 * one.weeks), 1),
        )
        yield "Longest silence, days", lambda one: one.figure("silence").shown()
        yield (
            "Touches moved a week",
            lambda one: one.figure("moved_share").shown(" %", _PER_CENT, 1),
        )
        yield (
            "Put off to the next day",
            lambda one: one.figure("put_off_share").shown(" %", _PER_CENT, 1),
        )

    def to_html(self) -> str:
        """A page with the same in a table."""
        beside = Rehearsal(self.unchanged, weeks=self.weeks) if self.unchanged else None
        rows = tuple(
            (title, tell(self), *((tell(beside),) if beside else ()))
            for title, tell in self._rows()
        )
        heads = ("", "Re-planned each Monday", *(("First plan kept",) if beside else ()))
        lead = "The mean of all lives; nine in ten lie in the brackets."
        many = "1 quarter" if len(self.lives) == 1 else f"{len(self.lives)} quarters"
        return render_figures(
            f"{many.capitalize()} lived before they begin"
            if len(self.lives) > 1
            else "A quarter lived before it begins",
            (FigureTable("What the plan still delivers", heads, rows, lead=lead),),
        )

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(str(self))


def _by_month(rehearsal: Rehearsal, tier: str) -> str:
    months = range(1, rehearsal.months + 1)
    return ", ".join(rehearsal.covered(tier, month).shown(" %", _PER_CENT) for month in months)


def _in_time(lives: Sequence[Life]) -> Figure:
    return Figure.of(life.in_time / life.promises for life in lives if life.promises)
