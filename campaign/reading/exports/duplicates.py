"""Rows that stand twice: one record where they are one, a notice where they may be."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import evolve, fields

from campaign.errors import Finding, Severity
from campaign.model.accounts import ACTIVE, Account, Contact
from campaign.reading.cells import shown
from campaign.reading.columns.headings import folded
from campaign.reading.lists.records import Placed, Records

Named = TypeVar("Named", Account, Contact)
_ALWAYS_LAST = "last_contact"


def _key(item: Account | Contact) -> tuple[str, ...]:
    if isinstance(item, Account):
        return item.account_id, folded(item.name)
    return item.contact_id, item.account_id, folded(item.name)


def merged(records: Records[Named], *, is_expected: bool = False) -> Records[Named]:
    """The records, those of one id and one name as one, each of which is noticed.

    The first row that says something is believed; of days of last contact the latest.
    Where a list has one row a person, its accounts are expected to stand several times.
    """
    groups: dict[tuple[str, ...], list[Placed[Named]]] = {}
    for number, one in enumerate(records.placed):
        key = _key(one.item) if one.item is not None else (str(number),) * 4
        groups.setdefault(key, []).append(one)
    placed: list[Placed[Named]] = []
    findings: list[Finding] = []
    for alike in groups.values():
        if len(alike) == 1:
            placed += alike
            continue
        item, differing = _one(alike)
        faults = tuple(finding for one in alike for finding in one.findings)
        placed.append(evolve(alike[0], item=item, findings=faults))
        if differing or not is_expected:
            findings += [_repeated(records.file, one, alike[0], differing) for one in alike[1:]]
    return evolve(records, placed=tuple(placed), findings=(*records.findings, *findings))


def _one(alike: list[Placed[Named]]) -> tuple[Named | None, list[str]]:
    """One value of several, and the columns in which they contradict each other."""
    first, differing = alike[0].item, dict[str, None]()
    for other in alike[1:]:
        if first is not None and other.item is not None:
            first, more = _with(first, other.item)
            differing |= dict.fromkeys(more)
    return first, list(differing)


def _with(first: Named, other: Named) -> tuple[Named, list[str]]:
    changed: dict[str, Any] = {}
    differing: list[str] = []
    for one in fields(type(first)):
        old, new = getattr(first, one.name), getattr(other, one.name)
        if isinstance(old, Mapping):
            changed[one.name] = {**new, **old}
        elif one.name == _ALWAYS_LAST and old and new:
            changed[one.name] = max(old, new)
        elif _is_empty(one.name, old):
            changed[one.name] = new
        elif new != old and not _is_empty(one.name, new):
            differing.append(one.name)
    return evolve(first, **changed), differing


def _is_empty(name: str, value: object) -> bool:
    return value in (None, "", (), False) or (name == "status" and value == ACTIVE)


def _repeated(file: str, one: Placed[Named], first: Placed[Named], differing: list[str]) -> Finding:
    name = shown(one.item.name) if one.item is not None else ""
    other = f"; {', '.join(differing)} as in row {first.row}" if differing else ""
    return Finding(
        file,
        f"{name} stands in row {first.row} too, with the same id",
        remedy=f"taken as one{other}",
        row=one.row,
        severity=Severity.NOTICE,
    )


def lookalikes(records: Records[Account]) -> Iterator[Finding]:
    """Accounts of one name in one city under different ids: kept, and noticed."""
    seen: dict[tuple[str, str], int] = {}
    for row, account in zip(records.rows, records.items, strict=True):
        key = folded(account.name), folded(account.city)
        first = seen.setdefault(key, row)
        if first != row and account.city:
            yield Finding(
                records.file,
                f"{shown(account.name)} in {shown(account.city)} stands in row {first} too, "
                "under another id",
                remedy="both are kept; take one out if they are one",
                row=row,
                column="name",
                severity=Severity.NOTICE,
            )


def noticed(records: Records[Named], more: Iterable[Finding]) -> Records[Named]:
    """The records with further findings on them."""
    return evolve(records, findings=(*records.findings, *more))
