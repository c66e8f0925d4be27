"""What a page of figures is made of."""

from attrs import field, frozen

Cell = str | int | float
"""What a cell holds: words, or a figure, which stands on the right."""


@frozen
class Table:
    """A table with its heads; rows of as many cells. `lead` says how to read it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lead: str = field(default="", kw_only=True)


@frozen
class Line:
    """One line of a drawing: its name, and shares of 1 at places along the way."""

    name: str
    points: tuple[tuple[float, float], ...]


@frozen
class Curves:
    """Lines over one measure, as coverage over hours a week."""

    title: str
    along: str
    lines: tuple[Line, ...]
    lead: str = field(default="", kw_only=True)
