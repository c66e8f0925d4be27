"""Activity files for Dynamics 365's data import: tasks, phone calls, appointments.

The headings are the display names of the fields, by which the import maps them by itself.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from campaign.errors import Finding, Severity
from campaign.outputs.activities import Activity, ActivityKind, activities, waiting
from campaign.outputs.crm.tables import (
    OWN_WORDS,
    Row,
    Say,
    cut,
    description,
    in_zone,
    is_done,
    render_rows,
    start_of,
    urgency,
    without_ids,
)
from campaign.outputs.plan_table import encode, harmless
from campaign.touches import Plan

WORDS = ("Open", "Completed", "High", "Normal", "Low")
"""The picklist words that the files hold: status, priority."""

_LAST = ("Priority", "Activity Status", "Owner", "Description", "Account ID", "Touch ID")
TASK_COLUMNS = ("Subject", "Regarding", "Due Date", "Duration", *_LAST)
CALL_COLUMNS = ("Subject", "Regarding", "Call To", "Phone Number", "Due Date", "Duration", *_LAST)
APPOINTMENT_COLUMNS = (
    *("Subject", "Regarding", "Start Time", "End Time", "All Day Event", "Location", *_LAST),
)
_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_SUBJECT, _DESCRIPTION, _PLACE = 200, 2_000, 200
_A_DAY = dt.timedelta(days=1)


def render_tasks(plan: Plan, words: Mapping[str, str] = OWN_WORDS) -> bytes:
    """Letters, cards and whatever is neither call nor visit, as tasks.

    `words` gives the organisation's own word for one of `WORDS`. Raises `ValueError` for a
    word that is none of them.
    """
    found = (each for each in activities(plan) if not _is_call(each) and not _is_visit(each))
    return _rendered(TASK_COLUMNS, found, words)


def render_calls(plan: Plan, words: Mapping[str, str] = OWN_WORDS) -> bytes:
    """Calls as phone calls; `words` as for tasks."""
    return _rendered(CALL_COLUMNS, filter(_is_call, activities(plan)), words)


def render_appointments(plan: Plan, words: Mapping[str, str] = OWN_WORDS) -> bytes:
    """Visits as appointments by the clock of the rep, all day where they have no time."""
    return _rendered(APPOINTMENT_COLUMNS, filter(_is_visit, activities(plan)), words)


def doubts(plan: Plan) -> list[Finding]:
    """Notices where accounts have no id of Dynamics, or no name that finds them; what waits."""
    like = "8f1b5a42-3c1e-ec11-b6e6-000d3a4f1c22"
    without = without_ids(plan, "Dynamics", lambda each: bool(_GUID.fullmatch(each)), like)
    return [*without, *_not_found_by_name(plan), *_namesakes(plan), *waiting(plan)]


def _not_found_by_name(plan: Plan) -> Iterator[Finding]:
    """A notice on touched accounts whose name several have, or that is written otherwise."""
    accounts = plan.territory.accounts
    times = Counter(account.name.casefold() for account in accounts)
    found = [
        account.name
        for account in accounts
        if account.account_id in plan.by_account
        and (times[account.name.casefold()] > 1 or harmless(account.name) != account.name)
    ]
    if found:
        have = "1 account has a name" if len(found) == 1 else f"{len(found)} accounts have names"
        yield Finding(
            "accounts.csv",
            f"{have} by which Regarding does not find one account, the first is {found[0]}",
            remedy="map Account ID to Regarding in its place, with the primary key of the account",
            column="name",
            severity=Severity.NOTICE,
        )


def _namesakes(plan: Plan) -> Iterator[Finding]:
    """A notice on people to be called whose name somebody else of the list has too."""
    names: dict[str, set[str]] = {}
    for contact in plan.territory.contacts:
        names.setdefault(contact.name.casefold(), set()).add(contact.contact_id)
    called = [each for one in filter(_is_call, activities(plan)) for each in one.people]
    found = [name for name in dict.fromkeys(called) if len(names.get(name.casefold(), ())) > 1]
    if found:
        share = "1 name is" if len(found) == 1 else f"{len(found)} names are"
        yield Finding(
            "contacts.csv",
            f"{share} that of several people, so that Call To does not find one of them, "
            f"the first is {found[0]}",
            remedy="map Call To by hand, or write the names so that they differ, there and here",
            column="name",
            severity=Severity.NOTICE,
        )


def _rendered(
    columns: tuple[str, ...], found: Iterable[Activity], words: Mapping[str, str]
) -> bytes:
    say = Say(WORDS, words)
    return encode(render_rows(columns, (_row(activity, say) for activity in found)))


def _row(activity: Activity, say: Say) -> Row:
    """Every column that one of the files has."""
    account, touch, who = activity.who.account, activity.touch, activity.who
    return {
        "Subject": cut(activity.subject, _SUBJECT),
        "Regarding": who.account_name,
        "Call To": ", ".join(activity.people) or who.account_name,
        # With dashes a spreadsheet would take it for a sum, and it would get an apostrophe.
        "Phone Number": who.phone.replace("-", " "),
        "Due Date": start_of(activity),
        "Duration": f"{sum(each.minutes for each in activity.touches)}",
        "Start Time": start_of(activity),
        "End Time": _end(activity),
        "All Day Event": "No" if activity.span else "Yes",
        "Location": cut(activity.place, _PLACE),
        "Priority": say(("High", "Normal", "Low")[urgency(activity)]),
        "Activity Status": say("Completed" if is_done(activity) else "Open"),
        "Owner": account.owner if account else "",
        "Description": description(activity, _DESCRIPTION),
        "Account ID": touch.account_id,
        "Touch ID": touch.touch_id,
    }


def _end(activity: Activity) -> str:
    if activity.span:
        return in_zone(activity.span[1], activity.plan.territory)
    return (activity.touch.date + _A_DAY).isoformat()


def _is_visit(activity: Activity) -> bool:
    return activity.kind is ActivityKind.VISIT


def _is_call(activity: Activity) -> bool:
    return activity.touch.channel == "call"
