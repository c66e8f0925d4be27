"""What follows from a logged row, in sentences."""

from collections.abc import Iterator

from campaign.consequences import Attempt, Closed, Consequences
from campaign.explaining.words import account_name, date_in_words, name_of, span_in_words
from campaign.model.cadences import COMPLAINT
from campaign.model.territory import Territory
from campaign.phrases import clock, counted, listed
from campaign.touches import Touch


def what_follows(territory: Territory, found: Consequences, touch: Touch) -> tuple[str, ...]:
    """Every consequence of one logged row as a sentence, the weightiest first."""
    return tuple(sentence for part in PARTS for sentence in part(territory, found, touch))


def _ended(territory: Territory, found: Consequences, touch: Touch) -> Iterator[str]:
    for one in found.ended:
        if one.because is touch:
            whole = one.contact_id == one.account_id
            who = account_name(territory, one.account_id) if whole else name_of(territory, touch)
            yield f"{who} is not touched any more."


def _recovery(territory: Territory, found: Consequences, touch: Touch) -> Iterator[str]:
    for one in found.recoveries:
        if one.because is touch and one.is_open:
            due = date_in_words(territory, one.promise.due)
            steps = territory.played[COMPLAINT].steps[1:]
            then = f"; then {listed([step.name for step in steps])}" if steps else ""
            yield f"By {due} at the latest: {one.promise.channel}, and make it good{then}."
            name = account_name(territory, one.account_id)
            yield f"Everything else of {name} waits until then, and goes on."


def _asked(territory: Territory, found: Consequences, touch: Touch) -> Iterator[str]:
    for one in found.asked:
        if one.because is touch and one.is_open:
            promise, end = one.promise, territory.calendar.end
            when = date_in_words(territory, promise.due)
            if one.is_in_time:
                yield f"Owed on {when}: a {promise.channel}, as they asked."
            else:
                yield (
                    f"{when} lies after the end of the campaign, {date_in_words(territory, end)}: "
                    f"the {promise.channel} stands in no plan, but in status, in the account's "
                    "brief, and in what export --to steady writes."
                )


def _attempt(territory: Territory, found: Consequences, touch: Touch) -> Iterator[str]:
    for one in found.attempts:
        if one.after is touch:
            yield f"{attempt_in_words(territory, one)}."
    for given_up in found.given_up:
        if given_up.after is touch:
            yield f"No channel is left for {touch.step}."


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


def _closed(territory: Territory, found: Consequences, touch: Touch) -> Iterator[str]:
    closed = [one for one in found.closed if one.because is touch]
    for missing in dict.fromkeys(one.missing for one in closed):
        channels = listed([one.channel for one in closed if one.missing == missing], "or")
        yield f"No {channels} to {name_of(territory, touch)} any more: find the right {missing}."


def gap_in_words(territory: Territory, one: Closed) -> str:
    """What is to be found before a channel can be used again."""
    return f"find the right {one.missing} of {name_of(territory, one.because)}"


def _waits(territory: Territory, found: Consequences, touch: Touch) -> Iterator[str]:
    waits = [one for one in found.waits if one.because is touch]
    for until in dict.fromkeys(one.until for one in waits):
        number = sum(one.until == until for one in waits)
        is_own = any(one.contact_id == touch.contact_id for one in waits if one.until == until)
        who = name_of(territory, touch) if is_own else counted(number, "other contact")
        yield f"Nothing to {who} before {date_in_words(territory, until)}."


PARTS = (_ended, _recovery, _asked, _attempt, _closed, _waits)
