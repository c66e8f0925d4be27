"""Chains: a step that repeats, laid out as the steps that it stands for."""

from collections.abc import Iterator

from attrs import evolve

from campaign.model.cadences import Cadence, Gap, Step
from campaign.model.policy import Policy

DAYS_A_WEEK = 5
"""Business days."""


def laid_out(cadence: Cadence, policy: Policy, end: int) -> Cadence:
    """The cadence with each chain step by step: `visit`, `visit-2`, `visit-3` ...

    `repeat = n` is n of them, each after the one before by the same gap. `every` is as many as
    fit to the campaign's `end`, a business day, from the earliest day of the root by their
    ideal gaps, as far as the ceilings of a person let them in, and one at the least.
    """
    if not any(step.is_chain for step in cadence.steps):
        return cadence
    steps: list[Step] = []
    for step in cadence.steps:
        count, gap = step.repeat, step.gap
        if step.every is not None:
            gap, count = _gap_of(step.every), _fitting(cadence, step, policy, end)
        own = step.gap or (gap if step.after else None)
        first = evolve(step, repeat=1, every=None, gap=None if step.within else own)
        steps.append(first)
        for number in range(2, count + 1):
            name, above = f"{step.name}-{number}", steps[-1].name
            steps.append(evolve(first, name=name, after=above, gap=gap, within=None))
    return evolve(cadence, steps=steps)


def _gap_of(weeks: int) -> Gap:
    """Every so many weeks, give or take two business days."""
    days = DAYS_A_WEEK * weeks
    return Gap(days - 2, days + 2, ideal=days)


def _fitting(cadence: Cadence, step: Step, policy: Policy, end: int) -> int:
    """How many steps of a chain fit to the end, and under the ceilings."""
    # From its root's earliest day, by the ideal gaps between and the post on the way.
    first = _earliest(policy, cadence, step)
    assert step.every is not None  # noqa: S101 (its one caller has looked)
    apart = DAYS_A_WEEK * step.every + _post(policy, step)
    # n = 1 + floor((end - first) / (ideal gap + post)), at most what the ceilings leave.
    by_days = 1 + max(0, end - first) // apart
    return max(1, min(by_days, *_let_in(policy, cadence, step)))


def _earliest(policy: Policy, cadence: Cadence, step: Step) -> int:
    """The business day of a step where its root comes first and all else by its ideal."""
    day = 0
    for one in (step, *cadence.path(step)):
        above = cadence.parent(one)
        if above is None:
            return day + max(1, one.gap.least if one.gap else 1)
        gap = one.gap or (_gap_of(one.every) if one.every else None)
        day += (gap.ideal if gap else 1) + _post(policy, above)
    return day


def _post(policy: Policy, step: Step) -> int:
    channel = policy.channels.get(step.channels[0])
    return channel.days_in_post if channel else 0


def _let_in(policy: Policy, cadence: Cadence, step: Step) -> Iterator[int]:
    """What the ceilings leave to a chain beside the other steps of its cadence."""
    if _is_courtesy(policy, step):
        return
    others = [
        one
        for one in cadence.steps
        if one.name != step.name and not one.is_chain and not _is_courtesy(policy, one)
    ]
    yield policy.courtesy.most - len(others)
    most = policy.courtesy.most_by_channel.get(step.channels[0])
    if most is not None:
        yield most - sum(one.channels[0] == step.channels[0] for one in others)


def _is_courtesy(policy: Policy, step: Step) -> bool:
    purpose = policy.purposes.get(step.purpose)
    return purpose is None or purpose.courtesy
