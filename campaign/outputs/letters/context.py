"""What a letter knows: the account, the person, the sender, the promise, the touch before."""

import datetime as dt
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from attrs import asdict, fields

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.outcomes import WITHOUT_A_PERSON
from campaign.model.rep import USUAL_NAME
from campaign.model.stationery import Sender, Stationery
from campaign.outputs.letters.posts import Post
from campaign.touches import PROMISES, Plan, Touch
from campaign.words.fields import Fields
from campaign.words.plain import in_words, plain

GROUPS: Mapping[str, str] = {
    "account": "accounts.csv",
    "contact": "contacts.csv",
    "promise": "promises.csv",
    "rep": "letters/letters.toml",
    "words": "letters/letters.toml",
}
"""The groups of fields that a person can fill in, and the file in which that is done."""

_KINDS: Mapping[str, type[Any]] = {
    "account": Account,
    "contact": Contact,
    "promise": Promise,
    "rep": Sender,
}
_ALIKE = 0.75
_NOT_FIELDS = frozenset({"extra", "consents", "closed_dates", "latitude", "longitude"})


def values_of(plan: Plan, post: Post, stationery: Stationery) -> dict[str, Fields | str]:
    """The fields of a letter, by group; `date` is the day on which it is written."""
    country, touch = plan.territory.rep.country, post.touch
    before = _before(plan, touch)
    return {
        "date": in_words(touch.date, country),
        "account": Fields("account", _texts(post.who.account, country)),
        "contact": Fields("contact", _texts(_person(post), country)),
        "promise": Fields("promise", _texts(_promise(plan, touch), country)),
        "rep": Fields("rep", _texts(sender_of(plan, stationery), country)),
        "words": Fields("words", stationery.words),
        "before": Fields("before", _of_touch(before, country) if before else {}),
        "letter": Fields("letter", _of_touch(touch, country)),
    }


def near_field(plan: Plan, group: str, name: str) -> str:
    """The field that is meant by a name which no field and no column has; empty without one."""
    territory = plan.territory
    lists: Mapping[str, Sequence[Account | Contact]] = {
        "account": territory.accounts,
        "contact": territory.contacts,
    }
    own = {column for one in lists.get(group, ()) for column in one.extra}
    known = {one.name for one in fields(_KINDS[group])} - _NOT_FIELDS if group in _KINDS else set()
    if not known or name in known | own:
        return ""
    return next(iter(get_close_matches(name, sorted(known | own), n=1, cutoff=_ALIKE)), "")


def sender_of(plan: Plan, stationery: Stationery) -> Sender:
    """The sender of a letter, whose name is the rep's unless another is given."""
    name = plan.territory.rep.name
    given = asdict(stationery.sender)
    own = {"name": "" if name == USUAL_NAME else name, "email": plan.territory.rep.email}
    return Sender(**{**given, **{key: given[key] or value for key, value in own.items()}})


def _person(post: Post) -> Contact | None:
    """The person; None where the account stands for itself, which has no name to greet."""
    touch = post.touch
    return None if touch.contact_id == touch.account_id else post.who.person


def _promise(plan: Plan, touch: Touch) -> Promise | None:
    if touch.cadence != PROMISES:
        return None
    own = (one for one in plan.territory.promises if one.account_id == touch.account_id)
    return next((one for one in own if one.promise_id == touch.step), None)


def _before(plan: Plan, touch: Touch) -> Touch | None:
    """The touch of the same person, or the visit to the account, that comes before.

    One in which nobody was met is none: no letter is to thank for it.
    """
    earlier = [
        one
        for one in plan.by_account.get(touch.account_id, ())
        if one.day < touch.date
        and one.outcome not in WITHOUT_A_PERSON
        and (one.contact_id == touch.contact_id or one.stop)
    ]
    return max(earlier, key=lambda one: (one.day, one.touch_id), default=None)


def _of_touch(touch: Touch, country: str) -> dict[str, str]:
    names = {name: getattr(touch, name) for name in ("channel", "purpose", "cadence", "step")}
    return {**names, "date": in_words(touch.done_on or touch.date, country)}


def _texts(value: Account | Contact | Promise | Sender | None, country: str) -> dict[str, str]:
    """The fields of a value as texts in one line, those of its list's own columns too."""
    if value is None:
        return {}
    own = {one.name: getattr(value, one.name) for one in fields(type(value))}
    texts = {name: _text(content, country) for name, content in own.items()}
    kept = {name: text for name, text in texts.items() if name not in _NOT_FIELDS}
    return {**{name: plain(text) for name, text in own.get("extra", {}).items()}, **kept}


def _text(content: object, country: str) -> str:
    match content:
        case None | bool():
            return "yes" if content else ""
        case dt.date():
            return in_words(content, country)
        case float() if content.is_integer():
            return f"{content:.0f}"
    return plain(str(content))
