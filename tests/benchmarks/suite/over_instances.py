"""A run over Team Orienteering instances: solved, judged, set beside the best known."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from suite import solvers
from suite.saving import about, save, saved_tours
from suite.solvers import PYVRP, SEARCH, Question, answered_in_child, has_peer, has_search
from suite.tables import Cells, ratio, table
from suite.top import Score, chosen, mean_gap, read_best_known, read_instance

HEAD: Cells = (
    "instance",
    "solver",
    "score",
    "best known",
    "gap %",
    "CPU s",
    "wall s",
    "effort",
    "",
)
COMPARE_HEAD: Cells = ("instance", "solver", "score", "CPU s ratio")


def run(options: argparse.Namespace) -> int:
    """Solve the instances; the last line is the mean gap of the tour search, of no other.

    1 where a route breaks a rule or a solver fails. Raises `ValueError` for instances that
    cannot be read, and where a solver is not there.
    """
    questions = list(_questions(options))
    before = saved_tours(options.compare) if options.compare else []
    with ThreadPoolExecutor(options.jobs) as pool:
        scores = []
        for score in pool.map(answered_in_child, questions):
            print("  ".join(_row(score)), file=sys.stderr, flush=True)
            scores.append(score)
    text = "\n\n".join(report(scores, before))
    print(text)
    for path in options.save:
        if path.suffix == ".md":
            text = "\n\n".join(report(scores, before, markdown=True))
        save(path, text, tours=scores)
    return 1 if any(score.fault for score in scores) else 0


def _questions(options: argparse.Namespace) -> Iterator[Question]:
    if not has_search():
        raise ValueError(f"this version of the library has no {solvers.ORIENTEERING}")
    if options.peer and not has_peer():
        raise ValueError("pyvrp is not installed; pip install '.[benchmark]'")
    folder: Path = options.instances
    best = read_best_known(folder)
    paths = chosen(folder, sets=options.sets, names=options.names)
    if not paths:
        raise ValueError(f"{folder} holds no instance of the sets {', '.join(options.sets)}")
    for instance in map(read_instance, paths):
        for solver in (SEARCH, PYVRP) if options.peer else (SEARCH,):
            yield Question(
                instance, solver, cpu_seconds=options.cpu_seconds, best=best.get(instance.name)
            )


def report(
    scores: Sequence[Score], before: Sequence[Score], *, markdown: bool = False
) -> Iterator[str]:
    """What a run comes to; the mean gap of the tour search stands last."""
    yield ", ".join(f"{name} {value}" for name, value in about().items())
    yield table(HEAD, map(_row, scores), markdown=markdown)
    rows = list(_compared(scores, before))
    if rows:
        yield table(COMPARE_HEAD, rows, markdown=markdown)
    peers = [score for score in scores if score.solver == PYVRP]
    if peers:
        yield f"mean gap of {PYVRP}: {100 * mean_gap(peers):.2f} %"
    ours = [score for score in scores if score.solver == SEARCH]
    yield f"mean gap to best known: {100 * mean_gap(ours):.2f} %"


def _row(score: Score) -> Cells:
    return (
        score.instance,
        score.solver,
        f"{score.score}",
        "not known" if score.best is None else f"{score.best}",
        "" if score.gap is None else f"{100 * score.gap:.2f}",
        f"{score.cost.cpu:.1f}",
        f"{score.cost.wall:.1f}",
        f"{score.effort or ''}",
        f"error: {score.fault}" if score.fault else "",
    )


def _compared(scores: Sequence[Score], before: Sequence[Score]) -> Iterator[Cells]:
    saved = {(score.instance, score.solver): score for score in before}
    for now in scores:
        old = saved.get((now.instance, now.solver))
        if old is not None:
            more = f"{now.score - old.score:+d}"
            yield now.instance, now.solver, more, ratio(now.cost.cpu, old.cost.cpu)
