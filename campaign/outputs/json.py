"""The plan as JSON for other programs, by a schema that is published with it."""

import json
from importlib import resources
from typing import Any

from campaign.outputs.proof import campaign_of, level_of
from campaign.outputs.records import records
from campaign.outputs.table import left_out_record
from campaign.touches import Plan

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
