"""Tables of measures as text and as Markdown, growth between sizes, and comparisons."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import log

from campaign import Level
from suite.generator import Shape
from suite.measuring import PLANNER, Measure

Cells = tuple[str, ...]
COUNTED = ("owed", "in_time", "floor", "required")
SHARES = ("owed", "floor", "required")
FEWER = ("in_time", "service", "comfort")
HEAD: Cells = (
    "territory",
    "way",
    *SHARES,
    *FEWER,
    "visits",
    "touches",
    "CPU s",
    "wall s",
    "MB",
    "verified",
)
LEGEND = (
    "owed, floor, required: per cent of all that is owed, in brackets per cent below the proved "
    "bound (none: not known); in_time: days late of what is owed; service: weighted late days; "
    "comfort: minutes; of these three fewer are better"
)


def table(head: Cells, rows: Iterable[Cells], *, markdown: bool = False) -> str:
    """Cells in columns: the first two to the left, the rest to the right."""
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = [[_padded(text, at, widths[at]) for at, text in enumerate(row)] for row in cells]
    if not markdown:
        return "\n".join("  ".join(line).rstrip() for line in lines)
    rule = ["---" if at < _LEFT else "---:" for at in range(len(head))]
    return "\n".join("| " + " | ".join(line) + " |" for line in [lines[0], rule, *lines[1:]])


_LEFT = 2


def _padded(text: str, column: int, width: int) -> str:
    return text.ljust(width) if column < _LEFT else text.rjust(width)


def row_of(measure: Measure) -> Cells:
    """One measure as a row of the table."""
    start = (measure.instance, measure.method)
    if measure.fault:
        return (*start, *[""] * (len(HEAD) - 3), f"no: {measure.fault}")
    cost = measure.cost
    return (
        *start,
        *(level_cell(measure.level(name)) for name in SHARES),
        *(_figure(measure.level(name)) for name in FEWER),
        f"{measure.visits}",
        f"{measure.touches}",
        f"{cost.cpu:.1f}",
        f"{cost.wall:.1f}",
        f"{cost.memory:.0f}",
        "yes" if measure.is_verified else f"no: {measure.broken} broken",
    )


def level_cell(level: Level | None) -> str:
    """A level in per cent of all that is owed, and how far its bound lies above."""
    if level is None or level.share is None:
        return ""
    share = f"{100 * level.share:.2f}"
    gap = gap_of(level)
    return share if gap is None else f"{share} ({100 * gap:.2f})"


def gap_of(level: Level) -> float | None:
    """How far a figure lies below its bound, as a part of the bound; None: not known."""
    if level.bound is None:
        return None
    return (level.bound - level.figure) / level.bound if level.bound else 0.0


def _figure(level: Level | None) -> str:
    return "" if level is None else f"{level.figure}"


def growth(measures: Sequence[Measure], shapes: dict[str, Shape]) -> list[Cells]:
    """How the planner's CPU seconds grow between sizes: the exponent e of n^e."""
    kinds = [
        (shapes[m.instance], m)
        for m in measures
        if m.method == PLANNER and not m.fault and m.instance in shapes
    ]
    found: list[Cells] = []
    ordered = sorted(kinds, key=lambda kind: (_kind(kind[0]), kind[0].accounts))
    for name, group in groupby(ordered, key=lambda kind: _kind(kind[0])):
        points = [(shape.accounts, measure.cost.cpu) for shape, measure in group]
        for (few, before), (many, after) in pairwise(points):
            found.append((name, f"{few} to {many}", _exponent(few, many, before, after)))
        if len(points) > _TWO:
            (few, before), (many, after) = points[0], points[-1]
            found.append((name, f"{few} to {many}", _exponent(few, many, before, after)))
    return found


_TWO = 2
GROWTH_HEAD: Cells = ("load, geography, seed", "accounts", "exponent of CPU s")


def _kind(shape: Shape) -> str:
    return f"{shape.load:g} {shape.geography} {shape.seed}"


def _exponent(few: int, many: int, before: float, after: float) -> str:
    if few == many or before <= 0 or after <= 0:
        return ""
    return f"{log(after / before) / log(many / few):.2f}"


def contests(measures: Sequence[Measure]) -> Iterator[Cells]:
    """Against each baseline, the first level at which the planner is ahead or behind."""
    for instance, group in groupby(measures, key=lambda measure: measure.instance):
        rows = list(group)
        ours = next((row for row in rows if row.method == PLANNER and not row.fault), None)
        for other in rows:
            if ours is not None and other.method != PLANNER and not other.fault:
                yield instance, other.method, *_contest(ours, other)


CONTEST_HEAD: Cells = ("territory", "against", "the planner is", "behind at")


def _contest(ours: Measure, other: Measure) -> Cells:
    names = [level.name for level in ours.levels]
    leads = [_lead(ours.level(name), other.level(name)) for name in names]
    behind = [n for n, lead in zip(names, leads, strict=True) if lead < 0 and n in COUNTED]
    decided = next(((n, lead) for n, lead in zip(names, leads, strict=True) if lead), None)
    if decided is None:
        return "level", "nothing"
    name, lead = decided
    return f"{'ahead' if lead > 0 else 'BEHIND'} at {name}", ", ".join(behind) or "nothing"


def _lead(ours: Level | None, other: Level | None) -> int:
    """How much better a figure is than another: more is better where a possible is known."""
    if ours is None or other is None:
        return 0
    more = ours.figure - other.figure
    return more if ours.possible is not None else -more


COMPARE_HEAD: Cells = (
    "territory",
    "way",
    *SHARES,
    *FEWER,
    "CPU s ratio",
    "MB ratio",
)


def compared(now: Iterable[Measure], before: Iterable[Measure]) -> Iterator[Cells]:
    """Figures more or fewer than in a saved run, and seconds and memory as ratios to it."""
    saved = {(row.instance, row.method): row for row in before}
    for row in now:
        old = saved.get((row.instance, row.method))
        if old is None or old.fault or row.fault:
            continue
        yield (
            row.instance,
            row.method,
            *(_more(row, old, name) for name in (*SHARES, *FEWER)),
            ratio(row.cost.cpu, old.cost.cpu),
            ratio(row.cost.memory, old.cost.memory),
        )


def _more(row: Measure, old: Measure, name: str) -> str:
    now, before = row.level(name), old.level(name)
    return "" if now is None or before is None else f"{now.figure - before.figure:+d}"


def ratio(now: float, before: float) -> str:
    """A ratio as tables show it; empty where there is nothing to divide by."""
    return f"{now / before:.2f}" if before else ""
