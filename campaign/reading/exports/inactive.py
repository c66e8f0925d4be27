"""Accounts that must not be touched, by a rule that the user sees and can set."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from attrs import evolve

from campaign.errors import Finding
from campaign.model.accounts import ACTIVE, Account, Contact
from campaign.phrases import counted
from campaign.reading import cells
from campaign.reading.cells import shown
from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.exports.choices import InactiveRule
from campaign.reading.exports.exported_tables import no_column, place_of
from campaign.reading.lists.records import Records
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

    def judged(account: Account, number: int) -> Account:
        said = (sense(rows[number].at(place)) for place, sense in senses)
        status = next(filter(None, said), "") if account.is_active else ""
        return evolve(account, status=status) if status else account

    changed, _ = records.each(judged)
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

    def judged(contact: Contact, _: int) -> Contact:
        is_gone = not contact.do_not_contact and any(_of_contact(contact))
        return evolve(contact, do_not_contact=True) if is_gone else contact

    changed, changes = records.each(judged)
    who = counted(len(changes), "contact is", "contacts are")
    said = f"{records.file}: {who} deleted or inactive, and not touched (do_not_contact)"
    return changed.saying(said if changes else "")


def _of_contact(contact: Contact) -> Iterator[str]:
    for heading, text in contact.extra.items():
        head = folded(heading)
        sense = _usual_word if head == "status" else _usual_sense(head)
        if sense:
            yield sense(text)


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
