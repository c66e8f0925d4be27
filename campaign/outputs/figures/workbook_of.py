"""A workbook of tables, a sheet each, whose cells are texts and numbers, never formulas."""

import datetime as dt
import re
from collections.abc import Iterable

from campaign.outputs.figures.values import Table
from campaign.outputs.workbook.book import Book
from campaign.outputs.workbook.looks import HEAD

_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME, _WIDEST = 31, 60


def render_figures_workbook(
    title: str, tables: Iterable[Table], *, created: dt.date, letter_paper: bool = False
) -> bytes:
    """The tables as a workbook; the same tables and day give the same bytes."""
    book = Book(title, created, letter_paper=letter_paper)
    for table in tables:
        sheet = book.sheet(_NO_NAME.sub(" ", table.title)[:_LONGEST_NAME])
        sheet.put_row(0, table.heads, **HEAD)
        sheet.repeat_head(0, 1)
        columns = list(zip(table.heads, *table.rows, strict=True))
        sheet.widths([min(_WIDEST, max(len(str(cell)) for cell in each) + 2) for each in columns])
        for place, row in enumerate(table.rows, start=1):
            sheet.put_row(place, row)
    return book.content()
