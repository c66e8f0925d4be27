"""Texts of others as a message quotes them."""


def shown(text: str) -> str:
    """A text as a message quotes it: one line, and not endless."""
    line = " ".join(text.split())
    line = "".join(sign for sign in line if sign.isprintable())
    return line if len(line) <= 60 else f"{line[:57]}..."  # noqa: PLR2004
