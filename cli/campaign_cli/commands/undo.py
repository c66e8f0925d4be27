"""`campaign undo`: takes the last log, plan or replan back, or does it again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import click
from click.exceptions import Exit

from campaign.phrases import counted, day_in_words
from campaign.storage.journal import ActKind
from campaign.touches import Status
from campaign.undoing import Cells, UndoStep, do_again, last_step, next_step, take_back
from campaign_cli import console, options
from campaign_cli.main import INPUT_FAULT
from campaign_cli.options import Source

_MOST_SHOWN = 10
_WITHOUT_EFFECT = ("json", "places")
_NAMED = ("touch_id", "account", "contact", "channel", "outcome", "done_on", "note")


@click.command("undo")
@options.takes_source
@click.option("--redo", is_flag=True, help="Do again what was taken back.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--lift-refusals", is_flag=True, help="Also where it lifts somebody's refusal.")
@options.as_json
def command(source: Source, *, redo: bool, yes: bool, lift_refusals: bool) -> None:
    """Take the last log, plan or replan back.

    PATH is a campaign folder or a list of accounts. Shows what will be undone, and asks; one
    undo takes back all that one command has written, a whole sitting of "log" too. Again, it
    goes further back; --redo goes forward. Files that were edited since by another hand stay
    as they are.
    """
    plan, settings = source.plan_path, source.settings_path
    step = (next_step if redo else last_step)(plan, settings)
    if step is None:
        what = "taken back, so nothing can be done again" if redo else "noted to take back"
        raise click.UsageError(f"nothing is {what} in {plan.parent.resolve()}")
    if not console.wants_json():
        title, *lines = lines_of(step, "Does again" if redo else "Takes back")
        console.heading(title)
        console.result(*lines)
        for what, *files in step.exported:
            if what not in _WITHOUT_EFFECT:
                console.result(f"Not taken back: {what}, written since ({', '.join(files)})")
    refusals = () if redo or lift_refusals else step.refusals
    if not _may(refusals, "Do it again?" if redo else "Take it back?", yes=yes):
        console.say("Nothing is changed.")
        raise Exit(INPUT_FAULT)
    (do_again if redo else take_back)(step)
    if console.wants_json():
        console.result_json(
            {
                "kind": step.kind.value,
                "logged": [{name: row.get(name, "") for name in _NAMED} for row in step.logged],
                "rows": len(step.rows),
                "refusals": step.refusals,
                "files": list(step.before),
                "not_taken_back": step.exported,
                "written": list(step.before),
            }
        )
    else:
        back = f"Taken back. To do it again: campaign undo{source.where} --redo"
        console.result("Done again." if redo else back)


def _may(refusals: Sequence[str], question: str, *, yes: bool) -> bool:
    """Whether it may be done: said beforehand, or asked now; a refusal is asked for by name."""
    can_ask = console.can_ask() and not console.wants_json()
    if not can_ask and (refusals or not yes):
        needed = "--lift-refusals" if refusals else "--yes"
        why = f"this lifts the refusal of {' and '.join(refusals)}; " if refusals else ""
        raise click.UsageError(f"{why}nobody can be asked here: give {needed} to do it")
    for name in refusals:
        console.say(f"{name} asked to be left alone. Taken back, {name} is touched again.")
        typed = click.prompt("Type the name to lift the refusal", default="", err=True)
        if typed.strip().casefold() != name.casefold():
            return False
    return yes or bool(refusals) or click.confirm(question, err=True)


def lines_of(step: UndoStep, verb: str) -> Iterator[str]:
    """What a step has done, in the rep's words: a heading, and a line a touch."""
    logged = step.logged
    if step.kind is ActKind.LOG:
        counts = Counter(map(_outcome, logged))
        told = ", ".join(f"{number} {name}" for name, number in counts.items())
        yield f"{verb} what was logged of {counted(len(logged), 'touch')}: {told}"
        for row in logged[:_MOST_SHOWN]:
            names = dict.fromkeys(filter(None, (row.get("account"), row.get("contact"))))
            what = f"{row.get('channel') or 'heard'}: {_outcome(row)}{_day(row)}"
            yield f"  {', '.join(names) or row['touch_id']}, {what}"
        if len(logged) > _MOST_SHOWN:
            yield f"  and {len(logged) - _MOST_SHOWN} more"
        return
    what = "the plan" if step.kind is ActKind.PLAN else "the replan"
    is_first = step.before.get(step.plan) is None
    yield f"{verb} {what}{': there was none before' if is_first else ''}"
    if not is_first:
        yield f"  {_moves(step)}"
    for path in step.before:
        if path.suffix == ".toml":
            yield f"  and what it has written into {path.name}"


def _outcome(row: Cells) -> str:
    return (row.get("outcome") or row.get("status") or "noted").replace("_", " ")


def _day(row: Cells) -> str:
    try:
        day = dt.date.fromisoformat(row.get("done_on") or row.get("date") or "")
    except ValueError:
        return ""
    return f" on {day_in_words(day)}"


def _moves(step: UndoStep) -> str:
    """What a plan has changed, counted: who moves, who is new, who is gone."""
    both = [(before, after) for before, after in step.rows if before and after]
    moved = sum(before.get("date") != after.get("date") for before, after in both)
    new = sum(not before for before, _ in step.rows)
    gone = sum(not after for _, after in step.rows)
    missed = sum(row.get("status") == Status.MISSED for _, row in both)
    counts = {"moved": moved, "new": new, "gone": gone, "counted as missed": missed}
    told = [f"{number} {name}" for name, number in counts.items() if number]
    return f"touches: {', '.join(told)}" if told else "no touch had another day"
