"""Texts and dates as a letter has them."""

import datetime as dt
from functools import lru_cache

import pendulum

from campaign.phrases import clock

# What HTML and XML forbid: control characters, and halves of characters.
FORBIDDEN = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd"
)
# They would turn round the text after a name.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Verbs that notes of promises begin with, and that are no nouns ("order", "call" are both).
_DOES = (
    *("arrange", "ask", "bring", "come", "confirm", "correct", "deliver", "explain", "find"),
    *("fix", "get", "give", "keep", "let", "look", "make", "organise", "organize", "provide"),
    *("put", "replace", "say", "see", "send", "take", "tell"),
)
_MONTH_FIRST = frozenset({"US", "PH"})
LONG, SHORT, TO_COME = range(3)
_SHAPES = {
    "en": ("D MMMM YYYY", "D MMMM", "dddd D MMMM"),
    "en of America": ("MMMM D, YYYY", "MMMM D", "dddd, MMMM D"),
    "de": ("D. MMMM YYYY", "D. MMMM", "dddd, [den] D. MMMM"),
}


def printable(text: str) -> str:
    """The text with a sign in the place of what no page may hold."""
    return text.translate(FORBIDDEN)


def plain(value: str) -> str:
    """A text of a list in one line, without signs that would turn round what follows."""
    return " ".join(printable(value.translate(_TURNS)).split())


@lru_cache(maxsize=4096)
def dated(date: dt.date, country: str, language: str = "en", *, shape: int = LONG) -> str:
    """A date as a letter of that country has it.

    LONG is `4 January 2027`, `January 4, 2027`; SHORT `4 January`, `January 4`, `4. Januar`;
    TO_COME `Monday 4 January`, `Monday, January 4`, `Montag, den 4. Januar`.
    """
    is_american = language == "en" and country in _MONTH_FIRST
    shapes = _SHAPES["en of America" if is_american else language]
    moment = pendulum.date(date.year, date.month, date.day)
    return moment.format(shapes[shape], locale=language)


def about(minute: int, country: str, language: str) -> str:
    """A time of day as one says it: `8:30 a.m.` in America, `08:30` elsewhere."""
    if language == "en" and country in _MONTH_FIRST:
        moment = pendulum.time(minute // 60, minute % 60)
        return moment.format("h:mm A", locale="en").replace("AM", "a.m.").replace("PM", "p.m.")
    return clock(minute)


def told(what: str, language: str) -> str:
    """What was promised as it is said to whom it was promised.

    `give her the prices` becomes `to give you the prices`; what does not begin like a note
    to oneself stays as it is.
    """
    text = what.strip(" .")
    first, _, rest = text.partition(" ")
    if language != "en" or first.casefold() not in _DOES or not rest:
        return text
    whom, _, more = rest.partition(" ")
    is_you = whom.casefold() in ("him", "her", "them") and more
    return f"to {first.lower()} {f'you {more}' if is_you else rest}"
