"""Which column of a list means what: headings compared with a table of the usual ones."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from attrs import field, frozen

from campaign.errors import Finding
from campaign.reading.cells import shown
from campaign.reading.parsing.rows import Table
from campaign.shipped import shipped_toml

_MOST_NAMED = 12
_COALESCED = frozenset({"phone", "email"})


@frozen
class Columns:
    """Where each canonical column stands, and what every other column is called.

    `places` and `others` hold positions from 0; `renamed` says which heading was taken for
    which column where the two differ. `habits` says how the cells of a column are written:
    the order of its dates (`mdy`, `dmy`) or its decimal sign; `said` what was assumed so.
    """

    places: Mapping[str, int]
    others: Mapping[str, int]
    renamed: Mapping[str, str] = field(kw_only=True)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    habits: Mapping[str, str] = field(factory=dict, kw_only=True)
    said: tuple[str, ...] = field(default=(), kw_only=True)
    fallbacks: Mapping[str, tuple[int, ...]] = field(factory=dict, kw_only=True)


@cache
def aliases(kind: str) -> Mapping[str, Sequence[str]]:
    """The headings by which each column of a kind of list goes, best first."""
    columns = shipped_toml("reading/columns/headings.toml")[kind]
    return {name: (name, *others) for name, others in columns.items()}


@cache
def known_headings(kind: str) -> frozenset[str]:
    """Every heading that is known in a kind of list, folded; those of contacts everywhere."""
    kinds = {kind, "contacts"}
    return frozenset(
        folded(heading) for one in kinds for names in aliases(one).values() for heading in names
    )


def folded(heading: str) -> str:
    """The letters and digits of a heading, without case: what is compared."""
    return "".join(filter(str.isalnum, heading.casefold()))


def match(table: Table, known: Mapping[str, Sequence[str]]) -> Columns:
    """The columns of a table under the names of `known`; others keep their own names."""
    positions: dict[str, list[int]] = {}
    for position, heading in enumerate(table.headings):
        positions.setdefault(folded(heading), []).append(position)
    found = {name: _places(positions, headings) for name, headings in known.items()}
    places = {name: taken[0] for name, taken in found.items() if taken}
    return Columns(
        places,
        dict(_others(table.headings, set(places.values()))),
        renamed={
            name: table.headings[place]
            for name, place in places.items()
            if folded(table.headings[place]) != folded(name)
        },
        findings=tuple(_repeated(table, found)),
        fallbacks={
            name: tuple(_further(positions, known[name]))[1:] for name in _COALESCED & places.keys()
        },
    )


def _further(positions: Mapping[str, list[int]], headings: Sequence[str]) -> Iterator[int]:
    for key in dict.fromkeys(map(folded, headings)):
        yield from positions.get(key, ())[:1]


def _places(positions: Mapping[str, list[int]], headings: Sequence[str]) -> list[int]:
    return next((positions[key] for key in map(folded, headings) if key in positions), [])


def _others(headings: Sequence[str], taken: set[int]) -> Iterator[tuple[str, int]]:
    seen: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if position not in taken:
            name = heading or f"column {position + 1}"
            seen[name] = seen.get(name, 0) + 1
            yield (f"{name} ({seen[name]})" if seen[name] > 1 else name), position


def _repeated(table: Table, found: Mapping[str, Sequence[int]]) -> Iterator[Finding]:
    for name, places in found.items():
        if len(places) > 1:
            yield Finding(
                table.file,
                f"the heading stands {len(places)} times",
                remedy="keep one of these columns, or rename the others",
                row=table.heading_row,
                column=name,
            )


def headings_in_words(headings: Sequence[str]) -> str:
    """The headings that are written, the first of them where they are many."""
    heads = [shown(heading) for heading in headings if heading]
    more = f" and {len(heads) - _MOST_NAMED} more" if len(heads) > _MOST_NAMED else ""
    return f"the headings are {', '.join(heads[:_MOST_NAMED])}{more}"


def lacks(table: Table, problem: str, remedy: str, column: str = "") -> Finding:
    """What a list has not among its headings, which are named."""
    return Finding(
        table.file,
        f"{problem} ({headings_in_words(table.headings)})",
        remedy=remedy,
        row=table.heading_row,
        column=column,
    )


def missing(table: Table, columns: Columns, required: Sequence[str]) -> Iterator[Finding]:
    """A finding for each column that a list has to have and has not."""
    for name in required:
        if name not in columns.places:
            remedy = f"write {name} above the column that holds it"
            yield lacks(table, f"there is no column {name}", remedy, name)
