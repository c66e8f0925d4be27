import datetime as dt
import os
from pathlib import Path

import pytest
from folders import ACCOUNTS, CONTACTS, PROMISES, SETTINGS, sound_folder, write_folder

from campaign.errors import InvalidInput, Severity, UnreadableFile
from campaign.model.values import Coordinates
from campaign.reading import Reading, load, read
from campaign.reading.parsing.files import MOST_BYTES

MONDAY = dt.date(2027, 1, 4)
LATER = dt.date(2027, 3, 1)


def bare(tmp_path: Path, text: str) -> Reading:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    return load(tmp_path / "list.csv", default_start=MONDAY)


def errors(reading: Reading) -> list[str]:
    return [finding.place for finding in reading.findings if finding.is_error]


def test_a_sound_folder_is_read_without_a_finding(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory")
    reading = load(folder)
    assert reading.territory is not None
    assert (reading.findings, reading.said) == ((), ())
    assert (reading.folder, reading.plan_path) == (folder, folder / "campaign.csv")
    assert [account.account_id for account in reading.territory.accounts] == ["A-1", "A-2"]
    assert reading.territory.contacts[0].name == "Dr. Ito"
    assert reading.territory.promises[0].due == dt.date(2027, 1, 15)
    assert reading.territory.rep.name == "Ann"
    assert reading.territory.start == MONDAY


def test_a_folder_needs_nothing_but_accounts(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "territory", {"accounts.csv": ACCOUNTS})
    territory = read(folder, start=MONDAY)
    assert territory.rep.home == Coordinates(44.94, -123.03)
    assert (territory.rep.country, territory.rep.timezone) == ("US", "America/Los_Angeles")


def test_a_start_that_is_asked_for_goes_before_that_of_the_file(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory")
    assert read(folder, start=LATER).start == LATER


def test_a_start_may_be_a_text_and_is_a_date_or_refused(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory")
    assert read(folder, start="2027-03-01").start == LATER
    with pytest.raises(ValueError, match="start: 'soon' is not a date; write 2027-04-30"):
        read(folder, start="soon")


def test_a_default_start_holds_only_where_nothing_is_said_and_is_said_aloud(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory")
    assert load(folder, default_start=LATER).said == ()
    silent = sound_folder(tmp_path / "other", settings=SETTINGS.replace("start = 2027-01-04", ""))
    reading = load(silent, default_start=LATER)
    assert reading.said == ("no start is given: taken as Monday 2027-03-01",)
    assert reading.territory is not None
    assert reading.territory.start == LATER


def test_a_start_beyond_all_calendars_is_an_error(tmp_path: Path) -> None:
    reading = load(sound_folder(tmp_path / "territory"), start=dt.date.max)
    assert errors(reading) == ["--start"]


def test_a_list_of_ids_and_names_is_a_campaign(tmp_path: Path) -> None:
    reading = bare(tmp_path, "account_id,name\nA-1,Foo\nA-2,Bar\n")
    assert reading.territory is not None
    assert [account.tier for account in reading.territory.active_accounts] == ["C", "C"]
    assert reading.said == (
        "no start is given: taken as Monday 2027-01-04",
        "no home is given and no account has coordinates: all drives are guesses",
        "no time zone is given or known from a place: UTC",
        "2 accounts have no tier, nor anything to compute one from: taken as C, the lowest",
    )
    assert reading.plan_path == tmp_path / "campaign.csv"
    assert [(f.file, f.column) for f in reading.findings] == [
        ("list.csv", "phone"),
        ("list.csv", "street"),
        ("list.csv", "country"),
        ("list.csv", "latitude"),
        ("list.csv", "latitude"),
    ]


def test_a_bare_list_lies_in_the_middle_of_its_accounts(tmp_path: Path) -> None:
    reading = bare(
        tmp_path,
        "id,name,lat,long,country,value\n"
        "1,West,52.5,13.0,Germany,10\n"
        "2,Middle,52.5,13.4,DE,30\n"
        "3,East,52.5,13.9,Poland,20\n",
    )
    assert reading.territory is not None
    rep = reading.territory.rep
    assert (rep.name, rep.home) == ("Rep", Coordinates(52.5, 13.4))
    assert (rep.country, rep.timezone) == ("DE", "Europe/Berlin")
    assert reading.said[1:] == (
        'list.csv: read "id" as account_id, "lat" as latitude, "long" as longitude',
        "no home is given: taken in the middle of the accounts, at Middle (52.5000, 13.4000)",
        "no country is given: DE, as most accounts; its public holidays hold",
        "no time zone is given: Europe/Berlin, as most accounts",
        (
            "no region is given: DE-BE, where the home is; its public holidays hold "
            '(another: region = "..." under [rep])'
        ),
        "3 accounts have no tier: computed from their scores (0 A, 1 B, 2 C)",
    )


def test_without_any_start_a_bare_list_is_told_how_to_give_one(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("account_id,name\nA-1,Foo\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path / "list.csv")
    (error,) = (finding for finding in caught.value.findings if finding.is_error)
    assert str(error) == "list.csv start: no start is given; give --start 2027-01-04"


def test_read_raises_every_finding_at_once(tmp_path: Path) -> None:
    folder = sound_folder(
        tmp_path / "territory", accounts=ACCOUNTS.replace("44.94", "x").replace("44.63", "y")
    )
    with pytest.raises(InvalidInput) as caught:
        read(folder)
    places = [finding.place for finding in caught.value.findings if finding.is_error]
    assert places == ["accounts.csv:2 latitude", "accounts.csv:3 latitude"]


def test_contradictions_stand_at_the_true_lines_of_their_files(tmp_path: Path) -> None:
    folder = sound_folder(
        tmp_path / "territory",
        accounts='account_id,name,notes,tier\n\n,Nobody,,\nA-1,Foo,"two\nlines",A\nA-2,Bar,,Z\n',
    )
    assert errors(load(folder)) == ["accounts.csv:3 account_id", "accounts.csv:6 tier"]


def test_a_row_that_cannot_be_read_does_not_put_its_contacts_in_the_wrong(tmp_path: Path) -> None:
    folder = sound_folder(
        tmp_path / "territory", accounts=ACCOUNTS.replace("A-1,Cascade", 'A-1,"Cascade" x')
    )
    assert errors(load(folder)) == ["accounts.csv:2"]


def test_a_contact_that_cannot_be_read_does_not_put_a_promise_in_the_wrong(tmp_path: Path) -> None:
    promises = "promise_id,account_id,contact_id,what,due\nP-1,A-1,C-1,call back,2027-02-01\n"
    folder = sound_folder(tmp_path / "territory", promises=promises)
    assert errors(load(folder)) == []
    (folder / "contacts.csv").write_text('contact_id,account_id,name\nC-1,A-1,"Ito" x\n')
    assert errors(load(folder)) == ["contacts.csv:2"]


def test_settings_that_cannot_be_read_do_not_put_the_lists_in_the_wrong(tmp_path: Path) -> None:
    folder = sound_folder(
        tmp_path / "territory",
        settings="[tiers.Gold\n",
        accounts=ACCOUNTS.replace("Dental,A", "Dental,Gold"),
    )
    assert errors(load(folder)) == ["campaign.toml:1"]


def test_under_skip_bad_rows_they_are_left_out_with_all_that_hangs_on_them(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory", accounts=ACCOUNTS.replace("44.94", "x"))
    reading = load(folder, skip_bad_rows=True)
    assert reading.territory is not None
    assert [account.account_id for account in reading.territory.accounts] == ["A-2"]
    assert (reading.territory.contacts, reading.territory.promises) == ((), ())
    left_out = [f.place for f in reading.findings if f.problem.endswith("the row is left out")]
    assert left_out == [
        "accounts.csv:2 latitude",
        "contacts.csv:2 account_id",
        "promises.csv:2 account_id",
    ]
    assert {finding.severity for finding in reading.findings} == {Severity.NOTICE}


def test_under_skip_bad_rows_every_row_left_out_is_named(tmp_path: Path) -> None:
    rows = "".join(f"A-{n},Foo,Z\n" for n in range(30))
    folder = sound_folder(
        tmp_path / "territory", accounts=f"account_id,name,tier\n{rows}A-30,B,A\n"
    )
    (folder / "contacts.csv").unlink()
    (folder / "promises.csv").unlink()
    reading = load(folder, skip_bad_rows=True)
    left_out = [f.row for f in reading.findings if f.problem.endswith("the row is left out")]
    assert left_out == list(range(2, 32))


def test_a_list_of_which_every_row_is_bad_stays_an_error(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("account_id,name,tier\nA-1,Foo,Z\n", encoding="utf-8")
    reading = load(tmp_path / "list.csv", start=MONDAY, skip_bad_rows=True)
    assert reading.territory is None
    assert errors(reading) == ["list.csv"]


def test_a_fault_of_the_whole_file_is_not_skipped(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory", accounts=ACCOUNTS + 'A-3,"never\nclosed')
    assert errors(load(folder, skip_bad_rows=True)) == ["accounts.csv:4"]


def test_tiers_are_found_whatever_their_case(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory", accounts=ACCOUNTS.replace("Dental,A", "Dental,a"))
    assert read(folder).accounts[0].tier == "A"


def test_headings_that_differ_in_case_alone_lie_in_one_folder(tmp_path: Path) -> None:
    folder = sound_folder(
        tmp_path / "territory",
        contacts=CONTACTS.replace("account_id", "Account ID"),
        promises=PROMISES.upper(),
    )
    assert read(folder).promises[0].promise_id == "P-1"


@pytest.mark.parametrize("name", ["accounts.csv", "campaign.toml", "contacts.csv", "promises.csv"])
def test_a_folder_in_place_of_a_file_cannot_be_read(name: str, tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory")
    (folder / name).unlink()
    (folder / name).mkdir()
    with pytest.raises(UnreadableFile) as caught:
        load(folder)
    assert (caught.value.path, caught.value.remedy) == (folder / name, "name a file")


def test_a_folder_without_accounts_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load(tmp_path)
    assert caught.value.path == tmp_path / "accounts.csv"
    assert "campaign new" in caught.value.remedy


@pytest.mark.parametrize("name", ["missing.csv", "missing/list.csv", "x" * 300, "nul\0.csv"])
def test_a_list_that_is_not_there_cannot_be_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load(tmp_path / name)
    assert caught.value.remedy


def test_a_link_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "territory")
    (folder / "promises.csv").unlink()
    (folder / "promises.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UnreadableFile, match="does not exist"):
        load(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.csv")
    with pytest.raises(UnreadableFile, match="no regular file"):
        load(tmp_path / "list.csv")


def test_a_file_larger_than_any_list_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "list.csv").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UnreadableFile, match="34 MB"):
        load(tmp_path / "list.csv")


def test_a_file_that_may_not_be_read_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list.csv").write_text(ACCOUNTS, encoding="utf-8")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match="may not be read"):
        load(tmp_path / "list.csv")


def test_accounts_over_the_sea_are_told_in_one_notice(tmp_path: Path) -> None:
    islands = "".join(f"A-{n},Island Shop {n},50.7,-1.{29 - n}\n" for n in range(5))
    reading = bare(
        tmp_path,
        f"account_id,name,latitude,longitude\nA-9,Town Shop,50.91,-1.40\n{islands}",
    )
    (told,) = [one.problem for one in reading.findings if "the sea" in one.problem]
    # without a home it lies among the islands' shops, and the town is over the sea
    assert told.endswith("to 1 of the accounts: Town Shop")
    (tmp_path / "campaign.toml").write_text(
        "[campaign]\nstart = 2027-01-04\n[rep]\nhome = { latitude = 50.8, longitude = -1.09 }\n"
        'country = "GB"\n'
    )
    (tmp_path / "list.csv").rename(tmp_path / "accounts.csv")
    (finding,) = [one for one in load(tmp_path).findings if "the sea" in one.problem]
    assert finding.problem == (
        "the straight line from home crosses the sea to 5 of the accounts: Island Shop 0, "
        "Island Shop 1, Island Shop 2 and 2 more"
    )
    assert not finding.is_error
