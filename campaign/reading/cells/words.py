"""The table of words that cells are compared with."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from campaign.shipped import shipped_toml


def words() -> Mapping[str, Any]:
    """The table of `words.toml`."""
    return shipped_toml("reading/cells/words.toml")


@cache
def answers() -> Mapping[str, bool]:
    """What each word of a tick says."""
    found = words()["answers"]
    return {word: says == "yes" for says in ("no", "yes") for word in found[says]}
