"""Days off put into a `campaign.toml`, everything else of it as somebody has written it.

Nothing is written of the file but the days: each place where they may stand is tried, and
only a text that reads back as the old one with these days more is taken.
"""

import codecs
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from campaign.workdays import Span

_REP = re.compile(
    r"""^[ \t]*\[[ \t]*(?:rep|"rep"|'rep')[ \t]*\][ \t]*(?:#[^\n]*)?$""", re.MULTILINE
)
_LEAVE = re.compile(r"^[ \t]*(?:rep[ \t]*\.[ \t]*)?leave[ \t]*=[ \t]*\[", re.MULTILINE)
_MOST_PLACES = 200


def with_leave(content: bytes | None, spans: Sequence[Span]) -> bytes:
    """A `campaign.toml` with days off added to `[rep] leave`, its comments and form kept.

    Without a file, one with these days alone. Raises `ValueError`, with what to write by
    hand, where the file has a form into which they cannot be put.
    """
    data = content or b""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = _decoded(data.removeprefix(mark))
    end = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    days = [str(span) for span in spans]
    wanted = _with_days(tomllib.loads(plain), days)
    found = next((one for one in _tries(plain, days) if _is(one, wanted)), None)
    if found is None:
        listed = ", ".join(f'"{day}"' for day in wanted["rep"]["leave"])
        raise ValueError(f"write leave = [{listed}] under [rep] yourself")
    return mark + found.replace("\n", end).encode("utf-8")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError("save it as UTF-8 first") from error


def _with_days(tables: Mapping[str, Any], days: Sequence[str]) -> dict[str, Any]:
    rep = dict(tables.get("rep", {}))
    return {**tables, "rep": {**rep, "leave": [*rep.get("leave", []), *days]}}


def _is(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _tries(text: str, days: Sequence[str]) -> Iterator[str]:
    """The texts with the days in each place where they may belong, the likeliest first."""
    listed = ", ".join(f'"{day}"' for day in days)
    for found in _LEAVE.finditer(text):
        for end in _first(_brackets(text, found.end())):
            last = len(text[:end].rstrip())
            comma = {"[": ("", ""), ",": (" ", ",")}.get(text[last - 1], (", ", ""))
            yield f"{text[:last]}{comma[0]}{listed}{comma[1]}{text[last:]}"
            yield f"{text[:end]}{listed}{text[end:]}"
            yield f"{text[:end]}, {listed}{text[end:]}"
    for found in _REP.finditer(text):
        yield f"{text[: found.end()]}\nleave = [{listed}]{text[found.end() :]}"
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    yield f"{text}{gap}[rep]\nleave = [{listed}]\n"


def _brackets(text: str, start: int) -> Iterator[int]:
    """Where a list that begins here may end."""
    return (found.start() for found in re.compile(r"\]").finditer(text, start))


def _first(places: Iterable[int]) -> Iterator[int]:
    for _, place in zip(range(_MOST_PLACES), places, strict=False):
        yield place
