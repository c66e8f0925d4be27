"""Who must not be touched: inactive by a rule that the user sees and can set, or refusing.

A refusal that a list of accounts holds is a no of everybody at the account.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial

from attrs import evolve, frozen

from campaign.errors import Finding
from campaign.model.accounts import ACTIVE, Account, Consent, Contact
from campaign.phrases import counted
from campaign.reading import cells
from campaign.reading.cells import shown
from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.columns.unread import refusals
from campaign.reading.exports.choices import InactiveRule
from campaign.reading.exports.layout import no_column, place_of
from campaign.reading.lists.accounts_and_contacts import refused_channels
from campaign.reading.lists.records import Cells, Placed, Records
from campaign.reading.parsing.table import Table
from campaign.shipped import shipped_toml

OPTION = "--inactive"

Sense = Callable[[str], str]
"""What a cell says of who is not to be touched: the status; empty where it says nothing."""


@cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    entries = shipped_toml("reading/exports/inactive.toml")
    return {name: tuple(map(folded, some)) for name, some in entries.items()}


def with_inactive(
    records: Records[Account], table: Table, rules: Sequence[InactiveRule] | None
) -> Records[Account]:
    """The accounts, those that a rule names with the word that names them as their status.

    Without rules the usual ones hold. A rule on the column of the status itself decides it
    alone: who has none of its words is active.
    """
    places = match(table, aliases("accounts")).places
    senses: list[tuple[int, Sense]] = []
    findings = list[Finding]()
    for rule in rules or ():
        own = place_of(table, (rule.column,))
        place = places.get(rule.column) if own is None else own
        if place is None:
            findings.append(no_column(OPTION, rule.column, table.headings))
            continue
        senses.append((place, partial(_of_rule, frozenset(map(folded, rule.words)))))
        if place == places.get("status"):
            records, _ = records.each(lambda account, _: evolve(account, status=ACTIVE))
    if rules is None:
        usual = ((place, _usual_sense(folded(head))) for place, head in enumerate(table.headings))
        status = places.get("status")
        senses = [(place, sense) for place, sense in usual if sense and place != status]
    rows = {row.number: row for row in table.rows if row.cells}

    def _judged(account: Account, number: int) -> Account:
        said = (sense(rows[number].at(place)) for place, sense in senses)
        status = next(filter(None, said), "") if account.is_active else ""
        return evolve(account, status=status) if status else account

    changed, _ = records.each(_judged)
    taken = [
        rows[new.row]
        for old, new in zip(records.placed, changed.placed, strict=True)
        if old is not new
    ]
    for place, sense in senses:
        words = Counter(filter(None, (sense(row.at(place)) for row in taken)))
        if words:
            head = shown(table.headings[place])
            parts = ", ".join(f"{number} {word}" for word, number in sorted(words.items()))
            verb = "is" if words.total() == 1 else "are"
            changed = changed.saying(
                f'{records.file}: {words.total()} {verb} not touched, as "{head}" says ({parts}); '
                f'another rule: {OPTION} "{head}=WORD,WORD", none: {OPTION} none'
            )
    return evolve(changed, findings=(*changed.findings, *findings))


def with_inactive_contacts(
    records: Records[Contact], rules: Sequence[InactiveRule] | None
) -> Records[Contact]:
    """The contacts; who is deleted or inactive by the usual rule wants no contact, and is told."""
    if rules is not None:
        return records

    def _judged(contact: Contact, _: int) -> Contact:
        for heading, text in contact.extra.items():
            head = folded(heading)
            sense = _usual_word if head == "status" else _usual_sense(head)
            if sense and sense(text) and not contact.do_not_contact:
                return evolve(contact, do_not_contact=True)
        return contact

    changed, changes = records.each(_judged)
    who = counted(len(changes), "contact is", "contacts are")
    said = f"{records.file}: {who} deleted or inactive, and not touched (do_not_contact)"
    return changed.saying(said if changes else "")


def _of_rule(words: frozenset[str], text: str) -> str:
    return (text.casefold() or "empty") if folded(text) in words else ""


def _usual_sense(head: str) -> Sense | None:
    """What the cells under a folded heading say by the usual rules; None where nothing."""
    usual = _usual()
    if head in usual["yes"]:
        return partial(_flag, "deleted" if head == "isdeleted" else "inactive", says=True)
    if head in usual["no"]:
        return partial(_flag, "inactive", says=False)
    if head in usual["headings"] or head.endswith(usual["endings"]):
        return _usual_word
    return None


def _usual_word(text: str) -> str:
    return text.casefold() if folded(text) in _usual()["words"] else ""


def _flag(status: str, text: str, *, says: bool) -> str:
    """The status, where a cell says yes, or no, as it is asked."""
    try:
        return status if cells.yes_no(text) is says else ""
    except ValueError:
        return ""


@frozen
class Refused:
    """The channels that accounts refuse, by the row of the account, and what is unclear."""

    channels: Mapping[int, tuple[str, ...]]
    faults: tuple[Finding, ...] = ()


def refused_by_account(table: Table, channels: Iterable[str]) -> tuple[Table, Refused]:
    """The table without its columns of refusals, and what these say."""
    columns = match(table, aliases("accounts"))
    asked = refusals(columns, channels)
    if not asked:
        return table, Refused({})
    rows = [Cells(evolve(row, faults=()), columns, table.file) for row in table.rows if row.cells]
    found = {row.row.number: tuple(refused_channels(row, row.others(), asked)) for row in rows}
    faults = tuple(finding for row in rows for finding in row.findings)
    return table.without({columns.others[heading] for heading in asked}), Refused(found, faults)


def with_refusals_of_accounts(
    contacts: Records[Contact], accounts: Records[Account], refused: Refused
) -> Records[Contact]:
    """The contacts, with a no to each channel that their account refuses.

    An account without a contact becomes its own, so that the no has a place.
    """
    lines = zip(accounts.rows, accounts.items, strict=True)
    refusing = {one.account_id: (row, one) for row, one in lines if refused.channels.get(row)}
    if not refusing:
        return contacts

    def _with_no(contact: Contact, _: int) -> Contact:
        if contact.account_id not in refusing:
            return contact
        row, _account = refusing[contact.account_id]
        nos = dict.fromkeys(refused.channels[row], Consent.NO)
        return evolve(contact, consents={**contact.consents, **nos})

    there = {contact.account_id for contact in contacts.items}
    alone = tuple(
        Placed(row, Contact(one.account_id, one.account_id, name=one.name))
        for row, one in refusing.values()
        if one.account_id not in there
    )
    every, _ = evolve(contacts, placed=(*contacts.placed, *alone)).each(_with_no)
    refuse = counted(len(refusing), "account refuses a channel", "accounts refuse channels")
    return every.saying(f"{accounts.file}: {refuse}: a no of everybody there")
