"""Each reason for which a touch is left out."""

import datetime as dt
from typing import Any

import pytest
from small import START, small

from campaign.model.accounts import Account, Consent, Contact
from campaign.model.cadences import PURPOSES, Cadence, Purpose, Step
from campaign.model.channels import Channel
from campaign.model.hours import OpeningHours
from campaign.model.policy import Policy
from campaign.model.rep import Capacity, Courtesy, Rep
from campaign.planning import plan
from campaign.touches import ReasonCode
from campaign.workdays import Span

NEAR = {"latitude": 44.95, "longitude": -123.0}
VISIT = Step("visit", "visit", "listen")
CALL = Step("call", "call", "listen", within=5, late=0)


def codes(*steps: Step, account: dict[str, Any] | None = None, **keys: Any) -> set[ReasonCode]:  # noqa: ANN401
    own = Cadence("own", steps)
    campaign = plan(
        small(
            Account("A-1", "Cascade Dental", cadence="own", **(account or NEAR)),
            cadences={**Policy().cadences, "own": own},
            purposes={**PURPOSES, "offer": Purpose("offer", selling=True)},
            **keys,
        ),
        effort=0,
    )
    return {left.reason_code for left in campaign.left_out}


ALL_OF_IT = Span(START, START + dt.timedelta(days=89))
ONLY_ASKED = Courtesy(substitute=False)
NO_VISITS = Contact("P-1", "A-1", name="Ann", consents={"visit": Consent.NO})
AFTER_THE_END = [
    Step("hello", "call", "introduce", within=60),
    Step("late", "call", "review", after="hello", gap=[66, 70]),
]
TWO_THANKS = [Step(name, "call", "thank", within=2, late=0) for name in ("a", "b")]
TWO_SOON = [
    Step("a", "call", "listen", within=1, late=0),
    Step("b", "letter", "share", within=3, late=0),
]


@pytest.mark.parametrize(
    ("reason", "steps", "keys"),
    [
        (ReasonCode.DO_NOT_CONTACT, [CALL], {"account": {"do_not_contact": True}}),
        (ReasonCode.NO_CONSENT, [VISIT], {"contacts": [NO_VISITS], "courtesy": ONLY_ASKED}),
        (ReasonCode.TOO_FAR, [VISIT], {"account": {"latitude": 40.0, "longitude": -123.0}}),
        (ReasonCode.CLOSED, [VISIT], {"account": {"closed_dates": [ALL_OF_IT], **NEAR}}),
        (
            ReasonCode.CLOSED,
            [VISIT],
            {"account": {"visit_hours": OpeningHours.parse("Sat 09:00-12:00"), **NEAR}},
        ),
        (ReasonCode.AFTER_THE_END, AFTER_THE_END, {}),
        (
            ReasonCode.NO_WORKING_DAY,
            [CALL],
            {"rep": Rep("Ann", leave=[Span(START, START + dt.timedelta(days=6))])},
        ),
        (ReasonCode.NO_TIME_ALONE, [CALL], {"capacity": Capacity(minutes_per_day=15)}),
        (ReasonCode.COURTESY, TWO_SOON, {}),
        (ReasonCode.COURTESY, [CALL], {"courtesy": Courtesy(most=0)}),
        (ReasonCode.SELLING_TOO_EARLY, [Step("sell", "call", "offer")], {}),
        (
            ReasonCode.CAPACITY,
            [
                Step("a", "call", "thank", within=2, late=0),
                Step("b", "call", "thank", within=2, late=0),
            ],
            {"capacity": Capacity(minutes_per_week=20, ramp=())},
        ),
        (
            ReasonCode.CHANNEL_LIMIT,
            [
                Step("a", "call", "thank", within=2, late=0),
                Step("b", "call", "thank", within=2, late=0),
            ],
            {"channels": {"call": Channel("call", 16, per_week=1)}},
        ),
    ],
)
def test_a_touch_is_left_out_for_its_reason(
    reason: ReasonCode, steps: list[Step], keys: dict[str, Any]
) -> None:
    assert reason in codes(*steps, **keys)


def test_a_selling_touch_stands_after_three_others_and_a_month() -> None:
    steps = [
        Step("a", "call", "listen", within=1),
        Step("b", "letter", "share", after="a", gap=[6, 9]),
        Step("c", "postcard", "share", after="a", gap=[15, 20]),
        Step("sell", "call", "offer", after="a", gap=[10, 40]),
    ]
    assert codes(*steps) == set()
