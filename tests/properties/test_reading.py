"""Reading: what is written comes back, and no bytes at all bring it down."""

import datetime as dt
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from folders import SOUND, sound_folder, write_folder
from hypothesis import given
from hypothesis import strategies as st
from list_writing import write_accounts, write_contacts
from reading_strategies import CHANNELS, accounts, contacts, contents, damaged, dates, ids, words

from campaign.errors import UnreadableFile
from campaign.model.accounts import Account, Contact
from campaign.model.outcomes import Outcome, outcomes_of
from campaign.model.policy import Policy
from campaign.outputs.plan_table import encode, in_order, render_campaign
from campaign.reading import Reading, load, logged_ids, read, read_plan
from campaign.reading.lists.accounts_and_contacts import read_accounts, read_contacts
from campaign.reading.parsing.table import parse_table
from campaign.touches import Plan, Status, Touch

MONDAY = dt.date(2027, 1, 4)


def is_sound(reading: Reading, folder: Path) -> None:
    """A territory or an error, never both; every finding inside its file."""
    has_error = any(finding.is_error for finding in reading.findings)
    assert has_error == (reading.territory is None)
    for finding in reading.findings:
        assert finding.problem
        assert str(finding).isprintable() or "\n" not in str(finding)
        if finding.row:
            data = (folder / finding.file).read_bytes()
            lines = data.count(b"\n") + data.count(b"\r")
            assert finding.row <= lines + 1


@given(st.fixed_dictionaries({}, optional={name: contents(name) for name in SOUND}))
def test_any_bytes_in_any_file_are_findings(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as name:
        folder = write_folder(Path(name), {**SOUND, **files})
        is_sound(load(folder, default_start=MONDAY), folder)


@given(st.fixed_dictionaries({}, optional={name: contents(name) for name in SOUND}))
def test_any_bytes_in_any_file_are_findings_also_where_bad_rows_are_skipped(
    files: dict[str, bytes],
) -> None:
    with TemporaryDirectory() as name:
        folder = write_folder(Path(name), {**SOUND, **files})
        is_sound(load(folder, default_start=MONDAY, skip_bad_rows=True), folder)


@given(contents("accounts.csv"))
def test_any_bytes_as_a_bare_list_are_findings(data: bytes) -> None:
    with TemporaryDirectory() as name:
        folder = write_folder(Path(name), {"list.csv": data})
        is_sound(load(folder / "list.csv", default_start=MONDAY), folder)


@given(st.lists(accounts(), min_size=1, max_size=4))
def test_accounts_that_are_written_are_read_back(written: list[Account]) -> None:
    records = read_accounts(parse_table(write_accounts(written), "accounts.csv"))
    assert records.items == tuple(written)
    assert not records.all_findings


@given(st.lists(contacts(), min_size=1, max_size=4))
def test_contacts_that_are_written_are_read_back(written: list[Contact]) -> None:
    table = parse_table(write_contacts(written), "contacts.csv")
    records = read_contacts(table, CHANNELS)
    assert records.items == tuple(written)
    assert not records.all_findings


KNOWN = Policy().channels


def _as_ticked(touch: Touch) -> Touch:
    """The touch without what contradicts itself.

    What was not made has no outcome, and what was made one that its channel can have.
    """
    channel = KNOWN.get(touch.channel)
    if channel and touch.outcome and touch.outcome not in outcomes_of(channel):
        touch = evolve(touch, outcome=outcomes_of(channel)[0])
    if touch.status in (Status.MISSED, Status.SKIPPED, Status.CANCELLED):
        return evolve(touch, outcome="", done_on=None)
    if touch.status is Status.PLANNED and (touch.outcome or touch.done_on):
        return evolve(touch, status=Status.DONE, again_on=touch.date)
    return evolve(touch, again_on=touch.again_on or touch.date)


touches = st.builds(
    Touch,
    ids,
    dates,
    account_id=ids,
    contact_id=ids,
    channel=words | st.sampled_from(sorted(KNOWN)),
    cadence=words,
    step=words,
    purpose=words,
    required=st.booleans(),
    minutes=st.integers(0, 1440),
    planned_on=dates,
    start=st.none() | st.integers(0, 1440),
    end=st.none() | st.integers(0, 1440),
    home_minutes=st.integers(0, 500),
    arrives=st.none() | dates,
    status=st.sampled_from(list(Status)),
    outcome=st.sampled_from(Outcome),
    done_on=st.none() | dates,
    again_on=st.none() | dates,
    note=st.just("") | words,
    brief=st.just("") | words,
    why=st.just("") | words,
    pinned=st.booleans(),
).map(_as_ticked)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_folder(tmp_path_factory.mktemp("plans") / "territory")


@given(st.lists(touches, max_size=4))
def test_a_plan_that_is_written_is_read_back(folder: Path, written: list[Touch]) -> None:
    territory = read(folder)
    path = folder / "campaign.csv"
    path.write_bytes(encode(render_campaign(Plan(territory, written))))
    plan, findings = read_plan(path, territory)
    assert findings == ()
    assert plan.touches == tuple(in_order(written))


@given(data=st.data())
def test_any_bytes_as_a_plan_are_findings_or_no_plan(folder: Path, data: st.DataObject) -> None:
    territory = read(folder)
    path = folder / "campaign.csv"
    path.write_bytes(
        encode(render_campaign(Plan(territory, data.draw(st.lists(touches, max_size=2)))))
    )
    path.write_bytes(data.draw(damaged(path.read_bytes()) | st.binary(max_size=100)))
    touches_read = read_plan(path, territory)[0].touches
    logged = [touch for touch in touches_read if touch.status is not Status.PLANNED or touch.note]
    with suppress(UnreadableFile):  # what is no plan any more is never written over
        assert len(logged_ids(path)) >= len(logged)
