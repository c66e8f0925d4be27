"""What is owed now, as values: attempts, closed channels, waits, recoveries, ends."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from campaign.model.accounts import Promise
from campaign.model.outcomes import FollowUp, Outcome
from campaign.model.refusals import NO_CONTACT, OPEN, Refusal
from campaign.model.runs import of_complaint, plain_step
from campaign.model.territory import Territory
from campaign.model.values import frozen_mapping
from campaign.touches import Touch, attempt


@frozen
class Attempt:
    """A further attempt at a touch that has not been made for good.

    `touch_id` is its id (`...#2`), `owed_id` that of what is owed, `after` the last row of
    it. `channels` are those that are left, the first is wanted; `first` and `last` the days
    for it, without an end where `last` is None. `not_at` are the times (minutes after
    midnight) at which it was tried before: another hour is wanted.
    """

    touch_id: str
    owed_id: str
    number: int = field(kw_only=True)
    after: Touch = field(kw_only=True)
    channels: tuple[str, ...] = field(kw_only=True)
    first: dt.date = field(kw_only=True)
    last: dt.date | None = field(default=None, kw_only=True)
    not_at: tuple[int, ...] = field(default=(), kw_only=True)


@frozen
class GivenUp:
    """A touch that is owed and has no channel left; `after` is the last row of it."""

    owed_id: str
    after: Touch


@frozen
class Closed:
    """A channel that does not reach a person: a data gap, until a number or address is found.

    `missing` says what is to be found: `phone`, `address` or `email`, else the channel; it is
    empty where something has come through since.
    """

    account_id: str
    contact_id: str
    channel: str = field(kw_only=True)
    missing: str = field(kw_only=True)
    because: Touch = field(kw_only=True)


@frozen
class Wait:
    """A person who is left in peace: no touch before the day `until`.

    `is_asked` where the person asked for it, and not a colleague was just talked to.
    """

    account_id: str
    contact_id: str
    until: dt.date = field(kw_only=True)
    because: Touch = field(kw_only=True)
    is_asked: bool = field(default=True, kw_only=True)


@frozen
class Promised:
    """What is owed like a promise and stands in no list, and the row that it follows from."""

    promise: Promise
    because: Touch = field(kw_only=True)

    @property
    def is_open(self) -> bool:
        """Whether nobody has talked to them about it yet."""
        return self.promise.is_open


@frozen
class Recovery(Promised):
    """A complaint, and the promise by which it is answered.

    While it `is_open` everything else of the account waits; then what is planned by its
    cadences waits `until` the last row that makes it good.
    """

    until: dt.date | None = field(default=None, kw_only=True)

    @property
    def account_id(self) -> str:
        """The account that complained."""
        return self.promise.account_id

    def makes_good(self, step: str) -> bool:
        """Whether a step of the account, by its name, answers it or follows the answer."""
        return step == of_complaint(self.promise.complained_on, plain_step(step))


@frozen
class Asked(Promised):
    """A day that somebody asked for: owed on that day or the next working one.

    `is_in_time` is false where it lies after the end of the campaign.
    """

    is_in_time: bool = field(default=True, kw_only=True)


@frozen
class Ended:
    """A person, or with the account's own id the account, who is never touched again."""

    account_id: str
    contact_id: str
    because: Touch = field(kw_only=True)


class HoldReason(StrEnum):
    """Why a planned touch is not to be made as it stands; the value is its clause."""

    ENDED = "wants no contact"
    PAUSED = "a complaint is open"
    CLOSED = "does not reach them"
    EARLY = "there is nothing to thank for yet"
    OVERTAKEN = "a later touch has reached them"
    WAITS = "asked for, or somebody else there was just talked to"


@frozen
class Hold:
    """A planned touch that is not to be made now, and the row that is the reason.

    No row where the lists or the refusals say it. `until` is the first day on which it may
    be made, None where no date is known.
    """

    reason: HoldReason
    because: Touch | None = None
    until: dt.date | None = None

    @property
    def words(self) -> str:
        """Why, as a clause."""
        return self.reason.value


