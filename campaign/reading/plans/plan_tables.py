"""The tables of a written plan: two files, or two sheets of one workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from campaign.errors import Finding, UnreadableFile
from campaign.reading.cells import shown
from campaign.reading.columns.headings import folded, match
from campaign.reading.parsing.files import exists, read_bytes
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table, parse_table, table_of
from campaign.reading.parsing.workbook import is_workbook, sheets_of_workbook

LEFT_OUT_FILE = "left-out.csv"
_TOUCHES = frozenset(map(folded, ("touch_id", "date", "purpose")))
_LEFT_OUT = frozenset(map(folded, ("touch_id", "reason_code")))


def plan_tables(path: Path) -> tuple[Table, Table | None]:
    """The touches, and what is left out; None where nothing says what is.

    Of a workbook they are the sheets that have their headings; where it has none of what
    is left out, the file beside it. Raises `UnreadableFile`.
    """
    if not exists(path):
        remedy = "plan first, with campaign plan, or name the plan with --plan"
        raise UnreadableFile(path, "does not exist", remedy)
    data = read_bytes(path)
    touches, left_out = _sheets(data, path.name) if is_workbook(data) else (None, None)
    beside = path.with_name(LEFT_OUT_FILE)
    if left_out is None and exists(beside):
        left_out = parse_table(read_bytes(beside), LEFT_OUT_FILE)
    return touches or parse_table(data, path.name), left_out


def _sheets(data: bytes, file: str) -> tuple[Table, Table | None]:
    sheets, findings = sheets_of_workbook(data, file)
    if findings:
        return Table(file, findings=findings), None
    touches, left_out = (_with_headings(sheets, file, one) for one in (_TOUCHES, _LEFT_OUT))
    if len(touches) == 1:
        (plan,) = touches.values()
        return plan, next(iter(left_out.values())) if len(left_out) == 1 else None
    problem, remedy = "has no sheet with a plan", "keep the sheet Campaign with its headings"
    if touches:
        several = " and ".join(f'"{shown(name)}"' for name in touches)
        problem, remedy = f"has several sheets with a plan: {several}", "keep one of them"
    return Table(file, findings=(Finding(file, problem, remedy=remedy),)), None


def _with_headings(
    sheets: Mapping[str, Sequence[Row]], file: str, wanted: frozenset[str]
) -> dict[str, Table]:
    """The filled rows of the sheets whose first row has these headings, by name."""
    found: dict[str, Table] = {}
    for name, rows in sheets.items():
        filled = [row for row in rows if not row.is_blank]
        if filled and wanted <= set(map(folded, filled[0].filled)):
            head, *others = filled
            found[name] = table_of(f'{file}, sheet "{shown(name)}"', head, others, head.faults)
    return found


def cells_by_id(data: bytes, file: str, columns: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """The cells of each row of a plan by its touch id; nothing where it is no plan."""
    table = parse_table(data, file)
    rows = cells_of(table, columns) if table.is_sound else ()
    return {cells["touch_id"]: cells for cells in rows if cells.get("touch_id")}


def cells_of(table: Table, names: Iterable[str]) -> Iterator[Mapping[str, str]]:
    """The cells of each row by their headings: the columns of a plan by our `names`."""
    columns = match(table, {name: (name,) for name in names})
    places = dict(columns.places)
    for name, place in columns.others.items():
        filled = [row.cells[place] for row in table.rows if row.cells]
        # one with a heading of its own, or with anything in it
        if table.headings[place] == name or any(map(str.strip, filled)):
            places[name] = place
    for row in table.rows:
        yield {name: row.at(place) for name, place in places.items()}
