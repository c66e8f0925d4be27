"""Channels, tiers, cadences, relationships and purposes of campaign.toml, for a `Policy`."""

import re
from collections.abc import Mapping
from typing import Any

from attrs import evolve

from campaign.errors import InvalidInput
from campaign.model.accounts import Relationship
from campaign.model.cadences import (
    MOST_REPEAT,
    MOST_WEEKS,
    MOST_WEEKS_APART,
    Beat,
    Cadence,
    Gap,
    Purpose,
    Rhythm,
    Step,
)
from campaign.model.channels import Channel
from campaign.model.outcomes import MOST_DAYS, OUTCOMES, FollowUp, Outcome
from campaign.model.policy import Policy
from campaign.model.priorities import Tier
from campaign.reading.settings import toml_values as kinds
from campaign.reading.settings.document import Keys

_CHANNEL = {
    "minutes": kinds.minutes(15),
    "per_day": kinds.whole("touches", 10),
    "per_week": kinds.whole("touches", 30),
    "transit": kinds.transit,
    "abroad": kinds.transit,
    "travels": kinds.yes_no,
    "weekdays": kinds.weekdays,
}
_TIER = {
    "weight": kinds.whole("weight points", 3, 1, 1000),
    "cadence": kinds.text,
    "others": kinds.text,
    "steady": kinds.text,
    "floor": kinds.yes_no,
    "share": kinds.number(0.2, 0, 1),
}
_FOLLOW_UP = {
    "again": kinds.days_between,
    "attempts": kinds.whole("attempts", 3, 0, MOST_DAYS),
    "closes": kinds.yes_no,
    "others_wait": kinds.whole("business days", 5, 0, MOST_DAYS),
    "waits": kinds.yes_no,
    "recover_within": kinds.whole("working days", 1, 0, MOST_DAYS),
    "recover_by": kinds.text,
    "resolves": kinds.yes_no,
    "ends": kinds.yes_no,
    "counts": kinds.yes_no,
}
_MOST_DAYS = 1000
_EXAMPLE_BEAT = '{ week = 4, channel = "call", purpose = "listen" }'
_NAMED_STEP = re.compile(r'(?:step|two steps are named) "([^"]*)"')


def channels(keys: Keys) -> Mapping[str, Channel]:
    """The shipped channels with their overrides, and the user's own."""
    found = dict(Policy().channels)
    for name in keys.names():
        table = keys.below(name)
        given = table.given(_CHANNEL)
        if name in found:
            found[name] = evolve(found[name], **given)
        else:
            if "minutes" not in table.table:
                table.fault("minutes", "is missing; write what a touch takes, as minutes = 15")
            found[name] = Channel(name, given.pop("minutes", 0), **given)
        table.close()
    return found


def tiers(keys: Keys) -> tuple[Tier, ...]:
    """The tiers, highest first: the user's alone if one of them does not ship."""
    shipped = {tier.name: tier for tier in Policy().tiers}
    own: dict[str, Tier] = {}
    for name in keys.names():
        table = keys.below(name)
        own[name] = evolve(shipped.get(name) or Tier(name), **table.given(_TIER))
        table.close()
    found = shipped | own if set(own) <= set(shipped) else own
    if sum(tier.share for tier in found.values()) > 1:
        keys.fault("", "the shares of the tiers sum to more than 1; lower one of them")
    return tuple(found.values())


def relationships(keys: Keys) -> Mapping[str, str]:
    """The cadence of each relationship that has one of its own."""
    found = dict(Policy().relationships)
    known = [relationship.value for relationship in Relationship if relationship.value]
    for name in keys.table:
        if name in known:
            table = keys.below(name)
            found[name] = table.take("cadence", kinds.text, found.get(name, ""))
            table.close()
    keys.known += known
    keys.close()
    return found


def follow_ups(keys: Keys) -> Mapping[Outcome, FollowUp]:
    """What follows each outcome: the shipped follow-ups with their overrides."""
    found = dict(Policy().follow_ups)
    for outcome in OUTCOMES:
        if outcome.value in keys.table:
            table = keys.below(outcome.value)
            found[outcome] = evolve(found[outcome], **table.given(_FOLLOW_UP))
            table.close()
    keys.known += OUTCOMES
    keys.close()
    return found


def purposes(keys: Keys) -> Mapping[str, Purpose]:
    """The purposes that ship with their overrides, and the user's own."""
    found = dict(Policy().purposes)
    for name in keys.names():
        table = keys.below(name)
        given = table.given({"selling": kinds.yes_no, "courtesy": kinds.yes_no})
        found[name] = evolve(found.get(name) or Purpose(name), **given)
        table.close()
    return found


