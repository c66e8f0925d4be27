"""The rows of a list under its canonical names: texts and values, faults gathered aside."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Generic, TypeVar

from attrs import evolve, field, frozen

from campaign.errors import Finding, Severity
from campaign.model.values import with_known
from campaign.reading import cells
from campaign.reading.columns.damage import SHORTENED, is_spoilt, spoilt_cells, whole_digits
from campaign.reading.columns.headings import Columns, missing
from campaign.reading.columns.unread import refuses, unread
from campaign.reading.parsing.table import Row, Table

Item = TypeVar("Item")
Value = TypeVar("Value")
Default = TypeVar("Default")
# What lies later has been mistyped, or stands for never.
_LAST_NEAR = 2099
_LONG_NUMBER = "is what a spreadsheet has made of a long number"
_LONGEST_VALUE = 10_000
_GUARDED = re.compile(r"^'(\d+)$", re.ASCII)
NOTHING = frozenset({"null", "n/a", "#n/a", "nan", "-", "--", "\\n", "(no value)", "(blank)"})
_NO_NUMBER = frozenset({"0", "none", "unknown", "tbd", "?", "no", "no phone", "keine", "unbekannt"})
_MOST_EAST, _MOST_NORTH = 180, 90
# So many faults, of more than half of its cells, set a column aside.
_FEWEST = 3
# Dates of two senses have a finding of their own, and an answer that settles them all.
_TWO_SENSES = "can be two"


@frozen
class Placed(Generic[Item]):
    """One value with the line on which it stands, and what is wrong with its row."""

    row: int
    item: Item | None
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)

    @property
    def has_errors(self) -> bool:
        """Whether the row may not be planned on as it is."""
        return self.item is None or any(finding.is_error for finding in self.findings)


@frozen
class Records(Generic[Item]):
    """All values of one file, and the findings on the file as a whole.

    `renamed` says which heading was taken for which column, `left_out` why which rows were
    left out on demand, `said` what else was assumed.
    """

    file: str
    placed: tuple[Placed[Item], ...] = ()
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    renamed: Mapping[str, str] = field(factory=dict, kw_only=True)
    left_out: tuple[Finding, ...] = field(default=(), kw_only=True)
    said: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def is_whole(self) -> bool:
        """Whether every row of the file is among the items."""
        unsound = any(finding.is_error for finding in self.findings)
        return not unsound and all(placed.item is not None for placed in self.placed)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The values of all rows that could be read at all."""
        return tuple(placed.item for placed in self.placed if placed.item is not None)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The line of each of the `items`."""
        return tuple(placed.row for placed in self.placed if placed.item is not None)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings on the file and on each of its rows."""
        return (*self.findings, *(f for placed in self.placed for f in placed.findings))

    def saying(self, *sentences: str) -> "Records[Item]":
        """The same with more that is said of it; an empty sentence says nothing."""
        return evolve(self, said=(*self.said, *filter(None, sentences)))

    def each(
        self, change: Callable[[Item, int], Item]
    ) -> "tuple[Records[Item], list[tuple[Item, Item]]]":
        """The same with what `change` makes of each value and its line, and what it changed."""
        placed, changes = [], []
        for one in self.placed:
            item = one.item if one.item is None else change(one.item, one.row)
            if item is not None and one.item is not None and item is not one.item:
                changes.append((one.item, item))
                placed.append(with_known(one, item=item))
            else:
                placed.append(one)
        return evolve(self, placed=tuple(placed)), changes

    def without_bad_rows(self, bad: Mapping[int, Iterable[Finding]]) -> "Records[Item]":
        """The same without rows that hold errors, whose errors become notices.

        `bad` holds further findings on rows, by line.
        """
        kept: list[Placed[Item]] = []
        notices: list[Finding] = []
        for placed in self.placed:
            found = (*placed.findings, *bad.get(placed.row, ()))
            if placed.item is not None and not any(finding.is_error for finding in found):
                kept.append(placed)
            else:
                notices += map(_left_out, found)
        return evolve(self, placed=tuple(kept), left_out=(*self.left_out, *notices))


def _left_out(finding: Finding) -> Finding:
    problem = f"{finding.problem}; the row is left out"
    changed = evolve(finding, problem=problem, severity=Severity.NOTICE)
    return changed if finding.is_error else finding


