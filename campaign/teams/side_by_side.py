"""Every rep's campaign, side by side on any executor."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from pathlib import Path

from attrs import evolve

from campaign.answer import AnyPath
from campaign.model.given import taken
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.teams.splitting import Split
from campaign.teams.team import Failed, Part, Team, folder_name, part_of, write_folder
from campaign.touches import Effort

_AHEAD = 64
"""How many reps are handed to the executor at once, so that the rest need not be in memory."""


def plan_all(
    territories: Split | Mapping[str, Territory] | Iterable[tuple[str, Territory]],
    *,
    executor: Executor | None = None,
    effort: Effort | int = "normal",
    folder: AnyPath | None = None,
) -> Team:
    """Plan many territories, one a rep, each exactly as `plan` would by itself.

    `territories` are those of `split`, a mapping by rep, or pairs that are made one by one.
    `executor` is any of `concurrent.futures` (processes, threads) or Dask's
    `client.get_executor()`; without one they are planned one after the other. One that fails
    is kept by its rep under `failures`, and stops no other. With a `folder` each plan is
    written to a folder of its rep as soon as it is there, and only its figures stay in memory.
    """
    found = territories.findings if isinstance(territories, Split) else ()
    pairs = territories.items() if isinstance(territories, (Split, Mapping)) else territories
    pairs = taken(pairs, iter, "territories", "give what split gives, or a mapping by rep")
    target = None if folder is None else Path(folder)
    if executor is None:
        done = {rep: _planned(rep, each, effort, target) for rep, each in pairs}
    else:
        done = _on(executor, pairs, effort, target)
    return Team(
        {rep: each for rep, each in done.items() if isinstance(each, Part)},
        failures={rep: each for rep, each in done.items() if isinstance(each, Failed)},
        findings=found,
    )


def _on(
    executor: Executor,
    pairs: Iterator[tuple[str, Territory]],
    effort: Effort | int,
    folder: Path | None,
) -> dict[str, Part | Failed]:
    """What becomes of each rep, in their order, a few of them at work at a time."""
    done: dict[str, Part | Failed | None] = {}
    waiting: dict[Future[Part | Failed], str] = {}
    while True:
        for rep, territory in islice(pairs, _AHEAD - len(waiting)):
            done[rep] = None  # keeps its place
            waiting[executor.submit(_planned, rep, territory, effort, folder)] = rep
        if not waiting:
            return {rep: each for rep, each in done.items() if each is not None}
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            rep = waiting.pop(future)
            try:
                done[rep] = future.result()
            except Exception as error:  # noqa: BLE001 (a worker that is gone, or what cannot travel)
                done[rep] = _failed(rep, error)


def _planned(
    rep: str, territory: Territory, effort: Effort | int, folder: Path | None
) -> Part | Failed:
    """One rep's plan; never raises, so that one fault stops nobody else."""
    try:
        campaign = plan(territory, effort=effort)
        if folder is None:
            return part_of(rep, campaign, campaign=campaign)
        file = write_folder(campaign, folder / folder_name(rep))
        return evolve(part_of(rep, campaign), folder=file.parent)
    except Exception as error:  # noqa: BLE001 (whatever it is, it is told by its rep)
        return _failed(rep, error)


def _failed(rep: str, error: Exception) -> Failed:
    return Failed(rep, type(error).__name__, str(error))
