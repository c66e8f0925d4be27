"""A TOML file with the line of each of its keys, and its tables read key by key."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, Self, TypeVar

from attrs import field, frozen

from campaign.errors import Finding
from campaign.reading.cells import did_you_mean, shown
from campaign.reading.parsing.text import decode

Value = TypeVar("Value")
Default = TypeVar("Default")
_TABLE = re.compile(r"\s*\[\[?\s*([^\]\n]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-.\"' ]+?)\s*=")
_STEP = re.compile(r"""\bstep\s*=\s*["']([^"']+)["']""")
# so many parts of a dotted key: the parser takes the square of their number in time
_DEEP = re.compile(r"""(?<![\w\-"'.])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){40}""")
# patterns with spaces at both ends take their time on endless lines
_LOOKED_AT = 200
_MOST_BYTES = 500_000
_WHERE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@frozen
class Document:
    """The tables of a TOML file, where each key stands, and what is wrong with the file."""

    file: str
    tables: Mapping[str, Any] = field(factory=dict)
    lines: Mapping[str, int] = field(factory=dict, kw_only=True)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)

    @property
    def is_sound(self) -> bool:
        """Whether it could be read as TOML."""
        return not any(finding.is_error for finding in self.findings)

    def line(self, path: str) -> int:
        """The line of a dotted key, or of the nearest table around it; 0 if unknown."""
        parts = path.split(".")
        for end in range(len(parts), 0, -1):
            if found := self.lines.get(".".join(parts[:end])):
                return found
        return 0


def parse_document(data: bytes, file: str) -> Document:
    """A document from bytes; nothing in the bytes raises."""
    if len(data) > _MOST_BYTES:
        large = f"is {len(data) / 1e6:,.1f} MB large"
        found = Finding(file, large, remedy="settings take a few kilobytes")
        return Document(file, findings=(found,))
    text, findings = decode(data, file)
    if any(finding.is_error for finding in findings):
        return Document(file, findings=findings)
    try:
        tables: Mapping[str, Any] | None
        tables = None if _DEEP.search(text) else tomllib.loads(text.replace("\r\n", "\n"))
    except RecursionError:
        tables = None
    except ValueError as error:
        return Document(file, findings=(*findings, _broken(text, str(error), file)))
    if tables is None:
        deep = Finding(file, "is nested too deeply", remedy="write one table for each thing")
        return Document(file, findings=(*findings, deep))
    return Document(file, tables, lines=_lines(text), findings=findings)


_PLAIN = 'write key = value, texts in quotes: "so", dates plain: 2027-04-30'
_TWICE = "the key or the table stands there twice; take one of them out"
_IS_TWICE = re.compile(r"overwrite a value|declare .+ twice|mutate immutable")


def _broken(text: str, error: str, file: str) -> Finding:
    where = _WHERE.search(error)
    lines = text.splitlines() or [""]
    row = int(where[1]) if where and where[1] else len(lines)
    key = _KEY.match(lines[min(row, len(lines)) - 1][:_LOOKED_AT])
    problem = shown(_WHERE.sub("", error))
    return Finding(
        file,
        f"cannot be read as TOML ({problem[:1].lower()}{problem[1:]})",
        remedy=_TWICE if _IS_TWICE.search(error) else _PLAIN,
        row=row,
        column=key[1].strip() if key else "",
    )


def _lines(text: str) -> dict[str, int]:
    """Where keys stand, found by looking: enough to point at, never to decide on."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line[:_LOOKED_AT]):
            table = _bare(header[1])
            parts = table.split(".")
            for end in range(1, len(parts) + 1):
                found.setdefault(".".join(parts[:end]), number)
        elif entry := _KEY.match(line[:_LOOKED_AT]):
            found.setdefault(f"{table}.{_bare(entry[1])}".lstrip("."), number)
        for step in _STEP.finditer(line):
            found.setdefault(f"{table}.{step[1]}", number)
    return found


def _bare(dotted: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in dotted.split("."))


class Keys:
    """One table of a document: its keys are taken one by one, what is left is misspelt.

    The table is the one at the `path`, unless it is given, as one that stands in a list. What
    is left is noted at the end of a `with`.
    """

    def __init__(
        self,
        document: Document,
        path: tuple[str, ...],
        findings: list[Finding],
        table: Mapping[str, Any] | None = None,
    ) -> None:
        self.document = document
        self.path = path
        self.findings = findings
        self.known: list[str] = []
        found: Any = document.tables if table is None else table
        for part in path if table is None else ():
            found = found.get(part, {})
            if not isinstance(found, dict):
                value = shown(f'"{found}"' if isinstance(found, str) else str(found))
                dotted = ".".join(path)
                self.fault("", f"{value} is no table; write [{dotted}] and keys under it")
                found = {}
        self.table: Mapping[str, Any] = dict(found)

    def __enter__(self) -> Self:
        """The table itself."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Note every key that nobody has taken."""
        self.close()

    def take(self, key: str, parse: Callable[[Any], Value], default: Default) -> Value | Default:
        """What `parse` makes of a key; the default where it is absent or a finding."""
        self.known.append(key)
        if key not in self.table:
            return default
        try:
            return parse(self.table[key])
        except ValueError as error:
            self.fault(key, str(error))
            return default

    def given(self, parsers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
        """The keys that are there and right, each read by its parser."""
        self.known += parsers
        return {
            key: value
            for key, parse in parsers.items()
            if key in self.table and (value := self.take(key, parse, None)) is not None
        }

    def names(self) -> tuple[str, ...]:
        """The names of all keys, for tables whose keys are the user's own."""
        self.known += self.table
        if "" in self.table:
            self.fault("", "a name is empty; name it, as a word")
        return tuple(filter(None, self.table))

    def below(self, key: str) -> "Keys":
        """The table under a key."""
        self.known.append(key)
        return Keys(self.document, (*self.path, key), self.findings)

    def fault(self, key: str, sentence: str) -> None:
        """Note what is wrong with a key: the problem and, after "; ", the remedy."""
        path = ".".join(filter(None, (*self.path, key)))
        problem, _, remedy = sentence.partition("; ")
        file, row = self.document.file, self.document.line(path)
        self.findings.append(Finding(file, problem, remedy=remedy, row=row, column=path))

    def close(self) -> None:
        """Note every key that nobody has taken."""
        names = list(dict.fromkeys(self.known))
        where = f"[{'.'.join(self.path)}]" if self.path else "this file"
        for key in self.table:
            if key not in names:
                remedy = did_you_mean(key, names) or f"the keys are {', '.join(names)}"
                self.fault(key, f"is no key of {where}; {remedy}")
