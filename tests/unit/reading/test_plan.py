from collections.abc import Mapping
from pathlib import Path

import attrs
import pendulum
import pytest
from folders import sound_folder
from list_writing import write_rows

from campaign.errors import UnreadableFile
from campaign.model.territory import Territory
from campaign.reading import logged_ids, read, read_plan
from campaign.touches import LeftOut, ReasonCode, Status, Touch

HEADINGS = (
    "touch_id,day,date,start,end,stop,account_id,account,tier,contact_id,contact,channel,cadence,"
    "step,purpose,required,minutes,travel_minutes,home_minutes,arrives,phone,address,status,"
    "outcome,done_on,again_on,planned_on,note,say,brief,why,pinned"
)
VISIT = {
    "touch_id": "A-1/C-1/visit",
    "day": "8",
    "date": "2027-01-11",
    "start": "09:05",
    "end": "10:00",
    "stop": "1",
    "account_id": "A-1",
    "account": "Cascade Dental",
    "contact_id": "C-1",
    "channel": "visit",
    "cadence": "key-account",
    "step": "visit",
    "purpose": "listen",
    "required": "yes",
    "minutes": "55",
    "travel_minutes": "12",
    "home_minutes": "9",
    "status": "planned",
    "planned_on": "2027-01-04",
    "why": "first day that fits",
}
TOUCH = Touch(
    "A-1/C-1/visit",
    pendulum.date(2027, 1, 11),
    account_id="A-1",
    contact_id="C-1",
    channel="visit",
    cadence="key-account",
    step="visit",
    purpose="listen",
    required=True,
    minutes=55,
    planned_on=pendulum.date(2027, 1, 4),
    stop=1,
    start=545,
    end=600,
    travel_minutes=12,
    home_minutes=9,
    why="first day that fits",
)
LEFT_OUT = (
    "touch_id,account_id,account,tier,contact_id,contact,cadence,step,channel,required,"
    "reason_code,reason\n"
    "A-1/C-1/news,A-1,Cascade Dental,A,C-1,Dr. Ito,key-account,news,postcard,no,capacity,"
    "no day has 4 minutes left\n"
)


@pytest.fixture
def territory(tmp_path: Path) -> Territory:
    return read(sound_folder(tmp_path / "territory"))


def rows(*changes: Mapping[str, str], separator: str = ",") -> str:
    filled = ({**VISIT, **change} for change in changes)
    return write_rows(HEADINGS.split(","), filled, separator=separator).decode()


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "campaign.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8-sig"))
    return path


def faults(path: Path, territory: Territory) -> list[str]:
    return [finding.place for finding in read_plan(path, territory)[1]]


def test_a_written_plan_is_read_back(tmp_path: Path, territory: Territory) -> None:
    plan, findings = read_plan(written(tmp_path, rows({})), territory)
    assert (plan.touches, plan.left_out, findings) == ((TOUCH,), (), ())
    assert plan.territory is territory


def test_what_was_left_out_is_read_from_the_file_beside_it(
    tmp_path: Path, territory: Territory
) -> None:
    path = written(tmp_path, rows({}))
    (tmp_path / "left-out.csv").write_text(LEFT_OUT, encoding="utf-8")
    plan, findings = read_plan(path, territory)
    assert findings == ()
    assert plan.left_out == (
        LeftOut(
            "A-1/C-1/news",
            account_id="A-1",
            contact_id="C-1",
            cadence="key-account",
            step="news",
            channel="postcard",
            required=False,
            reason_code=ReasonCode.CAPACITY,
            reason="no day has 4 minutes left",
        ),
    )


@pytest.mark.parametrize("separator", [";", "\t"])
def test_what_a_spreadsheet_makes_of_a_plan_is_read(
    separator: str, tmp_path: Path, territory: Territory
) -> None:
    by_excel = {
        "date": "2027-01-11 00:00:00",
        "start": "9:05:00",
        "required": "TRUE",
        "minutes": "55.0",
        "status": "Planned",
    }
    text = rows(by_excel, separator=separator).encode("cp1252")
    plan, findings = read_plan(written(tmp_path, text), territory)
    assert (plan.touches, findings) == ((TOUCH,), ())


def test_what_was_logged_is_read(tmp_path: Path, territory: Territory) -> None:
    logged = {
        "status": "done",
        "outcome": "met",
        "done_on": "2027-01-12",
        "again_on": "2027-02-01",
        "note": "'=they want 3 more",
        "arrives": "2027-01-18",
        "pinned": "yes",
        "planned_on": "",
    }
    (touch,) = read_plan(written(tmp_path, rows(logged)), territory)[0].touches
    assert touch.status is Status.DONE
    assert touch.done_on == pendulum.date(2027, 1, 12)
    assert touch.again_on == pendulum.date(2027, 2, 1)
    assert touch.arrives == pendulum.date(2027, 1, 18)
    assert (touch.outcome, touch.note, touch.pinned) == ("met", "=they want 3 more", True)
    assert touch.planned_on == territory.start


def test_a_day_that_has_not_come_is_doubted(tmp_path: Path, territory: Territory) -> None:
    path = written(tmp_path, rows({"status": "done", "done_on": "2027-01-07"}))
    for today, place in ((pendulum.date(2027, 1, 6), "campaign.csv:2 done_on"), (None, "")):
        known = {} if today is None else {"today": today}
        plan, findings = read_plan(path, territory, **known)
        assert "".join(finding.place for finding in findings) == place
        assert not any(finding.is_error for finding in findings)
        assert plan.touches[0].done_on == pendulum.date(2027, 1, 7)
    assert read_plan(path, territory, today=pendulum.date(2027, 1, 7))[1] == ()


