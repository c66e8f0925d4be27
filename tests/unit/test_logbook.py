"""Logging into campaign.csv: the row that is meant, and nothing else of the file."""

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import handmade
import pytest
from attrs import evolve
from handmade import START
from rows import a_touch

from campaign import logbook
from campaign.errors import InvalidInput, UnreadableFile
from campaign.logbook import Entry, Logged, log, log_account, open_touches
from campaign.model.outcomes import Outcome
from campaign.outputs import plan_table
from campaign.outputs.plan_table import encode, render_campaign
from campaign.reading import read_plan
from campaign.touches import Plan, Status, Touch

TUESDAY = dt.date(2027, 1, 5)
WEDNESDAY = dt.date(2027, 1, 6)
CALL: dict[str, Any] = {
    "channel": "call",
    "cadence": "key-account",
    "purpose": "listen",
    "minutes": 16,
}
TERRITORY = handmade.territory()
TOUCHES = (
    a_touch("A-1/P-1/hello", START, arrives=dt.date(2027, 1, 11), cadence="key-account"),
    a_touch("A-1/P-1/call", TUESDAY, **CALL),
    a_touch("A-1/P-1/review", dt.date(2027, 3, 1), **CALL),
    a_touch("A-5/A-5/hello", dt.date(2027, 1, 12), cadence="light"),
)


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "campaign.csv"
    path.write_bytes(encode(render_campaign(Plan(TERRITORY, TOUCHES))))
    return path


def logged(path: Path, touch_id: str, outcome: str, on: dt.date = TUESDAY, **more: str) -> Logged:
    return log(path, TERRITORY, touch_id, Entry(outcome, on, **more))  # type: ignore[arg-type]


def rows(path: Path) -> dict[str, Touch]:
    plan, findings = read_plan(path, TERRITORY)
    assert findings == ()
    return {touch.touch_id: touch for touch in plan.touches}


def test_the_row_of_the_touch_is_done_and_the_others_stay(plan_file: Path) -> None:
    before = plan_file.read_text(encoding="utf-8-sig").splitlines()
    logged(plan_file, "A-1/P-1/call", "reached", note="rather pleased")
    after = plan_file.read_text(encoding="utf-8-sig").splitlines()
    assert [new for new, old in zip(after, before, strict=True) if new != old] == [after[2]]
    row = rows(plan_file)["A-1/P-1/call"]
    assert (row.status, row.outcome, row.done_on, row.note) == (
        Status.DONE,
        Outcome.REACHED,
        TUESDAY,
        "rather pleased",
    )


def test_a_further_attempt_is_a_new_row(plan_file: Path) -> None:
    logged(plan_file, "A-1/P-1/call", "no_answer")
    second = logged(plan_file, "A-1/P-1/call", "no_answer", WEDNESDAY)
    assert second.before is None
    third = logged(plan_file, "A-1/P-1/call#3", "reached", dt.date(2027, 1, 8))
    assert third.touch.touch_id == "A-1/P-1/call#3"
    kept = [(name, row.outcome, row.day) for name, row in rows(plan_file).items() if "call" in name]
    assert kept == [
        ("A-1/P-1/call", "no_answer", TUESDAY),
        ("A-1/P-1/call#2", "no_answer", WEDNESDAY),
        ("A-1/P-1/call#3", "reached", dt.date(2027, 1, 8)),
    ]


def test_the_same_day_again_corrects_what_was_logged(plan_file: Path) -> None:
    logged(plan_file, "A-1/P-1/call", "no_answer")
    corrected = logged(plan_file, "A-1/P-1/call", "reached")
    assert corrected.before is not None
    assert corrected.before.outcome == "no_answer"
    assert rows(plan_file)["A-1/P-1/call"].outcome == "reached"
    assert len(rows(plan_file)) == len(TOUCHES)


def test_what_is_finished_is_not_logged_on_another_day(plan_file: Path) -> None:
    logged(plan_file, "A-1/P-1/call", "reached")
    with pytest.raises(ValueError, match="give --on 2027-01-05 to correct that"):
        logged(plan_file, "A-1/P-1/call", "no_answer", WEDNESDAY)


