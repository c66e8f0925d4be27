import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest
from attrs import evolve
from commands import answered, lines, run

from campaign import Territory, read
from campaign.answer import check
from campaign.model.rep import Capacity, Courtesy, Travel
from campaign.reading.columns.headings import aliases
from campaign.workdays import Span

FILES = ["campaign.toml", "accounts.csv", "contacts.csv", "promises.csv", "delivered.csv"]


def test_it_makes_a_folder_to_fill_in(tmp_path: Path) -> None:
    result = run("new", tmp_path / "deep" / "mine")
    assert result.exit_code == 0
    assert lines(result.stdout) == [str(tmp_path / "deep" / "mine" / name) for name in FILES]
    assert "campaign check" in result.stderr


def test_the_lists_have_every_heading_that_is_understood(tmp_path: Path) -> None:
    run("new", tmp_path / "mine")
    for name in FILES[1:]:
        headings = (tmp_path / "mine" / name).read_text().strip().split(",")
        known = set(aliases(name.removesuffix(".csv")))
        places = {"street", "city", "region", "postal_code", "country", "latitude", "longitude"}
        assert known - places <= set(headings)


def test_a_new_folder_only_lacks_its_accounts(tmp_path: Path) -> None:
    run("new", tmp_path / "mine")
    found = check(tmp_path / "mine")
    assert [finding.file for finding in found.errors] == ["accounts.csv"]
    assert run("check", tmp_path / "mine").exit_code == 1


def test_a_new_folder_with_one_account_is_planned(tmp_path: Path) -> None:
    run("new", tmp_path / "mine")
    with (tmp_path / "mine" / "accounts.csv").open("a") as accounts:
        accounts.write("A-1,Cascade Dental\n")
    result = run("plan", tmp_path / "mine", "--effort", "0")
    assert result.exit_code == 0, result.stderr


def test_the_start_is_the_next_monday_or_the_one_that_is_given(tmp_path: Path) -> None:
    run("new", tmp_path / "one")
    run("new", tmp_path / "other", "--start", "1 Feb 2027")
    starts = [
        tomllib.loads((tmp_path / name / "campaign.toml").read_text())["campaign"]["start"]
        for name in ("one", "other")
    ]
    assert starts == [dt.date(2027, 1, 4), dt.date(2027, 2, 1)]


def with_an_account(folder: Path) -> Territory:
    (folder / "accounts.csv").write_text("account_id,name,country\nA-1,Cascade Dental,US\n")
    return read(folder)


