"""A dict that nobody changes: what values keep by name."""

from typing import Any, NoReturn, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError("it is part of a value and cannot be changed; make a dict of it first")


_refused: Any = _refuse


class FrozenDict(dict[Key, Value]):
    """A dict that hashes, pickles and copies as the values do that hold it.

    It reads as fast as a dict, is equal to any dict of the same items whatever their order,
    and keeps the order in which it was made. Raises `TypeError` where it would be changed.
    """

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]  # dict says that it has none
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type["FrozenDict[Key, Value]"], tuple[dict[Key, Value]]]:
        """How pickle and copy make it again: whole, since it cannot be filled later."""
        return type(self), (dict(self),)

    __setitem__: Any = _refused
    __delitem__: Any = _refused
    __ior__: Any = _refused
    clear: Any = _refused
    pop: Any = _refused
    popitem: Any = _refused
    setdefault: Any = _refused
    update: Any = _refused
