"""A written plan back to values: campaign.csv and left-out.csv, or the workbook of both."""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from campaign.consequences import with_lived
from campaign.errors import Finding, UnreadableFile
from campaign.model.outcomes import OF_AN_ACCOUNT, OUTCOMES, Outcome, outcomes_of, to_outcome
from campaign.model.territory import Territory
from campaign.reading import cells
from campaign.reading.columns.headings import Columns, lacks, match, missing
from campaign.reading.findings import few_of_each_kind
from campaign.reading.lists.records import Cells, Records
from campaign.reading.parsing.files import exists, read_bytes
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table, parse_table
from campaign.reading.plans.plan_tables import lost_zeros, plan_tables, with_orders
from campaign.storage.plan_files import LEFT_OUT_FILE, proof_of
from campaign.touches import HEARD, PARAGRAPH, LeftOut, Plan, ReasonCode, Status, Touch

JSON_FILE = "campaign.json"
Item = TypeVar("Item", Touch, LeftOut)
Value = TypeVar("Value")

_NAMES = ("account_id", "contact_id", "channel", "cadence", "step")
_TOUCH_REQUIRED = ("touch_id", "date", *_NAMES, "purpose", "required", "minutes")
_TOUCH_OTHERS = (
    *("day", "planned_on", "stop", "start", "end", "travel_minutes", "home_minutes", "arrives"),
    *("due", "late", "told"),
    *("status", "outcome", "done_on", "again_on", "note", "say", "brief", "why", "pinned"),
    "night",
)
_LEFT_OUT_REQUIRED = ("touch_id", *_NAMES, "required", "reason_code", "reason")
_WHO = ("account_id", "account", "contact_id", "contact")
_EMPTY = "is empty; write the plan again, or fill it in"
_LOGGED = ("outcome", "done_on", "again_on", "note")
_KEEP_ID = "keep the id that the plan was written with"
_TICKS = frozenset({"x", "\u2713", "\u2714", "\u2611", "yes", "y", "true", "1", "ja", "wahr"})
_NOT_MADE = (Status.MISSED, Status.SKIPPED, Status.CANCELLED)


def read_plan(
    path: str | Path, territory: Territory, *, today: dt.date = dt.date.max
) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan that a campaign.csv holds, and every cell of it that cannot be read.

    The workbook that is made of a plan is read as well, with what is left out in it.
    Names that the territory does not know are no findings: the rules judge them. A row
    with an error is not in the plan. What is said to be done after `today` is a notice. An
    account without a tier of its own keeps the one with which it was planned. Raises
    `UnreadableFile` where a file cannot be read at all.
    """
    return _plan_of(*plan_tables(Path(path)), territory, _noted_joined(Path(path)), today)


def plan_of_json(content: object, territory: Territory) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan that the parsed text of a `campaign.json` holds, and what cannot be read of it.

    Raises `UnreadableFile` where it is no such text.
    """

    def _cell(value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None else str(value)

    tables: list[Table] = []
    for name, usual in (("touches", _TOUCH_REQUIRED), ("left_out", _LEFT_OUT_REQUIRED)):
        found = content.get(name) if isinstance(content, dict) else None
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            problem = f"has no list of {name.replace('_', ' ')}"
            raise UnreadableFile(Path(JSON_FILE), problem, "export the plan as JSON again")
        headings = tuple(dict.fromkeys(key for record in found for key in record)) or usual
        cells_ = (tuple(_cell(record.get(key)) for key in headings) for record in found)
        rows = tuple(Row(number, its) for number, its in enumerate(cells_, start=1))
        tables.append(Table(f"{JSON_FILE} {name}", headings, rows=rows, heading_row=0))
    return _plan_of(tables[0], tables[1], territory, {}, dt.date.max)


def _plan_of(
    table: Table,
    beside: Table | None,
    territory: Territory,
    joined: Mapping[str, dt.date],
    today: dt.date,
) -> tuple[Plan, tuple[Finding, ...]]:
    territory = _as_planned(territory, table)
    touches = read_touches(table, territory.start, territory)
    territory = with_lived(territory, touches.items)
    left_out = read_left_out(beside) if beside else Records[LeftOut](LEFT_OUT_FILE)
    plan = Plan(territory, touches.items, left_out=left_out.items, joined=joined)
    to_come: list[Finding] = []
    for row, touch in zip(touches.rows, touches.items, strict=True):
        if touch.done_on is not None and touch.done_on > today:
            problem = f"{touch.done_on} is still to come"
            remedy = f"write the day on which it was done, up to {today}"
            found = Finding.notice(touches.file, problem, remedy, row=row, column="done_on")
            to_come.append(found)
    return plan, tuple(few_of_each_kind((*touches.all_findings, *to_come, *left_out.all_findings)))


def _noted_joined(path: Path) -> dict[str, dt.date]:
    """The days on which accounts came after the start, by id, as the proof beside has them."""
    try:
        noted = json.loads(proof_of(path).read_text(encoding="utf-8"))
        return {name: dt.date.fromisoformat(day) for name, day in noted["joined"].items()}
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}


