"""What a spreadsheet does to a plan that it saves, undone where the plan itself says how."""

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import evolve

from campaign.errors import Finding
from campaign.reading import cells
from campaign.reading.columns.formats import ORDERS, order, said_of_order, texts_of
from campaign.reading.columns.headings import Columns
from campaign.reading.parsing.table import Table

_DATES = ("date", "planned_on", "arrives", "done_on", "again_on", "due", "told")


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

    def fits(text: str, habit: str, due: dt.date) -> bool:
        try:
            return cells.date(text, habit) == due
        except ValueError:
            return False

    for text, day in zip(texts, days, strict=False):
        if cells.is_ambiguous(text) and day.isdecimal() and len(day) < len("1000"):
            due = start + dt.timedelta(days=int(day) - 1)
            fitting = [habit for habit in ORDERS if fits(text, habit, due)]
            if len(fitting) == 1:
                yield fitting[0]


def restored(touch_id: str, texts: dict[str, str]) -> dict[str, str]:
    """The texts with the leading zeros of the ids and the step that the touch_id still has."""
    account_id, slash, rest = touch_id.partition("/")
    contact_id, other, step = rest.partition("/")
    if not slash or not other or "/" in step:
        return texts
    named = {"account_id": account_id, "contact_id": contact_id, "step": step.partition("#")[0]}
    ids = {
        column: part.replace("%2F", "/").replace("%25", "%")
        for column, part in named.items()
        if _lost_zeros(texts[column], part)
    }
    return {**texts, **ids}


def whole_id(text: str, ids: Iterable[str]) -> str:
    """The one of the ids that has lost its leading zeros; the text itself where none has."""
    return next((known for known in ids if _lost_zeros(text, known)), text)


def _lost_zeros(text: str, whole: str) -> bool:
    digits = text.isascii() and text.isdecimal() and whole.isascii() and whole.isdecimal()
    return digits and whole != text and whole.lstrip("0") == text.lstrip("0")
