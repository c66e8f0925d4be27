"""Further attempts at a step, and what follows it."""

import datetime as dt

from attrs import evolve
from replanned import anew, row
from small import small

from campaign import plan
from campaign.model.accounts import Account
from campaign.model.cadences import Cadence, Step
from campaign.model.outcomes import Outcome
from campaign.model.shipped import shipped_cadences
from campaign.touches import Plan, Status, Touch
from campaign.workdays import plain

STEPS = (
    Step("talk", "call", "listen", within=5),
    Step("then", "letter", "share", after="talk", gap=[3, 9]),
)
OF = small(
    Account("A-1", "Cascade Dental", cadence="own"),
    cadences={**shipped_cadences(), "own": Cadence("own", STEPS)},
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
