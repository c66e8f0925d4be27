"""Puts one touch that is left out into a plan, and drives the day's tour anew."""

import datetime as dt
from collections.abc import Sequence

from attrs import evolve, frozen

from campaign.geography.travel import tour_between
from campaign.model.post import days_in_post
from campaign.model.territory import Territory
from campaign.model.values import NOWHERE, Place
from campaign.rules.dues import Due
from campaign.touches import LeftOut, Plan, ReasonCode, Touch


@frozen
class Spot:
    """Where a touch could stand: a channel and a date."""

    channel: str
    date: dt.date


@frozen
class Coming:
    """A row that may come in: its id, the day on which it is planned, the first it may stand on.

    The id is that of the touch which is owed, or of a further attempt at it.
    """

    touch_id: str
    planned_on: dt.date
    first: dt.date

    def at(self, territory: Territory, due: Due, spot: Spot) -> Touch:
        """The row by a channel on a date, before its drive is known."""
        channel = territory.channels[spot.channel]
        arrives = territory.calendar.after(
            spot.date, days_in_post(territory, spot.channel, due.account, due.person)
        )
        return Touch(
            self.touch_id,
            spot.date,
            account_id=due.account.account_id,
            contact_id=due.person.contact_id,
            channel=channel.name,
            cadence=due.cadence,
            step=due.step.name,
            purpose=due.step.purpose,
            required=due.step.required,
            minutes=due.account.minutes_by(channel),
            planned_on=self.planned_on,
            stop=int(channel.travels),
            arrives=arrives if channel.is_post else None,
        )


def put_in(plan: Plan, due: Due, spot: Spot, coming: Coming) -> Plan:
    """The plan with a touch that is owed, by a channel on a date, in place of leaving it out.

    The visits of that day are driven in one tour again, the new one where it adds least,
    and lose their times.
    """
    new = coming.at(plan.territory, due, spot)
    travels = plan.territory.channels[spot.channel].travels
    touches = (*plan.touches, new)
    if travels:
        driven = {touch.touch_id: touch for touch in day_of_visits(plan, new)}
        touches = tuple(driven.get(touch.touch_id, touch) for touch in touches)
    return evolve(plan, touches=touches, left_out=without(plan, due, new.touch_id), levels=())


def without(plan: Plan, due: Due, touch_id: str) -> tuple[LeftOut, ...]:
    """What a plan leaves out once a touch is in it."""
    return tuple(_beside(left, due) for left in plan.left_out if left.touch_id != touch_id)


def _beside(left: LeftOut, due: Due) -> LeftOut:
    """What else is left out; with the opening in, the rest of the account is not unopened."""
    unopened = left.reason_code is ReasonCode.GRIEVANCE_UNOPENED
    if due.opens and unopened and left.account_id == due.account.account_id:
        return evolve(left, reason_code=ReasonCode.CAPACITY)
    return left


def day_of_visits(plan: Plan, new: Touch) -> tuple[Touch, ...]:
    """The visits of a day with one more among them, in the order of their tour."""
    territory, ends = plan.territory, plan.tour_ends(new.date)
    there = visits_on(plan, new.date)
    order = list(dict.fromkeys(touch.account_id for touch in there))
    if new.account_id not in order:
        places = [place_of(territory, account_id) for account_id in order]
        at, _ = best_place(territory, ends, places, place_of(territory, new.account_id))
        order.insert(at, new.account_id)
    night = plan.nights.get(new.date, "")
    return driven(territory, (*there, new), order, ends=ends, night=night)


def driven(
    territory: Territory,
    touches: Sequence[Touch],
    order: Sequence[str],
    *,
    ends: tuple[Place, Place],
    night: str,
) -> tuple[Touch, ...]:
    """Visits of a day as a tour through the accounts in an order, between two ends.

    `night` is the account near which the rep sleeps after it, empty for none.
    """
    drives = tour_between(territory.travel, ends, [place_of(territory, one) for one in order])
    found: list[Touch] = []
    for number, account_id in enumerate(order):
        here = sorted((t for t in touches if t.account_id == account_id), key=_by_id)
        is_last = number == len(order) - 1
        home = drives.home if is_last else 0
        here = _at_stop(territory, here, number + 1, (drives.to_stops[number], home))
        found += [evolve(here[0], night=night if is_last else ""), *here[1:]]
    return tuple(found)


def visits_on(plan: Plan, date: dt.date) -> list[Touch]:
    """The visits of a day that stand, in the order of their tour."""
    channels = plan.territory.channels
    on_day = (touch for touch in plan.touches if touch.date == date and touch.stands)
    found = [t for t in on_day if t.channel in channels and channels[t.channel].travels]
    return sorted(found, key=lambda touch: (touch.stop, touch.touch_id))


def _by_id(touch: Touch) -> str:
    return touch.touch_id


def _at_stop(
    territory: Territory, touches: Sequence[Touch], stop: int, drives: tuple[int, int]
) -> list[Touch]:
    """The rows of one stop: the first of them carries its minutes and its drives."""
    to_stop, home = drives
    channel = territory.channels[touches[0].channel]
    try:
        minutes = territory.account(touches[0].account_id).minutes_by(channel)
    except KeyError:
        minutes = channel.minutes
    untimed = [evolve(one, stop=stop, start=None, end=None) for one in touches]
    leader = evolve(untimed[0], minutes=minutes, travel_minutes=to_stop, home_minutes=home)
    followers = (
        evolve(one, minutes=0, travel_minutes=0, home_minutes=0, night="") for one in untimed[1:]
    )
    return [leader, *followers]


def best_place(
    territory: Territory, ends: tuple[Place, Place], stops: Sequence[Place], place: Place
) -> tuple[int, int]:
    """Where in a tour one more stop adds least, from 0, and the minutes that it adds."""
    travel, way = territory.travel, list(stops)
    before = tour_between(travel, ends, way).minutes
    added = [
        tour_between(travel, ends, [*way[:at], place, *way[at:]]).minutes - before
        for at in range(len(way) + 1)
    ]
    at = min(range(len(added)), key=added.__getitem__)
    return at, added[at]


def place_of(territory: Territory, account_id: str) -> Place:
    """Where an account is; nowhere if the lists do not know it."""
    try:
        return territory.account(account_id).place
    except KeyError:
        return NOWHERE
