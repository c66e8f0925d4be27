"""How the cells of a column are written, from what its own cells show.

`3/4/2026` can be two dates and `1.234` two numbers. A column in which one cell has one sense
only, and none the other, settles all of its cells; what was settled so is said aloud.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import evolve

from campaign.phrases import counted
from campaign.reading import cells
from campaign.reading.columns.headings import Columns
from campaign.reading.parsing.rows import Table

ORDERS: Mapping[str, str] = {"mdy": "month/day/year", "dmy": "day/month/year"}
_SIGNS = {
    ",": "a point as thousands and a comma as the decimal sign",
    ".": "a point as the decimal sign",
}


def with_habits(
    table: Table, columns: Columns, dates: Sequence[str], amounts: Sequence[str] = ()
) -> Columns:
    """The columns with the order of their `dates` and the decimal sign of their `amounts`."""
    settled: dict[str, str] = {}
    said: list[str] = []
    for column in (*dates, *amounts):
        texts = texts_of(table, columns, column)
        habit, *sentences = (_of_dates if column in dates else _of_amounts)(texts, table.order)
        if habit:
            settled[column] = habit
        said += [f"{table.file} {column}: {one}" for one in sentences if one]
    return evolve(columns, habits=settled, said=tuple(said))


def _of_dates(texts: Sequence[str], asked: str) -> Iterator[str]:
    """The order of a column's dates, and a sentence on it and on cells that say no day."""
    habit, sentence = order(texts)
    yield habit or asked
    yield sentence if habit or not asked else said_of_order(texts, asked, "as you say")
    if never := [text for text in texts if text and cells.says_never(text)]:
        which = counted(len(never), "cell says", "cells say")
        first = cells.shown(never[0])
        yield f'{which} that there was no such day, as "{first}": taken as empty'


def _of_amounts(texts: Sequence[str], _asked: str) -> Iterator[str]:
    """The decimal sign of a column's amounts, and a sentence on it and on their currencies."""
    seen = {cells.decimal_of(text): text for text in reversed(texts)}
    sign = _only(seen.keys() & _SIGNS.keys())
    yield sign
    if sign and "either" in seen:
        yield f"read {_SIGNS[sign]}, as {cells.shown(seen[sign])} shows"
    named = dict.fromkeys(filter(None, map(cells.currency_of, texts)))
    if len(named) > 1:
        yield f"amounts in several currencies ({', '.join(named)}) are taken as they stand"


def texts_of(table: Table, columns: Columns, column: str) -> list[str]:
    """The cells of a column, from top to bottom; none where it is not there."""
    place = columns.places.get(column)
    return [row.at(place) for row in table.rows if row.cells] if place is not None else []


def order(texts: Sequence[str]) -> tuple[str, str]:
    """The order of a column's dates and, where it was needed, a sentence on it."""
    shown = {cells.order_of(text): text for text in reversed(texts) if _is_a_day(text)}
    if "short dots" in shown and not shown.keys() & {*ORDERS, "either"}:
        shown["dmy"] = shown["short dots"]
    habit = _only(shown.keys() & ORDERS.keys())
    if not habit:
        return "", ""
    return habit, said_of_order(texts, habit, f"as {cells.shown(shown[habit])} shows")


def said_of_order(texts: Sequence[str], habit: str, why: str) -> str:
    """A sentence on an order; empty where no cell needed it."""
    if not any(map(cells.is_ambiguous, texts)):
        return ""
    short = any(map(cells.has_short_year, texts))
    years = ", with years of two digits from 1970 to 2069" if short else ""
    return f"read as {ORDERS[habit]}, {why}{years}"


def _is_a_day(text: str) -> bool:
    """Whether a date exists: a slip as 31/04/2027 shows nothing."""
    habit = cells.order_of(text)
    try:
        cells.date(text, habit if habit in ORDERS else "dmy")
    except ValueError:
        return habit == "either"
    return True


def _only(habits: Collection[str]) -> str:
    """What decides: the only habit that is shown."""
    return next(iter(habits)) if len(habits) == 1 else ""
