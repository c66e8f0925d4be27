"""What if: more or fewer hours a week, and two plans side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from campaign.answer import Campaign
from campaign.errors import Finding, InvalidInput
from campaign.model.accounts import Account
from campaign.model.given import asked, to_number
from campaign.model.territory import Territory
from campaign.notebooks import preformatted
from campaign.outputs.figures import Curves, FigureCell, FigureLine, FigureTable, render_figures
from campaign.outputs.summary import Summary, summary
from campaign.planning import plan
from campaign.touches import Effort, Level, Plan

_MINUTES = 60
_MOST_HOURS = 168
_MOST_SHOWN = 10


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
        for point in self.points:
            found = point.summary
            cells = (
                f"{_share(found.every_month.reached, found.every_month.of):>11}",
                f"{_share(found.required.reached, found.required.of):>8}",
                f"{_share(found.optional.reached, found.optional.of):>8}",
                f"{sum(found.left_out.values()):8}",
                f"{found.travel_minutes / _MINUTES:9.0f} h",
            )
            lines.append(f"{point.hours:12g}  {'  '.join(cells)}")
        return "\n".join(lines)

    def to_html(self) -> str:
        """A page with the curve drawn, and the same in a table."""
        found = [(point.hours, point.summary) for point in self.points]
        counted = {
            "touched in every month": [(h, s.every_month) for h, s in found],
            "required touches": [(h, s.required) for h, s in found],
            "optional touches": [(h, s.optional) for h, s in found],
        }
        lines = tuple(
            FigureLine(
                name, tuple((h, count.reached / count.of) for h, count in counts if count.of)
            )
            for name, counts in counted.items()
            if any(count.of for _, count in counts)
        )
        rows: tuple[tuple[FigureCell, ...], ...] = tuple(
            (
                hours,
                *(_share(c.reached, c.of) for c in (s.every_month, s.required, s.optional)),
                sum(s.left_out.values()),
                s.travel_minutes / _MINUTES,
            )
            for hours, s in found
        )
        heads = ("Hours a week", "Every month", "Required", "Optional", "Left out", "Hours driven")
        drawn = Curves("What more hours buy", "hours a week", lines)
        return render_figures(
            "Hours against coverage", (drawn, FigureTable("In figures", heads, rows))
        )

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

    def __str__(self) -> str:
        """The account, what it gains and loses, and why."""
        parts = [f"gains {', '.join(self.gained)}"] if self.gained else []
        parts += [f"loses {step}{f' ({why})' if why else ''}" for step, why in self.lost]
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
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{'':24}{'A':>14}{'B':>14}"
        for had, has in self.levels:
            yield f"{_title(had, has):24}{_level(had):>14}{_level(has):>14}"
        for channel, one, other in self.minutes:
            yield f"{channel + ', hours':24}{one / _MINUTES:14.1f}{other / _MINUTES:14.1f}"
        yield f"{'on the road, hours':24}{_road(self.first):14.1f}{_road(self.second):14.1f}"
        yield f"{'left out':24}{_left_out(self.first):14}{_left_out(self.second):14}"
        for title, moved in (("Gain in B", self.gaining), ("Lose in B", self.losing)):
            if moved:
                yield f"\n{title}: {len(moved)} {'account' if len(moved) == 1 else 'accounts'}"
                yield from (f"  {one}" for one in moved[:_MOST_SHOWN])
                if len(moved) > _MOST_SHOWN:
                    yield f"  and {len(moved) - _MOST_SHOWN} more"
        yield f"\n{self.dated_anew} touches stand on another day"

    def to_html(self) -> str:
        """A page with the same in tables, and everybody who gains or loses."""
        figures: tuple[tuple[FigureCell, ...], ...] = (
            *((_title(had, has), _level(had), _level(has)) for had, has in self.levels),
            *((f"{name}, hours", a / _MINUTES, b / _MINUTES) for name, a, b in self.minutes),
            ("on the road, hours", _road(self.first), _road(self.second)),
            ("left out", _left_out(self.first), _left_out(self.second)),
            ("on another day in B", "", self.dated_anew),
        )
        heads = ("Account", "Tier", "Gains", "Loses, and why")
        return render_figures(
            "Two plans side by side",
            (
                FigureTable("Figures", ("", "A", "B"), figures),
                FigureTable("Gain in B", heads, tuple(map(_cells, self.gaining))),
                FigureTable("Lose in B", heads, tuple(map(_cells, self.losing))),
            ),
        )

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
    return Comparison(
        summary(first),
        summary(second),
        levels=_levels(first, second),
        minutes=_minutes(first, second),
        gaining=tuple(one for one in moved if one.gained and not one.lost),
        losing=tuple(one for one in moved if one.lost),
        dated_anew=sum(one.dated_anew for one in moved),
    )


def _levels(first: Plan, second: Plan) -> tuple[tuple[Level | None, Level | None], ...]:
    one, other = ({level.name: level for level in plan.levels} for plan in (first, second))
    return tuple((one.get(name), other.get(name)) for name in dict.fromkeys((*one, *other)))


def _minutes(first: Plan, second: Plan) -> tuple[tuple[str, int, int], ...]:
    spent = [Counter[str](), Counter[str]()]
    for count, plan_ in zip(spent, (first, second), strict=True):
        for touch in plan_.touches:
            if touch.stands:
                count[touch.channel] += touch.minutes
    channels = [name for name in first.territory.channels if name in spent[0] | spent[1]]
    channels += sorted((spent[0] | spent[1]).keys() - set(channels))
    return tuple((name, spent[0][name], spent[1][name]) for name in channels)


def _moved(first: Plan, second: Plan) -> Iterator[Moved]:
    why = {left.touch_id: left.reason for left in second.left_out}
    for account in _accounts(first, second):
        one, other = (
            {t.touch_id: t for t in plan_.by_account.get(account.account_id, ())}
            for plan_ in (first, second)
        )
        both = one.keys() & other.keys()
        found = Moved(
            account.account_id,
            account.name,
            account.tier,
            tuple(touch.step for name, touch in other.items() if name not in one),
            tuple((t.step, why.get(name, "")) for name, t in one.items() if name not in other),
            sum(one[name].date != other[name].date for name in both),
        )
        if found.gained or found.lost or found.dated_anew:
            yield found


def _accounts(first: Plan, second: Plan) -> list[Account]:
    known = {a.account_id: a for p in (first, second) for a in p.territory.ranked_accounts}
    order = {tier.name: place for place, tier in enumerate(second.territory.tiers)}
    return sorted(known.values(), key=lambda a: (order.get(a.tier, len(order)), a.account_id))


def _title(had: Level | None, has: Level | None) -> str:
    level = had or has
    return level.name.replace("_", " ") if level else ""


def _cells(moved: Moved) -> tuple[str, ...]:
    lost = "; ".join(f"{step} ({why})" if why else step for step, why in moved.lost)
    return moved.account, moved.tier, ", ".join(moved.gained), lost


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
