"""After the campaign: a steady rhythm for each account, as a calendar or as a table."""

import datetime as dt
from collections.abc import Iterator

from attrs import frozen
from icalendar import Calendar, Event

from campaign.consequences import consequences, territory_now
from campaign.model.accounts import Account, Contact
from campaign.model.cadences import Rhythm, Step
from campaign.model.channels import CALL, Channel
from campaign.model.runs import channels_for, main_contact, promised_to, touch_id
from campaign.model.territory import Territory
from campaign.outputs.calendar import CONTROLS
from campaign.outputs.lists import render_list
from campaign.outputs.whom import whom
from campaign.rules.levels import reaches
from campaign.touches import Plan
from campaign.workdays import plain

COLUMNS = (
    *("account_id", "account", "tier", "contact_id", "contact", "channel", "purpose"),
    *("first", "every_weeks", "minutes", "phone", "address"),
)
_DOMAIN = "territory-campaign"
_PRODUCT = "-//territory-campaign//steady//EN"


@frozen
class Recurring:
    """One touch that comes again: on `first`, and every so many weeks after it; 0: once."""

    uid: str
    account: Account
    person: Contact
    channel: Channel
    purpose: str
    first: dt.date
    every_weeks: int


def render_steady(plan: Plan) -> bytes:
    """The rhythm of every account as an iCalendar file of recurring all-day events.

    The identity of an event is that of its account and its place in the rhythm, so that a
    later export changes it in the calendar and adds no second one. Time stamps are those
    of the campaign's start: the same plan gives the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for recurring in steady(plan):
        calendar.add_component(_event(plan.territory, recurring))
    content: bytes = calendar.to_ical().translate(None, CONTROLS)
    return content


def render_steady_table(plan: Plan) -> bytes:
    """The rhythm of every account as a table, one row a recurring touch."""
    records = []
    for one in steady(plan):
        who = whom(plan.territory, one.account.account_id, one.person.contact_id)
        named = (one.account.account_id, one.account.name, one.account.tier)
        met = (one.person.contact_id, one.person.name, one.channel.name, one.purpose)
        minutes, every = str(one.account.minutes_by(one.channel)), str(one.every_weeks or "")
        cells = (*named, *met, one.first.isoformat(), every, minutes, who.phone, who.address)
        records.append(dict(zip(COLUMNS, cells, strict=True)))
    return render_list(records, COLUMNS)


def steady(plan: Plan) -> tuple[Recurring, ...]:
    """What each account gets again and again after the campaign, account by account.

    It goes to the main contact, on from the account's last touch, on a weekday on which the
    rep works and they are there. Who wants no contact gets nothing, nor does a channel that
    the person does not allow.
    """
    territory = territory_now(plan.territory, plan.touches)
    found: list[Recurring] = []
    for account in territory.active_accounts:
        rhythm = territory.rhythms.get(territory.tier(account).steady)
        if rhythm and not account.do_not_contact:
            found += _of_account(plan, territory, account, rhythm)
    return (*_asked_for(plan, territory), *found)


def _asked_for(plan: Plan, territory: Territory) -> Iterator[Recurring]:
    """What people asked for on a day after the campaign: once, on that day."""
    accounts = {one.account_id: one for one in territory.active_accounts}
    for one in consequences(plan.territory, plan.touches).asked:
        account, promise = accounts.get(one.promise.account_id), one.promise
        if account is None or account.do_not_contact or one.is_in_time or not one.is_open:
            continue
        person = promised_to(territory, account, promise)
        step = Step(promise.promise_id, promise.channel, promise.purpose)
        for name in channels_for(territory, person, step)[:1]:
            uid = touch_id(account.account_id, person.contact_id, promise.promise_id)
            channel, day = territory.channels[name], promise.due
            yield Recurring(f"{uid}@{_DOMAIN}", account, person, channel, promise.purpose, day, 0)


def _of_account(
    plan: Plan, territory: Territory, account: Account, rhythm: Rhythm
) -> Iterator[Recurring]:
    person = main_contact(territory, account)
    # On from the last touch that reaches the account; from the campaign's last day without one.
    touches = plan.by_account.get(account.account_id, ())
    days = [touch.day for touch in touches if reaches(plan.territory, touch)]
    last = plain(max(days, default=plan.territory.calendar.end))
    wait = territory.wait_of(account.account_id, person.contact_id) or last
    for beat in rhythm.touches:
        day = last + dt.timedelta(weeks=beat.week)
        while day <= territory.calendar.end or day < wait:
            day += dt.timedelta(weeks=rhythm.weeks)
        step = Step(f"week {beat.week}", beat.channels, beat.purpose)
        for name in channels_for(territory, person, step):
            channel = territory.channels[name]
            if first := _first_open(territory, account, person, channel, day):
                uid = f"{touch_id(account.account_id, 'steady', str(beat.week))}@{_DOMAIN}"
                yield Recurring(uid, account, person, channel, beat.purpose, first, rhythm.weeks)
                break


def _first_open(
    territory: Territory, account: Account, person: Contact, channel: Channel, day: dt.date
) -> dt.date | None:
    """The first day from a day on, within a week, whose weekday is open to a channel."""
    hours = account.visit_hours if channel.travels else None
    if channel.name == CALL:
        hours = territory.call_hours_of(account, person)
    week = [day + dt.timedelta(days=number) for number in range(7)]
    open_days = [
        one
        for one in week
        if one.weekday() in channel.weekdays and (hours is None or hours.is_open(one))
    ]
    working = [one for one in open_days if territory.calendar.is_working_day(one)]
    usual = [one for one in open_days if one.weekday() in territory.rep.weekdays]
    return next(iter((*working, *usual)), None)


def _event(territory: Territory, recurring: Recurring) -> Event:
    who = whom(territory, recurring.account.account_id, recurring.person.contact_id)
    met = who.meets and f", {who.meets}"
    lines = (f"Purpose: {recurring.purpose}", who.phone, recurring.account.notes)
    event = Event()
    event.add("uid", recurring.uid)
    event.add("dtstamp", dt.datetime.combine(territory.start, dt.time(), dt.UTC))
    event.add("dtstart", recurring.first)
    if recurring.every_weeks:
        event.add("rrule", {"freq": "WEEKLY", "interval": recurring.every_weeks})
    event.add("summary", f"{recurring.channel.name.capitalize()}: {who.called}{met}")
    event.add("description", "\n".join(filter(None, lines)))
    if recurring.channel.travels and who.address:
        event.add("location", who.address)
    event.add("transp", "TRANSPARENT")
    return event
