"""The report: one HTML page for a manager, which needs no network and prints well."""

from typing import Any

import attrs

from campaign.outputs.coverage import coverage, keys_of
from campaign.outputs.pages import render_page, text_of
from campaign.outputs.report.agenda_days import agenda
from campaign.outputs.report.headline import headline, left_out, level_rows, rules_tested
from campaign.outputs.report.territory_map import territory_map
from campaign.outputs.report.weeks import calendar, load
from campaign.outputs.summary import summary
from campaign.rules.levels import levels
from campaign.touches import Plan

_ROOM = "campaign.outputs.report"


def render_report(plan: Plan) -> str:
    """A plan as one HTML page that holds all it needs and asks nothing of any network.

    The same plan gives the same bytes. A plan that knows no levels, as one that was read
    from its file, gets their figures without bounds. Names may hold anything: all of it is
    shown as text.
    """
    whole = plan if plan.levels else attrs.evolve(plan, levels=levels(plan))
    style, script = text_of(_ROOM, "report.css"), text_of(_ROOM, "report.js")
    return render_page(_ROOM, "report.html", style=style, script=script, **_parts(whole))


def _parts(plan: Plan) -> dict[str, Any]:
    keys, figures = keys_of(plan), summary(plan)
    return {
        "headline": headline(plan, figures),
        "keys": keys.values(),
        "calendar": calendar(plan),
        "load": load(plan, keys),
        "coverage": coverage(plan, keys),
        "map": territory_map(plan),
        "agenda": agenda(plan, keys),
        "left_out": left_out(plan, keys),
        "levels": level_rows(plan),
        "tested": rules_tested(plan),
    }
