"""What would help a rep who drives far: nights away, longer days, another base.

Each is planned before it is told: what it says is what that plan comes to beside the one
without it. Only what makes nothing else worse is told.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from campaign.answer import Campaign
from campaign.geography.places import medoid, nearest_city
from campaign.geography.travel import far_accounts
from campaign.model.accounts import Account
from campaign.model.hours import WEEKDAYS
from campaign.model.rep import Base
from campaign.model.territory import Territory
from campaign.model.values import Coordinates
from campaign.phrases import minutes_in_words
from campaign.planning import plan
from campaign.touches import Effort, LevelName, ReasonCode, Touch

SOON_TRIED = 100
"""Up to so many accounts what would help is tried with each plan; of more, when asked."""
_ENOUGH_DRIVING = 600
_LEAST_SAVED = 120
_SHARE_SAVED = 0.05
_LONGER_MINUTES = 120
_BOTH = "with nights away and "
_FEWEST_FAR = 3
_NOT_WORSE: tuple[LevelName, ...] = ("owed", "floor", "required")
_TOO_FAR = frozenset({ReasonCode.TOO_FAR, ReasonCode.NO_TIME_ALONE})


@frozen
class Help:
    """A change that was planned: the line to write, what it would do, and what came of it.

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
        drives = f"{driving} of driving instead of {before}"
        more = [f"{self.visits} visits more"] if self.visits > 1 else []
        more += ["a visit more"] if self.visits == 1 else []
        more += [f"{self.placed} required touches more"] if self.placed > 1 else []
        more += ["a required touch more"] if self.placed == 1 else []
        return f"{self.what}: {', '.join([drives, *more])}. Write {self.write}"

    def record(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "what": self.what,
            "write": self.write,
            "driving": self.driving,
            "before": self.before,
            "visits": self.visits,
            "placed": self.placed,
            "sentence": str(self),
        }


def drives_far(campaign: Campaign) -> bool:
    """Whether much of a plan is driving to far accounts, or some of it is too far to be made.

    That is told, too, by most of the visits that were wished: something else takes their place.
    """
    far = {one.account_id for one in far_accounts(campaign.territory)}
    if not far:
        return False
    days = {touch.date for touch in campaign.touches if touch.stop and touch.account_id in far}
    driven = _driving(touch for touch in campaign.touches if touch.date in days)
    visits = campaign.summary().visits.planned
    is_replaced = 2 * visits.reached < visits.of
    return (
        driven >= _ENOUGH_DRIVING
        or is_replaced
        or any(left.required and left.reason_code in _TOO_FAR for left in campaign.left_out)
    )


def _driving(touches: Iterable[Touch]) -> int:
    return sum(touch.travel_minutes + touch.home_minutes for touch in touches)


def helps(campaign: Campaign, *, effort: Effort | int = "quick") -> tuple[Help, ...]:
    """What would help with far accounts, each planned from a plan; nothing where none is far."""
    if not drives_far(campaign):
        return ()
    found: list[Help] = []
    for what, write, territory in _changes(campaign):
        if not (
            what.startswith(_BOTH) and found
        ):  # two changes at once only where neither helps alone
            found += filter(None, [_tried(campaign, what, write, territory, effort)])
    return tuple(found)


def tried_at_once(territory: Territory) -> tuple[Help, ...] | None:
    """What would help with far accounts, each planned from a first plan.

    None for more accounts than `SOON_TRIED`, of which that takes too long.
    """
    if len(territory.active_accounts) > SOON_TRIED:
        return None
    return helps(plan(territory, effort="quick"))


def _changes(campaign: Campaign) -> Iterator[tuple[str, str, Territory]]:
    territory = campaign.territory
    travel, capacity = territory.travel, territory.capacity
    away = evolve(territory, travel=evolve(travel, overnight=True))
    nights = "overnight = true under [travel]"
    if not travel.overnight:
        yield "with nights away", nights, away
    days = map(territory.rep.working_minutes, territory.calendar.working_days)
    longest = max(days, default=0)
    longer = min(longest, capacity.minutes_per_day + _LONGER_MINUTES)
    if longer > capacity.minutes_per_day:
        write = f"minutes_per_day = {longer} under [capacity]"
        given = evolve(capacity, minutes_per_day=longer)
        days_of = f"days of {minutes_in_words(longer)}"
        yield f"with {days_of}", write, evolve(territory, capacity=given)
        if not travel.overnight:
            both = evolve(away, capacity=given)
            yield f"{_BOTH}{days_of}", f"{nights}, and {write}", both
    yield from _based(territory)


def _based(territory: Territory) -> Iterator[tuple[str, str, Territory]]:
    """Another base in the middle of what is far, on the middle one of the rep's weekdays."""
    far, weekdays = far_accounts(territory), sorted(territory.rep.weekdays)
    places = [one.coordinates for one in far if one.coordinates]
    if len(far) < _FEWEST_FAR or not weekdays:
        return
    middle, weekday = medoid(places), weekdays[len(weekdays) // 2]
    if middle is None:
        return
    town = _town(territory, far, middle)
    base = Base(middle, weekdays=[weekday])
    rep = evolve(territory.rep, bases=(*territory.rep.bases, base))
    day = WEEKDAYS[weekday].capitalize()
    where = f"{{ latitude = {middle.latitude:g}, longitude = {middle.longitude:g} }}"
    write = f'bases = [{{ on = "{day}", place = {where} }}] under [rep]'
    what = f"starting near {town} on {day}, the way there not counted"
    yield what, write, evolve(territory, rep=rep)


def _town(territory: Territory, far: tuple[Account, ...], middle: Coordinates) -> str:
    there = next(one for one in far if one.coordinates == middle)
    city = nearest_city(there.country or territory.rep.country, middle)
    return there.city or (city.name if city else there.name)


def planned_no_worse(base: Campaign, territory: Territory, effort: Effort | int) -> Campaign | None:
    """The plan of a changed territory; None where it was stopped, or is worse than the base.

    It is no worse where as much of what is owed, of the floor and of what is required is
    placed, and no more of it late.
    """
    trial = plan(territory, effort=effort, hint=base)
    now, before = ({level.name: level.figure for level in one.levels} for one in (trial, base))
    is_worse = any(now[name] < before[name] for name in _NOT_WORSE)
    return None if trial.stopped or is_worse or now["in_time"] > before["in_time"] else trial


def _tried(
    base: Campaign, what: str, write: str, territory: Territory, effort: Effort | int
) -> Help | None:
    trial = planned_no_worse(base, territory, effort)
    if trial is None:
        return None
    driving, driven = _driving(trial.touches), _driving(base.touches)
    visits, placed = _visits(trial) - _visits(base), _required(trial) - _required(base)
    saved = driven - driving
    is_less = saved >= max(_LEAST_SAVED, _SHARE_SAVED * driven) and visits >= 0
    if not (is_less or visits > 0 or placed > 0):
        return None
    return Help(what, write, driving, driven, visits=max(0, visits), placed=max(0, placed))


def _visits(campaign: Campaign) -> int:
    """How many visits stand; those who are met together are one."""
    stops = {(touch.date, touch.account_id) for touch in campaign.touches if touch.stop}
    return len(stops)


def _required(campaign: Campaign) -> int:
    return sum(touch.required for touch in campaign.touches)
