"""The answer as its user holds it: a plan that tests, sums up and writes itself."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from campaign.costs import Cost, cost_of, expected_cost
from campaign.errors import Finding, InvalidInput, UnreadableFile, WorkIsLogged, raise_errors
from campaign.feasibility import Feasibility, feasibility
from campaign.model.given import asked, taken
from campaign.model.territory import Territory
from campaign.outputs.json import even_records, kinds_of, kinds_of_left_out, left_out_records
from campaign.outputs.plan_table import ALL_COLUMNS, encode, render_left_out, render_rows
from campaign.outputs.proof import (
    installed_versions,
    noted_bounds,
    noted_start,
    of_this_plan,
    read_proof,
    render_proof,
    spare_what_is_in_the_way,
)
from campaign.outputs.summary import Summary, summary
from campaign.phrases import preformatted
from campaign.reading import load, logged_ids, read_plan
from campaign.reading.folder import given_start
from campaign.reading.from_records import findings_of
from campaign.reading.parsing.files import read_bytes
from campaign.reading.plans.campaign_csv import JSON_FILE, plan_of_json
from campaign.reading.plans.plan_tables import cells_by_id
from campaign.rules import violations
from campaign.rules.levels import levels
from campaign.rules.violations import Violation
from campaign.storage.journal import ActKind, recorded
from campaign.storage.plan_files import (
    CAMPAIGN_FILE,
    LEFT_OUT_FILE,
    PROOF_FILE,
    left_out_of,
    proof_of,
)
from campaign.storage.whole import (
    NOTHING_READ,
    backup_of,
    content_of,
    locked,
    refuse_changed,
    target_of,
    write_whole,
)
from campaign.touches import Plan, Status
from campaign.words.shares import lacking

NOT_A_PLAN = (
    *("accounts.csv", "contacts.csv", "promises.csv", "delivered.csv", "refusals.csv"),
    *("drives.csv", "campaign.toml", LEFT_OUT_FILE, PROOF_FILE),
)
"""Names that other files of a campaign folder have, and a plan must not take."""

_A_PATH = "give a territory, or the path of a campaign folder or of a list"

NOTHING_MORE: Mapping[Path, bytes] = MappingProxyType({})

AnyPath = str | PathLike[str]


@frozen(repr=False)
class Campaign(Plan):
    """The touches of a campaign on their days, and what was left out and why.

    Made by `plan`. `levels` hold the figure and the proved bound of each level of the
    objective; `stopped` is true where the search was stopped before its end.
    """

    @classmethod
    def read(cls, path: AnyPath) -> "Campaign":
        """The campaign of a folder, or of a `campaign.csv` beside its lists, as it stands there.

        Its levels are measured anew; their bounds, and whether the search was stopped, are
        those of `plan.json` where that is of this very plan. Raises `UnreadableFile` where
        there is no plan, and `InvalidInput` with every finding of the lists and the plan.
        """
        path = taken(path, Path, "path", "give the path of a campaign folder")
        file = path / CAMPAIGN_FILE if path.is_dir() else path
        if not file.exists():
            raise UnreadableFile(file, "does not exist", "plan first, or name a plan that is there")
        proof = read_proof(proof_of(file))
        reading = load(file.parent, default_start=noted_start(proof))
        if reading.territory is None:
            raise InvalidInput(reading.findings)
        plan, findings = read_plan(file, reading.territory)
        raise_errors(findings)
        found = levels(plan)
        is_own, effort = of_this_plan(proof, plan, read_bytes(file)), proof.get("effort")
        return cls(
            plan.territory,
            plan.touches,
            left_out=plan.left_out,
            levels=noted_bounds(proof, found) if is_own else found,
            effort=effort if is_own and type(effort) is int else 0,
            stopped=is_own and proof.get("stopped") is True,
            joined=plan.joined,
        )

    @classmethod
    def from_json(cls, text: str, territory: Territory) -> "Campaign":
        """The campaign that `campaign export --to json` wrote, of this territory.

        Its levels are measured anew; their bounds hold where their figures are the same.
        Raises `InvalidInput` with every finding, and `UnreadableFile` where it is no such
        text.
        """
        try:
            content = json.loads(text)
        except (TypeError, ValueError, RecursionError) as error:
            remedy = "give the text of a campaign.json"
            raise UnreadableFile(Path(JSON_FILE), "is no JSON", remedy) from error
        plan, findings = plan_of_json(content, territory)
        raise_errors(findings)
        return cls(
            plan.territory,
            plan.touches,
            left_out=plan.left_out,
            levels=noted_bounds(content, levels(plan)),
        )

    def violations(self) -> tuple[Violation, ...]:
        """Every rule that the campaign breaks, worked out without the planner."""
        return verify(self)

    def cost(self) -> Cost | None:
        """What it costs, by channel and kilometre; None where nothing is said of money."""
        return cost_of(self)

    def summary(self) -> Summary:
        """What the campaign comes to; as text, what a rep reads after planning."""
        return summary(self)

    def to_records(self) -> list[dict[str, Any]]:
        """The touches as plain dicts by the columns of `campaign.csv`, for data frames.

        In the order of that file, each column of one type, as `schema` has it. Dates are
        `datetime.date` or None, `required` and `pinned` true or false, numbers numbers;
        `stop`, `travel_minutes` and `home_minutes` are 0 where there is none; `start` and
        `end` are texts such as `09:00`, empty where untimed.
        """
        return even_records(self)

    def left_out_records(self) -> list[dict[str, Any]]:
        """What is left out as plain dicts by the columns of `left-out.csv`."""
        return left_out_records(self)

    @property
    def schema(self) -> Mapping[str, type]:
        """The columns of `to_records` and the type of each, also where there is no row.

        `polars.DataFrame(campaign.to_records(), schema=campaign.schema)`.
        """
        return kinds_of(self)

    @property
    def left_out_schema(self) -> Mapping[str, type]:
        """The same for `left_out_records`."""
        return kinds_of_left_out()

    def _repr_html_(self) -> str:
        """What a notebook shows: the summary."""
        return preformatted(str(self.summary()))

    def write(
        self,
        path: AnyPath,
        *,
        afresh: bool = False,
        beside: Mapping[Path, bytes] = NOTHING_MORE,
        read: Mapping[Path, bytes | None] = NOTHING_READ,
        act: str = "",
    ) -> tuple[Path, ...]:
        """Write `campaign.csv` to a path, `left-out.csv` and `plan.json` beside it.

        Beside another name, `r2.csv`, they are `r2.left-out.csv` and `r2.plan.json`. All three
        are written whole or none of them; the previous three stay beside the new ones with
        `.bak` at their ends. Columns that somebody has added to the file are kept.
        `beside` are further files that are written with them or not at all; `read` is what
        files held when the campaign was made of them (None: there was none): where one holds
        something else by now, nothing is written. `act` is `plan` or `replan` where the journal
        beside the plan is to note it, so that it can be taken back. Returns the three paths.
        Raises `WorkIsLogged` where the file holds logged work that this campaign does not, and
        `UnreadableFile` where what lies in the way of the two beside it is none, unless
        `afresh`; `UnreadableFile` also where a file cannot be written, or has been changed.
        """
        target = Path(path)
        with locked(target):
            held = content_of(target)
            refuse_changed(read)
            logged = frozenset(
                row.touch_id
                for row in self.touches
                if row.status is not Status.PLANNED
                or any((row.outcome, row.done_on, row.again_on, row.note, row.pinned))
            )
            can_be_written(target, logged=logged, afresh=afresh)
            files = self._files(target, b"" if afresh else held or b"")
            contents = {**beside, **files}
            same = {name: data for name, data in read.items() if name in contents}
            noted = recorded(target, ActKind(act), contents) if act else contents
            write_whole(noted, kept=contents, read={**same, target: held})
        return target, *(file for file in files if file != target)

    def is_written_in(self, path: AnyPath) -> bool:
        """Whether a file holds this campaign already, byte for byte."""
        held = content_of(Path(path))
        return held is not None and self._table(Path(path), held) == held

    def _files(self, target: Path, held: bytes) -> dict[Path, bytes]:
        """What to write, with the columns of the rep's own that the file holds."""
        campaign, left_out = self._table(target, held), encode(render_left_out(self))
        versions = installed_versions()
        proof = render_proof(self, campaign=campaign, left_out=left_out, versions=versions)
        # The plan comes last, so that it never stands beside an older proof for long.
        return {
            left_out_of(target): left_out,
            proof_of(target): proof.encode(),
            target: campaign,
        }

    def _table(self, target: Path, held: bytes) -> bytes:
        own = cells_by_id(held, target.name, ALL_COLUMNS)
        return encode(render_rows(self, ((row, own.get(row.touch_id, {})) for row in self.touches)))


