"""A task file for HubSpot's import tool, which asks for the property of each heading."""

from collections.abc import Mapping

from campaign.errors import Finding
from campaign.outputs.activities import Activity, activities, waiting
from campaign.outputs.crm.tables import (
    OWN_WORDS,
    Row,
    Say,
    address_of_rep,
    description,
    is_done,
    render_rows,
    start_of,
    urgency,
    without_ids,
)
from campaign.outputs.plan_table import encode
from campaign.touches import Plan

WORDS = ("NOT_STARTED", "COMPLETED", "HIGH", "MEDIUM", "LOW", "TODO", "CALL", "EMAIL")
"""The picklist words that the file holds: status, priority, type."""

COLUMNS = (
    *("Task title", "Task notes", "Due date", "Task status", "Task type", "Priority"),
    *("Assigned to", "Company name", "Company Record ID", "Contact Record ID", "Touch ID"),
)
_NOTES = 65_000
_TYPES = {"call": "CALL", "email": "EMAIL"}


def render_tasks(plan: Plan, words: Mapping[str, str] = OWN_WORDS) -> bytes:
    """Every touch as a task, a visit one for all whom it meets; done ones as completed.

    A due date has its time where the touch has one, by the clock of the rep. `words` gives
    the portal's own word for one of `WORDS`. Raises `ValueError` for a word that is none of
    them.
    """
    say = Say(WORDS, words)
    return encode(render_rows(COLUMNS, (_task(each, say) for each in activities(plan))))


def doubts(plan: Plan) -> list[Finding]:
    """Notices where accounts have no id of HubSpot, and on what waits."""
    return [*without_ids(plan, "HubSpot", _is_id, "9876543210"), *waiting(plan)]


def _task(activity: Activity, say: Say) -> Row:
    account, touch = activity.who.account, activity.touch
    person = touch.contact_id if touch.contact_id != touch.account_id else ""
    return {
        "Task title": activity.subject,
        "Task notes": description(activity, _NOTES),
        "Due date": start_of(activity),
        "Task status": say("COMPLETED" if is_done(activity) else "NOT_STARTED"),
        "Task type": say(_TYPES.get(touch.channel, "TODO")),
        "Priority": say(("HIGH", "MEDIUM", "LOW")[urgency(activity)]),
        "Assigned to": address_of_rep(activity.plan, account.owner if account else ""),
        "Company name": activity.who.account_name,
        "Company Record ID": touch.account_id,
        "Contact Record ID": person if _is_id(person) else "",
        "Touch ID": touch.touch_id,
    }


def _is_id(identity: str) -> bool:
    return identity.isascii() and identity.isdigit()
