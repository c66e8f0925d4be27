"""A task file for HubSpot's import tool, which asks for the property of each heading."""

from campaign.errors import Finding
from campaign.outputs.activities import activities
from campaign.outputs.crm import tables
from campaign.outputs.plan_table import encode
from campaign.touches import Plan

WORDS = ("NOT_STARTED", "COMPLETED", "HIGH", "MEDIUM", "LOW", "TODO", "CALL", "EMAIL")
"""The picklist words that the file holds: status, priority, type."""

_NOTES = 65_000
_TYPES = {"call": "CALL", "email": "EMAIL"}
_COLUMNS: tables.Columns = {
    "Task title": lambda each: each.subject,
    "Task notes": lambda each: tables.description(each, _NOTES),
    "Due date": tables.on_the_clock,
    "Task status": lambda each: tables.Pick("COMPLETED" if each.is_done else "NOT_STARTED"),
    "Task type": lambda each: tables.Pick(_TYPES.get(each.touch.channel, "TODO")),
    "Priority": lambda each: tables.urgency(each, "HIGH", "MEDIUM", "LOW"),
    "Assigned to": tables.address_of_rep,
    "Company name": lambda each: each.who.account_name,
    "Company Record ID": lambda each: each.touch.account_id,
    "Contact Record ID": lambda each: (
        each.touch.contact_id if each.who.meets and _is_id(each.touch.contact_id) else ""
    ),
    "Touch ID": lambda each: each.touch.touch_id,
}


def render_tasks(plan: Plan, words: tables.Words = tables.OWN_WORDS) -> bytes:
    """Every touch as a task, a visit one for all whom it meets; done ones as completed.

    A due date has its time where the touch has one, by the clock of the rep. `words` gives
    the portal's own word for one of `WORDS`. Raises `ValueError` for a word that is none of
    them.
    """
    return encode(tables.render_rows(_COLUMNS, activities(plan), WORDS, words))


def doubts(plan: Plan) -> list[Finding]:
    """Notices where accounts have no id of HubSpot, and on what waits."""
    return tables.doubts_of(plan, "HubSpot", _is_id, "9876543210")


def _is_id(identity: str) -> bool:
    return identity.isascii() and identity.isdigit()
