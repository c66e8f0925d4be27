"""Every rep's campaign, side by side on any executor, and what all of them come to."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import asdict, evolve, field, frozen

from campaign.answer import AnyPath, Campaign
from campaign.errors import Finding, UnreadableFile
from campaign.model.given import taken
from campaign.model.territory import Territory
from campaign.model.values import FrozenDict, frozen_mapping, grouped
from campaign.outputs.campaign_folder import render_folder
from campaign.outputs.figures import FigureTable, render_figures, render_figures_workbook
from campaign.outputs.json import even_records
from campaign.outputs.summary import Summary, covered_by_month, summary
from campaign.phrases import preformatted
from campaign.planning import plan
from campaign.reading import load
from campaign.rules.levels import levels
from campaign.storage.plan_files import CAMPAIGN_FILE
from campaign.storage.whole import make_folder, write_whole
from campaign.teams.splitting import Split
from campaign.touches import Effort, Level, Plan

COVERAGE_FILE, WORKBOOK_FILE, PAGE_FILE = "coverage.csv", "team.xlsx", "team.html"
_OF_A_REP = ("Rep", "Accounts", "Touched in every month", "Of", "Touches", "Hours", "Left out")
_OF_A_MONTH = ("Rep", "Tier", "Month", "Accounts", "Touched", "Per cent")
_COVERED = "The accounts that are owed a touch in the month, and those that get one."
_NO_DAY = dt.date(2000, 1, 1)
_PER_CENT = 100
_AHEAD = 64
"""How many reps are handed to the executor at once, so that the rest need not be in memory."""


@frozen
class Covered:
    """The accounts of one tier that are owed a touch in a month, and those that get one."""

    tier: str
    month: int
    accounts: int
    touched: int

    @property
    def share(self) -> float:
        """The part that is touched, 0 to 1."""
        return self.touched / self.accounts if self.accounts else 1.0


@frozen
class Part:
    """One rep's plan: its figures, and the plan itself or the folder in which it lies.

    `accounts` are the ids of those that are worked.
    """

    rep: str
    summary: Summary
    coverage: tuple[Covered, ...] = field(kw_only=True)
    accounts: tuple[str, ...] = field(kw_only=True)
    campaign: Campaign | None = field(default=None, kw_only=True, repr=False)
    folder: Path | None = field(default=None, kw_only=True)

    def plan(self) -> Campaign:
        """The plan, read again where it was written to a folder."""
        if self.campaign is not None:
            return self.campaign
        if self.folder is None:
            raise UnreadableFile(Path(self.rep), "was not kept", "plan again")
        return Campaign.read(self.folder)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of the objective."""
        return self.summary.levels


@frozen
class Failed:
    """A rep whose planning failed: the kind of the error, and its text."""

    rep: str
    kind: str
    text: str

    def __str__(self) -> str:
        """The rep, and what went wrong."""
        return f"{self.rep}: {self.text or self.kind}"


