"""The TOML tables that ship: words, headings, cadences, rates, each parsed once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def shipped_toml(path: str) -> Mapping[str, Any]:
    """A table that ships, by its path in the package, as `reading/cells/words.toml`."""
    return tomllib.loads(files("campaign").joinpath(path).read_text(encoding="utf-8"))
