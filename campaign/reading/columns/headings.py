"""Which column of a list means what: headings compared with a table of the usual ones."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from attrs import field, frozen

from campaign.errors import Finding
from campaign.phrases import first_of
from campaign.reading.cells import shown
from campaign.reading.parsing.rows import Table
from campaign.shipped import shipped_toml

_MOST_NAMED = 12
_COALESCED = ("phone", "email")


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
    columns = (*aliases(kind).values(), *aliases("contacts").values())
    return frozenset(folded(heading) for headings in columns for heading in headings)


def folded(heading: str) -> str:
    """The letters and digits of a heading, without case: what is compared."""
    return "".join(filter(str.isalnum, heading.casefold()))


def match(table: Table, known: Mapping[str, Sequence[str]]) -> Columns:
    """The columns of a table under the names of `known`; others keep their own names."""
    positions: dict[str, list[int]] = {}
    for position, heading in enumerate(table.headings):
        positions.setdefault(folded(heading), []).append(position)
    # All places of each heading of a column, the best heading first.
    found = {
        name: [positions[key] for key in dict.fromkeys(map(folded, headings)) if key in positions]
        for name, headings in known.items()
    }
    places = {name: every[0][0] for name, every in found.items() if every}
    return Columns(
        places,
        _others(table.headings, set(places.values())),
        renamed={
            name: table.headings[place]
            for name, place in places.items()
            if folded(table.headings[place]) != folded(name)
        },
        findings=tuple(
            Finding(
                table.file,
                f"the heading stands {len(every[0])} times",
                remedy="keep one of these columns, or rename the others",
                row=table.heading_row,
                column=name,
            )
            for name, every in found.items()
            if every and len(every[0]) > 1
        ),
        fallbacks={
            name: tuple(further[0] for further in found[name][1:])
            for name in _COALESCED
            if name in places
        },
    )


def _others(headings: Sequence[str], taken: set[int]) -> dict[str, int]:
    """The other columns by their headings, a number behind one that stands again."""
    seen: dict[str, int] = {}
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if position not in taken:
            name = heading or f"column {position + 1}"
            seen[name] = seen.get(name, 0) + 1
            found[f"{name} ({seen[name]})" if seen[name] > 1 else name] = position
    return found


def headings_in_words(headings: Sequence[str]) -> str:
    """The headings that are written, the first of them where they are many."""
    return first_of([shown(heading) for heading in headings if heading], _MOST_NAMED)


def lacks(table: Table, problem: str, remedy: str, column: str = "") -> Finding:
    """What a list has not among its headings, which are named."""
    return Finding(
        table.file,
        f"{problem} (the headings are {headings_in_words(table.headings)})",
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
