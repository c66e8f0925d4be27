"""Postal codes as spreadsheets leave them: lost zeros put back, a sign before taken off."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

from attrs import evolve

from campaign.model.accounts import Account, Contact
from campaign.reading.columns.headings import folded
from campaign.reading.lists.records import Records

_CODE = re.compile(r"(\d+)(?:-(\d{4}))?", re.ASCII)
_SIGNED = re.compile(r"-\d{3,}(?:-\d{4})?", re.ASCII)
_LEAST = 3
_COUNTRY_OF: Mapping[str, str] = {"zip": "US", "zipcode": "US"}
Place = TypeVar("Place", Account, Contact)


@cache
def _digits() -> Mapping[str, int]:
    text = files("campaign.reading.cells").joinpath("countries.toml").read_text(encoding="utf-8")
    digits: Mapping[str, int] = tomllib.loads(text)["postal_digits"]
    return digits


@cache
def _dashes() -> Mapping[str, int]:
    text = files("campaign.reading.cells").joinpath("countries.toml").read_text(encoding="utf-8")
    dashes: Mapping[str, int] = tomllib.loads(text)["postal_dash"]
    return dashes


def whole_code(code: str, country: str) -> str:
    """A postal code with its zeros: `1099` in DE is 01099; others stay as they are.

    A sign before the figures is none of the code: `-97070` is 97070.
    """
    code = code.removeprefix("-") if _SIGNED.fullmatch(code) else code
    wanted, dash = _digits().get(country, 0), _dashes().get(country, 0)
    if dash:
        return _dashed(code, wanted, dash)
    found = _CODE.fullmatch(code)
    if found is None or not _least(wanted) <= len(found[1]) < wanted:
        return code
    return code.zfill(len(code) + wanted - len(found[1]))


def _least(wanted: int) -> int:
    """How many digits must be left: of Pretoria's 0001 a spreadsheet leaves one."""
    return _LEAST if wanted > _LEAST + 1 else 1


def _dashed(code: str, wanted: int, dash: int) -> str:
    """A code with a dash inside, whole again: `60-0001` and `600001` in JP are 060-0001."""
    bare = code.replace("-", "")
    lacks = bare.isascii() and bare.isdecimal() and _LEAST <= len(bare) < wanted
    whole = bare.zfill(wanted)
    return f"{whole[:dash]}-{whole[dash:]}" if lacks else code


def with_zeros(records: Records[Place], country_of: Callable[[Place], str]) -> Records[Place]:
    """The records with whole postal codes, and a sentence on each kind of change."""
    placed, changed = [], []
    for one in records.placed:
        code = whole_code(one.item.postal_code, country_of(one.item)) if one.item else ""
        if one.item is not None and code != one.item.postal_code:
            changed.append((one.item.postal_code, code))
            one = evolve(one, item=evolve(one.item, postal_code=code))  # noqa: PLW2901 (the same row)
        placed.append(one)
    signed = [pair for pair in changed if pair[0].startswith("-")]
    bare = [pair for pair in changed if not pair[0].startswith("-")]
    kinds = ((bare, "lost zeros, put back"), (signed, "a sign before, taken off"))
    more: list[str] = [_said(records.file, pairs, what) for pairs, what in kinds if pairs]
    return evolve(records, placed=tuple(placed), said=(*records.said, *more))


def _said(file: str, changed: Sequence[tuple[str, str]], what: str) -> str:
    (old, new), number = changed[0], len(changed)
    codes = "1 postal code has" if number == 1 else f"{number} postal codes have"
    return f"{file} postal_code: {codes} {what}: {old} is {new}"


def with_zeros_of_accounts(records: Records[Account]) -> Records[Account]:
    """The accounts with whole postal codes, by their own country or that of most.

    Where no country is named at all, codes under a heading as `Zip` are those of the US.
    """
    named = Counter(account.country for account in records.items if account.country)
    heading = folded(records.renamed.get("postal_code", ""))
    usual = named.most_common(1)[0][0] if named else _COUNTRY_OF.get(heading, "")
    return with_zeros(records, lambda account: account.country or usual)