def test_names_that_nobody_knows_are_left_to_the_rules(
    tmp_path: Path, territory: Territory
) -> None:
    strange = {"account_id": "Z", "channel": "fax", "step": "?", "contact_id": "-"}
    plan, findings = read_plan(written(tmp_path, rows(strange)), territory)
    assert findings == ()
    assert (plan.touches[0].account_id, plan.touches[0].contact_id) == ("Z", "-")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("touch_id", ""),
        ("date", ""),
        ("date", "11.01.27x"),
        ("date", "2027-01-32"),
        ("channel", ""),
        ("required", "maybe"),
        ("minutes", "an hour"),
        ("stop", "first"),
        ("start", "noon"),
        ("status", "doing"),
        ("done_on", "yesterday"),
        ("pinned", "perhaps"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_finding_and_its_row_is_not_in_the_plan(
    column: str, text: str, tmp_path: Path, territory: Territory
) -> None:
    path = written(tmp_path, rows({"touch_id": "A-1/C-1/call"}, {column: text}))
    plan, findings = read_plan(path, territory)
    assert [touch.touch_id for touch in plan.touches] == ["A-1/C-1/call"]
    assert [(f.place, f.is_error) for f in findings] == [(f"campaign.csv:3 {column}", True)]


def test_a_missing_column_is_a_finding(tmp_path: Path, territory: Territory) -> None:
    path = written(tmp_path, "touch_id,date\nA,2027-01-11\n")
    assert "campaign.csv:1 account_id" in faults(path, territory)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_an_empty_plan_is_a_finding(data: bytes, tmp_path: Path, territory: Territory) -> None:
    assert "campaign.csv" in faults(written(tmp_path, data), territory)


def test_a_fault_of_what_was_left_out_has_its_own_place(
    tmp_path: Path, territory: Territory
) -> None:
    path = written(tmp_path, rows({}))
    text = LEFT_OUT.replace("capacity,", "lazy,")
    (tmp_path / "left-out.csv").write_text(text, encoding="utf-8")
    assert faults(path, territory) == ["left-out.csv:2 reason_code"]


def test_a_plan_that_is_not_there_cannot_be_read(tmp_path: Path, territory: Territory) -> None:
    with pytest.raises(UnreadableFile, match="does not exist"):
        read_plan(tmp_path / "campaign.csv", territory)


@pytest.mark.parametrize(
    ("change", "logged"),
    [
        ({}, 0),
        ({"status": ""}, 0),
        ({"status": "PLANNED"}, 0),
        ({"pinned": "no"}, 0),
        ({"why": "x", "brief": "y", "say": "z"}, 0),
        ({"status": "done"}, 1),
        ({"status": "whatever"}, 1),
        ({"outcome": "met"}, 1),
        ({"done_on": "gestern"}, 1),
        ({"again_on": "2027-03-01"}, 1),
        ({"note": "-"}, 1),
        ({"pinned": "yes"}, 1),
        ({"pinned": "?"}, 1),
    ],
)
def test_work_is_counted_by_row(change: Mapping[str, str], logged: int, tmp_path: Path) -> None:
    assert len(logged_ids(written(tmp_path, rows({}, change, {})))) == logged


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf"])
def test_an_empty_or_missing_plan_holds_no_work(data: bytes, tmp_path: Path) -> None:
    assert len(logged_ids(tmp_path / "campaign.csv")) == 0
    assert len(logged_ids(written(tmp_path, data))) == 0


def test_a_row_whose_cells_are_shifted_counts_as_work(tmp_path: Path) -> None:
    path = written(tmp_path, rows({}) + "A-1/C-1/call," + "," * 40 + "x\n")
    assert len(logged_ids(path)) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"account_id,name\nA-1,Foo\n",
        b"PK\x03\x04",
        b"touch_id,status\nA,do\0ne\n",
        b'touch_id,status\nA,"done\nB,planned\n',
        b"touch_id,status,status\nA,,done\n",
    ],
)
def test_what_is_no_plan_is_never_written_over(data: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, data)
    with pytest.raises(UnreadableFile) as caught:
        len(logged_ids(path))
    assert caught.value.remedy == "move it away, or write over it with --afresh"


def test_a_name_that_no_file_can_have_holds_no_work(tmp_path: Path) -> None:
    assert len(logged_ids(tmp_path / "a\0b.csv")) == 0


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is a folder"):
        len(logged_ids(tmp_path))


def test_an_account_without_a_tier_of_its_own_keeps_the_one_it_was_planned_with(
    tmp_path: Path, territory: Territory
) -> None:
    bare = attrs.evolve(territory, accounts=[attrs.evolve(a, tier="") for a in territory.accounts])
    path = tmp_path / "campaign.csv"
    path.write_text(rows({"tier": "B"}), encoding="utf-8")
    plan, _ = read_plan(path, bare)
    assert plan.territory.account("A-1").tier == "B"
    assert read_plan(path, territory)[0].territory is territory


def test_a_file_that_is_no_plan_is_one_finding(tmp_path: Path, territory: Territory) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("account_id,name\nA-1,Cascade Dental\n")
    plan, (finding,) = read_plan(path, territory)
    assert plan.touches == ()
    assert (finding.place, finding.is_error) == ("accounts.csv:1", True)
    assert finding.problem.startswith("is no plan: there is no column touch_id")
