"""A walk through what was due, a key an outcome; each answer is saved at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import takewhile
from textwrap import wrap
from types import MappingProxyType

import click

from campaign.explaining.today import Today
from campaign.explaining.what_follows import what_follows
from campaign.explaining.words import date_in_words
from campaign.logbook import Entry
from campaign.model.outcomes import Outcome, outcomes_of
from campaign.outputs.agenda import WIDTH
from campaign.outputs.timetable import channel_of
from campaign.phrases import counted
from campaign.touches import Plan, Status, Touch
from campaign_cli import console, options
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

NOTE, LEAVE_OPEN, BACK, STOP, ALL_ALIKE = "+", "s", "<", ".", "a"
_OTHER_KEYS = "+ with a note, s leave open, < back, . stop, ? these keys"
_ENDS = ("", "\x03", "\x04", "\x1b", STOP)
_MOST_BRIEF = 3
_INDENT = " " * 8


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

    def order(touch: Touch) -> tuple[bool, dt.date, str, str]:
        is_first = touch.is_promise or touch.purpose == "recover"
        return not is_first, touch.date, touch.channel, touch.touch_id

    return tuple(sorted((*planned, *standing.not_planned), key=order))


def walk(book: PlanBook) -> None:
    """Ask of each touch that was due what came of it, until the last, `.` or ctrl-C."""
    due = due_by(book.plan, book.today)
    answered: dict[str, Outcome] = {}
    at = 0
    console.say(f"{counted(len(due), 'touch', 'touches')} to log. {_OTHER_KEYS}")
    while at < len(due):
        touch, alike = due[at], _alike(book.plan, due[at:])
        _show(book.plan, touch, f"{at + 1} of {len(due)}", answered.get(touch.touch_id))
        key, note = _asked(book.plan, alike)
        if key in _ENDS:
            break
        if key in (BACK, LEAVE_OPEN):
            at = at + 1 if key == LEAVE_OPEN else max(0, at - 1)
            continue
        if key == ALL_ALIKE:
            sent = Entry(Outcome.DONE, min(touch.date, book.today), note=note)
            entries = dict(enumerate(((one.touch_id, sent) for one in alike), start=1))
            book.log_all(entries, "log", goes_on=bool(answered))
            answered |= {one.touch_id: Outcome.DONE for one in alike}
            console.say(f"{_INDENT}{_all_of(alike)} done")
            at += len(alike)
        elif entry := _entry(book, touch, KEYS[key], note):
            logged = book.log(touch.touch_id, entry, goes_on=bool(answered))
            answered[touch.touch_id] = entry.outcome
            console.say(f"{_INDENT}{in_words(entry.outcome)}")
            follows = what_follows(book.plan.territory, logged.consequences, logged.touch)
            console.say(*(f"{_INDENT}{line}" for line in follows))
            at += 1
    left, where = len(due) - len(answered), book.source.where
    more = f", {left} left open" if left else "; nothing is left open"
    console.result(f"{counted(len(answered), 'touch', 'touches')} logged{more}.")
    if answered:
        console.say(f"All of it at once is taken back by: campaign undo{where}")
        console.say(f"Next: campaign replan{where}")


def _alike(plan: Plan, due: Sequence[Touch]) -> Sequence[Touch]:
    """What was posted by the same channel on the same day as the first; else that alone."""
    first = due[0]
    if not channel_of(plan, first).is_post:
        return [first]
    same = (first.date, first.channel)
    return list(takewhile(lambda one: (one.date, one.channel) == same, due))


def _all_of(alike: Sequence[Touch]) -> str:
    return f"all {len(alike)} {alike[0].channel}s of that day"


def _show(plan: Plan, touch: Touch, place: str, answer: Outcome | None) -> None:
    before = f"  [{in_words(answer)}]" if answer else ""
    what = f"{who_and_what(plan.territory, touch)}, {touch.purpose}{before}"
    console.say(f"\n{place}  {date_in_words(plan.territory, touch.date)}  {what}")
    brief = wrap(" ".join(touch.brief.split()), WIDTH)[:_MOST_BRIEF]
    console.say(*(f"{_INDENT}{line}" for line in brief))


def _asked(plan: Plan, alike: Sequence[Touch]) -> tuple[str, str]:
    """The key that was pressed, one that fits the channel, and the note that goes with it.

    Where several are `alike`, one key is for all of them.
    """
    fitting = outcomes_of(channel_of(plan, alike[0]))
    keys = [key for key, outcome in KEYS.items() if outcome in fitting]
    named = [f"{'Enter' if key == ENTER else key} {in_words(KEYS[key])}" for key in keys]
    if len(alike) > 1:
        keys.append(ALL_ALIKE)
        named.append(f"{ALL_ALIKE} {_all_of(alike)} done")
    shown, note = f"{_INDENT}{', '.join(named)}", ""
    console.say(shown)
    while True:
        try:
            key = click.getchar().lower()
        except (KeyboardInterrupt, EOFError):
            key = STOP
        key = ENTER if key == "\n" else key
        if key == NOTE:
            note = click.prompt(f"{_INDENT}Note", default="", show_default=False, err=True)
        elif key in (*keys, BACK, LEAVE_OPEN, *_ENDS):
            return key, note
        else:
            console.say(f"{shown}\n{_INDENT}{_OTHER_KEYS}")


def _entry(book: PlanBook, touch: Touch, outcome: Outcome, note: str) -> Entry | None:
    """What is to be logged, with what has to be asked for it; None where it is taken back."""
    again_on = None
    if outcome is Outcome.LATER:
        again_on = click.prompt(f"{_INDENT}From which day on", type=options.DATE, err=True)
    if outcome is Outcome.COMPLAINT and not note:
        question = f"{_INDENT}What is it about"
        note = click.prompt(question, default="", show_default=False, err=True)
    who = who_and_what(book.plan.territory, touch).rpartition(", ")[0]
    if outcome is Outcome.DO_NOT_CONTACT and not click.confirm(
        f"{_INDENT}{who} is never touched again. Log it?", err=True
    ):
        return None
    try:
        return Entry(outcome, min(touch.date, book.today), again_on=again_on, note=note)
    except ValueError as error:
        console.say(f"{_INDENT}{error}")
        return None