def _as_planned(territory: Territory, table: Table) -> Territory:
    """The territory with what the plan noted of it.

    Computed tiers, whoever has joined since, and the names of whoever is in the lists no more.
    """
    columns = match(table, {name: (name,) for name in (*_WHO, "tier")})
    rows = [Cells(row, columns, table.file) for row in reversed(table.rows)]
    planned = {row.raw("account_id"): row.raw("tier") for row in rows}
    known = {tier.name for tier in territory.tiers}
    computed = {account.account_id for account in territory.accounts if not account.tier}
    tiers = {
        one.account_id: planned[one.account_id]
        for one in territory.ranked_accounts
        if one.account_id in computed
        and planned.get(one.account_id, one.tier) in known - {one.tier}
    }
    territory = territory.with_tiers(tiers) if tiers else territory
    ids = {(one.account_id, one.account_id) for one in territory.accounts}
    ids |= {(one.account_id, one.contact_id) for one in territory.contacts}
    noted: dict[tuple[str, str], str] = {}
    for row in filter(attrgetter("can_be_read"), rows):
        account_id, account, contact_id, contact = map(row.raw, _WHO)
        noted |= {(account_id, contact_id): contact, (account_id, account_id): account}
    former = {key: noted[key] for key in sorted(noted.keys() - ids) if noted[key]}
    return evolve(territory, former=former) if former else territory


def read_touches(
    table: Table, start: dt.date, territory: Territory | None = None
) -> Records[Touch]:
    """The touches of a plan; a row without `planned_on` was planned at the start.

    With a territory, outcomes are held against the channels of their rows.
    """
    columns = match(table, {name: (name,) for name in (*_TOUCH_REQUIRED, *_TOUCH_OTHERS)})
    columns = with_orders(table, columns, start)
    return _records(table, columns, _TOUCH_REQUIRED, lambda row: _touch(row, start, territory))


def read_left_out(table: Table) -> Records[LeftOut]:
    """What a plan has left out."""
    columns = match(table, {name: (name,) for name in _LEFT_OUT_REQUIRED})
    return _records(table, columns, _LEFT_OUT_REQUIRED, _left_out)


def _records(
    table: Table, columns: Columns, required: Sequence[str], build: Callable[[Cells], Item]
) -> Records[Item]:
    lacking: list[Finding] = list(missing(table, columns, required))
    if "touch_id" not in columns.places:
        remedy = "name the file that campaign plan has written"
        lacking = [lacks(table, "is no plan: there is no column touch_id", remedy)]
    if table.is_empty:
        empty = Finding(table.file, "is empty", remedy="write the plan again: campaign plan")
        lacking = [empty] if table.is_sound else []
    findings = (*table.findings, *columns.findings, *lacking)
    if any(finding.is_error for finding in findings):
        return Records(table.file, findings=findings)
    placed = (Cells(row, columns, table.file).placed(build) for row in table.rows)
    # nothing is kept of a row that holds an error
    kept = (evolve(one, item=None) if one.has_errors else one for one in placed)
    return Records(table.file, tuple(kept), findings=findings)


def _touch(row: Cells, start: dt.date, territory: Territory | None) -> Touch:
    texts = {column: row.raw(column) for column in ("note", "brief", "why")}
    texts["say"] = row.raw("say").replace(PARAGRAPH, "\n")
    if not row.raw("channel") and row.raw("cadence") != HEARD:
        row.fault("channel", _EMPTY)
    if not row.text("date"):
        row.fault("date", _EMPTY)
    night = row.raw("night")
    if night and territory is not None:
        ids = (account.account_id for account in territory.accounts)
        night = next((known for known in ids if lost_zeros(night, known)), night)
    columns = ("stop", "travel_minutes", "home_minutes", "late")
    named: dict[str, Any] = {
        **_names(row),
        **_ticked(row, territory),
        **texts,
        **{column: row.value(column, cells.whole, 0) for column in columns},
        **{column: row.value(column, cells.clock, None) for column in ("start", "end")},
        **{column: row.date(column, None) for column in ("arrives", "due", "told")},
    }
    return Touch(
        row.required("touch_id", _KEEP_ID),
        row.date("date", start),
        purpose=row.text("purpose"),
        required=_required(row, "required", cells.yes_no, default=False),
        minutes=_required(row, "minutes", cells.whole, 0),
        planned_on=row.date("planned_on", start),
        pinned=row.value("pinned", cells.yes_no, default=False),
        night=night,
        **named,
    )


