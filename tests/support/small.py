"""Territories of a few accounts on all that ships, and what they are owed."""

# ruff: noqa: ANN401 (the factories pass on whatever their values take)

import datetime as dt
from typing import Any

from campaign.demand import Owed, demand
from campaign.model.accounts import Account
from campaign.model.cadences import Cadence, Step
from campaign.model.rep import Rep
from campaign.model.territory import Territory

START = dt.date(2027, 1, 4)
TALK = ("call", "letter")
MEET = ("visit", "call")
PACED = {
    "key-account": Cadence(
        "key-account",
        [
            Step("hello", "letter", "introduce", within=5),
            Step("call", TALK, "listen", after="hello", gap=[1, 2, 6]),
            Step("visit", MEET, "listen", after="call", gap=[3, 10], contact="decision_maker"),
            Step("thanks", "letter", "thank", after="visit", gap=[1, 2]),
            Step("news", "postcard", "share", after="visit", gap=[12, 18]),
            Step("invite", TALK, "invite", after="news", gap=[6, 12], required=False),
            Step("review", MEET, "review", after="news", gap=[16, 24], contact="decision_maker"),
        ],
    ),
    "standard": Cadence(
        "standard",
        [
            Step("hello", "letter", "introduce", within=10),
            Step("visit", MEET, "listen", after="hello", gap=[2, 4, 12]),
            Step("thanks", "postcard", "thank", after="visit", gap=[1, 3], required=False),
            Step("news", "postcard", "share", after="visit", gap=[14, 20]),
            Step("review", TALK, "review", after="news", gap=[16, 24]),
        ],
    ),
}
"""Cadences of the tests' own in place of those that ship, for what names their steps and days."""


def small(*accounts: Account, **keys: Any) -> Territory:
    """A territory from Monday, 4 January 2027, home in Salem, in a country without holidays."""
    usual: dict[str, Any] = {"rep": Rep("Ann", home=(44.94, -123.03)), "start": START}
    return Territory(
        accounts=accounts or (Account("A-1", "Cascade Dental", tier="A"),), **usual | keys
    )


def owed_of(territory: Territory, touch_id: str) -> Owed:
    """What is owed under a touch id; raises `KeyError`."""
    return demand(territory).by_id[touch_id]
