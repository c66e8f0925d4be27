"""What the rep must know before a touch, the weightiest first."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from attrs import field, frozen

from campaign.demand import Owed
from campaign.explaining.words import date_in_words, note, sentence
from campaign.model.accounts import Promise
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


@frozen
class Moment:
    """How a touch stands: its channel, the promises kept before it, by id, its day.

    `is_first` is false where the plan has an earlier touch of the account.
    """

    channel: str
    kept: AbstractSet[str] = NONE
    day: dt.date | None = None
    is_first: bool = field(default=True, kw_only=True)


Part = Callable[[Territory, Owed, Moment], Iterator[str]]


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
    moment = Moment(channel or owed.wanted_channels[0], kept, day, is_first=is_first)
    return " ".join(sentence(text) for part in PARTS for text in part(territory, owed, moment))


def _grievance(territory: Territory, owed: Owed, _moment: Moment) -> Iterator[str]:
    account = owed.account
    if not account.has_grievance:
        return
    since = account.grievance_since
    when = f" since {date_in_words(territory, since)}" if since else ""
    what = account.grievance.strip() or "what it is about is not written down"
    yield f"Grievance{when}: {what}"
    yield from _what_it_asks_for(owed)


def _what_it_asks_for(owed: Owed) -> Iterator[str]:
    """Going there to listen, then the apology for that very thing, then proof of repair."""
    if owed.opens:
        yield "Listen first"
    elif owed.step.purpose == "recover" and owed.run:
        # The opening is for listening, also where its purpose is to recover.
        steps = owed.run.cadence.steps[int(owed.run.is_main) :]
        apology = next((step for step in steps if step.purpose == "recover"), None)
        is_apology = owed.step is apology
        yield "Apologise for this very thing" if is_apology else "Show what has been repaired"


def _promises(territory: Territory, owed: Owed, moment: Moment) -> Iterator[str]:
    account_id = owed.account.account_id
    if owed.sent is not None:
        yield f"Ask whether it arrived: {owed.sent.what}"
    if owed.promise is not None and owed.promise not in territory.promises:
        # What a complaint asks for stands in no list.
        yield f"Owed by {date_in_words(territory, owed.promise.due)}: {owed.promise.what}"
    to_it = (p for p in territory.promises if p.account_id == account_id and p.is_open)
    promises = [promise for promise in to_it if promise.promise_id not in moment.kept]
    for promise in sorted(promises, key=lambda promise: (promise != owed.promise, promise.due)):
        yield _promised(territory, owed, promise)


def _promised(territory: Territory, owed: Owed, promise: Promise) -> str:
    overdue = " (overdue)" if promise.due < territory.start else ""
    people = {
        person.contact_id: person.name for person in territory.contacts_of(owed.account.account_id)
    }
    name = people.get(promise.contact_id, "")
    to = f" to {name}" if name and promise.contact_id != owed.person.contact_id else ""
    return f"Promised{to} by {date_in_words(territory, promise.due)}{overdue}: {promise.what}"


def _person(territory: Territory, owed: Owed, _moment: Moment) -> Iterator[str]:
    person, wanted = owed.person, owed.step.contact
    if wanted and person.role != wanted:
        who = f"{person.name} ({person.title})" if person.title else person.name
        role = wanted.replace("_", " ")
        question = "who decides" if wanted == "decision_maker" else "who that is"
        whom = "" if person.contact_id == owed.account.account_id else f" {who}"
        yield f"Meant for the {role}, who is not known: ask{whom} {question}"
    elif is_new(territory, person) and person.since:
        yield f"New decision maker, since {date_in_words(territory, person.since)}"


def _known_from(territory: Territory, owed: Owed, _moment: Moment) -> Iterator[str]:
    """Where somebody is known from who stood at another account before."""
    for one in territory.lived_with(owed.person.contact_id):
        if one.account_id != owed.account.account_id and one.by:
            made = ", ".join(map(_made, one.by))
            yield f"Known from {_name_of(territory, one.account_id)}: {made}"


def _name_of(territory: Territory, account_id: str) -> str:
    listed = (one.name for one in territory.accounts if one.account_id == account_id)
    return next(listed, territory.former.get((account_id, account_id), account_id))


def _made(channel: str) -> str:
    return _MADE.get(channel, f"reached by {channel}")


def _missing(territory: Territory, owed: Owed, moment: Moment) -> Iterator[str]:
    channel = moment.channel
    account, person, used = owed.account, owed.person, territory.channels[channel]
    street = person.street or account.street
    if channel == "call" and not (person.phone or account.phone):
        yield "Find the number first"
    if channel == "email" and not (person.email or account.email):
        yield "Find the email address first"
    if (used.is_post and not street) or (
        used.travels and not street and account.coordinates is None
    ):
        yield "Find the address first"


def _notes(_territory: Territory, owed: Owed, _moment: Moment) -> Iterator[str]:
    if owed.account.notes.strip():
        yield f"Notes: {note(owed.account.notes)}"
    if owed.person.notes.strip():
        yield f"Of {owed.person.name}: {note(owed.person.notes)}"


def _delivered(territory: Territory, owed: Owed, moment: Moment) -> Iterator[str]:
    """What the delivery team did with the account last."""
    there = [
        touch
        for touch in territory.delivered
        if touch.account_id == owed.account.account_id
        and (moment.day is None or touch.date < moment.day)
    ]
    if there:
        last = max(there, key=lambda touch: touch.date)
        what = ", ".join(filter(None, (last.channel, last.who)))
        told = f": {note(last.note)}" if last.note else ""
        when = date_in_words(territory, last.date)
        yield f"The delivery team was there {when}{f' ({what})' if what else ''}{told}"


def _last_contact(territory: Territory, owed: Owed, moment: Moment) -> Iterator[str]:
    account = owed.account
    if moment.is_first:
        last = account.last_contact
        nothing = NEVER if account.is_said_untouched else UNKNOWN
        yield f"Last contact {date_in_words(territory, last)}" if last else nothing


PARTS: tuple[Part, ...] = (
    _grievance,
    _promises,
    _person,
    _known_from,
    _missing,
    _notes,
    _delivered,
    _last_contact,
)
