"""The report: one HTML page for a manager, which needs no network and prints well."""

import attrs

from campaign.outputs.coverage import coverage, keys_of
from campaign.outputs.pages import render_page
from campaign.outputs.report import parts
from campaign.outputs.report.territory_map import territory_map
from campaign.outputs.summary import summary
from campaign.rules.levels import levels
from campaign.touches import Plan


def render_report(plan: Plan) -> str:
    """A plan as one HTML page that holds all it needs and asks nothing of any network.

    The same plan gives the same bytes. A plan that knows no levels, as one that was read
    from its file, gets their figures without bounds. Names may hold anything: all of it is
    shown as text.
    """
    whole = plan if plan.levels else attrs.evolve(plan, levels=levels(plan))
    keys, figures = keys_of(whole), summary(whole)
    return render_page(
        "campaign.outputs.report",
        "report",
        headline=parts.headline(whole, figures),
        keys=keys.values(),
        calendar=parts.calendar(whole),
        load=parts.load(whole, keys),
        coverage=coverage(whole, keys),
        map=territory_map(whole),
        agenda=parts.agenda(whole, keys),
        left_out=parts.left_out(whole, figures, keys),
        levels=parts.level_rows(whole),
        tested=parts.rules_tested(whole),
    )
