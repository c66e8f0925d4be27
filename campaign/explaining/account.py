"""Explains one account of a plan: its score, its cadences, each touch and what is left out."""

from collections.abc import Iterator, Mapping

from campaign.consequences import territory_now
from campaign.demand import Demand, Owed, demand
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
from campaign.model.accounts import Account
from campaign.model.priorities import tells_something
from campaign.model.runs import Run, cadences_of, is_new
from campaign.model.territory import Territory
from campaign.rules.dues import first_attempt
from campaign.touches import LeftOut, Plan, Touch


def explain(plan: Plan, account_id: str) -> Explanation:
    """Why an account is treated by a plan as it is, and what would let in what is left out.

    Each such change is tested: it is applied, the touch put in, and every rule asked; the
    plan itself stays as it is. Raises `KeyError` for an account that the territory has not.
    """
    territory = plan.territory
    account = territory.account(account_id)
    totals = sorted((score.total for score in territory.scores.values()), reverse=True)
    score = territory.scores[account_id]
    found = _Found(plan, account)
    return Explanation(
        territory,
        account,
        tier=territory.tier(account),
        tier_source=_tier_source(territory, account_id),
        score=score,
        weights=territory.score_weights,
        rank=totals.index(score.total) + 1,
        of=len(totals),
        runs=tuple(found.runs()),
        promises=tuple(found.promises()),
        delivered=tuple(
            sorted(
                (one for one in territory.delivered if one.account_id == account_id),
                key=lambda one: one.date,
            )
        ),
    )


def _tier_source(territory: Territory, account_id: str) -> TierSource:
    given = next(one for one in territory.accounts if one.account_id == account_id)
    if given.tier:
        return TierSource.GIVEN
    return TierSource.COMPUTED if tells_something(territory.accounts) else TierSource.LOWEST


def cadence_source(territory: Territory, run: Run) -> CadenceSource:
    """Why a contact runs its cadence: the first of the reasons that holds."""
    account, contact = run.account, run.contact
    if run.answer is not None or run.sent is not None:
        return CadenceSource.COMPLAINT if run.answer else CadenceSource.CHECK_BACK
    if contact.cadence:
        return CadenceSource.CONTACT
    if not run.is_main:
        return CadenceSource.OTHERS
    if account.cadence:
        return CadenceSource.ACCOUNT
    relationship = "grievance" if account.has_grievance else account.relationship.value
    if territory.relationships.get(relationship):
        return CadenceSource.RELATIONSHIP
    return CadenceSource.NEW if is_new(territory, contact) else CadenceSource.TIER


class _Found:
    """What a plan holds for one account, by what is owed."""

    def __init__(self, plan: Plan, account: Account) -> None:
        self._territory = territory_now(plan.territory, plan.touches)
        self._account = self._territory.account(account.account_id)
        self._owed: Demand = demand(self._territory)
        self._reasoning = Reasoning(self._territory, plan.touches, demand=self._owed)
        self._remedies = Remedies(plan)
        self._rows = self._by_owed_id(plan)
        dues = self._remedies.facts.dues
        self._left_out: Mapping[str, LeftOut] = {
            first_attempt(one.touch_id, dues): one for one in plan.left_out
        }

    def _by_owed_id(self, plan: Plan) -> dict[str, list[Touch]]:
        found: dict[str, list[Touch]] = {}
        dues = self._remedies.facts.dues
        for touch in sorted(plan.touches, key=lambda touch: (touch.date, touch.touch_id)):
            if touch.account_id == self._account.account_id:
                found.setdefault(first_attempt(touch.touch_id, dues), []).append(touch)
        return found

    def promises(self) -> Iterator[Explained]:
        """What is promised to the account, promise by promise."""
        for owed in self._owed.by_account.get(self._account.account_id, ()):
            if owed.promise:
                yield from self._explained(owed)

    def runs(self) -> Iterator[ExplainedRun]:
        """The cadences of its contacts; none of an account that is not worked."""
        if not self._account.is_active:
            return
        account = self._account
        promises = [p for p in self._territory.promises if p.account_id == account.account_id]
        for run in cadences_of(self._territory, account, promises):
            touches = (one for owed in self._steps_of(run) for one in self._explained(owed))
            source = cadence_source(self._territory, run)
            yield ExplainedRun(run.contact, run.cadence, source, run.is_main, tuple(touches))

    def _steps_of(self, run: Run) -> list[Owed]:
        owed = self._owed.by_account.get(self._account.account_id, ())
        return [one for one in owed if one.run == run]

    def _explained(self, owed: Owed) -> Iterator[Explained]:
        person, rows = owed.person.name, self._rows.get(owed.touch_id, ())
        for touch in rows:
            yield Stands(touch, self._reasoning.why(touch), person=person)
        left_out = self._left_out.get(owed.touch_id)
        if left_out:
            yield Missing(
                left_out,
                self._remedies.cause(left_out),
                person=person,
                freed=self._remedies.freed(left_out),
                hindrance=self._remedies.hindrance(left_out),
            )
        elif not rows:
            yield Unknown(owed.touch_id, owed.step.name, person=person)
