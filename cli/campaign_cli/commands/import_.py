"""`campaign import`: the export of a customer system to the lists of a campaign folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import click
from click.exceptions import Exit

from campaign.importing import Choices, Imported, InactiveRule, Written, import_lists
from campaign.phrases import counted
from campaign.reading.assembly import SETTINGS_FILE
from campaign_cli import console, options
from campaign_cli.main import INPUT_FAULT

NONE = "none"
_ORDERS = ("day-first", "month-first")


@click.command("import")
@click.argument("file", type=options.FILE)
@click.option("--contacts", type=options.FILE, metavar="FILE", help="An export of people.")
@click.argument("into", type=options.FILE, required=False, metavar="[FOLDER]")
@options.folder
@click.option(
    "--map",
    "columns",
    type=options.pair('"Kunde=name"'),
    multiple=True,
    metavar="HEADING=COLUMN",
    help="Read a column as one of ours. May be repeated.",
)
@click.option("--dates", type=click.Choice(_ORDERS), help="How to read 3/4/2026.")
@click.option(
    "--inactive",
    type=options.pair("type=closed,planning", alone=NONE),
    multiple=True,
    metavar="HEADING=WORD,WORD",
    help="Touch none whose cell is one of these; none: no such rule. May be repeated.",
)
@click.option(
    "--only",
    type=options.pair('"Owner=Eric Boocock"'),
    multiple=True,
    metavar="HEADING=WORD,WORD",
    help="Take the rows alone whose cell is one of these. May be repeated.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="COLUMN",
    help="Leave a column out, by its heading or ours. May be repeated.",
)
@click.option("--encoding", default="", metavar="NAME", help="How a CSV is encoded, as cp1250.")
@click.option(
    "--roles",
    type=click.Choice(("titles", NONE)),
    default="titles",
    help="Where roles come from that the list does not give.",
)
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook.")
@click.option("--contacts-sheet", default="", metavar="NAME", help="The sheet of the contacts.")
@click.option("--update", is_flag=True, help="Bring it into lists that no import has written.")
@options.skip
@options.as_json
def command(file: Path, contacts: Path | None, into: Path | None, **wanted: Any) -> None:  # noqa: ANN401
    """Bring a customer system's export into a campaign folder.

    FILE is CSV or XLSX, from Salesforce, HubSpot, Dynamics, Pipedrive or Zoho, or made by
    hand. Writes accounts.csv and contacts.csv, keeping the previous ones with .bak at their
    ends. A further import updates them by their ids and keeps what you have written there.
    """
    update, folder = wanted.pop("update"), options.one_path(into, wanted.pop("folder"))
    imported = import_lists(file, contacts, choices=_choices(**wanted), folder=folder)
    console.say(*imported.said)
    notices = [finding for finding in imported.findings if not finding.is_error]
    console.say_findings(notices, most=len(notices))
    if imported.errors:
        console.say_findings(imported.errors)
        remedy = "mend what is said above, and import again"
        if any(error.row > 1 for error in imported.errors):
            remedy += ", or leave those rows out with --skip-bad-rows"
        number = counted(len(imported.errors), "error")
        console.say(f"{console.ERROR}nothing is written, for {number}; {remedy}")
    written = None if imported.errors else imported.write(folder, update=update)
    console.say(*(written.said if written else ()))
    if console.wants_json():
        console.result_json(_record(imported, written))
    elif written:
        _print(imported, written, folder)
    if imported.errors:
        raise Exit(INPUT_FAULT)


def _choices(columns: Any, dates: str | None, inactive: Any, **others: Any) -> Choices:  # noqa: ANN401
    def _by_heading(pairs: Any) -> list[tuple[str, tuple[str, ...]]]:  # noqa: ANN401
        """The words of a cell that are meant, by the heading of its column."""
        return [(name, tuple(word.strip() for word in words.split(","))) for name, words in pairs]

    only = _by_heading(others.pop("only"))
    rules = _by_heading(one for one in inactive if one[0] != NONE)
    return Choices(
        columns=dict(columns),
        dates=dates or "",
        inactive=tuple(InactiveRule(*rule) for rule in rules) if inactive else None,
        only=dict(only),
        roles=others.pop("roles") != NONE,
        **others,
    )


def _print(imported: Imported, written: Written, folder: Path) -> None:
    accounts = counted(len(imported.accounts), "account")
    states = ", ".join(f"{number} {status}" for status, number in imported.states.items())
    contacts = counted(len(imported.contacts), "contact")
    console.result(f"Read {accounts} ({states}) and {contacts}.")
    console.result(f"Written to {', '.join(map(str, written.files))}")
    where = options.place_words(folder)
    if (folder / SETTINGS_FILE).is_file():
        console.say(f"See what is missing: campaign check{where}")
    else:
        console.say(f"Your town, hours and days: campaign new{where}; then: campaign plan{where}")


def _record(imported: Imported, written: Written | None) -> Mapping[str, Any]:
    lists = ("accounts", "contacts")
    changes = {name: attrs.asdict(getattr(written, name)) for name in lists} if written else None
    return {
        "dialect": imported.dialect,
        "accounts": len(imported.accounts),
        "contacts": len(imported.contacts),
        "statuses": imported.states,
        "columns": imported.columns,
        "said": imported.said,
        "findings": console.findings_record(imported.findings)["findings"],
        "errors": len(imported.errors),
        "files": written.files if written else [],
        "changes": changes,
    }
