"""The pages of the documentation as values: their code blocks, headings and links."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md")))

_FENCE = re.compile(r"^```(\w*)$")
_MARK = re.compile(r"^<!-- (.*) -->$")
_HEADING = re.compile(r"^#{1,6} (.+?)\s*$", flags=re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")


@frozen
class Block:
    """One fenced block: its language, its text, and the comments directly above it."""

    line: int
    language: str
    text: str
    marks: tuple[str, ...]

    def mark(self, name: str) -> str | None:
        """What a mark says after its name; None where the block has no such mark."""
        for mark in self.marks:
            head, _, rest = mark.partition(":")
            if head == name:
                return rest.strip()
        return None


@frozen
class Page:
    """One Markdown page."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """The path below the root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The fenced blocks in their order."""
        return tuple(_blocks(self.text))

    @property
    def prose(self) -> str:
        """The text without its fenced blocks."""
        return re.sub(r"^```.*?^```$", "", self.text, flags=re.MULTILINE | re.DOTALL)

    @property
    def anchors(self) -> frozenset[str]:
        """The anchors of the headings, as they are made of their words."""
        return frozenset(map(_anchor, _HEADING.findall(self.prose)))

    @property
    def links(self) -> tuple[str, ...]:
        """The targets of all links."""
        return tuple(_LINK.findall(self.prose))

    def section(self, heading: str) -> str:
        """The text below a heading, up to the next one of its kind or a higher one."""
        start = re.search(rf"^(#+) {re.escape(heading)}\s*$", self.text, flags=re.MULTILINE)
        assert start is not None, f"{self.name} has no heading {heading}"
        rest = self.text[start.end() :]
        end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, flags=re.MULTILINE)
        return rest[: end.start()] if end else rest


def _blocks(text: str) -> Iterator[Block]:
    marks: list[str] = []
    inside: list[str] | None = None
    language, start = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if inside is not None:
            if line == "```":
                yield Block(start, language, "".join(f"{row}\n" for row in inside), tuple(marks))
                marks, inside = [], None
            else:
                inside.append(line)
        elif fence := _FENCE.match(line):
            language, start, inside = fence[1], number, []
        elif mark := _MARK.match(line):
            marks.append(mark[1])
        elif line.strip():
            marks = []


def _anchor(heading: str) -> str:
    bare = re.sub(r"[`*]", "", heading).casefold()
    return re.sub(r"[^\w\- ]", "", bare).replace(" ", "-")


@cache
def page(path: Path) -> Page:
    """The page at a path."""
    return Page(path, path.read_text(encoding="utf-8"))


def doc(name: str) -> Page:
    """The page of that name below docs/, as `reference/files`."""
    return page(DOCS / f"{name}.md")
