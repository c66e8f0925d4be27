"""Days off put into a `campaign.toml`, everything else of it as somebody has written it."""

import codecs
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from campaign.workdays import Span


def with_leave(content: bytes | None, spans: Sequence[Span]) -> bytes:
    """A `campaign.toml` with days off added to `[rep] leave`, its comments and form kept.

    Without a file, one with these days alone. Raises `ValueError`, with what to write by
    hand, where the file has a form into which they cannot be put.
    """
    import tomlkit  # noqa: PLC0415 (only where settings are written)
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    data = content or b""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data.removeprefix(mark).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError("save it as UTF-8 first") from error
    end = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    wanted = tomllib.loads(plain)
    days = [str(span) for span in spans]
    leave = [*wanted.get("rep", {}).get("leave", []), *days]
    wanted["rep"] = {**wanted.get("rep", {}), "leave": leave}
    found = ""
    with suppress(TOMLKitError):
        document = tomlkit.parse(plain)
        rep: Any = document.setdefault("rep", tomlkit.table())
        listed = rep.setdefault("leave", tomlkit.array())
        for day in days:
            listed.append(day)
        found = tomlkit.dumps(document)
    if tomllib.loads(found) != wanted:
        words = ", ".join(f'"{day}"' for day in leave)
        raise ValueError(f"write leave = [{words}] under [rep] yourself")
    return mark + found.replace("\n", end).encode("utf-8")
