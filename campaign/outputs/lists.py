"""`accounts.csv` and `contacts.csv`: values as a person writes them, one row each.

What is written here is read again as the same values, and written again as the same bytes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from attrs import fields

from campaign.model.accounts import Account, Contact
from campaign.outputs.plan_table import encode, render_table
from campaign.touches import Plan

Record = Mapping[str, str]
_NOT_COLUMNS = ("extra", "located_by")
_CONSENTS, _EMAIL = "consents", "email"


def columns_of_accounts() -> tuple[str, ...]:
    """The columns of `accounts.csv`, in their order."""
    return tuple(one.name for one in fields(Account) if one.name not in _NOT_COLUMNS)


def columns_of_contacts(channels: Iterable[str]) -> tuple[str, ...]:
    """The columns of `contacts.csv`, one for the consent to each channel among them."""
    names = [one.name for one in fields(Contact) if one.name not in _NOT_COLUMNS]
    place = names.index(_CONSENTS)
    asked = [consent_column(channel) for channel in channels]
    return (*names[:place], *asked, *names[place + 1 :])


def consent_column(channel: str) -> str:
    """The column of the consent to a channel; `email` alone holds the address."""
    return f"{_EMAIL}_consent" if channel == _EMAIL else channel


def record_of(value: Account | Contact) -> dict[str, str]:
    """An account or a contact as texts by column, the further columns of its list last."""
    record: dict[str, str] = {}
    for one in fields(type(value)):
        content = getattr(value, one.name)
        if one.name == _CONSENTS:
            record |= {consent_column(name): str(answer) for name, answer in content.items()}
        elif one.name not in _NOT_COLUMNS:
            record[one.name] = _text(one.name, content)
    return {**record, **value.extra}


def _text(name: str, content: object) -> str:
    match content:
        case None | bool():
            return "yes" if content else ""
        case dt.date():
            return content.isoformat()
        case tuple():
            return "; ".join(map(str, content))
        case float() | int() if name in ("value", "potential"):
            # Money without an end of `.0`, and never with three decimals: 1.234 can be two.
            if float(content).is_integer() and abs(content) < 1e15:  # noqa: PLR2004 (exact so far)
                return f"{content:.0f}"
            text = repr(float(content))
            is_odd = len(text.partition(".")[2]) in (1, 3) and "e" not in text
            return f"{text}0" if is_odd else text
        case _:
            return str(content)


def render_list(records: Sequence[Record], columns: Iterable[str]) -> bytes:
    """Records as a list: the columns, then whatever else a record has, as it appears."""
    more = (name for record in records for name in record)
    heads = list(dict.fromkeys((*columns, *more)))
    rows = ([record.get(name, "") for name in heads] for record in records)
    return encode(render_table(heads, rows))


def render_places(plan: Plan) -> bytes:
    """Home, the bases and the active accounts whose coordinates are known, a row a place."""
    rows = [
        (place.name, repr(where.longitude), repr(where.latitude))
        for place in plan.territory.places
        for where in (place.coordinates,)
        if where is not None
    ]
    # Engines read it, and no spreadsheet: it has no byte order mark.
    return render_table(("id", "longitude", "latitude"), rows).encode()
