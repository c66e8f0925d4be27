"""What is so when a touch is made: who it goes to, what has been, what comes next."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.consequences import Consequences, consequences
from campaign.geography.travel import tour
from campaign.model.accounts import Account, Contact, Promise, itself
from campaign.model.cadences import CHECK_BACK
from campaign.model.channels import Channel
from campaign.model.outcomes import WITHOUT_A_PERSON, Outcome
from campaign.model.runs import consents, is_new
from campaign.touches import Plan, Status, Touch

_CARD_MINUTES = 8
_SOON, _IN_SIGHT = dt.timedelta(days=14), dt.timedelta(days=35)
_UNREAD = frozenset({Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.RETURNED_MAIL})
_HEARD_THEM = frozenset({Outcome.REACHED, Outcome.MET})
_COMPLAINT_STEP = "complaint"
_RECOVER, _THANK = "recover", "thank"
_EVE_AT_MOST = 4


class Medium(StrEnum):
    """What kind of text a channel needs."""

    LETTER = "letter"
    CARD = "card"
    CALL = "call"
    VISIT = "visit"


def kind_of(channel: Channel) -> Medium:
    """The kind of text that a channel needs; a way of one's own gets the text of a card."""
    if channel.travels:
        return Medium.VISIT
    if channel.name == "call":
        return Medium.CALL
    is_long = channel.is_post and channel.minutes > _CARD_MINUTES
    return Medium.LETTER if is_long or channel.name in ("letter", "email") else Medium.CARD


@frozen
class NextTouch:
    """The touch that comes next, and whether its day may be named or only its week."""

    touch: Touch
    is_exact: bool


@frozen
class Occasion:
    """One touch, and all that its words may speak of.

    `talk` is the last conversation with the person, `colleague` the last one with somebody
    else there, `eve` the day on which a visit is announced by telephone, `tags` what is so in
    single words.
    """

    touch: Touch
    kind: Medium = field(kw_only=True)
    account: Account = field(kw_only=True)
    person: Contact = field(kw_only=True)
    tags: frozenset[str] = field(kw_only=True)
    talk: Touch | None = field(default=None, kw_only=True)
    colleague: tuple[Contact, Touch] | None = field(default=None, kw_only=True)
    next: NextTouch | None = field(default=None, kw_only=True)
    eve: dt.date | None = field(default=None, kw_only=True)
    promise: Promise | None = field(default=None, kw_only=True)
    complaint: Touch | None = field(default=None, kw_only=True)

    @property
    def is_tomorrow(self) -> bool:
        """Whether the visit is on the day after that on which it is announced."""
        return self.eve is not None and _days(self.eve, self.touch.date) == 1


