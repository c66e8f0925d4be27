"""The channels, tiers, relationships, cadences and follow-ups that ship, from `shipped.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from campaign.model.cadences import Cadence, Step
from campaign.model.channels import Channel
from campaign.model.outcomes import OUTCOMES, FollowUp, Outcome
from campaign.model.priorities import Tier
from campaign.model.steady import Beat, Rhythm


@cache
def shipped_tables() -> Mapping[str, Any]:
    """The shipped file as it was parsed, to be overridden key by key."""
    text = files("campaign.model").joinpath("shipped.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def shipped_channels() -> Mapping[str, Channel]:
    """Every channel that ships, by its name."""
    return {name: Channel(name, **keys) for name, keys in shipped_tables()["channels"].items()}


@cache
def shipped_tiers() -> tuple[Tier, ...]:
    """Every tier that ships, the highest first."""
    return tuple(Tier(name, **keys) for name, keys in shipped_tables()["tiers"].items())


@cache
def shipped_cadences() -> Mapping[str, Cadence]:
    """Every cadence that ships, by its name."""
    return {
        name: Cadence(name, tuple(map(_step, keys["steps"])))
        for name, keys in shipped_tables()["cadences"].items()
    }


@cache
def shipped_relationships() -> Mapping[str, str]:
    """The cadence of each relationship that has one of its own."""
    return {name: keys["cadence"] for name, keys in shipped_tables()["relationships"].items()}


@cache
def shipped_follow_ups() -> Mapping[Outcome, FollowUp]:
    """What follows each outcome."""
    tables = shipped_tables()["outcomes"]
    return {outcome: FollowUp(**tables[outcome.value]) for outcome in OUTCOMES}


@cache
def shipped_rhythms() -> Mapping[str, Rhythm]:
    """Every rhythm that ships, by its name."""
    return {
        name: Rhythm(name, keys["weeks"], tuple(map(_beat, keys["touches"])))
        for name, keys in shipped_tables()["rhythms"].items()
    }


def _beat(keys: Mapping[str, Any]) -> Beat:
    return Beat(keys["week"], keys["channel"], keys["purpose"])


def _step(keys: Mapping[str, Any]) -> Step:
    rest = {key: value for key, value in keys.items() if key not in ("step", "channel", "purpose")}
    return Step(keys["step"], keys["channel"], keys["purpose"], **rest)
