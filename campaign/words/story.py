"""What is so when a touch is made: who it goes to, what has been, what comes next."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

from attrs import evolve, field, frozen

from campaign.consequences import consequences
from campaign.geography.travel import tour
from campaign.model.accounts import Account, Contact, Promise, itself
from campaign.model.cadences import CHECK_BACK
from campaign.model.channels import Channel
from campaign.model.outcomes import WITHOUT_A_PERSON, Outcome
from campaign.model.runs import consents, is_new
from campaign.touches import Plan, Status, Touch

_CARD_MINUTES = 8
_SOON, _IN_SIGHT = dt.timedelta(days=14), dt.timedelta(days=35)
_EVE_AT_MOST = 4
_UNREAD = frozenset({Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.RETURNED_MAIL})
_HEARD_THEM = frozenset({Outcome.REACHED, Outcome.MET})
_COMPLAINT_STEP = "complaint"
_RECOVER, _THANK = "recover", "thank"


class Medium(StrEnum):
    """What kind of text a channel needs."""

    LETTER = "letter"
    CARD = "card"
    CALL = "call"
    VISIT = "visit"


_TALKS = (Medium.CALL, Medium.VISIT)


def kind_of(channel: Channel) -> Medium:
    """The kind of text that a channel needs; a way of one's own gets the text of a card."""
    if channel.travels:
        return Medium.VISIT
    if channel.name == "call":
        return Medium.CALL
    is_long = channel.is_post and channel.minutes > _CARD_MINUTES
    return Medium.LETTER if is_long or channel.name in ("letter", "email") else Medium.CARD


@frozen
class Occasion:
    """One touch, and all that its words may speak of.

    `talk` is the last conversation with the person, `colleague` the last one with somebody
    else there, `next` the touch that comes next, whose week alone may be named unless it
    `is_exact`, `eve` the day on which a visit is announced by telephone, `tags` what is so in
    single words.
    """

    touch: Touch
    kind: Medium = field(kw_only=True)
    account: Account = field(kw_only=True)
    person: Contact = field(kw_only=True)
    tags: frozenset[str] = field(default=frozenset(), kw_only=True)
    talk: Touch | None = field(kw_only=True)
    colleague: tuple[Contact, Touch] | None = field(kw_only=True)
    next: Touch | None = field(kw_only=True)
    eve: dt.date | None = field(kw_only=True)
    promise: Promise | None = field(kw_only=True)
    complaint: Touch | None = field(kw_only=True)

    @property
    def is_exact(self) -> bool:
        """Whether the next touch stands so firmly that its day may be named."""
        following, arrives = self.next, self.touch.arrives or self.touch.date
        if following is None:
            return False
        is_soon = following.required and following.date - arrives <= _SOON
        return following.pinned or following.is_promise or is_soon

    @property
    def is_tomorrow(self) -> bool:
        """Whether the visit is on the day after that on which it is announced."""
        return self.eve is not None and self.touch.date.toordinal() - self.eve.toordinal() == 1


