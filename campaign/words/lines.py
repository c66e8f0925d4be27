"""The lines that ship, by language, purpose, kind and part, and how they are dealt out.

The most fitting is said first, and none twice at an account while others are left.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import chain, groupby
from typing import Any

from attrs import define, field, frozen

from campaign.words.templates import FieldIsEmpty, Template, parsed

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

    @cached_property
    def template(self) -> Template:
        """The line ready to be filled in."""
        language, purpose, *_ = self.key
        file = f"{language}/{purpose}.toml (as it ships)"
        return parsed("/".join(self.key), self.source, file)


def words(language: str, group: str) -> Mapping[str, Any]:
    """Single words and forms of a language: `label` and `date` of its common file."""
    return _file(language, COMMON)[group]


@cache
def _pool(language: str, purpose: str, kind: str, part: str) -> tuple[Line, ...]:
    """The lines of one part of a text, in their order; empty where it has none."""
    found = []
    for number, (when, source) in enumerate(_file(language, purpose).get(kind, {}).get(part, ())):
        marks = when.split()
        line = Line(
            (language, purpose, kind, part, str(number)),
            source,
            needs=frozenset(one for one in marks if one.isidentifier()),
            forbids=frozenset(one[1:] for one in marks if one.startswith("!")),
            allows=frozenset(one[:-1] for one in marks if one.endswith("?")),
        )
        found.append(line)
    return tuple(found)


@cache
def _file(language: str, name: str) -> Mapping[str, Mapping[str, Any]]:
    """What ships for a purpose, empty where nothing does."""
    file = files("campaign.words").joinpath(language, f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


_EVENTS = frozenset({"new", "colleague", "complaint"})


@define
class Dealer:
    """What has been said at one account, sentence by sentence where a line has several.

    `first` is where pools of equals are begun.
    """

    first: int
    used: Counter[str] = field(factory=Counter)
    said: set[str] = field(factory=set)


@lru_cache(maxsize=20_000)
def fitting(where: tuple[str, str, str, str], tags: frozenset[str]) -> tuple[tuple[Line, ...], ...]:
    """The lines of a pool that may be said, the most particular first, equals together.

    What leaves a blank for the rep to fill comes last.
    """

    def _weight(line: Line) -> int:
        # What has just happened goes before what somebody is.
        return -len(line.needs) - len(line.needs & _EVENTS)

    lines = sorted((line for line in _pool(*where) if line.fits(tags)), key=_weight)
    whole = [line for line in lines if BLANK not in line.source]
    equals = [tuple(some) for _, some in groupby(whole, _weight)]
    return tuple(filter(None, (*equals, tuple(line for line in lines if BLANK in line.source))))


@define
class Draft:
    """One text in the making; `turn` says which of all choices."""

    dealer: Dealer
    tags: frozenset[str]
    values: Mapping[str, Any]
    turn: int = 0
    chosen: list[Line] = field(factory=list)
    empty: FieldIsEmpty | None = None

    def line(self, where: tuple[str, str, str, str], *, is_varied: bool = True, **more: str) -> str:
        """One line of a pool, filled in; empty where none of them can be said.

        Where it is not varied it is the most particular one, whoever has had it.
        """
        groups = fitting(where, self.tags)
        lines = list(chain.from_iterable(groups))
        if is_varied:
            # The least said first; each text begun anew takes another choice of all.
            begin, used = self.dealer.first, self.dealer.used
            lines = [some[(begin + at) % len(some)] for some in groups for at in range(len(some))]
            lines.sort(key=lambda line: max(used[one] for one in line.sentences))
            self.turn, start = divmod(self.turn, max(1, len(lines)))
            lines = [*lines[start:], *lines[:start]]
        for line in lines:
            try:
                text = line.template.text({**self.values, **more})
            except FieldIsEmpty as empty:
                self.empty = self.empty or empty
                continue
            self.chosen.append(line)
            return text
        return ""
