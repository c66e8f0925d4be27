"""Texts and dates as a letter has them."""

import datetime as dt

import pendulum

# What HTML and XML forbid: control characters, and halves of characters.
FORBIDDEN = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd"
)
# They would turn round the text after a name.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_MONTH_FIRST = frozenset({"US", "PH"})


def printable(text: str) -> str:
    """The text with a sign in the place of what no page may hold."""
    return text.translate(FORBIDDEN)


def one_line(text: str) -> str:
    """The text in one line, with what no page may hold replaced."""
    return " ".join(printable(text).split())


def plain(value: str) -> str:
    """A text of a list in one line, without signs that would turn round what follows."""
    return one_line(value.translate(_TURNS))


def in_words(date: dt.date, country: str) -> str:
    """A date as a letter of that country has it: `4 January 2027`, `January 4, 2027`."""
    words = "MMMM D, YYYY" if country in _MONTH_FIRST else "D MMMM YYYY"
    return pendulum.date(date.year, date.month, date.day).format(words, locale="en")
