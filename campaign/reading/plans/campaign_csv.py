"""A written plan back to values: campaign.csv and left-out.csv, or the workbook of both."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from campaign.consequences import with_lived
from campaign.errors import Finding, Severity, UnreadableFile
from campaign.model.territory import Territory
from campaign.reading import cells
from campaign.reading.columns.headings import Columns, lacks, match, missing
from campaign.reading.findings.grouping import folded
from campaign.reading.lists.records import Cells, Placed, Records
from campaign.reading.parsing.files import exists, read_bytes
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table, parse_table
from campaign.reading.plans.plan_tables import LEFT_OUT_FILE, plan_tables
from campaign.reading.plans.spreadsheet_dates import restored, whole_id, with_orders
from campaign.reading.plans.statuses import ticked
from campaign.touches import HEARD, PARAGRAPH, LeftOut, Plan, ReasonCode, Status, Touch

JSON_FILE = "campaign.json"
Item = TypeVar("Item", Touch, LeftOut)

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
    tables = [_json_table(content, name) for name in ("touches", "left_out")]
    return _plan_of(tables[0], tables[1], territory, {}, dt.date.max)


def _json_table(content: object, name: str) -> Table:
    """Records of a plan as the table that they were made of."""
    found = content.get(name) if isinstance(content, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        problem = f"has no list of {name.replace('_', ' ')}"
        raise UnreadableFile(Path(JSON_FILE), problem, "export the plan as JSON again")
    usual = _TOUCH_REQUIRED if name == "touches" else _LEFT_OUT_REQUIRED
    headings = tuple(dict.fromkeys(key for record in found for key in record)) or usual
    rows = (
        Row(number, tuple(_json_cell(record.get(key)) for key in headings))
        for number, record in enumerate(found, start=1)
    )
    return Table(f"{JSON_FILE} {name}", headings, rows=tuple(rows), heading_row=0)


def _json_cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _plan_of(
    table: Table,
    beside: Table | None,
    territory: Territory,
    joined: Mapping[str, dt.date],
    today: dt.date,
) -> tuple[Plan, tuple[Finding, ...]]:
    territory = _with_former(_with_tiers(territory, table), table)
    touches = read_touches(table, territory.start, territory)
    territory = with_lived(territory, touches.items)
    left_out = read_left_out(beside) if beside else Records[LeftOut](LEFT_OUT_FILE)
    plan = Plan(territory, touches.items, left_out=left_out.items, joined=joined)
    findings = (*touches.all_findings, *_still_to_come(touches, today), *left_out.all_findings)
    return plan, tuple(folded(findings))


def _noted_joined(path: Path) -> dict[str, dt.date]:
    """The days on which accounts came after the start, by id, as the proof beside has them."""
    try:
        noted = json.loads(path.with_name(proof_name(path.name)).read_text(encoding="utf-8"))
        return {name: dt.date.fromisoformat(day) for name, day in noted["joined"].items()}
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}


def proof_name(name: str) -> str:
    """The name of the proof beside a plan: `r2.plan.json` beside `r2.csv`."""
    stem = name.rpartition(".")[0]
    return "plan.json" if stem in ("campaign", "") else f"{stem}.plan.json"


def _still_to_come(touches: Records[Touch], today: dt.date) -> Iterator[Finding]:
    """What is said to be done on a day that has not come."""
    for row, touch in zip(touches.rows, touches.items, strict=True):
        if touch.done_on is not None and touch.done_on > today:
            yield Finding(
                touches.file,
                f"{touch.done_on} is still to come",
                remedy=f"write the day on which it was done, up to {today}",
                row=row,
                column="done_on",
                severity=Severity.NOTICE,
            )


def _with_tiers(territory: Territory, table: Table) -> Territory:
    """The territory, computed tiers as the plan has them, whoever has joined since."""
    columns = match(table, {name: (name,) for name in ("account_id", "tier")})
    rows = [Cells(row, columns, table.file) for row in table.rows]
    noted = {row.raw("account_id"): row.raw("tier") for row in reversed(rows)}
    known = {tier.name for tier in territory.tiers}
    computed = {account.account_id for account in territory.accounts if not account.tier}
    tiers = {
        account.account_id: noted[account.account_id]
        for account in territory.ranked_accounts
        if account.account_id in computed
        and noted.get(account.account_id, account.tier) in known - {account.tier}
    }
    return territory.with_tiers(tiers) if tiers else territory


def _with_former(territory: Territory, table: Table) -> Territory:
    """The territory with the names that the plan has for whoever is in the lists no more."""
    columns = match(table, {name: (name,) for name in _WHO})
    rows = (Cells(row, columns, table.file) for row in reversed(table.rows))
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
    return _records(
        table,
        (_TOUCH_REQUIRED, _TOUCH_OTHERS),
        lambda row: _touch(row, start, territory),
        start,
    )


def read_left_out(table: Table) -> Records[LeftOut]:
    """What a plan has left out."""
    return _records(table, (_LEFT_OUT_REQUIRED, ()), _left_out)


def _records(
    table: Table,
    headings: tuple[Sequence[str], Sequence[str]],
    build: Callable[[Cells], Item],
    start: dt.date | None = None,
) -> Records[Item]:
    columns, findings = _columns(table, *headings, start=start)
    if any(finding.is_error for finding in findings):
        return Records(table.file, findings=findings)
    placed = (_placed(Cells(row, columns, table.file), build) for row in table.rows)
    return Records(table.file, tuple(placed), findings=findings)


def _columns(
    table: Table, required: Sequence[str], others: Sequence[str], *, start: dt.date | None
) -> tuple[Columns, tuple[Finding, ...]]:
    columns = match(table, {name: (name,) for name in (*required, *others)})
    if start is not None:
        columns = with_orders(table, columns, start)
    lacking = list(missing(table, columns, required))
    if "touch_id" not in columns.places:
        lacking = [_is_none(table)]
    if table.is_empty:
        empty = Finding(table.file, "is empty", remedy="write the plan again: campaign plan")
        lacking = [empty] if table.is_sound else []
    return columns, (*table.findings, *columns.findings, *lacking)


def _is_none(table: Table) -> Finding:
    remedy = "name the file that campaign plan has written"
    return lacks(table, "is no plan: there is no column touch_id", remedy)


def _placed(row: Cells, build: Callable[[Cells], Item]) -> Placed[Item]:
    """A row as it is built; nothing of one that holds an error."""
    found = row.placed(build)
    return evolve(found, item=None) if found.has_errors else found


def _touch(row: Cells, start: dt.date, territory: Territory | None) -> Touch:
    texts = _texts(row, ("note", "brief", "why"))
    texts["say"] = row.raw("say").replace(PARAGRAPH, "\n")
    if not row.raw("channel") and row.raw("cadence") != HEARD:
        row.fault("channel", _EMPTY)
    named: dict[str, Any] = {**_names(row), **ticked(row, territory), **texts}
    return Touch(
        row.required("touch_id", "keep the id that the plan was written with"),
        _date(row, start),
        purpose=row.text("purpose"),
        required=_required(row, "required", cells.yes_no, default=False),
        minutes=_required(row, "minutes", cells.whole, 0),
        planned_on=row.date("planned_on", start),
        stop=row.value("stop", cells.whole, 0),
        start=row.value("start", cells.clock, None),
        end=row.value("end", cells.clock, None),
        travel_minutes=row.value("travel_minutes", cells.whole, 0),
        home_minutes=row.value("home_minutes", cells.whole, 0),
        arrives=row.date("arrives", None),
        due=row.date("due", None),
        late=row.value("late", cells.whole, 0),
        told=row.date("told", None),
        pinned=row.value("pinned", cells.yes_no, default=False),
        night=_night(row, territory),
        **named,
    )


def _night(row: Cells, territory: Territory | None) -> str:
    """The account near which the rep sleeps."""
    text = row.raw("night")
    if not text or territory is None:
        return text
    return whole_id(text, (account.account_id for account in territory.accounts))


def _left_out(row: Cells) -> LeftOut:
    return LeftOut(
        row.required("touch_id", "keep the id that the plan was written with"),
        required=_required(row, "required", cells.yes_no, default=False),
        reason_code=_required(row, "reason_code", _reason_code, ReasonCode.CAPACITY),
        reason=row.text("reason"),
        **_names(row),
    )


def _names(row: Cells) -> dict[str, str]:
    return restored(row.raw("touch_id"), _texts(row, _NAMES))


def _texts(row: Cells, columns: Sequence[str]) -> dict[str, str]:
    return {column: row.raw(column) for column in columns}


Value = TypeVar("Value")


def _date(row: Cells, start: dt.date) -> dt.date:
    if not row.text("date"):
        row.fault("date", _EMPTY)
    return row.date("date", start)


def _required(row: Cells, column: str, parse: Callable[[str], Value], default: Value) -> Value:
    if not row.text(column):
        row.fault(column, _EMPTY)
    return row.value(column, parse, default)


def _reason_code(text: str) -> ReasonCode:
    return ReasonCode(cells.one_of(text, (code.value for code in ReasonCode)))


def logged_rows(path: str | Path) -> int:
    """How many rows of a plan hold work; 0 without a file. Raises as `logged_ids` does."""
    return len(logged_ids(path))


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
    _refuse_no_plan(path, table, columns)
    rows = [Cells(row, columns, path.name) for row in table.rows]
    return tuple(_id_of(row) for row in rows if _is_logged(row))


def _id_of(row: Cells) -> str:
    is_broken = any(fault.is_error for fault in row.findings) or not row.can_be_read
    return "" if is_broken else row.raw("touch_id")


def _refuse_no_plan(path: Path, table: Table, columns: Columns) -> None:
    for finding in _no_plan(table, columns):
        raise UnreadableFile(
            path,
            f"is in the way, and it is no plan that can be read ({finding.problem})",
            "move it away, or write over it with --afresh",
        )


def _no_plan(table: Table, columns: Columns) -> Iterator[Finding]:
    yield from (finding for finding in (*table.findings, *columns.findings) if finding.is_error)
    yield from missing(table, columns, ("touch_id", "status"))


def _is_logged(row: Cells) -> bool:
    if any(fault.is_error for fault in row.findings) or not row.can_be_read:
        return True
    if row.text("status").casefold() not in ("", Status.PLANNED):
        return True
    pinned = row.text("pinned").casefold() not in ("", "no", "false", "0", "n")
    return pinned or any(row.raw(column) for column in _LOGGED)


def work_only_in(path: Path, plan: Plan) -> int:
    """How many touches of a written plan hold work that another plan does not hold so.

    Raises `UnreadableFile` for a file that is no such plan, so that it is not written over.
    """
    written, findings = read_plan(path, plan.territory)
    for finding in (finding for finding in findings if finding.is_error):
        problem = f"is in the way, and it is no plan that can be read ({finding.problem})"
        raise UnreadableFile(path, problem, "move it away, or name another file with -o")
    known = {touch.touch_id: _work(touch) for touch in plan.touches}
    return sum(
        any(work := _work(touch)) and work != known.get(touch.touch_id) for touch in written.touches
    )


def _work(touch: Touch) -> tuple[object, ...]:
    """What somebody has written into a row, nothing where it is as it was planned."""
    status = "" if touch.status is Status.PLANNED else touch.status
    noted = (touch.outcome, touch.done_on, touch.again_on, touch.note)
    return (status, *noted, touch.pinned)
