"""Who is touched in which month: by tier in figures, by account with every touch."""

from collections.abc import Mapping

from attrs import field, frozen

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
    found, taken = dict[str, Key](), set[str]()
    for name, place in places.items():
        if name in named:
            # The shortest beginning of a name that no other channel has.
            beginnings = (name[:length].capitalize() for length in range(1, len(name) + 1))
            sign = next((one for one in beginnings if one not in taken), name)
            taken.add(sign)
            found[name] = Key(name, sign, place % COLOURS)
    return found


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
    team: frozenset[int] = field(default=frozenset(), kw_only=True)
    wants_none: bool = field(default=False, kw_only=True)

    @property
    def misses(self) -> bool:
        """Whether a month is empty in which somebody was to be touched."""
        months = enumerate(self.months, start=1)
        return any(not own and not self.without_touch(number) for number, own in months)

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
    names, touched = names_apart(territory), months_touched(plan)
    worked = [(one, touched.get(one.account_id, frozenset())) for one in territory.active_accounts]
    months, tiers = range(1, territory.calendar.months + 1), list[TierCoverage]()
    for tier in territory.tiers:
        found = [each for account, each in worked if account.tier == tier.name]
        own = [account for account, _ in worked if account.tier == tier.name]
        rows = [_row(plan, account, names[account.account_id], keys) for account in own]
        by_month = (Count(sum(month in each for each in found), len(own)) for month in months)
        every = Count(sum(each.issuperset(months) for each in found), len(own))
        # who misses a month comes first, because somebody has to look at it
        rows.sort(key=lambda row: not row.misses)
        if own:
            tiers.append(TierCoverage(tier.name, tier.floor, tuple(by_month), every, tuple(rows)))
    not_worked = len(territory.accounts) - len(territory.active_accounts)
    return Coverage(territory.calendar.months, tuple(tiers), not_worked)


def _row(plan: Plan, account: Account, name: str, keys: Mapping[str, Key]) -> AccountMonths:
    territory, calendar = plan.territory, plan.territory.calendar
    months: list[list[Key]] = [[] for _ in range(calendar.months)]
    touches = plan.by_account.get(account.account_id, ())
    for touch in sorted(touches, key=lambda touch: touch.day):
        month = calendar.month(touch.day)
        if reaches(territory, touch) and 1 <= month <= calendar.months:
            months[month - 1].append(keys[touch.channel])
    team = territory.delivered_months.get(account.account_id, frozenset())
    by_month = tuple(map(tuple, months))
    return AccountMonths(account, name, by_month, team=team, wants_none=account.do_not_contact)
