"""Countries by their English names."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def country_name(code: str) -> str:
    """The English name of a country (ISO 3166); what is no code as it stands."""
    return _names().get(code, code)


@cache
def _names() -> Mapping[str, str]:
    text = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {**{code: name for code, name in rows}, "GB": "United Kingdom"}  # noqa: C416 (pairs)
