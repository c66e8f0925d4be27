"""Territories for measuring: invented by rule from a seed, on all the defaults that ship."""

import datetime as dt
import random
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

from attrs import evolve, field, frozen

from campaign import Account, Contact, Promise, Rep, Territory, Travel
from campaign.model.channels import Channel
from campaign.model.policy import Policy
from campaign.workdays import Span
from suite.load import with_load
from suite.places import Geography, places

START = dt.date(2027, 1, 4)
TIERS = "CCCCCCCBBA"
CONTACTS_BY_TIER = {"A": 0.6, "B": 0.3, "C": 0.1}
VISIT_HOURS = ("Mon-Fri 09:00-12:00", "Tue,Thu 10:00-16:00", "Mon-Thu 08:00-15:00")
CALL_HOURS = ("Mon-Fri 09:00-11:00", "Mon,Wed,Fri 08:00-17:00")
ROLES = ("sponsor", "user", "finance", "former")
PROMISED_BY = ("call", "call", "letter", "visit")

USUAL_ACCOUNTS = 300
"""Beyond so many accounts the limits of channels grow with the list."""
MOST_VISITS_A_DAY = 8
MOST_A_DAY = 1380
"""The minutes that the longest day of the suite has, an hour under 24."""


@frozen
class Shape:
    """What a territory is made from: the same shape makes the same territory.

    `load` is minutes needed over minutes available, as `campaign check` reckons it.
    """

    accounts: int
    load: float
    geography: Geography = field(default="mixed", converter=str)
    seed: int = 1

    @property
    def name(self) -> str:
        """As tables call it."""
        return f"{self.accounts}-{self.load:g}-{self.geography}-{self.seed}"


def territory_of(shape: Shape) -> Territory:
    """The territory of a shape, its capacity set so that its load is the one wanted.

    A list that no day of a single rep could hold is given to a rep with helping hands: each
    touch takes that part of its minutes, so that the minutes a day stay below a day.
    """
    parts = _parts(shape)
    for hands in count(1):
        found = with_load(_territory(shape, parts, hands), shape.load, most_a_day=MOST_A_DAY)
        if found is not None:
            return found
    raise AssertionError  # the count has no end


def _territory(shape: Shape, parts: dict[str, Any], hands: int) -> Territory:
    return Territory(
        **parts, name=shape.name, start=START, channels=_channels(shape.accounts, hands)
    )


@cache
def _parts(shape: Shape) -> dict[str, Any]:
    dice = random.Random(f"{shape.accounts} {shape.geography} {shape.seed}")
    home, where = places(dice, shape.geography, shape.accounts)
    accounts = tuple(_accounts(dice, where))
    return {
        "rep": _rep(home),
        "accounts": accounts,
        "contacts": tuple(_contacts(dice, accounts)),
        "promises": tuple(_promises(dice, accounts)),
        "travel": Travel(),
    }


def _rep(home: tuple[float, float] | None) -> Rep:
    return Rep(
        "Rep",
        home=home,
        timezone="America/Los_Angeles",
        country="US",
        leave=[Span(dt.date(2027, 2, 10), dt.date(2027, 2, 12))],
    )


def _channels(accounts: int, hands: int) -> dict[str, Channel]:
    """The shipped channels, with limits for a long list and minutes for several hands."""
    times = max(1.0, accounts / USUAL_ACCOUNTS)
    return {
        name: evolve(
            channel,
            minutes=-(-channel.minutes // hands),
            per_day=_limit(channel, times),
        )
        for name, channel in Policy().channels.items()
    }


def _limit(channel: Channel, times: float) -> int | None:
    if channel.per_day is None:
        return None
    grown = round(channel.per_day * times)
    return min(grown, MOST_VISITS_A_DAY) if channel.travels else grown


def _accounts(dice: random.Random, where: list[tuple[float, float] | None]) -> Iterator[Account]:
    tiers = [TIERS[number % len(TIERS)] for number in range(len(where))]
    dice.shuffle(tiers)
    for number, (tier, place) in enumerate(zip(tiers, where, strict=True), start=1):
        latitude, longitude = place or (None, None)
        yield Account(
            f"A-{number:04}",
            f"Account {number}",
            tier=tier,
            latitude=latitude,
            longitude=longitude,
            visit_hours=_perhaps(dice, 0.2, VISIT_HOURS),
            closed_dates=_closed(dice),
            do_not_contact=dice.random() < 0.01,
            **_relationship(dice),
        )


def _perhaps(dice: random.Random, chance: float, values: tuple[str, ...]) -> str | None:
    return dice.choice(values) if dice.random() < chance else None


def _closed(dice: random.Random) -> list[Span]:
    if dice.random() >= 0.1:
        return []
    first = START + dt.timedelta(days=dice.randrange(85))
    return [Span(first, first + dt.timedelta(days=dice.randrange(12)))]


def _relationship(dice: random.Random) -> dict[str, Any]:
    """A grievance now and then, one in four of them during the campaign; some prospects."""
    drawn = dice.random()
    if drawn < 0.03:
        days = dice.randrange(5, 60) if dice.random() < 0.25 else -dice.randrange(10, 200)
        since = START + dt.timedelta(days=days)
        return {"grievance": "late twice in a row", "grievance_since": since}
    return {"relationship": "prospect" if drawn < 0.07 else ""}


def _contacts(dice: random.Random, accounts: tuple[Account, ...]) -> Iterator[Contact]:
    """One person at every other account; several where the tier is high."""
    for account in accounts:
        several = dice.random() < CONTACTS_BY_TIER[account.tier]
        people = dice.choice((2, 3)) if several else dice.choice((0, 1))
        for number in range(people):
            yield Contact(
                f"{account.account_id}-P{number}",
                account.account_id,
                name=f"Person {number} at {account.name}",
                role=dice.choice(ROLES) if number else "decision_maker",
                since=START - dt.timedelta(days=60) if dice.random() < 0.05 else None,
                consents=_consents(dice),
                call_hours=_perhaps(dice, 0.1, CALL_HOURS),
            )


def _consents(dice: random.Random) -> dict[str, str]:
    """What a person refuses: most refuse nothing, some say yes, the rest is unknown."""
    refused = {"call": 0.08, "visit": 0.06, "letter": 0.03, "postcard": 0.03}
    found = {name: "no" for name, chance in refused.items() if dice.random() < chance}
    if dice.random() < 0.5:
        found = dict.fromkeys(refused, "yes") | found
    return found


def _promises(dice: random.Random, accounts: tuple[Account, ...]) -> Iterator[Promise]:
    """Something promised to one account in 25, some of it overdue."""
    for account in accounts:
        if dice.random() < 0.04:
            yield Promise(
                f"R-{account.account_id}",
                account.account_id,
                what="the drawing of the fitting",
                due=START + dt.timedelta(days=dice.randrange(-10, 88)),
                channel=dice.choice(PROMISED_BY),
            )
