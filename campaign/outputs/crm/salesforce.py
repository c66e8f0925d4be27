"""Task and Event files for Salesforce's Data Loader, the headings being its API names.

Field names, lengths and picklist values are those of the object reference for Task and
Event. The Data Loader wants UTF-8 without a byte order mark.
"""

import datetime as dt
import re
from collections.abc import Mapping

from campaign.errors import Finding
from campaign.outputs.activities import Activity, ActivityKind, activities, waiting
from campaign.outputs.crm.tables import (
    OWN_WORDS,
    Row,
    Say,
    cut,
    description,
    is_done,
    render_rows,
    urgency,
    without_ids,
)
from campaign.touches import Plan

WORDS = ("Not Started", "Completed", "High", "Normal", "Low", "Task", "Call", "Email")
"""The picklist words that the files hold: status, priority, subtype."""

_LINKS = ("WhatId", "WhoId", "OwnerId")
TASK_COLUMNS = (
    *("Subject", "ActivityDate", "Status", "Priority", *_LINKS),
    *("Description", "TaskSubtype", "TouchId"),
)
EVENT_COLUMNS = (
    *("Subject", "StartDateTime", "EndDateTime", "IsAllDayEvent", "ActivityDate", "Location"),
    *(*_LINKS, "Description", "TouchId"),
)
_ID = re.compile(r"(00[1-9Q])[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_ACCOUNT, _CONTACT, _USER, _LEAD = "001", "003", "005", "00Q"
_SUBJECT, _DESCRIPTION, _LOCATION = 255, 32_000, 255
_SUBTYPES = {"call": "Call", "email": "Email"}


def render_tasks(plan: Plan, words: Mapping[str, str] = OWN_WORDS) -> str:
    """Calls, letters and cards as Tasks, done ones as completed; the visits are Events.

    `words` gives the org's own word for one of `WORDS`. Raises `ValueError` for a word
    that is none of them.
    """
    say = Say(WORDS, words)
    at_desk = (each for each in activities(plan) if each.kind is not ActivityKind.VISIT)
    return render_rows(TASK_COLUMNS, (_task(activity, say) for activity in at_desk))


def render_events(plan: Plan, words: Mapping[str, str] = OWN_WORDS) -> str:
    """Visits as Events, in UTC; all day where they have no time. `words` as for tasks."""
    Say(WORDS, words)
    visits = (each for each in activities(plan) if each.kind is ActivityKind.VISIT)
    return render_rows(EVENT_COLUMNS, map(_event, visits))


def doubts(plan: Plan) -> list[Finding]:
    """Notices where accounts have no id of Salesforce, and on what waits."""
    return [*without_ids(plan, "Salesforce", _is_linked, "0015g00000XyZaBAAV"), *waiting(plan)]


def _task(activity: Activity, say: Say) -> Row:
    done = activity.touch.done_on if is_done(activity) else None
    return {
        "Subject": cut(activity.subject, _SUBJECT),
        "ActivityDate": (done or activity.touch.date).isoformat(),
        "Status": say("Completed" if is_done(activity) else "Not Started"),
        "Priority": say(("High", "Normal", "Low")[urgency(activity)]),
        **_links(activity),
        "Description": description(activity, _DESCRIPTION),
        "TaskSubtype": say(_SUBTYPES.get(activity.touch.channel, "Task")),
        "TouchId": activity.touch.touch_id,
    }


def _event(activity: Activity) -> Row:
    start, end = activity.span or (None, None)
    return {
        "Subject": cut(activity.subject, _SUBJECT),
        "StartDateTime": _utc(start),
        "EndDateTime": _utc(end),
        "IsAllDayEvent": "false" if start else "true",
        "ActivityDate": "" if start else activity.touch.date.isoformat(),
        "Location": cut(activity.place, _LOCATION),
        **_links(activity),
        "Description": description(activity, _DESCRIPTION),
        "TouchId": activity.touch.touch_id,
    }


def _links(activity: Activity) -> dict[str, str]:
    """Whom it is about; a Task of a lead may not name anything else beside it."""
    account_id, contact_id = activity.touch.account_id, activity.touch.contact_id
    account = activity.who.account
    owner = account.owner if account else ""
    leads = [each for each in (contact_id, account_id) if _kind(each) == _LEAD]
    person = contact_id if _kind(contact_id) == _CONTACT else ""
    return {
        "WhatId": "" if leads else account_id,
        "WhoId": leads[0] if leads else person,
        "OwnerId": owner if _kind(owner) == _USER else "",
    }


def _is_linked(account_id: str) -> bool:
    return _kind(account_id) in (_ACCOUNT, _LEAD)


def _kind(identity: str) -> str:
    """The prefix by which an id says what it is of; empty where it is no id."""
    found = _ID.fullmatch(identity)
    return found[1] if found else ""


def _utc(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""
