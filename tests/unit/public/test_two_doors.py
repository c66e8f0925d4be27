"""The Python door asks what the file door asks: the same values, the same findings."""

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tries import few

from campaign import (
    Account,
    Channel,
    Contact,
    InvalidInput,
    Policy,
    Promise,
    Rep,
    Territory,
    check,
    plan,
    read,
)
from campaign.errors import Finding

START = dt.date(2027, 1, 4)
REP = Rep("Rep", home=(44.9, -123.0), timezone="America/Los_Angeles", country="US")
SETTINGS = """
[campaign]
start = 2027-01-04
[rep]
name = "Rep"
home = { latitude = 44.9, longitude = -123.0 }
timezone = "America/Los_Angeles"
country = "US"
"""
ACCOUNTS: list[dict[str, Any]] = [
    {"account_id": "A-1", "name": "Cascade Dental", "tier": "A", "phone": 5035550101.0},
    {"account_id": "A-2", "name": "Riverbend Mills", "latitude": 45.0, "longitude": -120.0},
    {"account_id": "A-3", "name": "Cedar Pumps", "last_contact": pd.Timestamp("2026-11-03")},
    {"account_id": "A-4", "name": "Old Mill", "status": "Closed", "value": 1200},
]
CONTACTS: list[dict[str, Any]] = [
    {"contact_id": 1, "account_id": "A-1", "name": "Ada", "call": "no", "do_not_contact": None}
]
PROMISES: list[dict[str, Any]] = [
    {"promise_id": "P-1", "account_id": "A-1", "what": "the price list", "due": "2027-02-01"}
]


def told(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    """What is said, whatever the file is called and on which line a value stands."""
    return sorted((f.severity, f.column, f.problem.partition(" lies")[0]) for f in findings)


def folder_of(path: Path, **lists: list[dict[str, Any]]) -> Path:
    (path / "campaign.toml").write_text(SETTINGS, encoding="utf-8")
    for name, records in lists.items():
        pl.DataFrame(records, infer_schema_length=None).write_csv(path / f"{name}.csv")
    return path


def test_records_frames_and_files_give_one_territory_and_one_check(tmp_path: Path) -> None:
    plain = [{**each, "phone": "5035550101"} if "phone" in each else each for each in ACCOUNTS]
    files = folder_of(tmp_path, accounts=plain, contacts=CONTACTS, promises=PROMISES)
    others: dict[str, Any] = {
        "contacts": CONTACTS,
        "promises": PROMISES,
        "start": START,
        "rep": REP,
    }
    by_records = Territory.from_records(ACCOUNTS, **others)
    by_pandas = Territory.from_records(pd.DataFrame(ACCOUNTS), **others)
    frame = pl.DataFrame(ACCOUNTS, infer_schema_length=None)
    by_polars = Territory.from_records(frame, **others)
    assert by_records == by_pandas == by_polars == read(files)
    assert told(check(by_records).findings) == told(check(files).findings)
    assert told(check(by_records).findings)


def test_constructors_are_doubted_as_files_are(tmp_path: Path) -> None:
    files = folder_of(tmp_path, accounts=ACCOUNTS[1:3])
    accounts = [
        Account("A-2", "Riverbend Mills", latitude=45.0, longitude=-120.0),
        Account("A-3", "Cedar Pumps", last_contact="2026-11-03"),
    ]
    made = Territory(REP, accounts, start="2027-01-04")
    assert told(check(made).findings) == told(check(files).findings)


@few(10)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"name": st.sampled_from(["Mill", "Dental", "Farm 7"])},
            optional={
                "tier": st.sampled_from(["A", "b", "C", None]),
                "value": st.integers(0, 10**9) | st.none(),
                "latitude": st.sampled_from([44.5, 45.25, None]),
                "longitude": st.sampled_from([-123.5, -122.75, None]),
                "last_contact": st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31)) | st.none(),
                "do_not_contact": st.booleans() | st.none(),
                "status": st.sampled_from(["Active", "closed", None]),
                "phone": st.sampled_from(["+1 503 555 0101", None]),
            },
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_records_are_the_values_that_constructors_make_of_them(
    cells: list[dict[str, Any]],
) -> None:
    rows = [{"account_id": f"A-{number}", **each} for number, each in enumerate(cells)]
    whole = [row for row in rows if (row.get("latitude") is None) is (row.get("longitude") is None)]
    if not whole:
        return
    by_records = Territory.from_records(whole, start=START, rep=REP)
    made = [Account(**{**row, "tier": (row.get("tier") or "").upper()}) for row in whole]
    zones = {one.account_id: one.timezone for one in by_records.accounts}
    placed = [Account(**{**vars_of(one), "timezone": zones[one.account_id]}) for one in made]
    by_values = Territory(REP, placed, start=START)
    assert by_records == by_values
    assert told(check(by_records).findings) == told(check(by_values).findings)