@frozen
class Consequences:
    """Everything that follows from the logged rows of a plan, in the order of their days.

    `opened` are channels that the refusals know as closed, and by which something came through.
    `early` holds the thanks that are planned for what has reached nobody, by their ids, with its
    last row; `overtaken` what is not tried again, by the id of what is owed, with the later step
    that has reached them; `refused` the planned touches that the lists speak against, by their ids.
    """

    attempts: tuple[Attempt, ...] = field(default=(), kw_only=True)
    given_up: tuple[GivenUp, ...] = field(default=(), kw_only=True)
    closed: tuple[Closed, ...] = field(default=(), kw_only=True)
    opened: tuple[Closed, ...] = field(default=(), kw_only=True)
    waits: tuple[Wait, ...] = field(default=(), kw_only=True)
    recoveries: tuple[Recovery, ...] = field(default=(), kw_only=True)
    asked: tuple[Asked, ...] = field(default=(), kw_only=True)
    ended: tuple[Ended, ...] = field(default=(), kw_only=True)
    early: Mapping[str, Touch] = field(factory=dict, kw_only=True, converter=frozen_mapping)
    overtaken: Mapping[str, Touch] = field(factory=dict, kw_only=True, converter=frozen_mapping)
    refused: Mapping[str, Hold] = field(factory=dict, kw_only=True, converter=frozen_mapping)

    @property
    def promised(self) -> tuple[Promised, ...]:
        """What is owed like a promise and stands in no list: answers, and days asked for."""
        return (*self.recoveries, *(one for one in self.asked if one.is_in_time))

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What people said of being reached, as the rows have it."""
        asked = (one for one in self.waits if one.is_asked)
        said: tuple[Ended | Closed | Wait, ...] = (*self.ended, *self.closed, *self.opened, *asked)
        return tuple(map(_refusal, said))

    # People are known by their ids wherever they stand, accounts by their own.

    @cached_property
    def _ended(self) -> dict[str, Ended]:
        return {one.contact_id: one for one in reversed(self.ended)}

    @cached_property
    def _closed(self) -> dict[tuple[str, str], Closed]:
        return {(one.contact_id, one.channel): one for one in self.closed}

    @cached_property
    def _waits(self) -> dict[str, Wait]:
        return {one.contact_id: one for one in sorted(self.waits, key=lambda wait: wait.until)}

    @cached_property
    def _open(self) -> dict[str, Recovery]:
        return {one.account_id: one for one in reversed(self.recoveries) if one.is_open}

    def overtaken_by(self, touch: Touch) -> Touch | None:
        """The later step that has reached them, so that a touch is not tried again."""
        return self.overtaken.get(attempt(touch)[0])

    def end_of(self, account_id: str, contact_id: str) -> Ended | None:
        """Why a person is never touched again; None where they may be."""
        return self._ended.get(account_id) or self._ended.get(contact_id)

    def closed_to(self, contact_id: str, channel: str) -> Closed | None:
        """Why a channel does not reach a person; None where it does."""
        return self._closed.get((contact_id, channel))

    def wait_of(self, contact_id: str) -> Wait | None:
        """The longest wait of a person; None where there is none."""
        return self._waits.get(contact_id)

    def mended(self, account_id: str) -> Recovery | None:
        """The complaint of an account that is made good last; None where none is in the making."""
        found = [one for one in self.recoveries if one.account_id == account_id and one.until]
        return max(found, key=lambda one: one.until or dt.date.min, default=None)

    def open_recovery(self, account_id: str) -> Recovery | None:
        """The first complaint of an account that is not resolved; None without one."""
        return self._open.get(account_id)

    def hold(self, touch: Touch) -> Hold | None:
        """Why a planned touch is not to be made as it stands; None where it may be.

        A promise waits for the answer to a complaint alone, and a recovery does not pause.
        """
        account_id, contact_id = touch.account_id, touch.contact_id
        if ended := self.end_of(account_id, contact_id):
            return Hold(HoldReason.ENDED, ended.because)
        theirs = [one for one in self.recoveries if one.account_id == account_id]
        if not any(one.makes_good(touch.step) for one in theirs):
            recovery, mended = self.open_recovery(account_id), self.mended(account_id)
            if mended and mended.until and touch.date <= mended.until and not touch.is_promise:
                recovery = recovery or mended
            if recovery:
                return Hold(HoldReason.PAUSED, recovery.because)
        if closed := self.closed_to(contact_id, touch.channel):
            return Hold(HoldReason.CLOSED, closed.because)
        return self.refused.get(touch.touch_id) or self._untimely(touch)

    def _untimely(self, touch: Touch) -> Hold | None:
        if early := self.early.get(touch.touch_id):
            return Hold(HoldReason.EARLY, early)
        if later := self.overtaken_by(touch):
            return Hold(HoldReason.OVERTAKEN, later)
        wait = None if touch.is_promise else self.wait_of(touch.contact_id)
        if wait and touch.date < wait.until:
            return Hold(HoldReason.WAITS, wait.because, wait.until)
        return None


def _refusal(one: Ended | Closed | Wait) -> Refusal:
    because = one.because
    channel, until = "", None
    why: str = because.outcome
    if isinstance(one, Wait):
        until = one.until
    elif isinstance(one, Closed):
        channel, why = one.channel, why if one.missing else OPEN
    else:
        why = NO_CONTACT
    return Refusal(
        "" if one.contact_id == one.account_id else one.contact_id,
        one.account_id,
        channel=channel,
        because=why,
        since=because.day,
        until=until,
        note=because.note,
    )


def outcome_of(touch: Touch) -> Outcome:
    """The outcome that a row is to be judged by; none for one that did not take place."""
    return touch.outcome if touch.is_done else Outcome.NONE


def follow_up_of(territory: Territory, touch: Touch) -> FollowUp:
    """What follows from a row; nothing from one that did not take place."""
    outcome = outcome_of(touch)
    return territory.follow_ups[outcome] if outcome else FollowUp()


def is_only_sent(territory: Territory, touch: Touch) -> bool:
    """Whether something was posted and nobody knows yet that it arrived."""
    return touch.outcome is Outcome.DONE and is_by_post(territory, touch.channel)


def is_by_post(territory: Territory, channel: str) -> bool:
    """Whether a channel goes by post."""
    return channel in territory.channels and territory.channels[channel].is_post


def asks_for_a_day(territory: Territory, touch: Touch) -> bool:
    """Whether they asked by it to be touched on another day."""
    return follow_up_of(territory, touch).waits and touch.again_on is not None
