"""What must be known before each touch of a day, and what is not done that should be."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import evolve, frozen

from campaign.consequences import Consequences, Hold, consequences, rows_owed
from campaign.consequences.canaries import Canary, canaries
from campaign.explaining.briefs import NEVER, UNKNOWN
from campaign.explaining.what_follows import gap_in_words
from campaign.explaining.words import date_in_words, note, sentence
from campaign.model.values import grouped
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
class LateTouch:
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
    date: dt.date

    @cached_property
    def consequences(self) -> Consequences:
        """What follows from the rows that are logged."""
        return consequences(self.plan.territory, self.plan.touches)

    @cached_property
    def not_planned(self) -> tuple[Touch, ...]:
        """What is owed by today and stands in no row yet: attempts and recoveries."""
        found = []
        for touch in rows_owed(self.plan.territory, self.plan.touches, self.consequences):
            # What answers a complaint is due from the day on which it was heard.
            is_answer = touch.is_promise and touch.purpose == "recover"
            first = touch.planned_on if is_answer else touch.date
            if first <= self.date and self.hold(touch) is None:
                found.append(touch)
        return tuple(sorted(found, key=lambda touch: (touch.date, touch.touch_id)))

    @cached_property
    def late(self) -> tuple[LateTouch, ...]:
        """The planned touches of earlier days, the oldest first, save those on hold."""
        earlier = [
            touch
            for touch in self.plan.touches
            if touch.status is Status.PLANNED and touch.date < self.date and not self.hold(touch)
        ]
        earlier.sort(key=lambda touch: (touch.date, touch.touch_id))
        return tuple(LateTouch(touch, self._lateness(touch)) for touch in earlier)

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
        done = [touch for touch in self.plan.touches if touch.is_done and touch.day <= self.date]
        done.sort(key=lambda touch: (touch.day, attempt(touch)[1]), reverse=True)
        return grouped(done, lambda touch: touch.account_id)

    def hold(self, touch: Touch) -> Hold | None:
        """Why a planned touch is not to be made on this day; None where it may be.

        A wait that is over by now holds nothing.
        """
        hold = self.consequences.hold(touch)
        is_over = hold is not None and hold.until is not None and hold.until <= self.date
        return None if is_over else hold

    def to_know(self, touch: Touch) -> tuple[str, ...]:
        """What must be known before a touch beside its brief, a sentence each."""
        return tuple(map(sentence, (*self._now(touch), *self._before(touch))))

    def _now(self, touch: Touch) -> Iterator[str]:
        """Whether it has to wait, a complaint that is open, and what the person shows."""
        hold = self.hold(touch) if touch.status is Status.PLANNED else None
        if hold:
            until = f" before {self._day(hold.until)}" if hold.until else ""
            because = f" ({self._short(hold.because)})" if hold.because else ""
            yield f"NOT NOW{until}: {hold.words}{because}"
        recovery = self.consequences.open_recovery(touch.account_id)
        if recovery is not None:
            row = recovery.because
            what = note(row.note) if row.note else "what it is about is not written down"
            yield f"Complaint of {self._day(row.day)}: {what}"
        sign = self._signs.get((touch.account_id, touch.contact_id))
        if sign is not None:
            yield f"Listen: {sign.words} since {self._day(sign.since)}"

    @cached_property
    def _signs(self) -> Mapping[tuple[str, str], Canary]:
        found = canaries(self.plan.touches, self.date)
        return {(one.account_id, one.contact_id): one for one in found}

    def _before(self, touch: Touch) -> Iterator[str]:
        """Earlier attempts at it and their hours, what is to be found, what was logged last."""
        rows = self._logged.get(touch.account_id, ())
        owed_id, number = attempt(touch)
        tried = [row for row in rows if attempt(row)[0] == owed_id and attempt(row)[1] < number]
        if tried:
            hours = ", ".join(sorted({clock(one.start) for one in tried if one.start is not None}))
            hint = f"; try another hour{f' than {hours}' if hours else ''}"
            yield f"Attempt {number}{hint if touch.channel == tried[0].channel else ''}"
        closed = self.consequences.closed_to(touch.contact_id, touch.channel)
        if closed is not None:
            yield f"First {gap_in_words(self.plan.territory, closed)}"
        for row in [row for row in rows if row is not touch][:_MOST_TOLD]:
            yield f"{self._short(row)}{f': {note(row.note)}' if row.note else ''}"

    def _short(self, row: Touch) -> str:
        people = self.plan.territory.contacts_of(row.account_id)
        to = "".join(f", {one.name}" for one in people if one.contact_id == row.contact_id)
        outcome = row.outcome.replace("_", " ") if row.outcome else "done"
        return f"{self._day(row.day)} {row.channel or 'heard'}{to}, {outcome}"

    def _day(self, day: dt.date) -> str:
        return date_in_words(self.plan.territory, day)


def briefed(today: Today) -> Plan:
    """The plan with what must be known now put before the brief of each planned touch."""
    touches = [
        evolve(touch, brief=_known(today, touch)) if touch.status is Status.PLANNED else touch
        for touch in today.plan.touches
    ]
    return evolve(today.plan, touches=touches)


def _known(today: Today, touch: Touch) -> str:
    known = touch.brief
    if today.is_touched(touch.account_id):
        # It was so when the plan was made.
        known = known.removesuffix(sentence(NEVER)).removesuffix(sentence(UNKNOWN)).rstrip()
    return " ".join(filter(None, (*today.to_know(touch), known)))


def with_ids(plan: Plan) -> Plan:
    """The plan with the id of each touch put before its brief."""
    touches = [
        evolve(touch, brief=f"[{touch.touch_id}] {touch.brief}".strip()) for touch in plan.touches
    ]
    return evolve(plan, touches=touches)
