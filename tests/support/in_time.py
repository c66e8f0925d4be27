"""The window of a touch as the rules have it."""

import datetime as dt

from attrs import evolve

from campaign.rules import Facts
from campaign.rules.windows import window
from campaign.touches import Plan, Touch


def window_of(plan: Plan, touch: Touch) -> tuple[dt.date, dt.date]:
    """The first and the last date on which it is in time; all dates for what is not owed."""
    rows = [one for one in plan.touches if one.account_id == touch.account_id]
    facts = Facts(evolve(plan, touches=rows), only=touch.account_id)
    (due,) = (each.due for each in facts.rows if each.touch_id == touch.touch_id)
    if due is None:
        return facts.start, facts.end
    found = window(facts, due, touch.channel)
    return facts.date_at(found.first), facts.date_at(found.due)