@frozen
class Team:
    """The plans of many reps, and whose planning failed, by rep in their order."""

    parts: Mapping[str, Part] = field(converter=frozen_mapping)
    failures: Mapping[str, Failed] = field(
        default=FrozenDict(), converter=frozen_mapping, kw_only=True
    )
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)

    def coverage(self) -> list[dict[str, Any]]:
        """A record for each rep, tier and month: the accounts owed a touch, and touched."""
        return [
            {"rep": part.rep, **asdict(row), "share": row.share}
            for part in self.parts.values()
            for row in part.coverage
        ]

    def to_records(self) -> list[dict[str, Any]]:
        """The touches of all reps, with the rep first, else as `Campaign.to_records` has them."""
        return [
            {"rep": part.rep, **record}
            for part in self.parts.values()
            for record in even_records(part.plan())
        ]

    def shared(self) -> tuple[Finding, ...]:
        """A notice on each account that two reps work: they would touch it at cross purposes."""
        owners: dict[str, list[str]] = {}
        for part in self.parts.values():
            for account_id in part.accounts:
                owners.setdefault(account_id, []).append(part.rep)
        return tuple(
            Finding.notice(
                "accounts",
                f'"{account_id}" is worked by {" and ".join(reps)}',
                "leave it with one of them",
                column="account_id",
            )
            for account_id, reps in owners.items()
            if len(reps) > 1
        )

    @property
    def _figures(self) -> list[tuple[str, list[int]]]:
        """A row a rep, then all: accounts, touched every month, of, touches, minutes, left out."""
        rows = []
        for part in self.parts.values():
            found, every = part.summary, part.summary.every_month
            placed = found.required.reached + found.optional.reached
            left_out = sum(found.left_out.values())
            accounts = len(part.accounts)
            rows.append([accounts, every.reached, every.of, placed, found.minutes, left_out])
        total = [sum(column) for column in zip(*rows, strict=True)] or [0] * 6
        return [*zip(self.parts, rows, strict=True), ("All reps", total)]

    @property
    def _amiss(self) -> list[tuple[str, str]]:
        """What needs a look: whose planning failed, and what was found."""
        failed = [("not planned", str(failed)) for failed in self.failures.values()]
        found = (*self.findings, *self.shared())
        return [*failed, *(("notice", str(finding)) for finding in found)]

    def summary(self) -> str:
        """A line for each rep, the sum of all, and what went wrong."""
        wide = max(map(len, (*self.parts, "All reps")))
        lines = [f"{'Rep':{wide}}  accounts  every month  touches  hours  left out"]
        for name, (accounts, part, of, placed, minutes, left_out) in self._figures:
            share = f"{_PER_CENT * part / of:.0f} %" if of else "-"
            hours = f"{minutes / 60:5.0f}"
            row = f"{accounts:8}  {share:>11}  {placed:7}  {hours}  {left_out:8}"
            lines.append(f"{name:{wide}}  {row}")
        covered = [row for part in self.parts.values() for row in part.coverage]
        covered.sort(key=lambda row: (row.tier, row.month))
        lines.append("")
        for tier, of_tier in grouped(covered, lambda row: row.tier).items():
            months = grouped(of_tier, lambda row: row.month)
            cells = (
                f"month {month}: {sum(r.touched for r in rows)} of {sum(r.accounts for r in rows)}"
                for month, rows in months.items()
            )
            lines.append(f"Tier {tier}  {', '.join(cells)}")
        return "\n".join([*lines, *(f"{kind}: {what}" for kind, what in self._amiss)])

    def __str__(self) -> str:
        """The same as `summary`."""
        return self.summary()

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(self.summary())

    def tables(self) -> tuple[FigureTable, ...]:
        """The roll-up: a row a rep, coverage by tier and month, and what needs a look."""
        reps = tuple(
            (rep, accounts, part, of, placed, minutes / 60, left_out)
            for rep, (accounts, part, of, placed, minutes, left_out) in self._figures
            if self.parts
        )
        covered = tuple(
            (c["rep"], c["tier"], c["month"], c["accounts"], c["touched"], _PER_CENT * c["share"])
            for c in self.coverage()
        )
        amiss = FigureTable("Needs a look", ("", "What"), tuple(self._amiss))
        return (
            FigureTable("By rep", _OF_A_REP, reps),
            FigureTable("By tier and month", _OF_A_MONTH, covered, lead=_COVERED),
            *((amiss,) if amiss.rows else ()),
        )

    def to_html(self) -> str:
        """The roll-up as a page: proof of coverage for whoever answers for the team."""
        return render_figures("The team", self.tables())

    def to_xlsx(self) -> bytes:
        """The roll-up as a workbook, a sheet a table."""
        days = (part.summary.first_day for part in self.parts.values())
        first = min(filter(None, days), default=_NO_DAY)
        return render_figures_workbook("The team", self.tables(), created=first)

    def write(self, folder: AnyPath) -> tuple[Path, ...]:
        """Write a folder for each rep, its lists, settings and plan, and the roll-up beside them.

        The roll-up is `coverage.csv`, `team.xlsx` and `team.html`. A rep whose plan lies in its
        folder already is left as it is. Returns what was written. Raises `UnreadableFile` where
        a file cannot be written.
        """
        folder = Path(folder)
        places = {part.rep: folder / folder_name(part.rep) for part in self.parts.values()}
        files = [
            write_folder(part.plan(), places[part.rep])
            for part in self.parts.values()
            if part.folder != places[part.rep]
        ]
        make_folder(folder)
        rolled_up = {
            folder / COVERAGE_FILE: _csv(self.coverage()),
            folder / WORKBOOK_FILE: self.to_xlsx(),
            folder / PAGE_FILE: self.to_html().encode(),
        }
        write_whole(rolled_up)
        return (*files, *rolled_up)


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


def part_of(rep: str, plan: Plan, *, campaign: Campaign | None = None) -> Part:
    """What one rep's plan comes to."""
    return Part(
        rep,
        summary(plan),
        coverage=tuple(Covered(*row) for row in covered_by_month(plan)),
        accounts=tuple(account.account_id for account in plan.territory.active_accounts),
        campaign=campaign,
    )


def folder_name(rep: str) -> str:
    """The name of the folder of a rep: letters, digits and plain signs only."""
    safe = "".join(sign if sign.isalnum() or sign in "-_. " else "_" for sign in rep).strip(". ")
    return safe or "_"


def write_folder(campaign: Campaign, folder: Path) -> Path:
    """Write a plan and all that it was made of; returns the path of its `campaign.csv`."""
    make_folder(folder)
    lists = {folder / name: data for name, data in render_folder(campaign.territory).items()}
    if any(one.coordinates and not one.timezone for one in campaign.territory.accounts):
        # Reading finds the zones of the places. If the plan is as good then, it is proved for that.
        write_whole(lists)
        now = load(folder).territory
        as_read = evolve(campaign, territory=now) if now else campaign
        if now and levels(as_read) == levels(campaign) and not as_read.violations():
            campaign = as_read
    campaign.write(folder / CAMPAIGN_FILE, beside=lists)
    return folder / CAMPAIGN_FILE


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
