"""Policy: what a territory is played by, whatever its rep and its accounts are."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import field, frozen

from campaign.model.cadences import PURPOSES, Beat, Cadence, Purpose, Rhythm, Step
from campaign.model.channels import NO_BUDGET, Budget, Channel
from campaign.model.objective import Comfort, Service
from campaign.model.outcomes import OUTCOMES, FollowUp, Outcome
from campaign.model.priorities import ScoreWeights, Tier
from campaign.model.rep import Capacity, Courtesy, Travel
from campaign.model.values import LATER, FrozenDict, frozen_mapping


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


# A territory without settings has no channel of its own, and still every one that ships.
NONE_OF_MY_OWN: Mapping[str, Any] = FrozenDict()


def _with_shipped_channels(own: Mapping[str, Channel]) -> Mapping[str, Channel]:
    return FrozenDict({**shipped_channels(), **own})


def _with_shipped_cadences(own: Mapping[str, Cadence]) -> Mapping[str, Cadence]:
    return FrozenDict({**shipped_cadences(), **own})


def _with_shipped_follow_ups(
    own: Mapping[str, FollowUp] | Mapping[Outcome, FollowUp],
) -> Mapping[Outcome, FollowUp]:
    named = {Outcome(name): follow_up for name, follow_up in own.items()}
    return FrozenDict({**shipped_follow_ups(), **named})


def _with_shipped_rhythms(own: Mapping[str, Rhythm]) -> Mapping[str, Rhythm]:
    return FrozenDict({**shipped_rhythms(), **own})


def _with_shipped_purposes(own: Mapping[str, Purpose]) -> Mapping[str, Purpose]:
    return FrozenDict({**PURPOSES, **own})


@frozen
class Policy:
    """The channels, tiers and cadences of a territory, and how much of each there may be.

    `channels`, `cadences`, `rhythms` and `purposes` are found by name; yours stand beside
    those that ship, and in the place of one of the same name. This is the one place in which
    the shipped ones are laid under. `tiers` run from the highest to the lowest; a
    `relationships` entry names the cadence that a relationship runs in place of the tier's,
    a `follow_ups` entry what follows an outcome. `service` and `comfort` are the rates by
    which plans are compared, `budget` what touches cost.
    """

    channels: Mapping[str, Channel] = field(
        default=NONE_OF_MY_OWN, kw_only=True, converter=_with_shipped_channels
    )
    tiers: tuple[Tier, ...] = field(factory=shipped_tiers, kw_only=True, converter=tuple[Tier, ...])
    cadences: Mapping[str, Cadence] = field(
        default=NONE_OF_MY_OWN, kw_only=True, converter=_with_shipped_cadences
    )
    relationships: Mapping[str, str] = field(
        factory=shipped_relationships, kw_only=True, converter=frozen_mapping
    )
    rhythms: Mapping[str, Rhythm] = field(
        default=NONE_OF_MY_OWN, kw_only=True, converter=_with_shipped_rhythms
    )
    purposes: Mapping[str, Purpose] = field(
        default=NONE_OF_MY_OWN, kw_only=True, converter=_with_shipped_purposes
    )
    follow_ups: Mapping[Outcome, FollowUp] = field(
        default=NONE_OF_MY_OWN, kw_only=True, converter=_with_shipped_follow_ups
    )
    capacity: Capacity = field(factory=Capacity, kw_only=True)
    courtesy: Courtesy = field(factory=Courtesy, kw_only=True)
    travel: Travel = field(factory=Travel, kw_only=True)
    score_weights: ScoreWeights = field(factory=ScoreWeights, kw_only=True)
    service: Service = field(factory=Service, kw_only=True)
    comfort: Comfort = field(factory=Comfort, kw_only=True)
    budget: Budget = field(default=NO_BUDGET, kw_only=True, metadata={LATER: True})


class ByPolicy:
    """What has a policy, and gives each part of it by its own name."""

    __slots__ = ()
    policy: Policy

    @property
    def channels(self) -> Mapping[str, Channel]:
        """Every channel by its name."""
        return self.policy.channels

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers, the highest first."""
        return self.policy.tiers

    @property
    def cadences(self) -> Mapping[str, Cadence]:
        """Every cadence by its name."""
        return self.policy.cadences

    @property
    def relationships(self) -> Mapping[str, str]:
        """The cadence of each relationship that has one of its own."""
        return self.policy.relationships

    @property
    def rhythms(self) -> Mapping[str, Rhythm]:
        """Every rhythm by its name."""
        return self.policy.rhythms

    @property
    def purposes(self) -> Mapping[str, Purpose]:
        """Every purpose by its name."""
        return self.policy.purposes

    @property
    def follow_ups(self) -> Mapping[Outcome, FollowUp]:
        """What follows each outcome."""
        return self.policy.follow_ups

    @property
    def capacity(self) -> Capacity:
        """How much the rep gives to the campaign."""
        return self.policy.capacity

    @property
    def courtesy(self) -> Courtesy:
        """How often one contact may be touched."""
        return self.policy.courtesy

    @property
    def travel(self) -> Travel:
        """How drives are reckoned."""
        return self.policy.travel

    @property
    def score_weights(self) -> ScoreWeights:
        """What the score of an account is made of."""
        return self.policy.score_weights

    @property
    def service(self) -> Service:
        """What lateness, second choices and moves count."""
        return self.policy.service

    @property
    def comfort(self) -> Comfort:
        """What the rep would give for a better shape of the weeks."""
        return self.policy.comfort
