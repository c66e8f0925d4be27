"""What is tried again, what a later step has overtaken, and thanks that come too early."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from campaign.consequences.follow_ups import (
    Attempt,
    Consequences,
    GivenUp,
    asks_for_a_day,
    follow_up_of,
    is_by_post,
    is_only_sent,
    outcome_of,
)
from campaign.model.cadences import Step
from campaign.model.outcomes import WITHOUT_A_PERSON
from campaign.model.runs import consents, plain_step, step_of
from campaign.model.territory import Territory
from campaign.model.values import grouped
from campaign.touches import Status, Touch, attempt
from campaign.workdays import plain

_AFTER_A_MISS = 1
_THANK = "thank"


def early_thanks(territory: Territory, touches: Sequence[Touch]) -> Iterator[tuple[str, Touch]]:
    """The thanks for what was tried, reached nobody, and is not planned again before them."""
    rows = grouped(touches, lambda touch: (_run_of(touch), touch.step))
    for touch in touches:
        step = step_of(territory, touch.cadence, touch.step)
        if step is None or touch.status is not Status.PLANNED or touch.purpose != _THANK:
            continue
        before = rows.get((_run_of(touch), step.after or ""), ())
        done = [row for row in before if outcome_of(row)]
        again = any(row.status is Status.PLANNED and row.date <= touch.date for row in before)
        if done and not again and not any(follow_up_of(territory, row).counts for row in done):
            yield touch.touch_id, max(done, key=lambda row: attempt(row)[1])


def overtaken(territory: Territory, touches: Sequence[Touch]) -> Iterator[tuple[str, Touch]]:
    """What was tried in vain, until a step that follows it in the same run reached them.

    A day that they have asked for holds all the same.
    """

    def _run(touch: Touch) -> tuple[str, str, str]:
        # The names of all steps that make one complaint good begin with the same words.
        return _run_of(touch), touch.cadence, touch.step.removesuffix(plain_step(touch.step))

    for done in grouped(filter(outcome_of, touches), _run).values():
        for row in done:
            if follow_up_of(territory, row).again is None or row.again_on is not None:
                continue
            later = (one for one in done if row.day <= one.day and _follows(territory, one, row))
            because = min(later, key=lambda one: (one.day, one.touch_id), default=None)
            if because is not None:
                yield attempt(row)[0], because


def _follows(territory: Territory, later: Touch, row: Touch) -> bool:
    """Whether a row reached them by a step that follows another's of the same cadence."""
    step = step_of(territory, later.cadence, later.step)
    if step is None or later.outcome in WITHOUT_A_PERSON or is_only_sent(territory, later):
        return False
    above = territory.played[row.cadence].path(step)
    return plain_step(row.step) in {one.name for one in above}


def _run_of(touch: Touch) -> str:
    """What the ids of all touches of a run begin with."""
    return touch.touch_id.rpartition("/")[0]


def further_attempts(
    territory: Territory, touches: Sequence[Touch], so_far: Consequences
) -> Iterator[Attempt | GivenUp]:
    """The further attempt at each touch whose last row calls for one."""
    made = (touch for touch in touches if not touch.is_heard)
    for owed_id, tried in grouped(made, lambda touch: attempt(touch)[0]).items():
        tried.sort(key=lambda touch: attempt(touch)[1])
        last = tried[-1]
        again = any(touch.status is Status.PLANNED for touch in tried)
        over = so_far.end_of(last.account_id, last.contact_id) or so_far.overtaken_by(last)
        if not again and not over:
            yield from _attempt(territory, owed_id, tried, so_far)


def _attempt(
    territory: Territory, owed_id: str, tried: Sequence[Touch], so_far: Consequences
) -> Iterator[Attempt | GivenUp]:
    last = tried[-1]
    if asks_for_a_day(territory, last) and not is_by_post(territory, last.channel):
        return  # They were talked to, and are again on the day that they named.
    step, days = _step(territory, last, so_far), _days(territory, last)
    if step is None or days is None:
        return
    spent = Counter(touch.channel for touch in tried if touch.is_done and not touch.is_promise)
    limits = [(touch.channel, follow_up_of(territory, touch).attempts) for touch in tried]
    latest = {channel: most for channel, most in limits if most}
    over = {channel for channel, most in latest.items() if spent[channel] >= most}
    open_to_them = open_channels(territory, so_far, last.account_id, last.contact_id, step.channels)
    channels = tuple(name for name in open_to_them if name not in over)
    if not channels:
        yield GivenUp(owed_id, last)
        return
    number = attempt(last)[1] + 1
    yield Attempt(
        f"{owed_id}#{number}",
        owed_id,
        number=number,
        after=last,
        channels=channels,
        first=days[0],
        last=days[1],
        not_at=tuple(touch.start for touch in tried if touch.start is not None),
    )


def _days(territory: Territory, last: Touch) -> tuple[dt.date, dt.date | None] | None:
    """The days for a further attempt; None where none is called for."""
    calendar = territory.calendar
    if last.status is Status.MISSED:
        return calendar.after(plain(last.date), _AFTER_A_MISS), None
    again = follow_up_of(territory, last).again
    if again is None:
        return None
    day = plain(last.again_on or last.day)
    return calendar.after(day, again[0]), calendar.after(day, again[1])


def _step(territory: Territory, touch: Touch, so_far: Consequences) -> Step | None:
    """The step that a row is an attempt at; None where it is owed no more."""
    if not touch.is_promise:
        return step_of(territory, touch.cadence, touch.step)
    for one in (*territory.promises, *(one.promise for one in so_far.promised)):
        if (one.account_id, one.promise_id) == (touch.account_id, touch.step) and one.is_open:
            return Step(one.promise_id, one.channel, one.purpose)
    return None


def open_channels(
    territory: Territory,
    so_far: Consequences,
    account_id: str,
    contact_id: str,
    names: Iterable[str],
) -> Iterator[str]:
    """Those of some channels that a person of an account allows, and that reach them."""
    person = next(
        (one for one in territory.contacts_of(account_id) if one.contact_id == contact_id), None
    )
    if contact_id == account_id:
        person = territory.as_contact(territory.account(account_id))
    for name in names:
        is_allowed = person is None or consents(territory, person, name)
        if is_allowed and not so_far.closed_to(contact_id, name):
            yield name
