"""Rows of a plan made by hand: what is owed under their id fills in what is not said."""

# ruff: noqa: ANN401 (the factories pass on whatever their values take)

import datetime as dt
from typing import Any

from attrs import evolve

from campaign.demand import Owed, demand, left_out
from campaign.model.territory import Territory
from campaign.touches import LeftOut, ReasonCode, Touch

START = dt.date(2027, 1, 4)


def day(text: str) -> dt.date:
    """A date of 2027 from its month and day, as `01-04`."""
    return dt.date.fromisoformat(f"2027-{text}")


def a_touch(
    touch_id: str,
    date: dt.date | str = START,
    channel: str | None = None,
    *,
    of: Territory | None = None,
    **others: Any,
) -> Touch:
    """A touch as a correct plan has it, by the first channel of its step; `date` as in `day`.

    Where nothing is owed under its id it is an introduction of the standard cadence, by letter.
    """
    on = day(date) if isinstance(date, str) else date
    owed = _owed(of, touch_id)
    account_id, contact_id, step = touch_id.split("/")
    usual_channel = owed.step.channels[0] if owed else "letter"
    by = usual_channel if channel is None else channel
    usual: dict[str, Any] = {
        "account_id": account_id,
        "contact_id": owed.person.contact_id if owed else contact_id,
        "channel": by,
        "cadence": owed.cadence if owed else "standard",
        "step": owed.step.name if owed else step.partition("#")[0],
        "purpose": owed.step.purpose if owed else "introduce",
        "required": owed.step.required if owed else True,
        "minutes": 15,
        "planned_on": of.start if of else START,
        **(_of_channel(of, by, on) if of else {}),
    }
    return Touch(touch_id, on, **usual | others)


def _of_channel(territory: Territory, name: str, on: dt.date) -> dict[str, Any]:
    """What a channel asks of its row; a visit is alone on its day, a quarter of an hour away."""
    channel = territory.channels.get(name)
    if channel is None:
        return {}
    found: dict[str, Any] = {"minutes": channel.minutes}
    if channel.is_post:
        found["arrives"] = territory.calendar.after(on, channel.days_in_post)
    if channel.travels:
        found |= {"stop": 1, "travel_minutes": 20, "home_minutes": 15}
    return found


def left(
    touch_id: str,
    *,
    of: Territory | None = None,
    reason_code: ReasonCode = ReasonCode.CAPACITY,
    **others: Any,
) -> LeftOut:
    """A row of what is left out, for want of time unless told otherwise."""
    owed = _owed(of, touch_id)
    if owed:
        row = left_out(owed, reason_code, "no time", touch_id=touch_id)
        return evolve(row, **others)
    account_id, contact_id, step = touch_id.split("/")
    usual: dict[str, Any] = {
        "account_id": account_id,
        "contact_id": contact_id,
        "cadence": "light",
        "step": step,
        "channel": "letter",
        "required": True,
        "reason": "The week is full.",
    }
    return LeftOut(touch_id, reason_code=reason_code, **usual | others)


def _owed(territory: Territory | None, touch_id: str) -> Owed | None:
    return demand(territory).by_id.get(touch_id.partition("#")[0]) if territory else None
