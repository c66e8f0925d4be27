"""Two states of one list made one: what the rep has written stays, the rest is brought up.

What an import writes is kept in `imported.json` beside the lists, of each cell a fingerprint,
so that the next one knows what the rep has changed since.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from attrs import field, frozen

from campaign.errors import UnreadableFile
from campaign.model.accounts import ACTIVE
from campaign.outputs.lists import Record
from campaign.phrases import first_of
from campaign.reading.exports.codes import short_id
from campaign.reading.parsing.files import exists, read_bytes

MEMORY_FILE = "imported.json"
MOST_NAMED = 10
_EMPTY = "-"
_DIGITS = 6
_REFUSES = {("do_not_contact", "yes")}

Memory = Mapping[str, Mapping[str, str]]
"""The fingerprints of what imports have written in one list, by id and column."""


@frozen(kw_only=True)
class CellChange:
    """What became of one list: records by their ids, and cells that the rep has kept."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    gone: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


@frozen
class Before:
    """A list as it stood: its records by id, and what the last import wrote there."""

    records: Mapping[str, Record]
    memory: Memory = field(factory=dict)


@frozen
class Updated:
    """A list after an import, in the order of the file, and what has changed in it.

    `ids` are its ids as the list writes them, by their shorter form.
    """

    records: tuple[Record, ...]
    change: CellChange = field(kw_only=True)
    memory: Memory = field(kw_only=True)
    ids: Mapping[str, str] = field(kw_only=True)


def updated(before: Before, new: Iterable[Record], consents: Iterable[str]) -> Updated:
    """A list brought up to an export, record by record by its id, which stands first.

    A cell that still holds what the last import wrote takes the new text. One that the
    rep has changed, or filled in, stays: save where the export says that somebody wants
    no contact, which always holds. Records that the export no longer has stay too.
    """
    ids = {short_id(identity): identity for identity in before.records}
    by_id = {next(iter(record.values())): record for record in new}
    incoming = {ids.get(short_id(identity), identity): one for identity, one in by_id.items()}
    refusals = _REFUSES | {(column, "no") for column in consents}
    kept: list[tuple[str, str]] = []

    def _cell(identity: str, head: str, old: str, text: str) -> str:
        if text in ("", old):
            return old
        written = before.memory.get(identity, {})
        is_ours = not old or (head, old) == ("status", ACTIVE)
        if head in written:
            is_ours = written[head] == _fingerprint(old)
        if is_ours or (head, text) in refusals:
            return text
        if written.get(head) != _fingerprint(text):
            kept.append((identity, head))
        return old

    def _merged(identity: str, old: Record, new: Record) -> Record:
        first, *heads = dict.fromkeys((*old, *new))
        cells = ((head, old.get(head, ""), new.get(head, "")) for head in heads)
        return {first: identity, **{cell[0]: _cell(identity, *cell) for cell in cells}}

    records = {
        identity: _merged(identity, one, incoming[identity]) if identity in incoming else one
        for identity, one in before.records.items()
    }
    records |= {identity: one for identity, one in incoming.items() if identity not in records}
    changed = tuple(key for key, one in before.records.items() if dict(records[key]) != dict(one))
    change = CellChange(
        added=tuple(key for key in incoming if key not in before.records),
        changed=changed,
        unchanged=sum(key in incoming for key in before.records) - len(changed),
        gone=tuple(key for key in before.records if key not in incoming),
        kept=tuple(kept),
    )
    memory = _remembered(before.memory, incoming)
    return Updated(tuple(records.values()), change=change, memory=memory, ids=ids)


def said_of(before: Before, change: CellChange, file: str) -> Iterator[str]:
    """Sentences on what a re-import has done to a list that was there."""
    if not before.records:
        return
    added, changed = len(change.added), len(change.changed)
    yield f"{file}: {added} added, {changed} changed, {change.unchanged} as before"
    if change.gone:
        gone = first_of(change.gone, MOST_NAMED)
        yield f"{file}: kept, though the export no longer has them: {gone}"
    if change.kept:
        cells = [f"{identity} {head}" for identity, head in change.kept]
        yield f"{file}: kept as you wrote it, against the export: {first_of(cells, MOST_NAMED)}"


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS] if text else _EMPTY


def _remembered(memory: Memory, records: Mapping[str, Record]) -> Memory:
    """The memory with what an import writes now; what it leaves empty it does not write."""
    heads = tuple(dict.fromkeys(head for record in records.values() for head in record))
    new: dict[str, Mapping[str, str]] = {}
    for identity, record in records.items():
        before = memory.get(identity, {})
        prints = {head: _fingerprint(record.get(head, "")) for head in heads}
        written = {head: one for head, one in prints.items() if one != _EMPTY or head not in before}
        new[identity] = {**before, **written}
    return {**memory, **new}


def read_memory(folder: Path) -> Mapping[str, Memory]:
    """What was written there, by list; raises `UnreadableFile` where it was damaged."""
    path = folder / MEMORY_FILE
    if not exists(path):
        return {}
    try:
        return {
            name: {
                identity: dict(zip(entry["columns"], str(prints).split(), strict=True))
                for identity, prints in entry["rows"].items()
            }
            for name, entry in json.loads(read_bytes(path)).items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        problem, remedy = "is damaged", "take it away, and import with --update"
        raise UnreadableFile(path, problem, remedy) from error


def render_memory(lists: Mapping[str, Memory]) -> bytes:
    """What was written, one line a row, so that a version control system shows little."""
    entries = {}
    for name, memory in lists.items():
        columns = sorted({head for prints in memory.values() for head in prints})
        rows = {
            identity: " ".join(prints.get(head, _EMPTY) for head in columns)
            for identity, prints in memory.items()
        }
        if memory:
            entries[name] = {"columns": columns, "rows": rows}
    return (json.dumps(entries, indent=1, ensure_ascii=False) + "\n").encode()
