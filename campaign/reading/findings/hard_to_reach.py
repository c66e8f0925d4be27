"""Who is hard to reach: never by telephone, or by a road that the straight line takes for one.

Their hours and those of the rep do not meet, or the sea lies between.
"""

from collections import Counter
from collections.abc import Iterator

from campaign.errors import Finding, Severity
from campaign.geography.seas import coasts_around
from campaign.model.abroad import opened
from campaign.model.accounts import Account, Contact
from campaign.model.busy import zone_named
from campaign.model.frames import earliest, frame_of, shared
from campaign.model.hours import OpeningHours
from campaign.model.territory import Territory

_CALL = "call"
_REMEDY = (
    "another channel of the step is taken, else the call is left out; "
    "write call_hours that lie in your own hours to call them"
)


def never_called(territory: Territory, accounts: str, contacts: str) -> Iterator[Finding]:
    """A notice on each time zone in which the rep's hours are nobody's call hours.

    `accounts` and `contacts` are the names of the files.
    """
    found = Counter[tuple[str, str, str]]()
    hours: dict[tuple[str, str], OpeningHours] = {}
    named: dict[OpeningHours, str] = {}
    for account, person in _people(territory):
        called = territory.call_hours_of(account, person)
        if called:
            own = person.timezone if person else ""
            zone = own or account.timezone or territory.rep.timezone
            text = named.get(called) or named.setdefault(called, str(called))
            hours[text, zone] = called
            is_own = person is None or person.contact_id == account.account_id
            file = accounts if is_own else contacts
            found[file, text, zone] += 1
    never = {key for key, called in hours.items() if not _meet(territory, called, key[1])}
    for (file, text, zone), number in sorted(found.items()):
        if (text, zone) in never:
            who = "1 person" if number == 1 else f"{number} persons"
            problem = f"{who} can never be called: {text} {zone} lies outside of your hours"
            yield Finding(
                file, problem, remedy=_REMEDY, column="call_hours", severity=Severity.NOTICE
            )


def _people(territory: Territory) -> Iterator[tuple[Account, Contact | None]]:
    """The people of each account; none of one that is its own contact."""
    for account in territory.active_accounts:
        people = territory.contacts_of(account.account_id) or (None,)
        yield from (
            (account, person)
            for person in people
            if not (account.do_not_contact or (person and person.do_not_contact))
        )


def _meet(territory: Territory, hours: OpeningHours, zone: str) -> bool:
    rep, call = territory.rep, territory.channels[_CALL]
    there = zone_named(zone) or rep.zone
    if not territory.calendar.working_days:
        return True
    for date in territory.calendar.working_days:
        spans = shared(frame_of(rep, date).work, tuple(opened(hours, date, rep.zone, there)))
        if earliest(spans, 0, call.minutes) >= 0:
            return True
    return False


_MOST_NAMED = 3


def over_the_sea(territory: Territory, file: str) -> Iterator[Finding]:
    """One notice on all active accounts to which the line from home crosses the sea."""
    home = territory.rep.home
    places = {
        each.coordinates: each for each in territory.accounts if each.is_active and each.coordinates
    }
    if home is None or not places:
        return
    coasts = coasts_around(home)
    beyond = {place for place in places if place and coasts.lie_between(place)}
    names = [
        each.name for each in territory.accounts if each.is_active and each.coordinates in beyond
    ]
    if names:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield Finding(
            file,
            f"the straight line from home crosses the sea to {len(names)} of the accounts: "
            f"{', '.join(names[:_MOST_NAMED])}{more}",
            remedy="their drives are reckoned as if there were a bridge; where there is none, "
            "plan nights away, another base, or calls",
            column="latitude",
            severity=Severity.NOTICE,
        )
