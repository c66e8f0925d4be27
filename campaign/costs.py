"""What a plan costs, or what is owed would: by channel and by kilometre, and what would save."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from attrs import frozen

from campaign.demand import Owed, demand
from campaign.errors import Finding, Severity
from campaign.geography.travel import usual_drives
from campaign.model.channels import Budget
from campaign.model.territory import Territory
from campaign.touches import Plan, Status, Touch

KILOMETRE = "kilometre"


@frozen
class _Item:
    """One touch that costs: by which channel, how far is driven for it, how else it could go.

    `others` are the channels of its step that the person allows. Whoever is met in a visit that is
    counted already is not `is_new`.
    """

    channel: str
    drive: int
    required: bool
    others: tuple[str, ...] = ()
    is_new: bool = True


@frozen
class Cost:
    """Money by what it is for, each with its number: of touches by channel, of kilometres.

    `savings` are what would save, in words with the amount; `most` is the budget.
    """

    parts: Mapping[str, tuple[float, float]]
    most: float | None
    savings: tuple[tuple[str, float], ...] = ()

    @property
    def total(self) -> float:
        """All of it."""
        return sum(amount for _, amount in self.parts.values())

    @property
    def over(self) -> float:
        """By how much it is over the budget; 0 where it is not."""
        return max(0.0, self.total - self.most) if self.most is not None else 0.0

    def __str__(self) -> str:
        """The sum and its parts in one line."""
        parts = ", ".join(
            f"{amount:,.2f} for {number:,.0f} {'km' if name == KILOMETRE else f'by {name}'}"
            for name, (number, amount) in self.parts.items()
            if amount
        )
        of = f" of {self.most:,.2f}" if self.most is not None else ""
        return f"{self.total:,.2f}{of}{f': {parts}' if parts else ''}"

    @property
    def finding(self) -> Finding | None:
        """The notice where it is over the budget, with what would save it."""
        if not self.over:
            return None
        saves = "; ".join(f"{what} saves {amount:,.2f}" for what, amount in self.savings)
        return Finding(
            "campaign.toml",
            f"it costs {self.total:,.2f}, which is {self.over:,.2f} over the budget",
            remedy=saves or "raise most, or plan fewer accounts",
            column="budget.most",
            severity=Severity.NOTICE,
        )

    def record(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "total": round(self.total, 2),
            "most": self.most,
            "parts": {
                name: {"number": round(number, 1), "amount": round(amount, 2)}
                for name, (number, amount) in self.parts.items()
            },
            "savings": [{"what": what, "amount": round(saved, 2)} for what, saved in self.savings],
        }


def cost_of(plan: Plan) -> Cost | None:
    """What the touches of a plan cost that stand; None where nothing is said of money.

    A visit costs once, whoever is met; kilometres are the minutes of the drives at
    `speed_kmh`, without those per stop and of the places.
    """
    budget = plan.territory.policy.budget
    if not budget:
        return None
    owed = demand(plan.territory).by_id
    rows = (touch for touch in plan.touches if touch.stands)
    return _cost(plan.territory, budget, (_of_row(plan.territory, row, owed) for row in rows))


def expected_cost(territory: Territory) -> Cost | None:
    """What all that is owed would cost, each by its first allowed channel, drives as usual."""
    budget = territory.policy.budget
    if not budget:
        return None
    accounts, per_stop = territory.active_accounts, territory.travel.minutes_per_stop
    places = tuple(account.place for account in accounts)
    drives = usual_drives(territory.travel, territory.rep.places, places)
    usual = {
        account.account_id: max(0, minutes - per_stop)
        for account, minutes in zip(accounts, drives, strict=True)
    }
    items = []
    for one in demand(territory).owed:
        channel = one.wanted_channels[0]
        drive = usual[one.account.account_id] if territory.channels[channel].travels else 0
        items.append(_Item(channel, drive, one.step.required, one.channels))
    return _cost(territory, budget, items)


def _of_row(territory: Territory, row: Touch, owed: Mapping[str, Owed]) -> _Item:
    """A row; what is done costs what it did, and goes by no other channel any more."""
    extra = 0
    with suppress(KeyError):
        extra = territory.account(row.account_id).extra_minutes
    drive = 0
    if row.travel_minutes:
        drive = max(0, row.travel_minutes - territory.travel.minutes_per_stop - extra)
        drive += max(0, row.home_minutes - extra)
    one, is_new = owed.get(row.touch_id.partition("#")[0]), bool(row.minutes) or not row.stop
    if row.status is not Status.PLANNED:
        return _Item(row.channel, drive, required=True, is_new=is_new)
    return _Item(row.channel, drive, row.required, one.channels if one else (), is_new)


def _cost(territory: Territory, budget: Budget, items: Iterable[_Item]) -> Cost:
    counts, kilometres = Counter[str](), 0.0
    optional, cheaper = list[float](), list[float]()
    for item in items:
        driven = item.drive / 60 * territory.travel.speed_kmh
        counts[item.channel] += item.is_new
        kilometres += driven
        drives = driven * budget.kilometre
        now = budget.channels.get(item.channel, 0.0) * item.is_new + drives
        if not item.required:
            optional.append(now)
        at_home = [name for name in item.others if not territory.channels[name].travels]
        least = min((budget.channels.get(name, 0.0) for name in at_home), default=now)
        if item.is_new and now > least:
            cheaper.append(now - least)
    parts = {
        name: (float(count), count * budget.channels[name])
        for name, count in sorted(counts.items())
        if name in budget.channels
    }
    if budget.kilometre:
        parts[KILOMETRE] = kilometres, kilometres * budget.kilometre
    # What would save anything, the most first.
    saving = (
        (f"to make {len(cheaper)} touches by a cheaper channel of their step", sum(cheaper)),
        (f"to leave out {len(optional)} optional touches", sum(optional)),
    )
    savings = sorted((one for one in saving if one[1] > 0), key=lambda one: -one[1])
    return Cost(parts, budget.most, tuple(savings))
