"""The names of months and weekdays as lists write them, in the languages of customer systems."""

from functools import cache

from campaign.phrases import MONTHS
from campaign.reading.cells.texts import without_accents

LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu"),
    *("ro", "bg", "el", "tr", "ru", "uk", "hr", "sl", "sr", "et", "lv", "lt", "ca", "id", "ms"),
    *("ar", "he"),
)
_SHORTEST = 3
_IN_HEBREW = "\u05d1"  # "in March" is one word; no month begins so


@cache
def month_of(word: str) -> int:
    """The number of a month from its name, or the beginning of one; 0 where it can be no one.

    English goes first, the other languages' names come from CLDR. A name that means two
    months, as `listopad` does in Poland and Croatia, means none.
    """
    bare = word.casefold().strip(".")
    if len(bare) < _SHORTEST:
        return 0
    for number, name in enumerate(MONTHS, start=1):
        if name.casefold().startswith(bare):
            return number
    if bare[0] == _IN_HEBREW:
        return month_of(bare[1:])
    found = _names().get(bare) or {
        number for name, numbers in _names().items() if name.startswith(bare) for number in numbers
    }
    return next(iter(found)) if len(found) == 1 else 0


@cache
def _names() -> dict[str, set[int]]:
    from babel import Locale  # noqa: PLC0415 (only for a list that needs it)

    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, written in months[form][width].items():
                    name = written.casefold().strip(".")
                    for word in filter(str.isalpha, (name, without_accents(name))):
                        found.setdefault(word, set()).add(number)
    return found


def is_weekday(word: str) -> bool:
    """Whether a word is a weekday's name, or short for one."""
    return word.casefold() in _weekdays()


@cache
def _weekdays() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 (only for a list that needs it)

    return frozenset(
        name.casefold().strip(".")
        for language in (*LANGUAGES, "ja", "zh", "ko")
        for widths in Locale(language).days.values()
        for width in ("wide", "abbreviated", "short")
        for name in widths.get(width, {}).values()
    )
