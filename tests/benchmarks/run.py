"""Measure the planner on territories made by rule.

    python tests/benchmarks/run.py

How to read what it prints: docs/how-to/measure.md.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from suite import over_territories
from suite.generator import Shape
from suite.places import GEOGRAPHIES

Value = TypeVar("Value")

SIZES, LOADS = [50, 150, 500], [0.6, 0.9, 1.3]
BESIDE = (
    Shape(150, 0.9, "city"),
    Shape(150, 0.9, "rural"),
    Shape(150, 1.3, "none"),
    Shape(500, 1.3, "none"),
)
"""What a run without options measures beside its grid of mixed territories."""
QUICK = (Shape(50, 0.9), Shape(150, 1.3, "none"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 where a plan is not right."""
    options = parser().parse_args(arguments)
    try:
        return over_territories.run(shapes(options), options)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def shapes(options: argparse.Namespace) -> list[Shape]:
    """The territories to make: a grid, the quick two, or the default ones."""
    if options.quick:
        return list(QUICK)
    named = (options.sizes, options.loads, options.geographies, options.seeds)
    if options.territory and not any(named):
        return []
    grid = [
        Shape(size, load, geography, seed)
        for geography in options.geographies or ["mixed"]
        for load in options.loads or LOADS
        for seed in options.seeds or [1]
        for size in options.sizes or SIZES
    ]
    return grid if any(named) else [*grid, *BESIDE]


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(description=__doc__, formatter_class=_Help)
    _territories(found.add_argument_group("territories"))
    _all(found.add_argument_group("all runs"))
    return found


_Help = argparse.RawDescriptionHelpFormatter
_Group = argparse._ArgumentGroup  # noqa: SLF001 (argparse gives its groups no other name)


def _territories(group: _Group) -> None:
    add = group.add_argument
    add("--sizes", type=listed(int), help="accounts, as 50,150,2000")
    add("--loads", type=listed(float), help="minutes needed over available, as 0.9,1.3")
    add("--geographies", type=listed(_geography), help=", ".join(GEOGRAPHIES))
    add("--seeds", type=listed(int), help="of the generator, as 1,2,3")
    add("--territory", action="append", type=Path, help="a campaign folder; repeat for more")
    add("--quick", action="store_true", help="two small territories, about two minutes")
    add("--effort", default="normal", type=_effort, help="quick, normal, thorough or a number")
    add("--no-baselines", action="store_true", help="the planner alone")


def _all(group: _Group) -> None:
    add = group.add_argument
    add("--jobs", type=_jobs, default=1, help="measurements at a time (1)")
    add("--save", action="append", type=Path, metavar="FILE", default=[], help=".json or .md")
    add("--compare", type=Path, metavar="FILE.json", help="set beside a saved run")


def listed(kind: Callable[[str], Value]) -> Callable[[str], list[Value]]:
    """A reader of values with commas between them."""

    def values(text: str) -> list[Value]:
        try:
            return [kind(part.strip()) for part in text.split(",") if part.strip()]
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{text}: {error}") from error

    return values


def _geography(text: str) -> str:
    if text not in GEOGRAPHIES:
        raise ValueError(f"write of {', '.join(GEOGRAPHIES)}")
    return text


def _effort(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def _jobs(text: str) -> int:
    jobs = int(text)
    if jobs < 1:
        raise argparse.ArgumentTypeError("write 1 or more")
    return jobs


if __name__ == "__main__":
    sys.exit(main())
