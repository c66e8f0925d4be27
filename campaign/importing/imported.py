"""Reads an export, writes it as the lists of a campaign, and updates these again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from campaign.errors import Finding, InvalidInput, UnreadableFile, raise_errors
from campaign.importing.update import (
    MEMORY_FILE,
    MOST_NAMED,
    Before,
    CellChange,
    read_memory,
    render_memory,
    said_of,
    updated,
)
from campaign.model.accounts import Account, Contact
from campaign.outputs import lists
from campaign.phrases import counted, first_of
from campaign.reading.assembly import Assembly, Files
from campaign.reading.exports.choices import Choices
from campaign.reading.exports.codes import short_id
from campaign.reading.exports.layout import Tables
from campaign.reading.exports.people import with_names
from campaign.reading.exports.read_export import read_export
from campaign.reading.folder import ACCOUNTS_FILE, CONTACTS_FILE, settings_of
from campaign.reading.lists.accounts_and_contacts import read_accounts, read_contacts
from campaign.reading.lists.records import Records
from campaign.reading.parsing.files import exists, read_bytes
from campaign.reading.parsing.table import Table, parse_list
from campaign.storage.whole import make_folder, write_whole

# Only public holidays hang on the day, and an import plans nothing.
_ANY_DAY = dt.date(2027, 1, 4)
# Dates that can be two, and the option that settles them.
_TWO_SENSES = ("can be two dates", "can each be two")
_AS_YOU_CHOOSE = "write them as YYYY-MM-DD, or say --dates day-first or --dates month-first"


@frozen
class Written:
    """The files of an import, and what it has changed in lists that were there."""

    files: tuple[Path, ...]
    accounts: CellChange = field(kw_only=True)
    contacts: CellChange = field(kw_only=True)
    said: tuple[str, ...] = field(default=(), kw_only=True)


@frozen
class Imported:
    """The accounts and contacts of an export, and everything found on the way.

    `dialect` is the system that it comes from, empty where its headings name none; `said`
    holds a sentence on everything that was assumed. Rows that hold errors are among the
    accounts and contacts only as far as they can be read; nothing is written while there
    is an error.
    """

    accounts: tuple[Account, ...]
    contacts: tuple[Contact, ...] = ()
    dialect: str = field(default="", kw_only=True)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    said: tuple[str, ...] = field(default=(), kw_only=True)
    columns: Mapping[str, str] = field(factory=dict, kw_only=True)
    sources: tuple[Path, ...] = field(default=(), kw_only=True)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep it from being written."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def states(self) -> Mapping[str, int]:
        """How many accounts there are of each status, active ones first."""
        counts = Counter(account.status for account in self.accounts)
        return dict(sorted(counts.items(), key=lambda item: (item[0] != "active", item[0])))

    def write(self, folder: str | Path = ".", *, update: bool = False) -> Written:
        """Write `accounts.csv` and `contacts.csv` into a folder, or update them there.

        Lists that an import has written are updated by their ids: what somebody has
        changed or added since stays. Lists that no import has written are only touched
        with `update`. The files before stay with `.bak` at their ends. Raises
        `InvalidInput` while there is an error, here or in the lists that are there, and
        `UnreadableFile`.
        """
        raise_errors(self.findings)
        return _write(self, Path(folder), update=update)


def import_lists(
    file: str | Path,
    contacts: str | Path | None = None,
    *,
    choices: Choices | None = None,
    folder: str | Path = ".",
) -> Imported:
    """Read the export of a customer system, or a list that somebody made by hand.

    `file` holds accounts, or accounts and people side by side; `contacts` a separate export
    of people. Both are CSV or a workbook. `choices` says what the cells do not; channels
    and tiers are those of the `campaign.toml` of `folder`. Raises `UnreadableFile`; all
    else is among the findings.
    """
    choices = choices or Choices()
    settings = settings_of(Path(folder))
    table = _table(Path(file), choices, choices.sheet)
    people = _table(Path(contacts), choices, choices.contacts_sheet) if contacts else None
    export = read_export(Tables(table, people), settings.policy.channels, choices)
    files = Files(
        settings, {"accounts": export.accounts, "contacts": export.contacts}, is_bare=True
    )
    assembly = Assembly(files, _ANY_DAY)
    assembly.territory(skip_bad_rows=choices.skip_bad_rows)
    kept = assembly.files
    # what is kept, as it was given: without places and time zones that were found beside it
    ids = {account.account_id for account in kept.accounts.items}
    persons = {contact.contact_id for contact in kept.contacts.items}
    return Imported(
        tuple(one for one in export.accounts.items if one.account_id in ids),
        tuple(one for one in export.contacts.items if one.contact_id in persons),
        dialect=export.dialect,
        findings=tuple(
            evolve(one, remedy=_AS_YOU_CHOOSE)
            if any(words in one.problem for words in _TWO_SENSES)
            else one
            for one in assembly.ordered(export.findings)
        ),
        said=(*assembly.said_of_lists(), *_said_of_columns(kept, export.empty)),
        columns=dict(export.accounts.renamed),
        sources=tuple(Path(one) for one in (file, contacts) if one),
    )


def _table(path: Path, choices: Choices, sheet: str) -> Table:
    more, encoding = tuple(choices.columns), choices.encoding
    return parse_list(read_bytes(path), path.name, sheet=sheet, more=more, encoding=encoding)


def _said_of_columns(files: Files, empty: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Sentences on the columns that go along, and on those that hold nothing, file by file."""
    kept: dict[str, set[str]] = {file: set() for file in empty}
    for records in (files.accounts, files.contacts):
        extra = (heading for item in records.items for heading in item.extra)
        kept.setdefault(records.file, set()).update(extra)
    for file, headings in kept.items():
        if headings:
            one, several = "column is kept as it stands", "columns are kept as they stand"
            yield f"{file}: {counted(len(headings), f'further {one}', f'further {several}')}"
        if empty.get(file):
            yield f"{file}: nothing stands under {first_of(empty[file], MOST_NAMED)}"


