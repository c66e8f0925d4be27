import datetime as dt
from itertools import pairwise

import pytest
from attrs import evolve
from handmade import LEVELS, START, TOUCHES, campaign, territory
from rows import a_touch, left

from campaign.model.rep import Capacity, Rep
from campaign.outputs.coverage import COLOURS, coverage, keys_of
from campaign.outputs.report import (
    MOST_BROKEN,
    WIDTH,
    agenda,
    calendar,
    headline,
    level_rows,
    load,
    rules_tested,
)
from campaign.outputs.report import left_out as left_out_of
from campaign.outputs.summary import Count, summary
from campaign.rules import RULES
from campaign.touches import Level, Plan, ReasonCode, Status

SATURDAY = START + dt.timedelta(days=5)


def resting(**changes: object) -> Plan:
    """The plan made by hand, for a rep with a holiday and leave."""
    rep = Rep("Rep", extra_holidays=[dt.date(2027, 1, 18)], leave=["2027-01-25/2027-01-29"])
    return Plan(evolve(territory(), rep=rep), TOUCHES, **changes)  # type: ignore[arg-type]


def test_a_channel_has_the_shortest_sign_that_no_other_has() -> None:
    own = [a_touch(f"A-1/A-1/{name}", channel=name) for name in ("courier", "cab", "c")]
    keys = keys_of(evolve(campaign(), touches=(*TOUCHES, *own)))
    assert {name: key.sign for name, key in keys.items()} == {
        "letter": "L",
        "postcard": "P",
        "call": "C",
        "visit": "V",
        "c": "c",
        "cab": "Ca",
        "courier": "Co",
    }


def test_channels_have_colours_of_their_own_as_far_as_they_go() -> None:
    own = [a_touch(f"A-1/A-1/{number}", channel=f"own{number}") for number in range(9)]
    keys = keys_of(evolve(campaign(), touches=(*TOUCHES, *own)))
    colours = [key.colour for key in keys.values()]
    assert len(set(colours)) == COLOURS
    assert keys_of(campaign())["visit"] == keys["visit"]


def test_the_calendar_has_a_row_a_week_and_a_cell_a_day() -> None:
    heat = calendar(campaign())
    assert heat["weekdays"] == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    assert [week["label"] for week in heat["weeks"][:2]] == ["4 Jan", "11 Jan"]
    assert len(heat["weeks"]) == 13
    monday = heat["weeks"][0]["days"][0]
    assert (monday["touches"], monday["minutes"], monday["anchor"]) == (4, "2:54", "d20270104")
    assert monday["words"] == "Monday 4 January 2027: 4 touches, 2 h 54 min"


def test_a_weekend_has_columns_where_something_stands_there() -> None:
    plan = evolve(campaign(), touches=(*TOUCHES, a_touch("A-5/A-5/late", SATURDAY)))
    assert calendar(plan)["weekdays"] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


@pytest.mark.parametrize(
    ("minutes", "heat"), [(1, 1), (36, 1), (37, 2), (108, 3), (180, 5), (181, 6)]
)
def test_the_heat_is_the_share_of_what_the_day_holds_in_fifths(minutes: int, heat: int) -> None:
    plan = evolve(campaign(), touches=(a_touch("A-1/A-1/x", minutes=minutes),))
    assert calendar(plan)["weeks"][0]["days"][0]["heat"] == heat


def test_a_day_without_touches_says_why() -> None:
    weeks = calendar(resting())["weeks"]
    assert [day["off"] for day in weeks[2]["days"]] == ["holiday", "", "", "", ""]
    assert {day["off"] for day in weeks[3]["days"]} == {"leave"}
    assert [day["off"] for day in calendar(campaign())["weeks"][-1]["days"]] == [""] * 5


def test_days_outside_the_campaign_and_without_hours_are_told_apart() -> None:
    rep = Rep("Rep", hours={"mon": "08:00-17:00", "tue": "08:00-17:00"})
    midweek = evolve(territory(), rep=rep, start=dt.date(2027, 1, 5))
    days = calendar(Plan(midweek, ()))["weeks"][0]["days"]
    assert [day["off"] for day in days] == ["outside", "", "off", "off", "off"]


def test_the_load_of_a_week_has_its_parts_in_the_order_of_the_channels() -> None:
    plan = campaign()
    week = load(plan, keys_of(plan))["weeks"][0]
    assert [(part["key"].name, part["minutes"]) for part in week["parts"]] == [
        ("letter", 15),
        ("call", 16),
        ("visit", 110),
        ("on the road", 49),
    ]
    assert (week["planned"], week["capacity"], week["is_too_full"]) == ("3:10", "6:00", False)
    assert week["words"] == "letter 15 min, call 16 min, visit 1 h 50 min, on the road 49 min"


