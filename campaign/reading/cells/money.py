"""Amounts of money from the texts of cells, whatever their currency and their signs."""

import math
import re
import unicodedata
from functools import cache, lru_cache

from campaign.reading.cells.texts import in_plain_signs, shown
from campaign.shipped import shipped_toml

PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_MOST = 1e13
_ONE_GROUP = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_PARTS = re.compile(
    r"(?P<head>[^\d.,]*(?:\.(?!\d)[^\d.,]*)?)"
    r"(?P<figures>(?:[.,](?=\d))?\d(?:[\d.,' ]*\d)?)(?P<tail>.*)",
    re.ASCII,
)
# No cents: `1.234,-`, or with a longer dash.
_NO_CENTS = re.compile(r"([.,])\s?[-\u2013\u2014]{1,2}(?=\D*$)")
# A letter of East Asia is a word of its own.
_WORD = re.compile(r"[\u3040-\u9fff]|/?[^\W\d_\u3040-\u9fff]+(?:\$|/(?![^\W\d_]))?|[^\w\s.()+/-]|/")
_INDIAN = re.compile(r"-?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?", re.ASCII)
# By its decimal sign: cents behind it, or the other sign between thousands of thousands.
_SHOWS = {
    sign: re.compile(
        rf"-?(?:\d+|\d{{1,3}}(?:{other}\d{{3}})+){re.escape(sign)}\d{{1,2}}"
        rf"|-?\d{{1,3}}(?:{other}\d{{3}}){{2,}}(?:{re.escape(sign)}\d+)?",
        re.ASCII,
    )
    for sign, other in ((",", r"\."), (".", ","))
}
# Numbers with other signs than a decimal point, and the sign between their thousands.
_GROUPED = (
    (_INDIAN, ","),
    (re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII), ","),
    (re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+,\d+", re.ASCII), "."),
    (re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3}){2,}", re.ASCII), "."),
    (re.compile(r"-?\d*,\d+", re.ASCII), ""),
)
_SIGNS = str.maketrans({"\u2212": "-", "\u2019": "'", "\u066c": "'", "\u066b": "."})
_OF_A_COUNTRY = re.compile(r"[A-Z]{2}\$?")


def money(text: str, decimal: str = "") -> float:
    """An amount of money, with its sign and thousands taken off where they are clear.

    `decimal` is the decimal sign that a whole column shows, for `1.234` and `1,234`. A
    currency is passed over; `1.5m`, `3 Mio. €` and `2 lakh` are multiplied out.
    """
    bare, times, _ = _parted(text)
    if _ONE_GROUP.fullmatch(bare):
        # `1.234` and `1,234`: a comma means thousands unless the column shows otherwise.
        sign = "." if "." in bare else ","
        whole, fraction = bare.replace(sign, ""), bare.replace(sign, ".")
        if sign == decimal == "," or (sign == "." and not decimal):
            raise ValueError(f'"{shown(text)}" can be two numbers; write {whole} or {fraction}0')
        bare = fraction if sign == decimal else whole
    for pattern, thousands in _GROUPED:
        if pattern.fullmatch(bare):
            bare = bare.replace(thousands, "").replace(",", ".")
            break
    if not PLAIN_NUMBER.fullmatch(bare) or not math.isfinite(float(bare)):
        raise ValueError(f'"{shown(text)}" is not a number; write 1234.50')
    amount = float(bare) * times
    if abs(amount) > _MOST:
        raise ValueError(f'"{shown(text)}" is no amount that an account is worth; write 1234.50')
    return amount


def decimal_of(text: str) -> str:
    """The decimal sign that an amount shows, `either` for `1.234`, else nothing."""
    bare, _, _ = _parted(text)
    if "." in bare and _ONE_GROUP.fullmatch(bare):
        return "either"
    if _INDIAN.fullmatch(bare):
        return "."
    return next((sign for sign, shows in _SHOWS.items() if shows.fullmatch(bare)), "")


def currency_of(text: str) -> str:
    """The currency that an amount names, as it names it; empty where it names none."""
    return _parted(text)[2]


@lru_cache(maxsize=1 << 17)
def _parted(text: str) -> tuple[str, float, str]:
    """The figures with their sign, what they are multiplied with, and the currency."""
    if text.isascii() and PLAIN_NUMBER.fullmatch(text):
        return text, 1.0, ""
    plain = _NO_CENTS.sub(r"\g<1>00", in_plain_signs(text).strip())
    plain = plain.translate(_SIGNS).replace(":-", "").strip()
    found = _PARTS.fullmatch(plain)
    if found is None:
        return text, 1.0, ""
    head, tail = found["head"], found["tail"]
    named = _named(head, tail)
    if named is None:
        return plain.replace(" ", "").replace("'", ""), 1.0, ""
    is_negative = "-" in head + tail or ("(" in head and ")" in tail)
    figures = found["figures"].replace(" ", "").replace("'", "")
    return f"-{figures}" if is_negative else figures, *named


def _named(head: str, tail: str) -> tuple[float, str] | None:
    """What stands around the figures, by how much they are multiplied and the currency.

    None where a word of it is none of money.
    """
    if any(map(str.isdigit, tail)) or (head + tail).count("-") > 1:
        return None
    table = shipped_toml("reading/cells/words.toml")["money"]
    has_sign = any(unicodedata.category(sign) == "Sc" for sign in head + tail)
    times, currency = 1.0, ""
    for word in (*_WORD.findall(head), *_WORD.findall(tail)):
        bare = word.casefold()
        is_sign = len(word) == 1 and unicodedata.category(word) == "Sc"
        if has_sign and _OF_A_COUNTRY.fullmatch(word):
            # $US and JP\u00a5 have a sign beside the country, US$ holds it.
            currency = currency or (word if word.endswith("$") else "")
        elif is_sign or bare in table["currencies"] or word.upper().removesuffix("$") in _codes():
            currency = currency or word
        elif bare in table["units"] and times == 1:
            times = float(table["units"][bare])
        elif bare not in table["years"] and bare != "/":
            return None
    return times, currency


@cache
def _codes() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 (only for a list that names currencies)

    return frozenset(Locale("en").currencies)
