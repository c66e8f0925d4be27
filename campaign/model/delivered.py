"""What the delivery team does with an account: a touch too, though not the rep's."""

import datetime as dt

from attrs import field, frozen

from campaign.model.values import not_empty, to_date


def _date(value: dt.date | str) -> dt.date:
    return to_date("date", value)


@frozen
class Delivered:
    """One touch of an account by the delivery team: a row of `delivered.csv`.

    It counts to the floor on its `date` and takes nothing of the rep's time. `channel`,
    `who` and `note` are any words.
    """

    account_id: str = field(validator=not_empty)
    date: dt.date = field(converter=_date)
    channel: str = field(default="", kw_only=True)
    who: str = field(default="", kw_only=True)
    note: str = field(default="", kw_only=True)
