"""The near days: what stays there, what leaves them, and what may come in."""

import datetime as dt

from attrs import evolve
from replanned import anew, causes, logged, row
from small import small

from campaign import plan
from campaign.answer import Campaign
from campaign.model.accounts import Account
from campaign.model.cadences import Cadence, Step
from campaign.model.outcomes import Outcome
from campaign.model.policy import Policy
from campaign.model.territory import Territory
from campaign.replanning import Cause, ChangeKind
from campaign.touches import Plan, Status
from campaign.workdays import plain

TUESDAY = dt.date(2027, 1, 5)
LETTER = Step("first", "letter", "introduce", within=1)


def territory(*steps: Step, accounts: int = 1, **keys: object) -> Territory:
    """Accounts that all run these steps."""
    return small(
        *(Account(f"A-{n}", f"Account {n}", cadence="own") for n in range(1, accounts + 1)),
        cadences={**Policy().cadences, "own": Cadence("own", steps)},
        **keys,
    )


def days(of: Campaign) -> dict[str, str]:
    """The days of the planned touches, by step and attempt."""
    return {
        touch.touch_id.rpartition("/")[2]: f"{touch.date:%m-%d}"
        for touch in of.touches
        if touch.status == "planned"
    }


def test_what_follows_a_missed_step_goes_with_it_though_its_day_is_frozen() -> None:
    of = plan(territory(LETTER, Step("then", "call", "listen", after="first", gap=[1, 6])))
    then = row(of, "A-1/A-1/then")
    found = anew(of, plain(then.date), freeze=3)
    assert found.campaign.left_out == ()
    assert row(found.campaign, "A-1/A-1/then").date > then.date
    assert causes(found.difference, ChangeKind.MOVED)["A-1/A-1/then"].cause is Cause.WINDOW


def test_what_follows_a_step_that_was_made_stays_on_its_frozen_day() -> None:
    of = plan(territory(LETTER, Step("then", "call", "listen", after="first", gap=[1, 6])))
    then = row(of, "A-1/A-1/then")
    made = logged(of, "A-1/A-1/first")
    assert anew(made, plain(then.date), freeze=3).difference.is_empty


def test_a_missed_touch_keeps_out_of_the_near_days_where_it_has_another_place() -> None:
    of = plan(territory(Step("first", "letter", "introduce", within=5)))
    found = anew(of, TUESDAY, freeze=3)
    assert days(found.campaign) == {"first#2": "01-08"}


def test_the_apology_comes_into_the_near_days_though_letters_fill_them() -> None:
    others = [Account(f"C-{n}", f"Account {n}", tier="C") for n in range(14)]
    angry = Account("A-1", "Cascade Dental", tier="A", relationship="grievance", grievance="mud")
    made = small(angry, *others)
    one_letter = evolve(made.channels["letter"], per_day=1)
    of = plan(evolve(made, channels={**made.channels, "letter": one_letter}))
    go = row(of, "A-1/A-1/go")
    rest = [
        evolve(touch, status=Status.DONE, outcome=Outcome.DONE, done_on=touch.date)
        if touch.date <= go.date and touch is not go
        else touch
        for touch in of.touches
        if touch.step != "sorry"
    ]
    day = plain(go.date) + dt.timedelta(days=1)
    found = anew(Plan(of.territory, rest), day, freeze=10)
    again, sorry = (row(found.campaign, f"A-1/A-1/{step}") for step in ("go#2", "sorry"))
    assert again.date < sorry.date < found.begun.first_free
    assert [left for left in found.campaign.left_out if left.required] == []
