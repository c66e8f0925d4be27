"""What a plan costs, or what is owed would: by channel and by kilometre, and what would save."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from campaign.demand import Owed, demand
from campaign.errors import Finding, Severity
from campaign.geography.travel import usual_drives
from campaign.model.accounts import Account
from campaign.model.channels import Budget
from campaign.model.territory import Territory
from campaign.touches import Plan, Touch

KILOMETRE = "kilometre"


@frozen
class _Item:
    """One touch that costs: by which channel, how far it is driven for, and how else it could go.

    `other` is the cheapest of the channels that its step allows, with the saving.
    """

    channel: str
    kilometres: float
    required: bool
    is_new: bool
    saving: float


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
            f"{amount:,.2f} for {_number(name, number)}"
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


def _number(name: str, number: float) -> str:
    if name == KILOMETRE:
        return f"{number:,.0f} km"
    return f"{number:,.0f} by {name}"


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
    return _cost(budget, (_of_row(plan.territory, row, owed) for row in rows))


def expected_cost(territory: Territory) -> Cost | None:
    """What all that is owed would cost, each by its first allowed channel, drives as usual."""
    budget = territory.policy.budget
    if not budget:
        return None
    accounts = territory.active_accounts
    places = tuple(account.place for account in accounts)
    drives = usual_drives(territory.travel, territory.rep.places, places)
    usual = {one.account_id: minutes for one, minutes in zip(accounts, drives, strict=True)}
    return _cost(budget, (_of_owed(territory, one, usual) for one in demand(territory).owed))


def _of_row(territory: Territory, row: Touch, owed: Mapping[str, Owed]) -> _Item:
    per_stop = territory.travel.minutes_per_stop
    extra = _account(territory, row.account_id, lambda one: one.extra_minutes)
    minutes = 0
    if row.travel_minutes:
        minutes = max(0, row.travel_minutes - per_stop - extra)
        minutes += max(0, row.home_minutes - extra) if row.home_minutes else 0
    follows = not row.minutes and bool(row.stop)  # the visit is already counted
    one = owed.get(row.touch_id.partition("#")[0])
    names = one.channels if one and row.status.value == "planned" else ()
    is_open = row.status.value == "planned"
    return _item(territory, row.channel, minutes, (row.required or not is_open, names, follows))


def _account(territory: Territory, account_id: str, ask: Callable[[Account], int]) -> int:
    try:
        return ask(territory.account(account_id))
    except KeyError:
        return 0


def _of_owed(territory: Territory, owed: Owed, usual: Mapping[str, int]) -> _Item:
    used = owed.wanted_channels[0]
    account, travel = owed.account, territory.travel
    minutes = 0
    if territory.channels[used].travels:
        minutes = max(0, usual[account.account_id] - travel.minutes_per_stop)
    return _item(territory, used, minutes, (owed.step.required, owed.channels, False))


def _item(
    territory: Territory, used: str, minutes: int, how: tuple[bool, tuple[str, ...], bool]
) -> _Item:
    budget, (required, names, follows) = territory.policy.budget, how
    kilometres = minutes / 60 * territory.travel.speed_kmh
    now = budget.channels.get(used, 0.0) + kilometres * budget.kilometre
    others = (
        budget.channels.get(name, 0.0) for name in names if not territory.channels[name].travels
    )
    saving = 0.0 if follows else max(0.0, now - min(others, default=now))
    return _Item(used, kilometres, required, not follows, saving)


def _cost(budget: Budget, items: Iterable[_Item]) -> Cost:
    counts, kilometres = Counter[str](), 0.0
    optional, cheaper = list[float](), list[float]()
    for item in items:
        counts[item.channel] += item.is_new
        kilometres += item.kilometres
        cost = budget.channels.get(item.channel, 0.0) * item.is_new
        cost += item.kilometres * budget.kilometre
        if not item.required:
            optional.append(cost)
        if item.saving:
            cheaper.append(item.saving)
    parts = {
        name: (float(count), count * budget.channels.get(name, 0.0))
        for name, count in sorted(counts.items())
        if name in budget.channels
    }
    if budget.kilometre:
        parts[KILOMETRE] = kilometres, kilometres * budget.kilometre
    return Cost(parts, budget.most, tuple(_savings(optional, cheaper)))


def _savings(optional: list[float], cheaper: list[float]) -> Iterator[tuple[str, float]]:
    """What would save anything, the most first."""
    found = [
        (f"to make {len(cheaper)} touches by a cheaper channel of their step", sum(cheaper)),
        (f"to leave out {len(optional)} optional touches", sum(optional)),
    ]
    yield from sorted((one for one in found if one[1] > 0), key=lambda one: -one[1])
