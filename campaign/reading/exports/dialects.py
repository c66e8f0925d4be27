"""Which system an export comes from, as its headings say."""

import tomllib
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

_FEWEST = 2


@cache
def dialects() -> Mapping[str, Sequence[str]]:
    """The headings of each system that is known, by its name."""
    text = files("campaign.reading.exports").joinpath("dialects.toml").read_text(encoding="utf-8")
    return {one["name"]: one["headings"] for one in tomllib.loads(text)["dialect"]}


def dialect_of(headings: Sequence[str]) -> str:
    """The system that most headings speak for; empty where no two speak for one."""
    written = [" ".join(heading.split()).casefold() for heading in headings]
    votes = {name: _votes(written, known) for name, known in dialects().items()}
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] >= _FEWEST else ""


def _votes(written: Sequence[str], known: Sequence[str]) -> int:
    patterns = [heading.casefold() for heading in known]
    return sum(any(fnmatchcase(heading, one) for one in patterns) for heading in written)
