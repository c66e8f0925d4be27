"""Accounts that must not be touched, by a rule that the user sees and can set."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files

from attrs import evolve, frozen

from campaign.errors import Finding
from campaign.model.accounts import ACTIVE, Account, Contact
from campaign.reading import cells
from campaign.reading.cells import did_you_mean, shown
from campaign.reading.columns.headings import Columns, aliases, folded, match
from campaign.reading.exports.choices import InactiveRule
from campaign.reading.lists.records import Placed, Records
from campaign.reading.parsing.table import Table

OPTION = "--inactive"


@frozen
class _Column:
    """One column of a list that says who is not to be touched, and how it says so."""

    heading: str
    texts: Mapping[int, str]
    status_of: Callable[[str], str]


@cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    text = files("campaign.reading.exports").joinpath("inactive.toml").read_text(encoding="utf-8")
    entries: Mapping[str, Sequence[str]] = tomllib.loads(text)
    return {name: tuple(map(folded, some)) for name, some in entries.items()}


def with_inactive(
    records: Records[Account], table: Table, rules: Sequence[InactiveRule] | None
) -> Records[Account]:
    """The accounts, those that a rule names with the word that names them as their status.

    Without rules the usual ones hold. A rule on the column of the status itself decides it
    alone: who has none of its words is active.
    """
    columns = match(table, aliases("accounts"))
    if rules is None:
        chosen, findings = list(_by_default(table, columns)), []
    else:
        found = [(rule, _place(table, columns, rule.column)) for rule in rules]
        chosen = [_by_rule(table, rule, place) for rule, place in found if place is not None]
        findings = [_no_column(table, rule) for rule, place in found if place is None]
        if columns.places.get("status") in [place for _, place in found]:
            records = evolve(records, placed=tuple(map(_active, records.placed)))
    placed = tuple(_with_status(one, chosen) for one in records.placed)
    said = _said(records, placed, chosen)
    return evolve(
        records,
        placed=placed,
        said=(*records.said, *said),
        findings=(*records.findings, *findings),
    )


def with_inactive_contacts(
    records: Records[Contact], rules: Sequence[InactiveRule] | None
) -> Records[Contact]:
    """The contacts; who is deleted or inactive by the usual rule wants no contact, and is told."""
    placed = records.placed
    if rules is None:
        placed = tuple(_without_contact(one) for one in placed)
    number = sum(old != new for old, new in zip(records.placed, placed, strict=True))
    if not number:
        return records
    who = "1 contact is" if number == 1 else f"{number} contacts are"
    said = f"{records.file}: {who} deleted or inactive, and not touched (do_not_contact)"
    return evolve(records, placed=placed, said=(*records.said, said))


def _without_contact(one: Placed[Contact]) -> Placed[Contact]:
    if one.item is None or not any(_is_gone(head, text) for head, text in one.item.extra.items()):
        return one
    return evolve(one, item=evolve(one.item, do_not_contact=True))


def _is_gone(heading: str, text: str) -> bool:
    head = folded(heading)
    sense = _usual_word if head == "status" else _usual_sense(head)
    return sense is not None and bool(sense(text))


def _by_default(table: Table, columns: Columns) -> Iterator[_Column]:
    status = columns.places.get("status")
    for place, heading in enumerate(table.headings):
        status_of = _usual_sense(folded(heading)) if place != status else None
        if status_of is not None:
            yield _Column(heading, _texts(table, place), status_of)


def _usual_sense(head: str) -> Callable[[str], str] | None:
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


def _by_rule(table: Table, rule: InactiveRule, place: int) -> _Column:
    words = set(map(folded, rule.words))
    return _Column(
        table.headings[place],
        _texts(table, place),
        lambda text: (text.casefold() or "empty") if folded(text) in words else "",
    )


def _texts(table: Table, place: int) -> Mapping[int, str]:
    return {row.number: row.cells[place].strip() for row in table.rows if row.cells}


def _place(table: Table, columns: Columns, column: str) -> int | None:
    heads = [folded(heading) for heading in table.headings]
    if folded(column) in heads:
        return heads.index(folded(column))
    return columns.places.get(column)


def _no_column(table: Table, rule: InactiveRule) -> Finding:
    headings = ", ".join(shown(heading) for heading in table.headings[:12] if heading)
    remedy = did_you_mean(rule.column, table.headings) or f"the headings are {headings}"
    return Finding(OPTION, f'there is no column "{shown(rule.column)}"', remedy=remedy)


def _active(one: Placed[Account]) -> Placed[Account]:
    return one if one.item is None else evolve(one, item=evolve(one.item, status=ACTIVE))


def _with_status(one: Placed[Account], columns: Sequence[_Column]) -> Placed[Account]:
    if one.item is None or not one.item.is_active:
        return one
    found = (column.status_of(column.texts.get(one.row, "")) for column in columns)
    status = next(filter(None, found), "")
    return evolve(one, item=evolve(one.item, status=status)) if status else one


def _said(
    records: Records[Account], placed: Sequence[Placed[Account]], columns: Sequence[_Column]
) -> Iterator[str]:
    """A sentence on each column that takes accounts out, with the number by word."""
    taken = {new.row for old, new in zip(records.placed, placed, strict=True) if old != new}
    for column in columns:
        texts = [text for row, text in column.texts.items() if row in taken]
        words = Counter(filter(None, map(column.status_of, texts)))
        if words:
            parts = ", ".join(f"{number} {word}" for word, number in sorted(words.items()))
            verb = "is" if words.total() == 1 else "are"
            yield (
                f'{records.file}: {words.total()} {verb} not touched, as "{shown(column.heading)}" '
                f'says ({parts}); another rule: {OPTION} "{shown(column.heading)}=WORD,WORD", '
                f"none: {OPTION} none"
            )
