"""Accounts and people that stand in one list, taken apart; names and ids put together."""

from enum import StrEnum
from functools import cache

from attrs import evolve, field, frozen

from campaign.phrases import counted
from campaign.reading.cells import shown
from campaign.reading.columns.headings import aliases, folded
from campaign.reading.exports.codes import account_ids, slug
from campaign.reading.exports.layout import (
    OF_A_CONTACT,
    Tables,
    column_of,
    place_named,
    place_of,
    places_of,
    words,
)
from campaign.reading.parsing.table import Table

_ID, _NAME, _PERSON = "account_id", "name", "contact_id"
_OWN_CITY = frozenset({"billingcity", "shippingcity", "businesscity", "ortgeschäftlich"})


class ListOf(StrEnum):
    """What one row of a list is about."""

    ACCOUNTS = "accounts"
    PEOPLE = "people"
    WITH_CONTACT = "accounts with a contact each"


@frozen
class Apart:
    """The accounts and the contacts of one list, and what its rows are about."""

    accounts: Table
    contacts: Table
    kind: ListOf = field(default=ListOf.ACCOUNTS, kw_only=True)


def apart(table: Table, *, makes_ids: bool) -> Apart:
    """The two tables of a list in which accounts and people stand side by side.

    Without ids of accounts nothing is taken apart unless ids may be made.
    """
    kind = _kind(table)
    is_of_people = kind is ListOf.PEOPLE
    ids = place_named(table, _ID) if is_of_people else column_of(table, _ID)
    if kind is ListOf.ACCOUNTS or (ids is None and not makes_ids):
        accounts = with_account_ids(table) if makes_ids else table
        return Apart(accounts, Table(table.file))
    if is_of_people:
        table = _with_companies(table)
    owners = [(place, _owner(heading, kind)) for place, heading in enumerate(table.headings)]
    accounts = table.chosen([place for place, whose in owners if "a" in whose])
    accounts = _of_people(accounts) if is_of_people else with_account_ids(accounts)
    place = column_of(accounts, _ID)
    made = {row.number: row.at(place) for row in accounts.rows}
    people = table.chosen([place for place, whose in owners if "c" in whose])
    heads = tuple(heading.removeprefix(OF_A_CONTACT) for heading in people.headings)
    filled = [evolve(row, faults=()) for row in people.rows if row.cells and row.filled]
    people = evolve(people, headings=heads, rows=tuple(filled), findings=(), said=())
    people = people.with_column(_ID, (made[row.number] for row in people.rows))
    if not is_of_people:
        name = column_of(people, _NAME, "contacts")
        people = evolve(people, rows=tuple(row for row in people.rows if row.at(name)))
    what = "one person" if is_of_people else "one account with its contact"
    said = f"one row is {what}: accounts and contacts are taken apart"
    return Apart(accounts.saying(said), with_contact_ids(with_names(people)), kind=kind)


def _kind(table: Table) -> ListOf:
    names = [place_named(table, key) is not None for key in ("first_name", "last_name")]
    if all(names) or places_of(table, words("people")):
        is_named = place_named(table, "account_name") is not None
        return ListOf.PEOPLE if is_named else ListOf.ACCOUNTS
    if f"{OF_A_CONTACT}{_NAME}" in table.headings:
        return ListOf.WITH_CONTACT
    place = place_named(table, "contact_name")
    ours = set(map(folded, aliases("accounts")[_NAME])) - set(words("contact_name"))
    if place is None or not places_of(table, ours):
        return ListOf.ACCOUNTS
    # half of what stands there may be names of people: letters, and no address for email
    texts = list(filter(None, (row.at(place) for row in table.rows)))
    named = [
        text
        for text in texts
        if "@" not in text and any(map(str.isalpha, text)) and not any(map(str.isdigit, text))
    ]
    return ListOf.WITH_CONTACT if named and 2 * len(named) >= len(texts) else ListOf.ACCOUNTS


def _owner(heading: str, kind: ListOf) -> str:
    """Whose a column of a list is: `a` the account's, `c` the contact's, `ac` both's."""
    head, is_said = folded(heading), heading.startswith(OF_A_CONTACT)
    if kind is ListOf.WITH_CONTACT:
        is_named = head in words("contact_name") or head.startswith(words("of_contacts"))
        return "c" if is_said or is_named else "a"
    if is_said or head in words("of_persons"):
        return "c"
    if head in words(_ID) + words("account_name") or head.startswith(words("of_accounts")):
        return "a"
    both = words("of_both")
    if head in _known("contacts", both):
        return "ac" if head in _known("accounts", both) else "c"
    return "a" if head in _known("accounts") and head not in _known("contacts") else "c"


@cache
def _known(kind: str, columns: tuple[str, ...] = ()) -> frozenset[str]:
    """The headings of some columns of ours, else of all of them, folded."""
    named = aliases(kind).items()
    chosen = (names for column, names in named if not columns or folded(column) in columns)
    return frozenset(folded(heading) for names in chosen for heading in names)