def _write(imported: Imported, folder: Path, *, update: bool) -> Written:
    channels = tuple(settings_of(folder).policy.channels)
    consents = tuple(map(lists.consent_column, channels))
    there, people_there = _before(imported, folder, channels)
    if not update:
        _spare(there, folder / ACCOUNTS_FILE)
        _spare(people_there, folder / CONTACTS_FILE)
    accounts = updated(there, map(lists.record_of, imported.accounts), consents)
    is_strange = len(accounts.change.gone) == len(there.records)
    if there.records and accounts.change.added and is_strange and not update:
        raise UnreadableFile(
            folder / ACCOUNTS_FILE,
            "has not one account of this export",
            "name another folder with -C, or give --update to add them all",
        )
    joined = (
        evolve(one, account_id=accounts.ids.get(short_id(one.account_id), one.account_id))
        for one in imported.contacts
    )
    contacts = updated(people_there, map(lists.record_of, joined), consents)
    columns = lists.columns_of_accounts()
    contents = {folder / ACCOUNTS_FILE: lists.render_list(accounts.records, columns)}
    if contacts.records or exists(folder / CONTACTS_FILE):
        columns = lists.columns_of_contacts(channels)
        contents[folder / CONTACTS_FILE] = lists.render_list(contacts.records, columns)
    memory = {"accounts": accounts.memory, "contacts": contacts.memory}
    contents[folder / MEMORY_FILE] = render_memory(memory)
    make_folder(folder)
    write_whole(contents, kept=[path for path in contents if path.exists()])
    said = (
        *said_of(there, accounts.change, ACCOUNTS_FILE),
        *said_of(people_there, contacts.change, CONTACTS_FILE),
    )
    return Written(tuple(contents), accounts=accounts.change, contacts=contacts.change, said=said)


def _before(imported: Imported, folder: Path, channels: Sequence[str]) -> list[Before]:
    """The lists that are there, as records; raises where they hold errors.

    Where the export itself lies where the list is to be, it becomes that list.
    """
    memory, found, before = read_memory(folder), list[Finding](), list[Before]()
    for name in ("accounts", "contacts"):
        path, known = folder / f"{name}.csv", memory.get(name, {})
        is_source = exists(path) and any(path.samefile(one) for one in imported.sources)
        if is_source and known:
            problem, remedy = "is the list of the campaign itself", "name the export"
            raise UnreadableFile(path, problem, remedy)
        if is_source or not exists(path):
            before.append(Before({}, known))
            continue
        table = parse_list(read_bytes(path), path.name, kind=name)
        records: Records[Any] = Records(table.file)
        if table.rows or not table.is_sound:
            if name == "accounts":
                records = read_accounts(table)
            else:
                records = read_contacts(with_names(table), channels)
        found += [finding for finding in records.all_findings if finding.is_error]
        items = map(lists.record_of, records.items)
        before.append(Before({next(iter(one.values())): one for one in items}, known))
    if found:
        raise InvalidInput(found)
    return before


def _spare(before: Before, path: Path) -> None:
    """Raise for a list that no import has written."""
    if before.records and not before.memory:
        raise UnreadableFile(
            path,
            f"holds {counted(len(before.records), 'row')} that no import has written",
            "give --update to bring the export in beside them, by their ids",
        )
