"""Importing: no bytes bring it down, and what it has written it reads as the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

import exports
import pytest
from exports import imported, workbook
from hypothesis import assume, given
from hypothesis import strategies as st
from reading_strategies import accounts, contacts, contents, damaged

from campaign.errors import CampaignError
from campaign.importing import Imported, import_lists
from campaign.model.accounts import Account, Contact

EXPORTS = [
    text.encode()
    for name, text in vars(exports).items()
    if name.isupper() and isinstance(text, str)
]
OF_ACCOUNTS = [text for text in EXPORTS if text != exports.SALESFORCE_API_CONTACTS.encode()]
HEADINGS = ["Firma", "Ansprechpartner", "First Name", "Last Name", "Account Name", "Id", "PLZ"]


def bring(folder: Path, *files: Path) -> dict[str, bytes]:
    import_lists(*files, folder=folder).write(folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def again(folder: Path, first: dict[str, bytes]) -> dict[str, bytes]:
    """What an import of an import's own lists writes into a fresh folder."""
    source, target = folder / "source", folder / "target"
    source.mkdir()
    for name, data in first.items():
        (source / name).write_bytes(data)
    lists = [source / name for name in ("accounts.csv", "contacts.csv") if name in first]
    return bring(target, *lists)


def is_sound(found: Imported) -> None:
    """Findings and sentences that say something; what is written comes back the same."""
    for finding in found.findings:
        assert finding.problem
        assert str(finding)
    assert all(found.said)
    with TemporaryDirectory() as name:
        folder = Path(name)
        if found.errors:
            with pytest.raises(CampaignError):
                found.write(folder)
        else:
            written = found.write(folder / "first").files
            files = {path.name: path.read_bytes() for path in written}
            assert again(folder, files) == files


@given(contents("accounts.csv"), st.none() | contents("contacts.csv"))
def test_any_bytes_are_findings(export: bytes, people: bytes | None) -> None:
    is_sound(imported(export, people))


@given(st.sampled_from(EXPORTS).flatmap(damaged), st.none() | st.sampled_from(EXPORTS))
def test_damaged_exports_are_findings(export: bytes, people: bytes | None) -> None:
    is_sound(imported(export, people))


@given(st.lists(st.lists(st.sampled_from([*HEADINGS, "", "Foo", "1099", "=1"]), max_size=5)))
def test_any_cells_below_known_headings_are_findings(rows: list[list[str]]) -> None:
    text = "\n".join(";".join(cells) for cells in [HEADINGS, *rows])
    is_sound(imported(text))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    rows = [["Id", "Name", "PLZ"], [1, "Foo", 1099], [2, "Bar", "04109"]]
    return workbook(tmp_path_factory.mktemp("books") / "a.xlsx", {"S": rows}).read_bytes()


@given(st.data())
def test_damaged_workbooks_are_findings(book: bytes, data: st.DataObject) -> None:
    is_sound(imported(data.draw(damaged(book)), name="a.xlsx"))


def lists_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: files[name] for name in ("accounts.csv", "contacts.csv") if name in files}


@pytest.mark.parametrize("export", OF_ACCOUNTS, ids=lambda text: text[:20].decode())
def test_an_import_of_its_own_lists_is_the_identity(export: bytes, tmp_path: Path) -> None:
    first = imported(export, dates="month-first").write(tmp_path / "first")
    files = {path.name: path.read_bytes() for path in first.files}
    assert again(tmp_path, files) == files


@given(
    st.lists(accounts(), min_size=1, max_size=3, unique_by=lambda one: one.account_id),
    st.lists(contacts(), max_size=3, unique_by=lambda one: one.contact_id),
)
def test_whatever_is_written_comes_back_the_same(
    there: list[Account], people: list[Contact]
) -> None:
    ids = [account.account_id for account in there]
    known = [
        Contact(one.contact_id, ids[n % len(ids)], name=one.name, notes=one.notes)
        for n, one in enumerate(people)
    ]
    with TemporaryDirectory() as name:
        folder = Path(name)
        Imported(tuple(there), tuple(known)).write(folder / "one")
        first = {path.name: path.read_bytes() for path in (folder / "one").iterdir()}
        found = import_lists(*(folder / "one" / part for part in lists_of(first)), folder=folder)
        assume(not any("decoded twice" in str(each) for each in found.findings))
        assert [one.account_id for one in found.accounts] == ids
        if not found.errors:
            assert lists_of(again(folder, first)) == lists_of(first)
