"""Days off put into a `campaign.toml`, everything else of it as somebody has written it."""

import codecs
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from campaign.workdays import Span


def with_leave(content: bytes | None, spans: Sequence[Span]) -> bytes:
    """A `campaign.toml` with days off added to `[rep] leave`, its comments and form kept.

    Without a file, one with these days alone. Raises `ValueError`, with what to write by
    hand, where the file has a form into which they cannot be put.
    """
    data = content or b""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = _decoded(data.removeprefix(mark))
    end, plain = "\r\n" if "\r\n" in text else "\n", text.replace("\r\n", "\n")
    days = [str(span) for span in spans]
    wanted = _with_days(tomllib.loads(plain), days)
    found = _edited(plain, days)
    if found is None or tomllib.loads(found) != wanted:
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


def _edited(text: str, days: Sequence[str]) -> str | None:
    """The text with the days at the end of the list; None for a form that is not understood."""
    import tomlkit  # noqa: PLC0415 (only where settings are written)
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(text)
        rep: Any = document.setdefault("rep", tomlkit.table())
        leave = rep.setdefault("leave", tomlkit.array())
        for day in days:
            leave.append(day)
        return tomlkit.dumps(document)
    except TOMLKitError:
        return None
