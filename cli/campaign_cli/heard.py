"""Which touch is meant by a name and an outcome: the one that is due, or the account itself."""

import datetime as dt
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import click
from attrs import frozen

from campaign.explaining.following import account_name, name_of, what_follows
from campaign.explaining.words import date_in_words
from campaign.logbook import Entry, Logged, log, log_account, log_all, open_touches, tell
from campaign.model.outcomes import OUTCOMES, Outcome, outcomes_of, to_outcome
from campaign.model.runs import touch_id
from campaign.model.territory import Territory
from campaign.outputs.timetable import channel_of
from campaign.phrases import counted
from campaign.touches import HEARD, Plan, Status, Touch
from campaign_cli import console
from campaign_cli.choosing import Chosen, find

_LONGEST = 3
"""Words of the longest outcome: do not contact."""


def parted(words: Sequence[str]) -> tuple[str, Outcome]:
    """The name that stands in the words, empty for none, and the outcome, last or first.

    Wrong usage where there is no outcome, with the nearest one.
    """
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for outcome, name in (
            (words[-length:], words[:-length]),
            (words[:length], words[length:]),
        ):
            found = _outcome(" ".join(outcome))
            if found:
                return " ".join(name), found
    near = [get_close_matches(word.casefold(), OUTCOMES, n=1) for word in (words[-1], words[0])]
    alike = next((one[0] for one in near if one), "")
    remedy = f"did you mean {alike}?" if alike else f"write one of {', '.join(OUTCOMES)}"
    raise click.UsageError(f'"{words[-1]}" is no outcome; {remedy}')


def _outcome(text: str) -> Outcome:
    try:
        return to_outcome(text)
    except ValueError:
        return Outcome.NONE


def who_and_what(territory: Territory, touch: Touch) -> str:
    """Whom a row is about and by which channel, with the step where that says more."""
    account, person = account_name(territory, touch.account_id), name_of(territory, touch)
    who = [account] if person == account else [account, person]
    step = "" if touch.step == touch.channel else f" ({touch.step})"
    return ", ".join((*who, f"{touch.channel}{step}" if touch.channel else "heard"))


def logged_lines(logged: Logged) -> Iterator[str]:
    """What was logged, and what follows from it, a line each."""
    territory, touch = logged.plan.territory, logged.touch
    before = logged.before.outcome if logged.before else ""
    when = ", sent on" if touch.outcome is Outcome.RETURNED_MAIL else " on"
    day = date_in_words(territory, touch.day)
    if not touch.outcome and touch.told:
        when = date_in_words(territory, touch.told)
        yield f"{who_and_what(territory, touch)} on {day}: told on {when}"
        yield "It keeps that day unless it cannot; then replan says that they are to be told."
        return
    yield f"{who_and_what(territory, touch)}: {in_words(touch.outcome)}{when} {day}"
    if before and before != touch.outcome:
        yield f"It was logged as {in_words(before)} before."
    yield from what_follows(territory, logged.consequences, touch)


def in_words(outcome: str) -> str:
    """An outcome as people say it: no answer."""
    return outcome.replace("_", " ")


_SOON = dt.timedelta(days=7)
"""A touch of a later day than this is not meant by its account's name alone."""
_OF_WHOEVER = (Outcome.COMPLAINT, Outcome.LATER, Outcome.DO_NOT_CONTACT)
"""What people say of themselves, whether a touch was due or not."""


@frozen
class PlanBook:
    """Where is logged: the file of the plan, the plan as it was read, the folder of the lists."""

    path: Path
    plan: Plan
    folder: Path

    def log(self, touch: str, entry: Entry, *, goes_on: bool = False) -> Logged:
        """Log what came of a touch, by its id."""
        return log(
            self.path, self.plan.territory, touch, entry, folder=self.folder, goes_on=goes_on
        )

    def tell(self, touch: str, on: dt.date) -> Logged:
        """Note that a customer was told the day of a planned touch, by its id."""
        return tell(self.path, self.plan.territory, touch, on, folder=self.folder)

    def log_all(self, touches: Sequence[str], entry: Entry, *, goes_on: bool) -> None:
        """Log the same of several touches, all or none."""
        entries = {number: (touch, entry) for number, touch in enumerate(touches, start=1)}
        territory, folder = self.plan.territory, self.folder
        log_all(self.path, territory, entries, file="log", folder=folder, goes_on=goes_on)

    def log_account(self, account_id: str, entry: Entry) -> Logged:
        """Log what was heard of an account as a whole."""
        return log_account(self.path, self.plan.territory, account_id, entry, folder=self.folder)


