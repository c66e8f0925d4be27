"""What free hours could be used for, and what would help where hours are few or accounts are far.

Each offer is planned before it is made: what it says is what that plan comes to.
"""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any

from attrs import asdict, evolve, frozen

from campaign.answer import Campaign
from campaign.demand import demand
from campaign.feasibility.books import Books
from campaign.geography.places import medoid, nearest_city
from campaign.geography.travel import far_accounts
from campaign.model.accounts import Account
from campaign.model.hours import WEEKDAYS
from campaign.model.rep import Base
from campaign.model.territory import Territory
from campaign.phrases import counted, first_of, minutes_in_words
from campaign.planning import plan
from campaign.touches import Effort, LevelName, ReasonCode, Touch

AN_HOUR = 60
WORTH_AN_OFFER = 2
"""Free hours a week from which on something is offered for them."""
SOON_TRIED = 100
"""Up to so many accounts what would help is tried with each plan; of more, when asked."""

_TRIES, _MOST_NAMES = 3, 8
_FULL_WEEK = 0.95
_RECKONED = 10
_ALIKE = 1.02
_LEAST_MORE = 15
_ENOUGH_DRIVING = 600
_LEAST_SAVED = 120
_SHARE_SAVED = 0.05
_LONGER_MINUTES = 120
_FEWEST_FAR = 3
_NOT_WORSE: tuple[LevelName, ...] = ("owed", "floor", "required")
_FOR_WANT_OF_HOURS = frozenset(
    {
        ReasonCode.CAPACITY,
        ReasonCode.NO_TIME_OF_DAY,
        ReasonCode.AFTER_THE_END,
        ReasonCode.BEFORE_THE_NEXT,
    }
)
"""Reasons for which a touch is left out that more hours could take away."""
_TOO_FAR = frozenset({ReasonCode.TOO_FAR, ReasonCode.NO_TIME_ALONE})


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
        found = "everything fits" if not self.missing else f"{before - self.missing} of them fit"
        if not self.accounts:
            return f"with {self.hours} h more a week {found}"
        number, was = len(self.accounts), self.accounts[0].tier
        names = first_of([account.name for account in self.accounts], _MOST_NAMES)
        accounts = counted(number, f"{was} account")
        if not self.tier:
            return f"with {accounts} left for a later campaign {found}: {names}"
        these = f"this {was} account" if number == 1 else f"these {accounts}"
        return f"{these} could be worked as {self.tier} (column tier): {names}"


@frozen
class Help:
    """A change for far accounts that was planned: the line to write, and what came of it.

    `driving` and `before` are the minutes of driving with and without it, `visits` are how
    many more there are, `placed` how many required touches more.
    """

    what: str
    write: str
    driving: int
    before: int
    visits: int = 0
    placed: int = 0

    def __str__(self) -> str:
        """The change, its effect, and how it is done, in one line."""
        driving, before = minutes_in_words(self.driving), minutes_in_words(self.before)
        told = [f"{driving} of driving instead of {before}"]
        for number, thing in ((self.visits, "visit"), (self.placed, "required touch")):
            if number:
                told.append(f"a {thing} more" if number == 1 else f"{counted(number, thing)} more")
        return f"{self.what}: {', '.join(told)}. Write {self.write}"


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
        if self.missing:
            touches = counted(self.missing, "required touch does", "required touches do")
            return f"{touches} not fit your hours"
        if not self.is_called_for:
            return "your hours are well used, and everything required fits"
        return f"{self.free_minutes // AN_HOUR} h a week are free"

    @property
    def is_called_for(self) -> bool:
        """Whether there is anything to offer for."""
        return bool(self.missing) or self.free_minutes >= WORTH_AN_OFFER * AN_HOUR

    def __str__(self) -> str:
        """The fact in one line, then each offer in one."""
        told = [*(offer.words(self.missing) for offer in self.tried), *map(str, self.far)]
        lines = [f"Tried: {each}." for each in told]
        if not lines and self.is_called_for:
            lines = ["Nothing that was tried would be better."]
        return "\n  ".join((f"{self.fact[0].upper()}{self.fact[1:]}.", *lines))

    def record(self) -> dict[str, Any]:
        """The same for a program."""
        far = [{**asdict(each), "sentence": str(each)} for each in self.far]
        tried = [
            {
                **asdict(each, recurse=False),
                "accounts": [account.account_id for account in each.accounts],
                "sentence": each.words(self.missing),
            }
            for each in self.tried
        ]
        return {**asdict(self, recurse=False), "tried": tried, "far": far}


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
    tried: Iterable[Offer] = ()
    if found.missing:
        every = (_more_hours(base), _fewer_accounts(base))
        tried = (one for changes in every for one in _until_all_fits(base, changes, effort))
    elif found.is_called_for:
        tried = _higher_tier(base, found.free_minutes, effort)
    return evolve(found, tried=tuple(tried))


