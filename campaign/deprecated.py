"""The one door for public names that move or go: the old address works for a while, and warns."""

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module


def moved(
    module: str, names: Mapping[str, str], *, since: str, until: str
) -> Callable[[str], type]:
    """The `__getattr__` of a module out of which names have moved, each into another module.

    Whoever asks for one gets it, with a `DeprecationWarning` that gives its new address, the
    version `since` which it has that and the one `until` which the old address works. Other names
    raise `AttributeError`.
    """

    def _found(name: str) -> type:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        warnings.warn(
            f"{module}.{name} is {names[name]}.{name} since {since}; "
            f"the old address works until {until}",
            DeprecationWarning,
            stacklevel=2,
        )
        there: type = getattr(import_module(names[name]), name)
        return there

    return _found
