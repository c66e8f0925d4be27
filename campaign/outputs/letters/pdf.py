"""The same pages as PDF, by Typst, which comes with the extra `pdf`."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from campaign.errors import UnreadableFile
from campaign.outputs.letters.sheets import Sheet
from campaign.outputs.pages import text_of

_ROOM = "campaign.outputs.letters"
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
# A file of the same letters is the same file, whenever it is made.
_ALWAYS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def letters_pdf(letters: Sequence[Mapping[str, Any]], *, letter_paper: bool) -> bytes:
    """Letters as PDF, each on a page of its own. Raises `UnreadableFile` without Typst."""
    paper = "us-letter" if letter_paper else "a4"
    return _made("letters", {"paper": paper, "letters": letters})


def labels_pdf(
    sheet: Sheet, pages: Sequence[Sequence[Mapping[str, Any]]], sender: Sequence[str]
) -> bytes:
    """Labels or envelopes as PDF. Raises `UnreadableFile` without Typst."""
    box = sheet.sender
    at = {"left": box.left, "top": box.top, "width": box.width} if box else None
    size = {"width": sheet.width, "height": sheet.height, "pad": sheet.pad}
    return _made("labels", {**size, "pages": pages, "sender": sender, "sender_box": at})


def _made(name: str, values: Mapping[str, Any]) -> bytes:
    if find_spec("typst") is None:
        raise UnreadableFile(
            Path(f"{name}.pdf"),
            "needs Typst, which is not installed",
            "install it with: pip install 'territory-campaign[pdf]', or print the HTML page",
        )
    import typst  # noqa: PLC0415 (an extra)

    main = text_of(_ROOM, f"{name}.typ").encode()
    inputs = {"values": json.dumps(_breakable(values), ensure_ascii=False)}
    return typst.compile(main, sys_inputs=inputs, timestamp=_ALWAYS)


def _breakable(value: Any) -> Any:  # noqa: ANN401 (texts in lists and tables)
    """The same with a place to break in words that no line may hold, which would be cut."""
    match value:
        case str():
            return _LONG_WORD.sub("\\g<0>\N{ZERO WIDTH SPACE}", value)
        case Mapping():
            return {key: _breakable(one) for key, one in value.items()}
        case list() | tuple():
            return [_breakable(one) for one in value]
    return value
