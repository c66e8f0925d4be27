"""From the rows of a plan to what follows from them, one small function a consequence."""

import datetime as dt
from collections.abc import Iterator, Sequence

from attrs import evolve

from campaign.consequences.attempts import early_thanks, further_attempts, overtaken
from campaign.consequences.values import (
    Asked,
    Attempt,
    Closed,
    Consequences,
    Ended,
    GivenUp,
    Hold,
    HoldReason,
    Opened,
    Recovery,
    Wait,
    asks_for_a_day,
    follow_up_of,
    is_by_post,
    is_only_sent,
    outcome_of,
    person_at,
)
from campaign.model.accounts import Consent, Promise
from campaign.model.cadences import COMPLAINT
from campaign.model.outcomes import WITHOUT_A_PERSON, FollowUp
from campaign.model.runs import consents, main_contact, of_complaint, plain_step
from campaign.model.territory import Territory
from campaign.touches import Status, Touch, attempt
from campaign.workdays import plain

_MISSING = {"call": "phone", "visit": "address", "email": "email"}
_CALL = "call"


def consequences(territory: Territory, touches: Sequence[Touch]) -> Consequences:
    """What follows from the logged rows of a plan, by the follow-ups of its territory.

    Of accounts that the territory does not know, or does not work, only what their people
    said of being reached, who may have gone to others.
    """
    refused = dict(_refused(territory, touches))
    if not any(outcome_of(touch) or touch.status is Status.MISSED for touch in touches):
        return Consequences(refused=refused)
    said = _by_day(touches)
    channels = tuple(_channels(territory, said))
    before = Consequences(
        closed=tuple(one for one in channels if isinstance(one, Closed)),
        opened=tuple(one for one in channels if isinstance(one, Opened)),
        waits=tuple(_waits(territory, said)),
        ended=tuple(_ended(territory, said)),
    )
    known = _known(territory, touches)
    logged = _by_day(known)
    before = evolve(
        before,
        recoveries=tuple(_recoveries(territory, known, before)),
        asked=tuple(_asked(territory, logged, before)),
        overtaken=tuple(overtaken(territory, known)),
    )
    found = list(further_attempts(territory, known, before))
    return Consequences(
        attempts=tuple(one for one in found if isinstance(one, Attempt)),
        given_up=tuple(one for one in found if isinstance(one, GivenUp)),
        closed=before.closed,
        opened=before.opened,
        waits=before.waits,
        recoveries=before.recoveries,
        asked=before.asked,
        ended=before.ended,
        early=tuple(early_thanks(territory, known)),
        overtaken=before.overtaken,
        refused=refused,
    )


def _by_day(touches: Sequence[Touch]) -> list[Touch]:
    return sorted(
        (touch for touch in touches if outcome_of(touch)),
        key=lambda touch: (touch.day, attempt(touch)[1], touch.touch_id),
    )


def _refused(territory: Territory, touches: Sequence[Touch]) -> Iterator[tuple[str, Hold]]:
    """The planned touches that a list or a refusal speaks against, with what they say."""
    people = {one.contact_id: one for one in territory.people} if touches else {}
    accounts = {one.account_id: one for one in territory.ranked_accounts}
    for touch in touches:
        if touch.status is not Status.PLANNED:
            continue
        account, person = accounts.get(touch.account_id), people.get(touch.contact_id)
        if (account and account.do_not_contact) or (person and person.do_not_contact):
            yield touch.touch_id, Hold(HoldReason.ENDED)
        elif person and person.consent(touch.channel) is Consent.NO:
            yield touch.touch_id, Hold(HoldReason.CLOSED)
        else:
            wait = territory.wait_of(touch.account_id, touch.contact_id)
            if wait and touch.date < wait and not touch.is_promise:
                yield touch.touch_id, Hold(HoldReason.WAITS, until=wait)


def _known(territory: Territory, touches: Sequence[Touch]) -> list[Touch]:
    active = {account.account_id for account in territory.active_accounts}
    return [touch for touch in touches if touch.account_id in active]


def _ended(territory: Territory, logged: Sequence[Touch]) -> Iterator[Ended]:
    for touch in logged:
        if follow_up_of(territory, touch).ends:
            yield Ended(touch.account_id, touch.contact_id, because=touch)


