"""The limits that are named as the reason why a touch is left out are those that are reached."""

import pytest
from small import small

from campaign import plan
from campaign.model.accounts import Account
from campaign.model.cadences import Cadence, Step
from campaign.model.channels import Channel
from campaign.model.policy import Policy
from campaign.model.rep import Capacity
from campaign.touches import Plan

HELLO = Step("hello", ["letter", "postcard"], "introduce", within=2, late=0)
CARD = Channel("postcard", 4, per_day=1, transit=(2, 5))


def three(minutes_per_day: int, *, letters: int = 10) -> Plan:
    """Three accounts to be greeted on two days, by a letter or a card."""
    return plan(
        small(
            *(Account(f"A-{n}", f"Firm {n}", cadence="own") for n in range(3)),
            cadences={**Policy().cadences, "own": Cadence("own", [HELLO])},
            channels={
                "letter": Channel("letter", 15, per_day=letters, transit=(2, 5)),
                "postcard": CARD,
            },
            capacity=Capacity(minutes_per_day=minutes_per_day, ramp=()),
        ),
        effort=0,
    )


@pytest.mark.parametrize(
    ("minutes", "letters", "limits"),
    [(360, 0, "0 letters a day and 1 postcard a day"), (10, 10, "1 postcard a day")],
)
def test_only_limits_that_are_reached_on_days_with_the_minutes_are_named(
    minutes: int, letters: int, limits: str
) -> None:
    (left,) = three(minutes, letters=letters).left_out
    told = f"On the days of its window that have the minutes, no more than {limits} are allowed"
    assert left.reason.startswith(f"{told} (R3). ")
