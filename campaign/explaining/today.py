"""What must be known before each touch of a day, and what is not done that should be."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from campaign.consequences import Consequences, Hold, consequences, rows_owed
from campaign.consequences.canaries import Canary, canaries
from campaign.explaining.following import gap_in_words
from campaign.explaining.words import date_in_words, note, sentence
from campaign.phrases import clock
from campaign.touches import Plan, Status, Touch, attempt
from campaign.workdays import in_any

_MOST_TOLD = 3


class Lateness(StrEnum):
    """Why a touch of an earlier day has not been made."""

    OVERDUE = "overdue"
    ON_LEAVE = "on_leave"
    NEVER_TOUCHED = "never_touched"


@frozen
class Late:
    """A planned touch of an earlier day that nothing is logged of."""

    touch: Touch
    lateness: Lateness


@frozen
class Today:
    """A plan as it stands on a day, with what was logged until then.

    A touch is late when its day is past. It is `on_leave` where the rep was, `never_touched`
    where nobody has ever been in touch with the account, else `overdue`.
    """

    plan: Plan
    date: dt.date = field()

    @cached_property
    def consequences(self) -> Consequences:
        """What follows from the rows that are logged."""
        return consequences(self.plan.territory, self.plan.touches)

    @cached_property
    def not_planned(self) -> tuple[Touch, ...]:
        """What is owed by today and stands in no row yet: attempts and recoveries."""
        rows = rows_owed(self.plan.territory, self.plan.touches, self.consequences)
        return tuple(
            touch
            for touch in sorted(rows, key=lambda touch: (touch.date, touch.touch_id))
            if self._is_due(touch) and self.hold(touch) is None
        )

    def _is_due(self, touch: Touch) -> bool:
        # What answers a complaint is due from the day on which it was heard.
        first = touch.planned_on if touch.is_promise and touch.purpose == "recover" else touch.date
        return first <= self.date

    @cached_property
    def late(self) -> tuple[Late, ...]:
        """The planned touches of earlier days, the oldest first, save those on hold."""
        earlier = [
            touch
            for touch in self.plan.touches
            if touch.status is Status.PLANNED and touch.date < self.date
        ]
        earlier.sort(key=lambda touch: (touch.date, touch.touch_id))
        return tuple(
            Late(touch, self._lateness(touch)) for touch in earlier if not self.hold(touch)
        )

    def _lateness(self, touch: Touch) -> Lateness:
        if in_any(touch.date, self.plan.territory.rep.leave):
            return Lateness.ON_LEAVE
        return Lateness.OVERDUE if self.is_touched(touch.account_id) else Lateness.NEVER_TOUCHED

    def is_touched(self, account_id: str) -> bool:
        """Whether anybody has ever been in touch with an account."""
        try:
            last_contact = self.plan.territory.account(account_id).last_contact
        except KeyError:
            last_contact = None
        return last_contact is not None or account_id in self._logged

    @cached_property
    def _logged(self) -> Mapping[str, list[Touch]]:
        """What was done and heard until today, by account id, the latest first."""
        found: dict[str, list[Touch]] = {}
        done = [touch for touch in self.plan.touches if touch.is_done and touch.day <= self.date]
        for touch in sorted(done, key=lambda touch: (touch.day, attempt(touch)[1]), reverse=True):
            found.setdefault(touch.account_id, []).append(touch)
        return found

    def hold(self, touch: Touch) -> Hold | None:
        """Why a planned touch is not to be made on this day; None where it may be.

        A wait that is over by now holds nothing.
        """
        hold = self.consequences.hold(touch)
        is_over = hold is not None and hold.until is not None and hold.until <= self.date
        return None if is_over else hold

    def to_know(self, touch: Touch) -> tuple[str, ...]:
        """What must be known before a touch beside its brief, a sentence each."""
        parts = (
            self._held,
            self._complaint,
            self._sign,
            self._tried,
            self._missing,
            self._told,
        )
        return tuple(sentence(text) for part in parts for text in part(touch))

    def _held(self, touch: Touch) -> Iterator[str]:
        if touch.status is not Status.PLANNED:
            return
        if hold := self.hold(touch):
            until = f" before {self._day(hold.until)}" if hold.until else ""
            because = f" ({self._short(hold.because)})" if hold.because else ""
            yield f"NOT NOW{until}: {hold.words}{because}"

    def _complaint(self, touch: Touch) -> Iterator[str]:
        recovery = self.consequences.open_recovery(touch.account_id)
        if recovery is not None:
            yield f"Complaint of {self._day(recovery.because.day)}: {self._note(recovery.because)}"

    def _sign(self, touch: Touch) -> Iterator[str]:
        """What the person shows: silence, or mail that came back."""
        sign = self._signs.get((touch.account_id, touch.contact_id))
        if sign is not None:
            yield f"Listen: {sign.words} since {self._day(sign.since)}"

    @cached_property
    def _signs(self) -> Mapping[tuple[str, str], Canary]:
        found = canaries(self.plan.touches, self.date)
        return {(one.account_id, one.contact_id): one for one in found}

    def _tried(self, touch: Touch) -> Iterator[str]:
        """The earlier attempts at this touch, and at what hours they were."""
        owed_id, number = attempt(touch)
        rows = [row for row in self._logged.get(touch.account_id, ()) if attempt(row)[0] == owed_id]
        earlier = [row for row in rows if attempt(row)[1] < number]
        if earlier:
            hours = sorted({clock(row.start) for row in earlier if row.start is not None})
            at = f"; try another hour than {', '.join(hours)}" if hours else "; try another hour"
            yield f"Attempt {number}{at if touch.channel == earlier[0].channel else ''}"

    def _missing(self, touch: Touch) -> Iterator[str]:
        closed = self.consequences.closed_to(touch.contact_id, touch.channel)
        if closed is not None:
            yield f"First {gap_in_words(self.plan.territory, closed)}"

    def _told(self, touch: Touch) -> Iterator[str]:
        """The last outcomes and notes of the account, the latest first."""
        rows = [row for row in self._logged.get(touch.account_id, ()) if row is not touch]
        for row in rows[:_MOST_TOLD]:
            remark = f": {note(row.note)}" if row.note else ""
            yield f"{self._short(row)}{remark}"

    def _short(self, row: Touch) -> str:
        what = row.channel or "heard"
        people = {
            one.contact_id: one.name for one in self.plan.territory.contacts_of(row.account_id)
        }
        to = f", {people[row.contact_id]}" if row.contact_id in people else ""
        outcome = f", {row.outcome.replace('_', ' ')}" if row.outcome else ", done"
        return f"{self._day(row.day)} {what}{to}{outcome}"

    def _note(self, row: Touch) -> str:
        return note(row.note) if row.note else "what it is about is not written down"

    def _day(self, day: dt.date) -> str:
        return date_in_words(self.plan.territory, day)
