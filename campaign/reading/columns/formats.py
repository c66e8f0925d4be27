"""How the cells of a column are written, from what its own cells show.

`3/4/2026` can be two dates and `1.234` two numbers. A column in which one cell has one sense
only, and none the other, settles all of its cells; what was settled so is said aloud.
"""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

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
        habit, sentence = _order(table, texts) if column in dates else _decimal(texts)
        if habit:
            settled[column] = habit
        more = _no_days(texts) if column in dates else _currencies(texts)
        said += [f"{table.file} {column}: {one}" for one in (sentence, more) if one]
    return evolve(columns, habits=settled, said=tuple(said))


def _order(table: Table, texts: Sequence[str]) -> tuple[str, str]:
    """What the cells show of their order, else what is said of the whole table."""
    habit, sentence = order(texts)
    if habit or not table.order:
        return habit, sentence
    return table.order, said_of_order(texts, table.order, "as you say")


def texts_of(table: Table, columns: Columns, column: str) -> list[str]:
    """The cells of a column, from top to bottom; none where it is not there."""
    place = columns.places.get(column)
    if place is None:
        return []
    return [row.cells[place].strip() for row in table.rows if row.cells]


def order(texts: Sequence[str]) -> tuple[str, str]:
    """The order of a column's dates and, where it was needed, a sentence on it."""
    shown = _first_of_each((cells.order_of(text), text) for text in texts if _is_a_day(text))
    decisive = [habit for habit in ORDERS if habit in shown]
    if not decisive and "short dots" in shown and "either" not in shown:
        shown["dmy"] = shown["short dots"]
        decisive = ["dmy"]
    if len(decisive) != 1:
        return "", ""
    (habit,) = decisive
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


def _decimal(texts: Sequence[str]) -> tuple[str, str]:
    shown = _first_of_each((cells.decimal_of(text), text) for text in texts)
    decisive = [sign for sign in _SIGNS if sign in shown]
    if len(decisive) != 1:
        return "", ""
    (sign,) = decisive
    needed = "either" in shown
    return sign, f"read {_SIGNS[sign]}, as {cells.shown(shown[sign])} shows" if needed else ""


def _no_days(texts: Sequence[str]) -> str:
    """What is said of cells that hold a word or a sign for no day at all."""
    never = [text for text in texts if text and cells.says_never(text)]
    if not never:
        return ""
    which = "1 cell says" if len(never) == 1 else f"{len(never)} cells say"
    return f'{which} that there was no such day, as "{cells.shown(never[0])}": taken as empty'


def _currencies(texts: Sequence[str]) -> str:
    """What is said where amounts name more than one currency."""
    named = dict.fromkeys(filter(None, map(cells.currency_of, texts)))
    if len(named) <= 1:
        return ""
    return f"amounts in several currencies ({', '.join(named)}) are taken as they stand"


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for habit, text in pairs:
        if habit:
            found.setdefault(habit, text)
    return found
