"""Which encoding of one byte a letter a text has, by the alphabets that its letters make up.

Detectors of any kind guess wrong on short lists (measured with charset-normalizer: 10 of 18
small lists of nine rows). Here an encoding fits as well as one single language explains the
letters that it makes of the bytes.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

_SIGNS = frozenset("§°€£«»…·®©™½²³\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u00a0")
_MOST_BYTES = 400_000
_CLEARLY, _LEAST, _SURELY = 0.02, 0.6, 0.95
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_EASTERN = (
    ("cp949", "that of Korea", True, re.compile("[\uac00-\ud7a3]+")),
    ("gb18030", "GB 18030, Chinese", True, _CHINESE),
    ("cp932", "Shift JIS, Japanese", False, re.compile("[\u3040-\u30ff\u4e00-\u9fff]+")),
    ("cp950", "Big5, Chinese", False, _CHINESE),
)
# What several languages of an encoding explain together is weaker evidence than what one does.
_SEVERAL = 0.8
_FIRST_OF_GREEK = 0x370
_WORD = re.compile(r"[^\W\d_]+")


@frozen
class Encoding:
    """An encoding: its name in Python, what it is called, and the letters of its languages."""

    name: str
    called: str
    languages: tuple[frozenset[str], ...]


@cache
def _encodings() -> Sequence[Encoding]:
    text = files("campaign.reading.parsing").joinpath("alphabets.toml").read_text(encoding="utf-8")
    entries: Sequence[Mapping[str, Any]] = tomllib.loads(text)["encoding"]
    return tuple(
        Encoding(one["name"], one["called"], tuple(map(frozenset, one["languages"])))
        for one in entries
    )


def encoding_of(data: bytes) -> Encoding:
    """The encoding whose letters one language explains best; the first of equals.

    Where no language explains most of them it is the first of all, Windows-1252.
    """
    head = data if len(data) <= _MOST_BYTES else data[:_MOST_BYTES].rpartition(b"\n")[0]
    best, most = _encodings()[0], _LEAST
    for encoding in _encodings():
        share = _share(head, encoding)
        if share > most + _CLEARLY:
            best, most = encoding, share
    return best if most >= _SURELY else _of_two_bytes(head) or best


def _of_two_bytes(data: bytes) -> Encoding | None:
    """An encoding of East Asia, if all that is no ASCII makes whole words of its letters.

    In those of China and Korea every letter has two high bytes, so all runs of them are even.
    """
    runs = re.findall(rb"[\x80-\xff]+", data)
    is_even = all(len(run) % 2 == 0 for run in runs)
    for name, called, is_double, letters in _EASTERN:
        try:
            text = data.decode(name) if is_double <= is_even else ""
        except UnicodeDecodeError:
            continue
        words = [word for word in _WORD.findall(text) if not word.isascii()]
        if words and all(letters.fullmatch(word) for word in words):
            return Encoding(name, called, ())
    return None


def _share(data: bytes, encoding: Encoding) -> float:
    """How much of what is no ASCII one language explains, 0 to 1; below 0 where it is none."""
    try:
        text = data.decode(encoding.name)
    except UnicodeDecodeError:
        return -1.0
    found = Counter(sign.casefold() for sign in text if not sign.isascii())
    others = sum(number for sign, number in found.items() if sign not in _SIGNS)
    for word in _WORD.findall(text):
        if not (word.isascii() or _is_word(word)):
            found.subtract(sign.casefold() for sign in word if not sign.isascii())

    def explained(letters: frozenset[str]) -> int:
        return sum(number for sign, number in found.items() if set(sign) <= letters | {"s"})

    together = frozenset[str]().union(*encoding.languages)
    most = max(*map(explained, encoding.languages), _SEVERAL * explained(together))
    return most / others if others else 1.0


def _is_word(word: str) -> bool:
    """Whether letters go together: capitals first or everywhere, and no two alphabets."""
    is_written = word in (word.lower(), word.upper(), word.capitalize())
    is_latin = {sign.isascii() or ord(sign) < _FIRST_OF_GREEK for sign in word}
    return is_written and len(is_latin) == 1
