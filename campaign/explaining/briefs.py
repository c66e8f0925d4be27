"""What the rep must know before a touch, the weightiest first."""

import datetime as dt
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from campaign.demand import Owed
from campaign.explaining.words import account_name, date_in_words, note, sentence
from campaign.model.runs import is_new
from campaign.model.territory import Territory

NONE: frozenset[str] = frozenset()
NEVER = "Never touched before"
UNKNOWN = "No last contact is known"
_MADE: Mapping[str, str] = MappingProxyType(
    {
        "letter": "written to",
        "postcard": "sent a card",
        "call": "called",
        "visit": "met",
        "email": "mailed",
    }
)


def brief(
    territory: Territory,
    owed: Owed,
    *,
    channel: str = "",
    kept: AbstractSet[str] = NONE,
    day: dt.date | None = None,
    is_first: bool = True,
) -> str:
    """What to know before a touch, in one line: grievance, promises, people, gaps, notes.

    `channel` is the one that the touch stands by; without it, the first wanted. `kept` are
    the ids of promises that the plan keeps before the touch: they are not named any more.
    What the delivery team did last is named, before `day` where one is given. When they were
    last in touch is told of the first touch alone: after it, it is no longer so.
    Promises count as overdue by the start of the campaign. Long notes are cut short.
    """
    told = (
        *_grievance(territory, owed),
        *_promises(territory, owed, kept),
        *_person(territory, owed),
        *_missing(territory, owed, channel or owed.wanted_channels[0]),
        *_notes(owed),
        *_delivered(territory, owed, day),
        *(_last_contact(territory, owed) if is_first else ()),
    )
    return " ".join(map(sentence, told))


def _grievance(territory: Territory, owed: Owed) -> Iterator[str]:
    """What it is; then going there to listen, the apology for that very thing, proof of repair."""
    account = owed.account
    if not account.has_grievance:
        return
    since = account.grievance_since
    when = f" since {date_in_words(territory, since)}" if since else ""
    what = account.grievance.strip() or "what it is about is not written down"
    yield f"Grievance{when}: {what}"
    if owed.opens:
        yield "Listen first"
    elif owed.step.purpose == "recover" and owed.run:
        # The opening is for listening, also where its purpose is to recover.
        steps = owed.run.cadence.steps[int(owed.run.is_main) :]
        apology = next((step for step in steps if step.purpose == "recover"), None)
        is_apology = owed.step is apology
        yield "Apologise for this very thing" if is_apology else "Show what has been repaired"


def _promises(territory: Territory, owed: Owed, kept: AbstractSet[str]) -> Iterator[str]:
    account_id = owed.account.account_id
    if owed.sent is not None:
        yield f"Ask whether it arrived: {owed.sent.what}"
    if owed.promise is not None and owed.promise not in territory.promises:
        # What a complaint asks for stands in no list.
        yield f"Owed by {date_in_words(territory, owed.promise.due)}: {owed.promise.what}"
    people = {one.contact_id: one.name for one in territory.contacts_of(account_id)}
    to_it = (one for one in territory.promises if one.account_id == account_id and one.is_open)
    promises = [promise for promise in to_it if promise.promise_id not in kept]
    for promise in sorted(promises, key=lambda promise: (promise != owed.promise, promise.due)):
        overdue = " (overdue)" if promise.due < territory.start else ""
        name = people.get(promise.contact_id)
        is_other = promise.contact_id != owed.person.contact_id
        to = f" to {name}" if name and is_other else ""
        yield f"Promised{to} by {date_in_words(territory, promise.due)}{overdue}: {promise.what}"


def _person(territory: Territory, owed: Owed) -> Iterator[str]:
    """Who it is meant for and not known, who is new, who is known from another account."""
    person, wanted, account_id = owed.person, owed.step.contact, owed.account.account_id
    if wanted and person.role != wanted:
        who = f"{person.name} ({person.title})" if person.title else person.name
        question = "who decides" if wanted == "decision_maker" else "who that is"
        whom = "" if person.contact_id == account_id else f" {who}"
        role = wanted.replace("_", " ")
        yield f"Meant for the {role}, who is not known: ask{whom} {question}"
    elif is_new(territory, person) and person.since:
        yield f"New decision maker, since {date_in_words(territory, person.since)}"
    for one in territory.lived_with(person.contact_id):
        if one.account_id != account_id and one.by:
            made = ", ".join(_MADE.get(channel, f"reached by {channel}") for channel in one.by)
            yield f"Known from {account_name(territory, one.account_id)}: {made}"


def _missing(territory: Territory, owed: Owed, channel: str) -> Iterator[str]:
    account, person, used = owed.account, owed.person, territory.channels[channel]
    street = person.street or account.street
    if channel == "call" and not (person.phone or account.phone):
        yield "Find the number first"
    if channel == "email" and not (person.email or account.email):
        yield "Find the email address first"
    if (used.is_post or (used.travels and account.coordinates is None)) and not street:
        yield "Find the address first"


def _notes(owed: Owed) -> Iterator[str]:
    if owed.account.notes.strip():
        yield f"Notes: {note(owed.account.notes)}"
    if owed.person.notes.strip():
        yield f"Of {owed.person.name}: {note(owed.person.notes)}"


def _delivered(territory: Territory, owed: Owed, day: dt.date | None) -> Iterator[str]:
    """What the delivery team did with the account last."""
    there = [one for one in territory.delivered if one.account_id == owed.account.account_id]
    before = [one for one in there if day is None or one.date < day]
    if before:
        last = max(before, key=lambda touch: touch.date)
        what = ", ".join(filter(None, (last.channel, last.who)))
        told = f": {note(last.note)}" if last.note else ""
        when = date_in_words(territory, last.date)
        yield f"The delivery team was there {when}{f' ({what})' if what else ''}{told}"


def _last_contact(territory: Territory, owed: Owed) -> Iterator[str]:
    last = owed.account.last_contact
    nothing = NEVER if owed.account.is_said_untouched else UNKNOWN
    yield f"Last contact {date_in_words(territory, last)}" if last else nothing