def soon_tried(campaign: Campaign) -> tuple[str, ...]:
    """What is tried with each plan of a short list, a sentence each: more hours, and far accounts.

    More hours a week are tried where required touches are missing for want of them, `helps` where
    much is driven. Of a list of more than `SOON_TRIED` accounts nothing is.
    """
    if len(campaign.territory.active_accounts) > SOON_TRIED or campaign.stopped:
        return ()
    missing = _missing(campaign)
    more = _until_all_fits(campaign, _more_hours(campaign), "quick") if missing else ()
    return (*(one.words(missing) for one in more), *map(str, helps(campaign)))


def called_for(campaign: Campaign) -> Offers:
    """What is free or missing in a plan, with nothing tried yet."""
    room = Books(campaign.territory, ()).capacities
    used = campaign.minutes_by_week()
    usual = [
        minutes - used.get(week, 0)
        for week, minutes in enumerate(room)
        if minutes and minutes >= _FULL_WEEK * max(room)
    ]
    return Offers(max(0, int(median(usual))) if usual else 0, _missing(campaign))


def _missing(campaign: Campaign) -> int:
    """The required touches that are left out for want of hours."""
    return sum(
        left.required and left.reason_code in _FOR_WANT_OF_HOURS for left in campaign.left_out
    )


def _minutes_missing(campaign: Campaign) -> int:
    """What the missing touches take if each is like the others."""
    return _missing(campaign) * campaign.summary().minutes // max(1, len(campaign.touches))


