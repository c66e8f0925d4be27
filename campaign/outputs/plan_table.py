"""`campaign.csv` and `left-out.csv`: one row a touch, for Excel and for version control.

Lines end with a line feed alone: Excel reads that as well, and a version control system
shows no difference between two systems. `encode` adds the byte order mark without which
Excel takes UTF-8 for something else.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from campaign.outputs.whom import whom_of
from campaign.phrases import clock
from campaign.touches import PARAGRAPH, LeftOut, Plan, Touch

Cell = str | int | bool | None

NIGHT = "night"
"""The further column of a plan with nights away: the account near which the rep sleeps."""

CAMPAIGN_COLUMNS = (
    *("touch_id", "day", "date", "start", "end", "stop", "account_id", "account", "tier"),
    *("contact_id", "contact", "channel", "cadence", "step", "purpose", "required", "minutes"),
    *("travel_minutes", "home_minutes", "arrives", "phone", "address", "status", "outcome"),
    *("done_on", "again_on", "planned_on", "due", "late", "told", "note", "say", "brief"),
    *("why", "pinned"),
)
"""The columns of `campaign.csv`, in their order."""

ALL_COLUMNS = (*CAMPAIGN_COLUMNS, NIGHT)
"""Every column of `campaign.csv` that is ours."""

LEFT_OUT_COLUMNS = (
    *("touch_id", "account_id", "account", "tier", "contact_id", "contact", "cadence", "step"),
    *("channel", "required", "reason_code", "reason"),
)
"""The columns of `left-out.csv`, in their order."""

_LOOKED_UP = ("account", "tier", "contact", "phone", "address")
_NONE_FOR_ZERO = ("stop", "home_minutes", "late", "pinned")

# The wide forms are those that spreadsheets in East Asia take for the narrow ones; some
# take off space before any of them.
_FORMULA = re.compile(r"'*[ \n]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
# With a space or a bracket in it a spreadsheet takes a phone number for text;
# +1-503-555-0100 it would subtract.
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)*|\+(?=[\d.]*[ (])\d[\d ().\-/]*")


def render_campaign(plan: Plan) -> str:
    """The touches as `campaign.csv` has them, without the byte order mark."""
    return render_rows(plan, ((touch, {}) for touch in plan.touches))


def campaign_columns(plan: Plan) -> tuple[str, ...]:
    """The columns of a plan's `campaign.csv`: one more where nights away are told."""
    return ALL_COLUMNS if plan.tells_nights else CAMPAIGN_COLUMNS


def render_rows(plan: Plan, rows: Iterable[tuple[Touch, Mapping[str, str]]]) -> str:
    """Touches as `campaign.csv` has them, each beside the cells that it was read from.

    Columns that are not ours follow ours. What the territory does not know of an account any
    more stays as it was read.
    """
    ordered = sorted(rows, key=lambda row: row_key(row[0]))
    own = [name for _, cells in ordered for name in cells if name not in ALL_COLUMNS]
    columns = (*campaign_columns(plan), *dict.fromkeys(own))
    lines = []
    for touch, cells in ordered:
        record: dict[str, Cell] = {**cells, **touch_record(plan, touch)}
        if not record["account"]:
            record |= {name: cells.get(name, record[name]) for name in _LOOKED_UP}
        # The words of a touch stand in one line, in which a spreadsheet keeps its rows low.
        record["say"] = _text(record["say"]).replace("\n", PARAGRAPH)
        lines.append([_text(record.get(name)) for name in columns])
    return render_table(columns, lines)


def render_left_out(plan: Plan) -> str:
    """What is owed and not planned as `left-out.csv` has it, without the byte order mark."""
    records = (left_out_record(plan, left) for left in plan.left_out)
    return render_table(LEFT_OUT_COLUMNS, (map(_text, record.values()) for record in records))


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


class _Lines(list[str]):
    """Rows that end with a line feed alone.

    The writer must believe in both signs: it quotes only those that end its own lines.
    """

    def write(self, row: str) -> None:
        """Take a row that the writer has made."""
        self.append(row.removesuffix("\r\n") + "\n")


def render_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table with its headings, also where there is no row; no cell runs in a spreadsheet."""
    lines = _Lines()
    csv.writer(lines).writerows([*map(harmless, row)] for row in (columns, *rows))
    return "".join(lines)


def encode(text: str) -> bytes:
    """The bytes of a table: UTF-8 with a byte order mark."""
    return text.encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs: a formula gets a leading apostrophe.

    Numbers and plain phone numbers such as `+49 89 123` stay as they are. A text that
    already starts with apostrophes before such a sign gets one more, so that taking one
    off always gives the text back.
    """
    return text if _PLAIN.fullmatch(text) or not _FORMULA.match(text) else f"'{text}"


def in_order(touches: Iterable[Touch]) -> list[Touch]:
    """Touches in the order of the file: by date, the stops of the tour, time, channel, id."""
    return sorted(touches, key=row_key)


def row_key(touch: Touch) -> tuple[dt.date, bool, int, int, str, str]:
    """What rows sort by; a day's tour comes before what is done at the desk."""
    tour = touch.date, touch.stop == 0, touch.stop
    return (*tour, touch.start or 0, touch.channel, touch.touch_id)


def touch_record(plan: Plan, touch: Touch) -> dict[str, Cell]:
    """A touch by the columns of `campaign.csv`, numbers as numbers; None is an empty cell."""
    known = {**_who(plan, touch), "day": plan.territory.calendar.day_number(touch.date)}
    columns = campaign_columns(plan)
    return {name: known[name] if name in known else _value(touch, name) for name in columns}


def left_out_record(plan: Plan, left: LeftOut) -> dict[str, Cell]:
    """What was left out by the columns of `left-out.csv`."""
    known = {**_who(plan, left), "reason_code": left.reason_code.value}
    return {
        name: known[name] if name in known else getattr(left, name) for name in LEFT_OUT_COLUMNS
    }


def _who(plan: Plan, row: Touch | LeftOut) -> dict[str, Cell]:
    who = whom_of(plan, row)
    names = (who.account_name, who.tier, who.person_name, who.phone, who.address)
    return dict(zip(_LOOKED_UP, names, strict=True))


def _value(touch: Touch, name: str) -> Cell:
    """The cell of a touch in a column of its own name; None where it has nothing to say."""
    value: Any = getattr(touch, name)
    if name in ("start", "end"):
        return None if value is None else clock(value)
    if name == "travel_minutes":
        return touch.travel_minutes if touch.stop else None
    if name in _NONE_FOR_ZERO:
        return value or None
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