def log_by_name(book: PlanBook, name: str, entry: Entry) -> Logged:
    """Log the touch that is meant by its id, or by whom it is made to.

    Who complains, asks for later or to be left alone, says so of themselves where no call
    or visit of that day is open. Wrong usage where several can be meant.
    """
    if "/" in name:
        return book.log(name, entry)
    whom = find(book.plan, name)
    touches = fitting(book.plan, whom, entry)
    if entry.outcome in _OF_WHOEVER:
        met = [touch for touch in touches if _is_talk_of(book.plan, touch, entry.on)]
        if len(met) == 1:
            return book.log(met[0].touch_id, entry)
        if whom.person is None:
            return book.log_account(whom.account.account_id, entry)
        own = touch_id(whom.account.account_id, whom.person.contact_id, HEARD)
        return book.log(own, entry)
    return book.log(_chosen(book.plan, whom, touches, entry).touch_id, entry)


def fitting(plan: Plan, whom: Chosen, entry: Entry) -> tuple[Touch, ...]:
    """The touches that can be meant: whose channel can have the outcome; who is met, a visit."""
    touches = open_touches(plan, whom.account.account_id, entry.on, entry.outcome)
    if whom.person is not None:
        touches = tuple(one for one in touches if one.contact_id == whom.person.contact_id)
    can = tuple(one for one in touches if entry.outcome in outcomes_of(channel_of(plan, one)))
    if entry.outcome is Outcome.MET:
        return tuple(one for one in can if channel_of(plan, one).travels) or can
    return can or touches


def _is_talk_of(plan: Plan, touch: Touch, on: dt.date) -> bool:
    """Whether it is a call or a visit of that very day, and open."""
    is_open = touch.status is Status.PLANNED and touch.date == on
    return is_open and not channel_of(plan, touch).is_post


def _chosen(plan: Plan, whom: Chosen, touches: Sequence[Touch], entry: Entry) -> Touch:
    """The touch that is meant; asked for on a terminal where there are several."""
    if not touches:
        is_mail = entry.outcome is Outcome.RETURNED_MAIL
        what = "letter or card that was to be sent by then" if is_mail else "open touch"
        raise click.UsageError(f"{whom.name} has no {what}; name the touch, or use --account")
    if len(touches) == 1 and touches[0].date <= entry.on + _SOON:
        return touches[0]
    can_ask = console.can_ask()
    ids = ["" if can_ask else f"  {touch.touch_id}" for touch in touches]
    lines = [f"{_line(plan, *one)}{ids[one[0] - 1]}" for one in enumerate(touches, start=1)]
    is_open = all(touch.status is Status.PLANNED for touch in touches)
    words = ("open touch", "open touches") if is_open else ("touch", "touches")
    number = counted(len(touches), *words)
    listed = "\n".join((f"{whom.name} has {number}:", *lines))
    if not can_ask:
        raise click.UsageError(f"{listed}\nname one by its id, or use --account")
    console.say(listed)
    chosen = click.prompt("Which", type=click.IntRange(1, len(touches)), err=True)
    return touches[int(chosen) - 1]


def _line(plan: Plan, number: int, touch: Touch) -> str:
    who, day = name_of(plan.territory, touch), date_in_words(plan.territory, touch.day)
    is_open = touch.status is Status.PLANNED
    made = "" if is_open else f"  [{in_words(touch.outcome) or touch.status.value}]"
    what = f"{touch.channel}, {touch.purpose}, {who}"
    return f"  {number}. {day}  {what}{made}"
