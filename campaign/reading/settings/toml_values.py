"""What the keys of campaign.toml may hold: a parser for each kind of value.

Each takes what TOML gave and returns the value, or raises `ValueError` with what is wrong
and, after the first "; ", what would be right. What a field of the model says of itself, by
its type and its validator, is asked of its key: nothing is declared twice.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import Attribute, field, fields, frozen

from campaign.geography.places import cities
from campaign.model.given import ASKS, Between, Rising, whole
from campaign.model.hours import (
    WEEKDAYS,
    Hours,
    OpeningHours,
    parse_day,
    to_minutes,
    to_usual_hours,
    to_working_hours,
    weekdays_in,
)
from campaign.model.values import Coordinates
from campaign.reading import cells
from campaign.reading.cells.countries import country_code
from campaign.workdays import Span

Value = TypeVar("Value")
Parser = Callable[[Any], Any]
_CODE_AND_TOWN = re.compile(r"(?P<code>\d[\d-]*)(?:\s+(?P<town>\D.*))?")
_PLACE = ("postal_code", "city", "street", "region", "country")
_LIKE_A_PLACE = (
    'write "Salem, OR", "97301, US", { latitude = 44.94, longitude = -123.03 } or '
    '{ postal_code = "97301", country = "US" }'
)
_LIKE_A_BASE = 'write { on = "Th", place = { city = "Leeds" } }'

# ruff: noqa: ANN401 (TOML gives anything)


def quoted(value: object) -> str:
    """A value as a message quotes it."""
    if isinstance(value, str):
        return f'"{cells.shown(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        pairs = ", ".join(f"{key} = {quoted(one)}" for key, one in value.items())
        return cells.shown(f"{{ {pairs} }}" if pairs else "{}")
    return cells.shown(repr(value) if not isinstance(value, dt.date) else str(value))


def _asked(value: Any, kind: type[Value], otherwise: str) -> Value:
    """A value of a kind; else a `ValueError` that says what it is not."""
    if not isinstance(value, kind):
        raise ValueError(f"{quoted(value)} {otherwise}")  # noqa: TRY004
    return value


def number(ends: Between) -> Callable[[Any], Any]:
    """A parser of numbers between two ends, whole ones where it says of what."""
    kinds, of = (int, f" of {ends.what}") if ends.what else (int | float, "")

    def _parse(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, kinds) or value != value:  # noqa: PLR0124 (nan)
            raise ValueError(f"{quoted(value)} is not a number{of}; write {ends.like}")
        ends(None, None, value)
        return value if ends.what else float(value)

    return _parse


def text(value: Any) -> str:
    """A text, without the space around it."""
    return _asked(value, str, 'is not a text; put a text in quotes, as "so"').strip()


def yes_no(value: Any) -> bool:
    """True or false."""
    return _asked(value, bool, "is neither true nor false; write true or false")


def one_of(*names: str) -> Callable[[Any], str]:
    """A parser of texts that are one of some names."""
    return lambda value: cells.one_of(text(value), names)


def date(value: Any) -> dt.date:
    """A TOML date, or a text that is one."""
    if isinstance(value, dt.date):
        return cells.iso_date(value.isoformat()[: len(cells.EXAMPLE_DATE)])
    return cells.date(_asked(value, str, f"is not a date; write {cells.EXAMPLE_DATE}").strip())


def span(value: Any) -> Span:
    """A span of dates, from a text or from one TOML date."""
    return cells.span(text(value.isoformat() if isinstance(value, dt.date) else value))


def list_of(parse: Callable[[Any], Value], example: str) -> Callable[[Any], tuple[Value, ...]]:
    """A parser of lists, each of whose members has one kind."""
    otherwise = f"is not a list; write {example}"
    return lambda value: tuple(map(parse, _asked(value, list, otherwise)))


spans: Parser = list_of(span, '["2027-02-15/2027-02-19"]')


def one_or_more(example: str) -> Callable[[Any], tuple[str, ...]]:
    """A parser of one text or a list of texts, none of them empty."""

    def _parse(value: Any) -> tuple[str, ...]:
        names = list_of(text, f'["{example}"]')(value if isinstance(value, list) else [value])
        if not all(names):
            raise ValueError(f'a name is empty; write "{example}"')
        return names

    return _parse


def least_and_most(days: Between, like: str) -> Callable[[Any], tuple[int, int]]:
    """A parser of least and most business days."""

    def _parse(value: Any) -> tuple[int, int]:
        match list_of(number(days), like)(value):
            case (least, most) if least <= most:
                return least, most
        raise ValueError(f"{quoted(value)} is not least and most; write {like}")

    return _parse


def rates(rule: Rising) -> Callable[[Any], tuple[float, ...]]:
    """A parser of so many rates, none less than the one before."""

    def _parse(value: Any) -> tuple[float, ...]:
        found: tuple[float, ...] = list_of(number(rule.each), rule.like)(value)
        rule(None, None, value)
        return found

    return _parse


def minutes_by_date(value: Any) -> dict[dt.date, int]:
    """Minutes by date, as `{ 2027-01-12 = 20 }`."""
    minutes = number(whole("minutes", 20, 0, 24 * 60))
    given = _asked(value, dict, "are no minutes by date; write { 2027-01-12 = 20 }")
    return {date(day): minutes(one) for day, one in given.items()}


def weekdays(value: Any) -> frozenset[int]:
    """Weekdays by their short names, Monday being 0."""
    names = list_of(one_of(*WEEKDAYS), '["mon", "tue"]')(value)
    return frozenset(map(WEEKDAYS.index, names))


def hours(value: Any) -> Mapping[int, tuple[Hours, ...]] | OpeningHours:
    """Working hours by weekday; a weekday that is not named, or empty, is free.

    A text is read as the hours of others are.
    """
    if isinstance(value, str) and value.strip():
        return to_working_hours(value)
    given = _asked(value, dict, 'are no hours; write { mon = "08:00-17:00" }')
    return {
        WEEKDAYS.index(cells.one_of(day, WEEKDAYS)): parse_day(text(one))
        for day, one in given.items()
    }


def time_of_day(value: Any) -> int | None:
    """Minutes after midnight, from a text as `16:00`; None for an empty one."""
    given = _asked(value, str, 'is no time of day; write "16:00"')
    return to_minutes(given) if given.strip() else None


def call_hours(value: Any) -> OpeningHours | tuple[Hours, ...]:
    """Hours of any one day, as `09:00-12:00 13:00-17:00`, or of weekdays; none if empty."""
    return to_usual_hours(_asked(value, str, 'are no hours; write "09:00-17:00"'))


_BY_TYPE: Mapping[Any, Parser] = {
    str: text,
    str | None: text,
    bool: yes_no,
    tuple[int, int] | None: least_and_most(whole("business days", 5, 0, 60), "[2, 5]"),
    frozenset[int]: weekdays,
    tuple[Span, ...]: spans,
}


def _parser(each: "Attribute[Any]") -> Parser | None:
    match each.metadata.get(ASKS):
        case Between() as ends:
            return number(ends)
        case Rising() as rule:
            return rates(rule)
    return _BY_TYPE.get(each.type)


def keys_of(kind: type[Any]) -> dict[str, Parser]:
    """A parser for each field of a kind, but for its name, by its name."""
    found = ((each.name, _parser(each)) for each in fields(kind))
    return {name: parse for name, parse in found if parse and name != "name"}


@frozen
class Address:
    """A place in words, to be looked up; `country` is a code, empty where none is said."""

    postal_code: str = ""
    city: str = ""
    region: str = field(default="", kw_only=True)
    country: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        """As a message names it."""
        return " ".join(filter(None, (self.postal_code, self.city, self.region)))


def home(value: Any) -> Coordinates | Address:
    """A place by its latitude and longitude, or by postal code or city.

    As a text it is a town, a postal code or both, with region and country behind them.
    """
    if isinstance(value, str) and value.strip(" ,"):
        # `Köln`, `97301, US`, `50667 Köln`, `Salem, OR, US`: what stands behind a town is the
        # country where that has such a town, else the region
        town, *rest = [part.strip() for part in value.split(",") if part.strip()]
        found = _CODE_AND_TOWN.fullmatch(town)
        code, town = (found["code"], found["town"] or "") if found else ("", town)
        region = rest[0] if len(rest) > 1 else ""
        behind = country_code(rest[-1]) if rest else ""
        if len(rest) == 1 and town and not code and not cities(behind, town):
            region, behind = rest[0], ""
        return Address(code.strip(), town, region=region, country=behind)
    given = _asked(value, dict, f"is no place; {_LIKE_A_PLACE}")
    if set(given) == {"latitude", "longitude"}:
        # whether that is on the earth, a place knows itself
        degrees = number(Between(-1e6, 1e6, like=44.94))
        return Coordinates(degrees(given["latitude"]), degrees(given["longitude"]))
    if not set(given) <= set(_PLACE) or not {"postal_code", "city"} & set(given):
        raise ValueError(f"{quoted(given)} is not a latitude and a longitude; {_LIKE_A_PLACE}")
    code, city, _, region, nation = (text(given.get(key, "")) for key in _PLACE)
    if not (code or city):
        raise ValueError('there is no postal code and no city; write { city = "Salem" }')
    return Address(code, city, region=region, country=country_code(nation))


@frozen
class SaidBase:
    """Where tours start and end on some days, as it stands in campaign.toml."""

    place: Coordinates | Address
    weekdays: frozenset[int] = frozenset()
    days: tuple[Span, ...] = ()
    since: dt.date | None = None


def base(value: Any) -> SaidBase:
    """A base: its `place`, and `on` which weekdays or dates, or `from` which day on."""
    if not isinstance(value, dict) or not set(value) <= {"on", "from", "place"}:
        raise ValueError(f"{quoted(value)} is no base; {_LIKE_A_BASE}")
    if "place" not in value or not {"on", "from"} & set(value):
        raise ValueError(f"{quoted(value)} does not say where and when; {_LIKE_A_BASE}")
    on = value.get("on", [])
    named: set[int] = set()
    days: list[Span] = []
    for one in on if isinstance(on, list) else [on]:
        if isinstance(one, dt.date) or (isinstance(one, str) and one[:1].isdigit()):
            days.append(span(one))
        else:
            named |= set(weekdays_in(text(one)))
    since = date(value["from"]) if "from" in value else None
    return SaidBase(home(value["place"]), frozenset(named), tuple(days), since)
