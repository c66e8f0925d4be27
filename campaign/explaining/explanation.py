"""Explains one account of a plan: its score, its cadences, each touch and what is left out.

As facts; `str` makes the page.
"""

import textwrap
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from attrs import asdict, field, frozen

from campaign.consequences import territory_now
from campaign.demand import Owed, demand
from campaign.explaining.days import Reasoning
from campaign.explaining.remedies import Missing, Remedies
from campaign.explaining.words import date_in_words
from campaign.model.accounts import Account, Contact, Delivered
from campaign.model.cadences import Cadence
from campaign.model.priorities import Score, ScoreWeights, Tier, tells_something
from campaign.model.runs import Run, cadences_of, is_new
from campaign.model.territory import Territory
from campaign.model.values import grouped
from campaign.phrases import counted, preformatted
from campaign.rules.dues import first_attempt
from campaign.touches import Plan, Status, Touch

WIDTH = 80
_PARTS: tuple[tuple[str, str], ...] = (
    ("value", "value, by rank among the accounts"),
    ("potential", "potential, by rank among the accounts"),
    ("relationship", "relationship"),
    ("last_contact", "time since the last contact"),
)
_BELOW = "      "


class TierSource(StrEnum):
    """Where the tier of an account comes from."""

    GIVEN = "given in the list"
    COMPUTED = "computed from the score"
    LOWEST = "the lowest, as there is nothing to compute one from"


class CadenceSource(StrEnum):
    """Why a contact runs its cadence."""

    CONTACT = "named at the contact"
    ACCOUNT = "named at the account"
    RELATIONSHIP = "for the relationship"
    NEW = "for a new decision maker"
    TIER = "for the tier"
    OTHERS = "for further contacts of the tier"
    COMPLAINT = "to make a complaint good"
    CHECK_BACK = "to ask whether a promise arrived"


@frozen
class Stands:
    """One row of the plan, and why it stands on its day."""

    touch: Touch
    why: str

    def record(self, _territory: Territory) -> dict[str, Any]:
        """The same for a program."""
        return {
            "touch_id": self.touch.touch_id,
            "status": self.touch.status.value,
            "date": self.touch.date.isoformat(),
            "channel": self.touch.channel,
            "outcome": self.touch.outcome,
            "why": self.why,
        }

    def told(self, territory: Territory) -> Iterator[str]:
        """The row and what became of it; then why it stands there, and the rep's note."""
        touch, became = self.touch, ""
        if touch.status is not Status.PLANNED:
            outcome = f": {touch.outcome.replace('_', ' ')}" if touch.outcome else ""
            became = f" [{touch.status.value}{outcome}]"
        optional = "" if touch.required else " (optional)"
        what = f"{touch.step}, {touch.channel}, {touch.purpose}{optional}{became}"
        yield f"{date_in_words(territory, touch.date)}: {what}"
        if touch.status is Status.PLANNED:
            yield self.why
        if touch.note:
            yield f"note: {touch.note}"


@frozen
class Unknown:
    """One touch that is owed and stands nowhere: since the plan something came or was logged."""

    touch_id: str
    step: str

    def record(self, _territory: Territory) -> dict[str, Any]:
        """The same for a program."""
        return {"touch_id": self.touch_id, "status": "unknown"}

    def told(self, _territory: Territory) -> Iterator[str]:
        """That it stands nowhere yet."""
        yield f"Nowhere yet: {self.step}; plan again, or plan on with campaign replan"


Explained = Stands | Missing | Unknown


@frozen
class ExplainedRun:
    """One contact on one cadence, and what became of each of its steps, in their order."""

    contact: Contact
    cadence: Cadence
    source: CadenceSource
    is_main: bool
    touches: tuple[Explained, ...]


