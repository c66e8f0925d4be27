"""Puts a territory together from what its files hold, and gathers every finding."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from campaign.errors import Finding, InvalidInput, Severity
from campaign.model.accounts import Account, Contact, Delivered, Promise
from campaign.model.busy import Busy
from campaign.model.refusals import Refusal
from campaign.model.stationery import Stationery
from campaign.model.territory import Territory
from campaign.reading.calendars.meeting_places import at_known_places, said_of_places
from campaign.reading.cells import shown
from campaign.reading.findings.doubts import Lists, doubts
from campaign.reading.findings.grouping import folded
from campaign.reading.findings.hard_to_reach import never_called, over_the_sea
from campaign.reading.lists.records import Records
from campaign.reading.lists.short_lists import REFUSALS_FILE
from campaign.reading.places.assumed import completed
from campaign.reading.places.drives_csv import Given, judged_drives, with_drives
from campaign.reading.places.located import (
    Home,
    commonest_country,
    far_home,
    home_by_address,
    located_accounts,
    with_addresses_of_people,
    with_bases,
    zoned_contacts,
)
from campaign.reading.settings.campaign_toml import Settings

if TYPE_CHECKING:
    from campaign.model.rep import Rep

SETTINGS_FILE = "campaign.toml"
DELIVERED_FILE = "delivered.csv"
_NAMED_IN_SETTINGS = frozenset({"tier", "cadence", "channel", "prefers"})

AnyRecords = (
    Records[Account] | Records[Contact] | Records[Promise] | Records[Delivered] | Records[Refusal]
)


@frozen
class Files:
    """What the files of one campaign hold; `is_bare` for a list without a folder."""

    settings: Settings
    accounts: Records[Account]
    contacts: Records[Contact]
    promises: Records[Promise]
    delivered: Records[Delivered] = field(default=Records[Delivered](DELIVERED_FILE))
    refusals: Records[Refusal] = field(default=Records[Refusal](REFUSALS_FILE))
    drives: Given = field(factory=Given, kw_only=True)
    is_bare: bool = field(default=False, kw_only=True)

    @property
    def lists(self) -> Mapping[str, AnyRecords]:
        """The lists by the kind of value that they hold."""
        return {
            "accounts": self.accounts,
            "contacts": self.contacts,
            "promises": self.promises,
            "delivered": self.delivered,
            "refusals": self.refusals,
        }

    @property
    def settings_file(self) -> str:
        """The file to name for what campaign.toml would say."""
        return self.accounts.file if self.is_bare else self.settings.document.file

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(len(records.placed) for records in self.lists.values())


class Assembly:
    """A territory in the making: the files, what is assumed, what contradicts what."""

    def __init__(
        self,
        files: Files,
        start: dt.date,
        *,
        busy: tuple[Busy, ...] = (),
        finds_places: bool = True,
        stationery: Stationery | None = None,
    ) -> None:
        settings = files.settings
        if finds_places:
            accounts = with_addresses_of_people(files.accounts, files.contacts)
            files = evolve(files, accounts=accounts)
        self.country: str = settings.rep.country or commonest_country(files.accounts.items)
        self.files: Files = files
        if finds_places:
            self.files = evolve(
                files,
                accounts=located_accounts(files.accounts, self.country),
                contacts=zoned_contacts(files.contacts, self.country),
            )
        self.start = start
        self.busy = busy
        self.stationery = stationery
        self.home: Home = Home(settings.rep)
        if settings.home:
            self.home = home_by_address(
                settings.rep, settings.home, self.country, settings.document
            )
        bases = settings.bases
        if bases:
            self.home = with_bases(self.home, bases, self.country, settings.document)
        self.rep: Rep = self.home.rep
        self.said: tuple[str, ...] = ()
        self.contradictions: tuple[Finding, ...] = ()

    def territory(self, *, skip_bad_rows: bool) -> Territory | None:
        """The territory, unless something in the files contradicts something else."""
        while True:
            territory = self._attempt()
            before = self.files.rows
            if skip_bad_rows:
                self._leave_out_bad_rows()
            if self.files.rows == before:
                return territory

    def ordered(self, more: Iterable[Finding]) -> list[Finding]:
        """All findings by file and row, those of one kind counted where they are many."""
        files = self.files
        lists = files.lists.values()
        found = [*more, *files.settings.findings, *self.home.findings, *files.drives.findings]
        found += [*self.contradictions, *self._doubts()]
        found += [finding for records in lists for finding in records.all_findings]
        left_out = [finding for records in lists for finding in records.left_out]
        names = (SETTINGS_FILE, *(records.file for records in lists))
        places = {name: place for place, name in reversed(tuple(enumerate(names)))}
        return sorted(
            (*folded(found), *left_out), key=lambda one: (places.get(one.file, -1), one.row)
        )

    def _attempt(self) -> Territory | None:
        files, settings = self.files, self.files.settings
        accounts = tuple(self._with_defined_tiers(files.accounts.items))
        if accounts:
            self.rep, assumed = completed(
                self.home.rep,
                accounts,
                self.start.year,
                is_home_given=settings.home is not None,
            )
            # What is written and wrong is not "not given": its own finding stands alone.
            assumed = () if any(one.is_error for one in settings.findings) else assumed
            country = self.rep.country or self.country
            self.rep = evolve(self.rep, busy=at_known_places(self.busy, accounts, country))
            places = said_of_places(self.rep.busy)
            self.said = (*self.said_of_lists(), *self.home.said, *assumed, *places)
        try:
            territory = Territory(
                self.rep,
                accounts,
                start=self.start,
                contacts=files.contacts.items,
                promises=files.promises.items,
                delivered=files.delivered.items,
                refusals=files.refusals.items,
                name=settings.name,
                stationery=self.stationery,
                days=settings.days,
                closed=settings.closed,
                policy=settings.policy,
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

    def said_of_lists(self) -> Iterator[str]:
        """A sentence on each list whose headings are not ours, and on what is read how."""
        for kind, records in self.files.lists.items():
            if records.renamed:
                pairs = (f'"{shown(old)}" as {new}' for new, old in records.renamed.items())
                both = kind != "accounts" and records.file == self.files.accounts.file
                yield f"{records.file}: read {', '.join(pairs)}{f' of {kind}' if both else ''}"
            yield from records.said

    def _with_defined_tiers(self, accounts: tuple[Account, ...]) -> Iterator[Account]:
        """The accounts, their tiers in the case in which they are defined."""
        names = {tier.name.casefold(): tier.name for tier in self.files.settings.policy.tiers}
        for account in accounts:
            tier = names.get(account.tier.casefold(), account.tier)
            yield account if tier == account.tier else evolve(account, tier=tier)

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
        if finding.column == "account_id" and finding.file != "accounts":
            return not self.files.accounts.is_whole
        if finding.column == "contact_id" and finding.file != "contacts":
            return not (self.files.accounts.is_whole and self.files.contacts.is_whole)
        return finding.column in _NAMED_IN_SETTINGS and not self.files.settings.document.is_sound

    def _leave_out_bad_rows(self) -> None:
        files = self.files
        self.files = evolve(
            files,
            accounts=files.accounts.without_bad_rows(self._bad_rows(files.accounts.file)),
            contacts=files.contacts.without_bad_rows(self._bad_rows(files.contacts.file)),
            promises=files.promises.without_bad_rows(self._bad_rows(files.promises.file)),
            delivered=files.delivered.without_bad_rows(self._bad_rows(files.delivered.file)),
        )

    def _bad_rows(self, file: str) -> dict[int, list[Finding]]:
        found: dict[int, list[Finding]] = {}
        for finding in self.contradictions:
            if finding.file == file and finding.is_error:
                found.setdefault(finding.row, []).append(finding)
        return found

    def _doubts(self) -> Iterator[Finding]:
        files = self.files
        if not files.accounts.items:
            yield from self._nothing_left()
            return
        yield from far_home(self.home.rep, files.accounts.items, files.settings.document)
        yield from doubts(Lists(files.accounts, files.contacts, self.country))
        if not self.rep.country:
            yield Finding(
                files.settings_file,
                "no country is known, so no public holidays",
                remedy='write country = "US" under [rep], or a column country',
                column="country" if files.is_bare else "rep.country",
                severity=Severity.NOTICE,
            )

    def _nothing_left(self) -> Iterator[Finding]:
        if self.files.accounts.left_out:
            yield Finding(
                self.files.accounts.file,
                "no row can be read",
                remedy="correct the rows that are named",
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
