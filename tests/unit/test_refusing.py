"""A refusal is for ever and for the person: through every edit of the lists, in every output."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from rows import a_touch

from campaign import Account, Contact, Rep, Territory
from campaign.consequences import HoldReason, consequences, territory_now
from campaign.demand import demand, open_days
from campaign.model.accounts import Consent
from campaign.model.refusals import NO_CONTACT, OPEN, Refusal
from campaign.outputs.steady import steady
from campaign.reading import load
from campaign.reading.lists.short_lists import read_refusals
from campaign.reading.parsing.table import parse_table
from campaign.refusing import kept_beside, to_note, with_refusals
from campaign.touches import Plan, Status, Touch

START = dt.date(2027, 1, 4)
MILL, BAKERY = Account("A-1", "Mill", tier="A"), Account("A-2", "Bakery", tier="A")
KIM = Contact("P-1", "A-1", name="Kim Doe")
SAM = Contact("P-2", "A-1", name="Sam Roe")
TERRITORY = Territory(
    Rep("Rep", home=(44.9, -123.0), timezone="America/Los_Angeles"),
    (MILL, BAKERY),
    start=START,
    contacts=(KIM, SAM),
)


def row(touch_id: str, date: dt.date, channel: str = "call", **more: Any) -> Touch:  # noqa: ANN401
    return a_touch(touch_id, date, channel, minutes=16, **more)


def logged(touch_id: str, outcome: str, **more: Any) -> Touch:  # noqa: ANN401 (passed on as it is)
    date = dt.date(2027, 1, 12)
    return row(touch_id, date, status="done", done_on=date, outcome=outcome, **more)


def moved(person: Contact = KIM, to: str = "A-2") -> Territory:
    others = [one for one in TERRITORY.contacts if one.contact_id != person.contact_id]
    return evolve(TERRITORY, contacts=[evolve(person, account_id=to), *others])


def person(territory: Territory, contact_id: str) -> Contact:
    return next(one for one in territory.people if one.contact_id == contact_id)


REFUSED = logged("A-1/P-1/call", "do_not_contact")


def test_who_refused_is_refused_at_the_next_account_too() -> None:
    now = territory_now(moved(), [REFUSED])
    assert person(now, "P-1").do_not_contact
    assert not person(now, "P-2").do_not_contact
    assert not any(one.channels for one in demand(now).owed if one.person.contact_id == "P-1")


def test_a_refusal_holds_when_the_account_of_its_row_has_left_the_list() -> None:
    gone = evolve(moved(), accounts=[BAKERY], contacts=[evolve(KIM, account_id="A-2")])
    assert person(territory_now(gone, [REFUSED]), "P-1").do_not_contact


def test_the_refusal_of_an_account_binds_whoever_stands_there_and_nobody_who_left() -> None:
    refused = evolve(TERRITORY, refusals=[Refusal("", "A-1")])
    assert refused.account("A-1").do_not_contact
    left = evolve(refused, contacts=[evolve(KIM, account_id="A-2"), SAM])
    of_kim = [one for one in demand(left).owed if one.person.contact_id == "P-1"]
    assert of_kim
    assert all(one.channels for one in of_kim)


def test_a_channel_that_reached_nobody_stays_shut_where_the_person_goes() -> None:
    wrong = logged("A-1/P-1/call", "wrong_number")
    assert person(territory_now(moved(), [wrong]), "P-1").consent("call") is Consent.NO


def test_a_channel_is_open_again_once_something_came_through() -> None:
    kept = evolve(
        TERRITORY, refusals=[Refusal("P-1", "A-1", channel="call", because="wrong_number")]
    )
    rows = [logged("A-1/P-1/call", "wrong_number"), logged("A-1/P-1/call#2", "reached")]
    assert person(territory_now(kept, rows), "P-1").consent("call") is Consent.UNKNOWN
    (note,) = to_note(kept, rows)
    assert (note.contact_id, note.channel, note.because) == ("P-1", "call", OPEN)
    assert person(evolve(kept, refusals=[*kept.refusals, note]), "P-1").consents == {}


def test_a_word_is_never_lifted_by_what_came_through() -> None:
    kept = evolve(TERRITORY, refusals=[Refusal("P-1", "A-1", channel="call", because="no")])
    rows = [logged("A-1/P-1/call", "reached")]
    assert person(territory_now(kept, rows), "P-1").consent("call") is Consent.NO
    assert to_note(kept, rows) == ()


def test_nothing_stands_before_the_day_from_which_they_may_be_touched() -> None:
    until = dt.date(2027, 3, 1)
    waits = evolve(TERRITORY, refusals=[Refusal("P-1", "A-1", because="later", until=until)])
    days = [
        day
        for one in demand(waits).owed
        if one.person.contact_id == "P-1"
        for channel in one.channels
        for day in open_days(waits, one, channel)
    ]
    assert days
    assert min(days) == until


def test_a_planned_touch_of_who_refused_is_held_before_it_is_planned_anew() -> None:
    planned = row("A-2/P-1/card", dt.date(2027, 2, 1), "postcard")
    by_row = consequences(moved(), [REFUSED, planned]).hold(planned)
    kept = evolve(moved(), refusals=[Refusal("P-1", "A-1")])
    by_file = consequences(kept, [planned]).hold(planned)
    assert by_row is not None
    assert by_file is not None
    assert by_row.reason is by_file.reason is HoldReason.ENDED


def test_who_refused_is_not_in_the_steady_rhythm() -> None:
    only_kim = evolve(TERRITORY, accounts=[MILL], contacts=[KIM])
    assert any(one.person == KIM for one in steady(Plan(only_kim, ())))
    assert steady(Plan(only_kim, (REFUSED,))) == ()
    assert steady(Plan(evolve(only_kim, refusals=[Refusal("P-1", "A-1")]), ())) == ()


def test_what_the_lists_refuse_is_noted_once() -> None:
    lists = evolve(
        TERRITORY,
        accounts=[MILL, evolve(BAKERY, do_not_contact=True)],
        contacts=[evolve(KIM, consents={"call": "no", "letter": "yes"}), SAM],
    )
    notes = to_note(lists, [REFUSED])
    assert [(one.contact_id, one.account_id, one.name, one.channel) for one in notes] == [
        ("", "A-2", "Bakery", ""),
        ("P-1", "A-1", "Kim Doe", "call"),
        ("P-1", "A-1", "Kim Doe", ""),
    ]
    assert to_note(evolve(lists, refusals=notes), [REFUSED]) == ()


def test_rows_and_columns_of_the_file_stay_as_they_are() -> None:
    held = b'contact_id,who told me\r\nP-7,"Ann, by phone"\r\n'
    table = parse_table(with_refusals(held, [Refusal("P-1", "A-1", note="=1+1")]), "refusals.csv")
    assert table.headings[:2] == ("contact_id", "who told me")
    assert table.rows[0].cells[:2] == ("P-7", "Ann, by phone")
    read = read_refusals(table).items
    assert [(one.contact_id, one.because, one.note) for one in read] == [
        ("P-7", NO_CONTACT, ""),
        ("P-1", NO_CONTACT, "=1+1"),
    ]


def test_a_row_of_nobody_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id,name\nA-1,Mill\n")
    (tmp_path / "refusals.csv").write_text(
        "contact_id,account_id,since\nP-1,,2027-01-04\n,,\n,,x\n"
    )
    found = [one for one in load(tmp_path, start=START).findings if one.is_error]
    assert {(one.file, one.row, one.column) for one in found} == {("refusals.csv", 4, "contact_id")}


@pytest.mark.parametrize("outcome", ["do_not_contact", "wrong_number", "later"])
def test_what_is_kept_is_read_again_as_the_same(outcome: str, tmp_path: Path) -> None:
    asked = {"again_on": dt.date(2027, 3, 1)} if outcome == "later" else {}
    rows = [logged("A-1/P-1/call", outcome, note="said so", **asked)]
    ((path, content),) = kept_beside(tmp_path, TERRITORY, rows)[0].items()
    again = read_refusals(parse_table(content, path.name)).items
    assert again == to_note(TERRITORY, rows)
    assert kept_beside(tmp_path, evolve(TERRITORY, refusals=again), rows) == ({}, {})


def test_done_rows_are_no_holds() -> None:
    kept = evolve(TERRITORY, refusals=[Refusal("P-1", "A-1")])
    done = row("A-1/P-1/card", START, status=Status.DONE, done_on=START, outcome="done")
    assert consequences(kept, [done]).refused == {}
