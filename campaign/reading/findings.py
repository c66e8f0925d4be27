"""What is missing or doubtful in readable lists, and who is hard to reach: notices.

And many findings of one kind as few: the first ten by row, and the count of the rest.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from campaign.errors import Finding
from campaign.geography.outlines import coasts_around
from campaign.model.accounts import Account, Contact
from campaign.model.busy import zone_named
from campaign.model.frames import earliest, frame_of, shared
from campaign.model.hours import OpeningHours, opened
from campaign.model.territory import Territory
from campaign.phrases import counted, first_of
from campaign.reading.cells import shown
from campaign.reading.lists.records import Records
from campaign.reading.places.located import Places

_EMAIL = re.compile(r"[^@\s]@[^@\s]")
_LONG_AGO = 1970
_NOT_WORKED = frozenset(
    {
        *("closed", "permanently closed", "inactive", "planning", "planned", "out of business"),
        "churned",
    }
)
_MOST_NAMED = 3
_MOST_SINGLE = 10
_WORDS_OF_A_CELL = re.compile(r'"[^"]*"|[-+]?\d[\d.,]*')
_TWO_DATES = re.compile(r'("[^"]*") can be two dates')


def doubts(
    accounts: Records[Account], contacts: Records[Contact], country: str = ""
) -> Iterator[Finding]:
    """Every doubt, check by check; `country` is that of accounts that name none."""
    lines = zip(accounts.rows, accounts.items, strict=True)
    active = [(row, account) for row, account in lines if account.is_active]
    yield from _not_worked(accounts.file, accounts.items)
    told = frozenset(
        found.row for found in accounts.all_findings if found.column in ("latitude", "longitude")
    )
    yield from Places(accounts.file, active, country, told).doubts()
    phoned = {person.account_id for person in contacts.items if person.phone}
    housed = {person.account_id for person in contacts.items if person.city}
    lacking = {"phone": 0, "street": 0}
    for _, one in active:
        is_whole = one.street and (one.city or one.postal_code)
        lacking["phone"] += not one.phone and one.account_id not in phoned
        lacking["street"] += not is_whole and one.account_id not in housed
    for column, what, remedy in (
        ("phone", "no phone number", "find the number before a call"),
        ("street", "no full address", "find the address before a letter"),
    ):
        if number := lacking[column]:
            have = "has" if number == 1 else "have"
            problem = f"{number} of {len(active)} active accounts {have} {what}"
            yield Finding.notice(accounts.file, problem, remedy, column=column)
    yield from _no_email(accounts.file, accounts.rows, [one.email for one in accounts.items])
    yield from _no_email(contacts.file, contacts.rows, [one.email for one in contacts.items])
    days = [(row, one.last_contact) for row, one in active if one.last_contact]
    if old := [(row, day) for row, day in days if day.year < _LONG_AGO]:  # a spreadsheet's day 1
        row, day = old[0]
        problem = f"{counted(len(old), 'date lies', 'dates lie')} before {_LONG_AGO}, as {day}"
        remedy = "planned so; correct it, or empty the cell if there was no contact"
        yield Finding.notice(accounts.file, problem, remedy, row=row, column="last_contact")


def _not_worked(file: str, accounts: tuple[Account, ...]) -> Iterator[Finding]:
    """Accounts that are not active, and active ones that another column calls closed."""
    states: Counter[str] = Counter()
    said: dict[str, Counter[str]] = {}
    for account in accounts:
        if not account.is_active:
            states[account.status] += 1
            continue
        for column, text in account.extra.items():
            if text.strip().casefold() in _NOT_WORKED:
                said.setdefault(column, Counter())[text.strip()] += 1
    if number := states.total():
        verb = "is" if number == 1 else "are"
        parts = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
        problem = f"{number} of {len(accounts)} accounts {verb} not active ({parts})"
        remedy = "not touched; write active to work one of them"
        yield Finding.notice(file, problem, remedy, column="status")
    for column, words in said.items():
        parts = ", ".join(f"{number} {word}" for word, number in sorted(words.items()))
        which = counted(words.total(), "account is", "accounts are")
        problem = f"{which} to be worked, though this column says otherwise ({parts})"
        remedy = "write that word under status to leave an account out"
        yield Finding.notice(file, problem, remedy, column=column)


def _no_email(file: str, rows: Sequence[int], emails: Sequence[str]) -> Iterator[Finding]:
    lines = zip(rows, emails, strict=True)
    wrong = [(row, email) for row, email in lines if email and not _EMAIL.search(email)]
    if wrong:
        row, email = wrong[0]
        cells = counted(len(wrong), "cell is", "cells are")
        problem = f'{cells} no address for email, as "{shown(email)}"'
        remedy = "write it as name@example.com, or empty the cell"
        yield Finding.notice(file, problem, remedy, row=row, column="email")


def never_called(territory: Territory, accounts: str, contacts: str) -> Iterator[Finding]:
    """A notice on each time zone in which the rep's hours are nobody's call hours.

    `accounts` and `contacts` are the names of the files.
    """
    found = Counter[tuple[str, str, str]]()
    hours: dict[tuple[str, str], OpeningHours] = {}
    named: dict[OpeningHours, str] = {}
    for account in territory.active_accounts:
        for person in territory.contacts_of(account.account_id) or (None,):
            called = territory.call_hours_of(account, person)
            refuses = account.do_not_contact or (person is not None and person.do_not_contact)
            if refuses or not called:
                continue
            own = person.timezone if person else ""
            zone = own or account.timezone or territory.rep.timezone
            text = named.get(called) or named.setdefault(called, str(called))
            hours[text, zone] = called
            is_own = person is None or person.contact_id == account.account_id
            found[accounts if is_own else contacts, text, zone] += 1
    never = {key for key, called in hours.items() if not _meet(territory, called, key[1])}
    for (file, text, zone), number in sorted(found.items()):
        if (text, zone) in never:
            problem = f"{counted(number, 'person')} can never be called: {text} {zone} lies outside"
            remedy = (
                "another channel of the step is taken, else the call is left out; "
                "write call_hours that lie in your own hours to call them"
            )
            yield Finding.notice(file, f"{problem} of your hours", remedy, column="call_hours")


def _meet(territory: Territory, hours: OpeningHours, zone: str) -> bool:
    """Whether some day of the rep has time for a call in these hours of a zone."""
    rep, call, days = territory.rep, territory.channels["call"], territory.calendar.working_days
    there = zone_named(zone) or rep.zone
    frames = (
        shared(frame_of(rep, date).work, tuple(opened(hours, date, rep.zone, there)))
        for date in days
    )
    return not days or any(earliest(spans, 0, call.minutes) >= 0 for spans in frames)


def over_the_sea(territory: Territory, file: str) -> Iterator[Finding]:
    """One notice on all active accounts to which the line from home crosses the sea."""
    home = territory.rep.home
    known = [one for one in territory.accounts if one.is_active and one.coordinates]
    if home is None or not known:
        return
    coasts = coasts_around(home)
    places = dict.fromkeys(one.coordinates for one in known)
    beyond = {place for place in places if place and coasts.lie_between(place)}
    names = [one.name for one in known if one.coordinates in beyond]
    if names:
        accounts = f"{len(names)} of the accounts: {first_of(names, _MOST_NAMED)}"
        problem = f"the straight line from home crosses the sea to {accounts}"
        remedy = (
            "their drives are reckoned as if there were a bridge; where there is none, "
            "plan nights away, another base, or calls"
        )
        yield Finding.notice(file, problem, remedy, column="latitude")


def few_of_each_kind(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those of one kind in one column counted from the eleventh row on.

    Dates of one column that can all be two become one finding, since one answer settles
    them. Nothing is hidden: the count and the rows are said.
    """
    kinds: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        what = _WORDS_OF_A_CELL.sub("", one.problem) if one.is_error else one.remedy
        kind = one.severity, one.file, one.column, bool(one.row), what
        kinds.setdefault(kind, []).append(one)
    for alike in kinds.values():
        if len(alike) > 1 and all(_TWO_DATES.fullmatch(one.problem) for one in alike):
            yield _two_dates(sorted(alike, key=lambda one: one.row))
            continue
        yield from alike[:_MOST_SINGLE]
        if rest := alike[_MOST_SINGLE:]:
            rows = [one.row for one in rest]
            low, high = min(rows), max(rows)
            span = f"row {low}" if low == high else f"rows {low} to {high}"
            problem = f"{counted(len(rows), 'more row')} alike ({span})"
            if not high:  # of the list as a whole
                problem = f"{len(rows)} more alike"
            yield evolve(rest[0], problem=problem, row=low if rest[0].is_error else 0)


def _two_dates(alike: list[Finding]) -> Finding:
    rows = [str(finding.row) for finding in alike]
    last = f" to {rows[-1]}" if len(rows) > _MOST_NAMED else ""
    example = alike[0].problem.partition(" can be ")[0]
    dates = f"{len(rows)} dates can each be two, as {example}"
    return evolve(
        alike[0],
        problem=f"{dates} (rows {', '.join(rows[:_MOST_NAMED])}{last}), "
        "and the column does not settle which",
        remedy="write them as YYYY-MM-DD",
    )
