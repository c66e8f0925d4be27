"""What is doubtful in a territory, planned on and said: one small check each.

They stand in their order among the others in `checks`, which is the table of contents.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from campaign.errors import Finding, Severity
from campaign.model.cadences import Cadence
from campaign.model.persons import twins
from campaign.model.question import Question
from campaign.model.rep import other_owner
from campaign.workdays import each_day, holidays_are_known

BY_REGION = frozenset({"AU", "BA", "BR", "CA", "CH", "DE", "ES", "FM", "GB", "IN", "MY", "NZ"})
"""Where at least half of the regions have public holidays of their own (`holidays` package).

In the United States the states' lists count by choice only: firms work on most of their days.
"""
_MOST_NAMES = 3


def _notice(place: tuple[str, int, str], problem: str, remedy: str) -> Finding:
    """A doubt about what stands in a file, a row (0 for none) and a column."""
    file, row, column = place
    return Finding(file, problem, remedy=remedy, row=row, column=column, severity=Severity.NOTICE)


def _setting(key: str, problem: str, remedy: str) -> Finding:
    return _notice(("campaign", 0, key), problem, remedy)


def _and_more(names: Iterable[str], between: str) -> str:
    """The first few names, and how many more there are."""
    all_names = list(names)
    more = len(all_names) - _MOST_NAMES
    return between.join(all_names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


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
        yield _notice(("promises", row, "contact_id"), where, remedy)


def people_who_stand_twice(territory: Question) -> Iterator[Finding]:
    """A contact who is the same person as an earlier one of the account: touched once."""
    rows = {one.contact_id: row for row, one in enumerate(territory.contacts, start=1)}
    for twin in twins(territory.contacts):
        first = twin.first
        yield _notice(
            ("contacts", rows[twin.contact.contact_id], "contact_id"),
            f"{twin.contact.name} ({twin.contact.contact_id}) is the same person as "
            f"{first.name} ({first.contact_id}): the same {twin.shown_by}",
            "touched as one person; remove one of the two rows",
        )


def numbers_that_several_share(territory: Question) -> Iterator[Finding]:
    """A telephone number of several accounts: it is rung once within the gap."""
    if not territory.tiers:
        return  # which is told
    names = {one.account_id: one.name for one in territory.active_accounts}
    for number, ids in territory.shared_numbers.items():
        who = _and_more((f'"{names[one]}" ({one})' for one in ids), " and ")
        yield _notice(
            ("accounts", 0, "phone"),
            f"{number} is the number of {who}: it is rung once within "
            f"{territory.courtesy.gap} business days",
            "correct the number where it is another",
        )


def accounts_of_others(territory: Question) -> Iterator[Finding]:
    """Accounts that others work: counted and named; and an owner who has none."""
    rep, accounts = territory.rep, [one for one in territory.accounts if one.is_active]
    others = [(other_owner(rep, one), one.name) for one in accounts]
    away = [(who, name) for who, name in others if who]
    if not away:
        return
    counts = Counter(who for who, _ in away)
    parts = ", ".join(f"{who} {number}" for who, number in sorted(counts.items()))
    yield _setting(
        "rep.owner",
        f"{len(away)} of {len(accounts)} accounts are worked by others ({parts}): "
        f"{_and_more((name for _, name in away), ', ')}",
        "not touched; add a name that means you, if one of these is yours",
    )
    if len(away) == len(accounts):
        nobody = f"no account is {' or '.join(rep.owner)}'s"
        yield _setting("rep.owner", nobody, "write your name as the column owner has it")


def cadences_over_ceilings(territory: Question) -> Iterator[Finding]:
    """A cadence in use with more touches, or more by one channel, than `[contact]` allows.

    Courtesies do not count, nor, to the ceiling of a channel, a step that may be made by another.
    """
    courtesy = territory.courtesy
    for cadence in _in_use(territory):
        steps = [
            step
            for each in cadence.steps
            for step in [each] * each.repeat
            if not (used := territory.purposes.get(each.purpose)) or not used.courtesy
        ]
        counts = Counter(step.channels[0] for step in steps if len(set(step.channels)) == 1)
        for channel, number in sorted(counts.items()):
            most = courtesy.most_by_channel.get(channel)
            if most is not None and number > most:
                yield _over(cadence.name, f"{number} steps by {channel}", f"most_{channel}", most)
        if len(steps) > courtesy.most:
            yield _over(cadence.name, f"{len(steps)} touches", "most", courtesy.most)


def _in_use(territory: Question) -> Iterator[Cadence]:
    """The cadences that a tier, a relationship, an account or a person names."""
    named = [name for tier in territory.tiers for name in (tier.cadence, tier.others)]
    named += territory.relationships.values()
    named += [account.cadence for account in territory.accounts]
    named += [contact.cadence for contact in territory.contacts]
    for name in dict.fromkeys(named):
        if name in territory.cadences:
            yield territory.cadences[name]


def _over(cadence: str, asked: str, key: str, most: int) -> Finding:
    return _setting(
        f"cadences.{cadence}",
        f"it asks for {asked} of one person, and {key} = {most} lets {most} in",
        f"raise {key} under [contact], or take steps out",
    )


def visits_that_do_not_travel(territory: Question) -> Iterator[Finding]:
    """A channel named `visit` without a drive: planned without."""
    used = territory.channels.get("visit")
    if used and not used.travels:
        yield _setting(
            "channels.visit.travels",
            "a visit that does not travel is planned without a drive and without visit hours",
            "write travels = true, or give the channel another name",
        )


def zeros(territory: Question) -> Iterator[Finding]:
    """Hours and minutes of zero, which nobody means: planned as they are."""
    capacity, rep = territory.capacity, territory.rep
    for key, minutes, like in (
        ("minutes_per_day", capacity.minutes_per_day, 360),
        ("minutes_per_week", capacity.minutes_per_week, 720),
    ):
        if not minutes and not capacity.more:
            problem = "there are 0 minutes for the campaign, so nothing that takes time is planned"
            yield _setting(f"capacity.{key}", problem, f"write {key} = {like}")
    week = each_day(territory.start, territory.start + dt.timedelta(days=6))
    days = [day for day in week if rep.hours_on(day)]
    if days and not any(map(rep.working_minutes, days)):
        problem = f"a lunch of {rep.lunch_minutes} minutes leaves none of any day"
        yield _setting("rep.lunch_minutes", problem, "write lunch_minutes = 30")
    yield from _zeros_of_channels(territory)


def _zeros_of_channels(territory: Question) -> Iterator[Finding]:
    used = {name for one in territory.cadences.values() for s in one.steps for name in s.channels}
    for name, channel in territory.channels.items():
        if name in used and not channel.minutes:
            problem = "takes no minutes, so that a day holds any number"
            yield _setting(f"channels.{name}.minutes", problem, "write what one takes, as 15")
        for key, most in (("per_day", channel.per_day), ("per_week", channel.per_week)):
            if name in used and most == 0:
                problem = "lets none in, and cadences ask for it"
                yield _setting(
                    f"channels.{name}.{key}", problem, "raise it, or take it out of them"
                )


def promises_to_accounts_that_rest(territory: Question) -> Iterator[Finding]:
    """An open promise to an account that is not active: it is not planned."""
    resting = {account.account_id: account for account in territory.accounts}
    for row, promise in enumerate(territory.promises, start=1):
        account = resting.get(promise.account_id)
        if account and not account.is_active and promise.is_open:
            yield _notice(
                ("promises", row, "account_id"),
                f'"{promise.promise_id}" is promised to "{account.name}" ({account.account_id}), '
                f'whose status is "{account.status}"',
                "not planned; make the account active, or keep the promise without a plan",
            )


def promises_due_before_the_opening(territory: Question) -> Iterator[Finding]:
    """An open promise due before the grievance of its account can be heard: not planned.

    An overdue promise has no such day: it stands after the opening.
    """
    accounts = {account.account_id: account for account in territory.accounts}
    for row, promise in enumerate(territory.promises, start=1):
        account = accounts.get(promise.account_id)
        if not (promise.is_open and account and account.is_active and account.has_grievance):
            continue
        since = account.grievance_since
        if since and territory.start <= promise.due < since:
            yield _notice(
                ("promises", row, "due"),
                f'"{promise.promise_id}", promised to "{account.name}" by {promise.due}, cannot be '
                f"kept: nothing may come before its grievance is heard, from {since} on",
                f"agree on {since} or later, or correct grievance_since in the accounts",
            )


def contradictory_grievances(territory: Question) -> Iterator[Finding]:
    """A complaint on an account that is called good: planned as a grievance."""
    for row, account in enumerate(territory.accounts, start=1):
        if account.grievance and account.relationship.value not in ("", "grievance"):
            yield _notice(
                ("accounts", row, "relationship"),
                f'the relationship is "{account.relationship}", but a grievance is written down',
                "planned as a grievance; empty the grievance when it is settled",
            )


def unknown_region_of_rep(territory: Question) -> Iterator[Finding]:
    """A rep in a country whose public holidays differ by region, without a region."""
    rep = territory.rep
    if rep.country in BY_REGION and not rep.region:
        yield _setting(
            "rep.region",
            f"the public holidays of {rep.country} differ by region, and none is given: only "
            "those of the whole country count",
            'write region = "..." under [rep], the code or the name of yours',
        )


def unknown_countries_of_accounts(territory: Question) -> Iterator[Finding]:
    """A country of an account whose public holidays are not known: planned without."""
    for row, account in enumerate(territory.accounts, start=1):
        if not holidays_are_known(account.country, "", territory.start.year):
            yield _notice(
                ("accounts", row, "country"),
                f'no public holidays are known for "{account.country}"',
                "planned without; write the two letters of ISO 3166, as US, DE or GB",
            )
