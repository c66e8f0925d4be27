"""Measure what nights away are worth on territories of which a part is far from home.

    python tests/benchmarks/nights.py

48 accounts within 50 km of home, 12 around two towns 200 to 300 km away; every fifth is an A,
two of five a B, the rest C. How to read what it prints: docs/explanation/tours.md.
"""

import argparse
import datetime as dt
import random
from collections.abc import Iterator, Sequence
from math import cos, pi, radians, sin

from attrs import evolve

from campaign import Account, Capacity, Rep, Territory, Travel, plan
from campaign.model.cadences import Cadence, Gap, Step
from campaign.touches import Plan

HOME = (48.0, 10.0)
NEAR, FAR, TOWNS = 48, 12, 2
KM = 111.2
VISITS = Cadence(
    "visits",
    (
        Step("first", "visit", "listen", within=30),
        Step("second", "visit", "listen", after="first", gap=Gap(15, 35)),
    ),
)


def place(kilometres: float, angle: float) -> tuple[float, float]:
    """So far from home, in a direction."""
    east = kilometres * cos(angle) / (KM * cos(radians(HOME[0])))
    return HOME[0] + kilometres * sin(angle) / KM, HOME[1] + east


def accounts(dice: random.Random) -> Iterator[Account]:
    """The far ones, town by town in turn, then those around home."""
    towns = [place(dice.uniform(200, 300), 2 * pi * n / TOWNS + 0.3) for n in range(TOWNS)]
    for number in range(FAR + NEAR):
        latitude, longitude = place(dice.uniform(0, 50), dice.uniform(0, 2 * pi))
        if number < FAR:
            latitude, longitude = (
                middle + dice.uniform(-20, 20) / KM for middle in towns[number % TOWNS]
            )
        tier = "ABBCC"[number % 5]
        yield Account(
            f"A-{number:02}", f"Firm {number}", tier=tier, latitude=latitude, longitude=longitude
        )


def territory(seed: int, minutes_per_week: int) -> Territory:
    """Days of 8 hours, roads at 80 km/h."""
    return Territory(
        Rep("Rep", home=HOME, timezone="Europe/Berlin"),
        tuple(accounts(random.Random(seed))),
        start=dt.date(2027, 1, 4),
        capacity=Capacity(minutes_per_day=480, minutes_per_week=minutes_per_week),
        travel=Travel(speed_kmh=80, overnight=True),
    )


def visits_only(asked: Territory) -> Territory:
    """The same accounts, each to be visited twice and by no other channel."""
    tiers = tuple(evolve(tier, cadence="visits") for tier in asked.tiers)
    return evolve(asked, tiers=tiers, cadences={"visits": VISITS})


def row(name: str, found: Plan) -> str:
    """A line of the table."""
    floor, required = (found.level(name) for name in ("floor", "required"))
    figures = [f"{level.figure}/{level.possible}" for level in (floor, required)]
    far = {f"A-{number:02}" for number in range(FAR)}
    there = sum(touch.stop > 0 and touch.account_id in far for touch in found.touches)
    service, comfort = (found.level(name).figure for name in ("service", "comfort"))
    rest = (service, comfort, there, len(found.nights))
    return f"| {name} | {' | '.join([*figures, *map(str, rest)])} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Plan each territory without and with nights."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--effort", default="normal")
    options.add_argument("--seeds", default="1,2")
    given = options.parse_args(arguments)
    print("| territory | floor | required | service | comfort | far visits | nights |")
    for seed in map(int, given.seeds.split(",")):
        shipped, short = territory(seed, 1440), territory(seed, 720)
        cases = {"shipped": shipped, "short weeks": short, "visits only": visits_only(shipped)}
        for name, asked in cases.items():
            for overnight in (False, True):
                travel = evolve(asked.travel, overnight=overnight)
                found = plan(evolve(asked, travel=travel), effort=given.effort)
                print(row(f"{name} {seed}{', nights' if overnight else ''}", found), flush=True)


if __name__ == "__main__":
    main()
