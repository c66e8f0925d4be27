"""Addresses of exports: streets of several columns, a second address, all of it in one cell."""

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from campaign.phrases import counted
from campaign.reading.cells import shown
from campaign.reading.cells.countries import country_code
from campaign.reading.columns.headings import aliases, match
from campaign.reading.exports.layout import place_of, places_of
from campaign.reading.parsing.table import Table
from campaign.shipped import shipped_toml

_SHIPPED = "reading/exports/addresses.toml"
_PARTS = ("street", "city", "region", "postal_code", "country")
_NEEDED = ("street", "city", "postal_code")


def with_addresses(table: Table, kind: str) -> Table:
    """The table with each address under the usual headings; what was done is said."""
    return _with_whole_address(_with_second_address(_with_streets(table), kind), kind)


def _with_streets(table: Table) -> Table:
    """The table with the further lines of a street, or its number, behind its first line."""
    for entry in shipped_toml(_SHIPPED)["street"]:
        first, more = place_of(table, entry["first"]), places_of(table, entry["more"])
        if first is None or not more:
            continue
        if told := sorted(table.filled.intersection(more)):
            # the number goes first where the country writes it so
            number_first = entry.get("number_first", ())
            names = (*aliases("accounts")["country"], *aliases("contacts")["country"])
            country, texts = place_of(table, names), []
            for row in table.rows:
                parts = row.texts((first, *more))
                if number_first and country_code(row.at(country)) in number_first:
                    parts.reverse()
                texts.append(entry["between"].join(parts))
            heads = ", ".join(f'"{shown(table.headings[place])}"' for place in told)
            heading = table.headings[first]
            table = table.saying(f'read {heads} as the rest of "{shown(heading)}"')
            table = table.with_column(heading, texts, first)
        table = table.without(more)
    return table


def _with_second_address(table: Table, kind: str) -> Table:
    """The table with the other address of a row, as that for parcels, where it has no first."""
    places = _places(table, kind, (*_PARTS, "latitude", "longitude"))
    for one, other in shipped_toml(_SHIPPED)["instead"].items():
        seconds = {
            place: place_of(table, (table.headings[place].replace(one, other, 1),))
            for place in places.values()
            if table.headings[place].startswith(one)
        }
        pairs = {place: second for place, second in seconds.items() if second is not None}
        needed = [places[name] for name in _NEEDED if places.get(name) in pairs]
        rows, number = [], 0
        for row in table.rows:
            if not row.texts(needed) and row.texts(pairs[place] for place in needed):
                number += 1
                taken = (row.cells[pairs.get(place, place)] for place in range(len(row.cells)))
                row = evolve(row, cells=tuple(taken))  # noqa: PLW2901 (the same row)
            rows.append(row)
        if number:
            which = counted(number, "address stands", "addresses stand")
            are = "is" if number == 1 else "are"
            said = f"{which} under {other} alone, and {are} taken from there"
            table = evolve(table, rows=tuple(rows)).saying(said)
    return table


def _with_whole_address(table: Table, kind: str) -> Table:
    """The table with the parts of addresses that stand in one cell, each in a column.

    Only where a row names neither a town nor a postal code elsewhere; an address that ends
    in no town that is understood stays in the street.
    """
    whole = place_of(table, shipped_toml(_SHIPPED)["whole"]["headings"])
    if whole is None:
        return table
    places = _places(table, kind, _PARTS)
    own = [place for name, place in places.items() if name in _NEEDED and place != whole]
    parts = {
        row.number: parts_of(row.at(whole))
        for row in table.rows
        if row.at(whole) and not row.texts(own)
    }
    apart = {number: found for number, found in parts.items() if len(found) > 1}
    if apart:
        example = next(row.at(whole) for row in table.rows if row.number in apart)
        which = counted(len(apart), "address is", "addresses are")
        said = f'{which} taken apart into street, town and code, as "{shown(example)}"'
        table = table.saying(said)
    found = apart if places.get("street") == whole else parts
    for name in _PARTS if found else ():
        place = places.get(name)
        texts = [found.get(row.number, {}).get(name, row.at(place)) for row in table.rows]
        heading = name if place is None else table.headings[place]
        table = table.with_column(heading, texts, place)
    return table