class Story:
    """A plan read as what happens between people, one account at a time."""

    def __init__(self, plan: Plan) -> None:
        self.plan: Plan = plan
        touches = plan.touches
        self._rows = _grouped(touches, lambda one: one.account_id)
        self._follows = consequences(plan.territory, touches)
        asked = (one.promise for one in self._follows.recoveries)
        promises = (*asked, *plan.territory.promises)
        self._promises = {(one.account_id, one.promise_id): one for one in promises}
        # The rows that reach each person, or may be counted on to do so.
        reaching = (
            one
            for one in touches
            if (one.is_heard and one.outcome in _HEARD_THEM)
            or (one.stands and not (one.is_done and one.outcome in _UNREAD))
        )
        self._reached = _grouped(reaching, self._who)
        self._visited = {one.account_id for one in touches if one.stop and one.stands}
        # The last day of which anything is known; what was planned before it is not sure.
        logged = (one.done_on for one in touches if one.is_done and one.done_on)
        self._as_of = max(logged, default=plan.territory.start)

    def of(self, account_id: str) -> Iterator[Occasion]:
        """The occasions of an account that stand, in their order."""
        rows = self._rows.get(account_id, ())
        for place, row in enumerate(rows):
            if row.stands:
                yield self._occasion(row, rows[:place], rows[place + 1 :])

    def _occasion(self, row: Touch, before: Sequence[Touch], after: Sequence[Touch]) -> Occasion:
        talks = list(self._talks(before, row))
        talk = next((one for one in talks if self._who(one) == self._who(row)), None)
        others = [] if talk else [one for one in talks if one.contact_id != one.account_id]
        done = (one for one in reversed(before) if one.is_done and one.day <= row.date)
        asks = row.cadence == CHECK_BACK
        promise = row.account_id, row.step.rpartition("+")[0] if asks else row.step
        seen = Occasion(
            row,
            kind=self._kind(row),
            account=self._account(row.account_id),
            person=self._person(row),
            talk=talk,
            colleague=(self._person(others[0]), others[0]) if others else None,
            next=self._next(row, after),
            eve=eve_of(self.plan, row),
            promise=self._promises.get(promise) if asks or row.is_promise else None,
            complaint=next((one for one in done if one.outcome is Outcome.COMPLAINT), None),
        )
        tags = {*self._of_whom(seen), *self._of_what(seen, before)}
        # The words of an earlier touch of the person may have announced this one.
        for at, one in enumerate(before):
            is_theirs = one.stands and self._who(one) == self._who(row)
            if is_theirs and self._next(one, (*before[at + 1 :], row, *after)) is row:
                tags.add("told")
        return evolve(seen, tags=frozenset(tags))

    def _of_what(self, seen: Occasion, before: Sequence[Touch]) -> Iterator[str]:
        row = seen.touch
        yield row.purpose
        reached = self._reached.get(self._who(row), ())
        if seen.talk is not None:
            yield "spoken"
            yield "visited" if self._kind(seen.talk) is Medium.VISIT else "called"
        elif not any(_order(one) < _order(row) for one in reached):
            yield "first"  # nothing of the campaign has reached the person before
        if seen.colleague is not None:
            yield "colleague"
        if seen.next:
            yield from ("next", f"next_{self._kind(seen.next)}")
        if row.purpose == _RECOVER:
            yield self._stage(row, before)
        if seen.promise and seen.promise.due < (row.arrives or row.date):
            yield "overdue"

    def _of_whom(self, seen: Occasion) -> Iterator[str]:
        territory, account, person = self.plan.territory, seen.account, seen.person
        if person.contact_id == account.account_id:
            yield "nobody"
        yield person.role or "person"
        if is_new(territory, person):
            yield "new"
        if account.has_grievance or seen.complaint or seen.touch.purpose == _RECOVER:
            yield "grievance"
        elif account.relationship:
            yield account.relationship.value
        if seen.complaint:
            yield "complaint"
        elif account.grievance:
            yield "described"
        if self._is_far(account) or not consents(territory, person, "visit"):
            yield "far"
        if not consents(territory, person, "call"):
            yield "no_call"

    def _stage(self, row: Touch, before: Sequence[Touch]) -> str:
        """Whether it is to hear what was wrong, to say sorry for it, or to show the repair.

        A cadence opens with its first step; the first later one by post is the apology.
        """
        channels, known = self.plan.territory.channels, self.plan.territory.played.get(row.cadence)
        steps = {
            one.name: channels[one.channels[0]].is_post
            for one in (known.steps if known else ())
            if one.purpose == _RECOVER and one.channels[0] in channels
        }
        complaint = _complaint_of(row)
        name = row.step.removeprefix(f"{complaint}-") if complaint else row.step
        if name in steps:
            opening, *later = steps
            apology = next((one for one in later if steps[one]), "")
            return "hear" if name == opening else "sorry" if name == apology else "repair"
        is_begun = any(
            one.stands
            and one.purpose == _RECOVER
            and (one.cadence, _complaint_of(one)) == (row.cadence, complaint)
            for one in before
        )
        return "repair" if is_begun else "hear"

    def _talks(self, before: Sequence[Touch], row: Touch) -> Iterator[Touch]:
        """The conversations at the account before a touch, the latest first.

        Of what should be done by now and is not logged nobody knows; but nobody sends
        thanks for a visit that was not made.
        """
        for one in reversed(before):
            is_talk = one.stands and self._kind(one) in _TALKS
            if one.is_heard:
                is_talk = one.outcome in _HEARD_THEM
            elif one.is_done:
                is_talk = is_talk and one.outcome not in WITHOUT_A_PERSON
            else:
                is_talk = is_talk and (one.date >= self._as_of or row.purpose == _THANK)
            if is_talk and one.day < row.date:
                yield one

    def _next(self, row: Touch, after: Sequence[Touch]) -> Touch | None:
        """The next call or visit of the person, once the touch has arrived."""
        arrives = row.arrives or row.date
        for one in after:
            is_theirs = self._who(one) == self._who(row) and one.status is Status.PLANNED
            if is_theirs and self._kind(one) in _TALKS and one.date > arrives:
                is_far = one.date - arrives > _IN_SIGHT
                return None if is_far or self._follows.hold(one) else one
        return None

    def _is_far(self, account: Account) -> bool:
        """Whether no visit there fits into any day."""
        if account.account_id in self._visited:
            return False
        territory = self.plan.territory
        visit = territory.channels.get("visit")
        tours = (tour(territory.travel, base, [account.place]) for base in territory.rep.places)
        drives = min(each.minutes for each in tours)
        needed = drives + (account.minutes_by(visit) if visit else 0)
        return needed > territory.capacity.minutes_per_day

    def _kind(self, row: Touch) -> Medium:
        if row.is_heard:
            return Medium.CALL
        found = self.plan.territory.channels.get(row.channel)
        return kind_of(found or Channel(row.channel or "call", 0))

    def _account(self, account_id: str) -> Account:
        """The account; of one that is in the lists no more, what is known of its name."""
        try:
            return self.plan.territory.account(account_id)
        except KeyError:
            name = self.plan.territory.former.get((account_id, account_id), "") or account_id
            return Account(account_id or "-", name or "-")

    def _person(self, row: Touch) -> Contact:
        people = self.plan.territory.contacts_of(row.account_id)
        found = next((one for one in people if one.contact_id == row.contact_id), None)
        if found is not None:
            return found
        account = self._account(row.account_id)
        if row.contact_id == row.account_id:
            return itself(account)
        name = self.plan.territory.former.get((row.account_id, row.contact_id), "")
        return Contact(
            row.contact_id or "-", account.account_id, name=name or row.contact_id or "-"
        )

    def _who(self, row: Touch) -> str:
        """The person that a row is for, wherever they stand and however often."""
        return self.plan.territory.person_of(row.contact_id)


