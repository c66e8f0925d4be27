"""Puts a territory together from what its files hold, and gathers every finding."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import define, evolve, field, frozen

from campaign.errors import Finding, InvalidInput
from campaign.geography.places import located as located_account
from campaign.model.accounts import Account, Contact
from campaign.model.busy import Busy
from campaign.model.rep import Rep
from campaign.model.stationery import Stationery
from campaign.model.territory import Territory
from campaign.reading.calendars.meeting_places import at_known_places, said_of_places
from campaign.reading.cells import shown
from campaign.reading.exports.codes import with_zeros_of_accounts
from campaign.reading.exports.people import with_names
from campaign.reading.findings import doubts, few_of_each_kind, never_called, over_the_sea
from campaign.reading.lists.accounts_and_contacts import read_accounts, read_contacts
from campaign.reading.lists.records import Records
from campaign.reading.lists.short_lists import read_delivered, read_promises, read_refusals
from campaign.reading.parsing.table import Table
from campaign.reading.places import located
from campaign.reading.places.assumed import commonest, completed
from campaign.reading.places.drives_csv import Given, judged_drives, with_drives
from campaign.reading.settings.campaign_toml import Settings

SETTINGS_FILE = "campaign.toml"
_NAMED_IN_SETTINGS = frozenset({"tier", "cadence", "channel", "prefers"})


_READERS: Mapping[str, Callable[[Table], Records[Any]]] = {
    "promises": read_promises,
    "delivered": read_delivered,
    "refusals": read_refusals,
}
LISTS = ("accounts", "contacts", *_READERS)
"""The lists of a campaign by their kinds, in the order in which findings on them are told."""


@frozen
class Files:
    """What the files of one campaign hold; `is_bare` for a list without a folder."""

    settings: Settings
    lists: Mapping[str, Records[Any]]
    drives: Given = field(factory=Given, kw_only=True)
    is_bare: bool = field(default=False, kw_only=True)

    @classmethod
    def of_tables(cls, settings: Settings, tables: Mapping[str, Table]) -> "Files":
        """What the tables of all lists hold, by kind."""
        lists: dict[str, Records[Any]] = {
            "accounts": with_zeros_of_accounts(read_accounts(tables["accounts"])),
            "contacts": read_contacts(with_names(tables["contacts"]), settings.policy.channels),
        }
        return cls(settings, lists | {kind: read(tables[kind]) for kind, read in _READERS.items()})

    def with_lists(self, **lists: Records[Any]) -> "Files":
        """The same with other lists in the place of some."""
        return evolve(self, lists={**self.lists, **lists})

    @property
    def accounts(self) -> Records[Account]:
        """The list of accounts."""
        return self.lists["accounts"]

    @property
    def contacts(self) -> Records[Contact]:
        """The list of people."""
        return self.lists["contacts"]

    @property
    def settings_file(self) -> str:
        """The file to name for what campaign.toml would say."""
        return self.accounts.file if self.is_bare else self.settings.document.file


@define
class Assembly:
    """A territory in the making: the files, what is assumed, what contradicts what."""

    files: Files
    start: dt.date
    busy: tuple[Busy, ...] = field(default=(), kw_only=True)
    finds_places: bool = field(default=True, kw_only=True)
    stationery: Stationery = field(factory=Stationery, kw_only=True)
    country: str = field(default="", init=False)
    home: located.Home = field(init=False)
    rep: Rep = field(init=False)
    said: tuple[str, ...] = field(default=(), init=False)
    contradictions: tuple[Finding, ...] = field(default=(), init=False)

    def __attrs_post_init__(self) -> None:
        """Put accounts, contacts and the rep on the map."""
        settings, accounts, contacts = self.files.settings, self.files.accounts, self.files.contacts
        if self.finds_places:
            accounts = located.with_addresses_of_people(accounts, contacts)
        self.country = settings.rep.country or commonest(
            account.country for account in accounts.items
        )
        if self.finds_places:
            accounts, _ = accounts.each(lambda one, _: located_account(one, self.country))
            contacts = located.zoned_contacts(contacts, self.country)
        self.files = self.files.with_lists(accounts=accounts, contacts=contacts)
        self.home = located.home_of(settings, self.country)
        self.rep = self.home.rep

    def territory(self, *, skip_bad_rows: bool) -> Territory | None:
        """The territory, unless something in the files contradicts something else.

        To leave out rows can leave others in the air, so that it is tried until none is bad.
        """
        territory = self._attempt()
        while skip_bad_rows and self._leaves_out_bad_rows():
            territory = self._attempt()
        return territory

    def _leaves_out_bad_rows(self) -> bool:
        bad: dict[str, dict[int, list[Finding]]] = {}
        for finding in self.contradictions:
            if finding.is_error:
                bad.setdefault(finding.file, {}).setdefault(finding.row, []).append(finding)
        before = self.files.lists
        kept = {
            kind: records.without_bad_rows(bad.get(records.file, {}))
            for kind, records in before.items()
            if kind != "refusals"
        }
        self.files = self.files.with_lists(**kept)
        return any(len(one.placed) < len(before[kind].placed) for kind, one in kept.items())

    def ordered(self, more: Iterable[Finding] = ()) -> list[Finding]:
        """All findings by file and row, those of one kind counted where they are many."""
        files, lists = self.files, self.files.lists.values()
        found = [*more, *files.settings.findings, *self.home.findings, *files.drives.findings]
        found += [*self.contradictions, *self._doubts()]
        found += [finding for records in lists for finding in records.all_findings]
        left_out = [finding for records in lists for finding in records.left_out]
        names = (SETTINGS_FILE, *(records.file for records in lists))
        places = {name: place for place, name in reversed(tuple(enumerate(names)))}
        return sorted(
            (*few_of_each_kind(found), *left_out),
            key=lambda one: (places.get(one.file, -1), one.row),
        )

    def _attempt(self) -> Territory | None:
        files, settings = self.files, self.files.settings
        # the tiers in the case in which they are defined
        names = {tier.name.casefold(): tier.name for tier in settings.policy.tiers}
        wanted = ((one, names.get(one.tier.casefold(), one.tier)) for one in files.accounts.items)
        accounts = tuple(
            one if tier == one.tier else evolve(one, tier=tier) for one, tier in wanted
        )
        if accounts:
            self._complete(accounts)
        beside: dict[str, Any] = {kind: one.items for kind, one in files.lists.items()}
        del beside["accounts"]
        try:
            territory = Territory(
                self.rep,
                accounts,
                start=self.start,
                name=settings.name,
                stationery=self.stationery,
                days=settings.days,
                closed=settings.closed,
                policy=settings.policy,
                **beside,
            )
        except InvalidInput as error:
            self.contradictions = tuple(self._placed(error.findings))
            return None
        territory = with_drives(territory, files.drives)
        self.contradictions = (
            *self._placed(territory.findings),
            *self._no_day(territory),
            *never_called(territory, files.accounts.file, files.contacts.file),
            *over_the_sea(territory, files.accounts.file),
            *judged_drives(territory, files.drives.file),
        )
        return territory

    def _complete(self, accounts: tuple[Account, ...]) -> None:
        """Give the rep what follows from the accounts, and say what was assumed."""
        settings, home = self.files.settings, self.home
        is_home_given = settings.home is not None
        rep, assumed = completed(home.rep, accounts, self.start.year, is_home_given=is_home_given)
        # What is written and wrong is not "not given": its own finding stands alone.
        assumed = () if any(one.is_error for one in settings.findings) else assumed
        country = rep.country or self.country
        self.rep = evolve(rep, busy=at_known_places(self.busy, accounts, country))
        places = said_of_places(self.rep.busy)
        self.said = (*self.said_of_lists(), *home.said, *assumed, *places)

    def said_of_lists(self) -> Iterator[str]:
        """A sentence on each list whose headings are not ours, and on what is read how."""
        for kind, records in self.files.lists.items():
            if records.renamed:
                pairs = (f'"{shown(old)}" as {new}' for new, old in records.renamed.items())
                both = kind != "accounts" and records.file == self.files.accounts.file
                yield f"{records.file}: read {', '.join(pairs)}{f' of {kind}' if both else ''}"
            yield from records.said

    def _placed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Contradictions with their true files and lines in place of kinds and numbers."""
        for finding in findings:
            if self._follows_from_another(finding):
                continue
            if records := self.files.lists.get(finding.file):
                row = records.rows[finding.row - 1] if finding.row else 0
                yield evolve(finding, file=records.file, row=row)
            else:
                line = self.files.settings.document.line(finding.column)
                yield evolve(finding, file=self.files.settings_file, row=line)

    def _follows_from_another(self, finding: Finding) -> bool:
        """Whether it speaks of something that may stand where it could not be read."""
        accounts, contacts = self.files.accounts, self.files.contacts
        if finding.column == "account_id" and finding.file != "accounts":
            return not accounts.is_whole
        if finding.column == "contact_id" and finding.file != "contacts":
            return not (accounts.is_whole and contacts.is_whole)
        return finding.column in _NAMED_IN_SETTINGS and not self.files.settings.document.is_sound

    def _doubts(self) -> Iterator[Finding]:
        files, accounts = self.files, self.files.accounts
        if not accounts.items:
            if accounts.left_out:
                remedy = "correct the rows that are named"
                yield Finding(accounts.file, "no row can be read", remedy=remedy)
            return
        yield from located.far_home(self.home.rep, accounts.items, files.settings.document)
        yield from doubts(accounts, files.contacts, self.country)
        if not self.rep.country:
            yield Finding.notice(
                files.settings_file,
                "no country is known, so no public holidays",
                'write country = "US" under [rep], or a column country',
                column="country" if files.is_bare else "rep.country",
            )

    def _no_day(self, territory: Territory) -> Iterator[Finding]:
        if not territory.calendar.working_days:
            column = "rep.leave" if territory.rep.weekdays else "rep.hours"
            yield Finding(
                self.files.settings_file,
                "there is no working day in the whole campaign",
                remedy="give the rep hours on a weekday, and less leave",
                row=self.files.settings.document.line(column),
                column=column,
            )
