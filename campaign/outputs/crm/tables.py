"""What the files of all customer systems share: their columns, ids, priorities, an org's words."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from campaign.errors import Finding
from campaign.outputs.activities import Activity, waiting
from campaign.outputs.plan_table import render_table
from campaign.touches import Plan

Words = Mapping[str, str]
OWN_WORDS: Words = MappingProxyType({})
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")


class Pick(str):
    """A word of a picklist, for which an org may have its own."""

    __slots__ = ()


Columns = Mapping[str, Callable[[Activity], str]]
"""The headings of a file, and what each cell is told of an activity."""


def render_rows(
    columns: Columns, rows: Iterable[Activity], known: Collection[str], words: Words
) -> str:
    """Activities as a table with its headings, also where there is none.

    `words` gives the org's own word for one that is `known`. Raises `ValueError` for a word that
    is none of them.
    """
    for word in words:
        if word not in known:
            raise ValueError(f'"{word}" is no word here; the words are {", ".join(known)}')
    cells = ([cell(row) for cell in columns.values()] for row in rows)
    said = ([words.get(one, one) if isinstance(one, Pick) else one for one in row] for row in cells)
    return render_table(columns, said)


def urgency(activity: Activity, *words: str) -> Pick:
    """The first word for what is owed (a promise, a grievance), the second for required touches."""
    if any(touch.purpose in ("promise", "recover") for touch in activity.touches):
        return Pick(words[0])
    return Pick(words[1 if any(touch.required for touch in activity.touches) else 2])


def cut(text: str, most: int) -> str:
    """The text within as many characters as a field holds."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def description(activity: Activity, most: int) -> str:
    """What to know, a line each, within the length that the system's field has."""
    return cut("\n".join(activity.details), most)


def owner_of(activity: Activity) -> str:
    """Who works the account, as the list has it."""
    account = activity.who.account
    return account.owner if account else ""


def on_the_clock(activity: Activity, end: int = 0) -> str:
    """When it begins, or ends where `end` is 1, by the clock of the rep: `2027-01-04 09:00`.

    The day, or the day after it, where it has no time.
    """
    if activity.span:
        return f"{activity.span[end].astimezone(activity.plan.territory.rep.zone):%Y-%m-%d %H:%M}"
    return (activity.touch.date + end * dt.timedelta(days=1)).isoformat()


def doubts_of(
    plan: Plan,
    system: str,
    is_id: Callable[[str], bool],
    like: str,
    further: Iterable[Finding] = (),
) -> list[Finding]:
    """A notice where accounts that are touched have no id of the system's own; what waits."""
    touched = list(plan.by_account)
    foreign = [account_id for account_id in touched if not is_id(account_id)]
    found = [*further, *waiting(plan)]
    if foreign:
        of = f"{len(foreign)} of {len(touched)} accounts"
        notice = Finding.notice(
            "accounts.csv",
            f"{of} have no id of {system}, the first is {foreign[0]}",
            remedy=f"import its own export, whose ids look like {like}; "
            "rows with other ids find no account there",
            column="account_id",
        )
        found.insert(0, notice)
    return found


def address_of_rep(activity: Activity) -> str:
    """The rep's e-mail address, else the owner's where the list has one; else empty.

    It is bare: of `Ann Lee <ann@firm.example>` the part that a system looks up.
    """
    rep = activity.plan.territory.rep
    found = _ADDRESS.search(rep.email) or _ADDRESS.search(owner_of(activity))
    return found[0] if found else ""
