"""Reads an export, writes it as the lists of a campaign, and updates these again."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from attrs import evolve, field, frozen

from campaign.errors import Finding, InvalidInput, UnreadableFile, raise_errors
from campaign.importing.remembered import MEMORY_FILE, Memory, read_memory, render_memory
from campaign.importing.update import Before, CellChange, Updated, by_id, said_of, some, updated
from campaign.model.accounts import Account, Contact
from campaign.outputs.lists import (
    columns_of_accounts,
    columns_of_contacts,
    consent_column,
    record_of,
    render_list,
)
from campaign.reading.assembly import SETTINGS_FILE, Assembly, Files
from campaign.reading.exports.choices import Choices
from campaign.reading.exports.exported_tables import Tables
from campaign.reading.exports.people import with_names
from campaign.reading.exports.read_export import Export, read_export
from campaign.reading.folder import ACCOUNTS_FILE, CONTACTS_FILE, PROMISES_FILE
from campaign.reading.lists.accounts_and_contacts import read_accounts, read_contacts
from campaign.reading.lists.records import Records
from campaign.reading.parsing.files import exists, read_bytes
from campaign.reading.parsing.table import Table, parse_list
from campaign.reading.settings.campaign_toml import Settings, read_settings
from campaign.reading.settings.document import Document, parse_document
from campaign.storage.whole import make_folder, write_whole

Item = TypeVar("Item")
# Only public holidays hang on the day, and an import plans nothing.
_ANY_DAY = dt.date(2027, 1, 4)
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
    settings = _settings(Path(folder))
    table = _table(Path(file), choices, choices.sheet)
    people = _table(Path(contacts), choices, choices.contacts_sheet) if contacts else None
    export = read_export(Tables(table, people), settings.policy.channels, choices)
    sources = tuple(Path(one) for one in (file, contacts) if one)
    return evolve(_imported(export, settings, choices), sources=sources)


def _settings(folder: Path) -> Settings:
    path = folder / SETTINGS_FILE
    if not exists(path):
        return read_settings(Document(SETTINGS_FILE))
    return read_settings(parse_document(read_bytes(path), SETTINGS_FILE))


def _table(path: Path, choices: Choices, sheet: str) -> Table:
    return parse_list(
        read_bytes(path),
        path.name,
        sheet=sheet,
        more=tuple(choices.columns),
        encoding=choices.encoding,
    )


def _imported(export: Export, settings: Settings, choices: Choices) -> Imported:
    promises = Records[object](PROMISES_FILE)
    files = Files(settings, export.accounts, export.contacts, promises, is_bare=True)  # type: ignore[arg-type]
    assembly = Assembly(files, _ANY_DAY)
    assembly.territory(skip_bad_rows=choices.skip_bad_rows)
    found = assembly.ordered(export.findings)
    kept = assembly.files
    return Imported(
        tuple(_as_given(export.accounts.items, kept.accounts.items, attrgetter("account_id"))),
        tuple(_as_given(export.contacts.items, kept.contacts.items, attrgetter("contact_id"))),
        dialect=export.dialect,
        findings=tuple(_with_option(finding) for finding in found),
        said=(*assembly.said_of_lists(), *_said_of_columns(kept, export.empty)),
        columns=dict(export.accounts.renamed),
    )


def _as_given(
    given: Sequence[Item], kept: Sequence[Item], identity: Callable[[Item], str]
) -> Iterator[Item]:
    """What is kept, without what was found beside it: places and time zones."""
    ids = {identity(item) for item in kept}
    return (item for item in given if identity(item) in ids)


def _said_of_columns(files: Files, empty: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Sentences on the columns that go along, and on those that hold nothing, file by file."""
    kept: dict[str, set[str]] = {file: set() for file in empty}
    for records in (files.accounts, files.contacts):
        extra = (heading for item in records.items for heading in item.extra)
        kept.setdefault(records.file, set()).update(extra)
    for file, headings in kept.items():
        if headings:
            one = "1 further column is kept as it stands"
            several = f"{len(headings)} further columns are kept as they stand"
            yield f"{file}: {one if len(headings) == 1 else several}"
        if empty.get(file):
            yield f"{file}: nothing stands under {some(empty[file])}"


def _with_option(finding: Finding) -> Finding:
    """A finding on dates that can be two, with the option that settles them."""
    if "can be two dates" in finding.problem or "can each be two" in finding.problem:
        return evolve(finding, remedy=_AS_YOU_CHOOSE)
    return finding


