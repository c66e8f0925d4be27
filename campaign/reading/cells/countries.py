"""Country names as lists write them, to ISO 3166 codes."""

import re
from collections.abc import Iterator
from functools import cache

from campaign.reading.cells.months import LANGUAGES
from campaign.reading.columns.headings import folded
from campaign.shipped import shipped_toml

_LANGUAGES = (*LANGUAGES, "ja", "zh", "zh_Hant", "ko", "th", "vi", "hi", "is", "af", "mi")
# As ISO writes names: the kind of state behind a comma, or in brackets.
_TURNED = re.compile(r"(?P<name>[^,()]+?)\s*(?:,\s*|\()(?P<kind>[^,()]+?)\)?")
_LETTERS_OF_A_CODE = 2
# Signs of a template or a program, which would be passed over: %s%n is not Senegal.
_NO_NAME = re.compile(r"[%$#{}<>|=*\\\d]")
# Parts of CLDR's list that are none of ISO 3166.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "QO", "ZZ"})


@cache
def country_code(text: str) -> str:
    """The two letters of a country from its code or name; an unknown name as it stands.

    English names and three-letter codes come from the `holidays` package, names in other
    languages from CLDR.
    """
    if not _NO_NAME.search(text):
        for form in _forms(" ".join(text.split())):
            code = _codes().get(folded(form)) or _names().get(folded(form))
            if code and "/" not in form:  # n/a is not Namibia
                return code
    return text


def _forms(text: str) -> Iterator[str]:
    """The text, and other ways to write the same name."""
    yield text
    if found := _TURNED.fullmatch(text):
        yield f"{found['kind'].removeprefix('the ')} {found['name']}"
        if found["kind"].casefold() in ("the", "der", "die", "la", "les"):
            yield found["name"]
        if len(found["kind"]) == _LETTERS_OF_A_CODE:
            yield found["kind"]
    code, dash, name = text.partition("-")
    if dash and len(code.strip()) == _LETTERS_OF_A_CODE:
        yield name
    named = (part.strip() for part in text.split("/"))
    yield from (part for part in named if len(part) > _LETTERS_OF_A_CODE)
    yield text.casefold().removeprefix("the ").removeprefix("republic of ")


@cache
def _codes() -> dict[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 (a third of a second)

    found: dict[str, str] = {}
    for name, code, *others in COUNTRIES.values():
        for word in (name, code, *others):
            found.setdefault(folded(word), code)
    for code, names in shipped_toml("reading/cells/countries.toml")["aliases"].items():
        found.update(dict.fromkeys(map(folded, names), code))
    return found


@cache
def _names() -> dict[str, str]:
    """The names of countries in the languages of customer systems, each that means one."""
    from babel import Locale  # noqa: PLC0415 (only for a list that needs it)

    found: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == _LETTERS_OF_A_CODE and code.isalpha() and code not in _NO_COUNTRIES:
                found.setdefault(folded(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if name and len(codes) == 1}
