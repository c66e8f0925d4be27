"""Cadences that ask by themselves for more than a person is asked to bear."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaign.errors import Finding, Severity

if TYPE_CHECKING:
    from campaign.model.cadences import Cadence
    from campaign.model.territory import Territory


def cadences_over_ceilings(territory: "Territory") -> Iterator[Finding]:
    """A cadence in use with more touches, or more by one channel, than `[contact]` allows.

    Courtesies do not count, nor, to the ceiling of a channel, a step that may be made by another.
    """
    courtesy = territory.courtesy
    for cadence in _in_use(territory):
        steps = [
            step
            for each in cadence.steps
            for step in [each] * each.repeat
            if not (used := territory.purposes.get(each.purpose)) or not used.courtesy
        ]
        counts = Counter(step.channels[0] for step in steps if len(set(step.channels)) == 1)
        for channel, number in sorted(counts.items()):
            most = courtesy.most_by_channel.get(channel)
            if most is not None and number > most:
                yield _over(cadence.name, f"{number} steps by {channel}", f"most_{channel}", most)
        if len(steps) > courtesy.most:
            yield _over(cadence.name, f"{len(steps)} touches", "most", courtesy.most)


def _in_use(territory: "Territory") -> Iterator["Cadence"]:
    named = [name for tier in territory.tiers for name in (tier.cadence, tier.others)]
    named += territory.relationships.values()
    named += [account.cadence for account in territory.accounts]
    named += [contact.cadence for contact in territory.contacts]
    for name in dict.fromkeys(named):
        if name in territory.cadences:
            yield territory.cadences[name]


def _over(cadence: str, asked: str, key: str, most: int) -> Finding:
    return Finding(
        "campaign",
        f"it asks for {asked} of one person, and {key} = {most} lets {most} in",
        remedy=f"raise {key} under [contact], or take steps out",
        column=f"cadences.{cadence}",
        severity=Severity.NOTICE,
    )
