"""Texts of others: as a message quotes them, and in plain signs."""

import unicodedata


def shown(text: str) -> str:
    """A text as a message quotes it: one line, and not endless."""
    line = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return line if len(line) <= 60 else f"{line[:57]}..."  # noqa: PLR2004


def in_plain_signs(text: str) -> str:
    """The text with ASCII's digits, usual letters, and no marks that only steer the writing."""
    if text.isascii():
        return text
    signs = unicodedata.normalize("NFKC", text)
    kept = (sign for sign in signs if unicodedata.category(sign) != "Cf")
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in kept)


def without_accents(text: str) -> str:
    """The text with its letters as they are without their accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
