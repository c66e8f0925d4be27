"""Territories of a few accounts on all that ships, and what they are owed."""

# ruff: noqa: ANN401 (the factories pass on whatever their values take)

import datetime as dt
from typing import Any

from campaign.demand import Owed, demand
from campaign.model.accounts import Account
from campaign.model.rep import Rep
from campaign.model.territory import Territory

START = dt.date(2027, 1, 4)


def small(*accounts: Account, **keys: Any) -> Territory:
    """A territory from Monday, 4 January 2027, home in Salem, in a country without holidays."""
    usual: dict[str, Any] = {"rep": Rep("Ann", home=(44.94, -123.03)), "start": START}
    return Territory(
        accounts=accounts or (Account("A-1", "Cascade Dental", tier="A"),), **usual | keys
    )


def owed_of(territory: Territory, touch_id: str) -> Owed:
    """What is owed under a touch id; raises `KeyError`."""
    return demand(territory).by_id[touch_id]
