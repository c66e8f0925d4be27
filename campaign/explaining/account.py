"""Explains one account of a plan: its score, its cadences, each touch and what is left out."""

from collections import defaultdict
from collections.abc import Iterator

from campaign.consequences import territory_now
from campaign.demand import Owed, demand
from campaign.explaining.days import Reasoning
from campaign.explaining.explanation import (
    CadenceSource,
    Explained,
    ExplainedRun,
    Explanation,
    Missing,
    Stands,
    TierSource,
    Unknown,
)
from campaign.explaining.remedies import Remedies
from campaign.model.priorities import tells_something
from campaign.model.runs import Run, cadences_of, is_new
from campaign.model.territory import Territory
from campaign.rules.dues import first_attempt
from campaign.touches import Plan, Touch


def explain(plan: Plan, account_id: str) -> Explanation:
    """Why an account is treated by a plan as it is, and what would let in what is left out.

    Each such change is tested: it is applied, the touch put in, and every rule asked; the
    plan itself stays as it is. Raises `KeyError` for an account that the territory has not.
    """
    territory, now = plan.territory, territory_now(plan.territory, plan.touches)
    account, score = territory.account(account_id), territory.scores[account_id]
    totals = sorted((each.total for each in territory.scores.values()), reverse=True)
    owed = demand(now).by_account.get(account_id, ())
    told = _touches(plan, now, owed)
    promises = [one for one in now.promises if one.account_id == account_id]
    is_worked = now.account(account_id).is_active
    runs = cadences_of(now, now.account(account_id), promises) if is_worked else ()
    delivered = (one for one in territory.delivered if one.account_id == account_id)
    return Explanation(
        territory,
        account,
        tier=territory.tier(account),
        tier_source=_tier_source(territory, account_id),
        score=score,
        weights=territory.score_weights,
        rank=totals.index(score.total) + 1,
        of=len(totals),
        runs=tuple(
            ExplainedRun(
                run.contact,
                run.cadence,
                cadence_source(now, run),
                run.is_main,
                tuple(each for one in owed if one.run == run for each in told[one.touch_id]),
            )
            for run in runs
        ),
        promises=tuple(each for one in owed if one.promise for each in told[one.touch_id]),
        delivered=tuple(sorted(delivered, key=lambda one: one.date)),
    )


def _touches(
    plan: Plan, now: Territory, owed: tuple[Owed, ...]
) -> dict[str, tuple[Explained, ...]]:
    """What became of each touch that is owed, by its id: its rows, or why it is left out."""
    remedies, reasoning = Remedies(plan), Reasoning(now, plan.touches)
    dues, rows = remedies.facts.dues, defaultdict[str, list[Touch]](list)
    for touch in sorted(plan.touches, key=lambda touch: (touch.date, touch.touch_id)):
        rows[first_attempt(touch.touch_id, dues)].append(touch)
    left_out = {first_attempt(one.touch_id, dues): one for one in plan.left_out}

    def told(one: Owed) -> Iterator[Explained]:
        for touch in rows[one.touch_id]:
            yield Stands(touch, reasoning.why(touch))
        if left := left_out.get(one.touch_id):
            freed, hindrance = remedies.freed(left), remedies.hindrance(left)
            yield Missing(left, remedies.cause(left), freed=freed, hindrance=hindrance)
        elif not rows[one.touch_id]:
            yield Unknown(one.touch_id, one.step.name)

    return {one.touch_id: tuple(told(one)) for one in owed}


def _tier_source(territory: Territory, account_id: str) -> TierSource:
    given = next(one for one in territory.accounts if one.account_id == account_id)
    if given.tier:
        return TierSource.GIVEN
    return TierSource.COMPUTED if tells_something(territory.accounts) else TierSource.LOWEST


def cadence_source(territory: Territory, run: Run) -> CadenceSource:
    """Why a contact runs its cadence: the first of the reasons that holds."""
    account, contact = run.account, run.contact
    relationship = "grievance" if account.has_grievance else account.relationship.value
    reasons = (
        (run.answer is not None, CadenceSource.COMPLAINT),
        (run.sent is not None, CadenceSource.CHECK_BACK),
        (bool(contact.cadence), CadenceSource.CONTACT),
        (not run.is_main, CadenceSource.OTHERS),
        (bool(account.cadence), CadenceSource.ACCOUNT),
        (bool(territory.relationships.get(relationship)), CadenceSource.RELATIONSHIP),
        (is_new(territory, contact), CadenceSource.NEW),
    )
    return next((source for holds, source in reasons if holds), CadenceSource.TIER)
