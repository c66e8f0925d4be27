"""Addresses of exports: streets of several columns, a second address, all of it in one cell."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import evolve

from campaign.reading.cells import shown
from campaign.reading.cells.countries import country_code
from campaign.reading.columns.headings import aliases, folded, match
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


Parts = Mapping[str, str]
# Where no country is named, only these two ends are sure: they name their state.
_NAMELESS = ("US", "CA", "GB")
_CODE_FIRST = {"code": r"(?:[A-Z]{1,3}-)?\d{4,5}", "town": "behind"}
_JAPANESE = re.compile(
    r"〒?(?P<postal_code>\d{3}-\d{4})\s*(?P<region>\S{2,3}?[都道府県])(?P<city>\D+?[市区町村])(?P<street>.*)"
)
_SINGAPORE = re.compile(r"Singapore \d{6}")
_COUNTY = re.compile(r"(?:Co\.?|County) .+")
_TWO = re.compile(r"(?P<city>.+?)\s+-\s+(?P<region>[A-Z]{2})|(?P<only>.+)")
_STATE_BEHIND = re.compile(r"(?:(?P<city>.+) )?(?P<region>[A-Z]{2,3})")
_PROVINCE = re.compile(r"(?P<city>.+?),? \(?(?P<region>[A-Z]{2})\)?")
# Two letters at the end may be a state as well as a country, but for these.
_SHORT_COUNTRIES = frozenset({"UK"})
_LETTERS_OF_A_CODE = 2
# As cars have it, before a postal code: D-80331, CH-8001.
_SIGN_OF_COUNTRY = re.compile(r"(?<![\w-])([A-Z]{1,2})-(?=\d{4,6}(?!\d))")


@cache
def _ends() -> Mapping[str, Mapping[str, Any]]:
    text = files("campaign.reading.exports").joinpath("addresses.toml").read_text(encoding="utf-8")
    ends: Mapping[str, Mapping[str, Any]] = tomllib.loads(text)["ends"]
    return ends


def parts_of(text: str) -> Parts:
    """An address in one text by the columns of its parts; all of it as the street, else.

    `Hauptstr. 5, 80331 München, Germany`, `1 George St, Sydney NSW 2000, Australia`. Where
    it names a country, that one says where the town stands and what a code looks like.
    """
    if found := _JAPANESE.fullmatch(text):
        return {**found.groupdict(), "country": "JP"}
    sign = _SIGN_OF_COUNTRY.search(text)
    whole = text if sign is None else text[: sign.start()] + text[sign.end() :]
    parts = [part for part in (one.strip() for one in re.split(r"[,\n]", whole)) if part]
    country = _country_of(parts[-1]) if parts else ""
    named = {"country": parts.pop()} if country else {}
    if sign and not country and len(code := country_code(sign[1])) == _LETTERS_OF_A_CODE:
        country, named = code, {"country": code}
    if parts and not country and _SINGAPORE.fullmatch(parts[-1]):
        country, named = "SG", {"country": "Singapore"}
    if not parts:
        return {"street": "", **named} if named else {"street": text}
    for code in (country,) if country else _NAMELESS:
        if found_parts := _taken_apart(parts, code, is_named=bool(country)):
            return {**found_parts, **named}
    if country and len(parts) > 1 and not re.search(r"\d", parts[-1]):
        return {"street": ", ".join(parts[:-1]), "city": parts[-1], **named}
    return {"street": text}


def _taken_apart(parts: Sequence[str], country: str, *, is_named: bool) -> Parts:
    """Street, town, region and code of an address of a country; none where no code is found."""
    end = _ends().get(country, _CODE_FIRST)
    code = re.compile(rf"(?<![\w-])(?P<code>{end['code']})(?![\w-])")
    places = [place for place, part in enumerate(parts) if code.search(part)]
    if not places:
        return {}
    place = places[-1]
    *_, found = code.finditer(parts[place])
    before = parts[place][: found.start()].strip(" -")
    after = parts[place][found.end() :].strip(" -")
    ahead, behind = list(parts[:place]), [*([after] if after else []), *parts[place + 1 :]]
    if end["town"] == "behind":
        return _town_behind(ahead, before, behind, found["code"])
    if not is_named and (behind or not ahead or not (before or len(ahead) > 1)):
        return {}
    if end.get("region"):
        town = _region_between(ahead, before, behind)
        return {**town, "postal_code": found["code"]} if is_named or town.get("region") else {}
    return {**_town_before(ahead, before), "postal_code": found["code"]}


def _town_behind(
    ahead: Sequence[str], before: str, behind: Sequence[str], code: str
) -> dict[str, str]:
    """`Calle 5, 28013 Madrid`, `00184 Roma RM`, `06600 Ciudad de México, CDMX`."""
    if not behind:
        return {}
    city, *rest = behind
    found = _PROVINCE.fullmatch(city)
    region = rest[0] if rest else (found["region"] if found else "")
    street = ", ".join(filter(None, (*ahead, before)))
    city = found["city"] if found and not rest else city
    return {"street": street, "postal_code": code, "city": city, "region": region}


def _town_before(ahead: Sequence[str], before: str) -> dict[str, str]:
    """`London SW1A 2AA`, `Cape Town, 8001`, `Cork, Co. Cork, T12 XY00`."""
    rest, region = [*ahead, *([before] if before else [])], ""
    if len(rest) > 1 and _COUNTY.fullmatch(rest[-1]):
        region = rest.pop()
    *street, city = rest or [""]
    return {"street": ", ".join(street), "city": city, "region": region}


def _region_between(ahead: Sequence[str], before: str, behind: Sequence[str]) -> dict[str, str]:
    """`Sydney NSW 2000`, `Bend, OR 97701`, `Recife - PE, 50050-000`, `Pune 411001, Goa`."""
    rest = [*ahead, *([before] if before else [])]
    if not rest:
        return {"street": "", "city": "", "region": behind[0] if behind else ""}
    last = rest.pop()
    if behind:
        return {"street": ", ".join(rest), "city": last, "region": behind[0]}
    two = _TWO.fullmatch(last)
    if two and two["city"]:
        return {"street": ", ".join(rest), "city": two["city"], "region": two["region"]}
    state = _STATE_BEHIND.fullmatch(last)
    if state and state["city"]:
        return {"street": ", ".join(rest), "city": state["city"], "region": state["region"]}
    if len(rest) > 1 or (state and rest):
        *street, city = rest
        return {"street": ", ".join(street), "city": city, "region": last}
    return {"street": ", ".join(rest), "city": last, "region": ""}


def _country_of(part: str) -> str:
    """The code of a country that is named in full; empty for whatever else may stand last."""
    code = country_code(part)
    is_named = len(part) > _LETTERS_OF_A_CODE or part in _SHORT_COUNTRIES
    return code if is_named and code != part else ""
