"""Policy: what a territory is played by, whatever its rep and its accounts are.

What ships is laid under what is given, and `laid_out` makes of a cadence's chains their steps.
`ByPolicy` gives whatever has a policy each part of it by its own name.
"""

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from attrs import evolve, field, frozen

from campaign.model.cadences import (
    DAYS_A_WEEK,
    PURPOSES,
    Beat,
    Cadence,
    Purpose,
    Rhythm,
    Step,
    between,
)
from campaign.model.channels import NO_BUDGET, Budget, Channel
from campaign.model.given import converting
from campaign.model.objective import Comfort, Service
from campaign.model.outcomes import FollowUp, Outcome
from campaign.model.priorities import ScoreWeights, Tier
from campaign.model.rep import Capacity, Courtesy, Travel
from campaign.model.values import LATER, NOTHING, FrozenDict
from campaign.shipped import shipped_toml


def _step(keys: dict[str, Any]) -> Step:
    rest = {key: value for key, value in keys.items() if key not in ("step", "channel", "purpose")}
    return Step(keys["step"], keys["channel"], keys["purpose"], **rest)


def _beat(keys: dict[str, Any]) -> Beat:
    return Beat(keys["week"], keys["channel"], keys["purpose"])


_MADE: Mapping[str, Callable[[str, dict[str, Any]], object]] = {
    "channels": lambda name, keys: Channel(name, **keys),
    "tiers": lambda name, keys: Tier(name, **keys),
    "cadences": lambda name, keys: Cadence(name, map(_step, keys["steps"])),
    "relationships": lambda _, keys: keys["cadence"],
    "rhythms": lambda name, keys: Rhythm(name, keys["weeks"], map(_beat, keys["touches"])),
    "outcomes": lambda _, keys: FollowUp(**keys),
}


@cache
def _shipped(table: str) -> Mapping[str, Any]:
    """What ships of a kind, by its names, each made once."""
    if table == "purposes":
        return PURPOSES
    make = _MADE[table]
    return {
        name: make(name, keys) for name, keys in shipped_toml("model/shipped.toml")[table].items()
    }


def _to_follow_ups(
    own: Mapping[str, FollowUp] | Mapping[Outcome, FollowUp],
) -> Mapping[Outcome, FollowUp]:
    named = {Outcome(name): one for name, one in own.items()}
    shipped = {Outcome(name): one for name, one in _shipped("outcomes").items()}
    return FrozenDict({**shipped, **named})


@frozen(field_transformer=converting, kw_only=True)
class Policy:
    """The channels, tiers and cadences of a territory, and how much of each there may be.

    `channels`, `cadences`, `rhythms` and `purposes` are found by name; yours stand beside
    those that ship, and in the place of one of the same name. This is the one place in which
    the shipped ones are laid under. `tiers` run from the highest to the lowest; a
    `relationships` entry names the cadence that a relationship runs in place of the tier's,
    a `follow_ups` entry what follows an outcome. `service` and `comfort` are the rates by
    which plans are compared, `budget` what touches cost.
    """

    channels: Mapping[str, Channel] = NOTHING
    tiers: tuple[Tier, ...] = field(
        factory=lambda: _shipped("tiers").values(), converter=tuple[Tier, ...]
    )
    cadences: Mapping[str, Cadence] = NOTHING
    relationships: Mapping[str, str] = field(factory=lambda: _shipped("relationships"))
    rhythms: Mapping[str, Rhythm] = NOTHING
    purposes: Mapping[str, Purpose] = NOTHING
    follow_ups: Mapping[Outcome, FollowUp] = field(default=NOTHING, converter=_to_follow_ups)
    capacity: Capacity = field(factory=Capacity)
    courtesy: Courtesy = field(factory=Courtesy)
    travel: Travel = field(factory=Travel)
    score_weights: ScoreWeights = field(factory=ScoreWeights)
    service: Service = field(factory=Service)
    comfort: Comfort = field(factory=Comfort)
    budget: Budget = field(default=NO_BUDGET, metadata={LATER: True})

    def __attrs_post_init__(self) -> None:
        """Lay what ships under what is given."""
        for name in ("channels", "cadences", "rhythms", "purposes"):
            whole = FrozenDict({**_shipped(name), **getattr(self, name)})
            object.__setattr__(self, name, whole)