class Cells:
    """The cells of one row, by canonical name; what cannot be read becomes a finding."""

    def __init__(self, row: Row, columns: Columns, file: str) -> None:
        self.row = row
        self.columns = columns
        self.file = file
        self.findings: list[Finding] = list(row.faults)

    @property
    def can_be_read(self) -> bool:
        """Whether the row has cells at all."""
        return bool(self.row.cells)

    def placed(self, read: Callable[["Cells"], Item | None]) -> Placed[Item]:
        """What is read from the row, with its line and its findings; None without cells."""
        item = read(self) if self.can_be_read else None
        return Placed(self.row.number, item, findings=tuple(self.findings))

    def text(self, column: str) -> str:
        """The text of a cell without the space around it; empty where there is none."""
        if column not in self.columns.places:
            return ""
        text = self.raw(column)
        return "" if text.casefold() in NOTHING or is_spoilt(text) else text

    def raw(self, column: str) -> str:
        """The same, words for nothing (`n/a`, `NULL`, `-`) included."""
        place = self.columns.places.get(column)
        if place is None or not self.row.cells:
            return ""
        first = self.row.cells[place].strip()
        others = self.columns.fallbacks.get(column)
        if not others or (first and not is_spoilt(first)):
            return first
        texts = [first, *(self.row.cells[one].strip() for one in others)]
        return next((one for one in texts if one and not is_spoilt(one)), first)

    def value(
        self, column: str, parse: Callable[[str], Value], default: Default
    ) -> Value | Default:
        """What `parse` makes of a cell; the default where it is empty or a finding."""
        text = self.text(column)
        if not text:
            return default
        if len(text) > _LONGEST_VALUE:
            self.fault(column, f"is {len(text):,} characters long; write one value")
            return default
        try:
            return parse(text)
        except ValueError as error:
            self.fault(column, str(error))
            return default

    def date(self, column: str, default: Default) -> dt.date | Default:
        """A date, in the order that its column shows."""
        order = self.columns.habits.get(column, "")
        return self.value(column, lambda text: cells.date(text, order), default)

    def past(self, column: str) -> dt.date | None:
        """A day that lies behind us; None also where the cell says that there was none."""
        if cells.says_never(self.text(column)):
            return None
        found = self.date(column, None)
        if found is not None and found.year > _LAST_NEAR:
            self.fault(column, f"{found} lies beyond the year {_LAST_NEAR}; write the right year")
            return None
        return found

    def money(self, column: str) -> float | None:
        """An amount, with the decimal sign that its column shows."""
        decimal = self.columns.habits.get(column, "")
        return self.value(column, lambda text: cells.money(text, decimal), None)

    def required(self, column: str, remedy: str) -> str:
        """A text that has to be there; `?` and a finding where it is not."""
        text = self.text(column)
        if not text:
            what = "is an error of the spreadsheet" if is_spoilt(self.raw(column)) else "is empty"
            self.fault(column, f"{what}; {remedy}")
        return text or "?"

    def identity(self, column: str, remedy: str) -> str:
        """An id that has to be there, and that no spreadsheet has shortened."""
        text = whole_digits(_GUARDED.sub(r"\1", self.required(column, remedy)))
        if SHORTENED.fullmatch(text):
            how = "format the column as text and export it again"
            self.fault(column, f'"{cells.shown(text)}" {_LONG_NUMBER}; {how}')
        return text

    def refusal(self, column: str) -> bool:
        """Whether a cell says yes; an error of a spreadsheet in it never counts as a no."""
        if is_spoilt(self.raw(column)):
            what = f'"{cells.shown(self.raw(column))}" is an error of the spreadsheet'
            self.fault(column, f"{what}, and may stand for a refusal; write yes or no")
            return False
        return self.value(column, refuses, default=False)

    def phone(self, column: str = "phone") -> str:
        """A number to call, without the `.0` of a spreadsheet; empty where it lost its digits."""
        text = whole_digits(first_of(self.text(column)))
        if SHORTENED.fullmatch(text):
            how = "taken as empty; format the column as text and export it again"
            self.fault(column, f'"{cells.shown(text)}" {_LONG_NUMBER}; {how}', Severity.NOTICE)
            return ""
        return "" if text.casefold() in _NO_NUMBER else text

    def fault(self, column: str, sentence: str, severity: Severity = Severity.ERROR) -> None:
        """Note what is wrong with a cell: the problem and, after "; ", the remedy."""
        problem, _, remedy = sentence.partition("; ")
        self.findings.append(
            Finding(
                self.file,
                problem,
                remedy=remedy,
                row=self.row.number,
                column=column,
                severity=severity,
            )
        )

    def others(self) -> dict[str, str]:
        """The cells that have no canonical name, by their own headings."""
        cells = self.row.cells
        return {
            name: cells[place].strip()
            for name, place in self.columns.others.items()
            if cells[place].strip()
        }