def _planned_no_worse(
    base: Campaign, territory: Territory, effort: Effort | int
) -> Campaign | None:
    """The plan of a changed territory; None where it was stopped, or is worse than the base.

    It is no worse where as much of what is owed, of the floor and of what is required is
    placed, and no more of it late.
    """
    trial = plan(territory, effort=effort, hint=base)
    now, before = ({level.name: level.figure for level in one.levels} for one in (trial, base))
    is_worse = any(now[name] < before[name] for name in _NOT_WORSE)
    return None if trial.stopped or is_worse or now["in_time"] > before["in_time"] else trial


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
    some = own[:_RECKONED]
    higher = territory.with_tiers({account.account_id: above for account in some})
    now, then = (Books(one, demand(one).owed).needed for one in (territory, higher))
    weeks, more = len(Books(territory, ()).capacities), max(_LEAST_MORE, (then - now) // len(some))
    number = min(len(own), max(1, free * weeks // more))
    for chosen in (tuple(own[: number // 2**each]) for each in range(_TRIES)):
        tiers = {account.account_id: above for account in chosen}
        trial = _planned_no_worse(base, territory.with_tiers(tiers), effort) if chosen else None
        if trial and not _missing(trial):
            # The others' days late may rise by a fiftieth: no two plans are alike to the day.
            late, was_late = (
                sum(touch.late for touch in one.touches if touch.account_id not in tiers)
                for one in (trial, base)
            )
            if late <= was_late * _ALIKE:
                yield Offer(chosen, above)
                return


def _more_hours(base: Campaign) -> Iterator[tuple[Territory, Offer]]:
    """So many hours more as the missing touches take, twice, and four times as many."""
    territory = base.territory
    weeks = len(Books(territory, ()).capacities)
    hours = max(1, -(-_minutes_missing(base) // (weeks * AN_HOUR)))
    for more in (hours * 2**each for each in range(_TRIES)):
        week = territory.capacity.minutes_per_week + more * AN_HOUR
        capacity = evolve(territory.capacity, minutes_per_week=week)
        yield evolve(territory, capacity=capacity), Offer(hours=more)


def _fewer_accounts(base: Campaign) -> Iterator[tuple[Territory, Offer]]:
    """As many accounts for later as take what is missing, twice, and four times as many."""
    territory = base.territory
    own, _above = _of_lowest_tier(territory)
    owed = {promise.account_id for promise in territory.promises if promise.is_open}
    spare = [one for one in own if not one.has_grievance and one.account_id not in owed][::-1]
    mean = base.summary().minutes // max(1, len(territory.active_accounts))
    number = max(1, _minutes_missing(base) // max(1, mean))
    for many in (number * 2**each for each in range(_TRIES)):
        if many < 2 * len(spare):
            later = {one.account_id: one for one in spare[:many]}
            accounts = [
                evolve(one, status="later") if one.account_id in later else one
                for one in territory.accounts
            ]
            yield evolve(territory, accounts=accounts), Offer(tuple(later.values()))


def _until_all_fits(
    base: Campaign, changes: Iterable[tuple[Territory, Offer]], effort: Effort | int
) -> Iterator[Offer]:
    """The first change with which nothing is missing, else the last, if it is any better."""
    found = None
    for territory, offer in changes:
        found = evolve(offer, missing=_missing(plan(territory, effort=effort, hint=base)))
        if not found.missing:
            break
    if found and found.missing < _missing(base):
        yield found


def drives_far(campaign: Campaign) -> bool:
    """Whether much of a plan is driving to far accounts, or some of it is too far to be made.

    That is told, too, by most of the visits that were wished: something else takes their place.
    """
    far = {one.account_id for one in far_accounts(campaign.territory)}
    touches = campaign.touches
    days = {touch.date for touch in touches if touch.stop and touch.account_id in far}
    visits = campaign.summary().visits.planned
    return bool(far) and (
        _driving(touch for touch in touches if touch.date in days) >= _ENOUGH_DRIVING
        or 2 * visits.reached < visits.of
        or any(left.required and left.reason_code in _TOO_FAR for left in campaign.left_out)
    )


def _driving(touches: Iterable[Touch]) -> int:
    return sum(touch.travel_minutes + touch.home_minutes for touch in touches)


def helps(campaign: Campaign, *, effort: Effort | int = "quick") -> tuple[Help, ...]:
    """What would help with far accounts, each planned from a plan; nothing where none is far."""
    found: list[Help] = []
    for changes, what, write, territory in _for_far(campaign) if drives_far(campaign) else ():
        # Two changes at once only where neither helps alone.
        if changes == 1 or not found:
            found += _helped(campaign, what, write, _planned_no_worse(campaign, territory, effort))
    return tuple(found)


def tried_at_once(territory: Territory) -> tuple[Help, ...] | None:
    """What would help with far accounts, planned at once; None for more than `SOON_TRIED`."""
    if len(territory.active_accounts) > SOON_TRIED:
        return None
    return helps(plan(territory, effort="quick"))


def _helped(base: Campaign, what: str, write: str, trial: Campaign | None) -> Iterator[Help]:
    """The change, where its plan drives less for no fewer visits, or places more."""
    if trial is None:
        return
    # Those who are met together are one visit.
    (driving, now, placed_now), (driven, before, placed_before) = (
        (
            _driving(one.touches),
            len({(touch.date, touch.account_id) for touch in one.touches if touch.stop}),
            sum(touch.required for touch in one.touches),
        )
        for one in (trial, base)
    )
    visits, placed = now - before, placed_now - placed_before
    is_less = driven - driving >= max(_LEAST_SAVED, _SHARE_SAVED * driven) and visits >= 0
    if is_less or visits > 0 or placed > 0:
        yield Help(what, write, driving, driven, visits=max(0, visits), placed=max(0, placed))


def _for_far(campaign: Campaign) -> Iterator[tuple[int, str, str, Territory]]:
    """How many changes at once, what, the lines to write, and the territory with them."""
    territory = campaign.territory
    travel, capacity = territory.travel, territory.capacity
    away = evolve(territory, travel=evolve(travel, overnight=True))
    nights = "overnight = true under [travel]"
    if not travel.overnight:
        yield 1, "with nights away", nights, away
    longest = max(map(territory.rep.working_minutes, territory.calendar.working_days), default=0)
    longer = min(longest, capacity.minutes_per_day + _LONGER_MINUTES)
    if longer > capacity.minutes_per_day:
        write = f"minutes_per_day = {longer} under [capacity]"
        given = evolve(capacity, minutes_per_day=longer)
        days_of = f"days of {minutes_in_words(longer)}"
        yield 1, f"with {days_of}", write, evolve(territory, capacity=given)
        if not travel.overnight:
            both = evolve(away, capacity=given)
            yield 2, f"with nights away and {days_of}", f"{nights}, and {write}", both
    yield from _based(territory)


def _based(territory: Territory) -> Iterator[tuple[int, str, str, Territory]]:
    """Another base in the middle of what is far, on the middle one of the rep's weekdays."""
    far, weekdays = far_accounts(territory), sorted(territory.rep.weekdays)
    middle = medoid([one.coordinates for one in far if one.coordinates])
    if len(far) < _FEWEST_FAR or not weekdays or middle is None:
        return
    there = next(one for one in far if one.coordinates == middle)
    city = nearest_city(there.country or territory.rep.country, middle)
    town = there.city or (city.name if city else there.name)
    weekday = weekdays[len(weekdays) // 2]
    bases = (*territory.rep.bases, Base(middle, weekdays=[weekday]))
    day = WEEKDAYS[weekday].capitalize()
    where = f"{{ latitude = {middle.latitude:g}, longitude = {middle.longitude:g} }}"
    write = f'bases = [{{ on = "{day}", place = {where} }}] under [rep]'
    what = f"starting near {town} on {day}, the way there not counted"
    yield 1, what, write, evolve(territory, rep=evolve(territory.rep, bases=bases))