def _channels(territory: Territory, logged: Sequence[Touch]) -> Iterator[Closed | Opened]:
    """The channels that stay closed: nothing came through since, and no new date is given.

    And those that the refusals know as closed and by which something came through.
    """
    shut_before = {
        (one.contact_id or one.account_id, one.channel)
        for one in territory.refusals
        if one.is_of_a_gap
    }
    found: dict[tuple[str, str], Closed | Opened] = {}
    for touch in logged:
        follow_up = follow_up_of(territory, touch)
        shut = follow_up.closes and touch.again_on is None
        for channel in _alike(territory, touch.channel):
            who, key = (touch.account_id, touch.contact_id), (touch.contact_id, channel)
            if shut:
                missing = "address" if is_by_post(territory, channel) else _MISSING.get(channel)
                found[key] = Closed(
                    *who, channel=channel, missing=missing or channel, because=touch
                )
            elif follow_up.closes or (follow_up.counts and not is_only_sent(territory, touch)):
                found.pop(key, None)
                if key in shut_before:
                    found[key] = Opened(*who, channel=channel, because=touch)
    yield from found.values()


def _alike(territory: Territory, channel: str) -> tuple[str, ...]:
    """The channels that go where this one goes: all post to one address."""
    if not is_by_post(territory, channel):
        return (channel,)
    return tuple(name for name, one in territory.channels.items() if one.is_post)


def _waits(territory: Territory, logged: Sequence[Touch]) -> Iterator[Wait]:
    for touch in logged:
        follow_up = follow_up_of(territory, touch)
        people = [one.contact_id for one in territory.contacts_of(touch.account_id)]
        if follow_up.waits and touch.again_on:
            others = people if touch.contact_id == touch.account_id else ()
            for contact_id in dict.fromkeys((*others, touch.contact_id)):
                yield Wait(touch.account_id, contact_id, until=touch.again_on, because=touch)
        if follow_up.others_wait:
            until = territory.calendar.after(plain(touch.day), follow_up.others_wait)
            for contact_id in people:
                if contact_id != touch.contact_id:
                    yield Wait(
                        touch.account_id, contact_id, until=until, because=touch, is_asked=False
                    )


def _recoveries(
    territory: Territory, known: Sequence[Touch], so_far: Consequences
) -> Iterator[Recovery]:
    logged = _by_day(known)
    taken = {(one.account_id, one.promise_id) for one in territory.promises}
    for touch in logged:
        follow_up = follow_up_of(territory, touch)
        gone = so_far.end_of(touch.account_id, touch.account_id)
        if follow_up.recover_within is None or gone:
            continue
        promise = _recovery(territory, touch, follow_up, so_far)
        key = promise.account_id, promise.promise_id
        if key not in taken:
            taken.add(key)
            kept = _kept_on(territory, known, touch, promise.promise_id)
            repairs = (one.date for one in known if _repairs(one, touch))
            promise = evolve(promise, kept_on=kept)
            if met := _whom(known, promise):
                promise = evolve(promise, contact_id=met)
            yield Recovery(promise, because=touch, until=max(repairs, default=None))


def _whom(known: Sequence[Touch], promise: Promise) -> str:
    """Who was answered, or written to, of a complaint: it is made good to them from then on."""
    said = promise.complained_on
    rows = [
        row
        for row in known
        if row.account_id == promise.account_id
        and row.is_done
        and row.step == of_complaint(said, plain_step(row.step))
        and row.contact_id != row.account_id
    ]
    answered = [row.contact_id for row in rows if row.step == promise.promise_id]
    return next(reversed(answered or [row.contact_id for row in rows]), "")


def _repairs(touch: Touch, complaint: Touch) -> bool:
    """Whether a row is still to come that makes a complaint good."""
    name = of_complaint(plain(complaint.day), plain_step(touch.step))
    is_of_it = touch.account_id == complaint.account_id and touch.cadence == COMPLAINT
    return is_of_it and touch.step == name and touch.status is Status.PLANNED