def first_of(text: str) -> str:
    """The first of several numbers or addresses that Google writes into one cell."""
    return text.partition(" ::: ")[0]


def place(row: Cells) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, both or neither."""
    latitude, longitude = (
        row.value(column, cells.degrees, None) for column in ("latitude", "longitude")
    )
    for lacking, there in (("latitude", "longitude"), ("longitude", "latitude")):
        if row.text(there) and not row.text(lacking):
            sentence = f"is empty beside a {there}; not used until it is filled in"
            row.fault(lacking, sentence, Severity.NOTICE)
    if latitude is None or longitude is None:
        return None, None
    is_far_east, is_far_north = abs(longitude) > _MOST_EAST, abs(latitude) > _MOST_NORTH
    if is_far_east:
        row.fault("longitude", f"{longitude} is beyond 180 degrees; write -180 to 180")
    if is_far_north:
        is_exchanged = abs(longitude) <= _MOST_NORTH and abs(latitude) <= _MOST_EAST
        remedy = "exchange latitude and longitude" if is_exchanged else "write -90 to 90"
        row.fault("latitude", f"{latitude} is beyond 90 degrees; {remedy}")
    if is_far_east or is_far_north:
        return None, None
    if latitude == 0 and longitude == 0:
        row.fault("latitude", "0, 0 lies in the ocean; not used", Severity.NOTICE)
        return None, None
    return latitude, longitude


def gather(
    table: Table,
    columns: Columns,
    required: Iterable[str],
    read: Callable[[Cells], Item | None],
    *,
    also_read: Collection[str] = (),
) -> Records[Item]:
    """Every row as `read` finds it; none where a required column is missing.

    `also_read` are the headings beside the columns that something is read from.
    """
    doubtful, not_read = unread(table, columns, also_read)
    lacking = tuple(missing(table, columns, tuple(required)))
    places = {name: at for name, at in columns.places.items() if name != "do_not_contact"}
    spoilt = spoilt_cells(table, places)
    findings = (*table.findings, *columns.findings, *doubtful, *lacking, *spoilt)
    if lacking:
        return Records(table.file, findings=findings)
    placed = tuple(Cells(row, columns, table.file).placed(read) for row in table.rows)
    aside = _set_aside(placed, table, columns, frozenset(required))
    if aside:
        kept = (
            [found for found in one.findings if not found.is_error or found.column not in aside]
            for one in placed
        )
        placed = tuple(
            evolve(one, findings=tuple(found)) for one, found in zip(placed, kept, strict=True)
        )
    return Records(
        table.file,
        placed,
        findings=(*findings, *aside.values()),
        renamed=columns.renamed,
        said=(*table.said, *columns.said, *not_read),
    )


def _set_aside(
    placed: Iterable[Placed[Item]], table: Table, columns: Columns, required: Collection[str]
) -> dict[str, Finding]:
    """The columns of which most cells cannot be read: one error each that says how to go on."""
    found: dict[str, list[Finding]] = {}
    for fault in (fault for one in placed for fault in one.findings if fault.is_error):
        if fault.column not in required and _TWO_SENSES not in fault.problem:
            found.setdefault(fault.column, []).append(fault)
    aside: dict[str, Finding] = {}
    for column, faults in found.items():
        place = {**columns.others, **columns.places}.get(column)
        filled = sum(place is None or bool(row.at(place)) for row in table.rows)
        if len(faults) >= _FEWEST and 2 * len(faults) > filled:
            first = faults[0]
            aside[column] = Finding(
                table.file,
                f"{len(faults)} of {filled} cells cannot be read; the first, in row {first.row}: "
                f"{first.problem} ({first.remedy})",
                remedy=f"mend the column, or import without it: --without {column}",
                row=table.heading_row,
                column=column,
            )
    return aside