def _places(table: Table, kind: str, columns: Iterable[str]) -> Mapping[str, int]:
    known = aliases(kind)
    return match(table, {name: known[name] for name in columns}).places


Parts = Mapping[str, str]
# Where no country is named, only these two ends are sure: they name their state.
_NAMELESS = ("US", "CA", "GB")
_CODE_FIRST = {"code": r"(?:[A-Z]{1,3}-)?\d{4,5}", "town": "behind"}
_JAPANESE = re.compile(
    r"〒?(?P<postal_code>\d{3}-\d{4})\s*(?P<region>\S{2,3}?[都道府県])(?P<city>\D+?[市区町村])(?P<street>.*)"
)
_SINGAPORE = re.compile(r"Singapore \d{6}")
_COUNTY = re.compile(r"(?:Co\.?|County) .+")
_STATE_BEHIND = re.compile(r"(?:(?P<city>.+?)(?:\s+-)?\s+)?(?P<region>[A-Z]{2,3})")
_PROVINCE = re.compile(r"(?P<city>.+?),? \(?(?P<region>[A-Z]{2})\)?")
_SHORT_COUNTRIES = frozenset({"UK"})
_LETTERS_OF_A_CODE = 2
# As cars have it, before a postal code: D-80331, CH-8001.
_SIGN_OF_COUNTRY = re.compile(r"(?<![\w-])([A-Z]{1,2})-(?=\d{4,6}(?!\d))")


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
    # the code of a country that is named in full; two letters may be a state as well
    last = parts[-1] if parts else ""
    is_named = len(last) > _LETTERS_OF_A_CODE or last in _SHORT_COUNTRIES
    country = country_code(last) if is_named and country_code(last) != last else ""
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
    end = shipped_toml(_SHIPPED)["ends"].get(country, _CODE_FIRST)
    code = re.compile(rf"(?<![\w-])(?P<code>{end['code']})(?![\w-])")
    place = max((at for at, part in enumerate(parts) if code.search(part)), default=None)
    if place is None:
        return {}
    *_, found = code.finditer(parts[place])
    before, after = parts[place][: found.start()], parts[place][found.end() :]
    rest = list(filter(None, (*parts[:place], before.strip(" -"))))
    behind = list(filter(None, (after.strip(" -"), *parts[place + 1 :])))
    if end["town"] == "behind":
        if not behind:
            return {}
        city, region = _town_behind(behind)
    elif not is_named and (behind or len(rest) < 2):  # noqa: PLR2004 (a street and a town)
        return {}
    elif end.get("region"):
        city, region = _town_of_region(rest, behind)
        if not (is_named or region):
            return {}
    else:  # `London SW1A 2AA`, `Cape Town, 8001`, `Cork, Co. Cork, T12 XY00`
        region = rest.pop() if len(rest) > 1 and _COUNTY.fullmatch(rest[-1]) else ""
        city = rest.pop() if rest else ""
    return {"street": ", ".join(rest), "postal_code": found["code"], "city": city, "region": region}


def _town_behind(behind: Sequence[str]) -> tuple[str, str]:
    """`28013 Madrid`, `00184 Roma RM`, `06600 Ciudad de México, CDMX`."""
    city, *more = behind
    found = _PROVINCE.fullmatch(city)
    if more or not found:
        return city, "".join(more[:1])
    return found["city"], found["region"]


def _town_of_region(rest: list[str], behind: Sequence[str]) -> tuple[str, str]:
    """`Sydney NSW 2000`, `Bend, OR 97701`, `Recife - PE, 50050-000`, `Pune 411001, Goa`."""
    last = rest.pop() if rest else ""
    if behind or not last:
        return last, "".join(behind[:1])
    state = _STATE_BEHIND.fullmatch(last)
    if state and state["city"]:
        return state["city"], state["region"]
    if len(rest) > 1 or (state and rest):
        return rest.pop(), last
    return last, ""
