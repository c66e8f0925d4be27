"""Territories whose grievances and promises compete for the first week."""

import random

from attrs import evolve
from small import START, small

from campaign.model.accounts import Account, Promise
from campaign.model.rep import Capacity, Rep
from campaign.model.territory import Territory

PLACES = ("apart", "together", "nowhere")


def aggrieved(number: int, dice: random.Random, place: str = "apart") -> Account:
    north, east = dice.uniform(-0.5, 0.5), dice.uniform(-0.5, 0.5)
    if place == "together":
        north = east = 0.4
    where = {"latitude": 44.94 + north, "longitude": -123.03 + east}
    return Account(
        f"G-{number}",
        f"Aggrieved {number}",
        tier="C",
        grievance="late twice in a row",
        visit_hours=dice.choice((None, None, "Mon-Fri 09:00-12:00", "Tue,Thu 10:00-16:00")),
        **({} if place == "nowhere" else where),  # type: ignore[arg-type]
    )


def grieving(seed: int, place: str) -> Territory:
    """Four to eight grievances, some promises, a first week that holds a part of the visits."""
    dice = random.Random(seed)
    accounts = [aggrieved(n, dice, place) for n in range(dice.randrange(4, 9))]
    accounts[-1] = evolve(accounts[-1], grievance_since=dice.choice((None, START, "2027-01-06")))
    promises = [
        Promise(
            f"P-{n}",
            account.account_id,
            what="the drawing",
            due=f"2027-01-{dice.randrange(1, 14):02}",
            channel=dice.choice(("call", "letter", "visit")),
        )
        for n, account in enumerate(accounts[:2])
    ]
    return small(
        *accounts,
        promises=promises,
        rep=Rep("Ann", home=(44.94, -123.03)),
        capacity=Capacity(minutes_per_day=480, minutes_per_week=dice.randrange(600, 1500)),
    )