@frozen
class Story:
    """A plan read as what happens between people, one account at a time."""

    plan: Plan

    def of(self, account_id: str) -> Iterator[Occasion]:
        """The occasions of an account that stand, in their order."""
        rows = self._rows.get(account_id, ())
        for place, row in enumerate(rows):
            if row.stands:
                yield self._occasion(row, rows[:place], rows[place + 1 :])

    def _occasion(
        self, row: Touch, before: tuple[Touch, ...], after: tuple[Touch, ...]
    ) -> Occasion:
        account, person = self._account(row.account_id), self._person(row)
        complaint = self._complaint(row, before)
        talks = list(self._talks(before, row))
        others = (one for one in talks if one.contact_id != one.account_id)
        seen = Occasion(
            row,
            kind=self._kind(row),
            account=account,
            person=person,
            tags=frozenset(),
            talk=next((one for one in talks if self._who(one) == self._who(row)), None),
            next=self._next(row, after),
            eve=eve_of(self.plan, row),
            promise=self._promise(row),
            complaint=complaint,
        )
        if seen.talk is None and (other := next(others, None)):
            seen = evolve(seen, colleague=(self._person(other), other))
        tags = {*self._tags(seen, before)}
        if self._is_told(row, before, after):
            tags.add("told")
        return evolve(seen, tags=frozenset(tags))

    def _promise(self, row: Touch) -> Promise | None:
        """The promise that a row keeps, or asks after."""
        asks = row.cadence == CHECK_BACK
        name = row.step.rpartition("+")[0] if asks else row.step
        return self._promises.get((row.account_id, name)) if asks or row.is_promise else None

    def _tags(self, seen: Occasion, before: tuple[Touch, ...]) -> Iterator[str]:
        yield seen.touch.purpose
        yield from self._of_whom(seen)
        if seen.talk is not None:
            yield "spoken"
            yield "visited" if self._kind(seen.talk) is Medium.VISIT else "called"
        elif not any(
            _order(one) < _order(seen.touch) for one in self._reached.get(self._who(seen.touch), ())
        ):
            yield "first"  # nothing of the campaign has reached the person before
        if seen.colleague is not None:
            yield "colleague"
        if seen.next:
            yield from ("next", f"next_{self._kind(seen.next.touch)}")
        if seen.touch.purpose == _RECOVER:
            yield self._stage(seen, before)
        if seen.promise and seen.promise.due < (seen.touch.arrives or seen.touch.date):
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

    def _stage(self, seen: Occasion, before: tuple[Touch, ...]) -> str:
        """Whether it is to hear what was wrong, to say sorry for it, or to show the repair.

        A cadence opens with its first step; the first later one by post is the apology.
        """
        row = seen.touch
        steps = self._recovery(row.cadence)
        name = row.step.removeprefix(f"{_of_complaint(row)}-") if _of_complaint(row) else row.step
        if name in steps:
            apology = next((one for one in list(steps)[1:] if steps[one].is_post), "")
            is_opening = name == next(iter(steps))
            return "hear" if is_opening else "sorry" if name == apology else "repair"
        is_begun = any(
            one.stands
            and one.purpose == _RECOVER
            and (one.cadence, _of_complaint(one)) == (row.cadence, _of_complaint(row))
            for one in before
        )
        return "repair" if is_begun else "hear"

    def _recovery(self, cadence: str) -> Mapping[str, Channel]:
        """The steps of a cadence that make good, each with its first channel."""
        channels, known = self.plan.territory.channels, self.plan.territory.played.get(cadence)
        steps = known.steps if known else ()
        return {
            one.name: channels[one.channels[0]]
            for one in steps
            if one.purpose == _RECOVER and one.channels[0] in channels
        }

    def _talks(self, before: tuple[Touch, ...], row: Touch) -> Iterator[Touch]:
        """The conversations at the account before a touch, the latest first."""
        for one in reversed(before):
            if one.day >= row.date:
                continue
            if one.is_heard:
                is_talk = one.outcome in _HEARD_THEM
            else:
                spoken = one.stands and self._kind(one) in (Medium.CALL, Medium.VISIT)
                is_talk = spoken and self._happens(one, row)
            if is_talk:
                yield one

    def _happens(self, one: Touch, row: Touch) -> bool:
        """Whether it has met somebody, or may be counted on to have done so by then.

        Of what should be done by now and is not logged nobody knows; but nobody sends
        thanks for a visit that was not made.
        """
        if one.is_done:
            return one.outcome not in WITHOUT_A_PERSON
        return one.date >= self._as_of or row.purpose == _THANK

    def _next(self, row: Touch, after: tuple[Touch, ...]) -> NextTouch | None:
        """The next call or visit of the person, once the touch has arrived."""
        arrives = row.arrives or row.date
        for one in after:
            if self._who(one) != self._who(row) or one.status is not Status.PLANNED:
                continue
            if self._kind(one) not in (Medium.CALL, Medium.VISIT) or one.date <= arrives:
                continue
            if one.date - arrives > _IN_SIGHT or self._follows.hold(one):
                return None
            is_fixed = one.pinned or one.is_promise
            is_exact = is_fixed or (one.required and one.date - arrives <= _SOON)
            return NextTouch(one, is_exact)
        return None

    def _is_told(self, row: Touch, before: tuple[Touch, ...], after: tuple[Touch, ...]) -> bool:
        """Whether the words of an earlier touch of the person have announced this one."""
        for at, one in enumerate(before):
            if one.stands and self._who(one) == self._who(row):
                following = self._next(one, (*before[at + 1 :], row, *after))
                if following and following.touch is row:
                    return True
        return False

    def _complaint(self, row: Touch, before: tuple[Touch, ...]) -> Touch | None:
        """What was complained of last before a touch."""
        found = (one for one in reversed(before) if one.is_done and one.day <= row.date)
        return next((one for one in found if one.outcome is Outcome.COMPLAINT), None)

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
        return Medium.CALL if row.is_heard else kind_of(self._channel(row))

    def _channel(self, row: Touch) -> Channel:
        found = self.plan.territory.channels.get(row.channel)
        return found or Channel(row.channel or "call", 0)

    def _account(self, account_id: str) -> Account:
        """The account; of one that is in the lists no more, what is known of its name."""
        try:
            return self.plan.territory.account(account_id)
        except KeyError:
            name = self.plan.territory.former.get((account_id, account_id), "") or account_id
            return Account(account_id or "-", name or "-")

    def _person(self, row: Touch) -> Contact:
        key = row.account_id, row.contact_id
        people = self.plan.territory.contacts_of(row.account_id)
        found = next((one for one in people if one.contact_id == row.contact_id), None)
        if found is not None:
            return found
        account = self._account(row.account_id)
        if row.contact_id == row.account_id:
            return itself(account)
        name = self.plan.territory.former.get(key, "") or row.contact_id
        return Contact(row.contact_id or "-", account.account_id, name=name or "-")

    def _who(self, row: Touch) -> str:
        """The person that a row is for, wherever they stand and however often."""
        return self.plan.territory.person_of(row.contact_id)

    @cached_property
    def _promises(self) -> Mapping[tuple[str, str], Promise]:
        territory = self.plan.territory
        listed = {(one.account_id, one.promise_id): one for one in territory.promises}
        asked = {
            (one.account_id, one.promise.promise_id): one.promise
            for one in self._follows.recoveries
        }
        return {**asked, **listed}

    @cached_property
    def _follows(self) -> Consequences:
        return consequences(self.plan.territory, self.plan.touches)

    @cached_property
    def _rows(self) -> Mapping[str, tuple[Touch, ...]]:
        return _grouped(self.plan.touches, lambda one: one.account_id)

    @cached_property
    def _reached(self) -> Mapping[str, tuple[Touch, ...]]:
        """The rows that reach each person, or may be counted on to do so."""
        reaching = (
            one
            for one in self.plan.touches
            if (
                one.outcome in _HEARD_THEM
                if one.is_heard
                else one.stands and not (one.is_done and one.outcome in _UNREAD)
            )
        )
        return _grouped(reaching, self._who)

    @cached_property
    def _visited(self) -> frozenset[str]:
        """The accounts that this plan visits."""
        return frozenset(one.account_id for one in self.plan.touches if one.stop and one.stands)

    @cached_property
    def _as_of(self) -> dt.date:
        """The last day of which anything is known; what was planned before it is not sure."""
        logged = (one.done_on for one in self.plan.touches if one.is_done and one.done_on)
        return max(logged, default=self.plan.territory.start)


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
    people = territory.contacts_of(touch.account_id)
    person = next((one for one in people if one.contact_id == touch.contact_id), None)
    if account is None or not consents(territory, person or itself(account), "call"):
        return None
    if not ((person and person.phone) or account.phone):
        return None
    days = territory.calendar.working_days
    at = bisect_left(days, touch.date) - 1
    return days[at] if at >= 0 and _days(days[at], touch.date) <= _EVE_AT_MOST else None


def _days(one: dt.date, other: dt.date) -> int:
    return other.toordinal() - one.toordinal()


def _order(row: Touch) -> tuple[dt.date, str]:
    return row.day, row.touch_id


def _of_complaint(row: Touch) -> str:
    """The complaint that a step answers; empty for the steps of a cadence."""
    return row.step.rsplit("-", 1)[0] if row.step.startswith(_COMPLAINT_STEP) else ""


def _grouped(rows: Iterable[Touch], key: Callable[[Touch], str]) -> dict[str, tuple[Touch, ...]]:
    found: dict[str, list[Touch]] = {}
    for row in sorted(rows, key=_order):
        found.setdefault(key(row), []).append(row)
    return {name: tuple(some) for name, some in found.items()}
