"""A campaign folder, or a bare list of accounts, to a Territory and all its findings."""

import datetime as dt
from pathlib import Path

from attrs import evolve, field, frozen

from campaign.errors import Finding, InvalidInput, UnreadableFile
from campaign.model.accounts import Contact
from campaign.model.given import taken
from campaign.model.territory import Territory
from campaign.model.values import to_date_or_none
from campaign.reading.assembly import LISTS, SETTINGS_FILE, Assembly, Files
from campaign.reading.calendars import read_calendars
from campaign.reading.cells import FIRST_YEAR, LAST_YEAR
from campaign.reading.exports.links import rejoined
from campaign.reading.exports.read_export import read_list
from campaign.reading.lists.records import Records
from campaign.reading.lists.short_lists import REFUSALS_FILE, read_refusals
from campaign.reading.parsing.files import exists, is_folder, read_bytes
from campaign.reading.parsing.table import Table, parse_list
from campaign.reading.places.assumed import said_of_tiers
from campaign.reading.places.drives_csv import read_drives
from campaign.reading.settings.campaign_toml import Settings, read_settings
from campaign.reading.settings.document import Document, parse_document
from campaign.reading.settings.letterhead import read_stationery
from campaign.workdays import Span

PLAN_FILE = "campaign.csv"
ACCOUNTS_FILE = "accounts.csv"
CONTACTS_FILE = "contacts.csv"
# Where no start can be read the rest is still checked, as of this day; nothing is planned.
_ANY_DAY = dt.date(2027, 1, 4)


@frozen
class Reading:
    """What was read: the question, if it can be planned, and everything found on the way.

    `territory` is None where a finding is an error. `findings` stand in the order of files
    and rows; `said` holds a sentence on every assumption. Outputs go to `folder`, the plan
    to `plan_path`.
    """

    territory: Territory | None
    findings: tuple[Finding, ...] = ()
    said: tuple[str, ...] = field(default=(), kw_only=True)
    folder: Path = field(kw_only=True)
    plan_path: Path = field(kw_only=True)


def read(path: str | Path, *, start: dt.date | str | None = None) -> Territory:
    """The territory of a campaign folder or of a bare list of accounts.

    `start` (a date, or a text such as `2027-01-04`) goes before what the folder says. Raises
    `InvalidInput` for a start that is no date, or with every finding if one of them is an
    error, and `UnreadableFile` where a file cannot be read at all.
    """
    path = taken(path, Path, "path", "give the path of a campaign folder or of a list")
    reading = load(path, start=given_start(start))
    if reading.territory is None:
        raise InvalidInput(reading.findings)
    return reading.territory


def given_start(start: dt.date | str | None) -> dt.date | None:
    """The first day that a caller names; raises `InvalidInput` with the word start."""
    return taken(start, to_date_or_none, "start")


def load(
    path: str | Path,
    *,
    start: dt.date | None = None,
    default_start: dt.date | None = None,
    skip_bad_rows: bool = False,
) -> Reading:
    """Everything that a campaign folder or a bare list of accounts holds, right and wrong.

    `start` goes before what the folder says, `default_start` holds where it says nothing.
    With `skip_bad_rows` a row with errors is left out, and its errors become notices.
    Raises `UnreadableFile` where a file cannot be read at all, and nothing else.
    """
    path = Path(path)
    files = _folder(path) if is_folder(path) else _bare_list(path)
    folder = path if is_folder(path) else path.parent
    first, said, found = _start(files, start, default_start)
    last = first + dt.timedelta(days=files.settings.days - 1)
    calendars = read_calendars(files.settings, folder, Span(first, last))
    stationery, unwritable = read_stationery(folder)
    assembly = Assembly(files, first, busy=calendars.busy, stationery=stationery)
    territory = assembly.territory(skip_bad_rows=skip_bad_rows)
    findings = tuple(assembly.ordered((*found, *calendars.findings, *unwritable)))
    if any(finding.is_error for finding in findings):
        territory = None
    tiers = said_of_tiers(territory) if territory else ()
    said = (*said, *calendars.said, *assembly.said, *tiers)
    return Reading(territory, findings, said=said, folder=folder, plan_path=folder / PLAN_FILE)


def settings_of(folder: Path) -> Settings:
    """What the settings of a folder say; the defaults where it has none."""
    path = folder / SETTINGS_FILE
    if not exists(path):
        return read_settings(Document(SETTINGS_FILE))
    return read_settings(parse_document(read_bytes(path), SETTINGS_FILE))


def _folder(folder: Path) -> Files:
    if not exists(folder / ACCOUNTS_FILE):
        raise UnreadableFile(
            folder / ACCOUNTS_FILE,
            "does not exist",
            "put the list of accounts there, or begin with campaign new",
        )
    tables = {kind: _table(folder / f"{kind}.csv", kind) for kind in LISTS}
    files = evolve(Files.of_tables(settings_of(folder), tables), drives=read_drives(folder))
    accounts, lists = files.accounts, files.lists
    return files.with_lists(
        contacts=rejoined(files.contacts, accounts), promises=rejoined(lists["promises"], accounts)
    )


def _bare_list(path: Path) -> Files:
    settings = read_settings(Document(SETTINGS_FILE))
    table = parse_list(read_bytes(path), path.name, kind="accounts")
    export = read_list(table, settings.policy.channels)
    contacts = export.contacts if export.contacts.placed else Records[Contact](CONTACTS_FILE)
    refusals = read_refusals(_table(path.with_name(REFUSALS_FILE), "refusals"))
    return Files(
        settings,
        {"accounts": export.accounts, "contacts": contacts, "refusals": refusals},
        is_bare=True,
    )


def _table(path: Path, kind: str) -> Table:
    return parse_list(read_bytes(path), path.name, kind=kind) if exists(path) else Table(path.name)


def _start(
    files: Files, start: dt.date | None, default: dt.date | None
) -> tuple[dt.date, tuple[str, ...], tuple[Finding, ...]]:
    """The first day, what is said of it, and what is wrong with it."""
    if start is not None:
        if FIRST_YEAR <= start.year <= LAST_YEAR:
            return start, (), ()
        remedy = f"write a date between {FIRST_YEAR} and {LAST_YEAR}"
        far = Finding("--start", f"{start} is out of reach", remedy=remedy)
        return _ANY_DAY, (), (far,)
    if files.settings.start is not None:
        return files.settings.start, (), ()
    if files.settings.start_is_unknown:
        return _ANY_DAY, (), ()
    if default is not None:
        return default, (f"no start is given: taken as {default:%A} {default}",), ()
    remedy = "give --start 2027-01-04"
    if not files.is_bare:
        remedy = "write start = 2027-01-04 under [campaign]"
    missing = Finding(files.settings_file, "no start is given", remedy=remedy, column="start")
    return _ANY_DAY, (), (missing,)
