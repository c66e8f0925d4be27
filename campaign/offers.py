"""What free hours could be used for, and what would help where hours are too few.

Each offer is planned before it is made: what it says is what that plan comes to.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from statistics import median
from typing import Any

from attrs import evolve, frozen

from campaign.answer import Campaign
from campaign.demand import demand
from campaign.faraway import SOON_TRIED, Help, helps, planned_no_worse
from campaign.feasibility.books import Books
from campaign.model.accounts import Account
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.touches import Effort, ReasonCode

AN_HOUR = 60
WORTH_AN_OFFER = 2
"""Free hours a week from which on something is offered for them."""

_TRIES = 3
_MOST_NAMES = 8
_FULL_WEEK = 0.95
_RECKONED = 10
_ALIKE = 1.02
_LEAST_MORE = 15
_FOR_WANT_OF_HOURS = frozenset(
    {
        ReasonCode.CAPACITY,
        ReasonCode.NO_TIME_OF_DAY,
        ReasonCode.AFTER_THE_END,
        ReasonCode.BEFORE_THE_NEXT,
    }
)
"""Reasons for which a touch is left out that more hours could take away."""


@frozen
class Offer:
    """A change of a territory that was planned, and how many of the missing touches it leaves.

    With `tier` the `accounts` are worked as that tier; without, they are left for later. Of
    no accounts it is so many `hours` a week more.
    """

    accounts: tuple[Account, ...] = ()
    tier: str = ""
    hours: int = 0
    missing: int = 0

    def words(self, before: int) -> str:
        """What was tried and what came of it, where so many touches were missing before."""
        if self.tier:
            number, was = len(self.accounts), self.accounts[0].tier
            which = "this" if number == 1 else f"these {number}"
            noun = "account" if number == 1 else "accounts"
            names = _names(self.accounts)
            return f"{which} {was} {noun} could be worked as {self.tier} (column tier): {names}"
        found = "everything fits" if not self.missing else f"{before - self.missing} of them fit"
        if self.hours:
            return f"with {self.hours} h more a week {found}"
        number = len(self.accounts)
        noun = "account" if number == 1 else "accounts"
        return (
            f"with {number} {self.accounts[0].tier} {noun} left for a later campaign {found}: "
            f"{_names(self.accounts)}"
        )


@frozen
class Offers:
    """How many minutes of a usual week are free, what is missing for want of hours, and offers.

    `far` is what would help with accounts that are far away.
    """

    free_minutes: int
    missing: int
    tried: tuple[Offer, ...] = ()
    far: tuple[Help, ...] = ()

    @property
    def fact(self) -> str:
        """What is free or missing, in a few words."""
        free = self.free_minutes // AN_HOUR
        if self.missing:
            touches = "touch does" if self.missing == 1 else "touches do"
            return f"{self.missing} required {touches} not fit your hours"
        if free < WORTH_AN_OFFER:
            return "your hours are well used, and everything required fits"
        return f"{free} h a week are free"

    @property
    def is_called_for(self) -> bool:
        """Whether there is anything to offer for."""
        return bool(self.missing) or self.free_minutes >= WORTH_AN_OFFER * AN_HOUR

    def __str__(self) -> str:
        """The fact in one line, then each offer in one."""
        lines = [f"{self.fact[0].upper()}{self.fact[1:]}."]
        lines += [f"  Tried: {offer.words(self.missing)}." for offer in self.tried]
        lines += [f"  Tried: {each}." for each in self.far]
        if not self.tried and not self.far and self.is_called_for:
            lines.append("  Nothing that was tried would be better.")
        return "\n".join(lines)

    def record(self) -> dict[str, Any]:
        """The same for a program."""
        tried = [
            {
                "accounts": [account.account_id for account in offer.accounts],
                "tier": offer.tier,
                "hours": offer.hours,
                "missing": offer.missing,
                "sentence": offer.words(self.missing),
            }
            for offer in self.tried
        ]
        far = [each.record() for each in self.far]
        known = {"free_minutes": self.free_minutes, "missing": self.missing}
        return {**known, "tried": tried, "far": far}


def offers(territory: Territory, *, effort: Effort | int = "quick") -> Offers:
    """What a territory's free hours could be used for, or what would help where they are few.

    Free are the minutes of a usual week, the median of those that give nearly all they can.
    Then the accounts of the lowest tier that score highest are tried in the next tier, fewer
    of them until as much is placed, and as early, as before. Where required touches are
    missing for want of hours, more hours a week and fewer accounts of the lowest tier are
    tried, more until nothing is missing. Where much is driven to far accounts, nights away,
    longer days and another base are tried.
    """
    base = plan(territory, effort=effort)
    found = evolve(called_for(base), far=helps(base, effort=effort))
    if found.missing:
        minutes = _minutes_missing(base)
        tried = (*_more_hours(base, minutes, effort), *_fewer_accounts(base, minutes, effort))
        better = tuple(one for one in tried if one.missing < found.missing)
        return evolve(found, tried=better)
    if not found.is_called_for:
        return found
    return evolve(found, tried=tuple(_higher_tier(base, found.free_minutes, effort)))


def soon_tried(campaign: Campaign) -> tuple[str, ...]:
    """What is tried with each plan of a short list, a sentence each: more hours, and far accounts.

    More hours a week are tried where required touches are missing for want of them, `helps` where
    much is driven. Of a list of more than `SOON_TRIED` accounts nothing is.
    """
    if len(campaign.territory.active_accounts) > SOON_TRIED or campaign.stopped:
        return ()
    missing = _missing(campaign)
    more = _more_hours(campaign, _minutes_missing(campaign), "quick") if missing else ()
    better = (one.words(missing) for one in more if one.missing < missing)
    return (*better, *map(str, helps(campaign)))


def called_for(campaign: Campaign) -> Offers:
    """What is free or missing in a plan, with nothing tried yet."""
    return Offers(_free_minutes(campaign), _missing(campaign))


def _missing(campaign: Campaign) -> int:
    """The required touches that are left out for want of hours."""
    return sum(
        left.required and left.reason_code in _FOR_WANT_OF_HOURS for left in campaign.left_out
    )


def _minutes_missing(campaign: Campaign) -> int:
    """What the missing touches take if each is like the others."""
    return _missing(campaign) * campaign.summary().minutes // max(1, len(campaign.touches))


def _free_minutes(campaign: Campaign) -> int:
    """The minutes that nothing stands in, of a usual week."""
    room = Books(campaign.territory, ()).capacities
    used = campaign.minutes_by_week()
    usual = [
        minutes - used.get(week, 0)
        for week, minutes in enumerate(room)
        if minutes and minutes >= _FULL_WEEK * max(room)
    ]
    return max(0, int(median(usual))) if usual else 0


def _of_lowest_tier(territory: Territory) -> tuple[Sequence[Account], str]:
    """The accounts of the lowest tier in use, the highest score first, and the tier above."""
    used = {account.tier for account in territory.active_accounts}
    names = [tier.name for tier in territory.tiers]
    lowest = max(used, key=names.index, default="")
    if not lowest or names.index(lowest) == 0:
        return (), ""
    scores = territory.scores
    own = [one for one in territory.active_accounts if one.tier == lowest and not one.cadence]
    own.sort(key=lambda one: (-scores[one.account_id].total, one.account_id))
    return own, names[names.index(lowest) - 1]


def _higher_tier(base: Campaign, free: int, effort: Effort | int) -> Iterator[Offer]:
    """As many accounts as can be worked in the tier above without harm to what is planned."""
    territory = base.territory
    own, above = _of_lowest_tier(territory)
    if not own:
        return
    weeks = len(Books(territory, ()).capacities)
    number = min(len(own), max(1, free * weeks // _minutes_more(territory, own, above)))
    for _ in range(_TRIES):
        chosen = tuple(own[:number])
        tiers = {account.account_id: above for account in chosen}
        trial = planned_no_worse(base, territory.with_tiers(tiers), effort)
        if trial and not _missing(trial) and _comes_no_later(trial, base, tiers):
            yield Offer(chosen, above)
            return
        number = number // 2
        if not number:
            return


def _minutes_more(territory: Territory, own: Sequence[Account], above: str) -> int:
    """What the tier above takes more of than theirs, an account, drives reckoned."""
    some = own[:_RECKONED]
    higher = territory.with_tiers({account.account_id: above for account in some})
    more = (
        Books(higher, demand(higher).owed).needed - Books(territory, demand(territory).owed).needed
    )
    return max(_LEAST_MORE, more // len(some))


def _comes_no_later(trial: Campaign, base: Campaign, raised: Collection[str]) -> bool:
    """Whether accounts that are not raised come no later than before.

    Their days late may rise by a fiftieth, since no two plans are alike to the day.
    """
    late, was_late = (
        sum(touch.late for touch in one.touches if touch.account_id not in raised)
        for one in (trial, base)
    )
    return late <= was_late * _ALIKE


def _more_hours(base: Campaign, minutes: int, effort: Effort | int) -> Iterator[Offer]:
    territory = base.territory
    weeks = len(Books(territory, ()).capacities)
    hours = max(1, -(-minutes // (weeks * AN_HOUR)))

    def with_more(times: int) -> tuple[Territory, Offer]:
        more = hours * times
        week = territory.capacity.minutes_per_week + more * AN_HOUR
        capacity = evolve(territory.capacity, minutes_per_week=week)
        return evolve(territory, capacity=capacity), Offer(hours=more)

    yield from _until_all_fits(base, with_more, effort, _TRIES)


def _fewer_accounts(base: Campaign, minutes: int, effort: Effort | int) -> Iterator[Offer]:
    territory = base.territory
    own, _above = _of_lowest_tier(territory)
    owed = {promise.account_id for promise in territory.promises if promise.is_open}
    spare = [one for one in own if not one.has_grievance and one.account_id not in owed][::-1]
    mean = base.summary().minutes // max(1, len(territory.active_accounts))
    number = max(1, minutes // max(1, mean))

    def with_fewer(times: int) -> tuple[Territory, Offer]:
        later = tuple(spare[: number * times])
        gone = {one.account_id for one in later}
        accounts = [
            evolve(one, status="later") if one.account_id in gone else one
            for one in territory.accounts
        ]
        return evolve(territory, accounts=accounts), Offer(later)

    tries = sum(number * 2**each < 2 * len(spare) for each in range(_TRIES))
    yield from _until_all_fits(base, with_fewer, effort, tries)


def _until_all_fits(
    base: Campaign,
    change: Callable[[int], tuple[Territory, Offer]],
    effort: Effort | int,
    tries: int,
) -> Iterator[Offer]:
    """The first change with which nothing is missing, each twice the one before; else the last."""
    found = None
    for each in range(tries):
        territory, offer = change(2**each)
        found = evolve(offer, missing=_missing(plan(territory, effort=effort, hint=base)))
        if not found.missing:
            break
    if found:
        yield found


def _names(accounts: Sequence[Account]) -> str:
    shown = [account.name for account in accounts[:_MOST_NAMES]]
    more = len(accounts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
