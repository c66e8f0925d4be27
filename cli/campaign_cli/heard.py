"""Which touch is meant by a name and an outcome: the one that is due, or the account itself."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import TypeVar

import click
from attrs import frozen

from campaign.explaining.what_follows import what_follows
from campaign.explaining.words import account_name, date_in_words, name_of
from campaign.logbook import Entry, Logged, log, log_account, log_all, open_touches
from campaign.model.outcomes import OUTCOMES, Outcome, outcomes_of, to_outcome
from campaign.model.runs import touch_id
from campaign.model.territory import Territory
from campaign.outputs.timetable import channel_of
from campaign.phrases import counted
from campaign.touches import HEARD, Plan, Status, Touch
from campaign_cli import console
from campaign_cli.choosing import Chosen, find
from campaign_cli.options import Source

_T = TypeVar("_T")
_LONGEST = 3
"""Words of the longest outcome: do not contact."""
_SOON = dt.timedelta(days=7)
"""A touch of a later day than this is not meant by its account's name alone."""
_OF_WHOEVER = (Outcome.COMPLAINT, Outcome.LATER, Outcome.DO_NOT_CONTACT)
"""What people say of themselves, whether a touch was due or not."""


@frozen
class PlanBook:
    """Where is logged: the files, the plan as it was read from them, and what day it is."""

    source: Source
    plan: Plan
    today: dt.date

    def write(self, logs: Callable[..., _T], *what: object, **more: object) -> _T:
        """What one of the functions of the logbook logs here."""
        path, folder = self.source.plan_path, self.source.folder
        return logs(path, self.plan.territory, *what, folder=folder, **more)

    def log_each(
        self, touches: Sequence[Touch], entry: Entry, said_by: str, *, goes_on: bool = False
    ) -> tuple[Logged, ...]:
        """Log the same of several touches, all or none."""
        entries = dict(enumerate(((one.touch_id, entry) for one in touches), start=1))
        return self.write(log_all, entries, file=said_by, goes_on=goes_on)


def parted(words: Sequence[str]) -> tuple[str, Outcome]:
    """The name that stands in the words, empty for none, and the outcome, last or first.

    Wrong usage where there is no outcome, with the nearest one.
    """
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for outcome, name in ((words[-length:], words[:-length]), (words[:length], words[length:])):
            with suppress(ValueError):
                found = to_outcome(" ".join(outcome))
                if found:
                    return " ".join(name), found
    near = [get_close_matches(word.casefold(), OUTCOMES, n=1) for word in (words[-1], words[0])]
    alike = next((one[0] for one in near if one), "")
    remedy = f"did you mean {alike}?" if alike else f"write one of {', '.join(OUTCOMES)}"
    raise click.UsageError(f'"{words[-1]}" is no outcome; {remedy}')


def who_and_what(territory: Territory, touch: Touch) -> str:
    """Whom a row is about and by which channel, with the step where that says more."""
    who = dict.fromkeys((account_name(territory, touch.account_id), name_of(territory, touch)))
    step = "" if touch.step == touch.channel else f" ({touch.step})"
    return ", ".join((*who, f"{touch.channel}{step}" if touch.channel else "heard"))


def in_words(outcome: str) -> str:
    """An outcome as people say it: no answer."""
    return outcome.replace("_", " ")


def follows(logged: Logged) -> list[str]:
    """What follows from what was logged, a sentence each."""
    return list(what_follows(logged.plan.territory, logged.consequences, logged.touch))


def logged_lines(logged: Logged) -> Iterator[str]:
    """What was logged, and what follows from it, a line each."""
    territory, touch = logged.plan.territory, logged.touch
    who, day = who_and_what(territory, touch), date_in_words(territory, touch.day)
    if not touch.outcome and touch.told:
        yield f"{who} on {day}: told on {date_in_words(territory, touch.told)}"
        yield "It keeps that day unless it cannot; then replan says that they are to be told."
        return
    when = ", sent on" if touch.outcome is Outcome.RETURNED_MAIL else " on"
    yield f"{who}: {in_words(touch.outcome)}{when} {day}"
    before = logged.before.outcome if logged.before else ""
    if before and before != touch.outcome:
        yield f"It was logged as {in_words(before)} before."
    yield from follows(logged)


def log_by_name(book: PlanBook, name: str, entry: Entry) -> Logged:
    """Log the touch that is meant by its id, or by whom it is made to.

    Who complains, asks for later or to be left alone, says so of themselves where no call
    or visit of that day is open. Wrong usage where several can be meant.
    """
    if "/" in name:
        return book.write(log, name, entry)
    whom = find(book.plan, name)
    touches = _fitting(book.plan, whom, entry)
    if entry.outcome not in _OF_WHOEVER:
        return book.write(log, _chosen(book.plan, whom, touches, entry).touch_id, entry)
    talks = [
        touch.touch_id
        for touch in touches
        if touch.status is Status.PLANNED and touch.date == entry.on
        if not channel_of(book.plan, touch).is_post
    ]
    if len(talks) != 1 and whom.person is None:
        return book.write(log_account, whom.id, entry)
    said_of_them = touch_id(whom.account.account_id, whom.id, HEARD)
    return book.write(log, talks[0] if len(talks) == 1 else said_of_them, entry)


def _fitting(plan: Plan, whom: Chosen, entry: Entry) -> tuple[Touch, ...]:
    """The touches that can be meant: whose channel can have the outcome; who is met, a visit."""
    touches = open_touches(plan, whom.account.account_id, entry.on, entry.outcome)
    if whom.person is not None:
        touches = tuple(one for one in touches if one.contact_id == whom.id)
    can = tuple(one for one in touches if entry.outcome in outcomes_of(channel_of(plan, one)))
    if entry.outcome is Outcome.MET:
        return tuple(one for one in can if channel_of(plan, one).travels) or can
    return can or touches


def _chosen(plan: Plan, whom: Chosen, touches: Sequence[Touch], entry: Entry) -> Touch:
    """The touch that is meant; asked for on a terminal where there are several."""
    if not touches:
        is_mail = entry.outcome is Outcome.RETURNED_MAIL
        what = "letter or card that was to be sent by then" if is_mail else "open touch"
        raise click.UsageError(f"{whom.name} has no {what}; name the touch, or use --account")
    if len(touches) == 1 and touches[0].date <= entry.on + _SOON:
        return touches[0]
    can_ask = console.can_ask()
    what = "open touch" if all(touch.status is Status.PLANNED for touch in touches) else "touch"
    lines = [f"{whom.name} has {counted(len(touches), what)}:"]
    for number, touch in enumerate(touches, start=1):
        day, who = date_in_words(plan.territory, touch.day), name_of(plan.territory, touch)
        what = f"{touch.channel}, {touch.purpose}, {who}"
        if touch.status is not Status.PLANNED:
            what += f"  [{in_words(touch.outcome) or touch.status.value}]"
        lines.append(f"  {number}. {day}  {what}{'' if can_ask else f'  {touch.touch_id}'}")
    listed = "\n".join(lines)
    if not can_ask:
        raise click.UsageError(f"{listed}\nname one by its id, or use --account")
    console.say(listed)
    return touches[console.which("Which", len(touches))]
