"""What the delivery team does with an account: a touch too, though not the rep's."""

import datetime as dt

from attrs import field, frozen

from campaign.model.given import converting
from campaign.model.values import not_empty, to_date


@frozen(field_transformer=converting)
class Delivered:
    """One touch of an account by the delivery team: a row of `delivered.csv`.

    It counts to the floor on its `date` and takes nothing of the rep's time. `channel`,
    `who` and `note` are any words.
    """

    account_id: str = field(validator=not_empty)
    date: dt.date = field(converter=to_date)
    channel: str = field(default="", kw_only=True)
    who: str = field(default="", kw_only=True)
    note: str = field(default="", kw_only=True)
