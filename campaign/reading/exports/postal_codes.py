"""Postal codes as spreadsheets leave them: lost zeros put back, a sign before taken off."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from attrs import evolve

from campaign.model.accounts import Account, Contact
from campaign.phrases import counted
from campaign.reading.columns.headings import folded
from campaign.reading.lists.records import Records
from campaign.shipped import shipped_toml

_CODE = re.compile(r"(\d+)(?:-(\d{4}))?", re.ASCII)
_SIGNED = re.compile(r"-\d{3,}(?:-\d{4})?", re.ASCII)
_LEAST = 3
_COUNTRY_OF: Mapping[str, str] = {"zip": "US", "zipcode": "US"}
Located = TypeVar("Located", Account, Contact)


def whole_code(code: str, country: str) -> str:
    """A postal code with its zeros: `1099` in DE is 01099; others stay as they are.

    A sign before the figures is none of the code: `-97070` is 97070. `60-0001` and `600001`
    in JP are 060-0001.
    """
    code = code.removeprefix("-") if _SIGNED.fullmatch(code) else code
    shapes = shipped_toml("reading/cells/countries.toml")
    wanted: int = shapes["postal_digits"].get(country, 0)
    dash: int = shapes["postal_dash"].get(country, 0)
    if dash:
        bare = code.replace("-", "")
        lacks = bare.isascii() and bare.isdecimal() and _LEAST <= len(bare) < wanted
        whole = bare.zfill(wanted)
        return f"{whole[:dash]}-{whole[dash:]}" if lacks else code
    found = _CODE.fullmatch(code)
    # how many digits must be left: of Pretoria's 0001 a spreadsheet leaves one
    least = _LEAST if wanted > _LEAST + 1 else 1
    if found is None or not least <= len(found[1]) < wanted:
        return code
    return code.zfill(len(code) + wanted - len(found[1]))


def with_zeros(records: Records[Located], country_of: Callable[[Located], str]) -> Records[Located]:
    """The records with whole postal codes, and a sentence on each kind of change."""

    def whole(item: Located, _: int) -> Located:
        code = whole_code(item.postal_code, country_of(item))
        return item if code == item.postal_code else evolve(item, postal_code=code)

    changed, changes = records.each(whole)
    for sign, what in ((False, "lost zeros, put back"), (True, "a sign before, taken off")):
        pairs = [pair for pair in changes if pair[0].postal_code.startswith("-") is sign]
        if pairs:
            old, new = pairs[0]
            codes = counted(len(pairs), "postal code has", "postal codes have")
            example = f"{old.postal_code} is {new.postal_code}"
            changed = changed.saying(f"{records.file} postal_code: {codes} {what}: {example}")
    return changed


def with_zeros_of_accounts(records: Records[Account]) -> Records[Account]:
    """The accounts with whole postal codes, by their own country or that of most.

    Where no country is named at all, codes under a heading as `Zip` are those of the US.
    """
    named = Counter(account.country for account in records.items if account.country)
    heading = folded(records.renamed.get("postal_code", ""))
    usual = named.most_common(1)[0][0] if named else _COUNTRY_OF.get(heading, "")
    return with_zeros(records, lambda account: account.country or usual)
