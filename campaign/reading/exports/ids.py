"""Ids: made where an export has none, and known again where it writes them shorter."""

import re
import unicodedata
from collections.abc import Sequence

from campaign.reading.columns.damage import whole_digits
from campaign.reading.columns.headings import folded

_SHORT, _LONG = 15, 18
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_POINT_ZERO = re.compile(r"^(\d+)\.0+$", re.ASCII)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


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


def plain(identity: str) -> str:
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


def alike(identity: str) -> str:
    """What an id is known by where a spreadsheet or a person has written it otherwise.

    Without case, signs that nobody sees, the zeros in front and the `.0` behind.
    """
    signs = unicodedata.normalize("NFKC", identity)
    seen = (one for one in signs if not (one.isspace() or unicodedata.category(one) == "Cf"))
    small = _DASHES.sub("-", "".join(seen)).removeprefix("'").casefold()
    bare = _POINT_ZERO.sub(r"\1", whole_digits(small))
    return (bare.lstrip("0") or "0") if bare.isdecimal() else bare
