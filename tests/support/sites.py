"""The places of the program at which a sentence about an input is made, and which were come by."""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import campaign

ROOT = Path(campaign.__file__).parent
ROOMS = ("reading", "model", "geography")
Site = tuple[str, int]


def sites() -> dict[Site, str]:
    """The statements that make a finding or raise what becomes one: file and line, function.

    A finding is made by `Finding`, by its `notice`, or by a function that gives one and is
    handed its text.
    """
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in _files()}
    found = {}
    for path, tree in trees.items():
        makers = {"Finding", "notice", *_makers(tree)}
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for line in _lines(function, makers):
                    found[path.relative_to(ROOT).as_posix(), line] = function.name
    return found


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def _makers(tree: ast.Module) -> Iterator[str]:
    """The functions that give one finding."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) == "Finding":
            yield node.name


def _lines(function: ast.FunctionDef, makers: set[str]) -> Iterator[int]:
    for statement in ast.walk(function):
        if isinstance(statement, (ast.Raise, ast.Return, ast.Expr, ast.Assign)):
            calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
            raises = isinstance(statement, ast.Raise) and any(
                _name(call) == "ValueError" for call in calls
            )
            if raises or any(_name(call) in makers and _has_text(call) for call in calls):
                yield statement.lineno


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _has_text(call: ast.Call) -> bool:
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    nodes = [node for value in values for node in ast.walk(value)]
    return any(isinstance(node, (ast.JoinedStr, ast.Constant)) for node in nodes)


@contextmanager
def come_by() -> Iterator[set[Site]]:
    """Which of the sites are come by meanwhile; functions without one are not watched."""
    names = {str(path): path.relative_to(ROOT).as_posix() for path in _files()}
    wanted, found = set(sites()), set[Site]()

    @cache
    def inside(code: CodeType) -> frozenset[Site]:
        name = names[code.co_filename]
        return frozenset((name, line) for *_, line in code.co_lines() if line) & wanted

    def of_line(frame: FrameType, _event: str, _argument: Any) -> Any:  # noqa: ANN401 (sys.settrace)
        found.add((names[frame.f_code.co_filename], frame.f_lineno))
        return of_line

    def of_call(frame: FrameType, _event: str, _argument: Any) -> Any:  # noqa: ANN401 (the same)
        code = frame.f_code
        is_watched = code.co_filename in names and not inside(code) <= found
        return of_line if is_watched else None

    before = sys.gettrace()
    sys.settrace(of_call)
    try:
        yield found
    finally:
        sys.settrace(before)
