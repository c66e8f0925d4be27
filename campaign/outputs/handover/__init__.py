"""A page an account: what the next rep, or the delivery team, has to know of it."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from campaign.outputs.handover.brief import (
    AccountBrief,
    Few,
    Person,
    Promised,
    ToCome,
    WasSaid,
    brief_of,
    briefs_of,
)
from campaign.outputs.pages import render_page, text_of
from campaign.phrases import day_in_words
from campaign.touches import Plan

Item = TypeVar("Item")
_ROOM = "campaign.outputs.handover"
# What Markdown would take for a mark; the rest of a text stays as it is.
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def render_briefs(plan: Plan, account_id: str = "") -> str:
    """One account, or every active one, as an HTML page that prints each on its own sheet."""
    style, briefs = text_of(_ROOM, "briefs.css"), _wanted(plan, account_id)
    return render_page(_ROOM, "briefs.html", style=style, briefs=briefs, day=day_in_words)


def render_briefs_text(plan: Plan, account_id: str = "") -> str:
    """One account, or every active one after the other, as Markdown."""
    return "\n".join("\n".join(_lines(one)) + "\n" for one in _wanted(plan, account_id))


def _wanted(plan: Plan, account_id: str) -> tuple[AccountBrief, ...]:
    return (brief_of(plan, account_id),) if account_id else briefs_of(plan)


def _lines(brief: AccountBrief) -> Iterator[str]:
    account = brief.account
    yield f"# {_text(account.name)} ({_text(account.account_id)})"
    yield ""
    yield f"Tier {_text(account.tier)}, looked after by {_text(brief.rep)}"
    if account.phone or account.address:
        yield ""
        yield _text(", ".join(filter(None, (account.phone, account.address))))
    if account.has_grievance:
        since = account.grievance_since
        when = f" since {day_in_words(since)}" if since else ""
        yield from ("", "## Grievance", "")
        yield f"Open{when}: {_text(brief.grievance or 'what it is about is not written down')}"
    if brief.signs:
        yield from ("", "## Listen", "", *(f"- {_text(one)}" for one in brief.signs))
    yield from _section("Who is who", brief.people, _person)
    yield from _section("What was promised", brief.promises, _promised)
    yield from _section("What was said", brief.said, _said)
    yield from _section("What comes next", brief.following, _next)
    if brief.notes:
        yield from ("", "## Notes", "", _text(brief.notes))


def _section(title: str, few: Few[Item], line: Callable[[Item], str]) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    for one in few.shown:
        yield f"- {line(one)}"
    if few.more:
        yield f"- and {few.more} more"
    if not few.shown:
        yield "Nothing is written down."


def _person(person: Person) -> str:
    parts = (person.name, person.position, person.reached)
    refuses = f"refuses {person.refuses}" if person.refuses else ""
    return _text("; ".join(filter(None, (*parts, refuses, person.notes))))


def _promised(promise: Promised) -> str:
    to = f" to {promise.to}" if promise.to else ""
    state = f"kept on {day_in_words(promise.kept_on)}" if promise.kept_on else "open"
    return _text(f"{promise.what}{to}, by {day_in_words(promise.due)}: {state}")


def _said(said: WasSaid) -> str:
    what = ", ".join(filter(None, (said.channel, said.who, said.outcome)))
    note = f": {said.note}" if said.note else ""
    return _text(f"{day_in_words(said.date)}, {what}{note}")


def _next(following: ToCome) -> str:
    what = ", ".join(filter(None, (following.channel, following.who, following.purpose)))
    return _text(f"{day_in_words(following.date)}, {what}")


def _text(text: str) -> str:
    """A text in one line, its marks made harmless."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


__all__ = ["AccountBrief", "brief_of", "briefs_of", "render_briefs", "render_briefs_text"]