def test_the_parts_of_a_bar_follow_one_another_to_scale() -> None:
    plan = campaign()
    weeks = load(plan, keys_of(plan))["weeks"]
    parts = weeks[0]["parts"]
    for part, following in pairwise(parts):
        assert part["left"] + part["width"] == pytest.approx(following["left"], abs=0.2)
    assert parts[-1]["left"] + parts[-1]["width"] == pytest.approx(WIDTH * 190 / 720, abs=0.2)
    assert (weeks[0]["limit"], weeks[5]["limit"]) == (WIDTH * 0.5, WIDTH)


def test_a_week_that_is_too_full_is_told() -> None:
    tight = evolve(territory(), capacity=Capacity(minutes_per_week=100))
    plan = Plan(tight, TOUCHES)
    weeks = load(plan, keys_of(plan))["weeks"]
    assert [week["is_too_full"] for week in weeks[:3]] == [True, False, False]


def test_a_week_of_leave_holds_nothing() -> None:
    plan = resting()
    weeks = load(plan, keys_of(plan))["weeks"]
    assert [week["capacity"] for week in weeks[2:5]] == ["12:00", "0:00", "12:00"]


def test_a_plan_without_touches_has_empty_bars() -> None:
    plan = evolve(campaign(), touches=(), left_out=())
    empty = load(plan, keys_of(plan))
    assert (empty["legend"], {week["words"] for week in empty["weeks"]}) == ([], {"nothing"})


def test_coverage_counts_by_tier_and_month() -> None:
    plan = campaign()
    found = coverage(plan, keys_of(plan))
    assert [(tier.name, tier.by_month, tier.every_month) for tier in found.tiers] == [
        ("A", (Count(1, 1), Count(0, 1), Count(0, 1)), Count(0, 1)),
        ("B", (Count(2, 2), Count(0, 2), Count(0, 2)), Count(0, 2)),
        ("C", (Count(1, 2), Count(1, 2), Count(1, 2)), Count(1, 2)),
    ]


def test_an_account_that_misses_a_month_comes_first() -> None:
    accounts = [evolve(one, do_not_contact=False) for one in territory().accounts]
    plan = evolve(campaign(), territory=evolve(territory(), accounts=accounts))
    rows = coverage(plan, keys_of(plan)).tiers[2].rows
    assert [(row.account.account_id, row.misses) for row in rows] == [("A-4", True), ("A-5", False)]
    signs = [[key.sign for key in month] for month in rows[1].months]
    assert signs == [["L"], ["P"], ["L"]]


def test_who_wants_no_contact_misses_no_month() -> None:
    plan = campaign()
    heard = a_touch(
        "A-5/A-5/heard",
        cadence="heard",
        status=Status.DONE,
        outcome="do not contact",
        done_on=START,
    )
    others = (one for one in plan.touches if one.account_id != "A-5")
    found = evolve(plan, touches=(heard, *others))
    rows = coverage(found, keys_of(found)).tiers[2].rows
    assert [(row.account.account_id, row.misses) for row in rows] == [
        ("A-4", False),
        ("A-5", False),
    ]
    assert {row.without_touch(2) for row in rows} == {"no contact"}


def test_a_touch_that_reached_nobody_covers_nothing() -> None:
    missed = [evolve(t, outcome="no_answer", status=Status.DONE) for t in TOUCHES]
    plan = evolve(campaign(), touches=missed)
    tiers = coverage(plan, keys_of(plan)).tiers
    assert {count.reached for tier in tiers for count in tier.by_month} == {0}
    assert {key for tier in tiers for row in tier.rows for m in row.months for key in m} == set()


def test_accounts_that_are_not_worked_are_counted() -> None:
    accounts = [evolve(a, status="closed") for a in territory().accounts[:2]]
    fewer = evolve(territory(), accounts=(*accounts, *territory().accounts[2:]))
    assert coverage(Plan(fewer, ()), {}).not_worked == 2


def test_the_agenda_holds_every_touch_that_takes_place() -> None:
    plan = campaign()
    weeks = agenda(plan, keys_of(plan))["weeks"]
    assert [week["number"] for week in weeks] == [1, 2, 6, 12]
    assert weeks[0]["title"] == "4 Jan to 10 Jan"
    lines = [line for week in weeks for day in week["days"] for line in day["lines"]]
    assert [line["touch"].touch_id for line in lines[:4]] == [
        "A-2/A-2/go",
        "@3/@3/extra",
        "@3/@3/visit",
        "A-1/P-2/hello",
    ]
    assert len(lines) == 8


