"""`campaign log`: what came of a touch, of a day, or was heard of an account; or a walk.

The walk goes through what was due, a key an outcome; each answer is saved at once.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import attrs
import click

from campaign.errors import InvalidInput, raise_errors
from campaign.explaining.today import Today
from campaign.explaining.words import date_in_words
from campaign.logbook import Entry, Logged, log, log_account, log_all, tell
from campaign.model.outcomes import OUTCOMES, Outcome, outcomes_of
from campaign.outputs.agenda import WIDTH
from campaign.outputs.plan_table import touch_record
from campaign.outputs.timetable import channel_of, touches_on
from campaign.phrases import counted, day_in_words
from campaign.reading.lists.short_lists import read_heard
from campaign.reading.parsing.files import read_bytes
from campaign.reading.parsing.table import parse_table
from campaign.touches import Plan, Status, Touch
from campaign_cli import clock, console, heard, options
from campaign_cli.choosing import find, find_account
from campaign_cli.heard import PlanBook, follows, in_words, who_and_what
from campaign_cli.options import Source

_LONG = dt.timedelta(days=30)
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
_BACK = "All of it at once is taken back by: campaign undo"


@attrs.frozen
class SaidOfTouch:
    """What the command line says of a touch: its name and its outcome, and beside them."""

    words: tuple[str, ...]
    on: dt.date | None
    again_on: dt.date | None
    note: str
    account: str | None
    day: dt.date | None
    channel: str | None
    file: Path | None
    told: bool


@click.command("log")
@options.takes_words(least=0)
@click.argument("words", nargs=-1, metavar="[PATH] [TOUCH] [OUTCOME]")
@click.option("--account", metavar="ID-OR-NAME", help="Heard of the account as a whole.")
@click.option("--on", type=options.PAST_DATE, help="The day it was.  [default: today]")
@click.option("--again-on", type=options.DATE, help="The day they asked for.")
@click.option("--note", default="", help="What is to be remembered.")
@click.option(
    "--day", type=options.PAST_DATE, help="All that is open of that day, with one outcome."
)
@click.option("--channel", metavar="NAME", help="With --day: of this channel alone.")
@click.option("--told", is_flag=True, help="Its day was told to them; without an outcome.")
@click.option(
    "--from", "file", type=options.FILE, metavar="FILE", help="What a telephone has ticked."
)
@options.as_json
def command(source: Source, **said: Any) -> None:  # noqa: ANN401
    """Log what came of a touch.

    TOUCH is its id, or the id or name of its account or person. OUTCOME is reached,
    no_answer, voicemail, wrong_number, returned_mail, later (with --again-on), met, replied,
    complaint, do_not_contact or done, before or after it. Without both, on a terminal, it
    walks through what was due.
    """
    what = SaidOfTouch(**said)
    plan = source.read_plan()
    book = PlanBook(source, plan, clock.today(plan.territory.rep.timezone))
    try:
        if what.told:
            _print(_told(book, what))
        elif what.file is not None:
            _print_all(_of_file(book, what.file, what.words), source.where)
        elif what.day is not None:
            _print_all(_of_day(book, what, what.day), source.where)
        elif not (what.words or what.account or console.wants_json()) and console.can_ask():
            walk(book)
        else:
            _print(_one(book, what))
    except InvalidInput:
        raise
    except ValueError as error:  # values that do not go together
        raise click.UsageError(str(error)) from error


def _one(book: PlanBook, said: SaidOfTouch) -> Logged:
    if not said.words:
        raise click.UsageError(
            "say what came of which touch: campaign log TOUCH OUTCOME, campaign log --day monday "
            "done, or --from FILE; without them it asks, and nobody can be asked here"
        )
    name, outcome = heard.parted(said.words)
    if bool(name) is (said.account is not None):
        raise click.UsageError(
            "with --account only the outcome is given; leave the touch out"
            if name
            else f"a touch and an outcome are wanted; write one of {', '.join(OUTCOMES)} after it"
        )
    entry = Entry(outcome, _past(book, "on", said.on), again_on=said.again_on, note=said.note)
    first = book.plan.territory.start
    if entry.on < first - _LONG:  # its year is easily mistyped
        early = f"{day_in_words(entry.on)} is long before the first day of the campaign"
        console.notice(f"{early}, {day_in_words(first)}")
    if said.account is not None:
        account_id = find_account(book.plan, said.account).account_id
        return book.write(log_account, account_id, entry)
    return heard.log_by_name(book, name, entry)


def _past(book: PlanBook, option: str, day: dt.date | None) -> dt.date:
    """The day of an option, else today; wrong usage where it is still to come."""
    if day is not None and day > book.today:
        when = f"--{option} {day_in_words(day)}"
        raise click.UsageError(f"{when} is still to come; give a day up to today")
    return day or book.today


def _told(book: PlanBook, said: SaidOfTouch) -> Logged:
    """The touch whose day was told: by its id, else the next that is planned with whom it names."""
    name = " ".join(said.words)
    if not name:
        raise click.UsageError("name the touch whose day they know: campaign log TOUCH --told")
    if "/" not in name:
        whom = find(book.plan, name)
        ahead = (
            one
            for one in book.plan.touches
            if one.account_id == whom.account.account_id
            and (whom.person is None or one.contact_id == whom.id)
            and one.status is Status.PLANNED
            and one.date >= book.today
        )
        touch = min(ahead, key=lambda one: (one.date, one.touch_id), default=None)
        if touch is None:
            problem = f"nothing is planned with {whom.name} from today on"
            raise click.UsageError(f"{problem}; name the touch")
        name = touch.touch_id
    return book.write(tell, name, said.on or book.today)


def _of_day(book: PlanBook, said: SaidOfTouch, day: dt.date) -> tuple[Logged, ...]:
    """Everything of a day that is open, with one outcome, where its channel can have it."""
    _past(book, "day", day)
    name, outcome = heard.parted(said.words or ["done"])
    if name:
        raise click.UsageError(f'with --day only the outcome is given; leave "{name}" out')
    entry = Entry(outcome, day, again_on=said.again_on, note=said.note)
    touches = [
        touch
        for touch in touches_on(book.plan, day)
        if touch.status is Status.PLANNED
        and said.channel in (None, touch.channel)
        and outcome in outcomes_of(channel_of(book.plan, touch))
    ]
    if not touches:
        what = f" by {said.channel}" if said.channel else ""
        raise click.UsageError(
            f"nothing{what} that can be {in_words(outcome)} is open on {day_in_words(day)}; "
            f"see that day: campaign show{book.source.where} --date {day}"
        )
    return book.log_each(touches, entry, "--day")


def _of_file(book: PlanBook, file: Path, words: Sequence[str]) -> tuple[Logged, ...]:
    """What a list says that came of touches: all of it, or nothing."""
    if words:
        raise click.UsageError(f'with --from nothing else is given; leave "{words[0]}" out')
    records = read_heard(parse_table(read_bytes(file), file.name))
    raise_errors(records.all_findings)
    if not records.items:
        raise click.UsageError(f"{file} holds nothing that was ticked")
    entries = {
        row: (one.touch_id, Entry(one.outcome, one.done_on, again_on=one.again_on, note=one.note))
        for row, one in zip(records.rows, records.items, strict=True)
    }
    return book.write(log_all, entries, file=file.name)


def _record(logged: Logged) -> dict[str, Any]:
    return {"touch": touch_record(logged.plan, logged.touch), "follows": follows(logged)}


def _print(logged: Logged) -> None:
    console.answer(lambda: _record(logged), *heard.logged_lines(logged))


def _print_all(logged: Sequence[Logged], where: str) -> None:
    """A line each, and the count last, with the way back."""
    if console.wants_json():
        console.result_json([_record(one) for one in logged])
        return
    for one in logged:
        what = who_and_what(one.plan.territory, one.touch)
        console.result(f"{what}: {in_words(one.touch.outcome)}")
        console.result(*(f"  {sentence}" for sentence in follows(one)))
    console.result(f"{counted(len(logged), 'touch')} logged.")
    console.say(f"{_BACK}{where}")


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

    def _order(touch: Touch) -> tuple[bool, dt.date, str, str]:
        is_first = touch.is_promise or touch.purpose == "recover"
        return not is_first, touch.date, touch.channel, touch.touch_id

    return tuple(sorted((*planned, *standing.not_planned), key=_order))


def walk(book: PlanBook) -> None:
    """Ask of each touch that was due what came of it, until the last, `.` or ctrl-C."""
    due = due_by(book.plan, book.today)
    answered: dict[str, Outcome] = {}
    at = 0
    console.say(f"{counted(len(due), 'touch')} to log. {_OTHER_KEYS}")
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
            book.log_each(alike, sent, "log", goes_on=bool(answered))
            answered |= {one.touch_id: Outcome.DONE for one in alike}
            console.say(f"{_INDENT}{_all_of(alike)} done")
            at += len(alike)
        elif entry := _entry(book, touch, KEYS[key], note):
            logged = book.write(log, touch.touch_id, entry, goes_on=bool(answered))
            answered[touch.touch_id] = entry.outcome
            lines = (in_words(entry.outcome), *follows(logged))
            console.say(*(f"{_INDENT}{line}" for line in lines))
            at += 1
    left, where = len(due) - len(answered), book.source.where
    more = f", {left} left open" if left else "; nothing is left open"
    console.result(f"{counted(len(answered), 'touch')} logged{more}.")
    if answered:
        console.say(f"{_BACK}{where}", f"Next: campaign replan{where}")


def _show(plan: Plan, touch: Touch, place: str, answer: Outcome | None) -> None:
    what = f"{who_and_what(plan.territory, touch)}, {touch.purpose}"
    before = f"  [{in_words(answer)}]" if answer else ""
    console.say(f"\n{place}  {date_in_words(plan.territory, touch.date)}  {what}{before}")
    brief = wrap(" ".join(touch.brief.split()), WIDTH)[:_MOST_BRIEF]
    console.say(*(f"{_INDENT}{line}" for line in brief))


def _alike(plan: Plan, due: Sequence[Touch]) -> Sequence[Touch]:
    """What was posted by the same channel on the same day as the first; else that alone."""
    same = (due[0].date, due[0].channel)
    alike = list(takewhile(lambda one: (one.date, one.channel) == same, due))
    return alike if channel_of(plan, due[0]).is_post else alike[:1]


def _all_of(alike: Sequence[Touch]) -> str:
    return f"all {len(alike)} {alike[0].channel}s of that day"


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
