"""How values show themselves in a notebook."""

from html import escape


def preformatted(text: str) -> str:
    """A text as a notebook shows it, line by line, its signs made harmless."""
    return f"<pre>{escape(text)}</pre>"