def _recovery(
    territory: Territory, touch: Touch, follow_up: FollowUp, so_far: Consequences
) -> Promise:
    people = {one.contact_id for one in territory.contacts_of(touch.account_id)}
    person = touch.contact_id if touch.contact_id in people else ""
    return Promise(
        of_complaint(plain(touch.day), territory.played[COMPLAINT].steps[0].name),
        touch.account_id,
        what=f"an answer to the complaint{f': {touch.note}' if touch.note else ''}",
        due=_due(territory, plain(touch.day), follow_up.recover_within or 0),
        contact_id=person,
        channel=_answered_by(territory, touch.account_id, person, follow_up, so_far),
        purpose="recover",
        complained_on=plain(touch.day),
    )


def _answered_by(
    territory: Territory, account_id: str, person: str, follow_up: FollowUp, so_far: Consequences
) -> str:
    """The channel of an answer: as set, else the nearest to going there that they allow."""
    account = territory.account(account_id)
    asked = person_at(territory, account, person) if person else main_contact(territory, account)
    others = sorted(territory.channels.values(), key=lambda one: (one.is_post, not one.travels))
    allowed = (
        name
        for name in (follow_up.recover_by, *(one.name for one in others))
        if (asked is None or consents(territory, asked, name))
        and not so_far.closed_to(asked.contact_id if asked else person, name)
    )
    return next(allowed, follow_up.recover_by)


def _due(territory: Territory, day: dt.date, within: int) -> dt.date:
    """The last of so many working days after a day; with 0, the day itself or the next."""
    calendar = territory.calendar
    later = [one for one in calendar.working_days if one > day or (one == day and not within)]
    count = max(1, within)
    return later[count - 1] if len(later) >= count else calendar.after(day, within)


def _kept_on(
    territory: Territory, known: Sequence[Touch], complaint: Touch, promise_id: str
) -> dt.date | None:
    """The day on which somebody talked to them about it, or the rep let the answer be.

    Whatever they said to the answer, they were talked to; of what was heard since, the
    outcome tells whether it `resolves`.
    """
    since = (complaint.day, attempt(complaint)[1] if complaint.is_heard else 0)
    days = list[dt.date]()
    for touch in known:
        if touch.account_id != complaint.account_id:
            continue
        if touch.step == promise_id:
            is_let_be = touch.status in (Status.SKIPPED, Status.CANCELLED)
            is_about_it = is_let_be or (outcome_of(touch) and _is_talk(touch))
        else:
            is_later = touch.is_heard and (touch.day, attempt(touch)[1]) > since
            is_about_it = is_later and follow_up_of(territory, touch).resolves
        if is_about_it:
            days.append(touch.day)
    return min(days, default=None)


def _asked(territory: Territory, logged: Sequence[Touch], so_far: Consequences) -> Iterator[Asked]:
    """The days that people asked for, each once, with the day on which they were talked to."""
    seen = set[str]()
    for touch in logged:
        if not asks_for_a_day(territory, touch) or so_far.end_of(
            touch.account_id, touch.contact_id
        ):
            continue
        promise = _asked_for(territory, touch, so_far)
        if promise.promise_id not in seen:
            seen.add(promise.promise_id)
            made = (row for row in logged if row.step == promise.promise_id and _is_talk(row))
            kept = min((row.day for row in made), default=None)
            in_time = promise.due <= territory.calendar.end
            yield Asked(evolve(promise, kept_on=kept), because=touch, is_in_time=in_time)


def _is_talk(touch: Touch) -> bool:
    return touch.outcome not in WITHOUT_A_PERSON


def _asked_for(territory: Territory, touch: Touch, so_far: Consequences) -> Promise:
    """A day asked for as what is owed: by the channel on which it was said, else by call."""
    day = plain(touch.again_on or touch.day)
    people = {one.contact_id for one in territory.contacts_of(touch.account_id)}
    person = touch.contact_id if touch.contact_id in people else ""
    is_spoken = touch.channel in territory.channels and not is_by_post(territory, touch.channel)
    by = FollowUp(recover_by=touch.channel if is_spoken else _CALL)
    note = f": {touch.note}" if touch.note else ""
    return Promise(
        f"asked-{day}-{touch.contact_id}",
        touch.account_id,
        what=f"what they asked for on that day{note}",
        due=territory.calendar.working_day_from(day) or day,
        contact_id=person,
        channel=_answered_by(territory, touch.account_id, person, by, so_far),
        not_before=day,
    )
