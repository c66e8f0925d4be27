import datetime as dt

import pytest
from attrs import evolve
from handmade import LEFT_OUT, START, TOUCHES, campaign, territory
from rows import a_touch, left

from campaign.model.outcomes import to_outcome
from campaign.model.rep import Rep
from campaign.outputs.summary import (
    Count,
    Late,
    Visits,
    first_day_in_words,
    months_touched,
    summary,
)
from campaign.touches import Level, Plan, ReasonCode


def test_it_counts_accounts_touches_and_hours() -> None:
    figures = campaign().summary()
    assert figures.every_month == Count(1, 5)
    assert figures.required == Count(6, 8)
    assert figures.optional == Count(2, 3)
    assert figures.promises == Count(1, 1)
    assert (figures.minutes, figures.travel_minutes) == (224 + 0, 49)
    assert figures.fullest_week == 190
    assert figures.weeks == 13
    assert figures.minutes_a_week == pytest.approx(224 / 13)


def test_reasons_are_counted_the_most_frequent_first() -> None:
    reasons = campaign().summary().left_out
    assert list(reasons.items()) == [(ReasonCode.CAPACITY, 2), (ReasonCode.DO_NOT_CONTACT, 1)]


def test_a_done_touch_counts_in_the_month_in_which_it_was_done() -> None:
    late = evolve(TOUCHES[4], date=dt.date(2027, 2, 2), done_on=dt.date(2027, 2, 3))
    plan = evolve(campaign(), touches=(late,))
    assert months_touched(plan) == {"A-1": frozenset({2})}


def test_a_plan_without_any_touch_has_a_summary_too() -> None:
    figures = summary(Plan(territory(), ()))
    assert (figures.first_day, figures.minutes_a_week, figures.fullest_week) == (None, 0.0, 0)
    assert first_day_in_words(figures) == ""
    assert "Left out                nothing" in str(figures).splitlines()


def test_a_rep_without_a_working_day_has_no_weeks() -> None:
    idle = evolve(territory(), rep=Rep("Rep", hours={}))
    figures = summary(Plan(idle, ()))
    assert (figures.weeks, figures.minutes_a_week) == (0, 0.0)


def test_the_first_day_is_counted_by_channel() -> None:
    figures = campaign().summary()
    assert figures.first_day == START
    assert dict(figures.on_first_day) == {"letter": 1, "visit": 3}
    assert first_day_in_words(figures) == "Monday 4 January 2027: 1 letter, 3 visits"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(0, 0), "none owed"),
        (Count(999, 1000), "999 of 1000 (99 %)"),
        (Count(3, 3), "3 of 3 (100 %)"),
    ],
)
def test_a_hundred_per_cent_is_said_of_all_only(count: Count, words: str) -> None:
    assert str(count) == words


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (
            [
                Level("owed", 3, possible=3, bound=3),
                Level("required", 999, possible=1000, bound=999),
            ],
            "no plan can do better in promises, grievances and their repair and required touches",
        ),
        (
            [Level("required", 2, possible=3, bound=3)],
            "required touches 66.6 % weighted by tier, how much more is possible is not known",
        ),
        (
            [Level("required", 1, possible=7, bound=2)],
            "required touches 14.2 % weighted by tier, no plan can reach more than 28.6 %",
        ),
        (
            [Level("floor", 4, possible=4, bound=4), Level("service", 1200, bound=1100)],
            (
                "no plan can do better in months with a touch; "
                "what else is late or left out 1,200 days weighted by tier, "
                "no plan can have fewer than 1,100"
            ),
        ),
        ([Level("in_time", 5)], "their days late 5"),
        ([Level("service", 65, bound=0)], "what else is late or left out 65 days weighted by tier"),
        ([Level("in_time", 0)], "no plan can do better in their days late"),
    ],
)
def test_what_is_proved_is_said_in_a_line(levels: list[Level], words: str) -> None:
    lines = str(campaign(levels=levels).summary()).splitlines()
    assert lines[-1] == f"How good it is          {words}"


def test_a_rep_reads_twelve_lines_at_the_most() -> None:
    assert len(str(campaign().summary()).splitlines()) <= 12


def test_late_touches_are_counted_with_the_latest() -> None:
    late = [evolve(TOUCHES[0], late=2), evolve(TOUCHES[4], late=7), TOUCHES[1]]
    found = summary(evolve(campaign(), touches=late)).late
    assert found == Late(2, 1, 7)
    assert str(found) == "2 touches, 1 of them promised; the latest by 7 business days"
    assert str(Late()) == "nothing"


def test_introductions_that_are_left_out_are_missing() -> None:
    hello = left("@3/@3/hello", cadence="standard")
    plan = evolve(campaign(), touches=TOUCHES[:1], left_out=[hello])
    assert summary(plan).introductions == Count(1, 2)


def test_what_became_of_the_visits_is_counted() -> None:
    rows = [
        a_touch("A-1/P-1/visit", channel="visit", purpose="listen", stop=1),
        a_touch("@3/@3/visit", channel="call", purpose="listen"),
        a_touch("A-2/A-2/visit", channel="call", purpose="listen"),
        a_touch("A-2/A-2/review", channel="visit", purpose="review"),
    ]
    missing = left("A-5/A-5/visit", cadence="standard", channel="visit")
    found = summary(evolve(campaign(), touches=rows, left_out=[missing])).visits
    assert found == Visits(Count(1, 4), {"call": 2})
    assert str(found) == "1 of 4 wished; 2 calls instead"


def test_the_longest_silence_runs_from_the_start_to_the_end() -> None:
    days = [dt.date(2027, 1, 20), dt.date(2027, 3, 1)]
    rows = [
        a_touch(f"{one}/{one}/{n}", day)
        for one in ("A-1", "A-2", "@3", "A-5")
        for n, day in enumerate(days)
    ]
    quiet = summary(evolve(campaign(), touches=rows[:-1])).silence
    assert (quiet.days, quiet.account) == (73, territory().account("A-5").name)
    assert summary(evolve(campaign(), touches=rows)).silence.days == 40


@pytest.mark.parametrize("outcome", ["no answer", "Wrong number", "returned_mail"])
def test_a_touch_that_reached_nobody_counts_in_no_month(outcome: str) -> None:
    plan = evolve(campaign(), touches=(evolve(TOUCHES[4], outcome=to_outcome(outcome)),))
    assert months_touched(plan) == {"A-1": frozenset()}
    assert summary(plan).every_month == Count(0, 5)


@pytest.mark.parametrize(("count", "words"), [(1, "1 touch"), (2, "2 touches")])
def test_where_all_is_left_out_for_one_reason_it_is_told_once(count: int, words: str) -> None:
    closed = [
        evolve(LEFT_OUT[0], touch_id=f"{n}", reason_code=ReasonCode.NO_CONSENT)
        for n in range(count)
    ]
    told = str(campaign(left_out=closed).summary()).splitlines()
    assert f"Left out                {words}: no channel is allowed" in told
