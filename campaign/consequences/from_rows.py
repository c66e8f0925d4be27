"""From the rows of a plan to what follows from them, one function a consequence."""

import datetime as dt
from collections.abc import Iterator, Sequence

from attrs import evolve

from campaign.consequences.attempts import early_thanks, further_attempts, open_channels, overtaken
from campaign.consequences.follow_ups import (
    Asked,
    Attempt,
    Closed,
    Consequences,
    Ended,
    GivenUp,
    Hold,
    HoldReason,
    Recovery,
    Wait,
    asks_for_a_day,
    follow_up_of,
    is_by_post,
    is_only_sent,
    outcome_of,
)
from campaign.model.accounts import Consent, Promise
from campaign.model.cadences import COMPLAINT
from campaign.model.outcomes import WITHOUT_A_PERSON
from campaign.model.runs import main_contact, of_complaint, plain_step
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
    logged = _by_day(touches)
    channels = _channels(territory, logged)
    found = Consequences(
        closed=tuple(one for one in channels if one.missing),
        opened=tuple(one for one in channels if not one.missing),
        waits=tuple(_waits(territory, logged)),
        ended=tuple(
            Ended(touch.account_id, touch.contact_id, because=touch)
            for touch in logged
            if follow_up_of(territory, touch).ends
        ),
        refused=refused,
    )
    active = {account.account_id for account in territory.active_accounts}
    known = [touch for touch in touches if touch.account_id in active]
    found = evolve(
        found,
        recoveries=tuple(_recoveries(territory, known, found)),
        asked=tuple(_asked(territory, _by_day(known), found)),
        overtaken=dict(overtaken(territory, known)),
        early=dict(early_thanks(territory, known)),
    )
    again = list(further_attempts(territory, known, found))
    return evolve(
        found,
        attempts=tuple(one for one in again if isinstance(one, Attempt)),
        given_up=tuple(one for one in again if isinstance(one, GivenUp)),
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
        wait = territory.wait_of(touch.account_id, touch.contact_id)
        if (account and account.do_not_contact) or (person and person.do_not_contact):
            yield touch.touch_id, Hold(HoldReason.ENDED)
        elif person and person.consent(touch.channel) is Consent.NO:
            yield touch.touch_id, Hold(HoldReason.CLOSED)
        elif wait and touch.date < wait and not touch.is_promise:
            yield touch.touch_id, Hold(HoldReason.WAITS, until=wait)


def _channels(territory: Territory, logged: Sequence[Touch]) -> list[Closed]:
    """The channels that stay closed: nothing came through since, and no new date is given.

    And those that the refusals know as closed and by which something came through.
    """
    shut_before = {
        (one.contact_id or one.account_id, one.channel)
        for one in territory.refusals
        if one.is_of_a_gap
    }
    post = [name for name, one in territory.channels.items() if one.is_post]
    found: dict[tuple[str, str], Closed] = {}
    for touch in logged:
        follow_up, is_post = follow_up_of(territory, touch), is_by_post(territory, touch.channel)
        has_arrived = follow_up.counts and not is_only_sent(territory, touch)
        for channel in post if is_post else [touch.channel]:  # all post goes to one address
            key = touch.contact_id, channel
            missing = ""
            if follow_up.closes and touch.again_on is None:
                missing = "address" if is_post else _MISSING.get(channel, channel)
            elif follow_up.closes or has_arrived:
                found.pop(key, None)
            else:
                continue
            if missing or key in shut_before:
                found[key] = Closed(
                    touch.account_id,
                    touch.contact_id,
                    channel=channel,
                    missing=missing,
                    because=touch,
                )
    return list(found.values())


def _waits(territory: Territory, logged: Sequence[Touch]) -> Iterator[Wait]:
    for touch in logged:
        follow_up, who = follow_up_of(territory, touch), touch.contact_id
        people = [one.contact_id for one in territory.contacts_of(touch.account_id)]
        if follow_up.waits and touch.again_on:
            others = people if who == touch.account_id else ()
            for contact_id in dict.fromkeys((*others, who)):
                yield Wait(touch.account_id, contact_id, until=touch.again_on, because=touch)
        if follow_up.others_wait:
            until = territory.calendar.after(plain(touch.day), follow_up.others_wait)
            for contact_id in people:
                if contact_id != who:
                    wait = Wait(touch.account_id, contact_id, until=until, because=touch)
                    yield evolve(wait, is_asked=False)


def _recoveries(
    territory: Territory, known: Sequence[Touch], so_far: Consequences
) -> Iterator[Recovery]:
    taken = {(one.account_id, one.promise_id) for one in territory.promises}
    for touch in _by_day(known):
        follow_up, said = follow_up_of(territory, touch), plain(touch.day)
        name = of_complaint(said, territory.played[COMPLAINT].steps[0].name)
        is_told = follow_up.recover_within is not None and (touch.account_id, name) not in taken
        if not is_told or so_far.end_of(touch.account_id, touch.account_id):
            continue
        taken.add((touch.account_id, name))
        theirs = [row for row in known if row.account_id == touch.account_id]
        of_it = [row for row in theirs if row.step == of_complaint(said, plain_step(row.step))]
        # Whoever was answered, or written to, of it: it is made good to them from then on.
        made = [row for row in of_it if row.is_done and row.contact_id != row.account_id]
        answered = [row for row in made if row.step == name]
        met = [row.contact_id for row in answered or made][-1:]
        promise = Promise(
            name,
            touch.account_id,
            what=_what("an answer to the complaint", touch),
            due=_due(territory, said, follow_up.recover_within or 0),
            contact_id=met[0] if met else _person(territory, touch),
            channel=_answered_by(territory, touch, follow_up.recover_by, so_far),
            purpose="recover",
            kept_on=_kept_on(territory, theirs, touch, name),
            complained_on=said,
        )
        repairs = (
            row.date for row in of_it if row.cadence == COMPLAINT and row.status is Status.PLANNED
        )
        yield Recovery(promise, because=touch, until=max(repairs, default=None))


def _what(owed: str, touch: Touch) -> str:
    return f"{owed}: {touch.note}" if touch.note else owed


def _person(territory: Territory, touch: Touch) -> str:
    """The person of a row, while they are among the account's; empty for the account itself."""
    people = {one.contact_id for one in territory.contacts_of(touch.account_id)}
    return touch.contact_id if touch.contact_id in people else ""


def _answered_by(territory: Territory, touch: Touch, wanted: str, so_far: Consequences) -> str:
    """The channel of an answer: as wanted, else the nearest to going there that they allow."""
    account = territory.account(touch.account_id)
    who = _person(territory, touch) or main_contact(territory, account).contact_id
    others = sorted(territory.channels.values(), key=lambda one: (one.is_post, not one.travels))
    names = (wanted, *(one.name for one in others))
    return next(open_channels(territory, so_far, touch.account_id, who, names), wanted)


def _due(territory: Territory, day: dt.date, within: int) -> dt.date:
    """The last of so many working days after a day; with 0, the day itself or the next."""
    calendar = territory.calendar
    later = [one for one in calendar.working_days if one > day or (one == day and not within)]
    count = max(1, within)
    return later[count - 1] if len(later) >= count else calendar.after(day, within)


def _kept_on(
    territory: Territory, theirs: Sequence[Touch], complaint: Touch, promise_id: str
) -> dt.date | None:
    """The day on which somebody talked to them about it, or the rep let the answer be.

    Whatever they said to the answer, they were talked to; of what was heard since, the
    outcome tells whether it `resolves`.
    """
    since = (complaint.day, attempt(complaint)[1] if complaint.is_heard else 0)
    days = list[dt.date]()
    for row in theirs:
        if row.step == promise_id:
            is_let_be = row.status in (Status.SKIPPED, Status.CANCELLED)
            is_over = is_let_be or (bool(outcome_of(row)) and _is_talk(row))
        else:
            is_later = row.is_heard and (row.day, attempt(row)[1]) > since
            is_over = is_later and follow_up_of(territory, row).resolves
        days += [row.day] if is_over else []
    return min(days, default=None)


def _is_talk(touch: Touch) -> bool:
    return touch.outcome not in WITHOUT_A_PERSON


def _asked(territory: Territory, logged: Sequence[Touch], so_far: Consequences) -> Iterator[Asked]:
    """The days that people asked for, each once, with the day on which they were talked to."""
    seen = set[str]()
    for touch in logged:
        day = plain(touch.again_on or touch.day)
        name = f"asked-{day}-{touch.contact_id}"
        is_over = name in seen or so_far.end_of(touch.account_id, touch.contact_id)
        if is_over or not asks_for_a_day(territory, touch):
            continue
        seen.add(name)
        made = (row.day for row in logged if row.step == name and _is_talk(row))
        # By the channel on which it was said, else by call.
        is_spoken = touch.channel in territory.channels and not is_by_post(territory, touch.channel)
        wanted = touch.channel if is_spoken else _CALL
        promise = Promise(
            name,
            touch.account_id,
            what=_what("what they asked for on that day", touch),
            due=territory.calendar.working_day_from(day) or day,
            contact_id=_person(territory, touch),
            channel=_answered_by(territory, touch, wanted, so_far),
            kept_on=min(made, default=None),
            not_before=day,
        )
        in_time = promise.due <= territory.calendar.end
        yield Asked(promise, because=touch, is_in_time=in_time)
