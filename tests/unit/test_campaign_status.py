"""Today and the standing of a plan, from what is logged in it."""

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from handmade import START
from rows import a_touch, left
from small import PACED

from campaign.explaining.campaign_status import (
    Behind,
    CampaignStatus,
    campaign_status,
    render_status,
)
from campaign.explaining.today import Lateness, Today, briefed
from campaign.explaining.what_follows import what_follows
from campaign.model.accounts import Account, Contact
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.touches import Plan, ReasonCode, Touch

TUESDAY = dt.date(2027, 1, 5)
FRIDAY = dt.date(2027, 1, 8)
TERRITORY = Territory(
    Rep("Rep", leave=["2027-01-06/2027-01-07"]),
    (
        Account("A-1", "Cascade Dental", tier="A", last_contact=dt.date(2026, 11, 2)),
        Account("A-2", "Riverbend Mills", tier="B"),
    ),
    start=START,
    contacts=(Contact("P-1", "A-1", name="Ann Lee"), Contact("P-2", "A-1", name="Bo Ray")),
    cadences=PACED,
)


def call(touch_id: str = "A-1/P-1/call", date: dt.date = TUESDAY, **values: Any) -> Touch:  # noqa: ANN401 (passed on as it is)
    usual: dict[str, Any] = {
        "channel": "call",
        "cadence": "key-account",
        "purpose": "listen",
        "minutes": 16,
    }
    return a_touch(touch_id, date, **{**usual, **values})


def done(outcome: str, touch_id: str = "A-1/P-1/call", **values: object) -> Touch:
    made = {"status": "done", "outcome": outcome, "done_on": TUESDAY}
    return call(touch_id, **{**made, **values})  # type: ignore[arg-type]


def today(*touches: Touch, date: dt.date = FRIDAY) -> Today:
    return Today(Plan(TERRITORY, touches), date)


def stands(*touches: Touch, date: dt.date = FRIDAY, gone: tuple[str, ...] = ()) -> CampaignStatus:
    return campaign_status(Plan(TERRITORY, touches, left_out=map(left, gone)), date)


@pytest.mark.parametrize(
    ("late", "lateness"),
    [
        (call(), Lateness.OVERDUE),
        (call(date=dt.date(2027, 1, 7)), Lateness.ON_LEAVE),
        (call("A-2/A-2/call"), Lateness.NEVER_TOUCHED),
    ],
)
def test_overdue_is_told_from_leave_and_from_never_touched(late: Touch, lateness: Lateness) -> None:
    assert [one.lateness for one in today(late).late] == [lateness]
    assert today(late, date=late.date).late == ()


def test_an_account_that_was_talked_to_is_not_never_touched() -> None:
    rows = (done("reached", "A-2/A-2/hello"), call("A-2/A-2/call"))
    assert [one.lateness for one in today(*rows).late] == [Lateness.OVERDUE]


def test_before_a_touch_the_last_outcomes_and_notes_are_known() -> None:
    rows = (
        done("reached", "A-1/P-2/hello", note="likes the new blades"),
        call("A-1/P-1/review", FRIDAY),
    )
    known = today(*rows).to_know(rows[1])
    assert known == ("Tue 5 Jan call, Bo Ray, reached: likes the new blades.",)
    (shown,) = [one for one in briefed(today(*rows)).touches if one.touch_id == rows[1].touch_id]
    assert shown.brief == known[0]


def test_nobody_who_was_touched_since_the_plan_was_made_is_said_to_be_never_touched() -> None:
    ahead = call("A-2/A-2/call", FRIDAY, brief="Notes: Likes tea. No last contact is known.")
    (fresh,) = briefed(today(ahead)).touches
    assert fresh.brief == "Notes: Likes tea. No last contact is known."
    *_, known = briefed(today(done("reached", "A-2/A-2/hello"), ahead)).touches
    assert "Notes: Likes tea." in known.brief
    assert "Never" not in known.brief


def test_a_further_attempt_knows_the_hour_of_the_earlier_one() -> None:
    second = call("A-1/P-1/call#2", FRIDAY)
    known = today(done("no_answer", start=540, end=556), second).to_know(second)
    assert known[0] == "Attempt 2; try another hour than 09:00."


def test_thanks_wait_for_a_visit_that_is_to_be_tried_again() -> None:
    met_nobody = done("no_answer", "A-1/P-1/visit", channel="visit")
    thanks = call("A-1/P-1/thanks", dt.date(2027, 1, 7), channel="letter", purpose="thank")
    found = today(met_nobody, thanks)
    assert found.to_know(thanks)[0] == (
        "NOT NOW: there is nothing to thank for yet (Tue 5 Jan visit, Ann Lee, no answer)."
    )
    assert found.late == ()
    assert [one.touch_id for one in found.not_planned] == ["A-1/P-1/visit#2"]


def test_a_touch_that_has_to_wait_says_why_and_until_when() -> None:
    other = call("A-1/P-2/call", FRIDAY)
    known = today(done("met", channel="visit"), other).to_know(other)
    assert known[0] == (
        "NOT NOW before Tue 12 Jan: asked for, or somebody else there was just talked to "
        "(Tue 5 Jan visit, Ann Lee, met)."
    )
    later = today(done("met", channel="visit"), other, date=dt.date(2027, 1, 12))
    assert not later.to_know(other)[0].startswith("NOT NOW")
    assert [one.touch for one in later.late] == [other]


