"""The limits that are named as the reason why a touch is left out are those that are reached."""

from small import small

from campaign import plan
from campaign.model.accounts import Account
from campaign.model.cadences import Cadence, Step
from campaign.model.channels import Channel
from campaign.model.policy import shipped_cadences
from campaign.model.rep import Capacity
from campaign.touches import Plan

HELLO = Step("hello", ["letter", "postcard"], "introduce", within=2)
CARD = Channel("postcard", 4, per_day=1, transit=(2, 5))


def three(minutes_per_day: int, *, letters: int = 10) -> Plan:
    """Three accounts to be greeted on two days, by a letter or a card."""
    return plan(
        small(
            *(Account(f"A-{n}", f"Firm {n}", cadence="own") for n in range(3)),
            cadences={**shipped_cadences(), "own": Cadence("own", [HELLO])},
            channels={
                "letter": Channel("letter", 15, per_day=letters, transit=(2, 5)),
                "postcard": CARD,
            },
            capacity=Capacity(minutes_per_day=minutes_per_day, ramp=()),
        ),
        effort=0,
    )


BOTH = "0 letters a day and 1 postcards a day are the limit then (R3). "
CARDS = (
    "Of the 2 days it could stand on, 2 have the minutes for a postcard, where 1 a day is the "
    "limit, and none for a letter (R3). "
)
