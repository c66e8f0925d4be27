"""What is missing or doubtful in readable lists: notices, one small check each."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from attrs import frozen

from campaign.errors import Finding, Severity
from campaign.model.accounts import Account, Contact
from campaign.reading.cells import shown
from campaign.reading.lists.records import Records
from campaign.reading.places.located import Places

_EMAIL = re.compile(r"[^@\s]@[^@\s]")
_LONG_AGO = 1970
_NOT_WORKED = frozenset(
    {
        "closed",
        "permanently closed",
        "inactive",
        "planning",
        "planned",
        "out of business",
        "churned",
    }
)


@frozen
class Lists:
    """The lists that the doubts are about; `country` is that of accounts that name none."""

    accounts: Records[Account]
    contacts: Records[Contact]
    country: str = ""

    @cached_property
    def active(self) -> list[tuple[int, Account]]:
        """The active accounts with their lines."""
        rows = zip(self.accounts.rows, self.accounts.items, strict=True)
        return [(row, account) for row, account in rows if account.is_active]


Doubt = Callable[[Lists], Iterator[Finding]]


def doubts(lists: Lists) -> Iterator[Finding]:
    """Every doubt, check by check."""
    for check in _DOUBTS:
        yield from check(lists)


def not_active(lists: Lists) -> Iterator[Finding]:
    """Accounts that are not worked, by their status."""
    states = Counter(account.status for account in lists.accounts.items if not account.is_active)
    if states:
        parts = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
        number, total = sum(states.values()), len(lists.accounts.items)
        verb = "is" if number == 1 else "are"
        yield _notice(
            lists,
            f"{number} of {total} accounts {verb} not active ({parts})",
            "not touched; write active to work one of them",
            "status",
        )


def seems_closed(lists: Lists) -> Iterator[Finding]:
    """Active accounts that another column of the list calls closed, or not open yet."""
    said: dict[str, Counter[str]] = {}
    for _, account in lists.active:
        for column, text in account.extra.items():
            if text.strip().casefold() in _NOT_WORKED:
                said.setdefault(column, Counter())[text.strip()] += 1
    for column, words in said.items():
        parts = ", ".join(f"{number} {word}" for word, number in sorted(words.items()))
        yield _notice(
            lists,
            f"{counted(words.total())} to be worked, though this column says otherwise ({parts})",
            "write that word under status to leave an account out",
            column,
        )


def counted(accounts: int) -> str:
    """How many accounts are, in words."""
    return "1 account is" if accounts == 1 else f"{accounts} accounts are"


def doubtful_places(lists: Lists) -> Iterator[Finding]:
    """Accounts whose place is not known, or known by the address only, or doubtful."""
    told = frozenset(
        finding.row
        for finding in lists.accounts.all_findings
        if finding.column in ("latitude", "longitude")
    )
    yield from Places(lists.accounts.file, lists.active, lists.country, told).doubts()


def without_phone(lists: Lists) -> Iterator[Finding]:
    """Accounts without a number, their own or a contact's."""
    reached = {contact.account_id for contact in lists.contacts.items if contact.phone}
    lacking = [
        account
        for _, account in lists.active
        if not account.phone and account.account_id not in reached
    ]
    yield from _if_any(lists, lacking, "no phone number", "find the number before a call", "phone")


def without_address(lists: Lists) -> Iterator[Finding]:
    """Accounts without a street or a town, their own or a contact's."""
    reached = {contact.account_id for contact in lists.contacts.items if contact.city}
    lacking = [
        account
        for _, account in lists.active
        if not (account.street and (account.city or account.postal_code))
        and account.account_id not in reached
    ]
    remedy = "find the address before a letter"
    yield from _if_any(lists, lacking, "no full address", remedy, "street")


def with_no_email(lists: Lists) -> Iterator[Finding]:
    """Accounts and contacts under whose email something else stands."""
    accounts = lists.accounts.rows, [one.email for one in lists.accounts.items]
    contacts = lists.contacts.rows, [one.email for one in lists.contacts.items]
    for file, (rows, emails) in ((lists.accounts.file, accounts), (lists.contacts.file, contacts)):
        both = zip(rows, emails, strict=True)
        wrong = [(row, email) for row, email in both if email and not _EMAIL.search(email)]
        if wrong:
            hold = "1 cell is" if len(wrong) == 1 else f"{len(wrong)} cells are"
            yield Finding(
                file,
                f'{hold} no address for email, as "{shown(wrong[0][1])}"',
                remedy="write it as name@example.com, or empty the cell",
                row=wrong[0][0],
                column="email",
                severity=Severity.NOTICE,
            )


def last_touched_long_ago(lists: Lists) -> Iterator[Finding]:
    """Last contacts of before most who work were born, as a spreadsheet's day 1 is."""
    old = [(row, one.last_contact) for row, one in lists.active if one.last_contact]
    old = [(row, day) for row, day in old if day.year < _LONG_AGO]
    if old:
        lie = "1 date lies" if len(old) == 1 else f"{len(old)} dates lie"
        yield Finding(
            lists.accounts.file,
            f"{lie} before {_LONG_AGO}, as {old[0][1]}",
            remedy="planned so; correct it, or empty the cell if there was no contact",
            row=old[0][0],
            column="last_contact",
            severity=Severity.NOTICE,
        )


_DOUBTS: tuple[Doubt, ...] = (
    not_active,
    seems_closed,
    doubtful_places,
    without_phone,
    without_address,
    with_no_email,
    last_touched_long_ago,
)


def _if_any(
    lists: Lists, lacking: Sequence[Account], what: str, remedy: str, column: str
) -> Iterator[Finding]:
    if lacking:
        yield _summary(lists, len(lacking), what, remedy, column)


def _summary(lists: Lists, number: int, what: str, remedy: str, column: str) -> Finding:
    verb = "has" if number == 1 else "have"
    return _notice(
        lists, f"{number} of {len(lists.active)} active accounts {verb} {what}", remedy, column
    )


def _notice(lists: Lists, problem: str, remedy: str, column: str) -> Finding:
    return Finding(
        lists.accounts.file, problem, remedy=remedy, column=column, severity=Severity.NOTICE
    )
