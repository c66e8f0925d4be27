"""What a user says about an export that its own cells do not."""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

ORDERS: Mapping[str, str] = MappingProxyType({"day-first": "dmy", "month-first": "mdy"})


@frozen
class InactiveRule:
    """Accounts that have one of these words in this column are not to be touched."""

    column: str
    words: tuple[str, ...] = field(converter=tuple[str, ...])


def _order(text: str) -> str:
    if text and text not in ORDERS:
        raise ValueError(f'"{text}" is no order of dates; write {" or ".join(ORDERS)}')
    return text


def _rules(
    value: Mapping[str, str | tuple[str, ...]] | tuple[InactiveRule, ...] | None,
) -> tuple[InactiveRule, ...] | None:
    if not isinstance(value, Mapping):
        return value
    return tuple(
        InactiveRule(column, (words,) if isinstance(words, str) else words)
        for column, words in value.items()
    )


@frozen(kw_only=True)
class Choices:
    """How an export is to be read where it does not say so itself.

    `columns` names a column of ours, or `contact.` and one of a contact's, for a heading;
    `dates` is `day-first` or `month-first` for dates that can be two; `inactive` holds, by
    heading, the words that keep an account from being touched: None for the usual ones, an
    empty mapping for none. The sheets are those of workbooks. `skip_bad_rows` leaves out
    the rows that cannot be read. `only` holds, by heading, the words of which a row must have
    one to be taken; with `roles` a job title shows the role of who has none. `without`
    names columns that are left out, `encoding` that of texts. Raises `ValueError` for
    an order that is none.
    """

    columns: Mapping[str, str] = field(factory=dict)
    dates: str = field(default="", converter=_order)
    inactive: tuple[InactiveRule, ...] | None = field(default=None, converter=_rules)
    sheet: str = ""
    contacts_sheet: str = ""
    skip_bad_rows: bool = False
    only: Mapping[str, tuple[str, ...]] = field(factory=dict)
    roles: bool = True
    without: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    encoding: str = ""

    @property
    def order(self) -> str:
        """The order of dates as reading names it."""
        return ORDERS.get(self.dates, "")
