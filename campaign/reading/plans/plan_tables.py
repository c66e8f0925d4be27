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
    touches = _with_headings(sheets.items(), _TOUCHES)
    left_out = _with_headings(sheets.items(), _LEFT_OUT)
    if len(touches) != 1:
        return _no_plan(file, list(touches)), None
    return _table(file, touches), _table(file, left_out) if len(left_out) == 1 else None


def _with_headings(
    sheets: Iterable[tuple[str, Sequence[Row]]], wanted: frozenset[str]
) -> dict[str, list[Row]]:
    """The filled rows of the sheets whose first row has these headings, by name."""
    filled = {name: [row for row in rows if not row.is_blank] for name, rows in sheets}
    return {
        name: rows
        for name, rows in filled.items()
        if rows and wanted <= set(map(folded, rows[0].filled))
    }


def _table(file: str, found: dict[str, list[Row]]) -> Table:
    ((name, rows),) = found.items()
    return table_of(f'{file}, sheet "{shown(name)}"', rows[0], rows[1:], rows[0].faults)


def _no_plan(file: str, names: Sequence[str]) -> Table:
    several = " and ".join(f'"{shown(name)}"' for name in names)
    problem = f"has several sheets with a plan: {several}" if names else "has no sheet with a plan"
    remedy = "keep one of them" if names else "keep the sheet Campaign with its headings"
    return Table(file, findings=(Finding(file, problem, remedy=remedy),))


def cells_by_id(data: bytes, file: str, columns: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """The cells of each row of a plan by its touch id; nothing where it is no plan."""
    table = parse_table(data, file)
    rows = cells_of(table, columns) if table.is_sound else ()
    return {cells["touch_id"]: cells for cells in rows if cells.get("touch_id")}


def cells_of(table: Table, names: Iterable[str]) -> Iterator[Mapping[str, str]]:
    """The cells of each row by their headings: the columns of a plan by our `names`."""
    columns = match(table, {name: (name,) for name in names})
    others = {name: place for name, place in columns.others.items() if _is_used(table, name, place)}
    places = {**columns.places, **others}
    for row in table.rows:
        yield {name: row.at(place) for name, place in places.items()}


def _is_used(table: Table, name: str, place: int) -> bool:
    """Whether a column has a heading of its own or anything in it."""
    filled: Sequence[str] = [row.cells[place] for row in table.rows if row.cells]
    return table.headings[place] == name or any(map(str.strip, filled))