def eve_of(plan: Plan, touch: Touch) -> dt.date | None:
    """The rep's working day before a visit, on which it is announced by telephone.

    None for other touches, where nobody can be called, and where no such day lies in the
    campaign and in the four days before.
    """
    territory = plan.territory
    channel = territory.channels.get(touch.channel)
    if channel is None or not channel.travels or touch.status is not Status.PLANNED:
        return None
    account = next((one for one in territory.accounts if one.account_id == touch.account_id), None)
    if account is None:
        return None
    people = {one.contact_id: one for one in territory.contacts_of(touch.account_id)}
    person = people.get(touch.contact_id) or itself(account)
    if not consents(territory, person, "call") or not (person.phone or account.phone):
        return None
    days = territory.calendar.working_days
    at = bisect_left(days, touch.date) - 1
    is_near = at >= 0 and touch.date.toordinal() - days[at].toordinal() <= _EVE_AT_MOST
    return days[at] if is_near else None


def _order(row: Touch) -> tuple[dt.date, str]:
    return row.day, row.touch_id


def _complaint_of(row: Touch) -> str:
    """The complaint that a step answers; empty for the steps of a cadence."""
    return row.step.rsplit("-", 1)[0] if row.step.startswith(_COMPLAINT_STEP) else ""


def _grouped(rows: Iterable[Touch], key: Callable[[Touch], str]) -> dict[str, tuple[Touch, ...]]:
    found: dict[str, list[Touch]] = {}
    for row in sorted(rows, key=_order):
        found.setdefault(key(row), []).append(row)
    return {name: tuple(some) for name, some in found.items()}
