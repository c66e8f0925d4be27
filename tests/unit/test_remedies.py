"""A reason says what was tested to let its touch in, or that nothing tried does, or nothing."""

import datetime as dt

import pytest
from attrs import evolve
from byhand import AS_FAST_ABROAD, a_plan, a_territory, an_account, several
from rows import a_touch, day, left

from campaign.explaining import explain, with_reasons
from campaign.explaining.remedies import Hindrance, Missing, Remedies
from campaign.model.accounts import Promise
from campaign.model.cadences import Step
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.touches import Plan, ReasonCode, Status

CALL = Step("call", "call", "listen", within=5)
WEEK_OF_22 = Capacity(minutes_per_week=22, ramp=())
FULL = "The days it could stand on are full with touches that come first"


def crowded(number: int = 3) -> Territory:
    """So many accounts of which the first week holds one call."""
    return a_territory(*several(number), steps=[CALL], capacity=WEEK_OF_22)


def reasons(of: Plan) -> list[str]:
    return [one.reason for one in of.left_out]


def test_the_reasons_of_a_plan_are_those_that_explain_gives() -> None:
    made = plan(crowded(), effort=0)
    for left_out in made.left_out:
        (one,) = (
            one
            for one in explain(made, left_out.account_id).touches
            if isinstance(one, Missing) and one.left_out == left_out
        )
        assert one.freed is not None
        assert left_out.reason == f"{one.cause} ({one.rule}). {one.freed.words(made.territory)}"


def test_changes_are_tried_for_so_many_and_of_the_others_only_the_cause_is_said() -> None:
    made = a_plan(
        a_touch("A-1/A-1/call", "01-04", of=crowded(4)),
        of=crowded(4),
    )
    told = with_reasons(made, most=2)
    assert [one.reason.endswith(" (R2).") for one in told] == [False, False, True]


def test_who_wants_no_contact_takes_nobody_elses_place_among_those_tried() -> None:
    accounts = (an_account("A-1", do_not_contact=True), *several(3)[1:])
    territory = a_territory(*accounts, steps=[CALL], capacity=WEEK_OF_22)
    made = a_plan(of=territory, reasons={"A-1": ReasonCode.DO_NOT_CONTACT})
    first, second, third = with_reasons(made, most=1)
    assert first.reason.endswith(f" {Hindrance.NO_CONTACT.value}")
    assert "There is room for it" in second.reason
    assert third.reason.endswith(" (R2).")


def test_what_fits_as_things_are_is_not_said_to_be_blocked() -> None:
    (left_out,) = with_reasons(a_plan(of=a_territory(steps=[CALL])))
    assert left_out.reason == (
        "The search has not found its place. There is room for it, by call on Mon 4 Jan."
    )


def test_explain_names_no_rule_either_for_what_fits_as_things_are() -> None:
    told = str(explain(a_plan(of=a_territory(steps=[CALL])), "A-1")).split("Left out: ")[1]
    assert [line.strip() for line in told.splitlines()] == [
        "call, call",
        "The search has not found its place.",
        "There is room for it, by call on Mon 4 Jan.",
    ]


def test_a_second_choice_that_counts_more_than_leaving_out_is_told_as_what_it_is() -> None:
    one_call_a_week = {**AS_FAST_ABROAD, "call": evolve(AS_FAST_ABROAD["call"], per_week=1)}
    either = Step("call", ["call", "letter"], "listen", within=5, required=False, late=0)
    territory = a_territory(*several(2), steps=[either], channels=one_call_a_week)
    made = a_plan(a_touch("A-1/A-1/call", "01-04", of=territory), of=territory)
    (left_out,) = with_reasons(made)
    assert left_out.reason == (
        "No call fits, and letter as a second choice counts no less than leaving out an optional "
        "touch ([service]). There is room for it, by letter on Mon 4 Jan."
    )


def test_where_nothing_tried_lets_it_in_that_is_said() -> None:
    none = Capacity(minutes_per_day=0, minutes_per_week=0, ramp=())
    shut = a_territory(steps=[CALL], capacity=none, rep=evolve(crowded().rep, hours={}))
    (left_out,) = with_reasons(a_plan(of=shut))
    assert left_out.reason.endswith(
        "None of the changes tried would let it in while all else stays where it is."
    )


TRIED = Step("call", "call", "listen", within=20)


def tried_once() -> Plan:
    """A call that reached nobody on the first day, its next attempt left out."""
    territory = a_territory(steps=[TRIED])
    done = a_touch(
        "A-1/A-1/call",
        "01-04",
        of=territory,
        status=Status.DONE,
        outcome="no_answer",
        done_on=day("01-04"),
    )
    out = left("A-1/A-1/call#2", of=territory)
    return evolve(a_plan(done, of=territory, left_out=[out]), day=day("01-06"))


def test_a_further_attempt_comes_in_under_its_own_id_on_a_day_still_to_come() -> None:
    made = tried_once()
    remedies = Remedies(made)
    found = remedies.missing(made.left_out[0]).freed
    assert found is not None
    assert found.date >= day("01-06")
    (missing,) = (one for one in explain(made, "A-1").touches if isinstance(one, Missing))
    assert missing.freed == found


@pytest.mark.parametrize("more", [{}, {day("01-20"): 1440}])
def test_a_visit_across_the_ocean_has_no_remedy_in_minutes_that_no_day_has(
    more: dict[dt.date, int],
) -> None:
    boston = an_account(latitude=42.36, longitude=-71.06)
    promise = Promise("P1", "A-1", what="show it", due=day("01-20"), channel="visit")
    territory = a_territory(boston, steps=[CALL], promises=[promise], capacity=Capacity(more=more))
    (left_out,) = with_reasons(plan(territory, effort=0))
    assert left_out.reason_code is ReasonCode.TOO_FAR
    assert "minutes more" not in left_out.reason
