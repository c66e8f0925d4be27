"""Deals lines out: the most fitting first, and none twice at an account while others are left."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import define, field

from campaign.words.fields import FieldIsEmpty
from campaign.words.lines import BLANK, Line, pool

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
    lines = [line for line in pool(*where) if line.fits(tags)]
    weights = sorted({_weight(line) for line in lines}, reverse=True)
    groups = [[one for one in lines if _weight(one) == weight] for weight in weights]
    whole = [tuple(one for one in some if BLANK not in one.source) for some in groups]
    blank = tuple(one for some in groups for one in some if BLANK in one.source)
    return tuple(filter(None, (*whole, blank)))


def _weight(line: Line) -> int:
    """How particular a line is: what has just happened goes before what somebody is."""
    return len(line.needs) + len(line.needs & _EVENTS)


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
        lines = self._in_turn(groups) if is_varied else [one for some in groups for one in some]
        for line in lines:
            try:
                text = line.template.text({**self.values, **more})
            except FieldIsEmpty as empty:
                self.empty = self.empty or empty
                continue
            self.chosen.append(line)
            return text
        return ""

    def _in_turn(self, groups: Sequence[Sequence[Line]]) -> Sequence[Line]:
        """The lines, the least said first; each text begun anew takes another choice of all."""
        lines = [line for group in groups for line in self._begun(group)]
        lines.sort(key=lambda line: max(self.dealer.used[one] for one in line.sentences))
        self.turn, start = divmod(self.turn, max(1, len(lines)))
        return [*lines[start:], *lines[:start]]

    def _begun(self, group: Sequence[Line]) -> Sequence[Line]:
        start = self.dealer.first % len(group)
        return [*group[start:], *group[:start]]
