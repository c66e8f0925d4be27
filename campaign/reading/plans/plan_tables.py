"""The tables of a written plan, two files or two sheets of one workbook.

What a spreadsheet has done to them is undone where the plan itself says how.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from campaign.errors import Finding, UnreadableFile
from campaign.reading import cells
from campaign.reading.cells import shown
from campaign.reading.columns.formats import ORDERS, order, said_of_order, texts_of
from campaign.reading.columns.headings import Columns, folded, match
from campaign.reading.parsing.files import exists, read_bytes
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table, parse_table, table_of
from campaign.reading.parsing.workbook import is_workbook, sheets_of_workbook
from campaign.storage.plan_files import left_out_of

_DATES = ("date", "planned_on", "arrives", "done_on", "again_on", "due", "told")
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
    beside = left_out_of(path)
    if left_out is None and exists(beside):
        left_out = parse_table(read_bytes(beside), beside.name)
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


def with_orders(table: Table, columns: Columns, start: dt.date) -> Columns:
    """The columns with the order of their dates, and a notice where it was needed.

    What a column shows itself goes first; the column `date` is settled by `day` else, where
    1 is the start; any other column by `date`, since a spreadsheet saves all dates alike.
    """
    habits: dict[str, str] = {}
    notices: list[Finding] = []
    for column in _DATES:
        texts = texts_of(table, columns, column)
        habit, sentence = order(texts)
        if column == "date":
            habit, sentence = _checked_by_day(table, columns, start, (habit, sentence))
        elif not habit and _is_open(texts):
            habit = habits.get("date", "")
            sentence = said_of_order(texts, habit, "as the column date is") if habit else ""
        if habit:
            habits[column] = habit
        if sentence:
            remedy = "save dates as YYYY-MM-DD to be sure"
            notices.append(Finding.notice(table.file, sentence, remedy, column=column))
    return evolve(columns, habits=habits, findings=(*columns.findings, *notices))


def _is_open(texts: list[str]) -> bool:
    """Whether no cell shows an order: two orders in one column are not settled by another."""
    return not any(cells.order_of(text) in ORDERS for text in texts)


def _checked_by_day(
    table: Table, columns: Columns, start: dt.date, own: tuple[str, str]
) -> tuple[str, str]:
    """The order of `date` by its own cells and by `day`; none where the two contradict."""
    habit, _ = own
    texts = texts_of(table, columns, "date")
    voted = set(_votes(texts, texts_of(table, columns, "day"), start))
    if habit:
        return own if not voted or habit in voted else ("", "")
    if len(voted) != 1 or not _is_open(texts):
        return "", ""
    (habit,) = voted
    return habit, said_of_order(texts, habit, "as the column day shows")


def _votes(texts: list[str], days: list[str], start: dt.date) -> Iterator[str]:
    """For each row whose day fits one order of its date only, that order."""

    def _fits(text: str, habit: str, due: dt.date) -> bool:
        try:
            return cells.date(text, habit) == due
        except ValueError:
            return False

    for text, day in zip(texts, days, strict=False):
        if cells.is_ambiguous(text) and day.isdecimal() and len(day) < len("1000"):
            due = start + dt.timedelta(days=int(day) - 1)
            fitting = [habit for habit in ORDERS if _fits(text, habit, due)]
            if len(fitting) == 1:
                yield fitting[0]


def lost_zeros(text: str, whole: str) -> bool:
    """Whether a text is a whole id without the zeros at its front."""
    digits = text.isascii() and text.isdecimal() and whole.isascii() and whole.isdecimal()
    return digits and whole != text and whole.lstrip("0") == text.lstrip("0")
