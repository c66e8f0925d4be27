"""The fields that a template may name; one that is empty cannot be printed."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from attrs import frozen


@frozen
class FieldIsEmpty(Exception):  # noqa: N818 (it says what it says)
    """A letter needs a field that the lists leave empty."""

    group: str
    name: str


class Fields:
    """A group of fields by name, as `account`; what is not known is missing, not empty."""

    __slots__ = ("_group", "_values")

    def __init__(self, group: str, values: Mapping[str, str]) -> None:
        self._group = group
        self._values = values

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 (a text, or a missing one)
        value = self._values.get(name, "")
        return value or missing_class()(name=f"{self._group}.{name}", exc=_empty(self._group, name))

    def known(self, name: str) -> str:
        """A field as it is, empty where it is not known."""
        return self._values.get(name, "")

    def __iter__(self) -> Iterator[str]:
        """The names of the fields that are known, so that a loop over them ends."""
        return iter([name for name, value in self._values.items() if value])

    def __bool__(self) -> bool:
        """Whether any field is known."""
        return any(self._values.values())


def _empty(group: str, name: str) -> Any:  # noqa: ANN401 (what raises instead of an exception)
    return lambda _message: FieldIsEmpty(group, name)


@cache
def missing_class() -> type[Any]:
    """What stands for an empty field: false in a condition, and an end to printing it."""
    from jinja2 import Undefined  # noqa: PLC0415 (0.1 s)

    class Missing(Undefined):
        """An empty field."""

        __slots__ = ()
        __str__ = __iter__ = __len__ = Undefined._fail_with_undefined_error  # noqa: SLF001

    return Missing
