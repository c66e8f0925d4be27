"""Addresses of exports: streets of several columns, a second address, all of it in one cell."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import evolve

from campaign.reading.cells import shown
from campaign.reading.cells.countries import country_code
from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.exports.one_cell import parts_of
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table

_PARTS = ("street", "city", "region", "postal_code", "country")
_PLACE = ("latitude", "longitude")
_NEEDED = ("street", "city", "postal_code")


@cache
def _entries() -> Mapping[str, Any]:
    text = files("campaign.reading.exports").joinpath("addresses.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def with_addresses(table: Table, kind: str) -> Table:
    """The table with each address under the usual headings; what was done is said."""
    return with_whole_address(with_second_address(with_streets(table), kind), kind)


def with_streets(table: Table) -> Table:
    """The table with the further lines of a street, or its number, behind its first line."""
    for entry in _entries()["street"]:
        heads = [folded(heading) for heading in table.headings]
        first = next((heads.index(h) for h in map(folded, entry["first"]) if h in heads), None)
        more = [heads.index(h) for h in map(folded, entry["more"]) if h in heads]
        if first is not None and more:
            table = _joined(table, first, more, _Street(table, entry))
    return table


class _Street:
    """How the parts of a street are put together, row by row."""

    def __init__(self, table: Table, entry: Mapping[str, Any]) -> None:
        self._between: str = entry["between"]
        self._first = frozenset(_entries()["number_first"]) if entry.get("number") else frozenset()
        heads = [folded(heading) for heading in table.headings]
        known = map(folded, (*aliases("accounts")["country"], *aliases("contacts")["country"]))
        self._country = next((heads.index(head) for head in known if head in heads), None)

    def of(self, row: Row, places: Sequence[int]) -> str:
        """The street of a row; its number goes first where the country writes it so."""
        texts = _texts(row, places)
        is_first = bool(self._first) and country_code(row.at(self._country)) in self._first
        return self._between.join(reversed(texts) if is_first else texts)


def _joined(table: Table, first: int, more: Sequence[int], street: _Street) -> Table:
    places = (first, *more)
    rows = tuple(_with_cell(row, first, street.of(row, places)) for row in table.rows)
    told = sorted(table.filled.intersection(more))
    if not told:
        return table.without(more)
    names = ", ".join(f'"{shown(table.headings[place])}"' for place in told)
    said = f'{table.file}: read {names} as the rest of "{shown(table.headings[first])}"'
    return evolve(table, rows=rows, said=(*table.said, said)).without(more)


def with_second_address(table: Table, kind: str) -> Table:
    """The table with the other address of a row, as that for parcels, where it has no first."""
    places = _places(table, kind, (*_PARTS, *_PLACE))
    for one, other in _entries()["instead"].items():
        pairs = dict(_pairs(table.headings, places.values(), one, other))
        needed = [places[name] for name in _NEEDED if places.get(name) in pairs]
        rows = tuple(_filled(row, pairs, needed) for row in table.rows)
        number = sum(old != new for old, new in zip(table.rows, rows, strict=True))
        if number:
            which = "1 address stands" if number == 1 else f"{number} addresses stand"
            said = f"{table.file}: {which} under {other} alone, and is taken from there"
            said = said if number == 1 else said.replace("and is", "and are")
            table = evolve(table, rows=rows, said=(*table.said, said))
    return table


def _pairs(
    headings: Sequence[str], places: Iterable[int], one: str, other: str
) -> Iterator[tuple[int, int]]:
    heads = [folded(heading) for heading in headings]
    for place in places:
        second = folded(headings[place].replace(one, other, 1))
        if headings[place].startswith(one) and second in heads:
            yield place, heads.index(second)


def _filled(row: Row, pairs: Mapping[int, int], needed: Sequence[int]) -> Row:
    """The row with its second address in the place of the first, where that says nothing."""
    seconds = [pairs[place] for place in needed]
    if _texts(row, needed) or not _texts(row, seconds):
        return row
    cells = [row.cells[pairs.get(place, place)] for place in range(len(row.cells))]
    return evolve(row, cells=tuple(cells))


def with_whole_address(table: Table, kind: str) -> Table:
    """The table with the parts of addresses that stand in one cell, each in a column.

    Only where a row names neither a town nor a postal code elsewhere; an address that ends
    in no town that is understood stays in the street.
    """
    heads = [folded(heading) for heading in table.headings]
    whole = next((heads.index(h) for h in _whole() if h in heads), None)
    if whole is None:
        return table
    places = _places(table, kind, _PARTS)
    own = [place for name, place in places.items() if name in _NEEDED and place != whole]
    texts = {row.number: row.at(whole) for row in table.rows if not _texts(row, own)}
    parts = {number: parts_of(text) for number, text in texts.items() if text}
    apart = {number: found for number, found in parts.items() if len(found) > 1}
    said = (*table.said, *_said_apart(table.file, [texts[number] for number in apart]))
    table = evolve(table, said=said)
    if places.get("street") != whole:
        return _with_parts(table, places, parts)
    return _with_parts(table, places, apart)


@cache
def _whole() -> tuple[str, ...]:
    return tuple(map(folded, _entries()["whole"]["headings"]))


def _said_apart(file: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        number = len(texts)
        which = "1 address is" if number == 1 else f"{number} addresses are"
        yield f'{file}: {which} taken apart into street, town and code, as "{shown(texts[0])}"'


def _with_parts(
    table: Table, places: Mapping[str, int], parts: Mapping[int, Mapping[str, str]]
) -> Table:
    """The table with some texts by column in some rows; columns that are not there are added."""
    if not parts:
        return table
    lacking = [name for name in _PARTS if name not in places]
    at = {**places, **{name: len(table.headings) + n for n, name in enumerate(lacking)}}
    rows = []
    for row in table.rows:
        if row.cells:
            cells = [*row.cells, *[""] * len(lacking)]
            for name, text in parts.get(row.number, {}).items():
                cells[at[name]] = text
            row = evolve(row, cells=tuple(cells))  # noqa: PLW2901 (the same row)
        rows.append(row)
    return evolve(table, headings=(*table.headings, *lacking), rows=tuple(rows))


def _places(table: Table, kind: str, columns: Iterable[str]) -> Mapping[str, int]:
    known = aliases(kind)
    return match(table, {name: known[name] for name in columns}).places


def _texts(row: Row, places: Iterable[int]) -> list[str]:
    return list(filter(None, (row.at(place) for place in places)))


def _with_cell(row: Row, place: int, text: str) -> Row:
    if not row.cells:
        return row
    return evolve(row, cells=(*row.cells[:place], text, *row.cells[place + 1 :]))
