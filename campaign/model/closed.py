"""Dates on which somebody is closed: spans, and what OpenStreetMap's notation says of dates."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from attrs import frozen

from campaign.model.hours import spans_of
from campaign.model.notation import checked_notation, looks_like_notation
from campaign.workdays import Span, plain

_CLOSES = re.compile(r"\b(?:off|closed)\b", re.IGNORECASE)
_DATES = re.compile(r"[\d/;\s-]*")
_HOURS = re.compile(r"\d:\d\d")


@frozen
class ClosedDays:
    """The dates that a rule of opening_hours closes: `2027 Jan 18-29 off`, `We[1] off`."""

    notation: str

    def __contains__(self, day: dt.date) -> bool:
        """Whether that is one of them."""
        return not spans_of(f"24/7; {self.notation}", plain(day))

    def __str__(self) -> str:
        """As files write it."""
        return self.notation

    @classmethod
    def parse(cls, text: str, otherwise: str) -> "ClosedDays":
        """What a text closes; raises `ValueError`, `otherwise` saying why it is no span."""
        notation = " ".join(text.split())
        if _HOURS.search(notation):
            raise ValueError(f'"{notation}" names hours; write them in visit_hours or call_hours')
        if not _CLOSES.search(notation):
            notation += " off"
        checked_notation(f"24/7; {notation}", otherwise)
        return cls(notation)


Closing = Span | ClosedDays


def parse_closed(text: str, spans: Callable[[str], tuple[Span, ...]]) -> tuple[Closing, ...]:
    """What a cell closes: spans, or rules of opening_hours among them, parted by `;`.

    `spans` reads such as have no rules in them, and says what is wrong with others.
    """
    try:
        return spans(text)
    except ValueError:
        if _DATES.fullmatch(text) or not looks_like_notation(text):
            raise
    found: list[Closing] = []
    for part in filter(str.strip, text.split(";")):
        try:
            found += spans(part.strip())
        except ValueError as error:
            found.append(ClosedDays.parse(part.strip(), str(error).partition("; ")[0]))
    return tuple(found)


def to_closed(values: Iterable[Closing | dt.date | str] | str) -> tuple[Closing, ...]:
    """Closing dates from themselves, dates, or texts such as `2027-02-15/2027-02-19; Jan 6 off`."""
    given = (values,) if isinstance(values, str) else values
    found: list[Closing] = []
    for value in given:
        if isinstance(value, Span | ClosedDays):
            found.append(value)
        else:
            found += parse_closed(str(value), _spans)
    return tuple(found)


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(Span.parse(part.strip()) for part in text.split(";") if part.strip())
