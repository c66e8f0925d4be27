"""What a text may speak of: the account, the person, the sender, the touches around it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any

from attrs import asdict, fields

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.outcomes import WITHOUT_A_PERSON
from campaign.model.rep import USUAL_NAME
from campaign.model.stationery import Colleague, Sender, Share
from campaign.model.territory import Territory
from campaign.phrases import clock
from campaign.touches import Plan, Touch
from campaign.words.lines import words
from campaign.words.plain import SHORT, TO_COME, about, dated, plain, told
from campaign.words.story import Occasion
from campaign.words.templates import Fields

GROUPS: Mapping[str, str] = {
    "account": "accounts.csv",
    "contact": "contacts.csv",
    "promise": "promises.csv",
    "rep": "letters/letters.toml",
    "words": "letters/letters.toml",
}
"""The groups of fields that a person can fill in, and the file in which that is done."""

Listed = Account | Contact | Promise | Sender | Share
"""A value whose own fields a text may name."""

_KINDS: Mapping[str, type[Any]] = {
    "account": Account,
    "contact": Contact,
    "promise": Promise,
    "rep": Sender,
}
_ALIKE, _QUARTER = 0.75, 15
_NOT_FIELDS = frozenset(
    {
        *("extra", "consents", "closed_dates", "latitude", "longitude"),
        *("visit_minutes", "extra_minutes"),
    }
)

_NONE = Fields("", {})


class Values:
    """The fields of every text of a plan; what is the same in many is worked out once.

    `sender` is who texts are from, `dated` tells a date as its country does.
    """

    def __init__(self, plan: Plan) -> None:
        stationery = plan.territory.stationery
        self.sender: Sender = sender_of(plan.territory)
        self._by_account, self._rep = plan.by_account, plan.territory.rep
        self.dated = partial(dated, country=self._rep.country, language=self._rep.language)
        self._own_words = Fields("words", stationery.words)
        self._team = "; ".join(map(_introduced, stationery.team))
        self._known: dict[tuple[str, ...], Fields] = {}

    def of(self, seen: Occasion, share: Share | None) -> dict[str, Any]:
        """The fields of one text, by group; `date` is the day on which it is written."""
        touch, colleague = seen.touch, _NONE
        if seen.colleague:
            person, talk = seen.colleague
            texts = {"name": plain(person.name), "day": self.dated(talk.day, shape=SHORT)}
            colleague = Fields("colleague", texts)
        return {
            "date": self.dated(touch.date),
            "at": "" if touch.start is None else clock(touch.start),
            "eve": self._eve(seen),
            "account": self._once("account", seen.account, seen.account.account_id),
            "contact": self._contact(seen),
            "promise": self._promise(seen.promise),
            "rep": self._once("rep", self.sender),
            "words": self._own_words,
            "team": self._team,
            "letter": self._touch("letter", touch),
            "before": self._touch("before", self._before(touch)),
            "talk": self._touch("talk", seen.talk),
            "complaint": self._touch("complaint", seen.complaint),
            "colleague": colleague,
            "next": self._next(seen),
            "share": Fields("share", self._texts(share) if share else {}),
        }

    def _once(self, group: str, value: Listed, *key: str) -> Fields:
        if (group, *key) not in self._known:
            self._known[group, *key] = Fields(group, self._texts(value))
        return self._known[group, *key]

    def _contact(self, seen: Occasion) -> Fields:
        """The person; empty where the account stands for itself, which has no name to greet.

        Of a new one also how many `weeks` it is since, in words; none for less than one, or long.
        """
        person = seen.person
        if "nobody" in seen.tags:
            return Fields("contact", {})
        if "new" not in seen.tags or not person.since:
            return self._once("contact", person, person.account_id, person.contact_id)
        names: Sequence[str] = self._words("date")["weeks"]
        weeks = (seen.touch.date.toordinal() - person.since.toordinal()) // 7
        known = names[weeks] if 0 < weeks < len(names) else ""
        return Fields("contact", {**self._texts(person), "weeks": known})

    def _next(self, seen: Occasion) -> Fields:
        touch, forms = seen.next, self._words("date")
        if touch is None:
            return _NONE
        when = forms["exact"].format(day=self.dated(touch.date, shape=TO_COME))
        if not seen.is_exact:
            monday = touch.date - dt.timedelta(days=touch.date.weekday())
            when = forms["week"].format(day=self.dated(monday, shape=SHORT))
        texts = {"channel": touch.channel, "purpose": touch.purpose, "date": self.dated(touch.date)}
        return Fields("next", {**texts, "day": self.dated(touch.date, shape=TO_COME), "when": when})

    def _eve(self, seen: Occasion) -> Fields:
        """How a visit is spoken of on the telephone the day before: its day and about when."""
        if seen.eve is None:
            return _NONE
        touch, forms, rep = seen.touch, self._words("date"), self._rep
        day = forms["exact"].format(day=self.dated(touch.date, shape=TO_COME))
        texts = {"then": forms["tomorrow"] if seen.is_tomorrow else day}
        if touch.start is not None:
            quarter = touch.start // _QUARTER * _QUARTER
            texts["at"] = about(quarter, rep.country, rep.language)
        return Fields("eve", texts)

    def _promise(self, promise: Promise | None) -> Fields:
        """A promise, and `told`: what was promised, as one says it to whom it was promised."""
        if promise is None:
            return _NONE
        texts = self._texts(promise)
        told_so = told(texts["what"], self._rep.language)
        return Fields("promise", {**texts, "told": told_so})

    def _before(self, touch: Touch) -> Touch | None:
        """The touch of the same person, or the visit to the account, that comes before.

        One in which nobody was met is none: no letter is to thank for it.
        """
        earlier = [
            one
            for one in self._by_account.get(touch.account_id, ())
            if one.day < touch.date
            and one.outcome not in WITHOUT_A_PERSON
            and (one.contact_id == touch.contact_id or one.stop)
        ]
        return max(earlier, key=lambda one: (one.day, one.touch_id), default=None)

    def _touch(self, group: str, touch: Touch | None) -> Fields:
        if touch is None:
            return Fields(group, {})
        names = {name: getattr(touch, name) for name in ("channel", "purpose", "cadence", "step")}
        dates = {"date": self.dated(touch.day), "day": self.dated(touch.day, shape=SHORT)}
        return Fields(group, {**names, **dates})

    def _texts(self, value: Listed) -> dict[str, str]:
        """The fields of a value as texts in one line, those of its list's own columns too."""
        own = {one.name: getattr(value, one.name) for one in fields(type(value))}
        more = {name: plain(text) for name, text in own.get("extra", {}).items()}
        return more | {name: self._text(own[name]) for name in own if name not in _NOT_FIELDS}

    def _text(self, content: object) -> str:
        match content:
            case None | bool():
                return "yes" if content else ""
            case dt.date():
                return self.dated(content)
            case float() if content.is_integer():
                return f"{content:.0f}"
        return plain(str(content))

    def _words(self, group: str) -> Mapping[str, Any]:
        return words(self._rep.language, group)


def _introduced(one: Colleague) -> str:
    head = ", ".join(filter(None, (plain(one.name), plain(one.role))))
    return f"{head} ({plain(one.line)})" if one.line else head


def sender_of(territory: Territory) -> Sender:
    """Who texts are from, whose name is the rep's unless another is given."""
    rep = territory.rep
    given = asdict(territory.stationery.sender)
    own = {"name": "" if rep.name == USUAL_NAME else rep.name, "email": rep.email}
    return Sender(**{**given, **{key: given[key] or value for key, value in own.items()}})


def near_field(plan: Plan, group: str, name: str) -> str:
    """The field that is meant by a name which no field and no column has; empty without one."""
    territory = plan.territory
    lists: Mapping[str, Sequence[Account | Contact]] = {
        "account": territory.accounts,
        "contact": territory.contacts,
    }
    known = {one.name for one in fields(_KINDS[group])} - _NOT_FIELDS if group in _KINDS else set()
    every = known | {column for one in lists.get(group, ()) for column in one.extra}
    if not known or name in every:
        return ""
    return next(iter(get_close_matches(name, sorted(every), n=1, cutoff=_ALIKE)), "")
