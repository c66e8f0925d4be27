"""R1 and R6: the days on which a touch may stand at all."""

import datetime as dt
from collections.abc import Iterator

from campaign.model.accounts import Account, Contact
from campaign.model.channels import CALL, Channel
from campaign.model.hours import OpeningHours
from campaign.model.runs import consents
from campaign.model.territory import Territory
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, of_row
from campaign.rules.violations import Fault, Violation
from campaign.workdays import in_any, plain


def inside_the_campaign(facts: Facts) -> Iterator[Violation]:
    """R1: on a day of the campaign."""
    for row in facts.standing:
        if row.is_planned and not facts.is_inside(row.day):
            yield of_row("R1", Fault.OUTSIDE_CAMPAIGN, row, start=facts.start, end=facts.end)


def on_working_days(facts: Facts) -> Iterator[Violation]:
    """R1: on a working day of the rep."""
    for row in facts.planned:
        if row.day not in facts.working_day_set:
            yield of_row("R1", Fault.NO_WORKING_DAY, row)


def on_weekdays_of_the_channel(facts: Facts) -> Iterator[Violation]:
    """R1: on a weekday that its channel allows; grievances and complaints are heard on any."""
    for row in facts.planned:
        is_heard = row.due is not None and row.due.is_heard
        if row.channel and not is_heard and row.day.weekday() not in row.channel.weekdays:
            yield of_row("R1", Fault.CHANNEL_OFF, row)


def to_those_who_may_be_contacted(facts: Facts) -> Iterator[Violation]:
    """R6: not to an account or a person that wants no contact."""
    for row in facts.planned:
        if row.account and row.account.do_not_contact:
            yield of_row("R6", Fault.ACCOUNT_NOT_TO_BE_CONTACTED, row)
        elif row.person and row.person.do_not_contact:
            yield of_row("R6", Fault.PERSON_NOT_TO_BE_CONTACTED, row)


def with_consent(facts: Facts) -> Iterator[Violation]:
    """R6: by a channel that the person allows; unknown is as the policy says."""
    for row in facts.planned:
        if row.person is None or row.channel is None or row.person.do_not_contact:
            continue
        if not consents(facts.territory, row.person, row.channel.name):
            yield of_row("R6", Fault.NO_CONSENT, row)


def when_they_are_there(facts: Facts) -> Iterator[Violation]:
    """R6: not on closed dates of account or person, nor on a public holiday where they are."""
    for row in facts.planned:
        if row.account is None:
            continue
        if in_any(row.day, row.account.closed_dates):
            yield of_row("R6", Fault.ACCOUNT_CLOSED, row)
        elif row.day in facts.account_holidays(row.account):
            yield of_row("R6", Fault.ACCOUNT_HOLIDAY, row)
        elif row.person and in_any(row.day, row.person.closed_dates):
            yield of_row("R6", Fault.PERSON_CLOSED, row)


def after_the_day_asked_for(facts: Facts) -> Iterator[Violation]:
    """R6: not before the day from which a person may be touched again; promises do not wait.

    What they asked for on a day is owed from that day on.
    """
    for row in facts.planned:
        wait = facts.territory.wait_of(row.account_id, row.touch.contact_id)
        if row.due and row.due.promise:
            wait = row.due.promise.not_before
        elif row.is_promise:
            continue
        if wait and row.day < wait:
            yield of_row("R6", Fault.IN_PEACE, row, until=plain(wait))


def on_opening_days(facts: Facts) -> Iterator[Violation]:
    """R6: visits on weekdays with visit hours, calls on those with call hours."""
    for row in facts.planned:
        if row.account is None or row.channel is None:
            continue
        hours = hours_of(facts.territory, row.account, row.person, row.channel)
        if not all(each.is_open(row.day) for each in hours):
            yield of_row("R6", Fault.NOT_OPEN if row.travels else Fault.NOT_CALLABLE, row)


def hours_of(
    territory: Territory, account: Account, person: Contact | None, channel: Channel
) -> tuple[OpeningHours, ...]:
    """The hours in which somebody is there for a channel, all of which bind."""
    found: list[OpeningHours | None] = []
    if channel.travels:
        found = [account.visit_hours, person.visit_hours if person else None]
    elif person and channel.name == CALL:
        found = [territory.call_hours_of(account, person)]
    return tuple(hours for hours in found if hours)


def may_stand(facts: Facts, due: Due, channel: Channel, day: dt.date) -> bool:
    """Whether R1 and R6 let a touch that is owed stand on a day by a channel."""
    account, person = due.account, due.person
    hours = hours_of(facts.territory, account, person, channel)
    wait = facts.territory.wait_of(account.account_id, person.contact_id)
    if due.promise:
        wait = due.promise.not_before
    return (
        day in facts.working_day_set
        and (due.is_heard or day.weekday() in channel.weekdays)
        and not account.do_not_contact
        and not person.do_not_contact
        and consents(facts.territory, person, channel.name)
        and not in_any(day, (*account.closed_dates, *person.closed_dates))
        and day not in facts.account_holidays(account)
        and all(each.is_open(day) for each in hours)
        and not (wait and day < wait)
    )
