"""A workbook in the making, whose cells are texts, numbers and dates, never formulas."""

import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import Any

from campaign.outputs.coverage import Key
from campaign.outputs.plan_table import harmless
from campaign.words.plain import printable

Look = Mapping[str, Any]
"""What a cell looks like, in the library's words."""
BookCell = str | int | float | bool | dt.date | None

DATE, TEXT = "yyyy-mm-dd", "@"
"""The formats of cells that hold dates, and that hold what is typed as it is typed."""

MOST_CHARACTERS = 32_767
"""What a cell of Excel holds at most; a longer text is cut."""

_US_LETTER, _A4 = 1, 9
_LINE, _HIGHEST = 15.0, 400.0
_LOOSE = 1.15
_FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}


class Book:
    """A workbook; the same cells give the same bytes, as its date is given."""

    def __init__(self, title: str, created: dt.date, *, letter_paper: bool) -> None:
        from xlsxwriter import Workbook  # type: ignore[import-untyped] # noqa: PLC0415 (0.1 s)

        self._buffer = BytesIO()
        self._book = Workbook(self._buffer, {"in_memory": True})
        at = dt.datetime.combine(created, dt.time())
        self._book.set_properties({"title": printable(title)[:255], "created": at})
        self._paper = _US_LETTER if letter_paper else _A4
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str) -> "BookSheet":
        """A further sheet, which prints as wide as a page."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(self._paper)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&RPage &P of &N")
        return BookSheet(self, sheet)

    def style(self, **keys: Any) -> Any:  # noqa: ANN401 (the library has no types)
        """A format, made once for all cells that have it."""
        key = tuple(sorted(keys.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format({**_FONT, **keys})
        return self._styles[key]

    def content(self) -> bytes:
        """The bytes of the workbook, to which nothing can be added any more."""
        self._book.close()
        return self._buffer.getvalue()


class BookSheet:
    """One sheet of a workbook."""

    def __init__(self, book: Book, sheet: Any) -> None:  # noqa: ANN401
        self.book = book
        self.raw = sheet

    def put(self, row: int, column: int, cell: BookCell, **style: Any) -> None:  # noqa: ANN401
        """Write a cell as what it is; a text stays a text, whatever it looks like."""
        match cell:
            case None | "":
                self.raw.write_blank(row, column, None, self.book.style(**style))
            case bool():
                self.put(row, column, "yes" if cell else "no", **style)
            case int() | float():
                self.raw.write_number(row, column, cell, self.book.style(**style))
            case dt.date():
                dated = self.book.style(**{"num_format": DATE, "align": "left", **style})
                self.raw.write_datetime(row, column, cell, dated)
            case _:
                text = self.book.style(**{"num_format": TEXT, **style})
                self.raw.write_string(row, column, cell_text(str(cell)), text)

    def put_row(self, row: int, cells: Sequence[BookCell], **style: Any) -> None:  # noqa: ANN401
        """Write cells one beside the other."""
        for column, cell in enumerate(cells):
            self.put(row, column, cell, **style)

    def fit_height(self, row: int, cells: Sequence[BookCell], widths: Sequence[float]) -> None:
        """Make a row as high as its wrapped texts need; not every program does so itself."""
        # Words do not fill a line to its end.
        lines = max(
            sum(max(1, ceil(_LOOSE * len(line) / wide)) for line in str(cell or "").split("\n"))
            for cell, wide in zip(cells, widths, strict=True)
        )
        self.raw.set_row(row, min(_LINE * lines, _HIGHEST))

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self.raw.set_column(column, column, width)

    def repeat_head(self, row: int, columns: int = 0) -> None:
        """Keep the rows down to one, and so many columns, in sight and on every page."""
        self.raw.freeze_panes(row + 1, columns)
        self.raw.repeat_rows(row)


def cell_text(text: str) -> str:
    """A text as a cell can hold it, with an apostrophe before what would be run."""
    plain = harmless(printable(text))
    return plain if len(plain) <= MOST_CHARACTERS else f"{plain[: MOST_CHARACTERS - 1]}…"


HEAD: Look = {"bold": True, "bg_color": "#0F5C4D", "font_color": "#FFFFFF", "text_wrap": True}
TO_FILL: Look = {**HEAD, "bg_color": "#FFE9A8", "font_color": "#3B2F00"}
"""The head of a column that the rep fills in."""
TITLE: Look = {"bold": True, "font_size": 16}
GROUP: Look = {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": "#0F5C4D"}
WRAPPED: Look = {"text_wrap": True}
RULED: Look = {"text_wrap": True, "border": 1, "border_color": "#C9C4B8"}
MISSED: Look = {"bold": True, "font_color": "#9C2F14", "bg_color": "#FBE3DB"}
DONE: Look = {"font_color": "#6B7173", "italic": True}

# Pale, in the order of the report's own colours: dark text is read on each of them.
_PALE = ("#DCE8F8", "#EBDFF4", "#D5EFE9", "#FBE2D3", "#ECEFCB", "#F8DCE8", "#DDE9EE", "#F1E5D0")


def coloured(key: Key) -> Look:
    """What a cell of a channel looks like."""
    return {"bg_color": _PALE[key.colour]}
