"""What the fields of a value are given: converted, or refused with the field and the remedy.

A data frame's cell holds more than a type says: NaN where nothing is known, 5415851007.0 for
a telephone, "no" for false. `converting` goes over the fields of a class once: each gets the
conversion of its type, or keeps its own, and whatever either says carries the field's name.
"""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any, SupportsFloat, TypeAlias, TypeVar

from attrs import NOTHING, Attribute, Converter, Factory, evolve

from campaign.errors import Finding, InvalidInput

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "wahr"})
NO = frozenset({"no", "n", "false", "0", "nein", "falsch"})
# What can never be missing, asked first: a list has a million of them.
_WHOLE_KINDS = frozenset({str, bool, int, tuple, dict, MappingProxyType})
_MISSING_KINDS = frozenset({"NAType", "NaTType"})
_MOST_DIGITS = 400
_FAULTS = (TypeError, ValueError, OverflowError, AttributeError)
_MADE: type[Any] = type(Factory(list))

Field: TypeAlias = "Attribute[Any]"


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN of any kind, pandas' NA and NaT."""
    kind = type(value)
    if kind in _WHOLE_KINDS:
        return False
    if value is None or kind.__name__ in _MISSING_KINDS:
        return True
    return isinstance(value, (Real, Decimal)) and bool(value != value)  # noqa: PLR0124 (only NaN is)


def to_text(value: object) -> str:
    """A text without the space around it; a number as it is written by hand."""
    if isinstance(value, str):
        return str(value).strip()
    number = _number(value)
    if number is None:
        raise ValueError(f"{_short(value)} is no text; write it in quotes")
    return str(int(number)) if number == int(number) else str(number)


def to_flag(value: object) -> bool:
    """Yes or no, from themselves, from 1 and 0 or from the words that lists use."""
    word = "1" if value == 1 else "0" if value == 0 else str(value).strip().casefold()
    if not word:
        return False
    if word in YES | NO:
        return word in YES
    raise ValueError(f"{_short(value)} is neither yes nor no; write True or False")


def to_number(value: object) -> float:
    """A number that can be reckoned with, from itself or from a plain text."""
    number = _number(value)
    if number is None:
        raise ValueError(f"{_short(value)} is not a number; write 1234.50")
    return number


def _number(value: object) -> float | None:
    """A finite number as a plain int or float; None for anything else, true and false too."""
    # the usual kinds are asked first: to ask whether anything else is a number takes long
    if isinstance(value, bool) or not isinstance(value, (float, int, str, SupportsFloat)):
        return None
    try:
        exact = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if not math.isfinite(exact):
        return None
    return int(value) if isinstance(value, Integral) else exact


def to_whole(value: object) -> int:
    """A whole number, also where a spreadsheet has made 15.0 of it."""
    number = _number(value)
    if number is None or number != int(number):
        raise ValueError(f"{_short(value)} is no whole number; write 15")
    return int(number)


_BY_TYPE: Mapping[Any, Callable[[object], object]] = {
    str: to_text,
    bool: to_flag,
    float: to_number,
    int: to_whole,
    float | None: to_number,
    int | None: to_whole,
    str | None: to_text,
}


def converting(kind: type, fields: list[Field]) -> list[Field]:
    """The fields of a class, each converting what it is given: for `field_transformer`.

    What is missing is the field's default. What cannot be converted, or is not valid, is an
    `InvalidInput` with the name of the class and of the field.
    """
    return [_converting(kind.__name__, each) for each in fields]


def _converting(kind: str, each: Field) -> Field:
    convert: Any = each.converter or _BY_TYPE.get(each.type) or _itself
    validate: Any = each.validator

    def converted(value: object) -> object:
        if convert is to_text and type(value) is str:
            return value.strip()
        if value is None and each.default is None:
            return None
        try:
            value = _filled(each, value)
            return None if value is None and each.default is None else convert(value)
        except _FAULTS as error:
            raise _refused(kind, each.name, value, error) from error

    def valid(owner: object, attribute: Field, value: object) -> None:
        try:
            validate(owner, attribute, value)
        except _FAULTS as error:
            raise _refused(kind, each.name, value, error) from error

    return each.evolve(converter=Converter(converted), validator=valid if each.validator else None)


def _itself(value: object) -> object:
    return value


def _filled(each: Field, value: object) -> object:
    """What a field is given, its default in the place of what is missing."""
    if not is_missing(value):
        return value
    usual: Any = each.default
    if usual is NOTHING:
        raise ValueError("is missing; it has to be given")
    if isinstance(usual, _MADE):
        return value if usual.takes_self else usual.factory()
    return usual


def _refused(kind: str, name: str, value: object, error: Exception) -> InvalidInput:
    if isinstance(error, InvalidInput):
        return error
    words = str(error).removeprefix(f"{name} ") if isinstance(error, ValueError) else ""
    if words.startswith(f"'{name}' must"):  # as attrs says it
        rule = words.partition(": ")[0].removeprefix(f"'{name}' ")
        words = f"{_short(value)} {rule}"
    problem, _, remedy = (words or f"{_short(value)} cannot be read").partition("; ")
    return InvalidInput([Finding(kind, problem, remedy=remedy, column=name)])


Kind = TypeVar("Kind")


def asked(value: object, kind: type[Kind], name: str) -> Kind:
    """What a function is asked about, if it is of its kind; else an `InvalidInput` by its name."""
    if isinstance(value, kind):
        return value
    problem = f"{_short(value)} is no {kind.__name__}"
    raise InvalidInput([Finding(name, problem, remedy=f"give a {kind.__name__}")])


def taken(value: object, convert: Callable[[Any], Kind], name: str, remedy: str = "") -> Kind:
    """What a function is given, converted; else an `InvalidInput` by its name."""
    try:
        return convert(value)
    except _FAULTS as error:
        found = _refused(name, "", value, error)
        plainly = [evolve(one, remedy=remedy or one.remedy) for one in found.findings]
        raise InvalidInput(plainly) from error


def _short(value: object) -> str:
    """A value as a message shows it; a number of a thousand digits is not spelt out."""
    if isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS // 10:
        return "a number of hundreds of digits"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004
