"""What if: more or fewer hours a week, and two plans side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from campaign.answer import Campaign
from campaign.errors import Finding, InvalidInput
from campaign.model.given import asked, to_number
from campaign.model.territory import Territory
from campaign.outputs.figures import Curves, FigureCell, FigureLine, FigureTable, render_figures
from campaign.outputs.summary import Summary, summary
from campaign.phrases import counted, preformatted
from campaign.planning import plan
from campaign.touches import Effort, Level, Plan

_MINUTES = 60
_MOST_HOURS = 168
_MOST_SHOWN = 10
_CURVES = {
    "touched in every month": "every_month",
    "required touches": "required",
    "optional touches": "optional",
}


@frozen
class Point:
    """What a territory comes to with so many hours a week."""

    hours: float
    campaign: Campaign = field(repr=False)

    @property
    def summary(self) -> Summary:
        """The figures of its plan."""
        return self.campaign.summary()


@frozen
class Curve:
    """Coverage against hours a week, from the fewest hours to the most."""

    points: tuple[Point, ...]

    def __str__(self) -> str:
        """A line for each number of hours."""
        lines = ["Hours a week  every month  required  optional  left out  on the road"]
        for hours, every, required, optional, left_out, driven in self._rows():
            cells = f"{every:>11}  {required:>8}  {optional:>8}  {left_out:8}  {driven:9.0f} h"
            lines.append(f"{hours:12g}  {cells}")
        return "\n".join(lines)

    def _rows(self) -> Iterator[tuple[float, str, str, str, int, float]]:
        for point in self.points:
            found = point.summary
            counts = (found.every_month, found.required, found.optional)
            every, required, optional = (_share(one.reached, one.of) for one in counts)
            yield point.hours, every, required, optional, _left_out(found), _road(found)

    def to_html(self) -> str:
        """A page with the curve drawn, and the same in a table."""
        lines = []
        for name, counted_as in _CURVES.items():
            counts = [(one.hours, getattr(one.summary, counted_as)) for one in self.points]
            shares = tuple((h, count.reached / count.of) for h, count in counts if count.of)
            lines += [FigureLine(name, shares)] if shares else []
        heads = ("Hours a week", "Every month", "Required", "Optional", "Left out", "Hours driven")
        drawn = Curves("What more hours buy", "hours a week", tuple(lines))
        table = FigureTable("In figures", heads, tuple(self._rows()))
        return render_figures("Hours against coverage", (drawn, table))

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(str(self))


def hours_curve(
    territory: Territory, hours: Iterable[float], *, effort: Effort | int = "normal"
) -> Curve:
    """Plan a territory with each of some hours a week, and show what each of them buys.

    Each plan starts from the one with fewer hours, which is a plan for more hours too, so that
    the levels never fall as the hours rise. The minutes of a day stay as they are. Raises
    `InvalidInput` for hours that no week has.
    """
    points: list[Point] = []
    for wanted in sorted({_hours(one) for one in _several(hours)}):
        minutes = round(wanted * _MINUTES)
        capacity = evolve(territory.capacity, minutes_per_week=minutes)
        hint = points[-1].campaign if points else None
        campaign = plan(evolve(territory, capacity=capacity), effort=effort, hint=hint)
        points.append(Point(wanted, campaign))
    return Curve(tuple(points))


def _several(hours: object) -> Iterable[object]:
    return hours if isinstance(hours, Iterable) and not isinstance(hours, str) else [hours]


def _hours(given: object) -> float:
    try:
        hours = to_number(given)
    except ValueError:
        hours = -1
    if not 0 <= hours <= _MOST_HOURS:
        problem = f"{given!r} is no number of hours a week"
        remedy = f"write 0 to {_MOST_HOURS}, as 12"
        raise InvalidInput([Finding("hours", problem, remedy=remedy)])
    return hours


@frozen
class Moved:
    """What one plan has of an account that another has not, and why, where that is known."""

    account_id: str
    account: str
    tier: str
    gained: tuple[str, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    dated_anew: int = 0

    @property
    def losses(self) -> list[str]:
        """The steps that are lost, each with the reason where it is known."""
        return [f"{step} ({why})" if why else step for step, why in self.lost]

    def __str__(self) -> str:
        """The account, what it gains and loses, and why."""
        parts = [f"gains {', '.join(self.gained)}"] if self.gained else []
        parts += [f"loses {lost}" for lost in self.losses]
        if self.dated_anew:
            parts.append(f"{self.dated_anew} on another day")
        return f"{self.account} ({self.account_id}, {self.tier}): {'; '.join(parts)}"


@frozen
class Comparison:
    """Two plans side by side: levels, minutes by channel, who gains and who loses."""

    first: Summary
    second: Summary
    levels: tuple[tuple[Level | None, Level | None], ...]
    minutes: tuple[tuple[str, int, int], ...]
    gaining: tuple[Moved, ...]
    losing: tuple[Moved, ...]
    dated_anew: int

    def __str__(self) -> str:
        """A table of the figures, then who gains and who loses, the first ten of each."""
        lines = [f"{'':24}{'A':>14}{'B':>14}"]
        for name, *two in self._rows():
            one, other = (f"{each:.1f}" if isinstance(each, float) else each for each in two)
            lines.append(f"{name:24}{one:>14}{other:>14}")
        for title, moved in (("Gain in B", self.gaining), ("Lose in B", self.losing)):
            if moved:
                lines.append(f"\n{title}: {counted(len(moved), 'account')}")
                lines += [f"  {one}" for one in moved[:_MOST_SHOWN]]
            if len(moved) > _MOST_SHOWN:
                lines.append(f"  and {len(moved) - _MOST_SHOWN} more")
        return "\n".join((*lines, f"\n{self.dated_anew} touches stand on another day"))

    def _rows(self) -> Iterator[tuple[str, FigureCell, FigureCell]]:
        for had, has in self.levels:
            level = had or has
            title = level.name.replace("_", " ") if level else ""
            yield title, _level(had), _level(has)
        for channel, one, other in self.minutes:
            yield f"{channel}, hours", one / _MINUTES, other / _MINUTES
        yield "on the road, hours", _road(self.first), _road(self.second)
        yield "left out", _left_out(self.first), _left_out(self.second)

    def to_html(self) -> str:
        """A page with the same in tables, and everybody who gains or loses."""
        figures = (*self._rows(), ("on another day in B", "", self.dated_anew))
        heads = ("Account", "Tier", "Gains", "Loses, and why")
        gaining, losing = (
            tuple(
                (one.account, one.tier, ", ".join(one.gained), "; ".join(one.losses))
                for one in moved
            )
            for moved in (self.gaining, self.losing)
        )
        tables = (
            FigureTable("Figures", ("", "A", "B"), figures),
            FigureTable("Gain in B", heads, gaining),
            FigureTable("Lose in B", heads, losing),
        )
        return render_figures("Two plans side by side", tables)

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(str(self))


def compare(first: Plan, second: Plan) -> Comparison:
    """Two plans of much the same territory: what the second has that the first has not.

    Accounts gain by the touches that only the second has, and lose by those that only the
    first has, each with the reason for which the second leaves it out. They stand by tier.
    """
    first, second = asked(first, Plan, "first"), asked(second, Plan, "second")
    moved = tuple(_moved(first, second))
    one, other = ({level.name: level for level in plan.levels} for plan in (first, second))
    spent = [Counter[str](), Counter[str]()]
    for minutes, plan_ in zip(spent, (first, second), strict=True):
        for touch in plan_.touches:
            minutes[touch.channel] += touch.minutes if touch.stands else 0
    used = {*+spent[0], *+spent[1]}
    channels = [name for name in first.territory.channels if name in used]
    channels += sorted(used.difference(channels))
    return Comparison(
        summary(first),
        summary(second),
        levels=tuple((one.get(name), other.get(name)) for name in dict.fromkeys((*one, *other))),
        minutes=tuple((name, spent[0][name], spent[1][name]) for name in channels),
        gaining=tuple(one for one in moved if one.gained and not one.lost),
        losing=tuple(one for one in moved if one.lost),
        dated_anew=sum(one.dated_anew for one in moved),
    )


def _moved(first: Plan, second: Plan) -> Iterator[Moved]:
    """Who gains, loses or is dated anew, by tier."""
    why = {left.touch_id: left.reason for left in second.left_out}
    known = {a.account_id: a for p in (first, second) for a in p.territory.ranked_accounts}
    order = {tier.name: place for place, tier in enumerate(second.territory.tiers)}
    by_tier = sorted(known.values(), key=lambda a: (order.get(a.tier, len(order)), a.account_id))
    for account in by_tier:
        one, other = (
            {t.touch_id: t for t in plan_.by_account.get(account.account_id, ())}
            for plan_ in (first, second)
        )
        found = Moved(
            account.account_id,
            account.name,
            account.tier,
            tuple(touch.step for name, touch in other.items() if name not in one),
            tuple((t.step, why.get(name, "")) for name, t in one.items() if name not in other),
            sum(one[name].date != other[name].date for name in one.keys() & other.keys()),
        )
        if found.gained or found.lost or found.dated_anew:
            yield found


def _share(part: int, of: int) -> str:
    return f"{100 * part / of:.1f} %" if of else "-"


def _level(level: Level | None) -> str:
    if level is None:
        return "-"
    return f"{level.figure}" if level.share is None else f"{100 * level.share:.1f} %"


def _road(figures: Summary) -> float:
    return figures.travel_minutes / _MINUTES


def _left_out(figures: Summary) -> int:
    return sum(figures.left_out.values())
