"""What keeps a touch from a person is named, and nothing that does not bind."""

import pytest
from small import small

from campaign import Account, Cadence, Courtesy, Step, plan
from campaign.model.priorities import Tier

NEAR = Account("A-1", "Cascade Dental", tier="A", latitude=44.93, longitude=-123.0)
FAR = Account("A-1", "Cascade Dental", tier="A", latitude=44.775, longitude=-117.834)


def reasons(account: Account, *channels: str | list[str], **courtesy: object) -> list[str]:
    """The reasons of what is left out of steps one after the other, with room for all."""
    steps = [
        Step(
            f"s{number}",
            channel,
            "listen",
            after=f"s{number - 1}" if number else None,
            gap=[8, 10, 12] if number else None,
            within=None if number else 5,
        )
        for number, channel in enumerate(channels)
    ]
    territory = small(
        account,
        tiers=(Tier("A", cadence="own"),),
        cadences={"own": Cadence("own", steps)},
        courtesy=Courtesy(**courtesy),  # type: ignore[arg-type]
    )
    return [one.reason for one in plan(territory, effort=0).left_out]


@pytest.mark.parametrize("account", [NEAR, FAR])
def test_the_ceiling_of_a_channel_is_named_alone(account: Account) -> None:
    found = reasons(account, *["call"] * 5, most_by_channel={"call": 3})
    assert len(found) == 2
    assert all("has 3 calls, as many as most_call = 3 lets in already (R5)" in one for one in found)
    assert not any("business days" in one.partition("(R5)")[0] for one in found)


def test_a_channel_that_no_day_can_hold_lets_nothing_in() -> None:
    found = reasons(FAR, *[["visit", "call"]] * 4, most_by_channel={"call": 3})
    assert len(found) == 1
    assert "most_call = 3" in found[0]


def test_the_ceiling_of_all_touches_is_named_alone() -> None:
    found = reasons(NEAR, *[["call", "letter"]] * 5, most=4, most_by_channel={"call": 9})
    assert len(found) == 1
    assert "has 4 touches already, as many as most = 4 lets in (R5)" in found[0]
    assert "most_call" not in found[0].partition("(R5)")[0]
