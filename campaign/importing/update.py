"""Two states of one list made one: what the rep has written stays, the rest is brought up."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from campaign.importing.remembered import Memory
from campaign.model.accounts import ACTIVE
from campaign.outputs.lists import Record
from campaign.reading.exports.ids import plain

_REFUSALS: Mapping[str, str] = {"do_not_contact": "yes"}
_A_REFUSAL = "no"


@frozen(kw_only=True)
class CellChange:
    """What became of one list: records by their ids, and cells that the rep has kept."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    gone: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


@frozen
class Updated:
    """A list after an import, in the order of the file, and what has changed in it."""

    records: tuple[Record, ...]
    change: CellChange = field(kw_only=True)
    memory: Memory = field(kw_only=True)
    ids: Mapping[str, str] = field(kw_only=True)

    def id_of(self, identity: str) -> str:
        """The id of a record as the list writes it."""
        return self.ids.get(plain(identity), identity)


@frozen
class Before:
    """A list as it stood: its records by id, and what the last import wrote there."""

    records: Mapping[str, Record]
    memory: Memory = field(factory=Memory)


def updated(before: Before, new: Mapping[str, Record], consents: Sequence[str]) -> Updated:
    """A list brought up to an export, record by record by its id.

    A cell that still holds what the last import wrote takes the new text. One that the
    rep has changed, or filled in, stays: save where the export says that somebody wants
    no contact, which always holds. Records that the export no longer has stay too.
    """
    known = {plain(identity): identity for identity in before.records}
    incoming = {known.get(plain(identity), identity): one for identity, one in new.items()}
    cells = _Cells(before, consents)
    records = {
        identity: cells.merged(identity, incoming[identity]) if identity in incoming else one
        for identity, one in before.records.items()
    }
    records |= {key: one for key, one in incoming.items() if key not in records}
    changed = [key for key, one in before.records.items() if dict(records[key]) != dict(one)]
    return Updated(
        tuple(records.values()),
        change=CellChange(
            added=tuple(key for key in incoming if key not in before.records),
            changed=tuple(changed),
            unchanged=sum(key in incoming for key in before.records) - len(changed),
            gone=tuple(key for key in before.records if key not in incoming),
            kept=tuple(cells.kept),
        ),
        memory=before.memory.with_records(incoming),
        ids=known,
    )


class _Cells:
    """Decides cell by cell, and notes where the rep's text stays against the export's."""

    def __init__(self, before: Before, consents: Sequence[str]) -> None:
        self.before = before
        self.consents = frozenset(consents)
        self.kept: list[tuple[str, str]] = []

    def merged(self, identity: str, new: Record) -> Record:
        """One record; its id stays as the list writes it."""
        old = self.before.records[identity]
        heads = tuple(dict.fromkeys((*old, *new)))
        first = heads[0]
        texts = {
            head: self._cell(identity, head, old.get(head, ""), new.get(head, ""))
            for head in heads[1:]
        }
        return {first: identity, **texts}

    def _cell(self, identity: str, head: str, old: str, text: str) -> str:
        if text in ("", old):
            return old
        if self._may_change(identity, head, old) or self._refuses(head, text):
            return text
        if not self.before.memory.is_unchanged(identity, head, text):
            self.kept.append((identity, head))
        return old

    def _may_change(self, identity: str, head: str, old: str) -> bool:
        memory = self.before.memory
        if memory.knows(identity, head):
            return memory.is_unchanged(identity, head, old)
        return not old or (head == "status" and old == ACTIVE)

    def _refuses(self, head: str, text: str) -> bool:
        return _REFUSALS.get(head) == text or (head in self.consents and text == _A_REFUSAL)


def by_id(records: Sequence[Record], column: str) -> Mapping[str, Record]:
    """Records by their ids."""
    return {record[column]: record for record in records}


def said_of(change: CellChange, file: str) -> Iterator[str]:
    """Sentences on what a re-import has done to a list."""
    yield (
        f"{file}: {len(change.added)} added, {len(change.changed)} changed, "
        f"{change.unchanged} as before"
    )
    if change.gone:
        yield f"{file}: kept, though the export no longer has them: {some(change.gone)}"
    if change.kept:
        cells = [f"{identity} {head}" for identity, head in change.kept]
        yield f"{file}: kept as you wrote it, against the export: {some(cells)}"


def some(names: Sequence[str], most: int = 10) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
