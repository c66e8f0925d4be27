"""A page an account: what the next rep, or the delivery team, has to know of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from campaign.consequences import Consequences, consequences, territory_now
from campaign.consequences.canaries import canaries
from campaign.model.accounts import Account, Consent, Promise
from campaign.model.rep import other_owner
from campaign.model.runs import main_contact
from campaign.model.territory import Territory
from campaign.outputs.pages import View, render_page, text_of
from campaign.outputs.whom import whom
from campaign.phrases import day_in_words
from campaign.rules.levels import reaches
from campaign.touches import PROMISES, Plan, Status, Touch

MOST_PEOPLE = 5
MOST_PROMISES = 5
MOST_SAID = 7
MOST_NEXT = 6
"""So many of each stand on a page, so that it prints on one."""
_LONGEST_NOTE, _LONGEST_LINE = 220, 110
_ROOM = "campaign.outputs.handover"
# What Markdown would take for a mark; the rest of a text stays as it is.
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def render_briefs(plan: Plan, account_id: str = "") -> str:
    """One account, or every active one, as an HTML page that prints each on its own sheet."""
    return render_page(_ROOM, "briefs", briefs=briefs_of(plan, account_id), day=day_in_words)


def render_briefs_text(plan: Plan, account_id: str = "") -> str:
    """One account, or every active one after the other, as Markdown."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 (0.1 s)

    page = Environment(  # noqa: S701 (it is no HTML; each text goes through the filter)
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    page.filters["plain"] = lambda text: _MARKS.sub(r"\\\1", " ".join(text.split()))
    template = page.from_string(text_of(_ROOM, "briefs.md"))
    return template.render(briefs=briefs_of(plan, account_id), day=day_in_words)


def briefs_of(plan: Plan, account_id: str = "") -> list[View]:
    """The pages of all active accounts, and of those that others work now, in the list's order.

    Of one account where it is named; raises `KeyError` for one that there is not. What is done,
    missed or skipped was said; what is planned comes next. Without a clock nothing is called
    overdue.
    """
    territory = plan.territory
    found, now = consequences(territory, plan.touches), territory_now(territory, plan.touches)
    if account_id:
        return [_brief(plan, territory.account(account_id), found, now)]
    touched = {touch.account_id for touch in plan.touches}
    return [
        _brief(plan, one, found, now)
        for one in territory.ranked_accounts
        if one.is_active or (one.account_id in touched and other_owner(territory.rep, one))
    ]


def _brief(plan: Plan, account: Account, found: Consequences, now: Territory) -> View:
    territory = plan.territory
    touches = [touch for touch in plan.touches if touch.account_id == account.account_id]
    logged = [*(one.promise for one in found.recoveries), *(one.promise for one in found.asked)]
    planned = [one for one in touches if one.status is Status.PLANNED and not found.hold(one)]
    following = sorted(planned, key=lambda touch: (touch.date, touch.touch_id))
    return {
        "account": account,
        "rep": territory.rep.name,
        "people": _few(_people(now, account), MOST_PEOPLE),
        "promises": _few(_promises(territory, account, touches, logged), MOST_PROMISES),
        "said": _few(_said(territory, account, touches), MOST_SAID),
        "following": _few((_row(territory, one) for one in following), MOST_NEXT),
        "grievance": shorten(account.grievance, _LONGEST_NOTE, placeholder=" ..."),
        "notes": shorten(account.notes, _LONGEST_NOTE, placeholder=" ..."),
        "signs": list(_signs(plan, account.account_id)),
    }


def _few(items: Iterable[View], most: int) -> View:
    """As many as there is room for, and how many more there are."""
    every = list(items)
    return {"shown": every[:most], "more": max(0, len(every) - most)}


def _signs(plan: Plan, account_id: str) -> Iterator[str]:
    """What its people show: silence, or mail that came back."""
    names = {person.contact_id: person.name for person in plan.territory.contacts_of(account_id)}
    for one in canaries(plan.touches):
        if one.account_id == account_id:
            who = names.get(one.contact_id)
            yield f"{f'{who}: ' if who else ''}{one.words} since {day_in_words(one.since)}"


def _people(territory: Territory, account: Account) -> Iterator[View]:
    """The contacts, who decides first: how each is reached, and what they refuse."""
    main = main_contact(territory, account)
    people = territory.contacts_of(account.account_id)
    for person in sorted(people, key=lambda one: one.contact_id != main.contact_id):
        reached = whom(territory, account.account_id, person.contact_id)
        refused = (name for name, answer in person.consents.items() if answer is Consent.NO)
        yield {
            "name": person.name,
            "position": ", ".join(filter(None, (person.role.replace("_", " "), person.title))),
            "reached": ", ".join(filter(None, (reached.phone, person.email))),
            "refuses": "any contact" if person.do_not_contact else ", ".join(refused),
            "notes": _short(person.notes),
        }


def _promises(
    territory: Territory, account: Account, touches: Sequence[Touch], logged: Sequence[Promise]
) -> list[View]:
    """The promises, days asked for and complaints, the open ones first, each by its day."""
    names = {person.contact_id: person.name for person in territory.contacts}
    kept: dict[str, Touch] = {}
    for touch in touches:
        if touch.cadence == PROMISES and touch.is_done and reaches(territory, touch):
            kept.setdefault(touch.step, touch)
    found: list[View] = []
    for one in (*territory.promises, *logged):
        if one.account_id == account.account_id:
            touched = kept.get(one.promise_id)
            on = one.kept_on or (touched.day if touched else None)
            to = names.get(one.contact_id, "")
            found.append({"what": _short(one.what), "to": to, "due": one.due, "kept_on": on})
    return sorted(found, key=lambda one: (one["kept_on"] is not None, one["due"], one["what"]))


def _said(territory: Territory, account: Account, touches: Sequence[Touch]) -> list[View]:
    """What was, the latest first: the rep's touches and those of the delivery team."""
    was = [touch for touch in touches if touch.status is not Status.PLANNED or touch.outcome]
    said = [
        _row(territory, touch) for touch in sorted(was, key=lambda t: t.status is Status.PLANNED)
    ]
    for one in territory.delivered:
        if one.account_id == account.account_id:
            channel, who = one.channel or "touch", one.who or "delivery team"
            row = {"channel": channel, "who": who, "outcome": "", "note": _short(one.note)}
            said.append({"date": one.date, **row})
    return sorted(said, key=lambda one: (one["date"].toordinal(), one["channel"]), reverse=True)


def _row(territory: Territory, touch: Touch) -> View:
    """One touch: the day, by which way and with whom, why, and what came of it."""
    return {
        "date": touch.day,
        "channel": touch.channel,
        "who": whom(territory, touch.account_id, touch.contact_id).meets,
        "purpose": touch.purpose,
        "outcome": touch.outcome.replace("_", " ") or touch.status.value,
        "note": _short(touch.note),
    }


def _short(text: str) -> str:
    return shorten(text, _LONGEST_LINE, placeholder=" ...")