def _with_companies(table: Table) -> Table:
    """The people of a list who belong to a company; how many do not is told."""
    firsts = (place_named(table, key) for key in ("account_name", _ID))
    named = [place for place in firsts if place is not None]
    kept = tuple(row for row in table.rows if not row.cells or row.texts(named))
    number = len(table.rows) - len(kept)
    if not number:
        return table
    who = counted(number, "person names", "people name")
    return evolve(table, rows=kept).saying(f"{who} no company: not taken over")


def _of_people(accounts: Table) -> Table:
    """The accounts of a list of people, under our own names of their columns."""
    heads = [heading.removeprefix("Account.") for heading in accounts.headings]
    for key, column in (("account_name", _NAME), (_ID, _ID)):
        place = place_named(accounts, key)
        if place is not None:
            heads = [f"{h} (2)" if folded(h) == folded(column) else h for h in heads]
            heads[place] = column
    by_city = not _OWN_CITY.isdisjoint(map(folded, heads))
    return with_account_ids(evolve(accounts, headings=tuple(heads)), by_city=by_city)


def _has_texts(table: Table, place: int | None) -> bool:
    return place is not None and any(row.at(place) for row in table.rows)


def with_account_ids(table: Table, *, by_city: bool = True) -> Table:
    """The table with ids made of name, city and street, if no column holds any."""
    place, name = column_of(table, _ID), column_of(table, _NAME)
    if _has_texts(table, place) or name is None:
        return table
    city, street = (column_of(table, one) if by_city else None for one in ("city", "street"))
    ids = account_ids([(row.at(name), row.at(city), row.at(street)) for row in table.rows])
    example = next(filter(None, ids), "")
    parts = "name and city" if city is not None else "the name"
    said = f'no column holds ids: made of {parts}, as "{shown(example)}"'
    bare = table if place is None else table.without((place,))
    return bare.with_column(_ID, ids).saying(said)


def with_contact_ids(table: Table) -> Table:
    """The table with ids made of the account's id and the name, if no column holds any."""
    place = column_of(table, _PERSON, "contacts")
    account, name = (column_of(table, one, "contacts") for one in (_ID, _NAME))
    if _has_texts(table, place) or name is None or account is None or not table.rows:
        return table
    ids = ["-".join(filter(None, (row.at(account), slug(row.at(name))))) for row in table.rows]
    if place is not None:
        heads = enumerate(table.headings)
        aside = tuple(f"{head} (empty)" if at == place else head for at, head in heads)
        table = evolve(table, headings=aside)
    said = "no column holds ids of contacts: made of account and name"
    return table.with_column(_PERSON, ids).saying(said)


def with_names(table: Table) -> Table:
    """People whose first and last names stand in two columns, under one name each.

    Who has neither, as many have in a list of addresses for email, goes by that address.
    """
    table = _with_job_titles(table)
    firsts = (place_named(table, key) for key in ("first_name", "last_name"))
    places = [place for place in firsts if place is not None]
    if not places or column_of(table, _NAME, "contacts") is not None:
        return table
    email = column_of(table, "email", "contacts")
    names = [" ".join(row.texts(places)) for row in table.rows]
    nameless = sum(
        not name and bool(row.at(email)) for name, row in zip(names, table.rows, strict=True)
    )
    names = [name or row.at(email) for name, row in zip(names, table.rows, strict=True)]
    heads = [table.headings[place] for place in places]
    quoted = " and ".join(f'"{shown(head)}"' for head in heads)
    table = table.saying(f"read {quoted} together as name")
    if nameless:
        go = "goes" if nameless == 1 else "go"
        who = f"{counted(nameless, 'contact')} without a name {go}"
        table = table.saying(f"{who} by the address for email")
    return evolve(table.with_column(_NAME, names), used=table.used | set(heads))


def _with_job_titles(table: Table) -> Table:
    """People whose `Title` is a form of address, as Outlook's is, with that out of the way."""
    place = place_of(table, ("title",))
    if place is None:
        return table
    texts = {row.at(place).casefold().strip(" .") for row in table.rows} - {""}
    forms = set(words("forms_of_address"))
    if place_of(table, ("jobtitle",)) is None and not (texts and texts <= forms):
        return table
    heads = table.headings
    return evolve(table, headings=(*heads[:place], "Form of address", *heads[place + 1 :]))


def without_mixture(tables: Tables) -> Tables:
    """The companies of a list as its accounts, the people in it as those of a list of their own.

    Only where a column says of each row which of the two it is, and another whose a person is.
    """
    table = tables.accounts
    place, company = (place_named(table, key) for key in ("kind_of_row", "account_name"))
    if tables.contacts is not None or place is None or company is None:
        return tables
    kind_of = {word: kind for kind in ("persons", "firms") for word in words(kind)}
    kinds = {row.number: kind_of.get(folded(row.at(place)), "") for row in table.rows if row.cells}
    if set(kinds.values()) != {"firms", "persons"}:
        return tables
    firms, people = (
        tuple(row for row in table.rows if (kinds.get(row.number) == "persons") is is_person)
        for is_person in (False, True)
    )
    of = shown(table.headings[company])
    said = f"{counted(len(people), 'row')} of people, of the account under {of}"
    accounts = evolve(table, rows=firms).saying(said).without((company,))
    return Tables(accounts, evolve(table, rows=people, findings=(), said=()))
