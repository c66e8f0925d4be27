"""What consequences do: to the territory, and as rows that are still to be planned."""

import datetime as dt
from collections.abc import Sequence

from attrs import evolve

from campaign.consequences.from_rows import consequences
from campaign.consequences.values import Asked, Consequences, Recovery
from campaign.model.cadences import CHECK_BACK, COMPLAINT
from campaign.model.outcomes import WITHOUT_A_PERSON
from campaign.model.persons import Lived
from campaign.model.runs import promised_to, runner_of, touch_id
from campaign.model.territory import Territory
from campaign.touches import HEARD, PROMISES, Status, Touch, attempt
from campaign.workdays import plain

_OVER = (Status.DONE, Status.MISSED, Status.SKIPPED)


def territory_now(territory: Territory, touches: Sequence[Touch]) -> Territory:
    """The territory with what the logged rows of a plan say of it; itself without any."""
    lived = with_lived(territory, touches)
    if not any(touch.outcome for touch in touches):
        return lived
    return _with_kept(territory_after(lived, consequences(lived, touches)), touches)


def _with_kept(territory: Territory, touches: Sequence[Touch]) -> Territory:
    """The territory with promises kept that were kept to somebody who has left since.

    They are not owed once more to whoever comes in their place.
    """
    over = (row for row in touches if row.is_promise and row.is_done)
    made = {(row.account_id, row.step): row for row in over if not _is_again(territory, row)}
    accounts = {one.account_id: one for one in territory.active_accounts} if made else {}
    kept = dict[tuple[str, str], dt.date]()
    for one in territory.promises:
        key, account = (one.account_id, one.promise_id), accounts.get(one.account_id)
        if key in made and account and one.is_open and one.is_listed:
            now = promised_to(territory, account, one)
            if now.contact_id != made[key].contact_id:
                kept[key] = made[key].day
    if not kept:
        return territory
    promises = (
        evolve(one, kept_on=kept.get((one.account_id, one.promise_id), one.kept_on))
        for one in territory.promises
    )
    return evolve(territory, promises=tuple(promises))


def _is_again(territory: Territory, row: Touch) -> bool:
    return bool(row.outcome) and territory.follow_ups[row.outcome].again is not None


def with_lived(territory: Territory, touches: Sequence[Touch]) -> Territory:
    """The territory with what is over of a plan: who runs already, who is known from where."""
    found: dict[tuple[str, ...], list[Touch]] = {}
    for touch in touches:
        if touch.status in _OVER and touch.cadence not in (PROMISES, HEARD, COMPLAINT, CHECK_BACK):
            key = touch.account_id, touch.contact_id, runner_of(touch.touch_id), touch.cadence
            found.setdefault(key, []).append(touch)
    known = {_who(one): one for one in territory.lived}
    lived = known | {key: _lived(territory, key, rows) for key, rows in found.items()}
    return territory if lived == known else evolve(territory, lived=lived.values())


def _who(one: Lived) -> tuple[str, ...]:
    return one.account_id, one.contact_id, one.runner, one.cadence


def _lived(territory: Territory, key: tuple[str, ...], rows: Sequence[Touch]) -> Lived:
    account_id, contact_id, runner, cadence = key
    made = sorted((row for row in rows if _reached(row)), key=lambda row: (row.day, row.touch_id))
    borne = (plain(row.day) for row in rows if row.is_done and _is_borne(territory, row))
    return Lived(
        account_id,
        contact_id,
        runner=runner,
        cadence=cadence,
        steps={row.step for row in rows},
        by=tuple(dict.fromkeys(row.channel for row in made)),
        last=max(borne, default=None),
    )


def _is_borne(territory: Territory, row: Touch) -> bool:
    """Whether a touch counts to what a person is asked to bear."""
    purpose = territory.purposes.get(row.purpose)
    is_courtesy = purpose is not None and purpose.courtesy
    return not is_courtesy and (not row.outcome or territory.follow_ups[row.outcome].counts)


def _reached(row: Touch) -> bool:
    return row.is_done and row.outcome not in WITHOUT_A_PERSON


def territory_after(territory: Territory, found: Consequences) -> Territory:
    """The territory with its consequences in it, itself where there are none.

    What people said of being reached is among its refusals; a recovery, and a day that they
    asked for, is a promise (kept, once they were talked to).
    """
    said = found.refusals
    if not (said or found.promised):
        return territory
    return evolve(
        territory,
        refusals=(*territory.refusals, *said),
        promises=[*territory.promises, *(one.promise for one in found.promised)],
    )


def rows_owed(
    territory: Territory, touches: Sequence[Touch], found: Consequences
) -> tuple[Touch, ...]:
    """What is owed and stands in no row yet: further attempts, recoveries, days asked for.

    Each as a planned row by its first channel on its first day, `planned_on` the day of
    what it follows from.
    """
    there = {attempt(touch)[0] for touch in touches}
    after = territory_after(territory, found)
    promised = [one for one in found.promised if one.is_open]
    return (
        *(
            _again(after, one.after, one.touch_id, channel=one.channels[0], day=one.first)
            for one in found.attempts
        ),
        *(row for one in promised if (row := _promised(after, one)).touch_id not in there),
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
        minutes=_minutes(territory, last.account_id, channel),
        planned_on=last.day,
        status=Status.PLANNED,
        brief=last.brief,
    )


def _minutes(territory: Territory, account_id: str, channel: str) -> int:
    """The minutes of a touch, also of an account that the lists do not know any more."""
    used = territory.channels[channel]
    try:
        return territory.account(account_id).minutes_by(used)
    except KeyError:
        return used.minutes


def _promised(territory: Territory, one: Recovery | Asked) -> Touch:
    promise = one.promise
    account = territory.account(promise.account_id)
    contact_id = promised_to(territory, account, promise).contact_id
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
        minutes=account.minutes_by(territory.channels[promise.channel]),
        planned_on=one.because.day,
    )
