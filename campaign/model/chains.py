"""Chains: a step that repeats, laid out as the steps that it stands for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from campaign.model.cadences import Cadence, Gap, Step

if TYPE_CHECKING:
    from campaign.model.territory import Territory

DAYS_A_WEEK = 5
"""Business days."""


def laid_out(territory: "Territory", cadence: Cadence) -> Cadence:
    """The cadence with each chain step by step: `visit`, `visit-2`, `visit-3` ...

    `repeat = n` is n of them, each after the one before by the same gap. `every` is as many as
    fit to the campaign's end from the earliest day of the root by their ideal gaps, as far as
    the ceilings of a person let them in, and one at the least.
    """
    if not any(step.is_chain for step in cadence.steps):
        return cadence
    return evolve(cadence, steps=tuple(_laid_out(territory, cadence)))


def _laid_out(territory: "Territory", cadence: Cadence) -> Iterator[Step]:
    for step in cadence.steps:
        count, gap = step.repeat, step.gap
        if step.every is not None:
            gap, count = _gap_of(step.every), _fitting(territory, cadence, step)
        own = step.gap or (gap if step.after else None)
        first = evolve(step, repeat=1, every=None, gap=None if step.within else own)
        yield first
        above = step.name
        for number in range(2, count + 1):
            name = f"{step.name}-{number}"
            yield evolve(first, name=name, after=above, gap=gap, within=None)
            above = name


def _gap_of(weeks: int) -> Gap:
    """Every so many weeks, give or take two business days."""
    days = DAYS_A_WEEK * weeks
    return Gap(days - 2, days + 2, ideal=days)


def _fitting(territory: "Territory", cadence: Cadence, step: Step) -> int:
    """How many steps of a chain fit to the end, and under the ceilings."""
    end = len(territory.calendar.business_days)
    first = _earliest(territory, cadence, step)
    assert step.every is not None  # noqa: S101 (its one caller has looked)
    apart = DAYS_A_WEEK * step.every + _post(territory, step)
    by_days = 1 + max(0, end - first) // apart
    return max(1, min(by_days, *_let_in(territory, cadence, step)))


def _earliest(territory: "Territory", cadence: Cadence, step: Step) -> int:
    """The business day of a step where its root comes first and all else by its ideal."""
    day = 0
    for one in (step, *cadence.path(step)):
        above = cadence.parent(one)
        if above is None:
            return day + max(1, one.gap.least if one.gap else 1)
        gap = one.gap or (_gap_of(one.every) if one.every else None)
        day += (gap.ideal if gap else 1) + _post(territory, above)
    return day


def _post(territory: "Territory", step: Step) -> int:
    channel = territory.channels.get(step.channels[0])
    return channel.days_in_post if channel else 0


def _let_in(territory: "Territory", cadence: Cadence, step: Step) -> Iterator[int]:
    """What the ceilings leave to a chain beside the other steps of its cadence."""
    if _is_courtesy(territory, step):
        return
    others = [
        one
        for one in cadence.steps
        if one.name != step.name and not one.is_chain and not _is_courtesy(territory, one)
    ]
    yield territory.courtesy.most - len(others)
    most = territory.courtesy.most_by_channel.get(step.channels[0])
    if most is not None:
        yield most - sum(one.channels[0] == step.channels[0] for one in others)


def _is_courtesy(territory: "Territory", step: Step) -> bool:
    purpose = territory.purposes.get(step.purpose)
    return purpose is None or purpose.courtesy
