"""Further attempts at a step, and what follows it."""

import datetime as dt

from attrs import evolve
from replanned import anew, row
from rows import a_touch
from small import small

from campaign import plan
from campaign.consequences import territory_now
from campaign.model.accounts import Account, Promise
from campaign.model.cadences import Cadence, Step
from campaign.model.outcomes import Outcome
from campaign.model.policy import Policy
from campaign.touches import Plan, Status, Touch
from campaign.workdays import plain

STEPS = (
    Step("talk", "call", "listen", within=5),
    Step("then", "letter", "share", after="talk", gap=[3, 9]),
)
OF = small(
    Account("A-1", "Cascade Dental", cadence="own"),
    cadences={**Policy().cadences, "own": Cadence("own", STEPS)},
)


HEARD_ON_MONDAY = Touch(
    "A-1/A-1/heard",
    dt.date(2027, 2, 8),
    account_id="A-1",
    contact_id="A-1",
    channel="",
    cadence="heard",
    step="heard",
    purpose="listen",
    required=False,
    minutes=0,
    planned_on=dt.date(2027, 2, 8),
    status="done",
    outcome="complaint",
)


def in_vain(touch: Touch, number: int, day: dt.date) -> Touch:
    """One attempt that nobody answered."""
    return evolve(
        touch,
        touch_id=touch.touch_id if number == 1 else f"{touch.touch_id}#{number}",
        date=day,
        status=Status.DONE,
        outcome=Outcome.NO_ANSWER,
        done_on=day,
    )


def test_what_follows_makes_way_for_the_third_attempt_as_it_does_for_the_second() -> None:
    talk, then = (row(plan(OF), f"A-1/A-1/{step.name}") for step in STEPS)
    days = [plain(talk.date), dt.date(2027, 1, 6)]
    for tried in (1, 2):
        done = [in_vain(talk, number, day) for number, day in enumerate(days[:tried], start=1)]
        today = days[tried - 1] + dt.timedelta(days=1)
        # So soon that no other attempt could come before it.
        soon = evolve(then, date=today + dt.timedelta(days=1))
        made = anew(Plan(OF, [*done, soon]), today).campaign
        assert made.left_out == ()
        again = row(made, f"A-1/A-1/talk#{tried + 1}")
        assert again.date < row(made, "A-1/A-1/then").date


def test_a_proof_of_repair_waits_for_a_promise_that_was_missed() -> None:
    promise = Promise("P-1", "A-1", what="the price list", due="2027-02-17", channel="letter")
    of = small(Account("A-1", "Cascade Dental"), promises=[promise])
    kept_late = a_touch("A-1/A-1/P-1", "02-08", "letter", of=of, cadence="promises", step="P-1")
    heard = evolve(HEARD_ON_MONDAY, done_on=dt.date(2027, 2, 8))
    now = territory_now(of, [heard])
    names = [f"A-1/A-1/complaint-2027-02-08-{step}" for step in ("answer", "apology")]
    answer = a_touch(names[0], "02-09", "call", of=now, status="done", outcome="reached")
    apology = a_touch(names[1], "02-10", "letter", of=now, status="done", outcome="done")
    made = anew(Plan(of, [heard, kept_late, answer, apology]), dt.date(2027, 2, 15)).campaign
    again = row(made, "A-1/A-1/P-1#2")
    assert again.arrives is not None
    assert row(made, "A-1/A-1/complaint-2027-02-08-proof").date > again.arrives
