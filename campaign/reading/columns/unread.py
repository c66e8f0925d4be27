"""Headings that are not read: said aloud, and those that look like a refusal are noticed."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from campaign.errors import Finding
from campaign.reading import cells
from campaign.reading.columns.headings import Columns, folded, headings_in_words
from campaign.reading.parsing.rows import Table
from campaign.shipped import shipped_toml

# "(Do Not Modify) Account" is an id of a CRM, and "Donor" and "To Do Notes" refuse nothing.
_REFUSAL = re.compile(r"opt(?:ed|s)?out|donot(?!modify|delete|edit|es|e$)|unsubscri|dnc|nocontact")


@cache
def _table(name: str) -> Mapping[str, Collection[str]]:
    table = shipped_toml("reading/columns/headings.toml")[name]
    return {key: frozenset(map(folded, words)) for key, words in table.items()}


def refusals(columns: Columns, channels: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The headings of contacts under which a yes refuses channels, with these channels."""
    found: dict[str, tuple[str, ...]] = {}
    for heading in columns.others:
        bare = folded(re.sub(r" \(\d+\)$", "", heading))
        for channel in channels:
            name = folded(channel)
            usual = ("donot{}", "no{}", "{}optout", "optedoutof{}", "hasoptedoutof{}")
            if bare in {one.format(name) for one in usual} or bare in _table("refusals").get(
                channel, ()
            ):
                found[heading] = (*found.get(heading, ()), channel)
    return found


def refuses(text: str) -> bool:
    """Whether the cell of a refusal says yes; raises `ValueError` where it says neither."""
    said = refusal_in_words(text)
    return cells.yes_no(text) if said is None else said


def refusal_in_words(text: str) -> bool | None:
    """Whether a cell refuses in words of its own, as `Opted Out`; None where it has no such."""
    word, said = folded(text), _table("answers_of_refusals")
    return word in said["no"] if word in said["no"] or word in said["yes"] else None


def unread(
    table: Table, columns: Columns, read: Collection[str]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What to find and to say of the headings that nothing was read from, those in `read` aside.

    A sentence with the first of them, and a notice on each under which somebody may have
    refused us, and has. A column without a heading has none to name.
    """
    named = (name for name in columns.others if not re.fullmatch(r"column \d+", name))
    names = [name for name in named if name not in {*read, *table.used}]
    said = (f"{table.file}: not read: {headings_in_words(names)}",) if names else ()
    remedy = "write do_not_contact above it, or in contacts.csv Do Not Call or Email Opt Out"
    doubtful = [name for name in names if _REFUSAL.search(folded(name))]
    return tuple(
        Finding.notice(
            table.file,
            "looks like a refusal, and is not read",
            remedy,
            row=table.heading_row,
            column=cells.shown(name),
        )
        for name in doubtful
        if columns.others[name] in table.filled
    ), said
