"""Task and Event files for Salesforce's Data Loader, the headings being its API names.

Field names, lengths and picklist values are those of the object reference for Task and
Event. The Data Loader wants UTF-8 without a byte order mark.
"""

import re

from campaign.errors import Finding
from campaign.outputs.activities import Activity, ActivityKind, activities
from campaign.outputs.crm import tables
from campaign.touches import Plan

WORDS = ("Not Started", "Completed", "High", "Normal", "Low", "Task", "Call", "Email")
"""The picklist words that the files hold: status, priority, subtype."""

_ID = re.compile(r"(00[1-9Q])[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_ACCOUNT, _CONTACT, _USER, _LEAD = "001", "003", "005", "00Q"
_SUBJECT, _DESCRIPTION, _LOCATION = 255, 32_000, 255
_SUBTYPES = {"call": "Call", "email": "Email"}
# A Task of a lead may not name anything else beside it.
_LINKS: tables.Columns = {
    "WhatId": lambda each: "" if _leads(each) else each.touch.account_id,
    "WhoId": lambda each: (*_leads(each), _of_kind(_CONTACT, each.touch.contact_id))[0],
    "OwnerId": lambda each: _of_kind(_USER, tables.owner_of(each)),
}
_TASK: tables.Columns = {
    "Subject": lambda each: tables.cut(each.subject, _SUBJECT),
    "ActivityDate": lambda each: f"{(each.is_done and each.touch.done_on) or each.touch.date}",
    "Status": lambda each: tables.Pick("Completed" if each.is_done else "Not Started"),
    "Priority": lambda each: tables.urgency(each, "High", "Normal", "Low"),
    **_LINKS,
    "Description": lambda each: tables.description(each, _DESCRIPTION),
    "TaskSubtype": lambda each: tables.Pick(_SUBTYPES.get(each.touch.channel, "Task")),
    "TouchId": lambda each: each.touch.touch_id,
}
_EVENT: tables.Columns = {
    "Subject": _TASK["Subject"],
    "StartDateTime": lambda each: _utc(each, 0),
    "EndDateTime": lambda each: _utc(each, 1),
    "IsAllDayEvent": lambda each: "false" if each.span else "true",
    "ActivityDate": lambda each: "" if each.span else each.touch.date.isoformat(),
    "Location": lambda each: tables.cut(each.place, _LOCATION),
    **_LINKS,
    "Description": _TASK["Description"],
    "TouchId": _TASK["TouchId"],
}


def render_tasks(plan: Plan, words: tables.Words = tables.OWN_WORDS) -> str:
    """Calls, letters and cards as Tasks, done ones as completed; the visits are Events.

    `words` gives the org's own word for one of `WORDS`. Raises `ValueError` for a word
    that is none of them.
    """
    at_desk = (each for each in activities(plan) if each.kind is not ActivityKind.VISIT)
    return tables.render_rows(_TASK, at_desk, WORDS, words)


def render_events(plan: Plan, words: tables.Words = tables.OWN_WORDS) -> str:
    """Visits as Events, in UTC; all day where they have no time. `words` as for tasks."""
    visits = (each for each in activities(plan) if each.kind is ActivityKind.VISIT)
    return tables.render_rows(_EVENT, visits, WORDS, words)


def doubts(plan: Plan) -> list[Finding]:
    """Notices where accounts have no id of Salesforce, and on what waits."""
    return tables.doubts_of(
        plan, "Salesforce", lambda each: _kind(each) in (_ACCOUNT, _LEAD), "0015g00000XyZaBAAV"
    )


def _leads(activity: Activity) -> list[str]:
    ids = activity.touch.contact_id, activity.touch.account_id
    return [each for each in ids if _kind(each) == _LEAD]


def _kind(identity: str) -> str:
    """The prefix by which an id says what it is of; empty where it is no id."""
    found = _ID.fullmatch(identity)
    return found[1] if found else ""


def _of_kind(kind: str, identity: str) -> str:
    return identity if _kind(identity) == kind else ""


def _utc(activity: Activity, end: int) -> str:
    return f"{activity.span[end]:%Y-%m-%dT%H:%M:%SZ}" if activity.span else ""
