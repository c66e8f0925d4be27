"""Somebody asks to be left alone, and the lists are edited afterwards: they stay alone."""

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest
from commands import run
from folders import sound_folder

from campaign_cli import clock

TODAY = dt.date(2027, 1, 20)
CONTACTS = "contact_id,account_id,name,role,email\nC-1,A-1,Dr. Ito,decision_maker,ito@example.org\n"
OUTPUTS = ("letters", "labels", "ics", "salesforce", "hubspot", "dynamics", "steady")


@pytest.fixture
def folder(refused_once: Path, tmp_path: Path) -> Path:
    """A plan in which Dr. Ito of A-1 has asked to be left alone."""
    return Path(shutil.copytree(refused_once, tmp_path / "t"))


@pytest.fixture(scope="module")
def refused_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once") / "t"
    sound_folder(folder, contacts=CONTACTS, promises="promise_id,account_id\n")
    (folder / "promises.csv").unlink()
    assert run("plan", folder, "--effort", "0").exit_code == 0
    first = next(one for one in rows(folder) if one["contact_id"] == "C-1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda _timezone="": TODAY)
        said = run(
            *("log", "-C", folder, first["touch_id"], "do_not_contact"),
            *("--on", "2027-01-19", "--note", "wants peace"),
        )
    assert said.exit_code == 0, said.stderr
    return folder


def rows(folder: Path, name: str = "campaign.csv") -> list[dict[str, str]]:
    text = (folder / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def planned(folder: Path, contact_id: str = "C-1") -> list[str]:
    kept = (one for one in rows(folder) if one["status"] == "planned")
    return [one["touch_id"] for one in kept if one["contact_id"] == contact_id]


def again(folder: Path, *more: str) -> None:
    result = run("plan", folder, "--effort", "0", "--afresh", *more)
    assert result.exit_code == 0, result.stderr


def test_a_refusal_is_kept_in_the_folder(folder: Path) -> None:
    (kept,) = rows(folder, "refusals.csv")
    assert (kept["contact_id"], kept["account_id"], kept["name"]) == ("C-1", "A-1", "Dr. Ito")
    assert (kept["since"], kept["note"]) == ("2027-01-19", "wants peace")


@pytest.mark.parametrize("to", ["A-1", "A-2"])
def test_it_holds_for_a_plan_made_afresh_wherever_they_stand(folder: Path, to: str) -> None:
    (folder / "contacts.csv").write_text(CONTACTS.replace("A-1", to))
    again(folder)
    assert planned(folder) == []
    assert [one for one in rows(folder) if one["status"] == "planned"]


def test_it_holds_for_who_leaves_the_list_and_comes_back(folder: Path) -> None:
    (folder / "contacts.csv").write_text("contact_id,account_id,name\nC-2,A-1,Bo New\n")
    result = run("replan", folder, "--yes", "--effort", "0")
    assert result.exit_code == 0, result.stderr
    again(folder)
    assert planned(folder, "C-2")
    (folder / "contacts.csv").write_text(CONTACTS)
    again(folder)
    assert planned(folder) == []


def test_a_refusal_of_the_list_alone_is_remembered_too(folder: Path) -> None:
    asks = "contact_id,account_id,name,do_not_contact\nC-3,A-2,Al,yes\n"
    (folder / "contacts.csv").write_text(asks)
    again(folder)
    (folder / "contacts.csv").write_text("contact_id,account_id,name\nC-3,A-1,Al\n")
    again(folder)
    assert planned(folder, "C-3") == []


@pytest.mark.parametrize("wanted", OUTPUTS)
def test_no_output_reaches_them_before_it_is_planned_anew(folder: Path, wanted: str) -> None:
    hers = planned(folder)
    assert hers
    out = folder / "out"
    is_post = wanted in ("letters", "labels")
    days = ("--from", "2027-01-20", "--until", "2027-03-31") if is_post else ()
    result = run("export", folder, "--to", wanted, *days, "-o", out)
    if is_post:
        assert result.exit_code in (0, 1), result.stderr
        assert "wants no contact" in result.stderr
    else:
        assert result.exit_code == 0, result.stderr
    for file in [out] if out.is_file() else out.rglob("*.*"):
        text = file.read_bytes().decode("utf-8", "replace").replace("\r\n ", "")
        assert not [touch for touch in hers if touch in text]
        assert text.count("(Dr. Ito)") <= 1  # the letter that is done