def test_a_letter_that_came_back_keeps_the_day_on_which_it_was_sent(plan_file: Path) -> None:
    logged(plan_file, "A-1/P-1/hello", "done")
    logged(plan_file, "A-1/P-1/hello", "returned_mail", dt.date(2027, 1, 14))
    row = rows(plan_file)["A-1/P-1/hello"]
    assert (row.outcome, row.done_on) == ("returned_mail", TUESDAY)


def test_a_reply_to_a_letter_is_heard_of_the_person_on_its_own_day(plan_file: Path) -> None:
    logged(plan_file, "A-1/P-1/hello", "done")
    reply = logged(plan_file, "A-1/P-1/hello", "replied", dt.date(2027, 1, 14))
    assert (reply.touch.touch_id, reply.touch.day) == ("A-1/P-1/heard", dt.date(2027, 1, 14))
    assert [(one.contact_id, one.until) for one in reply.consequences.waits] == [
        ("P-2", dt.date(2027, 1, 21))
    ]


def test_an_account_as_a_whole_gets_rows_of_its_own(plan_file: Path) -> None:
    for day in (TUESDAY, WEDNESDAY):
        log_account(plan_file, TERRITORY, "A-1", Entry("complaint", day, note="wrong crowns"))
    found = rows(plan_file)
    assert [name for name in found if "heard" in name] == ["A-1/A-1/heard", "A-1/A-1/heard#2"]
    assert not found["A-1/A-1/heard"].stands
    assert len(Plan(TERRITORY, found.values()).by_account["A-1"]) == 3


def test_the_answer_to_a_complaint_can_be_logged_before_it_is_planned(plan_file: Path) -> None:
    complaint = log_account(plan_file, TERRITORY, "A-1", Entry("complaint", TUESDAY))
    (recovery,) = complaint.consequences.recoveries
    answer = f"A-1/P-1/{recovery.promise.promise_id}"
    solved = logged(plan_file, answer, "reached", WEDNESDAY)
    assert not solved.consequences.recoveries[0].is_open
    assert rows(plan_file)[answer].purpose == "recover"


