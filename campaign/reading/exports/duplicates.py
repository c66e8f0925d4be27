"""Rows that stand twice: one record where they are one, a notice where they may be."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from attrs import evolve, fields

from campaign.errors import Finding
from campaign.model.accounts import ACTIVE, LAST_CONTACT, Account, Contact
from campaign.reading.cells import shown
from campaign.reading.columns.headings import folded
from campaign.reading.lists.records import Placed, Records

Named = TypeVar("Named", Account, Contact)


def merged(records: Records[Named], *, is_expected: bool = False) -> Records[Named]:
    """The records, those of one id and one name as one, each of which is noticed.

    The first row that says something is believed; of days of last contact the latest.
    Where a list has one row a person, its accounts are expected to stand several times.
    """
    groups: dict[object, list[Placed[Named]]] = {}
    for number, one in enumerate(records.placed):
        item = one.item
        key = item and (getattr(item, "contact_id", ""), item.account_id, folded(item.name))
        groups.setdefault(key or number, []).append(one)
    placed: list[Placed[Named]] = []
    findings: list[Finding] = []
    for alike in groups.values():
        first, *others = alike
        if not others:
            placed.append(first)
            continue
        item, differing = _one_of(one.item for one in alike if one.item is not None)
        faults = tuple(finding for one in alike for finding in one.findings)
        placed.append(evolve(first, item=item, findings=faults))
        if is_expected and not differing:
            continue
        as_first = f"; {', '.join(differing)} as in row {first.row}" if differing else ""
        for other in others:
            name = shown(other.item.name if other.item else "")
            problem = f"{name} stands in row {first.row} too, with the same id"
            findings.append(
                Finding.notice(records.file, problem, f"taken as one{as_first}", row=other.row)
            )
    return evolve(records, placed=tuple(placed), findings=(*records.findings, *findings))


def _one_of(alike: Iterable[Named]) -> tuple[Named, list[str]]:
    """One value of several, and the columns in which they contradict each other."""
    first, *others = alike
    differing: dict[str, None] = {}
    for other in others:
        changed: dict[str, Any] = {}
        for name in (one.name for one in fields(type(first))):
            old, new = getattr(first, name), getattr(other, name)
            if isinstance(old, Mapping):
                changed[name] = {**new, **old}
            elif name == LAST_CONTACT and old and new:
                changed[name] = max(old, new)
            elif _is_empty(name, old):
                changed[name] = new
            elif new != old and not _is_empty(name, new):
                differing[name] = None
        first = evolve(first, **changed)
    return first, list(differing)


def _is_empty(name: str, value: object) -> bool:
    return value in (None, "", (), False) or (name == "status" and value == ACTIVE)


def with_lookalikes(records: Records[Account]) -> Records[Account]:
    """The accounts; those of one name in one city under different ids are kept, and noticed."""
    seen: dict[tuple[str, str], int] = {}
    findings = list(records.findings)
    for row, account in zip(records.rows, records.items, strict=True):
        first = seen.setdefault((folded(account.name), folded(account.city)), row)
        if first != row and account.city:
            town = f"{shown(account.name)} in {shown(account.city)}"
            problem = f"{town} stands in row {first} too, under another id"
            remedy = "both are kept; take one out if they are one"
            notice = Finding.notice(records.file, problem, remedy, row=row, column="name")
            findings.append(notice)
    return evolve(records, findings=tuple(findings))
