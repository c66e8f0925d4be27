"""An account's page says who is who, what was promised and said, and what comes next."""

import datetime as dt

from attrs import evolve
from handmade import START, campaign, territory
from reports import hostile
from rows import a_touch

from campaign.model.accounts import Account, Contact, Delivered, Promise
from campaign.outputs.handover import MOST_NEXT, briefs_of, render_briefs, render_briefs_text
from campaign.touches import Plan

MANY = Plan(
    territory(delivered=[Delivered("A-1", START, who="Ben", note="fitted the pump")]),
    [
        *campaign().touches,
        *(a_touch(f"A-1/P-1/{n}", START + dt.timedelta(days=n), note="x" * 900) for n in range(9)),
    ],
)


def test_a_promise_that_a_touch_has_kept_is_kept_on_its_day() -> None:
    (promised,) = briefs_of(campaign(), "A-1")[0]["promises"]["shown"]
    assert (promised["what"], promised["kept_on"]) == ("the price list", dt.date(2027, 1, 7))


def test_a_promise_whose_call_reached_nobody_is_open() -> None:
    touches = [
        evolve(one, outcome="no_answer") if one.cadence == "promises" else one
        for one in campaign().touches
    ]
    (promised,) = briefs_of(Plan(territory(), touches), "A-1")[0]["promises"]["shown"]
    assert promised["kept_on"] is None
    assert ": open" in render_briefs_text(Plan(territory(), touches), "A-1")


def test_open_promises_come_before_kept_ones() -> None:
    promises = [
        Promise("1", "A-1", what="first", due=START, kept_on=START),
        Promise("2", "A-1", what="second", due=dt.date(2027, 3, 1), contact_id="P-1"),
    ]
    brief = briefs_of(Plan(territory(promises=promises), ()), "A-1")[0]
    assert [(one["what"], one["to"]) for one in brief["promises"]["shown"]] == [
        ("second", "Ann Lee"),
        ("first", ""),
    ]


def test_what_was_said_stands_with_outcome_and_note_the_latest_first() -> None:
    said = briefs_of(MANY, "A-1")[0]["said"]["shown"]
    assert [(one["date"].isoformat(), one["who"], one["outcome"]) for one in said] == [
        ("2027-03-10", "Ann Lee", "skipped"),
        ("2027-01-07", "Ann Lee", "reached"),
        ("2027-01-04", "Ben", ""),
    ]
    assert said[1]["note"] == "was glad send more"
    assert [said[2][name] for name in ("date", "channel", "note")] == [
        START,
        "touch",
        "fitted the pump",
    ]


def test_what_comes_next_is_cut_and_says_how_much_more_there_is() -> None:
    brief = briefs_of(MANY, "A-1")[0]
    assert (len(brief["following"]["shown"]), brief["following"]["more"]) == (MOST_NEXT, 4)
    assert [one["date"] for one in brief["following"]["shown"]] == sorted(
        one["date"] for one in brief["following"]["shown"]
    )
    assert "and 4 more" in render_briefs(MANY, "A-1")


def test_who_decides_comes_first_with_what_they_refuse() -> None:
    contacts = [
        Contact("P-1", "A-1", name="Bo", do_not_contact=True),
        Contact("P-2", "A-1", name="Ann", role="decision_maker", consents={"email": "no"}),
    ]
    brief = briefs_of(Plan(territory(contacts=contacts), ()), "A-1")[0]
    assert [(one["name"], one["position"], one["refuses"]) for one in brief["people"]["shown"]] == [
        ("Ann", "decision maker", "email"),
        ("Bo", "", "any contact"),
    ]


def test_every_active_account_has_its_page_and_no_other_has() -> None:
    closed = evolve(
        territory(), accounts=(*territory().accounts, Account("X", "Closed", status="closed"))
    )
    assert [one["account"].account_id for one in briefs_of(Plan(closed, ()))] == [
        account.account_id for account in territory().accounts
    ]
    assert render_briefs(Plan(closed, ())).count("<article>") == 5
    assert render_briefs(Plan(closed, ()), "A-1").count("<article>") == 1


def test_a_grievance_leads_the_page() -> None:
    text = render_briefs_text(campaign(), "A-2")
    assert text.index("## Grievance") < text.index("## Who is who")


def test_nothing_in_a_name_becomes_a_mark() -> None:
    assert "<script" not in render_briefs(hostile()).replace("<style", "")
    one = (Account("A", "<script>"),)
    named = evolve(territory(), accounts=one, contacts=(), promises=())
    assert "# \\<script\\>" in render_briefs_text(Plan(named, ()))


def test_the_same_plan_gives_the_same_text() -> None:
    assert render_briefs(campaign()) == render_briefs(campaign())
    assert render_briefs_text(campaign()) == render_briefs_text(campaign())