@pytest.mark.parametrize(
    ("touch_id", "outcome", "said"),
    [
        ("A-1/P-1/nope", "reached", "is no touch of the plan"),
        ("A-1/P-1/call", "returned_mail", "is no outcome of a call; write one of reached,"),
        ("A-1/P-1/hello", "no_answer", "is no outcome of a letter"),
        ("A-1/P-1/call", "later", "later needs the date they asked for"),
        ("A-1/P-1/call", "happy", '"happy" is no outcome; write one of reached, no_answer'),
        ("A-1/P-1/call", "", "there is no outcome"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    plan_file: Path, touch_id: str, outcome: str, said: str
) -> None:
    before = plan_file.read_bytes()
    with pytest.raises(ValueError, match=said):
        logged(plan_file, touch_id, outcome)
    assert plan_file.read_bytes() == before


def test_only_what_can_be_heard_is_logged_of_an_account(plan_file: Path) -> None:
    with pytest.raises(ValueError, match="no_answer is of a touch, not of an account"):
        log_account(plan_file, TERRITORY, "A-1", Entry("no_answer", TUESDAY))


def test_a_date_asked_for_lies_after_the_day_itself() -> None:
    with pytest.raises(ValueError, match="is before 2027-01-05"):
        Entry("later", TUESDAY, again_on=START)


def test_a_file_as_a_spreadsheet_saved_it_is_logged_into_and_made_ours_again(
    plan_file: Path,
) -> None:
    cells = list(csv.reader(io.StringIO(plan_file.read_text(encoding="utf-8-sig"))))
    heads = cells[0]
    for row in cells[1:]:
        for name in ("date", "planned_on"):
            year, month, day = row[heads.index(name)].split("-")
            row[heads.index(name)] = f"{day}.{month}.{year}"
    saved = io.StringIO()
    writer = csv.writer(saved, delimiter=";")
    writer.writerow([*heads, "who drives", ""])
    writer.writerows([*row, "me", ""] for row in cells[1:])
    plan_file.write_bytes(saved.getvalue().encode("cp1252", "replace"))
    logged(plan_file, "A-1/P-1/call", "reached")
    found = list(csv.DictReader(io.StringIO(plan_file.read_text(encoding="utf-8-sig"))))
    assert list(found[0]) == [*heads, "who drives"]
    assert {row["who drives"] for row in found} == {"me"}
    assert [row["date"] for row in found] == [
        "2027-01-04",
        "2027-01-05",
        "2027-01-12",
        "2027-03-01",
    ]


def test_what_is_known_of_an_account_no_more_stays_as_it_stands(plan_file: Path) -> None:
    text = plan_file.read_text(encoding="utf-8-sig").replace("A-5/A-5/hello", "Z-1/Z-1/hello")
    plan_file.write_text(text.replace(",A-5,", ",Z-1,"), encoding="utf-8-sig")
    logged(plan_file, "A-1/P-1/call", "reached")
    found = list(csv.DictReader(io.StringIO(plan_file.read_text(encoding="utf-8-sig"))))
    (gone,) = [row for row in found if row["account_id"] == "Z-1"]
    assert (gone["account"], gone["tier"]) == (handmade.LONG.strip(), "C")


def test_a_plan_with_an_error_is_not_written_over(plan_file: Path) -> None:
    broken = plan_file.read_bytes().replace(b"2027-01-12", b"31/31/2027")
    plan_file.write_bytes(broken)
    with pytest.raises(InvalidInput) as raised:
        logged(plan_file, "A-1/P-1/call", "reached")
    assert [(one.row, one.column) for one in raised.value.findings] == [(4, "date")]
    assert plan_file.read_bytes() == broken


def test_a_hand_that_edits_the_file_meanwhile_is_noticed(
    plan_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = plan_file.read_bytes() + b"\n"

    def slow(plan: Plan, pairs: object) -> str:
        plan_file.write_bytes(edited)
        return render(plan, pairs)  # type: ignore[arg-type]

    render = plan_table.render_rows
    monkeypatch.setattr(logbook, "render_rows", slow)
    with pytest.raises(UnreadableFile) as raised:
        logged(plan_file, "A-1/P-1/call", "reached")
    assert raised.value.problem == "has been changed while this ran; nothing is written"
    assert plan_file.read_bytes() == edited
    assert [path.name for path in plan_file.parent.iterdir()] == ["campaign.csv"]


def test_of_an_account_those_that_are_due_are_meant_else_all_that_come() -> None:
    plan = Plan(TERRITORY, TOUCHES)
    ids = [touch.touch_id for touch in open_touches(plan, "A-1", TUESDAY)]
    assert ids == ["A-1/P-1/hello", "A-1/P-1/call"]
    assert [touch.touch_id for touch in open_touches(plan, "A-5", TUESDAY)] == ["A-5/A-5/hello"]
    assert open_touches(plan, "A-2", TUESDAY) == ()


def meant(plan: Plan, outcome: str, on: dt.date = WEDNESDAY) -> list[str]:
    return [touch.touch_id for touch in open_touches(plan, "A-1", on, Outcome(outcome))]


def test_mail_that_comes_back_is_of_a_letter_that_was_or_should_be_sent() -> None:
    sent = evolve(TOUCHES[0], status=Status.DONE, outcome="done", done_on=TUESDAY)
    card = a_touch("A-1/P-1/news", dt.date(2027, 3, 1), channel="postcard")
    assert meant(Plan(TERRITORY, (sent, *TOUCHES[1:], card)), "returned_mail") == ["A-1/P-1/hello"]
    assert meant(Plan(TERRITORY, TOUCHES), "returned_mail") == ["A-1/P-1/hello"]
    assert meant(Plan(TERRITORY, TOUCHES[1:]), "returned_mail") == []
    assert meant(Plan(TERRITORY, (sent,)), "returned_mail", START) == []


def test_a_reply_may_be_to_what_is_done_already() -> None:
    sent = evolve(TOUCHES[0], status=Status.DONE, outcome="done", done_on=START)
    plan = Plan(TERRITORY, (sent, *TOUCHES[1:]))
    assert meant(plan, "replied") == ["A-1/P-1/hello", "A-1/P-1/call"]
    assert meant(plan, "reached") == ["A-1/P-1/call"]
    only = Plan(TERRITORY, (sent, TOUCHES[2]))
    assert meant(only, "replied") == ["A-1/P-1/hello"]
    assert meant(only, "reached") == ["A-1/P-1/review"]
