"""Accounts and people that stand in one list, taken apart; names put together."""

from collections.abc import Callable, Mapping, Sequence

from attrs import evolve, field, frozen

from campaign.phrases import counted
from campaign.reading.cells import shown
from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.exports.column_names import OF_A_CONTACT, Tables
from campaign.reading.exports.column_owners import (
    Kind,
    Sides,
    first_place,
    person_name,
    sides_of,
    words,
)
from campaign.reading.exports.ids import account_ids, slug
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table

_ID, _NAME, _PERSON, _TITLE = "account_id", "name", "contact_id", "title"


@frozen
class Apart:
    """The accounts and the contacts of one list, and what was said of taking them apart."""

    accounts: Table
    contacts: Table
    kind: Kind = field(default=Kind.ACCOUNTS, kw_only=True)


def apart(table: Table, *, makes_ids: bool) -> Apart:
    """The two tables of a list in which accounts and people stand side by side.

    Without ids of accounts nothing is taken apart unless ids may be made.
    """
    sides = sides_of(table)
    nobody = Table(table.file)
    identified = _id_place(table, sides) is not None
    if sides.kind is Kind.ACCOUNTS or not (identified or makes_ids):
        accounts = with_account_ids(table) if makes_ids else table
        return Apart(accounts, nobody)
    table = _with_companies(table) if sides.kind is Kind.PEOPLE else table
    accounts = _accounts(table, sides)
    ids = _ids_by_row(accounts)
    people = _people(table, sides, ids)
    said = f"{table.file}: one row is {_what(sides.kind)}: accounts and contacts are taken apart"
    accounts = evolve(accounts, said=(*accounts.said, said))
    return Apart(accounts, people, kind=sides.kind)


def _with_companies(table: Table) -> Table:
    """The people of a list who belong to a company; how many do not is told."""
    places = [first_place(table, key) for key in ("account_name", "account_id")]
    named = [place for place in places if place is not None]
    kept = [row for row in table.rows if not row.cells or any(row.at(one) for one in named)]
    number = len(table.rows) - len(kept)
    if not number:
        return table
    who = "1 person names" if number == 1 else f"{number} people name"
    said = f"{table.file}: {who} no company: not taken over"
    return evolve(table, rows=tuple(kept), said=(*table.said, said))


def _what(kind: Kind) -> str:
    return "one person" if kind is Kind.PEOPLE else "one account with its contact"


def _id_place(table: Table, sides: Sides) -> int | None:
    if sides.kind is Kind.PEOPLE:
        return first_place(table, "account_id")
    return _place(table, _ID)


def _place(table: Table, column: str, kind: str = "accounts") -> int | None:
    return match(table, {column: aliases(kind)[column]}).places.get(column)


def _accounts(table: Table, sides: Sides) -> Table:
    """The columns of the accounts, under our own name where a list of people has another."""
    chosen = table.chosen(sides.accounts)
    if sides.kind is not Kind.PEOPLE:
        return with_account_ids(chosen)
    heads = [heading.removeprefix("Account.") for heading in chosen.headings]
    names, ids = (first_place(chosen, key) for key in ("account_name", "account_id"))
    for place, column in ((names, _NAME), (ids, _ID)):
        if place is not None:
            heads = [h if folded(h) != column.replace("_", "") else f"{h} (2)" for h in heads]
            heads[place] = column
    return with_account_ids(evolve(chosen, headings=tuple(heads)), by_city=_has_own_city(heads))


def _has_own_city(heads: Sequence[str]) -> bool:
    own = {"billingcity", "shippingcity", "businesscity", "ortgeschäftlich"}
    return bool(own & set(map(folded, heads)))


def with_account_ids(table: Table, *, by_city: bool = True) -> Table:
    """The table with ids made of name, city and street, if no column holds any."""
    place = _place(table, _ID)
    if place is not None and any(row.cells and row.cells[place].strip() for row in table.rows):
        return table
    name, city, street = (_place(table, column) for column in (_NAME, "city", "street"))
    if name is None:
        return table
    city, street = (city, street) if by_city else (None, None)
    ids = account_ids([(r.at(name), r.at(city), r.at(street)) for r in table.rows])
    example = next(filter(None, ids), "")
    parts = "name and city" if city is not None else "the name"
    said = f'{table.file}: no column holds ids: made of {parts}, as "{shown(example)}"'
    made = dict(zip((row.number for row in table.rows), ids, strict=True))
    bare = table if place is None else table.without((place,))
    return evolve(_with_column(bare, _ID, lambda row: made[row.number]), said=(*table.said, said))


def _ids_by_row(accounts: Table) -> dict[int, str]:
    place = _place(accounts, _ID)
    return {row.number: row.at(place) for row in accounts.rows}


