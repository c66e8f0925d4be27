"""The promise in one line, the figures below it, the levels, and the test by the rules."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import frozen

from campaign.costs import cost_of
from campaign.outputs.coverage import Key
from campaign.outputs.goodness import BY_TIER, bound_in_words, percent
from campaign.outputs.summary import REASONS, Count, Summary, summary
from campaign.outputs.whom import Whom, names_apart, whom_of
from campaign.phrases import minutes_in_words, short_date
from campaign.rules import RULES, violations
from campaign.touches import LeftOut, Level, Plan, ReasonCode, Status

MOST_BROKEN = 20

_LEVELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "owed": ("What is owed before all else: promises, grievances and their repair", ""),
        "in_time": ("Business days by which that is late", "fewer are better"),
        "floor": ("Months in which a prioritised account is touched", BY_TIER),
        "required": ("Required touches", BY_TIER),
        "service": (
            "Late, second choices, optional touches left out",
            "in late days weighted by tier, fewer are better",
        ),
        "comfort": (
            "Drives, uneven weeks, days off the ideal, set-ups",
            "in minutes, fewer are better",
        ),
    }
)


@frozen
class Headline:
    """The title of the page, its dates, the promise, and pairs of a word and a figure."""

    title: str
    rep: str
    dates: str
    every_month: Count
    months: int
    facts: tuple[tuple[str, str, str], ...]

    @property
    def is_kept(self) -> bool:
        """Whether every prioritised account is touched in every month."""
        return self.every_month.reached == self.every_month.of


@frozen
class LevelRow:
    """A level with its figure and what is known of how good it is."""

    number: int
    title: str
    unit: str
    figure: str
    possible: str
    verdict: str


@frozen
class Tested:
    """How many rules were tested, the first sentences of what is broken, and how many more."""

    rules: int
    broken: tuple[str, ...]
    more: int


def headline(plan: Plan, figures: Summary) -> Headline:
    """What stands at the head of the page."""
    territory = plan.territory
    calendar = territory.calendar
    return Headline(
        territory.name or "Your campaign",
        territory.rep.name,
        f"{short_date(calendar.start)} {calendar.start.year} to "
        f"{short_date(calendar.end)} {calendar.end.year}, {calendar.days} days",
        figures.every_month,
        calendar.months,
        tuple(_facts(plan, figures)),
    )


def _facts(plan: Plan, figures: Summary) -> Iterator[tuple[str, str, str]]:
    standing = sum(touch.stands for touch in plan.touches)
    required = f"{figures.required.reached:,} of {figures.required.of:,} required"
    optional = f", {figures.optional.reached:,} of {figures.optional.of:,} optional"
    yield "Touches", f"{standing:,}", f"{required}{optional if figures.optional.of else ''}"
    if figures.promises.of:
        promises = figures.promises
        yield (
            "Promises",
            f"{promises.reached:,} of {promises.of:,}",
            "planned for their day, or kept",
        )
    travel, fullest = map(_unbroken, (figures.travel_minutes_a_week, figures.fullest_week))
    yield (
        "A week",
        minutes_in_words(figures.minutes_a_week),
        f"on average, {travel} on the road; the fullest {fullest}",
    )
    cost = cost_of(plan)
    if cost:
        over = f", {cost.over:,.2f} over the budget" if cost.over else ""
        parts = str(cost).partition(": ")[2]
        yield "Money", f"{cost.total:,.2f}", f"{parts}{over}"
    yield from _progress(plan)
    left = len(plan.left_out)
    yield "Left out", f"{left:,}", "each with its reason" if left else "nothing that is owed"


def _unbroken(minutes: float) -> str:
    """Minutes in words that stay on one line."""
    return minutes_in_words(minutes).replace(" ", "\N{NO-BREAK SPACE}")


def _progress(plan: Plan) -> Iterator[tuple[str, str, str]]:
    counts = Counter(touch.status for touch in plan.touches if not touch.is_heard)
    if counts[Status.DONE]:
        missed = f", {counts[Status.MISSED]} missed" if counts[Status.MISSED] else ""
        yield "Done", f"{counts[Status.DONE]:,}", f"{counts[Status.PLANNED]:,} to do{missed}"


def level_rows(plan: Plan) -> list[LevelRow]:
    """Every level, in the order in which one goes before the next."""
    return [_level_row(number, level) for number, level in enumerate(plan.levels)]


def _level_row(number: int, level: Level) -> LevelRow:
    title, unit = _LEVELS.get(level.name, (level.name, ""))
    if level.possible is None:
        return LevelRow(number, title, unit, f"{level.figure:,}", "", bound_in_words(level))
    if not level.possible:
        return LevelRow(number, title, unit, "0", "0", "none is owed")
    figure = f"{level.figure:,} ({percent(level)})"
    return LevelRow(number, title, unit, figure, f"{level.possible:,}", bound_in_words(level))


def rules_tested(plan: Plan) -> Tested:
    """What the rules say of the plan, worked out without the planner."""
    broken = tuple(map(str, violations(plan)))
    return Tested(
        len({rule.name for rule in RULES}), broken[:MOST_BROKEN], max(0, len(broken) - MOST_BROKEN)
    )


@frozen
class LeftOutRow:
    """A touch that was left out, with whom it was for, by a name that no other has."""

    left: LeftOut
    name: str
    who: Whom
    key: Key


@frozen
class Reason:
    """A sentence, and all that was left out for it."""

    sentence: str
    rows: tuple[LeftOutRow, ...]


@frozen
class Group:
    """A kind of reason: its title, its number of touches, and its sentences."""

    title: str
    count: int
    reasons: tuple[Reason, ...]


def left_out(plan: Plan, keys: Mapping[str, Key]) -> list[Group]:
    """What was left out, said once for each sentence; what is required comes first."""
    return [_group(plan, code, keys) for code in summary(plan).left_out]


def _group(plan: Plan, code: ReasonCode, keys: Mapping[str, Key]) -> Group:
    found = [left for left in plan.left_out if left.reason_code is code]
    rows: dict[str, list[LeftOutRow]] = {}
    names = names_apart(plan.territory)
    for left in sorted(found, key=lambda left: not left.required):
        who = whom_of(plan, left)
        rows.setdefault(left.reason, []).append(
            LeftOutRow(left, names.get(left.account_id, left.account_id), who, keys[left.channel])
        )
    reasons = (Reason(sentence, tuple(same)) for sentence, same in rows.items())
    return Group(REASONS[code], len(found), tuple(reasons))
