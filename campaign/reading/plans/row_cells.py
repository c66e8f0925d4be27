"""The cells of a written plan as they stand, so that columns of the rep's own are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from campaign.reading.columns.headings import match
from campaign.reading.parsing.table import Table, parse_table


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