def test_the_comments_of_the_settings_are_the_defaults(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    run("new", folder)
    usual = with_an_account(folder)
    settings = folder / "campaign.toml"
    text = re.sub(
        r"^# (?=(\w+ = |\[|\]|  \{ (?:step|week)))", "", settings.read_text(), flags=re.MULTILINE
    )
    for line in ("minutes_per_day = 360", "most_call = 3", "[tiers.A]", "[cadences.recovery]"):
        assert f"\n{line}" in text
    settings.write_text(text)
    uncommented = with_an_account(folder)
    rep = evolve(usual.rep, home=uncommented.rep.home, timezone="America/Los_Angeles", country="US")
    assert uncommented == evolve(usual, rep=rep)
    assert (usual.capacity, usual.courtesy, usual.travel) == (Capacity(), Courtesy(), Travel())


def test_every_setting_that_can_be_read_is_in_the_template(tmp_path: Path) -> None:
    run("new", tmp_path / "mine")
    text = (tmp_path / "mine" / "campaign.toml").read_text()
    keys = set(re.findall(r"^(?:# )?(\w+) = ", text, flags=re.MULTILINE))
    wanted = (Capacity, Travel)
    names = {field.name for kind in wanted for field in kind.__attrs_attrs__}
    names -= {"drives"}  # a file of its own
    assert names | {"start", "days", "home", "leave", "hours", "gap", "most", "new_days"} <= keys


def test_a_first_day_for_the_example_is_said_to_change_nothing(tmp_path: Path) -> None:
    told = run("new", tmp_path / "mine", "--example", "--start", "2026-10-05").stderr
    assert "notice: --start does not change the example" in told
    assert "notice" not in run("new", tmp_path / "other", "--example").stderr


def test_the_example_ships_with_the_package_and_is_sound(tmp_path: Path) -> None:
    result = run("new", tmp_path / "mine", "--example")
    assert result.exit_code == 0
    territory = read(tmp_path / "mine")
    assert len(territory.accounts) == 12
    assert not check(tmp_path / "mine").errors
    assert any(account.has_grievance for account in territory.accounts)
    assert territory.rep.leave == (Span(dt.date(2027, 2, 22), dt.date(2027, 2, 26)),)
    planned = run("plan", tmp_path / "mine", "--effort", "quick")
    assert planned.exit_code == 0
    assert run("verify", tmp_path / "mine").exit_code == 0


def test_a_folder_with_a_campaign_is_refused(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    result = run("new", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    problem = "holds a campaign already; change its campaign.toml, or name another"
    assert result.stderr == f"error: {folder}: {problem}\n"
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("")
    result = run("new", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"error: {tmp_path}: is not empty; name a folder that is to be made\n"


def test_a_folder_that_an_import_began_is_completed(tmp_path: Path) -> None:
    export, mine = tmp_path / "export.csv", tmp_path / "mine"
    export.write_text("id,name,city,country\n1,Foo,Bend,US\n")
    assert run("import", export, mine).exit_code == 0
    brought = (mine / "accounts.csv").read_bytes()
    result = run("new", mine, "--home", "Salem, OR", "--hours", "10")
    assert result.exit_code == 0
    assert (mine / "accounts.csv").read_bytes() == brought
    assert str(mine / "accounts.csv") not in lines(result.stdout)
    assert lines(result.stderr) == [f'Plan it: campaign plan "{mine}"']
    assert run("plan", mine, "--effort", "0").exit_code == 0


def test_what_the_flags_say_stands_in_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (tmp_path / "mine.ics").write_text("")
    result = run(
        *("new", folder, "--name", 'Ann "A" Q', "--firm", "Acme", "--phone", "1"),
        *("--home", "97301, US", "--hours", "9"),
        *("--call-days", "tue thu", "--visit-days", "mon-wed"),
        *("--leave", "2027-02-01/2027-02-05", "--leave", "2027-03-01"),
        *("--calendar", tmp_path / "mine.ics"),
    )
    assert result.exit_code == 0, result.stderr
    found = tomllib.loads((folder / "campaign.toml").read_text())
    assert found["rep"] == {
        "name": 'Ann "A" Q',
        "home": "97301, US",
        "leave": ["2027-02-01/2027-02-05", "2027-03-01"],
        "busy": str(tmp_path / "mine.ics"),
    }
    assert found["capacity"] == {"minutes_per_week": 540}
    assert found["channels"] == {
        "call": {"weekdays": ["tue", "thu"]},
        "visit": {"weekdays": ["mon", "tue", "wed"]},
    }
    sender = tomllib.loads((folder / "letters" / "letters.toml").read_text())["sender"]
    assert sender == {"name": 'Ann "A" Q', "firm": "Acme", "phone": "1"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--home", "Leeds"], 'may be in GB, US; write "Leeds, US"'),
        (["--home", "Nowhereville"], "is not known; write the next larger town"),
        (["--home", ","], "is no place"),
        (["--call-days", "someday"], '"someday" is no weekday; write Mon, Tue, Wed'),
        (["--hours", "0"], "is no number of hours; write 1 to 80"),
        (["--leave", "soon"], "no span of dates"),
    ],
)
def test_what_cannot_be_is_wrong_usage(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = run("new", tmp_path / "mine", *arguments)
    assert (result.exit_code, said in " ".join(result.stderr.split())) == (2, True)


def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    typed = "Ann\n\n\n\n\nLeeds\nKöln\n\nmon, fri-sun\n\n\n\n"
    result = answered(typed, "new", tmp_path / "mine")
    assert result.exit_code == 0, result.stderr
    assert "may be in GB, US" in result.stderr
    found = tomllib.loads((tmp_path / "mine" / "campaign.toml").read_text())
    assert found["rep"] == {"name": "Ann", "home": "Köln"}
    assert found["capacity"] == {"minutes_per_week": 720}
    assert found["channels"] == {"call": {"weekdays": ["mon", "fri", "sat", "sun"]}}
    assert not (tmp_path / "mine" / "letters").exists()


def test_a_town_alone_is_enough_for_a_home(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    run("new", folder, "--home", "Köln")
    (folder / "accounts.csv").write_text("account_id,name\nA-1,Bäckerei\n")
    rep = read(folder).rep
    assert rep.home is not None
    assert (round(rep.home.latitude), round(rep.home.longitude)) == (51, 7)
    assert (rep.country, rep.timezone) == ("DE", "Europe/Berlin")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert run("new", tmp_path).exit_code == 0
    assert (tmp_path / "campaign.toml").is_file()


@pytest.mark.parametrize("path", ["file", "file/mine", "a\0b", "x" * 300])
def test_a_path_that_can_be_no_folder_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("")
    result = run("new", tmp_path / path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "fault of the program" not in result.stderr
    assert len(lines(result.stderr)) == 1
