"""What the last import wrote, so that the next one knows what the rep has changed since.

Of each cell only a fingerprint is kept, in `imported.json` beside the lists.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import field, frozen

from campaign.errors import UnreadableFile
from campaign.outputs.lists import Record
from campaign.reading.parsing.files import exists, read_bytes

MEMORY_FILE = "imported.json"
_EMPTY = "-"
_DIGITS = 6


@frozen
class Memory:
    """The fingerprints of one list by id and column."""

    cells: Mapping[str, Mapping[str, str]] = field(factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether no import has written this list."""
        return not self.cells

    def knows(self, identity: str, column: str) -> bool:
        """Whether an import has written that cell."""
        return column in self.cells.get(identity, ())

    def is_unchanged(self, identity: str, column: str, text: str) -> bool:
        """Whether a cell still holds what an import has written there."""
        return self.cells.get(identity, {}).get(column) == fingerprint(text)

    def with_records(self, records: Mapping[str, Record]) -> "Memory":
        """The same with what an import writes now; what it leaves empty it does not write."""
        heads = tuple(dict.fromkeys(head for record in records.values() for head in record))
        new = {key: self._with(key, record, heads) for key, record in records.items()}
        return Memory({**self.cells, **new})

    def _with(self, identity: str, record: Record, heads: Iterable[str]) -> dict[str, str]:
        before = self.cells.get(identity, {})
        prints = {head: fingerprint(record.get(head, "")) for head in heads}
        written = {head: one for head, one in prints.items() if one != _EMPTY or head not in before}
        return {**before, **written}


def fingerprint(text: str) -> str:
    """A few digits that tell two texts apart."""
    return sha256(text.encode()).hexdigest()[:_DIGITS] if text else _EMPTY


def read_memory(folder: Path) -> Mapping[str, Memory]:
    """What was written there, by list; raises `UnreadableFile` where it was damaged."""
    path = folder / MEMORY_FILE
    if not exists(path):
        return {}
    try:
        lists: dict[str, dict[str, Any]] = json.loads(read_bytes(path))
        return {name: _memory(entry) for name, entry in lists.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        problem, remedy = "is damaged", "take it away, and import with --update"
        raise UnreadableFile(path, problem, remedy) from error


def _memory(entry: Mapping[str, Any]) -> Memory:
    columns: Sequence[str] = entry["columns"]
    return Memory(
        {
            identity: dict(zip(columns, str(prints).split(), strict=True))
            for identity, prints in entry["rows"].items()
        }
    )


def render_memory(lists: Mapping[str, Memory]) -> bytes:
    """What was written, one line a row, so that a version control system shows little."""
    entries = {name: _entry(memory) for name, memory in lists.items() if not memory.is_empty}
    return (json.dumps(entries, indent=1, ensure_ascii=False) + "\n").encode()


def _entry(memory: Memory) -> dict[str, Any]:
    columns = sorted({head for prints in memory.cells.values() for head in prints})
    return {
        "columns": columns,
        "rows": {
            identity: " ".join(prints.get(head, _EMPTY) for head in columns)
            for identity, prints in memory.cells.items()
        },
    }
