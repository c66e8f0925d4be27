"""A run over territories: each planned and measured, the tables printed and saved."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from suite import tables
from suite.generator import Shape
from suite.measuring import PLANNER, Job, Measure, measured_instance
from suite.saving import about, save, saved_measures


def run(shapes: Sequence[Shape], options: argparse.Namespace) -> int:
    """Measure territories and folders; 1 where a plan is missing or breaks a rule."""
    before = saved_measures(options.compare) if options.compare else []
    jobs = [Job(PLANNER, shape=shape, effort=options.effort) for shape in shapes]
    folders = options.territory or []
    jobs += [Job(PLANNER, folder=str(path), effort=options.effort) for path in folders]
    measures = list(_measures(jobs, options))
    sizes = {shape.name: shape for shape in shapes}
    text = "\n\n".join(report(measures, sizes, before))
    print(text)
    for path in options.save:
        if path.suffix == ".md":
            text = "\n\n".join(report(measures, sizes, before, markdown=True))
        save(path, text, measures=measures)
    return 0 if all(measure.is_verified for measure in measures) else 1


def _measures(jobs: Sequence[Job], options: argparse.Namespace) -> Iterator[Measure]:
    with ThreadPoolExecutor(options.jobs) as pool:
        all_rows = pool.map(
            lambda job: measured_instance(job, baselines=not options.no_baselines), jobs
        )
        for rows in all_rows:
            for row in rows:
                print("  ".join(tables.row_of(row)), file=sys.stderr, flush=True)
            yield from rows


def report(
    measures: Sequence[Measure],
    shapes: dict[str, Shape],
    before: Sequence[Measure],
    *,
    markdown: bool = False,
) -> Iterator[str]:
    """What a run comes to, a paragraph or a table each; empty tables are left away."""
    yield ", ".join(f"{name} {value}" for name, value in about().items())
    yield tables.table(tables.HEAD, map(tables.row_of, measures), markdown=markdown)
    yield tables.LEGEND
    others = (
        (tables.CONTEST_HEAD, list(tables.contests(measures))),
        (tables.GROWTH_HEAD, tables.growth(measures, shapes)),
        (tables.COMPARE_HEAD, list(tables.compared(measures, before))),
    )
    for head, rows in others:
        if rows:
            yield tables.table(head, rows, markdown=markdown)
