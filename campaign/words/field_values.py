"""What a text may speak of: the account, the person, the sender, the touches around it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from attrs import asdict, field, fields, frozen

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.outcomes import WITHOUT_A_PERSON
from campaign.model.rep import USUAL_NAME
from campaign.model.stationery import Colleague, Sender, Share
from campaign.model.territory import Territory
from campaign.phrases import clock
from campaign.touches import Plan, Touch
from campaign.words.fields import Fields
from campaign.words.lines import words
from campaign.words.plain import about, day_and_month, in_words, plain, told, weekday_and_day
from campaign.words.story import NextTouch, Occasion

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
_QUARTER = 15
_NOT_FIELDS = frozenset({"extra", "consents", "closed_dates", "latitude", "longitude"}) | {
    "visit_minutes",
    "extra_minutes",
}
_NONE = Fields("", {})


@frozen
class Values:
    """The fields of every text of a plan; what is the same in many is worked out once."""

    plan: Plan
    _accounts: dict[str, Fields] = field(factory=dict, init=False, eq=False, repr=False)
    _people: dict[tuple[str, str], Fields] = field(factory=dict, init=False, eq=False, repr=False)

    def of(self, seen: Occasion, share: Share | None) -> dict[str, Any]:
        """The fields of one text, by group; `date` is the day on which it is written."""
        touch = seen.touch
        return {
            "date": self._long(touch.date),
            "at": "" if touch.start is None else clock(touch.start),
            "eve": self._eve(seen),
            "account": self._account(seen.account),
            "contact": self._contact(seen),
            "promise": self._promise(seen.promise),
            "rep": self._rep,
            "words": self._words,
            "team": self._team,
            "letter": self._touch("letter", touch),
            "before": self._touch("before", self._before(touch)),
            "talk": self._touch("talk", seen.talk),
            "complaint": self._touch("complaint", seen.complaint),
            "colleague": self._colleague(seen),
            "next": self._next(seen.next),
            "share": self._known("share", share),
        }

    @cached_property
    def sender(self) -> Sender:
        """Who texts are from."""
        return sender_of(self.plan.territory)

    @property
    def language(self) -> str:
        """The language of the texts."""
        return self.plan.territory.rep.language

    @property
    def _country(self) -> str:
        return self.plan.territory.rep.country

    @cached_property
    def _rep(self) -> Fields:
        return self._known("rep", self.sender)

    @cached_property
    def _words(self) -> Fields:
        return Fields("words", self.plan.territory.stationery.words)

    @cached_property
    def _team(self) -> str:
        return "; ".join(map(_introduced, self.plan.territory.stationery.team))

    def _account(self, account: Account) -> Fields:
        if account.account_id not in self._accounts:
            self._accounts[account.account_id] = self._known("account", account)
        return self._accounts[account.account_id]

    def _contact(self, seen: Occasion) -> Fields:
        """The person; empty where the account stands for itself, which has no name to greet."""
        person = seen.person
        if "nobody" in seen.tags:
            return Fields("contact", {})
        if "new" in seen.tags and person.since:
            weeks = self._weeks(seen.touch.date.toordinal() - person.since.toordinal())
            return Fields("contact", {**self._texts(person), "weeks": weeks})
        key = person.account_id, person.contact_id
        if key not in self._people:
            self._people[key] = self._known("contact", person)
        return self._people[key]

    def _weeks(self, days: int) -> str:
        """How long ago in words, as `seven weeks`; empty for less than one, and for long."""
        names = words(self.language, "date")["weeks"]
        number = days // 7
        return names[number] if 0 < number < len(names) else ""

    def _colleague(self, seen: Occasion) -> Fields:
        if seen.colleague is None:
            return _NONE
        person, talk = seen.colleague
        return Fields("colleague", {"name": plain(person.name), "day": self._short(talk.day)})

    def _next(self, following: NextTouch | None) -> Fields:
        if following is None:
            return _NONE
        touch, forms = following.touch, words(self.language, "date")
        day, when = touch.date, forms["exact"].format(day=self.weekday(touch.date))
        if not following.is_exact:
            day = touch.date - dt.timedelta(days=touch.date.weekday())
            when = forms["week"].format(day=self._short(day))
        texts = {"channel": touch.channel, "purpose": touch.purpose, "date": self._long(touch.date)}
        return Fields("next", {**texts, "day": self.weekday(touch.date), "when": when})

    def _eve(self, seen: Occasion) -> Fields:
        """How a visit is spoken of on the telephone the day before: its day and about when."""
        if seen.eve is None:
            return _NONE
        touch, forms = seen.touch, words(self.language, "date")
        day = self.weekday(touch.date)
        texts = {"then": forms["tomorrow"] if seen.is_tomorrow else forms["exact"].format(day=day)}
        if touch.start is not None:
            quarter = touch.start // _QUARTER * _QUARTER
            texts["at"] = about(quarter, self._country, self.language)
        return Fields("eve", texts)

    def _promise(self, promise: Promise | None) -> Fields:
        """A promise, and `told`: what was promised, as one says it to whom it was promised."""
        if promise is None:
            return _NONE
        texts = self._texts(promise)
        return Fields("promise", {**texts, "told": told(texts["what"], self.language)})

    def _before(self, touch: Touch) -> Touch | None:
        """The touch of the same person, or the visit to the account, that comes before.

        One in which nobody was met is none: no letter is to thank for it.
        """
        earlier = [
            one
            for one in self.plan.by_account.get(touch.account_id, ())
            if one.day < touch.date
            and one.outcome not in WITHOUT_A_PERSON
            and (one.contact_id == touch.contact_id or one.stop)
        ]
        return max(earlier, key=lambda one: (one.day, one.touch_id), default=None)

    def _touch(self, group: str, touch: Touch | None) -> Fields:
        if touch is None:
            return Fields(group, {})
        names = {name: getattr(touch, name) for name in ("channel", "purpose", "cadence", "step")}
        return Fields(
            group, {**names, "date": self._long(touch.day), "day": self._short(touch.day)}
        )

    def _known(
        self, group: str, value: Account | Contact | Promise | Sender | Share | None
    ) -> Fields:
        return Fields(group, {} if value is None else self._texts(value))

    def _texts(self, value: Account | Contact | Promise | Sender | Share) -> dict[str, str]:
        """The fields of a value as texts in one line, those of its list's own columns too."""
        own = {one.name: getattr(value, one.name) for one in fields(type(value))}
        texts = {
            name: self._text(content) for name, content in own.items() if name not in _NOT_FIELDS
        }
        return {**{name: plain(text) for name, text in own.get("extra", {}).items()}, **texts}

    def _text(self, content: object) -> str:
        match content:
            case str():
                return plain(content)
            case None | bool():
                return "yes" if content else ""
            case dt.date():
                return self._long(content)
            case float() if content.is_integer():
                return f"{content:.0f}"
        return plain(str(content))

    def _long(self, day: dt.date) -> str:
        return in_words(day, self._country, self.language)

    def _short(self, day: dt.date) -> str:
        return day_and_month(day, self._country, self.language)

    def weekday(self, day: dt.date) -> str:
        """A day to come with its weekday."""
        return weekday_and_day(day, self._country, self.language)


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
    own = {column for one in lists.get(group, ()) for column in one.extra}
    known = {one.name for one in fields(_KINDS[group])} - _NOT_FIELDS if group in _KINDS else set()
    if not known or name in known | own:
        return ""
    return next(iter(get_close_matches(name, sorted(known | own), n=1, cutoff=_ALIKE)), "")
