"""What the keys of campaign.toml may hold: a parser for each kind of value.

Each takes what TOML gave and returns the value, or raises `ValueError` with what is wrong
and, after the first "; ", what would be right.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from campaign.geography.places import cities
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
_A_DAY = 24 * 60
_CODE_AND_TOWN = re.compile(r"(?P<code>\d[\d-]*)(?:\s+(?P<town>\D.*))?")
_FROM_PLACES = ("postal_code", "city", "street", "region", "country")


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


def whole(what: str, example: int, least: int = 0, most: int = 1_000_000) -> Callable[[Any], int]:
    """A parser of whole numbers between two ends."""

    def parse(value: Any) -> int:  # noqa: ANN401 (TOML gives anything)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"{quoted(value)} is not a number of {what}; write {example}")  # noqa: TRY004
        if not least <= value <= most:
            raise ValueError(
                f"{quoted(value)} {what} are not between {least} and {most}; write {example}"
            )
        return value

    return parse


def minutes(example: int, most: int = _A_DAY) -> Callable[[Any], int]:
    """A parser of minutes, at most those of a day."""
    return whole("minutes", example, 0, most)


def number(example: float, least: float = 0, most: float = 1e6) -> Callable[[Any], float]:
    """A parser of numbers between two ends."""

    def parse(value: Any) -> float:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 (nan)
            raise ValueError(f"{quoted(value)} is not a number; write {example}")
        if not least <= value <= most:
            raise ValueError(
                f"{quoted(value)} is not between {least:g} and {most:g}; write {example}"
            )
        return float(value)

    return parse


def text(value: Any) -> str:  # noqa: ANN401
    """A text, without the space around it."""
    if not isinstance(value, str):
        raise ValueError(f'{quoted(value)} is not a text; put a text in quotes, as "so"')  # noqa: TRY004
    return value.strip()


def yes_no(value: Any) -> bool:  # noqa: ANN401
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{quoted(value)} is neither true nor false; write true or false")  # noqa: TRY004
    return value


def one_of(*names: str) -> Callable[[Any], str]:
    """A parser of texts that are one of some names."""
    return lambda value: cells.one_of(text(value), names)


def date(value: Any) -> dt.date:  # noqa: ANN401
    """A TOML date, or a text that is one."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return cells.iso_date(value.isoformat())
    if not isinstance(value, str):
        raise ValueError(f"{quoted(value)} is not a date; write {cells.EXAMPLE_DATE}")  # noqa: TRY004
    return cells.date(value.strip())


def list_of(parse: Callable[[Any], Value], example: str) -> Callable[[Any], tuple[Value, ...]]:
    """A parser of lists, each of whose members has one kind."""

    def parse_all(value: Any) -> tuple[Value, ...]:  # noqa: ANN401
        if not isinstance(value, list):
            raise ValueError(f"{quoted(value)} is not a list; write {example}")  # noqa: TRY004
        return tuple(parse(member) for member in value)

    return parse_all


def one_or_more(example: str) -> Callable[[Any], tuple[str, ...]]:
    """A parser of one text or a list of texts, none of them empty."""

    def parse(value: Any) -> tuple[str, ...]:  # noqa: ANN401 (TOML gives anything)
        names = list_of(text, f'["{example}"]')(value if isinstance(value, list) else [value])
        if not all(names):
            raise ValueError(f'a name is empty; write "{example}"')
        return names

    return parse


def span(value: Any) -> Span:  # noqa: ANN401
    """A span of dates, from a text or from one TOML date."""
    return cells.span(text(value.isoformat() if isinstance(value, dt.date) else value))


def transit(value: Any) -> tuple[int, int]:  # noqa: ANN401
    """Least and most business days in the post."""
    return _least_and_most(value, whole("business days", 5, 0, 60), "[2, 5]")


def days_between(value: Any) -> tuple[int, int]:  # noqa: ANN401
    """Least and most business days until something."""
    return _least_and_most(value, whole("business days", 3, 0, 365), "[1, 3]")


def _least_and_most(
    value: Any,  # noqa: ANN401
    days: Callable[[Any], int],
    like: str,
) -> tuple[int, int]:
    match list_of(days, like)(value):
        case (least, most) if least <= most:
            return least, most
    raise ValueError(f"{quoted(value)} is not least and most; write {like}")


def ramp(value: Any) -> tuple[float, ...]:  # noqa: ANN401
    """Shares of the first weeks."""
    return list_of(number(0.5, 0, 1), "[0.5, 0.75]")(value)


def rising(
    count: int, what: str, example: str, *, is_whole: bool = False
) -> Callable[[Any], tuple[float, ...]]:
    """A parser of so many rates, none less than the one before."""
    each = whole(what, 1) if is_whole else number(1, 0, 1000)

    def parse(value: Any) -> tuple[float, ...]:  # noqa: ANN401 (TOML gives anything)
        rates: tuple[float, ...] = list_of(each, example)(value)
        if len(rates) != count or list(rates) != sorted(rates):
            raise ValueError(
                f"{quoted(value)} is not {count} rates of {what} in rising order; write {example}"
            )
        return rates

    return parse


def minutes_by_date(value: Any) -> dict[dt.date, int]:  # noqa: ANN401
    """Minutes by date, as `{ 2027-01-12 = 20 }`."""
    if not isinstance(value, dict):
        raise ValueError(f"{quoted(value)} are no minutes by date; write {{ 2027-01-12 = 20 }}")  # noqa: TRY004
    return {date(day): minutes(20)(given) for day, given in value.items()}


