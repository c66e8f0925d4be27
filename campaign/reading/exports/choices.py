"""What a user says about an export that its own cells do not: headings, rows, columns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from attrs import evolve, field, frozen

from campaign.errors import Finding
from campaign.phrases import first_of
from campaign.reading.cells import did_you_mean, shown
from campaign.reading.columns.headings import aliases, folded
from campaign.reading.exports.layout import OF_A_CONTACT, Tables, column_of, no_column, place_of
from campaign.reading.parsing.table import Table

ORDERS: Mapping[str, str] = MappingProxyType({"day-first": "dmy", "month-first": "mdy"})
MAP, ONLY, WITHOUT = "--map", "--only", "--without"
_MOST_NAMED = 6


@frozen
class InactiveRule:
    """Accounts that have one of these words in this column are not to be touched."""

    column: str
    words: tuple[str, ...] = field(converter=tuple[str, ...])


def _order(text: str) -> str:
    if text and text not in ORDERS:
        raise ValueError(f'"{text}" is no order of dates; write {" or ".join(ORDERS)}')
    return text


def _rules(
    value: Mapping[str, str | tuple[str, ...]] | tuple[InactiveRule, ...] | None,
) -> tuple[InactiveRule, ...] | None:
    if not isinstance(value, Mapping):
        return value
    return tuple(
        InactiveRule(column, (words,) if isinstance(words, str) else words)
        for column, words in value.items()
    )


@frozen(kw_only=True)
class Choices:
    """How an export is to be read where it does not say so itself.

    `columns` names a column of ours, or `contact.` and one of a contact's, for a heading;
    `dates` is `day-first` or `month-first` for dates that can be two; `inactive` holds, by
    heading, the words that keep an account from being touched: None for the usual ones, an
    empty mapping for none. The sheets are those of workbooks. `skip_bad_rows` leaves out
    the rows that cannot be read. `only` holds, by heading, the words of which a row must have
    one to be taken; with `roles` a job title shows the role of who has none. `without`
    names columns that are left out, `encoding` that of texts. Raises `ValueError` for
    an order that is none.
    """

    columns: Mapping[str, str] = field(factory=dict)
    dates: str = field(default="", converter=_order)
    inactive: tuple[InactiveRule, ...] | None = field(default=None, converter=_rules)
    sheet: str = ""
    contacts_sheet: str = ""
    skip_bad_rows: bool = False
    only: Mapping[str, tuple[str, ...]] = field(factory=dict)
    roles: bool = True
    without: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    encoding: str = ""

    @property
    def order(self) -> str:
        """The order of dates as reading names it."""
        return ORDERS.get(self.dates, "")


Chosen = tuple[Tables, tuple[Finding, ...]]


def mapped(tables: Tables, columns: Mapping[str, str], channels: Collection[str]) -> Chosen:
    """The tables with the headings that the user names, and what is wrong with the names."""
    of_contacts = (*aliases("contacts"), *channels)
    known = (*aliases("accounts"), *(f"{OF_A_CONTACT}{name}" for name in of_contacts))
    findings: list[Finding] = []
    taken: dict[tuple[bool, str], str] = {}
    for heading, target in columns.items():
        if target not in (*known, *of_contacts):
            remedy = did_you_mean(target, known) or f"write one of {', '.join(known)}"
            problem = f'"{shown(target)}" is no column of ours'
            findings.append(Finding(MAP, problem, remedy=remedy))
            continue
        changed = _renamed(tables, heading, target)
        if changed is None:
            findings.append(_no_column(MAP, heading, tables))
            continue
        other = taken.setdefault((changed.contacts is not tables.contacts, target), heading)
        if other != heading:
            problem = f'"{shown(other)}" and "{shown(heading)}" are both to be {target}'
            remedy = "name one heading for it; the other goes along as it stands"
            findings.append(Finding(MAP, problem, remedy=remedy))
        tables = changed
    return tables, tuple(findings)


def _no_column(option: str, name: str, tables: Tables) -> Finding:
    return no_column(option, name, [head for one in tables.all for head in one.headings if head])


def _renamed(tables: Tables, heading: str, target: str) -> Tables | None:
    """The tables with one heading renamed; None where neither has it."""
    bare = target.removeprefix(OF_A_CONTACT)
    of_contacts = target != bare or target not in aliases("accounts")
    people = tables.contacts
    in_accounts = place_of(tables.accounts, (heading,)) is not None
    if people is not None and (of_contacts or not in_accounts):
        if place_of(people, (heading,)) is None:
            return None
        return evolve(tables, contacts=_with_heading(people, heading, bare))
    if not in_accounts:
        return None
    name = f"{OF_A_CONTACT}{bare}" if of_contacts else bare
    return evolve(tables, accounts=_with_heading(tables.accounts, heading, name))


def _with_heading(table: Table, heading: str, name: str) -> Table:
    """The table with a heading renamed, and another one of the new name out of the way."""
    aside = (f"{h} (in the list)" if folded(h) == folded(name) else h for h in table.headings)
    heads = (
        name if folded(old) == folded(heading) else new
        for old, new in zip(table.headings, aside, strict=True)
    )
    said = f'read "{shown(heading)}" as {name}, as you say'
    return evolve(table, headings=tuple(heads)).saying(said)


def only(tables: Tables, wanted: Mapping[str, Sequence[str]]) -> Chosen:
    """The rows that hold, under each heading, one of its words; and what is wrong with these.

    A heading may be one of the list, or the name of ours for it (`owner`).
    """
    table, findings = tables.accounts, list[Finding]()
    for heading, words in wanted.items():
        places = _places(table, heading, "accounts")
        if not places:
            findings.append(no_column(ONLY, heading, table.headings))
            continue
        place, which = places[0], " or ".join(map(shown, words))
        head, sought = shown(table.headings[place]), set(map(folded, words))
        rows = [row for row in table.rows if folded(row.at(place)) in sought]
        if rows:
            said = f"{len(rows)} of {len(table.rows)} rows are taken"
            table = table.saying(f'{said}, where "{head}" is {which}')
            table = evolve(table, rows=tuple(rows))
            continue
        there = list(dict.fromkeys(filter(None, (row.at(place) for row in table.rows))))
        named = first_of(list(map(shown, there)), _MOST_NAMED)
        remedy = did_you_mean(words[0], there) or f"there are {named}"
        findings.append(Finding(ONLY, f'no row has {which} under "{head}"', remedy=remedy))
    return evolve(tables, accounts=table), tuple(findings)


def without(tables: Tables, names: Iterable[str]) -> Chosen:
    """The tables without some columns, named by their headings or by ours; what is not there."""
    findings: list[Finding] = []
    for name in names:
        accounts = _without(tables.accounts, name, "accounts")
        people = _without(tables.contacts, name, "contacts") if tables.contacts else None
        if accounts is tables.accounts and people is tables.contacts:
            findings.append(_no_column(WITHOUT, name, tables))
        tables = Tables(accounts, people)
    return tables, tuple(findings)


def _without(table: Table, name: str, kind: str) -> Table:
    places = _places(table, name, kind)
    if not places:
        return table
    heads = ", ".join(f'"{shown(table.headings[place])}"' for place in places)
    return table.saying(f"{heads} is left out, as you say").without(places)


def _places(table: Table, name: str, kind: str) -> list[int]:
    """Where the columns stand that go by a name, of the list or of ours."""
    heads = map(folded, table.headings)
    places = [place for place, head in enumerate(heads) if head == folded(name)]
    column = name.strip().casefold()
    if not places and column in aliases(kind):
        ours = column_of(table, column, kind)
        places = [] if ours is None else [ours]
    return places
