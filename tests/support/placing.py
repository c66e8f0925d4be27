"""Puts one touch that is left out into a plan, and drives the day's tour anew."""

import datetime as dt
from collections.abc import Sequence

from attrs import evolve

from campaign.explaining.single_change import Spot
from campaign.geography.travel import tour_between
from campaign.model.post import days_in_post
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.touches import LeftOut, Plan, ReasonCode, Touch


def put_in(plan: Plan, due: Due, spot: Spot, *, touch_id: str = "") -> Plan:
    """The plan with a touch that is owed, by a channel on a date, in place of leaving it out.

    The visits of that day are driven in one tour again, the new one where it adds least,
    and lose their times.
    """
    new = _row(plan, due, spot, touch_id or due.touch_id)
    touches = (*plan.touches, new)
    if plan.territory.channels[spot.channel].travels:
        driven = {touch.touch_id: touch for touch in _day_of_visits(plan, new)}
        touches = tuple(driven.get(touch.touch_id, touch) for touch in touches)
    left_out = tuple(_beside(left, due) for left in plan.left_out if left.touch_id != new.touch_id)
    return evolve(plan, touches=touches, left_out=left_out, levels=())


def _row(plan: Plan, due: Due, spot: Spot, touch_id: str) -> Touch:
    territory = plan.territory
    channel = territory.channels[spot.channel]
    in_post = days_in_post(territory, spot.channel, due.account, due.person)
    arrives = territory.calendar.after(spot.date, in_post)
    return Touch(
        touch_id,
        spot.date,
        account_id=due.account.account_id,
        contact_id=due.person.contact_id,
        channel=channel.name,
        cadence=due.cadence,
        step=due.step.name,
        purpose=due.step.purpose,
        required=due.step.required,
        minutes=due.account.minutes_by(channel),
        planned_on=Facts(plan).latest_planning,
        stop=int(channel.travels),
        arrives=arrives if channel.is_post else None,
    )


def _beside(left: LeftOut, due: Due) -> LeftOut:
    """What else is left out; with the opening in, the rest of the account is not unopened."""
    unopened = left.reason_code is ReasonCode.GRIEVANCE_UNOPENED
    if due.opens and unopened and left.account_id == due.account.account_id:
        return evolve(left, reason_code=ReasonCode.CAPACITY)
    return left


def _day_of_visits(plan: Plan, new: Touch) -> tuple[Touch, ...]:
    """The visits of a day with one more among them, in the order of their tour."""
    there = _visits_on(plan, new.date)
    order = list(dict.fromkeys(touch.account_id for touch in there))
    ways = [[*order[:at], new.account_id, *order[at:]] for at in range(len(order) + 1)]
    order = order if new.account_id in order else min(ways, key=lambda w: _drives(plan, new, w)[2])
    to_stops, home, _ = _drives(plan, new, order)
    night = plan.nights.get(new.date, "")
    found: list[Touch] = []
    for number, account_id in enumerate(order):
        here = sorted(
            (t for t in (*there, new) if t.account_id == account_id), key=lambda t: t.touch_id
        )
        is_last = number == len(order) - 1
        account = plan.territory.account(account_id)
        first = evolve(
            here[0],
            minutes=account.minutes_by(plan.territory.channels[here[0].channel]),
            travel_minutes=to_stops[number],
            home_minutes=home if is_last else 0,
            night=night if is_last else "",
        )
        others = [
            evolve(one, minutes=0, travel_minutes=0, home_minutes=0, night="") for one in here[1:]
        ]
        found += [evolve(one, stop=number + 1, start=None, end=None) for one in (first, *others)]
    return tuple(found)


def _drives(plan: Plan, new: Touch, order: Sequence[str]) -> tuple[tuple[int, ...], int, int]:
    places = [plan.territory.account(one).place for one in order]
    tour = tour_between(plan.territory.travel, plan.tour_ends(new.date), places)
    return tour.to_stops, tour.home, tour.minutes


def _visits_on(plan: Plan, date: dt.date) -> list[Touch]:
    """The visits of a day that stand, in the order of their tour."""
    channels = plan.territory.channels
    on_day = (touch for touch in plan.touches if touch.date == date and touch.stands)
    found = [t for t in on_day if t.channel in channels and channels[t.channel].travels]
    return sorted(found, key=lambda touch: (touch.stop, touch.touch_id))