def test_a_line_says_when_to_whom_where_and_how_it_stands() -> None:
    plan = campaign()
    weeks = agenda(plan, keys_of(plan))["weeks"]
    visit, extra, _, letter = weeks[0]["days"][0]["lines"]
    (call,) = weeks[0]["days"][1]["lines"]
    assert (visit["when"], extra["when"], letter["when"]) == ("09:00", "stop 2", "")
    assert (visit["person"], letter["person"], call["person"]) == ("", "-Bo-", "Ann Lee")
    assert (letter["place"], call["place"]) == ("Salem", "+1-503-555-0101")
    assert (extra["standing"], call["standing"]) == ("optional", "done on 7 Jan, reached; pinned")


def test_accounts_to_choose_from_are_sorted_by_name_and_known_by_number() -> None:
    plan = campaign()
    found = agenda(plan, keys_of(plan))
    names = [name for _, name in found["accounts"]]
    assert names == sorted(names, key=str.casefold)
    numbers = {
        line["account"] for week in found["weeks"] for day in week["days"] for line in day["lines"]
    }
    assert numbers == {number for number, _ in found["accounts"]}


def test_an_account_that_nobody_knows_is_shown_by_its_id() -> None:
    plan = evolve(campaign(), touches=(a_touch("X-1/X-2/hello", channel="visit"),))
    found = agenda(plan, keys_of(plan))
    assert found["accounts"] == [(0, "X-1")]
    (line,) = found["weeks"][0]["days"][0]["lines"]
    assert (line["person"], line["place"]) == ("X-2", "")


def test_a_reason_is_said_once_with_all_that_it_keeps_out() -> None:
    plan = evolve(
        campaign(),
        left_out=(
            left("A-5/A-5/more", required=False),
            left("A-2/A-2/sorry"),
            left("A-1/A-1/call", reason="The day is full."),
            left("A-4/A-4/hello", reason_code=ReasonCode.CLOSED, reason="Closed."),
        ),
    )
    groups = left_out_of(plan, summary(plan), keys_of(plan))
    assert [(group["title"], group["count"]) for group in groups] == [
        ("your hours are full", 3),
        ("closed on every day that fits", 1),
    ]
    first, second = groups[0]["reasons"].items()
    assert [row["left"].touch_id for row in first[1]] == ["A-2/A-2/sorry", "A-5/A-5/more"]
    assert second[0] == "The day is full."


def test_the_head_tells_the_promise_and_the_figures() -> None:
    head = headline(campaign(), summary(campaign()))
    assert (head["title"], head["rep"]) == ("Willamette, by hand", "Rep")
    assert head["dates"] == "4 Jan 2027 to 3 Apr 2027, 90 days"
    assert (head["every_month"], head["is_kept"]) == (Count(1, 5), False)
    assert [(word, figure) for word, figure, _ in head["facts"]] == [
        ("Touches", "8"),
        ("Promises", "1 of 1"),
        ("A week", "17 min"),
        ("Done", "1"),
        ("Left out", "3"),
    ]


def test_what_is_missed_is_told_beside_what_is_done() -> None:
    missed = evolve(TOUCHES[0], status=Status.MISSED)
    plan = evolve(campaign(), touches=(missed, *TOUCHES[1:]))
    facts = {word: more for word, _, more in headline(plan, summary(plan))["facts"]}
    assert facts["Done"] == "6 to do, 1 missed"


def test_a_level_tells_its_figure_and_what_is_known_of_it() -> None:
    rows = level_rows(campaign())
    assert [(row["figure"], row["possible"], row["verdict"]) for row in rows] == [
        ("2 (100 %)", "2", "everything"),
        ("30 (75 %)", "40", "no plan can do better"),
        ("900 (89.9 %)", "1,001", "no plan can reach more than 91 %"),
        ("5", "", "no plan can have fewer than 3"),
        ("12", "", "how much better is possible is not known"),
    ]
    (none,) = level_rows(evolve(campaign(), levels=(Level("owed", 0, possible=0),)))
    assert none["verdict"] == "none is owed"
    assert len(rows) == len(LEVELS)


def test_broken_rules_are_named_the_first_of_them() -> None:
    found = rules_tested(campaign())
    assert found["rules"] == len({rule.name for rule in RULES})
    assert len(found["broken"]) == MOST_BROKEN or found["more"] == 0
    assert all(found["broken"])