def vars_of(account: Account) -> dict[str, Any]:
    import attrs  # noqa: PLC0415 (only here)

    return {each.name: getattr(account, each.name) for each in attrs.fields(Account)}


def test_all_that_is_wrong_with_records_is_said_at_once_by_row_and_column() -> None:
    wrong = [
        {"account_id": "A-1", "name": "Cascade", "last_contact": "31/04/2027"},
        {"account_id": "A-1", "name": "Riverbend", "timezone": "Foo/Bar"},
        {"account_id": None, "name": "Cedar", "value": float("inf")},
    ]
    with pytest.raises(InvalidInput) as caught:
        Territory.from_records(wrong, start=START)
    places = {(one.file, one.row, one.column) for one in caught.value.findings if one.is_error}
    assert places >= {
        ("accounts", 1, "last_contact"),
        ("accounts", 2, "timezone"),
        ("accounts", 3, "account_id"),
        ("accounts", 3, "value"),
    }


def test_what_is_no_record_is_refused_with_what_would_be() -> None:
    with pytest.raises(InvalidInput, match="accounts:2: str is no record; give a data frame"):
        Territory.from_records([{"account_id": "A", "name": "A"}, "B"], start=START)


def test_an_address_that_nobody_has_looked_up_is_said_to_be_so() -> None:
    account = Account("A-1", "Mill", city="Salem", region="OR", country="US")
    notices = check(Territory(REP, [account], start=START)).notices
    assert any("nobody has looked up its address" in one.problem for one in notices)
    record = {"account_id": "A-1", "name": "Mill", "city": "Salem", "region": "OR"}
    placed = Territory.from_records([record], start=START, rep=REP).accounts[0]
    assert placed.coordinates is not None


def test_records_of_a_plan_are_one_frame_whatever_is_empty() -> None:
    accounts = [
        Account(f"A-{n:03}", "Firm", phone="503 555 0101" if n > 120 else "") for n in range(130)
    ]
    few = plan(Territory(REP, accounts, start=START), effort=0)
    frame = pl.DataFrame(few.to_records())
    assert len(frame) == len(few.touches)
    assert "503 555 0101" in set(frame["phone"])
    typed = pl.DataFrame(few.to_records(), schema=few.schema)
    assert typed.schema["arrives"] == pl.Date
    assert all(
        value is not None
        for name in ("phone", "start", "night")
        if name in typed.columns
        for value in typed[name]
    )


def test_an_empty_plan_has_the_same_columns_and_types() -> None:
    asleep = Account("A-1", "Mill", do_not_contact=True)
    none = plan(Territory(REP, [asleep], start=START, promises=[]), effort=0)
    assert none.to_records() == []
    empty = pl.DataFrame(none.to_records(), schema=none.schema)
    some = plan(Territory(REP, [Account("A-1", "Mill")], start=START), effort=0)
    assert empty.schema == pl.DataFrame(some.to_records(), schema=some.schema).schema
    left = pl.DataFrame(none.left_out_records(), schema=none.left_out_schema)
    assert set(left["reason_code"]) == {"do_not_contact"}
    pandas = pd.DataFrame(none.to_records(), columns=list(none.schema))
    assert list(pandas.columns) == list(some.to_records()[0])


def test_a_policy_holds_for_records_too() -> None:
    policy = Policy(channels={"fax": Channel("fax", 3)})
    contacts = [{"contact_id": "C", "account_id": "A-1", "name": "Ada", "fax": "no"}]
    made = Territory.from_records(ACCOUNTS[:1], contacts=contacts, start=START, policy=policy)
    assert made.contacts[0].consent("fax") == "no"
    assert Contact("C", "A-1", name="Ada", consents={"fax": "no"}) == made.contacts[0]
    assert Promise("P", "A", what="x", due=START).due == START


def test_notebooks_show_the_texts() -> None:
    campaign = plan(Territory(REP, [Account("A-1", "<Mill>")], start=START), effort=0)
    feasibility = check(campaign.territory).feasibility
    assert feasibility is not None
    for value in (campaign, campaign.summary(), feasibility):
        assert value._repr_html_().startswith("<pre>")
        assert "<Mill>" not in value._repr_html_()


def test_records_take_drives_and_closed_days_as_a_territory_does() -> None:
    rows = [
        {"account_id": f"A-{n}", "name": f"Firm {n}", "latitude": 45 + n / 50, "longitude": -123.0}
        for n in range(3)
    ]
    given = Territory.from_records(
        rows, start="2027-01-04", closed=["2027-02-01/2027-02-05"], drives=lambda *_: 17
    )
    assert given.travel.drives.between("A-0", "A-2") == 17
    assert given.travel.drives.between("home", "A-1") == 17
    assert dt.date(2027, 2, 3) not in given.calendar.working_days
    with pytest.raises(InvalidInput, match="closed"):
        Territory.from_records(rows, start="2027-01-04", closed="when it snows")