def _people(table: Table, sides: Sides, ids: dict[int, str]) -> Table:
    chosen = table.chosen(sides.contacts)
    heads = tuple(heading.removeprefix(OF_A_CONTACT) for heading in chosen.headings)
    bare = evolve(chosen, headings=heads, findings=(), said=())
    rows = tuple(evolve(row, faults=()) for row in bare.rows if row.cells and row.filled)
    people = _with_column(evolve(bare, rows=rows), _ID, lambda row: ids[row.number])
    if sides.kind is Kind.WITH_CONTACT:
        place = _place(people, _NAME, "contacts")
        people = evolve(people, rows=tuple(row for row in people.rows if row.at(place)))
    return with_contact_ids(with_names(people))


def with_job_titles(table: Table) -> Table:
    """People whose `Title` is a form of address, as Outlook's is, with that out of the way."""
    heads = [folded(heading) for heading in table.headings]
    place = heads.index(_TITLE) if _TITLE in heads else None
    if place is None:
        return table
    texts = {row.at(place).casefold().strip(" .") for row in table.rows} - {""}
    if "jobtitle" not in heads and not (texts and texts <= set(words("forms_of_address"))):
        return table
    named = tuple("Form of address" if n == place else h for n, h in enumerate(table.headings))
    return evolve(table, headings=named)


def with_names(table: Table) -> Table:
    """People whose first and last names stand in two columns, under one name each.

    Who has neither, as many have in a list of addresses for email, goes by that address.
    """
    table = with_job_titles(table)
    places = tuple(person_name(table))
    if _place(table, _NAME, "contacts") is not None or not places:
        return table
    email = _place(table, "email", "contacts")
    names = {row.number: " ".join(_texts(row, places)) for row in table.rows}
    nameless = [row for row in table.rows if not names[row.number] and row.at(email)]
    names |= {row.number: row.at(email) for row in nameless}
    heads = " and ".join(f'"{shown(table.headings[place])}"' for place in places)
    said = [f"{table.file}: read {heads} together as name"]
    if nameless:
        go = "go" if len(nameless) > 1 else "goes"
        who = f"{counted(len(nameless), 'contact')} without a name {go}"
        said.append(f"{table.file}: {who} by the address for email")
    joined = _with_column(table, _NAME, lambda row: names[row.number])
    used = table.used | {table.headings[place] for place in places}
    return evolve(joined, said=(*table.said, *said), used=used)


def _texts(row: Row, places: Sequence[int]) -> list[str]:
    return list(filter(None, (row.at(place) for place in places)))


def with_contact_ids(table: Table) -> Table:
    """The table with ids made of the account's id and the name, if no column holds any."""
    place = _place(table, _PERSON, "contacts")
    if place is not None and any(row.cells and row.cells[place].strip() for row in table.rows):
        return table
    account, name = _place(table, _ID, "contacts"), _place(table, _NAME, "contacts")
    if name is None or account is None or not table.rows:
        return table
    bare = (
        table
        if place is None
        else evolve(
            table, headings=tuple(_aside(h, n == place) for n, h in enumerate(table.headings))
        )
    )
    said = f"{table.file}: no column holds ids of contacts: made of account and name"
    made = _with_column(
        bare, _PERSON, lambda row: "-".join(filter(None, (row.at(account), slug(row.at(name)))))
    )
    return evolve(made, said=(*table.said, said))


def _aside(heading: str, is_aside: bool) -> str:  # noqa: FBT001 (of a column with nothing in it)
    return f"{heading} (empty)" if is_aside else heading


def _with_column(table: Table, heading: str, text: Callable[[Row], str]) -> Table:
    return evolve(
        table,
        headings=(*table.headings, heading),
        rows=tuple(
            evolve(row, cells=(*row.cells, text(row)) if row.cells else ()) for row in table.rows
        ),
    )


def without_mixture(tables: Tables) -> Tables:
    """The companies of a list as its accounts, the people in it as those of a list of their own.

    Only where a column says of each row which of the two it is, and another whose a person is.
    """
    table, company = tables.accounts, first_place(tables.accounts, "account_name")
    kinds = _kinds(table)
    if tables.contacts is not None or company is None or len({*kinds.values()}) <= 1:
        return tables
    firms = [row for row in table.rows if kinds.get(row.number) != "persons"]
    people = [row for row in table.rows if kinds.get(row.number) == "persons"]
    of = shown(table.headings[company])
    said = f"{table.file}: {counted(len(people), 'row')} of people, of the account under {of}"
    accounts = evolve(table, rows=tuple(firms), said=(*table.said, said)).without((company,))
    return Tables(accounts, evolve(table, rows=tuple(people), findings=(), said=()))


def _kinds(table: Table) -> Mapping[int, str]:
    """What each row is of, by its number; nothing where a cell says something else."""
    place = first_place(table, "kind_of_row")
    if place is None:
        return {}
    found = {row.number: _kind(row, place) for row in table.rows if row.cells}
    return found if all(found.values()) else {}


def _kind(row: Row, place: int) -> str:
    said = folded(row.at(place))
    return next((kind for kind in ("firms", "persons") if said in words(kind)), "")
