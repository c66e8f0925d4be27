"""Who is touched in which month: by tier in figures, by account with every touch."""

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from campaign.consequences import territory_now
from campaign.model.accounts import Account
from campaign.outputs.summary import Count, months_touched
from campaign.outputs.whom import names_apart
from campaign.rules.levels import reaches
from campaign.touches import Plan

COLOURS = 8


@frozen
class Key:
    """How a channel is shown: its short sign, and the number of its colour."""

    name: str
    sign: str
    colour: int


def keys_of(plan: Plan) -> Mapping[str, Key]:
    """A key for each channel that a plan names, in the order of the territory."""
    named = {touch.channel for touch in plan.touches if not touch.is_heard}
    named |= {left.channel for left in plan.left_out}
    known = list(plan.territory.channels)
    places = {name: at for at, name in enumerate([*known, *sorted(named - {*known})])}
    found: dict[str, Key] = {}
    for name, place in places.items():
        if name in named:
            found[name] = Key(name, _sign(name, found.values()), place % COLOURS)
    return found


def _sign(name: str, others: Iterable[Key]) -> str:
    """The shortest beginning of a name that no other channel has."""
    taken = {key.sign for key in others}
    beginnings = (name[:length].capitalize() for length in range(1, len(name) + 1))
    return next((sign for sign in beginnings if sign not in taken), name)


@frozen
class AccountMonths:
    """An account and the channels of its touches, month by month.

    `name` tells it apart from others of its name.
    `team` are the months, from 1, in which the delivery team touched it; a month that is
    empty and not among them is missed, unless the account `wants_none`.
    """

    account: Account
    name: str
    months: tuple[tuple[Key, ...], ...]
    misses: bool = field(default=False, kw_only=True)
    team: frozenset[int] = field(default=frozenset(), kw_only=True)
    wants_none: bool = field(default=False, kw_only=True)

    def without_touch(self, month: int) -> str:
        """What is said of a month, from 1, in which the rep does not touch the account."""
        if month in self.team:
            return "team"
        return "no contact" if self.wants_none else ""


@frozen
class TierCoverage:
    """A tier: how many of its accounts are touched in each month, and in every one."""

    name: str
    has_floor: bool
    by_month: tuple[Count, ...]
    every_month: Count
    rows: tuple[AccountMonths, ...]


@frozen
class Coverage:
    """The tiers that have accounts, and how many accounts are not worked."""

    months: int
    tiers: tuple[TierCoverage, ...]
    not_worked: int

    @property
    def has_team(self) -> bool:
        """Whether the delivery team touched any of the accounts."""
        return any(row.team for tier in self.tiers for row in tier.rows)


def coverage(plan: Plan, keys: Mapping[str, Key]) -> Coverage:
    """The coverage of all accounts that are worked."""
    territory = territory_now(plan.territory, plan.touches)
    names = names_apart(territory)
    rows = [
        _row(plan, account, names[account.account_id], keys)
        for account in territory.active_accounts
    ]
    tiers = []
    for tier in territory.tiers:
        own = [row for row in rows if row.account.tier == tier.name]
        if own:
            tiers.append(_tier(plan, tier.name, own, has_floor=tier.floor))
    return Coverage(
        territory.calendar.months,
        tuple(tiers),
        len(territory.accounts) - len(territory.active_accounts),
    )


def _tier(plan: Plan, name: str, rows: Iterable[AccountMonths], *, has_floor: bool) -> TierCoverage:
    touched = months_touched(plan)
    months = range(1, plan.territory.calendar.months + 1)
    found = [(row, touched.get(row.account.account_id, frozenset())) for row in rows]
    return TierCoverage(
        name,
        has_floor,
        tuple(Count(sum(month in own for _, own in found), len(found)) for month in months),
        Count(sum(own.issuperset(months) for _, own in found), len(found)),
        # who misses a month comes first, because somebody has to look at it
        tuple(sorted((row for row, _ in found), key=lambda row: not row.misses)),
    )


def _row(plan: Plan, account: Account, name: str, keys: Mapping[str, Key]) -> AccountMonths:
    calendar = plan.territory.calendar
    months: list[list[Key]] = [[] for _ in range(calendar.months)]
    touches = plan.by_account.get(account.account_id, ())
    for touch in sorted(touches, key=lambda touch: touch.done_on or touch.date):
        month = calendar.month(touch.done_on or touch.date)
        if reaches(plan.territory, touch) and 1 <= month <= calendar.months:
            months[month - 1].append(keys[touch.channel])
    team = plan.territory.delivered_months.get(account.account_id, frozenset())
    wants_none = account.do_not_contact
    row = AccountMonths(account, name, tuple(map(tuple, months)), team=team, wants_none=wants_none)
    missed = any(not own and not row.without_touch(n) for n, own in enumerate(months, start=1))
    return evolve(row, misses=missed)
