"""Country names as lists write them, to ISO 3166 codes."""

import tomllib
from functools import cache
from importlib.resources import files

from campaign.reading.headings import folded


@cache
def country_code(text: str) -> str:
    """The two letters of a country from its code or name; an unknown name as it stands.

    English names and three-letter codes come from the `holidays` package.
    """
    return _codes().get(folded(text), text)


@cache
def _codes() -> dict[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 (a third of a second)

    found: dict[str, str] = {}
    for name, code, *others in COUNTRIES.values():
        for word in (name, code, *others):
            found.setdefault(folded(word), code)
    return {**found, **_aliases()}


def _aliases() -> dict[str, str]:
    text = files("campaign.reading").joinpath("countries.toml").read_text(encoding="utf-8")
    return {
        folded(name): code
        for code, names in tomllib.loads(text)["aliases"].items()
        for name in names
    }
