"""The table of words that cells are compared with."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> Mapping[str, Any]:
    """The table of `words.toml`."""
    text = files("campaign.reading.cells").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def answers() -> Mapping[str, bool]:
    """What each word of a tick says."""
    found = words()["answers"]
    return {word: says == "yes" for says in ("no", "yes") for word in found[says]}
