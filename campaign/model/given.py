"""What the fields of a value are given: converted, or refused with the field and the remedy.

A data frame's cell holds more than a type says: NaN where nothing is known, 5415851007.0 for
a telephone, "no" for false. `converting` goes over the fields of a class once: each gets the
conversion of its type, or keeps its own, and whatever either says carries the field's name.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from numbers import Integral, Real
from types import MappingProxyType, NoneType, UnionType
from typing import Any, SupportsFloat, TypeAlias, TypeVar, cast, get_args, get_origin

from attrs import NOTHING, Attribute, Converter, Factory, evolve, frozen, has

from campaign.errors import Finding, InvalidInput
from campaign.model.values import frozen_mapping

ASKS = "asks"
"""Where a field keeps the validator that it was declared with."""
YES = frozenset({"yes", "y", "true", "1", "x", "ja", "wahr"})
NO = frozenset({"no", "n", "false", "0", "nein", "falsch"})
# What can never be missing, asked first: a list has a million of them.
_WHOLE_KINDS = frozenset({str, bool, int, tuple, dict, MappingProxyType})
_MISSING_KINDS = frozenset({"NAType", "NaTType"})
_MOST_DIGITS = 400
_FAULTS = (TypeError, ValueError, OverflowError, AttributeError)
_MADE: type[Any] = type(Factory(list))

Field: TypeAlias = "Attribute[Any]"
Kind = TypeVar("Kind")


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


def to_whole(value: object) -> int:
    """A whole number, also where a spreadsheet has made 15.0 of it."""
    number = _number(value)
    if number is None or number != int(number):
        raise ValueError(f"{_short(value)} is no whole number; write 15")
    return int(number)


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


def _short(value: object) -> str:
    """A value as a message shows it; a number of a thousand digits is not spelt out."""
    if isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS // 10:
        return "a number of hundreds of digits"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004


@frozen
class Between:
    """What a number of a field lies between, both ends included: its validator.

    A whole number says `what` it counts; `like` is one that would be right. Settings ask for
    the same, in the same words.
    """

    least: float
    most: float
    what: str = ""
    like: float = 1

    def __call__(self, _owner: object, _its: object, value: Any) -> None:  # noqa: ANN401 (of any field)
        """Raise `ValueError` for a number outside; None is none."""
        if value is not None and not self.least <= value <= self.most:
            are, ends = "is not between", f"{self.least:g} and {self.most:g}"
            if self.what:
                are, ends = f"{self.what} are not between", f"{self.least} and {self.most}"
            raise ValueError(f"{_short(value)} {are} {ends}; write {self.like}")


def whole(what: str, like: int, least: int = 0, most: int = 1_000_000) -> Between:
    """Whole numbers of something between two ends."""
    return Between(least, most, what, like)


@frozen
class Rising:
    """So many rates, `each` between its ends and none less than the one before: a validator."""

    count: int
    what: str
    each: Between
    like: str

    def __call__(self, owner: object, its: object, rates: Sequence[float]) -> None:
        """Raise `ValueError` for any others."""
        for rate in rates:
            self.each(owner, its, rate)
        if len(rates) != self.count or list(rates) != sorted(rates):
            what = f"{self.count} rates of {self.what} in rising order"
            raise ValueError(f"{_short(list(rates))} is not {what}; write {self.like}")


_BY_TYPE: Mapping[Any, Callable[[Any], object]] = {
    str: to_text,
    bool: to_flag,
    float: to_number,
    int: to_whole,
}


def converting(kind: type, fields: list[Field]) -> list[Field]:
    """The fields of a class, each converting what it is given: for `field_transformer`.

    What is missing is the field's default. What cannot be converted, is of another kind, or is
    not valid, is an `InvalidInput` with the name of the class and of the field.
    """
    return [_converting(kind.__name__, each) for each in fields]


def _converting(kind: str, each: Field) -> Field:
    convert, validate = _conversion(each), cast("Any", each.validator)

    def _converted(value: object) -> object:
        if convert is to_text and type(value) is str:
            return value.strip()
        if value is None and each.default is None:
            return None
        try:
            value = _filled(each, value)
            return None if value is None and each.default is None else convert(value)
        except _FAULTS as error:
            raise _refused(kind, each.name.lstrip("_"), value, error) from error

    def _valid(owner: object, its: Field, value: object) -> None:
        try:
            validate(owner, its, value)
        except _FAULTS as error:
            raise _refused(kind, its.name, value, error) from error

    return each.evolve(
        converter=Converter(_converted),
        validator=_valid if validate else None,
        metadata={**each.metadata, ASKS: validate},
    )


def _conversion(each: Field) -> Callable[[Any], object]:
    """What converts a field: its own converter, the one of its type, or a look at its kind."""
    given: Any = each.converter
    if get_origin(given) is tuple:  # as tuple[Account, ...]
        member = _of_kind(get_args(given)[0])
        return lambda values: tuple(map(member, values))
    return given or _of_kind(each.type)


def _of_kind(kind: Any) -> Callable[[Any], object]:  # noqa: ANN401 (of any type)
    if isinstance(kind, UnionType):  # of one kind and None, which is looked at before
        kind, *others = (one for one in get_args(kind) if one is not NoneType)
        kind = object if others else kind
    if get_origin(kind) is Mapping:
        member = _of_kind(get_args(kind)[1])
        return lambda value: frozen_mapping(value, member)
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    return (lambda value: _is_a(value, kind)) if has(kind) else (lambda value: value)


def _is_a(value: object, kind: type[Kind]) -> Kind:
    if isinstance(value, kind):
        return value
    raise ValueError(f"{_short(value)} is no {kind.__name__}; give a {kind.__name__}")


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


def asked(value: object, kind: type[Kind], name: str) -> Kind:
    """What a function is asked about, if it is of its kind; else an `InvalidInput` by its name."""
    return taken(value, lambda one: _is_a(one, kind), name)


def only(given: Mapping[str, object], known: type, function: str) -> None:
    """Raise `TypeError`, as Python does, for a keyword that a typed dictionary does not have."""
    for name in given:
        if name not in known.__annotations__:
            raise TypeError(f"{function}() got an unexpected keyword argument {name!r}")


def taken(value: object, convert: Callable[[Any], Kind], name: str, remedy: str = "") -> Kind:
    """What a function is given, converted; else an `InvalidInput` by its name."""
    try:
        return convert(value)
    except _FAULTS as error:
        found = _refused(name, "", value, error)
        plainly = [evolve(one, remedy=remedy or one.remedy) for one in found.findings]
        raise InvalidInput(plainly) from error
