"""What is doubtful in a territory, planned on and said: one check each.

They stand in their order after the others in `checks`, which is the table of contents.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from campaign.errors import Finding
from campaign.model.persons import twins
from campaign.model.question import Question
from campaign.model.rep import other_owner
from campaign.phrases import first_of
from campaign.workdays import each_day, holidays_are_known

BY_REGION = frozenset({"AU", "BA", "BR", "CA", "CH", "DE", "ES", "FM", "GB", "IN", "MY", "NZ"})
"""Where at least half of the regions have public holidays of their own (`holidays` package).

In the United States the states' lists count by choice only: firms work on most of their days.
"""
_MOST_NAMES = 3


def _setting(key: str, problem: str, remedy: str) -> Finding:
    return Finding.notice("campaign", problem, remedy, column=key)


def unknown_contacts(territory: Question) -> Iterator[Finding]:
    """A promise to somebody who is not, or no longer, a contact of that account."""
    known = {contact.contact_id: contact for contact in territory.contacts}
    for row, promise in enumerate(territory.promises, start=1):
        person = known.get(promise.contact_id)
        if not promise.contact_id or (person and person.account_id == promise.account_id):
            continue
        where = f'"{promise.contact_id}" is no contact of account "{promise.account_id}"'
        if person:
            where = f'{where}, and stands at "{person.account_id}" as {person.name}'
        remedy = "owed to the main contact there; add the contact, or leave the cell empty"
        yield Finding.notice("promises", where, remedy, row=row, column="contact_id")


def people_who_stand_twice(territory: Question) -> Iterator[Finding]:
    """A contact who is the same person as an earlier one of the account: touched once."""
    rows = {one.contact_id: row for row, one in enumerate(territory.contacts, start=1)}
    for own, first, shown_by in twins(territory.contacts):
        problem = (
            f"{own.name} ({own.contact_id}) is the same person as "
            f"{first.name} ({first.contact_id}): the same {shown_by}"
        )
        remedy, row = "touched as one person; remove one of the two rows", rows[own.contact_id]
        yield Finding.notice("contacts", problem, remedy, row=row, column="contact_id")


def numbers_that_several_share(territory: Question) -> Iterator[Finding]:
    """A telephone number of several accounts: it is rung once within the gap."""
    if not territory.tiers:
        return  # which is told
    names = {one.account_id: one.name for one in territory.active_accounts}
    for number, ids in territory.shared_numbers.items():
        who = first_of([f'"{names[one]}" ({one})' for one in ids], _MOST_NAMES, " and ")
        within = f"it is rung once within {territory.courtesy.gap} business days"
        problem = f"{number} is the number of {who}: {within}"
        remedy = "correct the number where it is another"
        yield Finding.notice("accounts", problem, remedy, column="phone")


def accounts_of_others(territory: Question) -> Iterator[Finding]:
    """Accounts that others work: counted and named; and an owner who has none."""
    rep = territory.rep
    accounts = [one for one in territory.accounts if one.is_active]
    others = [(other_owner(rep, one), one.name) for one in accounts]
    away = [(who, name) for who, name in others if who]
    if not away:
        return
    counts = Counter(who for who, _ in away)
    parts = ", ".join(f"{who} {number}" for who, number in sorted(counts.items()))
    some = f"{len(away)} of {len(accounts)} accounts are worked by others ({parts})"
    problem = f"{some}: {first_of([name for _, name in away], _MOST_NAMES)}"
    remedy = "not touched; add a name that means you, if one of these is yours"
    yield _setting("rep.owner", problem, remedy)
    if len(away) == len(accounts):
        nobody = f"no account is {' or '.join(rep.owner)}'s"
        yield _setting("rep.owner", nobody, "write your name as the column owner has it")


def cadences_over_ceilings(territory: Question) -> Iterator[Finding]:
    """A cadence in use with more touches, or more by one channel, than `[contact]` allows.

    Courtesies do not count, nor, to the ceiling of a channel, a step that may be made by another.
    """
    courtesy, purposes = territory.courtesy, territory.purposes
    named = [name for tier in territory.tiers for name in (tier.cadence, tier.others)]
    named += territory.relationships.values()
    named += [account.cadence for account in territory.accounts]
    named += [contact.cadence for contact in territory.contacts]
    for name in dict.fromkeys(named):
        cadence = territory.cadences.get(name)
        steps = [
            step
            for each in (cadence.steps if cadence else ())
            for step in [each] * each.repeat
            if each.purpose not in purposes or not purposes[each.purpose].courtesy
        ]
        counts = Counter(step.channels[0] for step in steps if len(set(step.channels)) == 1)
        asked = [
            (number, f"{number} steps by {channel}", f"most_{channel}", most)
            for channel, number in sorted(counts.items())
            if (most := courtesy.most_by_channel.get(channel)) is not None
        ]
        for number, what, key, most in (
            *asked,
            (len(steps), f"{len(steps)} touches", "most", courtesy.most),
        ):
            if number > most:
                problem = f"it asks for {what} of one person, and {key} = {most} lets {most} in"
                remedy = f"raise {key} under [contact], or take steps out"
                yield _setting(f"cadences.{name}", problem, remedy)


def odd_figures(territory: Question) -> Iterator[Finding]:
    """A visit without a drive, and hours and minutes of zero, which nobody means: planned."""
    visit = territory.channels.get("visit")
    if visit and not visit.travels:
        problem = "a visit that does not travel is planned without a drive and without visit hours"
        remedy = "write travels = true, or give the channel another name"
        yield _setting("channels.visit.travels", problem, remedy)
    capacity, rep = territory.capacity, territory.rep
    for key, like in (("minutes_per_day", 360), ("minutes_per_week", 720)):
        if not getattr(capacity, key) and not capacity.more:
            problem = "there are 0 minutes for the campaign, so nothing that takes time is planned"
            yield _setting(f"capacity.{key}", problem, f"write {key} = {like}")
    week = each_day(territory.start, territory.start + dt.timedelta(days=6))
    days = [day for day in week if rep.hours_on(day)]
    if days and not any(map(rep.working_minutes, days)):
        problem = f"a lunch of {rep.lunch_minutes} minutes leaves none of any day"
        yield _setting("rep.lunch_minutes", problem, "write lunch_minutes = 30")
    used = {name for one in territory.cadences.values() for s in one.steps for name in s.channels}
    for name, channel in territory.channels.items():
        none = "lets none in, and cadences ask for it", "raise it, or take it out of them"
        takes = "takes no minutes, so that a day holds any number"
        no_minutes = takes, "write what one takes, as 15"
        for key, said in (("minutes", no_minutes), ("per_day", none), ("per_week", none)):
            if name in used and getattr(channel, key) == 0:
                yield _setting(f"channels.{name}.{key}", *said)


def doubtful_promises(territory: Question) -> Iterator[Finding]:
    """An open promise to an account that is not active, or due before its grievance is heard.

    Neither is planned. An overdue promise has no such day: it stands after the opening.
    """
    accounts = {account.account_id: account for account in territory.accounts}
    for row, promise in enumerate(territory.promises, start=1):
        account = accounts.get(promise.account_id)
        if not account or not promise.is_open:
            continue
        own, due, since = promise.promise_id, promise.due, account.grievance_since
        if not account.is_active:
            who = f'"{account.name}" ({account.account_id})'
            problem = f'"{own}" is promised to {who}, whose status is "{account.status}"'
            remedy = "not planned; make the account active, or keep the promise without a plan"
            yield Finding.notice("promises", problem, remedy, row=row, column="account_id")
        elif account.has_grievance and since and territory.start <= due < since:
            problem = (
                f'"{own}", promised to "{account.name}" by {due}, cannot be kept: '
                f"nothing may come before its grievance is heard, from {since} on"
            )
            remedy = f"agree on {since} or later, or correct grievance_since in the accounts"
            yield Finding.notice("promises", problem, remedy, row=row, column="due")


def doubtful_places_and_moods(territory: Question) -> Iterator[Finding]:
    """A rep without a region where holidays differ by it; a good account that complains.

    And an account in a country whose holidays are not known.
    """
    rep = territory.rep
    if rep.country in BY_REGION and not rep.region:
        problem = (
            f"the public holidays of {rep.country} differ by region, and none is given: only "
            "those of the whole country count"
        )
        remedy = 'write region = "..." under [rep], the code or the name of yours'
        yield _setting("rep.region", problem, remedy)
    for row, account in enumerate(territory.accounts, start=1):
        if account.grievance and account.relationship.value not in ("", "grievance"):
            called = f'the relationship is "{account.relationship}"'
            problem = f"{called}, but a grievance is written down"
            remedy = "planned as a grievance; empty the grievance when it is settled"
            yield Finding.notice("accounts", problem, remedy, row=row, column="relationship")
        if not holidays_are_known(account.country, "", territory.start.year):
            problem = f'no public holidays are known for "{account.country}"'
            remedy = "planned without; write the two letters of ISO 3166, as US, DE or GB"
            yield Finding.notice("accounts", problem, remedy, row=row, column="country")
