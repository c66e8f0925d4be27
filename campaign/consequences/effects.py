"""What consequences do: to the territory, and as rows that are still to be planned."""

import datetime as dt
from collections.abc import Sequence

from attrs import evolve

from campaign.consequences.values import Consequences, Recovery
from campaign.consequences.working import consequences
from campaign.model.runs import main_contact, touch_id
from campaign.model.territory import Territory
from campaign.touches import PROMISES, Status, Touch, attempt


def territory_now(territory: Territory, touches: Sequence[Touch]) -> Territory:
    """The territory with what the logged rows of a plan say of it; itself without any."""
    if not any(touch.outcome for touch in touches):
        return territory
    return territory_after(territory, consequences(territory, touches))


def territory_after(territory: Territory, found: Consequences) -> Territory:
    """The territory with its consequences in it, itself where there are none.

    What people said of being reached is among its refusals, a recovery is a promise (kept,
    once it is resolved).
    """
    said = found.refusals
    if not (said or found.recoveries):
        return territory
    return evolve(
        territory,
        refusals=(*territory.refusals, *said),
        promises=[*territory.promises, *(one.promise for one in found.recoveries)],
    )


def rows_owed(
    territory: Territory, touches: Sequence[Touch], found: Consequences
) -> tuple[Touch, ...]:
    """What is owed and stands in no row yet: further attempts, and recoveries.

    Each as a planned row by its first channel on its first day, `planned_on` the day of
    what it follows from.
    """
    there = {attempt(touch)[0] for touch in touches}
    after = territory_after(territory, found)
    recoveries = [one for one in found.recoveries if one.is_open]
    return (
        *(
            _again(after, one.after, one.touch_id, channel=one.channels[0], day=one.first)
            for one in found.attempts
        ),
        *(row for one in recoveries if (row := _recovery(after, one)).touch_id not in there),
    )


def _again(territory: Territory, last: Touch, new_id: str, *, channel: str, day: dt.date) -> Touch:
    return Touch(
        new_id,
        day,
        account_id=last.account_id,
        contact_id=last.contact_id,
        channel=channel,
        cadence=last.cadence,
        step=last.step,
        purpose=last.purpose,
        required=last.required,
        minutes=territory.channels[channel].minutes,
        planned_on=last.day,
        status=Status.PLANNED,
        brief=last.brief,
    )


def _recovery(territory: Territory, one: Recovery) -> Touch:
    promise = one.promise
    account = territory.account(promise.account_id)
    contact_id = promise.contact_id or main_contact(territory, account).contact_id
    return Touch(
        touch_id(promise.account_id, contact_id, promise.promise_id),
        promise.due,
        account_id=promise.account_id,
        contact_id=contact_id,
        channel=promise.channel,
        cadence=PROMISES,
        step=promise.promise_id,
        purpose=promise.purpose,
        required=True,
        minutes=territory.channels[promise.channel].minutes,
        planned_on=one.because.day,
    )