def can_be_written(
    target: Path,
    *,
    logged: AbstractSet[str] = frozenset(),
    afresh: bool = False,
) -> None:
    """Raise unless a plan can be written to a path, `left-out.csv` and `plan.json` beside it.

    `logged` are the ids of the logged rows that the new plan holds. Raises `WorkIsLogged` where
    the file holds others, and `UnreadableFile` where what lies in the way of the two beside it
    is none, unless `afresh`; `UnreadableFile` also where nothing can be written.
    """
    target_of(target)
    if target.name.casefold() in NOT_A_PLAN:
        problem = "is the name of another file of a campaign"
        raise UnreadableFile(target, problem, "name another file, as campaign.csv")
    for path in (target, left_out_of(target), proof_of(target)):
        target_of(path)
        if path.exists():
            target_of(backup_of(path))
    if afresh:
        return
    found = logged_ids(target)
    if not set(found) <= logged:
        raise WorkIsLogged(target, len(found))
    spare_what_is_in_the_way(left_out_of(target), proof_of(target))


def verify(plan: Plan) -> tuple[Violation, ...]:
    """Every rule that a plan breaks, worked out without the planner; empty where all hold."""
    return violations(asked(plan, Plan, "plan"))


@frozen
class Checked:
    """What is wrong or doubtful in the input, and whether the rep's hours suffice.

    `feasibility` is None where errors keep the input from being understood; `cost` is what all
    that is owed would cost, None where nothing is said of money.
    """

    findings: tuple[Finding, ...] = field(converter=tuple[Finding, ...])
    feasibility: Feasibility | None = None
    cost: Cost | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What has to be mended before anything can be planned."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What is doubtful, and planned on."""
        return tuple(finding for finding in self.findings if not finding.is_error)

    def __str__(self) -> str:
        """Every finding, then the hours."""
        hours = self.feasibility.lines() if self.feasibility else []
        return "\n".join([*map(str, self.findings), *hours])

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(str(self))


def check(source: Territory | AnyPath, *, start: dt.date | str | None = None) -> Checked:
    """Everything that is wrong or doubtful, then hours needed against hours available.

    `source` is a territory, or the path of a campaign folder or of a list of accounts;
    `start` is the first day where the files name none. Raises `UnreadableFile`.
    """
    if isinstance(source, Territory):
        return checked(source, findings_of(source))
    reading = load(taken(source, Path, "source", _A_PATH), start=given_start(start))
    return checked(reading.territory, reading.findings)


def checked(territory: Territory | None, findings: Iterable[Finding]) -> Checked:
    """Findings, and the hours of the territory where none of them is an error."""
    found = tuple(findings)
    if territory is None or any(finding.is_error for finding in found):
        return Checked(found)
    cost = expected_cost(territory)
    over = [cost.finding] if cost and cost.finding else []
    return Checked((*found, *lacking(territory), *over), feasibility(territory), cost)