def weekdays(value: Any) -> frozenset[int]:  # noqa: ANN401
    """Weekdays by their short names, Monday being 0."""
    names = list_of(one_of(*WEEKDAYS), '["mon", "tue"]')(value)
    return frozenset(map(WEEKDAYS.index, names))


def hours(value: Any) -> Mapping[int, tuple[Hours, ...]] | OpeningHours:  # noqa: ANN401
    """Working hours by weekday; a weekday that is not named, or empty, is free.

    A text is read as the hours of others are.
    """
    if isinstance(value, str) and value.strip():
        return to_working_hours(value)
    if not isinstance(value, dict):
        raise ValueError(f'{quoted(value)} are no hours; write {{ mon = "08:00-17:00" }}')  # noqa: TRY004
    return {
        WEEKDAYS.index(cells.one_of(day, WEEKDAYS)): parse_day(text(spans))
        for day, spans in value.items()
    }


def time_of_day(value: Any) -> int | None:  # noqa: ANN401
    """Minutes after midnight, from a text as `16:00`; None for an empty one."""
    if not isinstance(value, str):
        raise ValueError(f'{quoted(value)} is no time of day; write "16:00"')  # noqa: TRY004
    return to_minutes(value) if value.strip() else None


def call_hours(value: Any) -> OpeningHours | tuple[Hours, ...]:  # noqa: ANN401
    """Hours of any one day, as `09:00-12:00 13:00-17:00`, or of weekdays; none if empty."""
    if not isinstance(value, str):
        raise ValueError(f'{quoted(value)} are no hours; write "09:00-17:00"')  # noqa: TRY004
    return to_usual_hours(value)


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


def home(value: Any) -> Coordinates | Address:  # noqa: ANN401
    """A place by its latitude and longitude, or by postal code or city.

    As a text it is a town, a postal code or both, with region and country behind them.
    """
    remedy = (
        'write "Salem, OR", "97301, US", { latitude = 44.94, longitude = -123.03 } or '
        '{ postal_code = "97301", country = "US" }'
    )
    if isinstance(value, str) and value.strip(" ,"):
        return _address_of_text(value)
    if not isinstance(value, dict):
        raise ValueError(f"{quoted(value)} is no place; {remedy}")  # noqa: TRY004
    if set(value) == {"latitude", "longitude"}:
        degrees = number(44.94, -1e6)  # whether that is on the earth, a place knows itself
        return Coordinates(degrees(value["latitude"]), degrees(value["longitude"]))
    if not set(value) <= set(_FROM_PLACES) or not {"postal_code", "city"} & set(value):
        raise ValueError(f"{quoted(value)} is not a latitude and a longitude; {remedy}")
    return _address({key: text(part) for key, part in value.items()})


def _address_of_text(value: str) -> Address:
    """`Köln`, `97301, US`, `50667 Köln`, `Salem, OR, US`.

    What stands behind a town is the country where that has such a town, else the region.
    """
    town, *rest = [part.strip() for part in value.split(",") if part.strip()]
    found = _CODE_AND_TOWN.fullmatch(town)
    code, town = (found["code"], found["town"] or "") if found else ("", town)
    region = rest[0] if len(rest) > 1 else ""
    behind = country_code(rest[-1]) if rest else ""
    if len(rest) == 1 and town and not code and not cities(behind, town):
        region, behind = rest[0], ""
    return Address(code.strip(), town, region=region, country=behind)


def _address(parts: dict[str, str]) -> Address:
    if not (parts.get("postal_code") or parts.get("city")):
        raise ValueError('there is no postal code and no city; write { city = "Salem" }')
    return Address(
        parts.get("postal_code", ""),
        parts.get("city", ""),
        region=parts.get("region", ""),
        country=country(parts.get("country", "")),
    )


@frozen
class SaidBase:
    """Where tours start and end on some days, as it stands in campaign.toml."""

    place: Coordinates | Address
    weekdays: frozenset[int] = frozenset()
    days: tuple[Span, ...] = ()
    since: dt.date | None = None


def base(value: Any) -> SaidBase:  # noqa: ANN401
    """A base: its `place`, and `on` which weekdays or dates, or `from` which day on."""
    like = 'write { on = "Th", place = { city = "Leeds" } }'
    if not isinstance(value, dict) or not set(value) <= {"on", "from", "place"}:
        raise ValueError(f"{quoted(value)} is no base; {like}")
    if "place" not in value or not {"on", "from"} & set(value):
        raise ValueError(f"{quoted(value)} does not say where and when; {like}")
    given = value.get("on", [])
    weekdays: set[int] = set()
    days: list[Span] = []
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, dt.date) or (isinstance(one, str) and one[:1].isdigit()):
            days.append(span(one))
        else:
            weekdays |= set(weekdays_in(text(one)))
    since = date(value["from"]) if "from" in value else None
    return SaidBase(home(value["place"]), frozenset(weekdays), tuple(days), since)


def country(value: Any) -> str:  # noqa: ANN401
    """A country as its ISO code where it is known."""
    return country_code(text(value))


def timezone(value: Any) -> str:  # noqa: ANN401
    """An IANA time zone."""
    return cells.timezone(text(value))