def rhythms(keys: Keys) -> Mapping[str, Rhythm]:
    """The user's own rhythms; one that ships is replaced whole."""
    found: dict[str, Rhythm] = {}
    for name in keys.names():
        table = keys.below(name)
        weeks = table.take("weeks", kinds.whole("weeks", 12, 1, MOST_WEEKS), MOST_WEEKS)
        beats = table.take("touches", kinds.list_of(_beat, f"[ {_EXAMPLE_BEAT} ]"), ())
        table.close()
        # a rhythm that cannot be read still has its name, so that nothing else seems wrong
        found[name] = Rhythm(name, MOST_WEEKS, (Beat(1, "call", "listen"),))
        if "touches" not in table.table:
            table.fault("touches", f"is missing; write touches = [ {_EXAMPLE_BEAT} ]")
        elif beats:
            try:
                found[name] = Rhythm(name, weeks, beats)
            except InvalidInput as error:
                problem = error.findings[0].problem
                table.fault("touches", f"{problem}; give each touch a week of its own")
    return found


def _beat(value: Any) -> Beat:  # noqa: ANN401
    if not isinstance(value, dict) or set(value) != {"week", "channel", "purpose"}:
        raise ValueError(f"{kinds.quoted(value)} is no touch of a rhythm; write {_EXAMPLE_BEAT}")
    week = kinds.whole("weeks", 4, 1, MOST_WEEKS)(value["week"])
    return Beat(week, _channel_names(value["channel"]), kinds.text(value["purpose"]))


def cadences(keys: Keys) -> Mapping[str, Cadence]:
    """The user's own cadences; one that ships is replaced whole."""
    found: dict[str, Cadence] = {}
    for name in keys.names():
        table = keys.below(name)
        found[name] = _cadence(table, name)
        table.close()
    return found


def _cadence(keys: Keys, name: str) -> Cadence:
    # a cadence that cannot be read still has its name, so that nothing else seems wrong
    stand_in = Cadence(name, (Step("?", "call", "listen"),))
    before = len(keys.findings)
    steps = keys.take("steps", _list_of_tables, None)
    if steps is None:
        if len(keys.findings) == before:
            keys.fault("steps", "is missing; write steps = [ { step = ..., channel = ... }, ]")
        return stand_in
    read = [_step(keys, table) for table in steps]
    if len(keys.findings) > before:
        return stand_in
    try:
        return Cadence(name, tuple(step for step in read if step))
    except ValueError as error:
        _spread(keys, str(error))
        return stand_in


def _spread(keys: Keys, sentences: str) -> None:
    """Each fault of a cadence as a finding of its own, at its step where it names one."""
    parts = sentences.split("; ")
    starts = [at for at, part in enumerate(parts) if at == 0 or _opens(part)]
    for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
        named = _NAMED_STEP.match(parts[start])
        keys.fault(named[1] if named else "steps", "; ".join(parts[start:end]))


def _opens(part: str) -> bool:
    return part.startswith(("step ", "two steps ", "cadence "))


def _list_of_tables(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    if not isinstance(value, list) or not all(isinstance(step, dict) for step in value):
        raise ValueError(
            f"{kinds.quoted(value)} is no list of steps; "
            'write steps = [ { step = "hello", channel = "letter", purpose = "introduce" } ]'
        )
    return value


def _step(keys: Keys, table: dict[str, Any]) -> Step | None:
    before = len(keys.findings)
    name = table.get("step")
    if not isinstance(name, str) or not name.strip():
        keys.fault("steps", 'a step has no name; write step = "hello"')
        return None
    one = StepKeys(keys, table, name)
    given = one.given(_STEP)
    for key in ("channel", "purpose"):
        if key not in table:
            one.fault(key, f"is missing; write {key} = {_EXAMPLES[key]}")
    one.close()
    if len(keys.findings) > before:
        return None
    given.pop("step")
    return Step(name.strip(), given.pop("channel"), given.pop("purpose"), **given)


class StepKeys(Keys):
    """The keys of one step, which stands in a list and not in a table of its own."""

    def __init__(self, keys: Keys, table: dict[str, Any], name: str) -> None:
        super().__init__(keys.document, (*keys.path, name), keys.findings)
        self.table = table

    def _find(self) -> Mapping[str, Any]:
        return {}


def _channel_names(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    if isinstance(value, str):
        return (value.strip(),)
    names = kinds.list_of(kinds.text, _EXAMPLES["channel"])(value)
    if not names:
        raise ValueError(f"names no channel; write {_EXAMPLES['channel']}")
    return names


def _gap(value: Any) -> Gap:  # noqa: ANN401
    days = kinds.whole("business days", 5, 0, _MOST_DAYS)
    return Gap.of(kinds.list_of(days, "[1, 6]")(value))


_EXAMPLES = {"channel": '"call" or ["call", "letter"]', "purpose": '"listen"'}
_STEP = {
    "step": kinds.text,
    "channel": _channel_names,
    "purpose": kinds.text,
    "after": kinds.text,
    "gap": _gap,
    "within": kinds.whole("business days", 5, 1, _MOST_DAYS),
    "late": kinds.whole("business days", 10, 0, _MOST_DAYS),
    "contact": kinds.text,
    "required": kinds.yes_no,
    "repeat": kinds.whole("steps", 5, 1, MOST_REPEAT),
    "every": kinds.whole("weeks", 2, 1, MOST_WEEKS_APART),
}
