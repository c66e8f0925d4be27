"""Every sentence that the commands can print, out of the source, with its placeholders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
_PUT_IN = re.compile(r"\{[^{}]*\}")


@frozen
class Message:
    """A sentence, or a part of one, with `{...}` for what is put in, and where it stands."""

    place: str
    text: str

    @property
    def said(self) -> str:
        """The sentence alone, `{}` for what is put in."""
        return _PUT_IN.sub("{}", self.text)


def messages() -> tuple[Message, ...]:
    """All of them, by file and line: every text of at least two words that is no docstring."""
    found: list[Message] = []
    for room in ("cli/campaign_cli", "campaign"):
        for path in sorted((ROOT / room).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [Message(f"{place}:{line}", text) for line, text in _texts(tree)]
    return tuple(found)


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    docstrings = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inner = {id(value) for node in joined for value in node.values}
    for node in ast.walk(tree):
        if id(node) not in docstrings | inner:
            text = " ".join(_text(node).split())
            is_said = " " in _PUT_IN.sub("{}", text) and any(map(str.isalpha, text))
            if is_said and "\\" not in text:
                yield getattr(node, "lineno", 0), text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    return f"{{{ast.unparse(node.value)}}}" if isinstance(node, ast.FormattedValue) else ""