def laid_out(policy: Policy, cadence: Cadence, end: int) -> Cadence:
    """The cadence with each chain step by step: `visit`, `visit-2`, `visit-3` ...

    `repeat = n` is n of them, each after the one before by the same gap. `every` is as many as
    fit to the campaign's `end`, a business day, from the earliest day of the root by their
    ideal gaps, as far as the ceilings of a person let them in, and one at the least.
    """
    if not any(step.is_chain for step in cadence.steps):
        return cadence
    steps: list[Step] = []
    for step in cadence.steps:
        count, gap = step.repeat, between(step)
        if step.every is not None:
            count = _fitting(policy, cadence, step, end)
        own = step.gap or (gap if step.after else None)
        first = evolve(step, repeat=1, every=None, gap=None if step.within else own)
        steps.append(first)
        for number in range(2, count + 1):
            name, above = f"{step.name}-{number}", steps[-1].name
            steps.append(evolve(first, name=name, after=above, gap=gap, within=None))
    return evolve(cadence, steps=steps)


def _fitting(policy: Policy, cadence: Cadence, step: Step, end: int) -> int:
    """How many steps of a chain fit to the end, and under the ceilings."""

    def _counts(one: Step) -> bool:
        purpose = policy.purposes.get(one.purpose)
        return purpose is not None and not purpose.courtesy

    # From its root's earliest day, by the ideal gaps between and the post on the way:
    # n = 1 + floor((end - first) / (ideal gap + post)), at most what the ceilings leave.
    apart = DAYS_A_WEEK * (step.every or 1) + _post(policy, step)
    count = 1 + max(0, end - _earliest(policy, cadence, step)) // apart
    if _counts(step):
        channel, courtesy = step.channels[0], policy.courtesy
        others = [one for one in cadence.steps if one.name != step.name and not one.is_chain]
        others = list(filter(_counts, others))
        by_it = sum(one.channels[0] == channel for one in others)
        most = courtesy.most_by_channel.get(channel, count + by_it)
        count = min(count, courtesy.most - len(others), most - by_it)
    return max(1, count)


def _earliest(policy: Policy, cadence: Cadence, step: Step) -> int:
    """The business day of a step where its root comes first and all else by its ideal."""
    day = 0
    for one in (step, *cadence.path(step)):
        above = cadence.parent(one)
        if above is None:
            return day + max(1, one.gap.least if one.gap else 1)
        gap = one.gap or between(one)
        day += (gap.ideal if gap else 1) + _post(policy, above)
    return day


def _post(policy: Policy, step: Step) -> int:
    channel = policy.channels.get(step.channels[0])
    return channel.days_in_post if channel else 0


def _part(name: str) -> Any:  # noqa: ANN401 (of whatever type the part is)
    return property(attrgetter(f"policy.{name}"))


class ByPolicy:
    """What has a policy, and gives each part of it by its own name."""

    __slots__ = ()
    policy: Policy
    channels: Mapping[str, Channel] = _part("channels")
    tiers: tuple[Tier, ...] = _part("tiers")
    cadences: Mapping[str, Cadence] = _part("cadences")
    relationships: Mapping[str, str] = _part("relationships")
    rhythms: Mapping[str, Rhythm] = _part("rhythms")
    purposes: Mapping[str, Purpose] = _part("purposes")
    follow_ups: Mapping[Outcome, FollowUp] = _part("follow_ups")
    capacity: Capacity = _part("capacity")
    courtesy: Courtesy = _part("courtesy")
    travel: Travel = _part("travel")
    score_weights: ScoreWeights = _part("score_weights")
    service: Service = _part("service")
    comfort: Comfort = _part("comfort")
