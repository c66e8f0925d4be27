"""Headings that are not read: said aloud, and those that look like a refusal are noticed."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from attrs import field, frozen

from campaign.errors import Finding, Severity
from campaign.reading import cells
from campaign.reading.columns.headings import Columns, folded
from campaign.reading.parsing.rows import Table
from campaign.shipped import shipped_toml

_MOST_NAMED = 12
# "(Do Not Modify) Account" is an id of a CRM, and "Donor" and "To Do Notes" refuse nothing.
_REFUSAL = re.compile(r"opt(?:ed|s)?out|donot(?!modify|delete|edit|es|e$)|unsubscri|dnc|nocontact")
_REFUSES = frozenset(
    {
        *("donotallow", "optedout", "optout", "unsubscribed", "refused", "noconsent", "bounced"),
        *("donotcontact", "donotemail", "donotcall", "dnc", "blocked", "deny", "denied"),
        *("notallowed", "archived", "abgemeldet", "désabonné", "désinscrit", "baja"),
        "uitgeschreven",
    }
)
_ALLOWS = frozenset(
    {
        *("allow", "allowed", "permitted", "granted", "optedin", "optin", "subscribed"),
        *("angemeldet", "abonné", "suscrito", "ingeschreven", "notsubscribed", "neversubscribed"),
        "pending",
    }
)


@cache
def _table() -> Mapping[str, Collection[str]]:
    refused = shipped_toml("reading/columns/headings.toml")["refusals"]
    return {name: frozenset(map(folded, headings)) for name, headings in refused.items()}


def refusals(columns: Columns, channels: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The headings of contacts under which a yes refuses channels, with these channels."""
    known = tuple(channels)
    found = {heading: tuple(_refused(heading, known)) for heading in columns.others}
    return {heading: refused for heading, refused in found.items() if refused}


def _refused(heading: str, channels: Iterable[str]) -> Iterator[str]:
    bare = folded(re.sub(r" \(\d+\)$", "", heading))
    for channel in channels:
        name = folded(channel)
        usual = {f"donot{name}", f"no{name}", f"{name}optout", f"optedoutof{name}"}
        usual.add(f"hasoptedoutof{name}")
        if bare in usual or bare in _table().get(channel, ()):
            yield channel


def refuses(text: str) -> bool:
    """Whether the cell of a refusal says yes; raises `ValueError` where it says neither."""
    said = refusal_in_words(text)
    return cells.yes_no(text) if said is None else said


def refusal_in_words(text: str) -> bool | None:
    """Whether a cell refuses in words of its own, as `Opted Out`; None where it has no such."""
    word = folded(text)
    return word in _REFUSES if word in _REFUSES | _ALLOWS else None


@frozen
class Unread:
    """The headings of a list that nothing was read from, but for those in `read`."""

    table: Table
    columns: Columns
    read: Collection[str] = field(default=())

    @property
    def names(self) -> list[str]:
        """The headings themselves; a column without one has none to name."""
        named = (name for name in self.columns.others if not re.fullmatch(r"column \d+", name))
        return [name for name in named if name not in {*self.read, *self.table.used}]

    @property
    def said(self) -> tuple[str, ...]:
        """One sentence with the first of the headings and the number of the others."""
        names = [cells.shown(name) for name in self.names]
        if not names:
            return ()
        more = len(names) - _MOST_NAMED
        rest = f" and {more} more" if more > 0 else ""
        return (f"{self.table.file}: not read: {', '.join(names[:_MOST_NAMED])}{rest}",)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A notice on each heading under which somebody may have refused us, and has."""
        doubtful = [name for name in self.names if _REFUSAL.search(folded(name))]
        filled = self.table.filled if doubtful else frozenset[int]()
        return tuple(self._notice(name) for name in doubtful if self.columns.others[name] in filled)

    def _notice(self, heading: str) -> Finding:
        return Finding(
            self.table.file,
            "looks like a refusal, and is not read",
            remedy="write do_not_contact above it, or in contacts.csv Do Not Call or Email Opt Out",
            row=self.table.heading_row,
            column=cells.shown(heading),
            severity=Severity.NOTICE,
        )
