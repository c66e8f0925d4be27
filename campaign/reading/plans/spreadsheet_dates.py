"""What a spreadsheet does to a plan that it saves, undone where the plan itself says how."""

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import evolve

from campaign.errors import Finding, Severity
from campaign.reading import cells
from campaign.reading.columns.formats import ORDERS, order, said_of_order, texts_of
from campaign.reading.columns.headings import Columns
from campaign.reading.parsing.table import Table

_DATES = ("date", "planned_on", "arrives", "done_on", "again_on", "due", "told")
_BY_DAY = "as the column day shows"


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
            notices.append(_notice(table, column, sentence))
    return evolve(columns, habits=habits, findings=(*columns.findings, *notices))


def _is_open(texts: list[str]) -> bool:
    """Whether no cell shows an order: two orders in one column are not settled by another."""
    return not any(cells.order_of(text) in ORDERS for text in texts)


def _checked_by_day(
    table: Table, columns: Columns, start: dt.date, own: tuple[str, str]
) -> tuple[str, str]:
    """The order of `date` by its own cells and by `day`; none where the two contradict."""
    habit, sentence = own
    texts = texts_of(table, columns, "date")
    voted = set(_votes(texts, texts_of(table, columns, "day"), start))
    if habit:
        return ("", "") if voted and habit not in voted else (habit, sentence)
    if len(voted) != 1 or not _is_open(texts):
        return "", ""
    (habit,) = voted
    return habit, said_of_order(texts, habit, _BY_DAY)


def _votes(texts: list[str], days: list[str], start: dt.date) -> Iterator[str]:
    """For each row whose day fits one order of its date only, that order."""
    for text, day in zip(texts, days, strict=False):
        if not (cells.is_ambiguous(text) and day.isdecimal() and len(day) < len("1000")):
            continue
        due = start + dt.timedelta(days=int(day) - 1)
        fits = [habit for habit in ORDERS if _read(text, habit) == due]
        if len(fits) == 1:
            yield fits[0]


def _read(text: str, habit: str) -> dt.date | None:
    try:
        return cells.date(text, habit)
    except ValueError:
        return None


def _notice(table: Table, column: str, sentence: str) -> Finding:
    return Finding(
        table.file,
        sentence,
        remedy="save dates as YYYY-MM-DD to be sure",
        column=column,
        severity=Severity.NOTICE,
    )


def restored(touch_id: str, texts: dict[str, str]) -> dict[str, str]:
    """The texts with the leading zeros of the ids and the step that the touch_id still has."""
    parts = touch_id.split("/")
    if len(parts) != len(("account", "contact", "step")):
        return texts
    ids = {
        column: part.replace("%2F", "/").replace("%25", "%")
        for column, part in _parts(parts)
        if _lost_zeros(texts[column], part)
    }
    return {**texts, **ids}


def whole_id(text: str, ids: Iterable[str]) -> str:
    """The one of the ids that has lost its leading zeros; the text itself where none has."""
    return next((known for known in ids if _lost_zeros(text, known)), text)


def _parts(parts: list[str]) -> Iterator[tuple[str, str]]:
    *ids, step = parts
    yield from zip(
        ("account_id", "contact_id", "step"), (*ids, step.partition("#")[0]), strict=True
    )


def _lost_zeros(text: str, whole: str) -> bool:
    digits = text.isascii() and text.isdecimal() and whole.isascii() and whole.isdecimal()
    return digits and whole != text and whole.lstrip("0") == text.lstrip("0")
