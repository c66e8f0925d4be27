"""Values that do not come from files: records of a data frame, and a territory made in Python.

Both are asked what files are asked: a record's cells become the texts that a list would hold,
and go through the same readers; the values of a territory go through the same doubts.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from campaign.errors import Finding, InvalidInput
from campaign.model.given import is_missing, taken, to_text
from campaign.model.policy import Policy
from campaign.model.rep import USUAL_NAME, Rep
from campaign.model.territory import Beside, Territory
from campaign.model.values import to_spans
from campaign.reading.assembly import LISTS, Assembly, Files
from campaign.reading.lists.records import Placed, Records
from campaign.reading.parsing.table import Row, Table
from campaign.reading.settings.campaign_toml import Settings
from campaign.reading.settings.document import Document

_DOCUMENT = "territory"


def territory_of_records(
    accounts: object, start: dt.date, rep: Rep | None, beside: Beside
) -> Territory:
    """The territory of a list of accounts, and of what goes beside it.

    A list is a data frame of pandas or polars, or any number of mappings. Raises
    `InvalidInput` with every finding if one of them is an error.
    """
    lists: dict[str, Any] = {"accounts": accounts, **beside}
    rep = rep or Rep(USUAL_NAME, timezone="")
    settings = Settings(
        Document(_DOCUMENT),
        beside.get("name", ""),
        days=beside.get("days", 90),
        closed=taken(beside.get("closed", ()), to_spans, "closed"),
        rep=rep,
        policy=beside.get("policy") or Policy(),
    )
    tables = {kind: _table(kind, lists.get(kind, ())) for kind in LISTS}
    assembly = Assembly(Files.of_tables(settings, tables), start, busy=rep.busy)
    territory = assembly.territory(skip_bad_rows=False)
    findings = assembly.ordered()
    if territory is None or any(finding.is_error for finding in findings):
        raise InvalidInput(findings)
    drives = beside.get("drives")
    return territory if drives is None else evolve(territory, drives=drives)


def findings_of(territory: Territory) -> tuple[Finding, ...]:
    """Every contradiction and every doubt that files with the same values would show.

    Rows are the numbers of the values in their lists, from 1. Addresses are not looked up.
    """
    settings = Settings(
        Document(_DOCUMENT),
        territory.name,
        days=territory.days,
        closed=territory.closed,
        rep=territory.rep,
        policy=territory.policy,
    )
    lists = {
        kind: Records(kind, tuple(map(Placed, range(1, len(values) + 1), values)))
        for kind, values in ((kind, getattr(territory, kind)) for kind in LISTS)
    }
    busy = territory.rep.busy
    assembly = Assembly(Files(settings, lists), territory.start, busy=busy, finds_places=False)
    assembly.territory(skip_bad_rows=False)
    return tuple(assembly.ordered())


def _table(kind: str, given: Any) -> Table:  # noqa: ANN401 (of any library)
    """A list of records as a table of texts; its first record is row 1."""
    if hasattr(given, "to_dicts"):  # polars
        given = given.to_dicts()
    elif hasattr(given, "to_dict"):  # pandas
        given = given.to_dict("records")
    records = list(given) if isinstance(given, Iterable) else [given]
    for number, record in enumerate(records, start=1):
        if not isinstance(record, Mapping):
            problem = f"{type(record).__name__} is no record"
            remedy = "give a data frame, or a mapping from headings to cells for each row"
            raise InvalidInput([Finding(kind, problem, remedy=remedy, row=number)])
    headings = tuple(dict.fromkeys(str(name) for record in records for name in record))
    rows = []
    for number, record in enumerate(records, start=1):
        cells = {str(name): _cell(value) for name, value in record.items()}
        rows.append(Row(number, tuple(cells.get(name, "") for name in headings)))
    return Table(kind, headings, rows=tuple(rows), heading_row=0)


def _cell(value: object) -> str:
    """A cell as a list would hold it."""
    if is_missing(value):
        return ""
    if type(value).__name__ in {"bool", "bool_"}:
        return "yes" if value else "no"
    if isinstance(value, dt.date) or type(value).__name__ == "datetime64":
        return str(value)[:10]  # the day of what prints as ISO does, numpy's too
    try:
        return to_text(value)
    except ValueError:
        return str(value)
