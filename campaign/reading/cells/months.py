"""The names of months and weekdays as lists write them, in the languages of customer systems."""

from functools import cache

LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu"),
    *("ro", "bg", "el", "tr", "ru", "uk", "hr", "sl", "sr", "et", "lv", "lt", "ca", "id", "ms"),
    *("ar", "he"),
)
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORTEST = 3
_IN_HEBREW = "\u05d1"  # "in March" is one word; no month begins so


@cache
def month_of(word: str) -> int:
    """The number of a month from its name, or the beginning of one; 0 where it can be no one.

    English goes first, the other languages' names come from CLDR. A name that means two
    months, as `listopad` does in Poland and Croatia, means none.
    """
    bare = word.casefold().strip(".")
    if bare[:_SHORTEST] in _ENGLISH and _is_english(bare):
        return _ENGLISH.index(bare[:_SHORTEST]) + 1
    if len(bare) < _SHORTEST:
        return 0
    if bare[0] == _IN_HEBREW:
        return month_of(bare[1:])
    found = _names().get(bare) or frozenset(
        number for name, numbers in _names().items() if name.startswith(bare) for number in numbers
    )
    return next(iter(found)) if len(found) == 1 else 0


@cache
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


def _is_english(bare: str) -> bool:
    names = ("january", "february", "march", "april", "may", "june", "july", "august")
    rest = ("september", "october", "november", "december")
    return any(name.startswith(bare) for name in (*names, *rest))


@cache
def _names() -> dict[str, frozenset[int]]:
    from babel import Locale  # noqa: PLC0415 (only for a list that needs it)

    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    for word in (name.casefold().strip("."), _without_accents(name)):
                        found.setdefault(word, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items() if name.isalpha()}


def _without_accents(name: str) -> str:
    import unicodedata  # noqa: PLC0415 (only for a list that needs it)

    apart = unicodedata.normalize("NFKD", name.casefold().strip("."))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
