"""Ids and postal codes: made where an export has none, made whole, known again."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from attrs import evolve

from campaign.model.accounts import Account, Contact
from campaign.phrases import counted
from campaign.reading.columns.damage import whole_digits
from campaign.reading.columns.headings import folded
from campaign.reading.lists.records import Records
from campaign.shipped import shipped_toml

_SHORT, _LONG = 15, 18
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_POINT_ZERO = re.compile(r"^(\d+)\.0+$", re.ASCII)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_CODE = re.compile(r"(\d+)(?:-(\d{4}))?", re.ASCII)
_SIGNED = re.compile(r"-\d{3,}(?:-\d{4})?", re.ASCII)
_LEAST = 3
_COUNTRY_OF: Mapping[str, str] = {"zip": "US", "zipcode": "US"}
Located = TypeVar("Located", Account, Contact)


def slug(*texts: str) -> str:
    """The letters and digits of some texts, small and without accents, joined by dashes."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    bare = (sign for sign in plain if not unicodedata.combining(sign))
    return "-".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def account_ids(places: Sequence[tuple[str, str, str]]) -> list[str]:
    """An id for each name, city and street: of name and city, and the street if it must be.

    The same account has the same id in every export, whatever the order of its rows.
    """
    streets: dict[str, set[str]] = {}
    for name, city, street in places:
        streets.setdefault(slug(name, city), set()).add(folded(street))
    return [
        slug(name, city, street) if len(streets[slug(name, city)]) > 1 else slug(name, city)
        for name, city, street in places
    ]


def short_id(identity: str) -> str:
    """What two writings of one id have in common: Salesforce adds three letters to some.

    The longer form ends in a sum over the capitals of the first fifteen characters.
    """
    if len(identity) != _LONG or not (identity.isascii() and identity.isalnum()):
        return identity
    short = identity[:_SHORT]
    fives = (short[start : start + 5] for start in range(0, _SHORT, 5))
    checked = "".join(
        _LETTERS[sum(1 << place for place, sign in enumerate(five) if sign.isupper())]
        for five in fives
    )
    return short if checked == identity[_SHORT:].upper() else identity


def loose_id(identity: str) -> str:
    """What an id is known by where a spreadsheet or a person has written it otherwise.

    Without case, signs that nobody sees, the zeros in front and the `.0` behind.
    """
    signs = unicodedata.normalize("NFKC", identity)
    seen = (one for one in signs if not (one.isspace() or unicodedata.category(one) == "Cf"))
    small = _DASHES.sub("-", "".join(seen)).removeprefix("'").casefold()
    bare = _POINT_ZERO.sub(r"\1", whole_digits(small))
    return (bare.lstrip("0") or "0") if bare.isdecimal() else bare


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

    def _whole(item: Located, _: int) -> Located:
        code = whole_code(item.postal_code, country_of(item))
        return item if code == item.postal_code else evolve(item, postal_code=code)

    changed, changes = records.each(_whole)
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
