"""An address that stands in one cell, taken apart as its country writes it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from campaign.reading.cells.countries import country_code

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
