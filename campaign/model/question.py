"""The question that a territory asks: its values, and what is looked up in them.

`Territory` is the question once it holds no contradiction; who runs what, and the checks, ask
this one, which knows neither.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from operator import attrgetter

from attrs import evolve, field, frozen

from campaign.errors import UnknownName
from campaign.model.accounts import Account, Contact, Delivered, Promise, itself
from campaign.model.busy import FIRST_YEAR, LAST_YEAR
from campaign.model.cadences import Cadence
from campaign.model.hours import OpeningHours, usual_hours
from campaign.model.persons import Lived, number_of, persons
from campaign.model.policy import ByPolicy, Policy, laid_out
from campaign.model.priorities import Score, Tier, scores, with_tiers
from campaign.model.refusals import Refusal, Refusals
from campaign.model.rep import Rep, owned
from campaign.model.stationery import Stationery
from campaign.model.values import ASIDE, LATER, NOTHING, frozen_mapping, grouped, to_date, to_spans
from campaign.workdays import (
    MONTH_DAYS,
    Calendar,
    Span,
    country_weekend,
    each_day,
    holidays_are_known,
    public_holidays,
    subdivision,
)

MOST_DAYS = 360
_FEWEST_DIGITS = 6
"""A shorter telephone number is an extension, which many may have."""
_ASIDE = {ASIDE: True}


@lru_cache(maxsize=64)
def _same(calendar: Calendar) -> Calendar:
    """The first of all equal calendars, whose days are known already.

    A territory that is changed in one thing, as many are for reasons, mostly keeps its days.
    """
    return calendar


@frozen(repr=False, kw_only=True)
class Question(ByPolicy):
    """A rep, the accounts, the contacts, the policy, the dates, as `Territory` tells of them."""

    rep: Rep = field(kw_only=False)
    accounts: tuple[Account, ...] = field(converter=tuple[Account, ...], kw_only=False)
    start: dt.date = field(converter=to_date)
    contacts: tuple[Contact, ...] = field(default=(), converter=tuple[Contact, ...])
    promises: tuple[Promise, ...] = field(default=(), converter=tuple[Promise, ...])
    delivered: tuple[Delivered, ...] = field(default=(), converter=tuple[Delivered, ...])
    refusals: tuple[Refusal, ...] = field(
        default=(), converter=tuple[Refusal, ...], metadata=_ASIDE
    )
    lived: tuple[Lived, ...] = field(default=(), converter=tuple[Lived, ...], metadata=_ASIDE)
    name: str = ""
    days: int = field(default=90)
    closed: tuple[Span, ...] = field(default=(), converter=to_spans, metadata={LATER: True})
    policy: Policy = field(factory=Policy)
    stationery: Stationery = field(factory=Stationery, eq=False, metadata=_ASIDE)
    former: Mapping[tuple[str, str], str] = field(
        default=NOTHING, converter=frozen_mapping, eq=False, metadata=_ASIDE
    )

    @start.validator
    def _in_our_time(self, _attribute: object, start: dt.date) -> None:
        if not FIRST_YEAR <= start.year <= LAST_YEAR:
            raise ValueError(f"start {start} is not between {FIRST_YEAR} and {LAST_YEAR}")

    @days.validator
    def _whole_months(self, _attribute: object, days: int) -> None:
        if not MONTH_DAYS <= days <= MOST_DAYS or days % MONTH_DAYS:
            raise ValueError(f"{days} days are not a multiple of 30 up to 360; write 30, 60 or 90")

    @cached_property
    def calendar(self) -> Calendar:
        """The days of the campaign as the rep lives them."""
        # A year before and after: gaps reach back before the start, and the post beyond the end.
        years = range(self.start.year - 1, self.start.year + 3)
        rep, hours = self.rep, self.rep.hours
        holidays = (self._holidays(rep.country, rep.region, year) for year in years)
        off = [Span(day, day) for day in sorted(rep.extra_holidays)]
        if isinstance(hours, OpeningHours):  # of dates, on some of which there are none
            last = self.start + dt.timedelta(days=self.days - 1)
            off += [Span(day, day) for day in each_day(self.start, last) if not hours.on(day)]
        own = Calendar(
            self.start,
            self.days,
            weekend=country_weekend(rep.country),
            holidays=frozenset().union(*holidays),
            weekdays=rep.weekdays,
            # Not among the holidays: the post is carried on the rep's own days off.
            leave=(*rep.leave, *off, *self.closed),
        )
        return _same(own)

    def _holidays(self, country: str, region: str, year: int) -> frozenset[dt.date]:
        found = public_holidays(country, region, year)
        return found - self.rep.not_holidays if country == self.rep.country else found

    def account_holidays(self, account: Account) -> frozenset[dt.date]:
        """The public holidays of the account's own country and region within the campaign."""
        country, region = self.holidays_of(account)
        if not holidays_are_known(country, region, self.start.year):
            return frozenset()
        years = range(self.start.year, self.calendar.end.year + 1)
        return frozenset(day for year in years for day in self._holidays(country, region, year))

    def holidays_of(self, account: Account) -> tuple[str, str]:
        """The country and the region whose public holidays hold at an account.

        Its own region where that has a list, else the rep's if both are in one country, else
        none: the national list. In the United States states count only where the rep's
        `region` asks for them, since firms work on most days of state governments.
        """
        country = account.country or self.rep.country
        regions = self.rep.region if country == self.rep.country else ""
        if country == "US" and not regions:
            return country, ""
        return country, subdivision(country, account.region) or regions

    def call_hours_of(self, account: Account, person: Contact | None) -> OpeningHours | None:
        """When a person may be called, by the clock there; None for whenever the rep works.

        Their own hours, else those of `courtesy`: where these name no weekdays, on the working
        days of the account's country.
        """
        usual = self.courtesy.call_hours
        own = person.call_hours if person else None
        if own or not usual:
            return own
        if isinstance(usual, OpeningHours):
            return usual
        return usual_hours(usual, country_weekend(account.country or self.rep.country))

    @cached_property
    def played(self) -> Mapping[str, Cadence]:
        """Every cadence by its name as it is played: a step that repeats, step by step."""
        return {
            name: laid_out(self.policy, cadence, len(self.calendar.business_days))
            for name, cadence in self.cadences.items()
        }

    @cached_property
    def ranked_accounts(self) -> tuple[Account, ...]:
        """The accounts in their own order, each with its tier, given or computed.

        Who has refused is not to be contacted, whatever the list says.
        """
        ranked = with_tiers(
            tuple(owned(self.rep, one) for one in self.accounts),
            tiers=self.tiers,
            weights=self.score_weights,
            start=self.start,
        )
        return tuple(map(self._refused.account, ranked)) if self.refusals else ranked

    @cached_property
    def _refused(self) -> Refusals:
        """The refusals, for every id that a person has."""
        others = grouped(self._persons, lambda contact_id: self._persons[contact_id])
        more = (
            evolve(one, contact_id=contact_id)
            for one in self.refusals
            for first in (self.person_of(one.contact_id),)
            for contact_id in (first, *others.get(first, ()))
            if one.contact_id and contact_id != one.contact_id
        )
        return Refusals((*self.refusals, *more))

    @cached_property
    def _persons(self) -> Mapping[str, str]:
        return persons(self.contacts)

    def person_of(self, contact_id: str) -> str:
        """The first id of whoever stands in the list several times; else the id itself."""
        return self._persons.get(contact_id, contact_id)

    @cached_property
    def shared_numbers(self) -> Mapping[str, tuple[str, ...]]:
        """The telephone numbers that several active accounts share, by their digits."""
        found: dict[str, dict[str, None]] = {}
        for account in self.active_accounts:
            for person in self.contacts_of(account.account_id) or (None,):
                number = number_of(account, person)
                if len(number) >= _FEWEST_DIGITS:
                    found.setdefault(number, {})[account.account_id] = None
        return {number: tuple(ids) for number, ids in found.items() if len(ids) > 1}

    def line_of(self, account: Account | None, person: Contact | None) -> int:
        """The place of a person's number among those that several accounts share; -1 for none."""
        shared = self.shared_numbers
        number = number_of(account, person) if shared else ""
        return list(shared).index(number) if number in shared else -1

    def lived_at(self, account_id: str) -> tuple[Lived, ...]:
        """What is over at an account, run by run."""
        return tuple(self._lived_at.get(account_id, ()))

    def lived_with(self, contact_id: str) -> tuple[Lived, ...]:
        """What is over with a person, wherever they stood."""
        return tuple(self._lived_with.get(self.person_of(contact_id), ()))

    @cached_property
    def _lived_at(self) -> dict[str, list[Lived]]:
        return grouped(self.lived, attrgetter("account_id"))

    @cached_property
    def _lived_with(self) -> dict[str, list[Lived]]:
        return grouped(self.lived, lambda one: self.person_of(one.contact_id))

    def answers_to(self, account_id: str) -> tuple[Promise, ...]:
        """What answers the complaints of an account, kept or not, the first first."""
        return tuple(self._answers.get(account_id, ()))

    @cached_property
    def _answers(self) -> dict[str, list[Promise]]:
        answers = (one for one in self.promises if one.complained_on is not None)
        return grouped(answers, attrgetter("account_id"))

    def wait_of(self, account_id: str, contact_id: str) -> dt.date | None:
        """The first day on which a person who asked to be left in peace may be touched."""
        return self._refused.wait(account_id, contact_id) if self.refusals else None

    @cached_property
    def active_accounts(self) -> tuple[Account, ...]:
        """The accounts that are worked, each with its tier."""
        return tuple(account for account in self.ranked_accounts if account.is_active)

    @cached_property
    def scores(self) -> Mapping[str, Score]:
        """The score of every account and its parts, by account id."""
        return scores(self.accounts, weights=self.score_weights, start=self.start)

    @cached_property
    def _accounts_by_id(self) -> dict[str, Account]:
        return {account.account_id: account for account in self.ranked_accounts}

    @cached_property
    def _contacts_by_account(self) -> dict[str, tuple[Contact, ...]]:
        found = grouped(self.contacts, attrgetter("account_id"))
        if not self.refusals:
            return {account_id: tuple(people) for account_id, people in found.items()}
        for account in self.accounts:
            its_id = account.account_id
            if its_id not in found and self._refused.shuts_a_channel_of(its_id):
                found[its_id] = [itself(account)]
        refused = self._refused.contact
        return {account_id: tuple(map(refused, people)) for account_id, people in found.items()}

    @cached_property
    def delivered_months(self) -> Mapping[str, frozenset[int]]:
        """The months (from 1) in which the delivery team touched an account, by account id."""
        calendar, found = self.calendar, dict[str, frozenset[int]]()
        for touch in self.delivered:
            if calendar.start <= touch.date <= calendar.end:
                months = found.get(touch.account_id, frozenset())
                found[touch.account_id] = months | {calendar.month(touch.date)}
        return found

    @cached_property
    def _tiers_by_name(self) -> dict[str, Tier]:
        return {tier.name: tier for tier in self.tiers}

    def account(self, account_id: str) -> Account:
        """The account of that id, with its tier; raises `UnknownName`, which is a `KeyError`."""
        try:
            return self._accounts_by_id[account_id]
        except KeyError:
            raise UnknownName("account of this territory", account_id) from None

    def contacts_of(self, account_id: str) -> tuple[Contact, ...]:
        """The contacts of an account, in the order of the list."""
        return self._contacts_by_account.get(account_id, ())

    def as_contact(self, account: Account) -> Contact:
        """An account as its own contact, as its refusals leave it."""
        return self._refused.contact(itself(account)) if self.refusals else itself(account)

    @property
    def people(self) -> Iterator[Contact]:
        """The contacts of all accounts as they may be reached, account by account."""
        return (one for people in self._contacts_by_account.values() for one in people)

    def tier(self, account: Account) -> Tier:
        """The tier of an account that has one (as `account` and `ranked_accounts` give)."""
        return self._tiers_by_name[account.tier]
