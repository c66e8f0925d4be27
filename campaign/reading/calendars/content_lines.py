"""An iCalendar file as blocks of lines, each with its place; nothing is interpreted yet.

Taken apart by hand, so that one broken event costs that event and no other, and so that a
finding can name its line (RFC 5545, sections 3.1 and 3.4).
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import field, frozen

_BREAKS = re.compile(r"\r\n|\n|\r")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_KINDS = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE"})
CALENDAR = "VCALENDAR"


@frozen
class Property:
    """One content line: its name in capitals, its parameters and its value as written."""

    name: str
    value: str
    head: str = field(default="", kw_only=True)

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters by their names in capitals, quotes taken off."""
        pairs = (part.partition("=") for part in _split_outside_quotes(self.head, ";"))
        return MappingProxyType(
            {name.strip().upper(): value.strip().strip('"') for name, _, value in pairs if name}
        )

    @property
    def text(self) -> str:
        """The value as a person wrote it, in one line."""
        plain = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], self.value)
        return " ".join(plain.split())

    @classmethod
    def parse(cls, line: str) -> "Property":
        """A property from an unfolded line; one without a colon has no value."""
        head, _, value = line.partition(":")
        if '"' in head:
            parts = _split_outside_quotes(line, ":", most=1)
            head, value = (parts[0], parts[1]) if len(parts) > 1 else (head, value)
        name, _, parameters = head.partition(";")
        return cls(name.strip().upper(), value, head=parameters)


def _split_outside_quotes(text: str, sign: str, most: int = -1) -> list[str]:
    if '"' not in text:
        return text.split(sign, most)
    parts: list[str] = []
    start, quoted = 0, False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == sign and not quoted and most != len(parts):
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


@frozen
class Block:
    """A VEVENT, VFREEBUSY or VTIMEZONE: the line on which it begins, and the lines of it.

    `calendar` counts the calendars of the file, from 0. A block that another one interrupts,
    or the end of the file, is not whole.
    """

    kind: str
    row: int
    calendar: int = field(default=0, kw_only=True)
    lines: tuple[str, ...] = field(default=(), kw_only=True)
    is_whole: bool = field(default=True, kw_only=True)

    def properties(self) -> Iterator[Property]:
        """The block's own properties, those of blocks within it left out."""
        depth = 0
        for line in self.lines:
            start = line[:6].upper()
            if start.startswith("END:"):
                depth -= 1
            elif start == "BEGIN:":
                depth += 1
            elif depth == 0:
                yield Property.parse(line)


@frozen
class Contents:
    """What stands in a file: its blocks in order, and the properties of its calendars."""

    blocks: tuple[Block, ...]
    properties: tuple[Property, ...]
    calendars: int


def contents(text: str) -> Contents:
    """The contents of an iCalendar text, whatever is in it."""
    scan = _Scan()
    for row, line in _unfolded(text):
        scan.take(row, line)
    scan.close()
    return Contents(tuple(scan.blocks), tuple(scan.properties), scan.calendars)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each content line with the number of the line on which it begins."""
    begun, parts = 0, list[str]()
    for row, line in enumerate(_BREAKS.split(text), start=1):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
        elif line.strip():
            if parts:
                yield begun, "".join(parts)
            begun, parts = row, [line]
    if parts:
        yield begun, "".join(parts)


class _Scan:
    """Gathers blocks line by line; `_open` is the kinds of block that are begun and not ended."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.properties: list[Property] = []
        self.calendars = 0
        self._row = 0
        self._lines: list[str] = []
        self._open: list[str] = []

    def take(self, row: int, line: str) -> None:
        word, _, kind = line.partition(":")
        word, kind = word.strip().upper(), kind.strip().upper()
        if word == "BEGIN":
            self._begin(row, line, kind)
        elif word == "END":
            self._end(line, kind)
        elif self._open:
            self._lines.append(line)
        else:
            self.properties.append(Property.parse(line))

    def _begin(self, row: int, line: str, kind: str) -> None:
        if kind == CALENDAR or kind in _KINDS:
            self.close()
        if kind == CALENDAR:
            self.calendars += 1
        elif self._open:
            self._open.append(kind)
            self._lines.append(line)
        else:
            self._row, self._lines, self._open = row, [], [kind]

    def _end(self, line: str, kind: str) -> None:
        if kind == CALENDAR or (self._open and kind == self._open[0] and len(self._open) > 1):
            self.close()
        elif self._open and kind == self._open[-1]:
            self._open.pop()
            if self._open:
                self._lines.append(line)
            else:
                self._keep(kind, is_whole=True)

    def close(self) -> None:
        """Give up the block that is begun, if there is one."""
        if self._open:
            self._keep(self._open[0], is_whole=False)
            self._open = []

    def _keep(self, kind: str, *, is_whole: bool) -> None:
        if kind in _KINDS:
            block = Block(
                kind,
                self._row,
                calendar=max(0, self.calendars - 1),
                lines=tuple(self._lines),
                is_whole=is_whole,
            )
            self.blocks.append(block)