def _ticked(row: Cells, territory: Territory | None) -> dict[str, Any]:
    """Status, outcome, `done_on` and `again_on` of a row, as the rep means them.

    A row with an outcome or a day on which it was done is done, whatever the status still
    says; what contradicts itself is a finding. Outcomes are held against the channel where
    the territory is given.
    """
    outcome = row.value("outcome", _outcome, Outcome.NONE)
    done_on, again_on = row.date("done_on", None), row.date("again_on", None)
    status = row.value("status", _status, Status.PLANNED)
    if status in _NOT_MADE and (outcome or done_on):
        column = "outcome" if outcome else "done_on"
        row.fault("status", f"is {status}, and {column} is filled in; write done, or empty that")
    if outcome is Outcome.LATER and again_on is None:
        row.fault("again_on", "is empty after later; write the date they asked for")
    if outcome and territory is not None:
        channel = territory.channels.get(row.raw("channel"))
        of_any = OF_AN_ACCOUNT if row.raw("cadence") == HEARD else OUTCOMES
        allowed = outcomes_of(channel) if channel else of_any
        if outcome not in allowed:
            what = f"a {channel.name}" if channel else "an account"
            remedy = f"write one of {', '.join(allowed)}"
            row.fault("outcome", f"{outcome} is no outcome of {what}; {remedy}")
    if status is Status.PLANNED and (outcome or done_on):
        status = Status.DONE
    return {"status": status, "outcome": outcome, "done_on": done_on, "again_on": again_on}


def _outcome(text: str) -> Outcome:
    try:
        return to_outcome(text)
    except ValueError:
        return Outcome(cells.one_of(text, (outcome.value for outcome in OUTCOMES)))


def _status(text: str) -> Status:
    if text.casefold() in _TICKS:
        return Status.DONE
    return Status(cells.one_of(text, (status.value for status in Status)))


def _left_out(row: Cells) -> LeftOut:
    def _reason_code(text: str) -> ReasonCode:
        return ReasonCode(cells.one_of(text, (code.value for code in ReasonCode)))

    return LeftOut(
        row.required("touch_id", _KEEP_ID),
        required=_required(row, "required", cells.yes_no, default=False),
        reason_code=_required(row, "reason_code", _reason_code, ReasonCode.CAPACITY),
        reason=row.text("reason"),
        **_names(row),
    )


def _names(row: Cells) -> dict[str, str]:
    """The names of a row, with the leading zeros that the touch_id still has."""
    texts = {column: row.raw(column) for column in _NAMES}
    account_id, slash, rest = row.raw("touch_id").partition("/")
    contact_id, other, step = rest.partition("/")
    if slash and other and "/" not in step:
        whole = {"account_id": account_id, "contact_id": contact_id, "step": step.partition("#")[0]}
        for column, part in whole.items():
            if lost_zeros(texts[column], part):
                texts[column] = part.replace("%2F", "/").replace("%25", "%")
    return texts


def _required(row: Cells, column: str, parse: Callable[[str], Value], default: Value) -> Value:
    if not row.text(column):
        row.fault(column, _EMPTY)
    return row.value(column, parse, default)


def logged_ids(path: str | Path) -> tuple[str, ...]:
    """The touch ids of the rows of a plan that hold work: ticked off, noted on or pinned.

    A row whose shape is broken counts, with an empty id, because something may be written in
    it. Empty without a file. Raises `UnreadableFile` for a file that is no plan, so that
    nothing is ever written over it.
    """
    path = Path(path)
    if not exists(path):
        return ()
    table = parse_table(read_bytes(path), path.name)
    if table.is_empty and table.is_sound:
        return ()
    columns = match(table, {name: (name,) for name in (*_TOUCH_REQUIRED, *_TOUCH_OTHERS)})
    wrong = [one for one in (*table.findings, *columns.findings) if one.is_error]
    for finding in (*wrong, *missing(table, columns, ("touch_id", "status"))):
        raise _in_the_way(path, finding, "write over it with --afresh")
    found: list[str] = []
    for row in (Cells(row, columns, path.name) for row in table.rows):
        ticked = row.text("status").casefold() not in ("", Status.PLANNED)
        pinned = row.text("pinned").casefold() not in ("", "no", "false", "0", "n")
        if not row.can_be_read or any(one.is_error for one in row.findings):
            found.append("")
        elif ticked or pinned or any(map(row.raw, _LOGGED)):
            found.append(row.raw("touch_id"))
    return tuple(found)


def _in_the_way(path: Path, finding: Finding, instead: str) -> UnreadableFile:
    problem = f"is in the way, and it is no plan that can be read ({finding.problem})"
    return UnreadableFile(path, problem, f"move it away, or {instead}")


def work_only_in(path: Path, plan: Plan) -> int:
    """How many touches of a written plan hold work that another plan does not hold so.

    Raises `UnreadableFile` for a file that is no such plan, so that it is not written over.
    """
    written, findings = read_plan(path, plan.territory)
    for finding in (finding for finding in findings if finding.is_error):
        raise _in_the_way(path, finding, "name another file with -o")
    known = {touch.touch_id: _work(touch) for touch in plan.touches}
    return sum(
        any(work := _work(touch)) and work != known.get(touch.touch_id) for touch in written.touches
    )


def _work(touch: Touch) -> tuple[object, ...]:
    """What somebody has written into a row, nothing where it is as it was planned."""
    status = "" if touch.status is Status.PLANNED else touch.status
    noted = (touch.outcome, touch.done_on, touch.again_on, touch.note)
    return (status, *noted, touch.pinned)
