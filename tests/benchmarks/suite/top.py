"""Team Orienteering instances: read, solved by the tour search, judged by their coordinates.

The format is that of Chao, Golden and Wasil (1996): three lines `n`, `m` and `tmax`, then
`x y score` a line, the first point the start and the last one the end.
"""

import csv
import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from math import dist
from pathlib import Path
from statistics import mean

from attrs import field, frozen

from suite.children import Cost

BEST_KNOWN = "best_known.csv"
TOLERANCE = 1e-6
HEAD_LINES = 3
Point = tuple[float, float]
Routes = tuple[tuple[int, ...], ...]


@frozen
class Instance:
    """One question: the best score of so many tours, none longer than the longest."""

    name: str
    points: tuple[Point, ...] = field(repr=False)
    scores: tuple[int, ...] = field(repr=False)
    tours: int
    longest: float

    @property
    def start(self) -> int:
        """Where every tour starts: the first point."""
        return 0

    @property
    def end(self) -> int:
        """Where every tour ends: the last point."""
        return len(self.points) - 1


@frozen
class Score:
    """What a solver reached on an instance, recomputed; or what is wrong with its routes."""

    instance: str
    solver: str
    score: int = field(default=0, kw_only=True)
    best: int | None = field(default=None, kw_only=True)
    effort: int = field(default=0, kw_only=True)
    cost: Cost = field(default=Cost(0.0, 0.0, 0.0), kw_only=True)
    fault: str = field(default="", kw_only=True)

    @property
    def gap(self) -> float | None:
        """How far it lies below the best known, as a part of it; None where none is known.

        Where the best known is 0 there is nothing to miss; a fault misses everything.
        """
        if self.best is None:
            return None
        return (self.best - self.score) / self.best if self.best else 0.0


def read_instance(path: Path) -> Instance:
    """The instance in a file; raises `ValueError` with the line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise ValueError(f"{path} cannot be read as an instance") from error
    lines = [line.split() for line in text.splitlines()]
    rows = [(number, cells) for number, cells in enumerate(lines, start=1) if cells]
    head = dict(_setting(path, *row) for row in rows[:HEAD_LINES])
    if set(head) != {"n", "m", "tmax"}:
        raise ValueError(f"{path}: the first lines are not n, m and tmax")
    places = [_place(path, *row) for row in rows[HEAD_LINES:]]
    if len(places) != head["n"]:
        raise ValueError(f"{path}: {len(places)} points, {head['n']:g} are announced")
    points = tuple((x, y) for x, y, _ in places)
    scores = tuple(int(score) for _, _, score in places)
    return Instance(path.stem, points, scores, tours=int(head["m"]), longest=head["tmax"])


def _setting(path: Path, number: int, cells: list[str]) -> tuple[str, float]:
    try:
        name, value = cells
        return name, float(value)
    except ValueError as error:
        raise ValueError(f"{path}:{number}: not a name and a number, as `tmax 25.0`") from error


def _place(path: Path, number: int, cells: list[str]) -> tuple[float, float, float]:
    try:
        x, y, score = map(float, cells)
    except ValueError as error:
        raise ValueError(f"{path}:{number}: not three numbers: x, y, score") from error
    return x, y, score


def read_best_known(folder: Path) -> dict[str, int]:
    """The best known totals by instance; raises `ValueError` where the list is wanting."""
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder}; name one with instances in it")
    path = folder / BEST_KNOWN
    if not path.is_file():
        raise ValueError(f"{folder} has no {BEST_KNOWN}, with the best known total of each")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["instance"]: int(row["best_known"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError) as error:
        raise ValueError(f"{path} is no list with the columns instance and best_known") from error


def chosen(folder: Path, *, sets: Collection[str], names: Collection[str]) -> list[Path]:
    """The files of a folder to solve, in order: by name where there are names, else by set.

    A file whose name tells no set (`p4.2.a` is of set 4) belongs to every set. Raises
    `ValueError` for a name that no file has.
    """
    if names:
        named = [folder / f"{name}.txt" for name in names]
        lacking = ", ".join(path.name for path in named if not path.is_file())
        if lacking:
            raise ValueError(f"{folder} has no {lacking}")
        return named
    return sorted(
        path for path in folder.glob("*.txt") if _is_instance(path) and _set_of(path) in {*sets, ""}
    )


def _set_of(path: Path) -> str:
    found = re.match(r"p(\d+)\.", path.name)
    return found[1] if found else ""


def _is_instance(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return re.fullmatch(r"n\s+\d+\s*", file.readline()) is not None


def total(instance: Instance, routes: Routes) -> int:
    """The score of routes, recomputed; raises `ValueError` for routes that break a rule."""
    faults = list(_faults(instance, routes))
    if faults:
        raise ValueError("; ".join(faults))
    return sum(instance.scores[point] for route in routes for point in route)


def _faults(instance: Instance, routes: Routes) -> Iterator[str]:
    driven = [route for route in routes if route]
    visited = [point for route in driven for point in route]
    if len(driven) > instance.tours:
        yield f"{len(driven)} routes, {instance.tours} are allowed"
    if len(visited) != len(set(visited)):
        yield "a point is visited twice"
    ends = {instance.start, instance.end}
    if not all(0 <= point < len(instance.points) and point not in ends for point in visited):
        yield "a route names a point that is none, or the start or the end"
        return
    for number, route in enumerate(driven, start=1):
        length = length_of(instance, route)
        if length > instance.longest + TOLERANCE:
            yield f"route {number} is {length:.6f} long, {instance.longest} is allowed"


def length_of(instance: Instance, route: tuple[int, ...]) -> float:
    """How long a route is, from the start to the end."""
    stops = (instance.start, *route, instance.end)
    places = [instance.points[stop] for stop in stops]
    return sum(dist(one, other) for one, other in pairwise(places))


def mean_gap(scores: Collection[Score]) -> float:
    """The mean gap to the best known, over the instances of which one is known."""
    gaps = [score.gap for score in scores if score.gap is not None]
    return mean(gaps) if gaps else 0.0
