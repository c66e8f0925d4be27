"""What follows from a logged row, in sentences."""

from collections.abc import Iterator

from campaign.consequences import Attempt, Closed, Consequences
from campaign.explaining.words import account_name, date_in_words, name_of, span_in_words
from campaign.model.cadences import COMPLAINT
from campaign.model.territory import Territory
from campaign.model.values import grouped
from campaign.phrases import clock, counted, listed
from campaign.touches import Touch


def what_follows(territory: Territory, found: Consequences, touch: Touch) -> tuple[str, ...]:
    """Every consequence of one logged row as a sentence, the weightiest first."""
    return (*_owed(territory, found, touch), *_changed(territory, found, touch))


def _owed(territory: Territory, found: Consequences, touch: Touch) -> Iterator[str]:
    """Who is left alone from now on, and what is owed: an answer, a day that was asked for."""
    for ended in found.ended:
        if ended.because is touch:
            whole = ended.contact_id == ended.account_id
            name = account_name(territory, ended.account_id)
            yield f"{name if whole else name_of(territory, touch)} is not touched any more."
    for one in found.recoveries:
        if one.because is touch and one.is_open:
            due = date_in_words(territory, one.promise.due)
            steps = territory.played[COMPLAINT].steps[1:]
            then = f"; then {listed([step.name for step in steps])}" if steps else ""
            yield f"By {due} at the latest: {one.promise.channel}, and make it good{then}."
            name = account_name(territory, one.account_id)
            yield f"Everything else of {name} waits until then, and goes on."
    for asked in found.asked:
        if asked.because is touch and asked.is_open:
            when, by = date_in_words(territory, asked.promise.due), asked.promise.channel
            end = date_in_words(territory, territory.calendar.end)
            if asked.is_in_time:
                yield f"Owed on {when}: a {by}, as they asked."
                continue
            yield (
                f"{when} lies after the end of the campaign, {end}: the {by} stands in no plan, "
                "but in status, in the account's brief, and in what export --to steady writes."
            )


def _changed(territory: Territory, found: Consequences, touch: Touch) -> Iterator[str]:
    """What is tried again, which channels are closed, and who waits."""
    for attempt in found.attempts:
        if attempt.after is touch:
            yield f"{attempt_in_words(territory, attempt)}."
    if any(given_up.after is touch for given_up in found.given_up):
        yield f"No channel is left for {touch.step}."
    closed = [one for one in found.closed if one.because is touch]
    for missing, same in grouped(closed, lambda one: one.missing).items():
        channels = listed([one.channel for one in same], "or")
        yield f"No {channels} to {name_of(territory, touch)} any more: find the right {missing}."
    waits = [one for one in found.waits if one.because is touch]
    for until, those in grouped(waits, lambda one: one.until).items():
        is_own = any(one.contact_id == touch.contact_id for one in those)
        who = name_of(territory, touch) if is_own else counted(len(those), "other contact")
        yield f"Nothing to {who} before {date_in_words(territory, until)}."


def attempt_in_words(territory: Territory, one: Attempt) -> str:
    """A further attempt: which, by what, when, and at what hours it was tried.

    Of several channels a replan takes the one for which it finds room.
    """
    when = f"from {date_in_words(territory, one.first)}"
    if one.last is not None:
        when = span_in_words(territory, one.first, one.last)
    hours = listed([clock(start) for start in one.not_at])
    is_post = territory.channels.get(one.channels[0])
    other = f", at another hour than {hours}" if hours and not (is_post and is_post.is_post) else ""
    chosen = ", as replan finds room" if len(one.channels) > 1 else ""
    return f"Attempt {one.number} by {listed(one.channels, 'or')}{chosen}: {when}{other}"


def gap_in_words(territory: Territory, one: Closed) -> str:
    """What is to be found before a channel can be used again."""
    return f"find the right {one.missing} of {name_of(territory, one.because)}"
