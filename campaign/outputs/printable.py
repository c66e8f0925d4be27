"""What may stand on paper and in a page, and the paper itself."""

# What HTML and XML forbid: control characters, and halves of characters.
FORBIDDEN = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd"
)
# The countries that print on Letter; everybody else prints on A4.
_LETTER = frozenset({"BO", "CA", "CL", "CO", "CR", "DO", "GT", "MX", "NI", "PA", "PH", "US", "VE"})


def printable(text: str) -> str:
    """The text with a sign in the place of what no page may hold."""
    return text.translate(FORBIDDEN)


def one_line(text: str) -> str:
    """The text in one line, with what no page may hold replaced."""
    return " ".join(printable(text).split())


def is_letter_paper(country: str) -> bool:
    """Whether a country (ISO 3166) prints on US Letter rather than on A4."""
    return country.upper() in _LETTER