def _write(imported: Imported, folder: Path, *, update: bool) -> Written:
    memory = read_memory(folder)
    settings = _settings(folder)
    consents = tuple(map(consent_column, settings.policy.channels))
    before = _before(imported, folder, settings, memory)
    if not update:
        _spare(before, folder)
    accounts = updated(
        before["accounts"], by_id([*map(record_of, imported.accounts)], "account_id"), consents
    )
    _same_list(before["accounts"], accounts, folder, update=update)
    new = [
        record_of(evolve(one, account_id=accounts.id_of(one.account_id)))
        for one in imported.contacts
    ]
    contacts = updated(before["contacts"], by_id(new, "contact_id"), consents)
    contents = _contents(folder, accounts, contacts, tuple(settings.policy.channels))
    make_folder(folder)
    _put(contents)
    said = (
        *_said(before["accounts"], accounts, ACCOUNTS_FILE),
        *_said(before["contacts"], contacts, CONTACTS_FILE),
    )
    return Written(tuple(contents), accounts=accounts.change, contacts=contacts.change, said=said)


def _before(
    imported: Imported, folder: Path, settings: Settings, memory: Mapping[str, Memory]
) -> dict[str, Before]:
    """The lists that are there, as records; raises where they hold errors."""
    found: list[Finding] = []
    before: dict[str, Before] = {}
    for name in ("accounts", "contacts"):
        path = folder / f"{name}.csv"
        known = memory.get(name, Memory())
        if not exists(path) or _is_source(path, imported, known):
            before[name] = Before({}, known)
            continue
        table = parse_list(read_bytes(path), path.name, kind=name)
        records = _records(table, name, settings)
        found += [finding for finding in records.all_findings if finding.is_error]
        items = [record_of(item) for item in records.items]
        before[name] = Before(by_id(items, f"{name.removesuffix('s')}_id"), known)
    if found:
        raise InvalidInput(found)
    return before


def _is_source(path: Path, imported: Imported, known: Memory) -> bool:
    """Whether an export lies where the list is to be: then it becomes that list."""
    is_source = any(path.samefile(source) for source in imported.sources)
    if is_source and not known.is_empty:
        problem, remedy = "is the list of the campaign itself", "name the export"
        raise UnreadableFile(path, problem, remedy)
    return is_source


def _records(table: Table, name: str, settings: Settings) -> Records[Account] | Records[Contact]:
    if not table.rows and table.is_sound:
        return Records(table.file)
    if name == "accounts":
        return read_accounts(table)
    return read_contacts(with_names(table), settings.policy.channels)


def _spare(before: Mapping[str, Before], folder: Path) -> None:
    for name, one in before.items():
        if one.records and one.memory.is_empty:
            number = len(one.records)
            rows = "1 row that" if number == 1 else f"{number} rows that"
            raise UnreadableFile(
                folder / f"{name}.csv",
                f"holds {rows} no import has written",
                "give --update to bring the export in beside them, by their ids",
            )


def _same_list(before: Before, after: Updated, folder: Path, *, update: bool) -> None:
    """Raise where an export has not one account of the list that it would update."""
    strange = len(after.change.gone) == len(before.records)
    if before.records and after.change.added and strange and not update:
        raise UnreadableFile(
            folder / ACCOUNTS_FILE,
            "has not one account of this export",
            "name another folder with -C, or give --update to add them all",
        )


def _contents(
    folder: Path, accounts: Updated, contacts: Updated, channels: Sequence[str]
) -> dict[Path, bytes]:
    contents = {folder / ACCOUNTS_FILE: render_list(accounts.records, columns_of_accounts())}
    if contacts.records or exists(folder / CONTACTS_FILE):
        columns = columns_of_contacts(channels)
        contents[folder / CONTACTS_FILE] = render_list(contacts.records, columns)
    memory = {"accounts": accounts.memory, "contacts": contacts.memory}
    return {**contents, folder / MEMORY_FILE: render_memory(memory)}


def _put(contents: Mapping[Path, bytes]) -> None:
    write_whole(contents, kept=[path for path in contents if path.exists()])


def _said(before: Before, after: Updated, file: str) -> Iterator[str]:
    if before.records:
        yield from said_of(after.change, file)
