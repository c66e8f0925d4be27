"""Tiers, given or computed from a score whose parts are visible."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from attrs import field, frozen

from campaign.model.accounts import Account, Relationship
from campaign.model.given import Between, converting, whole
from campaign.model.values import not_empty, with_known

# How much an account wants looking after, by how things stand with it: our proposal.
_NEED = {
    Relationship.GRIEVANCE: 1.0,
    Relationship.NEGLECTED: 0.8,
    Relationship.UNKNOWN: 0.5,
    Relationship.NEUTRAL: 0.5,
    Relationship.GOOD: 0.4,
    Relationship.PROSPECT: 0.3,
}
_LONG_AGO_DAYS = 365


@frozen(field_transformer=converting, kw_only=True)
class Tier:
    """A priority class of accounts.

    `weight` says how much an account of it counts; `cadence` is what its main contact
    runs, `others` what further contacts run (empty: nothing), `steady` the rhythm that its
    accounts get once the campaign is over (empty: none); `floor` whether each of its
    accounts is owed a touch in every month; `share` the part of all accounts, 0 to 1, that
    gets the tier where tiers are computed (the lowest tier takes what is left).
    """

    name: str = field(validator=not_empty, kw_only=False)
    weight: int = field(default=1, validator=whole("weight points", 3, 1, 1000))
    cadence: str = "standard"
    others: str = "keep-warm"
    steady: str = "quarterly"
    floor: bool = True
    share: float = field(default=0.0, validator=Between(0, 1, like=0.2))


_POINTS = Between(0, 1000, like=20)


@frozen(field_transformer=converting, kw_only=True)
class ScoreWeights:
    """What an account's score is made of; each part runs from 0 to 1."""

    value: float = field(default=40, validator=_POINTS)
    potential: float = field(default=30, validator=_POINTS)
    relationship: float = field(default=20, validator=_POINTS)
    last_contact: float = field(default=10, validator=_POINTS)


@frozen
class Score:
    """The score of one account, by part, each already multiplied with its weight."""

    value: float
    potential: float
    relationship: float
    last_contact: float

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return self.value + self.potential + self.relationship + self.last_contact

    def __str__(self) -> str:
        """The parts and their sum, as a rep reads them."""
        return (
            f"{self.total:.0f} = value {self.value:.0f} + potential {self.potential:.0f} + "
            f"relationship {self.relationship:.0f} + last contact {self.last_contact:.0f}"
        )


def scores(
    accounts: Sequence[Account], *, weights: ScoreWeights, start: dt.date
) -> dict[str, Score]:
    """The score of every account by its id.

    Money counts by rank among the accounts that have a figure (an account without one
    gets nothing for it); the last contact counts the more the longer it lies back, and in
    full after a year or where there was none.
    """

    def _neglect(last: dt.date | None) -> float:
        return min(1.0, max(0, (start - last).days) / _LONG_AGO_DAYS) if last else 1.0

    # Ranks, not amounts: one account a hundred times as large as the next would leave all
    # others without a score.
    values = _ranks([account.value for account in accounts])
    potentials = _ranks([account.potential for account in accounts])
    return {
        account.account_id: Score(
            weights.value * value,
            weights.potential * potential,
            weights.relationship * _NEED[account.relationship],
            weights.last_contact * _neglect(account.last_contact),
        )
        for account, value, potential in zip(accounts, values, potentials, strict=True)
    }


def with_tiers(
    accounts: Sequence[Account], *, tiers: Sequence[Tier], weights: ScoreWeights, start: dt.date
) -> tuple[Account, ...]:
    """The accounts, each with a tier: its own, else computed, else the lowest.

    `tiers` run from the highest to the lowest. Tiers are computed where at least one active
    account without a tier has a value, a potential, a relationship or a last contact. Their
    shares are of the active accounts; the lowest goes to those that are not.
    """
    names: dict[str, str] = {}
    if tells_something(accounts):
        score = scores(accounts, weights=weights, start=start)
        open_ones = without_tier(accounts)
        ranked = sorted(open_ones, key=lambda account: -score[account.account_id].total)
        ceiling = 0.0
        for tier in tiers[:-1]:
            ceiling += tier.share * len(ranked)
            for account in ranked[len(names) : round(ceiling)]:
                names[account.account_id] = tier.name
    lowest = tiers[-1].name
    return tuple(
        one if one.tier else with_known(one, tier=names.get(one.account_id, lowest))
        for one in accounts
    )


def tells_something(accounts: Sequence[Account]) -> bool:
    """Whether any account that needs a tier holds what one can be computed from."""
    return any(
        one.value
        or one.potential
        or one.last_contact
        or one.relationship is not Relationship.UNKNOWN
        for one in without_tier(accounts)
    )


def without_tier(accounts: Sequence[Account]) -> list[Account]:
    """The active accounts that have no tier of their own."""
    return [account for account in accounts if account.is_active and not account.tier]


def _ranks(figures: Sequence[float | None]) -> list[float]:
    """Where each figure stands among the others, 0 to 1; equal figures stand together."""
    known = sorted(figure for figure in figures if figure is not None)
    return [
        0.0
        if figure is None
        else (bisect_left(known, figure) + bisect_right(known, figure)) / (2 * len(known))
        for figure in figures
    ]
