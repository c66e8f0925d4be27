"""The lines that ship: pools of what may be said, by language, purpose, kind and part."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from attrs import field, frozen

from campaign.words.templates import Template, parsed

COMMON, OTHER = "common", "other"
BLANK = "______"
"""What stands for something that only the rep can write."""
DELICATE = frozenset({"first", "grievance", "prospect"})
"""What a line has to name before it is said to a stranger, an angry customer, a prospect."""


@frozen
class Line:
    """One thing that may be said, and when: what must be so, must not be so, may be so."""

    key: tuple[str, ...]
    source: str = field(repr=False)
    needs: frozenset[str] = field(kw_only=True)
    forbids: frozenset[str] = field(kw_only=True)
    allows: frozenset[str] = field(kw_only=True)

    def fits(self, tags: frozenset[str]) -> bool:
        """Whether it may be said where these things are so."""
        return (
            self.needs <= tags
            and not self.forbids & tags
            and (tags & DELICATE) <= (self.needs | self.allows)
        )

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What it says in its lines; nobody is to be asked one of them twice."""
        return tuple(self.source.split("\n"))

    @property
    def template(self) -> Template:
        """The line ready to be filled in."""
        return _template(self.key, self.source)


@cache
def _template(key: tuple[str, ...], source: str) -> Template:
    return parsed("/".join(key), source, f"{key[0]}/{key[1]}.toml (as it ships)")


Pool = tuple[Line, ...]


def pool(language: str, purpose: str, kind: str, part: str) -> Pool:
    """The lines of one part of a text, in their order; empty where it has none."""
    return _pools(language, purpose).get((kind, part), ())


def words(language: str, group: str) -> Mapping[str, Any]:
    """Single words and forms of a language: `label` and `date` of its common file."""
    return _file(language, COMMON)[group]


@cache
def _pools(language: str, purpose: str) -> Mapping[tuple[str, str], Pool]:
    return {
        (kind, part): tuple(_lines((language, purpose, kind, part), rows))
        for kind, parts in _file(language, purpose).items()
        for part, rows in parts.items()
        if isinstance(rows, list) and rows and isinstance(rows[0], list)
    }


@cache
def _file(language: str, name: str) -> Mapping[str, Mapping[str, Any]]:
    """What ships for a purpose, empty where nothing does."""
    file = files("campaign.words").joinpath(language, f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _lines(key: tuple[str, ...], rows: list[list[str]]) -> Iterator[Line]:
    for number, (when, source) in enumerate(rows):
        marks = when.split()
        yield Line(
            (*key, str(number)),
            source,
            needs=frozenset(one for one in marks if one.isidentifier()),
            forbids=frozenset(one[1:] for one in marks if one.startswith("!")),
            allows=frozenset(one[:-1] for one in marks if one.endswith("?")),
        )
