"""From a plan to its page: every part of it, in the order of a reader."""

from typing import Any

import attrs

from campaign.outputs.pages import Page
from campaign.outputs.report import calendar, coverage, days, headline, left_out, load
from campaign.outputs.report.keys import keys_of
from campaign.outputs.report.territory_map import territory_map
from campaign.outputs.summary import summary
from campaign.rules.levels import levels
from campaign.touches import Plan

_PAGE = Page("campaign.outputs.report", "page", "report.html", "report.css", "report.js")


def render_report(plan: Plan) -> str:
    """A plan as one HTML page that holds all it needs and asks nothing of any network.

    The same plan gives the same bytes. A plan that knows no levels, as one that was read
    from its file, gets their figures without bounds. Names may hold anything: all of it is
    shown as text.
    """
    whole = plan if plan.levels else attrs.evolve(plan, levels=levels(plan))
    return _PAGE.render(**_parts(whole))


def _parts(plan: Plan) -> dict[str, Any]:
    keys, figures = keys_of(plan), summary(plan)
    return {
        "headline": headline.headline(plan, figures),
        "keys": keys.values(),
        "calendar": calendar.calendar(plan),
        "load": load.load(plan, keys),
        "coverage": coverage.coverage(plan, keys),
        "map": territory_map(plan),
        "agenda": days.agenda(plan, keys),
        "left_out": left_out.left_out(plan, keys),
        "levels": headline.level_rows(plan),
        "tested": headline.rules_tested(plan),
    }
