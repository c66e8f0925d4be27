"""Activity files for Dynamics 365's data import: tasks, phone calls, appointments.

The headings are the display names of the fields, by which the import maps them by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator

from campaign.errors import Finding
from campaign.outputs.activities import Activity, ActivityKind, activities
from campaign.outputs.crm import tables
from campaign.outputs.plan_table import encode, harmless
from campaign.phrases import counted
from campaign.touches import Plan

WORDS = ("Open", "Completed", "High", "Normal", "Low")
"""The picklist words that the files hold: status, priority."""

_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_SUBJECT, _DESCRIPTION, _PLACE = 200, 2_000, 200
_FIRST: tables.Columns = {
    "Subject": lambda each: tables.cut(each.subject, _SUBJECT),
    "Regarding": lambda each: each.who.account_name,
}
_WHOM: tables.Columns = {
    "Call To": lambda each: ", ".join(each.people) or each.who.account_name,
    # With dashes a spreadsheet would take it for a sum, and it would get an apostrophe.
    "Phone Number": lambda each: each.who.phone.replace("-", " "),
}
_WHEN: tables.Columns = {
    "Due Date": tables.on_the_clock,
    "Duration": lambda each: f"{sum(touch.minutes for touch in each.touches)}",
}
_WHERE: tables.Columns = {
    "Start Time": tables.on_the_clock,
    "End Time": lambda each: tables.on_the_clock(each, 1),
    "All Day Event": lambda each: "No" if each.span else "Yes",
    "Location": lambda each: tables.cut(each.place, _PLACE),
}
_LAST: tables.Columns = {
    "Priority": lambda each: tables.urgency(each, "High", "Normal", "Low"),
    "Activity Status": lambda each: tables.Pick("Completed" if each.is_done else "Open"),
    "Owner": tables.owner_of,
    "Description": lambda each: tables.description(each, _DESCRIPTION),
    "Account ID": lambda each: each.touch.account_id,
    "Touch ID": lambda each: each.touch.touch_id,
}


def render_tasks(plan: Plan, words: tables.Words = tables.OWN_WORDS) -> bytes:
    """Letters, cards and whatever is neither call nor visit, as tasks.

    `words` gives the organisation's own word for one of `WORDS`. Raises `ValueError` for a
    word that is none of them.
    """
    found = (each for each in activities(plan) if not _is_call(each) and not _is_visit(each))
    return encode(tables.render_rows({**_FIRST, **_WHEN, **_LAST}, found, WORDS, words))


def render_calls(plan: Plan, words: tables.Words = tables.OWN_WORDS) -> bytes:
    """Calls as phone calls; `words` as for tasks."""
    found = filter(_is_call, activities(plan))
    return encode(tables.render_rows({**_FIRST, **_WHOM, **_WHEN, **_LAST}, found, WORDS, words))


def render_appointments(plan: Plan, words: tables.Words = tables.OWN_WORDS) -> bytes:
    """Visits as appointments by the clock of the rep, all day where they have no time."""
    found = filter(_is_visit, activities(plan))
    return encode(tables.render_rows({**_FIRST, **_WHERE, **_LAST}, found, WORDS, words))


def doubts(plan: Plan) -> list[Finding]:
    """Notices where accounts have no id of Dynamics, or no name that finds them; what waits."""
    like = "8f1b5a42-3c1e-ec11-b6e6-000d3a4f1c22"
    further = (*_not_found_by_name(plan), *_namesakes(plan))
    return tables.doubts_of(plan, "Dynamics", lambda one: bool(_GUID.fullmatch(one)), like, further)


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
        have = counted(len(found), "account has a name", "accounts have names")
        problem = f"{have} by which Regarding does not find one account, the first is {found[0]}"
        remedy = "map Account ID to Regarding in its place, with the primary key of the account"
        yield _of_names("accounts.csv", problem, remedy)


def _namesakes(plan: Plan) -> Iterator[Finding]:
    """A notice on people to be called whose name somebody else of the list has too."""
    ids = {(one.name.casefold(), one.contact_id) for one in plan.territory.contacts}
    times = Counter(name for name, _ in ids)
    called = (name for each in activities(plan) if _is_call(each) for name in each.people)
    found = [name for name in dict.fromkeys(called) if times[name.casefold()] > 1]
    if found:
        share = counted(len(found), "name is", "names are")
        what = f"{share} that of several people, so that Call To does not find one of them"
        remedy = "map Call To by hand, or write the names so that they differ, there and here"
        yield _of_names("contacts.csv", f"{what}, the first is {found[0]}", remedy)


def _of_names(file: str, problem: str, remedy: str) -> Finding:
    return Finding.notice(file, problem, remedy=remedy, column="name")


def _is_visit(activity: Activity) -> bool:
    return activity.kind is ActivityKind.VISIT


def _is_call(activity: Activity) -> bool:
    return activity.touch.channel == "call"
