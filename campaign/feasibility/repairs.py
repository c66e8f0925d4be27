"""What would make the work fit, each repair reckoned anew from what would be owed."""

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from campaign.demand import Owed
from campaign.feasibility.books import Books, minutes_of
from campaign.feasibility.values import FULL, Repair, RepairCode, load
from campaign.model.territory import Territory

_ROUND_TO = 10

Change = Callable[[Books], tuple[tuple[Owed, ...], str]]


def repairs(books: Books) -> tuple[Repair, ...]:
    """Every repair that saves or adds minutes, the cheapest first."""
    found = [repair for code, change in CHANGES for repair in _tried(books, code, change)]
    return tuple(sorted((*found, *_more_minutes(books)), key=_price))


def _price(repair: Repair) -> tuple[int, int, int, int]:
    return (
        repair.required_lost,
        repair.minutes_more,
        repair.optional_lost,
        -repair.minutes_saved,
    )


def _tried(books: Books, code: RepairCode, change: Change) -> Iterator[Repair]:
    """The repair, reckoned from what would be owed; none where it saves nothing."""
    owed, names = change(books)
    after = evolve(books, owed=owed)
    if after.needed >= books.needed:
        return
    left = {touch.touch_id: touch for touch in owed}
    lost = [touch for touch in books.owed if touch.touch_id not in left]
    changed = [t for t in books.owed if t.touch_id in left and left[t.touch_id] != t]
    yield Repair(
        code,
        after.load,
        touches=len(lost) + len(changed),
        minutes_saved=books.needed - after.needed,
        required_lost=sum(touch.weight for touch in lost if touch.step.required),
        optional_lost=sum(touch.weight for touch in lost if not touch.step.required),
        names=names,
    )


def _visits_by_call(books: Books) -> tuple[tuple[Owed, ...], str]:
    channels = books.territory.channels
    owed = tuple(
        _only(touch, [name for name in touch.wanted_channels if not channels[name].travels])
        for touch in books.owed
    )
    return owed, ""


def _cheapest_channel(books: Books) -> tuple[tuple[Owed, ...], str]:
    channels = books.territory.channels
    owed = tuple(
        _only(
            touch, sorted(touch.wanted_channels, key=lambda name: minutes_of(touch, channels[name]))
        )
        for touch in books.owed
    )
    return owed, ""


def _only(owed: Owed, channels: Sequence[str]) -> Owed:
    """The touch by these channels; as it is where there are none or the first is the same.

    A grievance is still heard in person where that is possible.
    """
    if owed.opens or not channels or channels[0] == owed.wanted_channels[0]:
        return owed
    return evolve(owed, channels=tuple(channels))


def _no_optional_steps(books: Books) -> tuple[tuple[Owed, ...], str]:
    return tuple(touch for touch in books.owed if touch.step.required), ""


def _no_further_contacts(books: Books) -> tuple[tuple[Owed, ...], str]:
    """Without those who run the `others` of the lowest tier that has any."""
    usual = [touch for touch in books.owed if _is_further(touch)]
    tiers = {touch.account.tier for touch in usual}
    lowest = [tier.name for tier in books.territory.tiers if tier.name in tiers][-1:]
    owed = tuple(
        touch for touch in books.owed if not (_is_further(touch) and touch.account.tier in lowest)
    )
    return owed, "".join(lowest)


def _is_further(owed: Owed) -> bool:
    return owed.run is not None and not owed.run.is_main and not owed.run.contact.cadence


def _without_lowest_tier(books: Books) -> tuple[tuple[Owed, ...], str]:
    """Without the cadences of the lowest tier; its promises and grievances are kept."""
    tiers = {account.tier for account in books.territory.active_accounts}
    used = [tier.name for tier in books.territory.tiers if tier.name in tiers]
    if len(used) < 2:  # noqa: PLR2004 (there is no lowest of one)
        return books.owed, ""
    owed = tuple(
        touch
        for touch in books.owed
        if touch.promise or touch.account.has_grievance or touch.account.tier != used[-1]
    )
    return owed, used[-1]


CHANGES: tuple[tuple[RepairCode, Change], ...] = (
    (RepairCode.VISITS_BY_CALL, _visits_by_call),
    (RepairCode.CHEAPEST_CHANNEL, _cheapest_channel),
    (RepairCode.NO_OPTIONAL_STEPS, _no_optional_steps),
    (RepairCode.NO_FURTHER_CONTACTS, _no_further_contacts),
    (RepairCode.WITHOUT_LOWEST_TIER, _without_lowest_tier),
)


def _more_minutes(books: Books) -> Iterator[Repair]:
    """The least `minutes_per_week`, in tens, with which the work fits, else what days hold."""
    if books.load <= FULL:
        return
    now = books.territory.capacity.minutes_per_week
    most = 7 * books.territory.capacity.minutes_per_day
    best, available = now, books.available
    for minutes in range((now // _ROUND_TO + 1) * _ROUND_TO, most + _ROUND_TO, _ROUND_TO):
        if available >= books.needed:
            break
        more = _available(books.territory, minutes)
        if more > available:
            best, available = minutes, more
    if available > books.available:
        yield Repair(
            RepairCode.MORE_MINUTES,
            load(books.needed, available),
            minutes_more=available - books.available,
            names=f"{best}",
        )


def _available(territory: Territory, minutes_per_week: int) -> int:
    """The rep's minutes with other minutes a week; the accounts do not matter to them."""
    capacity = evolve(territory.capacity, minutes_per_week=minutes_per_week)
    empty = evolve(territory, accounts=(), contacts=(), promises=(), capacity=capacity)
    return Books(empty, ()).available
