"""`campaign log`: what came of a touch, or was heard of an account, in one line."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import click

from campaign.errors import InvalidInput
from campaign.explaining.following import account_name, name_of, what_follows
from campaign.logbook import Entry, Logged, log, log_account, open_touches
from campaign.model.outcomes import OUTCOMES, Outcome
from campaign.outputs.table import touch_record
from campaign.touches import Plan, Status, Touch
from campaign_cli import clock, console
from campaign_cli.choosing import find_account
from campaign_cli.dates import Date
from campaign_cli.options import Source, json_option, worded_options

_SOON = dt.timedelta(days=7)
"""A touch of a later day than this is not meant by its account's name alone."""
_LONG = dt.timedelta(days=30)


@attrs.frozen
class Said:
    """What the command line says: the day, the day asked for, and a note."""

    on: dt.date | None
    again_on: dt.date | None
    note: str


@click.command("log")
@worded_options
@click.argument("words", nargs=-1, required=True, metavar="[PATH] [TOUCH] OUTCOME")
@click.option("--account", metavar="ID-OR-NAME", help="Heard of the account as a whole.")
@click.option("--on", type=Date(), help="The day it was.  [default: today]")
@click.option("--again-on", type=Date(), help="The day they asked for.")
@click.option("--note", default="", help="What is to be remembered.")
@json_option
def command(
    source: Source,
    *,
    words: tuple[str, ...],
    account: str | None,
    as_json: bool,
    **said: Any,  # noqa: ANN401
) -> None:
    """Log what came of a touch.

    TOUCH is its id, or the id or name of its account. OUTCOME is reached, no_answer,
    voicemail, wrong_number, returned_mail, later (with --again-on), met, replied, complaint,
    do_not_contact or done.
    """
    what = Said(**said)
    *names, outcome = words
    wanted = 0 if account is not None else 1
    if len(names) != wanted:
        raise click.UsageError(_usage(wanted, len(names)))
    path, plan = source.read_plan()
    entry = _entry(outcome, what, clock.today(plan.territory.rep.timezone))
    _doubt(plan, entry)
    logged = (
        _of_account(path, plan, account, entry, source.folder)
        if account is not None
        else _of_touch(path, plan, names[0], entry, source.folder)
    )
    _print(logged, as_json=as_json)


def _usage(wanted: int, found: int) -> str:
    if not wanted:
        return "with --account only the outcome is given; leave the touch out"
    if not found:
        return f"a touch and an outcome are wanted; write one of {', '.join(OUTCOMES)} after it"
    return "one touch and one outcome are wanted; put quotes around a name of several words"


def _entry(outcome: str, said: Said, today: dt.date) -> Entry:
    if said.on is not None and said.on > today:
        raise click.UsageError(f"--on {said.on} is still to come; give a day up to {today}")
    with _usage_errors():
        return Entry(outcome, said.on or today, again_on=said.again_on, note=said.note)


def _doubt(plan: Plan, entry: Entry) -> None:
    """A word on a day long before the campaign: its year is easily mistyped."""
    start = plan.territory.start
    if entry.on < start - _LONG:
        console.say(f"notice: {entry.on} is long before the first day of the campaign, {start}")


def _of_account(path: Path, plan: Plan, account: str, entry: Entry, folder: Path) -> Logged:
    account_id = find_account(plan, account).account_id
    with _usage_errors():
        return log_account(path, plan.territory, account_id, entry, folder=folder)


def _of_touch(path: Path, plan: Plan, text: str, entry: Entry, folder: Path) -> Logged:
    touch_id = text if "/" in text else _chosen(plan, text, entry).touch_id
    with _usage_errors():
        return log(path, plan.territory, touch_id, entry, folder=folder)


@contextmanager
def _usage_errors() -> Iterator[None]:
    """Values that do not go together are wrong usage; what is wrong in a file is none."""
    try:
        yield
    except InvalidInput:
        raise
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _chosen(plan: Plan, text: str, entry: Entry) -> Touch:
    """The touch of an account that is meant; asked for on a terminal where there are several."""
    account = find_account(plan, text)
    touches = open_touches(plan, account.account_id, entry.on, entry.outcome)
    is_mail = entry.outcome is Outcome.RETURNED_MAIL
    if not touches:
        what = "letter or card that was to be sent by then" if is_mail else "open touch"
        raise click.UsageError(f"{account.name} has no {what}; name the touch, or use --account")
    if len(touches) == 1 and touches[0].date <= entry.on + _SOON:
        return touches[0]
    lines = [_line(plan, number, touch) for number, touch in enumerate(touches, start=1)]
    is_open = all(touch.status is Status.PLANNED for touch in touches)
    words = ("open touch", "open touches") if is_open else ("touch", "touches")
    number = console.counted(len(touches), *words)
    listed = "\n".join((f"{account.name} has {number}:", *lines))
    if not console.can_ask():
        raise click.UsageError(f"{listed}\nname one by its id, or use --account")
    console.say(listed)
    chosen = click.prompt("Which", type=click.IntRange(1, len(touches)), err=True)
    return touches[int(chosen) - 1]


def _line(plan: Plan, number: int, touch: Touch) -> str:
    who = name_of(plan.territory, touch)
    is_open = touch.status is Status.PLANNED
    made = "" if is_open else f"  [{touch.outcome.replace('_', ' ') or touch.status.value}]"
    what = f"{touch.channel}, {touch.purpose}, {who}"
    return f"  {number}. {touch.day}  {what}  {touch.touch_id}{made}"


def _print(logged: Logged, *, as_json: bool) -> None:
    plan, touch = logged.plan, logged.touch
    follows = what_follows(plan.territory, logged.consequences, touch)
    if as_json:
        console.result_json({"touch": touch_record(plan, touch), "follows": list(follows)})
        return
    before = logged.before.outcome if logged.before else ""
    when = ", sent on" if touch.outcome is Outcome.RETURNED_MAIL else " on"
    console.result(f"{_what(plan, touch)}: {touch.outcome}{when} {touch.day}")
    if before and before != touch.outcome:
        console.result(f"It was logged as {before} before.")
    for sentence in follows:
        console.result(sentence)


def _what(plan: Plan, touch: Touch) -> str:
    account, person = account_name(plan.territory, touch.account_id), name_of(plan.territory, touch)
    who = [account] if person == account else [account, person]
    return ", ".join((*who, f"{touch.channel} ({touch.step})" if touch.channel else "heard"))