def test_what_is_on_hold_is_not_late() -> None:
    assert today(done("do_not_contact", "A-1/P-1/hello"), call()).late == ()


def test_a_closed_channel_asks_for_the_number_first() -> None:
    review = call("A-1/P-1/review", FRIDAY)
    known = today(done("wrong_number"), review).to_know(review)
    assert "First find the right phone of Ann Lee." in known


def test_what_is_owed_and_on_no_day_is_listed_when_it_is_due() -> None:
    wednesday = dt.date(2027, 1, 6)
    assert today(done("no_answer"), date=TUESDAY).not_planned == ()
    (again,) = today(done("no_answer"), date=wednesday).not_planned
    assert again.touch_id == "A-1/P-1/call#2"


def test_every_touch_that_is_owed_is_counted_once() -> None:
    found = stands(
        done("no_answer"),
        done("reached", "A-1/P-1/hello"),
        call("A-1/P-1/visit", dt.date(2027, 2, 1)),
        call("A-1/P-1/news", TUESDAY),
        call("A-1/P-1/invite", TUESDAY, status="skipped"),
        call("A-1/P-1/review", TUESDAY, status="missed"),
        gone=("A-2/A-2/hello",),
    )
    assert (found.owed, found.planned) == (7, 6)
    assert (found.done, found.given_up, found.scheduled) == (1, 1, 1)
    assert (found.to_schedule, found.remaining) == (4, 5)


def test_who_is_behind_and_why() -> None:
    found = stands(
        done("wrong_number", "A-1/P-2/call", cadence="gone"),
        call("A-2/A-2/hello"),
        date=dt.date(2027, 2, 5),
    )
    causes = {one.account_id: [cause.behind for cause in one.causes] for one in found.behind}
    assert causes == {
        "A-1": [Behind.DATA_GAP, Behind.MONTH_MISSED],
        "A-2": [Behind.NEVER_TOUCHED, Behind.MONTH_MISSED],
    }
    text = render_status(TERRITORY, found)
    assert "1 late since Tue 5 Jan, never touched yet" in " ".join(text.split())
    why = "phone of Bo Ray to be found since Tue 5 Jan; month 1 without a touch"
    assert why in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_a_touch_without_any_channel_left_is_given_up_and_said() -> None:
    tries = [done("no_answer", f"A-1/P-1/visit{n}", channel="visit") for n in ("", "#2", "#3")]
    calls = [done("no_answer", f"A-1/P-1/visit#{n}") for n in (4, 5, 6)]
    found = stands(*tries, *calls)
    assert (found.owed, found.given_up) == (1, 1)
    assert [cause.behind for cause in found.behind[0].causes] == [Behind.NO_CHANNEL]
    assert follows(*tries, *calls) == ("No channel is left for visit.",)


def test_who_wants_no_contact_is_not_behind_and_not_counted_on() -> None:
    ended = done("do_not_contact", "A-1/A-1/heard", cadence="heard", channel="", minutes=0)
    found = stands(evolve(ended, step="heard"), call(), date=dt.date(2027, 2, 5))
    assert [one.account_id for one in found.behind] == ["A-2"]
    assert found.given_up == 1
    assert {row.tier for row in found.coverage} == {"B"}


def test_what_is_left_out_as_they_want_no_contact_is_given_up() -> None:
    reasons = {"A-1/P-1/hello": ReasonCode.CAPACITY, "A-2/A-2/hello": ReasonCode.DO_NOT_CONTACT}
    rows = [left(touch_id, reason_code=code) for touch_id, code in reasons.items()]
    found = campaign_status(Plan(TERRITORY, (), left_out=rows), FRIDAY)
    assert (found.owed, found.given_up, found.to_schedule, found.remaining) == (2, 1, 1, 1)


def follows(*touches: Touch) -> tuple[str, ...]:
    found = today(*touches).consequences
    return what_follows(TERRITORY, found, touches[-1])


SECOND = "Attempt 2 by call or letter, as replan finds room"


def test_each_consequence_has_its_sentence() -> None:
    assert follows(done("no_answer", start=540, end=556)) == (
        f"{SECOND}: Wed 6 Jan to Fri 8 Jan, at another hour than 09:00.",
    )
    assert follows(done("wrong_number")) == (
        "Attempt 2 by letter: Tue 5 Jan to Tue 12 Jan.",
        "No call to Ann Lee any more: find the right phone.",
    )
    assert follows(done("met", channel="visit")) == (
        "Nothing to 1 other contact before Tue 12 Jan.",
    )
    assert follows(done("later", again_on=dt.date(2027, 2, 1))) == (
        "Owed on Mon 1 Feb: a call, as they asked.",
        "Nothing to Ann Lee before Mon 1 Feb.",
    )
    assert follows(done("do_not_contact")) == ("Ann Lee is not touched any more.",)
    assert follows(done("complaint")) == (
        "By Fri 8 Jan at the latest: call, and make it good; then apology and proof.",
        "Everything else of Cascade Dental waits until then, and goes on.",
    )