@frozen
class Explanation:
    """Why an account is treated as it is.

    `rank` is the account's place by its score among all accounts of the list, from 1; `of`
    their number. `promises` are the touches that keep them, `delivered` those of the
    delivery team.
    """

    territory: Territory = field(repr=False)
    account: Account
    tier: Tier = field(kw_only=True)
    tier_source: TierSource = field(kw_only=True)
    score: Score = field(kw_only=True)
    weights: ScoreWeights = field(kw_only=True)
    rank: int = field(kw_only=True)
    of: int = field(kw_only=True)
    runs: tuple[ExplainedRun, ...] = field(default=(), kw_only=True)
    promises: tuple[Explained, ...] = field(default=(), kw_only=True)
    delivered: tuple[Delivered, ...] = field(default=(), kw_only=True)

    @property
    def touches(self) -> tuple[Explained, ...]:
        """Everything that is owed to the account: promises first, then steps."""
        return (*self.promises, *(touch for run in self.runs for touch in run.touches))

    def record(self) -> dict[str, Any]:
        """The same for a program: texts, numbers, lists and mappings."""
        return {
            "account_id": self.account.account_id,
            "account": self.account.name,
            "tier": self.tier.name,
            "tier_source": self.tier_source.name.lower(),
            "weight": self.tier.weight,
            "score": {**asdict(self.score), "total": self.score.total},
            "score_weights": asdict(self.weights),
            "rank": self.rank,
            "of": self.of,
            "promises": [one.record(self.territory) for one in self.promises],
            "runs": [
                {
                    "contact_id": run.contact.contact_id,
                    "contact": run.contact.name,
                    "cadence": run.cadence.name,
                    "source": run.source.name.lower(),
                    "touches": [one.record(self.territory) for one in run.touches],
                }
                for run in self.runs
            ],
            "delivered": [{**asdict(one), "date": one.date.isoformat()} for one in self.delivered],
        }

    def __str__(self) -> str:
        """A page of 80 columns."""
        return "\n".join((*self._head(), *self._parts()))

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted(str(self))

    def _head(self) -> Iterator[str]:
        """The account, its tier and its score."""
        account, tier, score = self.account, self.tier, self.score
        yield from _filled(account.name)
        yield "-" * WIDTH
        floor = "and each month owes it one" if tier.floor else "and no month owes it any"
        yield from _filled(
            f"Tier {tier.name}, {self.tier_source.value}. Its touches weigh {tier.weight}, {floor}."
        )
        place = f"number {self.rank} of {counted(self.of, 'account')}"
        yield f"Score {score.total:.0f}, {place}:"
        for name, words in _PARTS:
            yield f"  {getattr(score, name):3.0f} of {getattr(self.weights, name):3.0f}  {words}"
        if not account.is_active:
            yield from _filled(f'Its status is "{account.status}": it is not touched.')

    def _parts(self) -> Iterator[str]:
        """The promises, the runs, and what the delivery team did."""
        if self.promises:
            yield from ("", "Promises", *self._lines(self.promises))
        for run in self.runs:
            own = run.contact.contact_id == self.account.account_id
            who = "The account itself" if own else run.contact.name
            role = f" ({run.contact.role.replace('_', ' ')})" if run.contact.role else ""
            steps = counted(len(run.cadence.steps), "step")
            words = f"{who}{role} runs {run.cadence.name}, {run.source.value}: {steps}"
            yield from ("", *_filled(words, "", "  "), *self._lines(run.touches))
        if self.delivered:
            yield from ("", "The delivery team")
        for touch in self.delivered:
            words = ", ".join(filter(None, (touch.channel, touch.who, touch.note)))
            when = date_in_words(self.territory, touch.date)
            yield from _filled(f"{when}: {words}".rstrip(" :"), "  ", _BELOW)

    def _lines(self, touches: Iterable[Explained]) -> Iterator[str]:
        for one in touches:
            for number, text in enumerate(one.told(self.territory)):
                yield from _filled(text, _BELOW if number else "  ", _BELOW)


def _filled(text: str, lead: str = "", indent: str = "") -> list[str]:
    plain = " ".join(text.split())
    return textwrap.wrap(
        plain, WIDTH, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False
    )


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
    dues = remedies.facts.dues
    by_day = sorted(plan.touches, key=lambda touch: (touch.date, touch.touch_id))
    rows = grouped(by_day, lambda touch: first_attempt(touch.touch_id, dues))
    left_out = {first_attempt(one.touch_id, dues): one for one in plan.left_out}

    def _told(one: Owed) -> Iterator[Explained]:
        for touch in rows.get(one.touch_id, ()):
            yield Stands(touch, reasoning.why(touch))
        if left := left_out.get(one.touch_id):
            yield remedies.missing(left)
        elif one.touch_id not in rows:
            yield Unknown(one.touch_id, one.step.name)

    return {one.touch_id: tuple(_told(one)) for one in owed}


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
