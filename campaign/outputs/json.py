"""The touches of a plan as plain values by column: for data frames, for JSON."""

import datetime as dt
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from campaign.outputs.plan_table import (
    LEFT_OUT_COLUMNS,
    campaign_columns,
    in_order,
    left_out_record,
    touch_record,
)
from campaign.outputs.proof import campaign_of, level_of
from campaign.touches import Plan
from campaign.workdays import plain

DATES = ("date", "arrives", "done_on", "again_on", "planned_on", "due", "told")
NUMBERS = ("stop", "travel_minutes", "home_minutes")
_KINDS: Mapping[str, type] = {
    **dict.fromkeys(("day", "minutes", *NUMBERS), int),
    **dict.fromkeys(DATES, dt.date),
    **dict.fromkeys(("required", "pinned"), bool),
}
"""What the columns hold that hold no texts."""


def kinds_of(plan: Plan) -> Mapping[str, type]:
    """The columns of the touches and what each holds, in their order, also where all is empty.

    Texts are never None, numbers and yes or no neither; dates may be.
    """
    return {name: _KINDS.get(name, str) for name in campaign_columns(plan)}


def kinds_of_left_out() -> Mapping[str, type]:
    """The same of what is left out."""
    return {name: _KINDS.get(name, str) for name in LEFT_OUT_COLUMNS}


def even_records(plan: Plan) -> list[dict[str, Any]]:
    """The touches as `records` has them, each column of one type: an empty text is ""."""
    return list(map(_even, records(plan)))


def left_out_records(plan: Plan) -> list[dict[str, Any]]:
    """What is left out by the columns of `left-out.csv`, each of one type."""
    return [_even(left_out_record(plan, left)) for left in plan.left_out]


def _even(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: "" if value is None and name not in _KINDS else value
        for name, value in record.items()
    }


def records(plan: Plan) -> list[dict[str, Any]]:
    """The touches by the columns of `campaign.csv`, in the order of that file.

    Texts are texts, numbers numbers and `required` and `pinned` true or false; dates are
    `datetime.date` or None; `start` and `end` are `HH:MM` or None. `stop`, `travel_minutes`
    and `home_minutes` are 0 where there is none, so that such a column holds whole numbers.
    """
    found = []
    for touch in in_order(plan.touches):
        values: dict[str, Any] = dict(touch_record(plan, touch))
        values |= {name: getattr(touch, name) for name in NUMBERS}
        values |= {name: date and plain(date) for name in DATES for date in (getattr(touch, name),)}
        found.append({**values, "pinned": touch.pinned})
    return found


SCHEMA_FILE = "campaign.schema.json"
FORMAT = 2
"""The number of the schema; it rises with every key that comes, goes or changes its meaning."""


def render_json(plan: Plan) -> str:
    """The plan as JSON that fits `schema()`, the same text for the same plan.

    Dates are ISO 8601 texts, times `HH:MM` by the clock of the rep.
    """
    territory = plan.territory
    content = {
        "format": FORMAT,
        "campaign": {**campaign_of(territory), "end": territory.calendar.end.isoformat()},
        "rep": {"name": territory.rep.name, "timezone": territory.rep.timezone},
        "levels": [level_of(level) for level in plan.levels],
        "touches": records(plan),
        "left_out": [left_out_record(plan, left) for left in plan.left_out],
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of what `render_json` writes."""
    text = resources.files("campaign.outputs").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
