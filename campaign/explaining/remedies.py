"""What would let in what is left out, in the reasons of a plan: tested, or nothing is said."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from attrs import evolve

from campaign.explaining.reasons import BLOCKED_BY
from campaign.explaining.trials import Freed, Hindrance, Trials
from campaign.model.territory import Territory
from campaign.touches import LeftOut, Plan

MOST_TRIED = 1_000
"""For so many touches of a plan changes are tried: some seconds at 2,000 accounts, our choice."""


def with_remedies(
    plan: Plan, *, free_from: dt.date = dt.date.min, most: int = MOST_TRIED
) -> tuple[LeftOut, ...]:
    """What a plan leaves out, each reason with the change that would let the touch in.

    Each change is tested: it is applied, the touch put in, and the rules asked. For the
    first `most` touches changes are tried, in the order of the list, so for those that weigh
    most; of the others the reason stays as it is. What stands on a day before `free_from` is
    frozen: no change moves it.
    """
    return tuple(_told(plan, Trials(plan, free_from=free_from), most))


def _told(plan: Plan, trials: Trials, most: int) -> Iterator[LeftOut]:
    tried = 0
    for left_out in map(partial(_exact, trials), plan.left_out):
        tried += not (hindered := trials.hindrance(left_out))
        if not hindered and tried > most:
            yield left_out
            continue
        freed = trials.freed(left_out)
        # Where it fits as things are nothing blocks it, so no rule is named.
        why = freed.cause if freed and freed.is_as_it_is else left_out.reason
        yield evolve(left_out, reason=f"{why} {remedy(plan.territory, freed, hindered)}")


def _exact(trials: Trials, left_out: LeftOut) -> LeftOut:
    """The same, the limits and ceilings in its reason those that bind in the whole plan."""
    limit = trials.limit(left_out) or trials.ceiling(left_out)
    rule = BLOCKED_BY[left_out.reason_code]
    return evolve(left_out, reason=f"{limit} ({rule}).") if limit else left_out


def remedy(territory: Territory, freed: Freed | None, hindrance: Hindrance | None) -> str:
    """What would let a touch in, as a sentence; that nothing tried would, where that is so."""
    if freed:
        return freed.words(territory)
    if hindrance:
        return hindrance.value
    return "None of the changes tried would let it in while all else stays where it is."
