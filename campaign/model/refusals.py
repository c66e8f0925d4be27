"""What people said of being reached: who is left alone, by which channel, from when, until when."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter

from attrs import evolve, field, frozen

from campaign.model.accounts import Account, Consent, Contact
from campaign.model.given import converting
from campaign.model.values import grouped, to_date_or_none

OPEN = "open"
"""Why a channel may be used again: what was wrong with its number or address is mended."""
SAID_NO = "no"
"""Why a channel is shut: the person does not want it, as a list says."""
NO_CONTACT = "do_not_contact"
"""Why all channels are shut for ever."""


@frozen(field_transformer=converting, kw_only=True)
class Refusal:
    """A word of a person, or of a whole account where `contact_id` is empty.

    It holds for the person wherever they stand; that of an account for whoever stands there.
    An empty `channel` means all of them. `until` is the first day on which they may be
    touched again, None for never. `because` says what it comes from: `do_not_contact` or
    `no` for their word, `open` where a channel may be used again that did not reach them,
    else the outcome that was logged (`later`, `wrong_number` ...). `name` is for the eye.
    """

    contact_id: str = field(default="", kw_only=False)
    account_id: str = field(default="", kw_only=False)
    name: str = ""
    channel: str = ""
    because: str = NO_CONTACT
    since: dt.date | None = field(default=None, converter=to_date_or_none)
    until: dt.date | None = field(default=None, converter=to_date_or_none)
    note: str = ""

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` for a refusal of nobody."""
        if not (self.contact_id or self.account_id):
            raise ValueError("a refusal names a contact_id or an account_id")

    @property
    def who(self) -> tuple[str, str]:
        """Whom it binds: a person wherever they stand, else the account."""
        return (self.contact_id, "") if self.contact_id else ("", self.account_id)

    @property
    def is_of_a_gap(self) -> bool:
        """Whether it is no word of theirs: a number or an address that does not reach them."""
        return bool(self.channel) and self.because not in (SAID_NO, NO_CONTACT)

    @property
    def says(self) -> tuple[object, ...]:
        """What tells it from others: the same word is noted once."""
        return self.who, self.channel, self.because, self.until


@frozen(eq=False)
class Refusals:
    """All refusals of a territory, and what they do to its people and accounts."""

    all: tuple[Refusal, ...]

    @cached_property
    def _by_who(self) -> Mapping[tuple[str, str], list[Refusal]]:
        return grouped(self.all, attrgetter("who"))

    def _of(self, account_id: str, contact_id: str) -> tuple[list[Refusal], list[Refusal]]:
        """What a person said, if it is one and not the account itself, and what the account did."""
        of_account = self._by_who.get(("", account_id), [])
        own = [] if contact_id == account_id else self._by_who.get((contact_id, ""), [])
        return own, of_account

    def wait(self, account_id: str, contact_id: str) -> dt.date | None:
        """The first day on which a person may be touched again, where they asked for one."""
        own, of_account = self._of(account_id, contact_id)
        days = (one.until for one in (*own, *of_account) if not one.channel)
        return max((day for day in days if day is not None), default=None)

    def account(self, account: Account) -> Account:
        """An account as its refusals leave it."""
        _, binding = self._of(account.account_id, "")
        return evolve(account, do_not_contact=True) if _ends(binding) else account

    def contact(self, contact: Contact) -> Contact:
        """A person as the refusals leave them.

        A number or an address that reached nobody at the account itself is the account's.
        """
        own, of_account = self._of(contact.account_id, contact.contact_id)
        itself = contact.contact_id == contact.account_id
        binding = (*own, *(one for one in of_account if itself or not one.is_of_a_gap))
        if not binding:
            return contact
        shut = dict.fromkeys(_shut(binding), Consent.NO)
        ended = contact.do_not_contact or _ends(own) or (itself and _ends(of_account))
        return evolve(contact, consents={**contact.consents, **shut}, do_not_contact=ended)

    def shuts_a_channel_of(self, account_id: str) -> bool:
        """Whether a channel is shut to an account itself."""
        return bool(_shut(self._of(account_id, "")[1]))


def _ends(binding: Iterable[Refusal]) -> bool:
    return any(not one.channel and one.until is None and one.because != OPEN for one in binding)


def _shut(binding: Iterable[Refusal]) -> tuple[str, ...]:
    """The channels that are shut: by a word for good, by a gap until it is mended."""
    words, gaps = dict[str, bool](), dict[str, bool]()
    for one in binding:
        if one.channel and one.until is None:
            (gaps if one.is_of_a_gap else words)[one.channel] = one.because != OPEN
    return tuple(name for name in {**gaps, **words} if words.get(name) or gaps.get(name))


def said_in_lists(accounts: Iterable[Account], contacts: Iterable[Contact]) -> Iterator[Refusal]:
    """The refusals that the lists hold by themselves."""
    for account in accounts:
        if account.do_not_contact:
            yield Refusal("", account.account_id)
    for person in contacts:
        who = person.contact_id, person.account_id
        if person.do_not_contact:
            yield Refusal(*who)
        for channel, answer in person.consents.items():
            if answer is Consent.NO:
                yield Refusal(*who, channel=channel, because=SAID_NO)
