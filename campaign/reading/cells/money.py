"""Amounts of money from the texts of cells, whatever their currency and their signs."""

import math
import re
import unicodedata
from functools import cache, lru_cache

from campaign.reading.cells.quoting import shown
from campaign.reading.cells.words import words

_MOST = 1e13
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
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
_EITHER = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
# By its decimal sign: cents behind it, or the other sign between thousands of thousands.
_SHOWS = {
    sign: re.compile(
        rf"-?(?:\d+|\d{{1,3}}(?:{other}\d{{3}})+){re.escape(sign)}\d{{1,2}}"
        rf"|-?\d{{1,3}}(?:{other}\d{{3}}){{2,}}(?:{re.escape(sign)}\d+)?",
        re.ASCII,
    )
    for sign, other in ((",", r"\."), (".", ","))
}
_OF_A_COUNTRY = re.compile(r"[A-Z]{2}\$?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?", re.ASCII)


def money(text: str, decimal: str = "") -> float:
    """An amount of money, with its sign and thousands taken off where they are clear.

    `decimal` is the decimal sign that a whole column shows, for `1.234` and `1,234`. A
    currency is passed over; `1.5m`, `3 Mio. €` and `2 lakh` are multiplied out.
    """
    bare, times, _ = _parted(text)
    if _ONE_GROUP.fullmatch(bare):
        plain = _one_group(text, bare, decimal)
    else:
        plain = _with_decimal_point(bare)
    if not _PLAIN.fullmatch(plain) or not math.isfinite(float(plain)):
        raise ValueError(f'"{shown(text)}" is not a number; write 1234.50')
    amount = float(plain) * times
    if abs(amount) > _MOST:
        raise ValueError(f'"{shown(text)}" is no amount that an account is worth; write 1234.50')
    return amount


def decimal_of(text: str) -> str:
    """The decimal sign that an amount shows, `either` for `1.234`, else nothing."""
    bare, _, _ = _parted(text)
    if bare.isdigit():
        return ""
    if _EITHER.fullmatch(bare):
        return "either"
    if _INDIAN.fullmatch(bare.removeprefix("-")):
        return "."
    return next((sign for sign, shows in _SHOWS.items() if shows.fullmatch(bare)), "")


def currency_of(text: str) -> str:
    """The currency that an amount names, as it names it; empty where it names none."""
    return _parted(text)[2]


@lru_cache(maxsize=1 << 17)
def _parted(text: str) -> tuple[str, float, str]:
    """The figures with their sign, what they are multiplied with, and the currency."""
    if text.isascii() and _PLAIN.fullmatch(text):
        return text, 1.0, ""
    plain = _NO_CENTS.sub(r"\g<1>00", unicodedata.normalize("NFKC", text).strip())
    plain = plain.replace("\u2212", "-").replace("\u2019", "'").replace("\u066c", "'")
    plain = plain.replace("\u066b", ".").replace(":-", "")
    if not plain.isascii():
        kept = (sign for sign in plain if unicodedata.category(sign) != "Cf")
        plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in kept).strip()
    found = _PARTS.fullmatch(plain)
    if found is None:
        return text, 1.0, ""
    head, tail = found["head"], found["tail"]
    named = _named(head, tail)
    if named is None:
        return _bare(plain), 1.0, ""
    times, currency = named
    figures = found["figures"].replace(" ", "").replace("'", "")
    return ("-" if _is_negative(head, tail) else "") + figures, times, currency


def _bare(plain: str) -> str:
    return plain.replace(" ", "").replace("'", "")


def _is_negative(head: str, tail: str) -> bool:
    return "-" in head or "-" in tail or ("(" in head and ")" in tail)


def _named(head: str, tail: str) -> tuple[float, str] | None:
    """What stands around the figures; None where a word of it is none of money."""
    times, currency = 1.0, ""
    if any(map(str.isdigit, tail)) or (head + tail).count("-") > 1:
        return None
    has_sign = any(unicodedata.category(sign) == "Sc" for sign in head + tail)
    for word in (*_WORD.findall(head), *_WORD.findall(tail)):
        bare = word.casefold()
        if has_sign and _OF_A_COUNTRY.fullmatch(word):
            # $US and JP\u00a5 have a sign beside the country, US$ holds it.
            currency = currency or (word if word.endswith("$") else "")
            continue
        if _is_currency(word):
            currency = currency or word
        elif bare in words()["money"]["units"] and times == 1:
            times = float(words()["money"]["units"][bare])
        elif bare in ("t", "teur", "keur", "meur") and times == 1:
            times = 1_000_000.0 if bare[0] == "m" else 1_000.0
        elif bare not in words()["money"]["years"] and bare != "/":
            return None
    return times, currency


def _is_currency(word: str) -> bool:
    bare = word.casefold()
    code = word.upper().removesuffix("$")
    signs = len(word) == 1 and unicodedata.category(word) == "Sc"
    return signs or bare in words()["money"]["currencies"] or code in _codes()


@cache
def _codes() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 (only for a list that names currencies)

    return frozenset(Locale("en").currencies)


def _one_group(text: str, bare: str, decimal: str) -> str:
    """`1.234` and `1,234`: a comma means thousands unless the column shows otherwise."""
    sign = "." if "." in bare else ","
    whole, fraction = bare.replace(sign, ""), bare.replace(sign, ".")
    if sign == "." and decimal:
        return fraction if decimal == sign else whole
    if sign == "," and decimal != ",":
        return whole
    raise ValueError(f'"{shown(text)}" can be two numbers; write {whole} or {fraction}0')


def _with_decimal_point(bare: str) -> str:
    if _INDIAN.fullmatch(bare.removeprefix("-")):
        return bare.replace(",", "")
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", bare):
        return bare.replace(",", "")
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+,\d+", bare) or bare.count(".") > 1:
        if not re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", bare):
            return bare
        return bare.replace(".", "").replace(",", ".")
    return bare.replace(",", ".") if re.fullmatch(r"-?\d*,\d+", bare) else bare
