"""`campaign rehearse`: the quarter lived before it begins."""

from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from campaign import rehearse
from campaign_cli import options
from campaign_cli.commands.compare import show_figures
from campaign_cli.options import Source

MOST_RUNS = 1000


@click.command("rehearse")
@options.takes_source
@click.option(
    "--runs",
    type=click.IntRange(1, MOST_RUNS),
    default=20,
    show_default=True,
    help="How many times to live the quarter.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Which luck to have.")
@options.jobs("How many to live at a time.")
@options.effort("quick")
@options.output("Write it there as a page, as figures.html.")
@options.as_json
def command(source: Source, *, jobs: int, output: Path | None, **lived: Any) -> None:  # noqa: ANN401
    """Live the quarter before it begins.

    Some times over, and tells what the plan still delivers.

    PATH is a campaign folder or a list of accounts. Calls are not answered, mail comes back,
    the rep is ill, customers complain, accounts come and go, and each Monday the rest is
    planned anew. Beside it the same quarters of a rep who keeps to the first plan.
    """
    territory = source.read()
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as executor:
        show_figures(rehearse(territory, executor=executor, **lived), output)
