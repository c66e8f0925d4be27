"""Whether a touch could stand if the calendar were empty: what makes a channel open."""

import datetime as dt

from campaign.geography.travel import tour
from campaign.model.channels import Channel
from campaign.rules.allowed_days import may_stand
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.rules.sequence import Use, can_follow


def could_stand_alone(facts: Facts, due: Due, channel: Channel) -> bool:
    """Whether a day of the campaign could hold a touch by a channel, were nothing else planned.

    By R1, R6, the minutes of the day and the week with the drive from home and back, and the
    hours of who is to be met.
    """
    key = due.account.account_id, due.person.contact_id, channel.name, due.opens
    if key not in facts.alone:
        facts.alone[key] = any(_holds(facts, due, channel, day) for day in facts.working_days)
    return facts.alone[key]


def _holds(facts: Facts, due: Due, channel: Channel, day: dt.date) -> bool:
    territory = facts.territory
    if 0 in (channel.per_day, channel.per_week) or not may_stand(facts, due, channel, day):
        return False
    if due.opens and due.account.grievance_since and day < due.account.grievance_since:
        return False
    minutes = due.account.minutes_by(channel)
    if channel.travels:
        base = territory.rep.place_on(day)
        minutes += tour(territory.travel, base, [due.account.place]).minutes
    week = capacity_of_week(territory, facts.calendar.week(day))
    if minutes > min(capacity_of_day(territory, day), week):
        return False
    return can_follow(territory, day, (Use(due.touch_id, due.account, due.person, channel),))
