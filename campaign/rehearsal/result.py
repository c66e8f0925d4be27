"""What rehearsals come to: figures of each life, and their intervals."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from campaign.outputs.figures import FigureTable, render_figures
from campaign.phrases import counted, preformatted

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
        return self.moved / max(1, self.moved + self.kept)

    @property
    def put_off_share(self) -> float:
        """The part of the future touches that were put off in a week."""
        return self.put_off / max(1, self.moved + self.kept)


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
        return Figure.of(life.in_time / life.promises for life in self.lives if life.promises)

    def __str__(self) -> str:
        """The figures in ten lines or so, those of the unchanged plan beside them."""
        lead = f"Lived {self._many}, re-planned each Monday; nine in ten lie in the brackets"
        rows = (
            f"{title:28}{'   first plan kept: '.join(figures)}" for title, *figures in self._rows()
        )
        return "\n".join([lead, *rows])

    @property
    def _many(self) -> str:
        return counted(len(self.lives), "quarter")

    def _rows(self) -> Iterator[tuple[str, ...]]:
        """What is told, for these lives, and beside it for those without re-planning."""
        beside = Rehearsal(self.unchanged, weeks=self.weeks) if self.unchanged else None
        sides = (self, beside) if beside else (self,)
        for tier in self.tiers:
            yield f"Tier {tier} touched, by month", *(one.by_month(tier) for one in sides)
        in_time = (one.promises_in_time.shown(" %", _PER_CENT) for one in sides)
        yield "Promises kept in time", *in_time
        for title, name, unit, factor, digits in (
            ("Hours a week", "minutes", "", 1 / (60 * self.weeks), 1),
            ("Longest silence, days", "silence", "", 1, 0),
            ("Touches moved a week", "moved_share", " %", _PER_CENT, 1),
            ("Put off to the next day", "put_off_share", " %", _PER_CENT, 1),
        ):
            yield title, *(one.figure(name).shown(unit, factor, digits) for one in sides)

    def by_month(self, tier: str) -> str:
        """The shares of a tier's accounts that are touched, month by month, in words."""
        months = range(1, self.months + 1)
        return ", ".join(self.covered(tier, month).shown(" %", _PER_CENT) for month in months)

    def to_html(self) -> str:
        """A page with the same in a table."""
        title = "A quarter lived before it begins"
        if len(self.lives) > 1:
            title = f"{self._many} lived before they begin"
        heads = ("", "Re-planned each Monday", "First plan kept")[: 3 if self.unchanged else 2]
        lead = "The mean of all lives; nine in ten lie in the brackets."
        table = FigureTable("What the plan still delivers", heads, tuple(self._rows()), lead=lead)
        return render_figures(title, (table,))

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(str(self))
