"""The paper that a country prints on."""

# The countries that print on Letter; everybody else prints on A4.
_LETTER = frozenset({"BO", "CA", "CL", "CO", "CR", "DO", "GT", "MX", "NI", "PA", "PH", "US", "VE"})


def is_letter_paper(country: str) -> bool:
    """Whether a country (ISO 3166) prints on US Letter rather than on A4."""
    return country.upper() in _LETTER
