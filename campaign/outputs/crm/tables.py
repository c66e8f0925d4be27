"""What the files of all customer systems share: rows, ids, priorities, an org's own words."""

import csv
import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from campaign.errors import Finding, Severity
from campaign.model.territory import Territory
from campaign.outputs.activities import Activity
from campaign.outputs.plan_table import Lines, harmless
from campaign.touches import Plan, Status

Row = Mapping[str, str]
OWN_WORDS: Mapping[str, str] = MappingProxyType({})
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
_URGENT = frozenset({"promise", "recover"})


class Say:
    """The words of picklists, in the place of each the one that the org has for it."""

    def __init__(self, known: Collection[str], words: Mapping[str, str]) -> None:
        for word in words:
            if word not in known:
                raise ValueError(f'"{word}" is no word here; the words are {", ".join(known)}')
        self._words = words

    def __call__(self, word: str) -> str:
        """The org's word."""
        return self._words.get(word, word)


def render_rows(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows as a table with its headings, also where there is no row.

    A cell that a spreadsheet would run gets a leading apostrophe, as in `campaign.csv`.
    """
    lines = Lines()
    writer = csv.writer(lines)
    writer.writerow(columns)
    writer.writerows([harmless(row[column]) for column in columns] for row in rows)
    return "".join(lines)


def urgency(activity: Activity) -> int:
    """0 for what is owed (a promise, a grievance), 1 for required touches, 2 for optional."""
    if any(touch.purpose in _URGENT for touch in activity.touches):
        return 0
    return 1 if any(touch.required for touch in activity.touches) else 2


def is_done(activity: Activity) -> bool:
    """Whether all of it has been done."""
    return all(touch.status is Status.DONE for touch in activity.touches)


def cut(text: str, most: int) -> str:
    """The text within as many characters as a field holds."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def description(activity: Activity, most: int) -> str:
    """What to know, a line each, within the length that the system's field has."""
    return cut("\n".join(activity.details), most)


def in_zone(moment: dt.datetime, territory: Territory) -> str:
    """A time by the clock of the rep, as `2027-01-04 09:00`."""
    return f"{moment.astimezone(territory.rep.zone):%Y-%m-%d %H:%M}"


def start_of(activity: Activity) -> str:
    """When it is by the clock of the rep: day and time, or the day where it has no time."""
    if activity.span:
        return in_zone(activity.span[0], activity.plan.territory)
    return activity.touch.date.isoformat()


def without_ids(plan: Plan, system: str, is_id: Callable[[str], bool], like: str) -> list[Finding]:
    """A notice where accounts that are touched have no id of the system's own."""
    touched = list(plan.by_account)
    foreign = [account_id for account_id in touched if not is_id(account_id)]
    if not foreign:
        return []
    of = f"{len(foreign)} of {len(touched)} accounts"
    return [
        Finding(
            "accounts.csv",
            f"{of} have no id of {system}, the first is {foreign[0]}",
            remedy=f"import its own export, whose ids look like {like}; "
            "rows with other ids find no account there",
            column="account_id",
            severity=Severity.NOTICE,
        )
    ]


def address_of_rep(plan: Plan, owner: str) -> str:
    """The rep's e-mail address, else the owner's where the list has one; else empty.

    It is bare: of `Ann Lee <ann@firm.example>` the part that a system looks up.
    """
    found = _ADDRESS.search(plan.territory.rep.email) or _ADDRESS.search(owner)
    return found[0] if found else ""
