"""Counts and lists in words, as every text of the program writes them."""

from collections.abc import Sequence


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun, thousands parted: `1 touch`, `1,204 touches`, `2 calls`."""
    ending = "es" if one.endswith(("ch", "s")) else "s"
    return f"{number:,} {one if number == 1 else several or f'{one}{ending}'}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:  # noqa: PLR2004 (two make a list)
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
