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


def otherwise(seed: int, place: str) -> Territory:
    """The same with few visits a day, calls and visits by weekday, or grievances that come later.

    Some accounts with a grievance are promised a visit as well.
    """
    territory, dice = grieving(seed, place), random.Random(seed)
    channels = dict(territory.channels)
    limit = dice.choice((1, 2, None))
    channels["visit"] = evolve(channels["visit"], per_day=limit)
    channels["call"] = evolve(
        channels["call"], weekdays=dice.choice((frozenset({1, 3, 5}), frozenset(range(1, 6))))
    )
    since = (None, None, "2027-01-06", "2027-01-08")
    accounts = [evolve(a, grievance_since=dice.choice(since)) for a in territory.accounts]
    visits = [
        Promise(
            f"V-{account.account_id}",
            account.account_id,
            what="the drawing",
            due=f"2027-01-{dice.randrange(1, 14):02}",
            channel="visit",
        )
        for account in accounts[2:4]
    ]
    promises = [*territory.promises, *visits]
    return evolve(territory, channels=channels, accounts=accounts, promises=promises)
