"""The touches of a plan as plain values by column: for data frames, for JSON."""

import datetime as dt
from typing import Any

from campaign.outputs.table import campaign_columns, in_order, touch_record
from campaign.touches import Plan, Touch
from campaign.workdays import plain

DATES = ("date", "arrives", "done_on", "again_on", "planned_on")
NUMBERS = ("stop", "travel_minutes", "home_minutes")


def records(plan: Plan) -> list[dict[str, Any]]:
    """The touches by the columns of `campaign.csv`, in the order of that file.

    Texts are texts, numbers numbers and `required` and `pinned` true or false; dates are
    `datetime.date` or None; `start` and `end` are `HH:MM` or None. `stop`, `travel_minutes`
    and `home_minutes` are 0 where there is none, so that such a column holds whole numbers.
    """
    return [_record(plan, touch) for touch in in_order(plan.touches)]


def _record(plan: Plan, touch: Touch) -> dict[str, Any]:
    values: dict[str, Any] = dict(touch_record(plan, touch))
    values |= {name: getattr(touch, name) for name in NUMBERS}
    values |= {name: _own_kind(getattr(touch, name)) for name in DATES}
    values["pinned"] = touch.pinned
    return {name: values[name] for name in campaign_columns(plan)}


def _own_kind(date: dt.date | None) -> dt.date | None:
    """A date of the standard library's own kind, which every data frame knows."""
    return None if date is None else plain(date)
