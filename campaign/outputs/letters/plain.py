"""Texts and dates as a letter has them."""

import datetime as dt

import pendulum

from campaign.outputs.printable import one_line

# They would turn round the text after a name.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_MONTH_FIRST = frozenset({"US", "PH"})


def plain(value: str) -> str:
    """A text of a list in one line, without signs that would turn round what follows."""
    return one_line(value.translate(_TURNS))


def in_words(date: dt.date, country: str) -> str:
    """A date as a letter of that country has it: `4 January 2027`, `January 4, 2027`."""
    words = "MMMM D, YYYY" if country in _MONTH_FIRST else "D MMMM YYYY"
    return pendulum.date(date.year, date.month, date.day).format(words, locale="en")
