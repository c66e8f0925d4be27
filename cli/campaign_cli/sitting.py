"""A walk through what was due, a key an outcome; each answer is saved at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import takewhile
from textwrap import wrap
from types import MappingProxyType

import click

from campaign.explaining.following import what_follows
from campaign.explaining.today import Today
from campaign.explaining.words import date_in_words
from campaign.logbook import Entry
from campaign.model.outcomes import Outcome, outcomes_of
from campaign.outputs.agenda import WIDTH
from campaign.outputs.timetable import channel_of
from campaign.phrases import counted
from campaign.touches import Plan, Status, Touch
from campaign_cli import console
from campaign_cli.day_words import Date
from campaign_cli.heard import PlanBook, in_words, who_and_what

ENTER = "\r"
KEYS: Mapping[str, Outcome] = MappingProxyType(
    {
        ENTER: Outcome.DONE,
        "r": Outcome.REACHED,
        "n": Outcome.NO_ANSWER,
        "v": Outcome.VOICEMAIL,
        "m": Outcome.MET,
        "p": Outcome.REPLIED,
        "l": Outcome.LATER,
        "w": Outcome.WRONG_NUMBER,
        "b": Outcome.RETURNED_MAIL,
        "c": Outcome.COMPLAINT,
        "x": Outcome.DO_NOT_CONTACT,
    }
)
"""One key an outcome; `b` is for mail that came back, `x` for whoever wants no contact."""

NOTE, LEAVE_OPEN, BACK, STOP, HELP, ALL_ALIKE = "+", "s", "<", ".", "?", "a"
_OTHER_KEYS = "+ with a note, s leave open, < back, . stop, ? these keys"
_ENDS = ("", "\x03", "\x04", "\x1b", STOP)
_MOST_BRIEF = 3


def due_by(plan: Plan, today: dt.date) -> tuple[Touch, ...]:
    """What should be made by now and is not logged: promises and grievances, then the oldest.

    What was made by one channel on one day stands together.
    """
    standing = Today(plan, today)
    planned = (
        touch
        for touch in plan.touches
        if touch.status is Status.PLANNED and touch.date <= today and not standing.hold(touch)
    )
    rows = sorted(
        (*planned, *standing.not_planned),
        key=lambda one: (one.date, one.channel, one.touch_id),
    )
    return tuple(sorted(rows, key=lambda one: not (one.is_promise or one.purpose == "recover")))


def walk(book: PlanBook, today: dt.date, where: str = "") -> None:
    """Ask of each touch that was due what came of it, until the last, `.` or ctrl-C.

    `where` is what a further command has to be given to find the same plan.
    """
    due = due_by(book.plan, today)
    answered: dict[str, Outcome] = {}
    at = 0
    console.say(f"{counted(len(due), 'touch', 'touches')} to log. {_OTHER_KEYS}")
    while at < len(due):
        _show(book.plan, due, at, answered.get(due[at].touch_id))
        alike = _alike(book.plan, due, at)
        key, note = _asked(book.plan, due[at], len(alike))
        if key in _ENDS:
            break
        if key == BACK:
            at = max(0, at - 1)
            continue
        if key == ALL_ALIKE:
            sent = Entry(Outcome.DONE, min(due[at].date, today), note=note)
            ids = [touch.touch_id for touch in alike]
            book.log_all(ids, sent, goes_on=bool(answered))
            answered |= dict.fromkeys(ids, Outcome.DONE)
            console.say(f"        {_all_of(alike[0], len(alike))} done")
            at += len(alike)
            continue
        if key != LEAVE_OPEN:
            entry = _entry(book.plan, due[at], KEYS[key], note, today)
            if entry is None:
                continue
            logged = book.log(due[at].touch_id, entry, goes_on=bool(answered))
            answered[due[at].touch_id] = entry.outcome
            console.say(f"        {in_words(entry.outcome)}")
            follows = what_follows(book.plan.territory, logged.consequences, logged.touch)
            for sentence in follows:
                console.say(f"        {sentence}")
        at += 1
    _end(len(answered), len(due) - len(answered), where)


def _show(plan: Plan, due: Sequence[Touch], at: int, answer: Outcome | None) -> None:
    touch = due[at]
    day = date_in_words(plan.territory, touch.date)
    before = f"  [{in_words(answer)}]" if answer else ""
    what = f"{who_and_what(plan.territory, touch)}, {touch.purpose}{before}"
    console.say(f"\n{at + 1} of {len(due)}  {day}  {what}")
    for line in wrap(" ".join(touch.brief.split()), WIDTH)[:_MOST_BRIEF]:
        console.say(f"        {line}")


def _alike(plan: Plan, due: Sequence[Touch], at: int) -> Sequence[Touch]:
    """What was posted by the same channel on the same day, from here on; else the touch alone."""
    first = due[at]
    if not channel_of(plan, first).is_post:
        return (first,)
    return tuple(takewhile(lambda one: _sitting(one) == _sitting(first), due[at:]))


def _sitting(touch: Touch) -> tuple[dt.date, str]:
    return touch.date, touch.channel


def _all_of(touch: Touch, number: int) -> str:
    return f"all {number} {touch.channel}s of that day"


def _asked(plan: Plan, touch: Touch, alike: int) -> tuple[str, str]:
    """The key that was pressed, one that fits the channel, and the note that goes with it.

    Where several are `alike`, one key is for all of them.
    """
    fitting = outcomes_of(channel_of(plan, touch))
    keys = {key: outcome for key, outcome in KEYS.items() if outcome in fitting}
    named = ", ".join(f"{_name(key)} {in_words(outcome)}" for key, outcome in keys.items())
    many = alike > 1
    if many:
        named += f", {ALL_ALIKE} {_all_of(touch, alike)} done"
    console.say(f"        {named}")
    note = ""
    while True:
        key = _pressed()
        if key == NOTE:
            note = click.prompt("        Note", default="", show_default=False, err=True)
        elif key in keys or (many and key == ALL_ALIKE) or key in (BACK, LEAVE_OPEN, *_ENDS):
            return key, note
        else:
            console.say(f"        {named}\n        {_OTHER_KEYS}")


def _pressed() -> str:
    try:
        key = click.getchar()
    except (KeyboardInterrupt, EOFError):
        return STOP
    return ENTER if key == "\n" else key.lower()


def _name(key: str) -> str:
    return "Enter" if key == ENTER else key


def _entry(plan: Plan, touch: Touch, outcome: Outcome, note: str, today: dt.date) -> Entry | None:
    """What is to be logged, with what has to be asked for it; None where it is taken back."""
    on = min(touch.date, today)
    who = who_and_what(plan.territory, touch).rpartition(", ")[0]
    again_on = None
    if outcome is Outcome.LATER:
        again_on = click.prompt("        From which day on", type=Date(), err=True)
    if outcome is Outcome.COMPLAINT and not note:
        note = click.prompt("        What is it about", default="", show_default=False, err=True)
    if outcome is Outcome.DO_NOT_CONTACT and not click.confirm(
        f"        {who} is never touched again. Log it?", err=True
    ):
        return None
    try:
        return Entry(outcome, on, again_on=again_on, note=note)
    except ValueError as error:
        console.say(f"        {error}")
        return None


def _end(logged: int, left: int, where: str) -> None:
    more = f", {left} left open" if left else "; nothing is left open"
    console.result(f"{counted(logged, 'touch', 'touches')} logged{more}.")
    if logged:
        console.say(f"All of it at once is taken back by: campaign undo{where}")
        console.say(f"Next: campaign replan{where}")
