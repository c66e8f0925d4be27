"""Taking back the last log, plan or replan, and doing it again: all files of it, or none."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from campaign.errors import UnreadableFile
from campaign.model.outcomes import Outcome
from campaign.model.refusals import NO_CONTACT, SAID_NO
from campaign.outputs.plan_table import ALL_COLUMNS
from campaign.reading.lists.short_lists import REFUSALS_FILE
from campaign.reading.parsing.table import parse_table
from campaign.reading.plans.plan_tables import cells_by_id
from campaign.storage.journal import Act, ActKind, Edit, Journal, journal_of, read_journal
from campaign.storage.whole import content_of, locked, refuse_changed, unwritable, write_whole

Contents = Mapping[Path, bytes | None]
Cells = Mapping[str, str]
_BY_HAND = "put it back as it was, or leave it so and correct the row with campaign log"
_LOGGED = ("status", "outcome", "done_on", "again_on", "note")


@frozen
class UndoStep:
    """What is to be taken back, or done again, with the files as they are and would be.

    `exported` names what was written for others since, and is not taken back, the format first.
    """

    plan: Path
    kind: ActKind
    before: Contents = field(kw_only=True)
    after: Contents = field(kw_only=True)
    journal: Journal = field(kw_only=True)
    exported: tuple[tuple[str, ...], ...] = field(default=(), kw_only=True)

    @property
    def rows(self) -> tuple[tuple[Cells, Cells], ...]:
        """The rows of the plan that differ, before and after; empty where there is none."""
        sides = (side.get(self.plan) or b"" for side in (self.before, self.after))
        old, new = (cells_by_id(side, self.plan.name, ALL_COLUMNS) for side in sides)
        changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        return tuple((old.get(key, {}), new.get(key, {})) for key in changed)

    @property
    def logged(self) -> tuple[Cells, ...]:
        """The rows, as they are after the step, in which it has logged something."""
        return tuple(
            after
            for before, after in self.rows
            if any(after.get(name) for name in ("outcome", "done_on", "note"))
            and any(after.get(name, "") != before.get(name, "") for name in _LOGGED)
        )

    @property
    def refusals(self) -> tuple[str, ...]:
        """Whose refusals stand after the step and not before it, by name, else by id."""
        refused = Outcome.DO_NOT_CONTACT
        rows = [row for row in self.logged if row.get("outcome") == refused]
        names = [row.get("contact") or row.get("account") or row["touch_id"] for row in rows]
        # And whose words are in the list of refusals after the step alone; gaps are no words.
        for path, after in self.after.items():
            held = _records(self.before.get(path), path)
            names += [
                row.get("name") or row.get("contact_id") or row.get("account_id", "")
                for row in _records(after, path)
                if row not in held and row.get("because", NO_CONTACT) in ("", NO_CONTACT, SAID_NO)
            ]
        return tuple(dict.fromkeys(names))


def _records(content: bytes | None, path: Path) -> list[Cells]:
    """The rows of a list of refusals; none of another file."""
    if path.name != REFUSALS_FILE:
        return []
    table = parse_table(content or b"", path.name)
    return [dict(zip(table.headings, row.cells, strict=False)) for row in table.rows]


def last_step(plan: Path, settings: Path | None = None) -> UndoStep | None:
    """What would be taken back; None where there is nothing.

    `settings` is the `campaign.toml` that days off were written into. Raises
    `UnreadableFile` where a file was edited by another hand since, or the journal cannot be
    read: then nothing can be taken back.
    """
    journal = _journal(plan)
    if not journal.done:
        return None
    number = journal.done[-1].step
    acts = [act for act in journal.done if act.step == number]
    edits = _edits(plan, settings, acts)
    after = {path: content_of(path) for path, _ in edits}
    before = _turned(after, reversed(edits), Edit.undone)
    marked = [evolve(act, is_undone=act.step >= number) for act in journal.acts]
    return UndoStep(
        plan,
        acts[-1].kind,
        before=before,
        after=after,
        journal=evolve(journal, acts=marked),
        exported=tuple(made for act in acts for made in act.exported),
    )


def next_step(plan: Path, settings: Path | None = None) -> UndoStep | None:
    """What would be done again, of what was taken back; None where there is nothing."""
    journal = _journal(plan)
    if not journal.undone:
        return None
    number = journal.undone[0].step
    acts = [act for act in journal.undone if act.step == number]
    edits = _edits(plan, settings, acts)
    before = {path: content_of(path) for path, _ in edits}
    after = _turned(before, edits, Edit.redone)
    marked = [evolve(act, is_undone=act.is_undone and act.step > number) for act in journal.acts]
    journal = evolve(journal, acts=marked)
    return UndoStep(plan, acts[0].kind, before=before, after=after, journal=journal)


def _turned(
    held: Contents,
    edits: Iterable[tuple[Path, Edit]],
    change: Callable[[Edit, bytes | None], bytes | None],
) -> dict[Path, bytes | None]:
    """What files would hold after some edits are taken back, or done again."""
    made = dict(held)
    for path, edit in edits:
        try:
            made[path] = change(edit, made[path])
        except ValueError as error:
            raise UnreadableFile(path, str(error), _BY_HAND) from error
    return made


def _edits(plan: Path, settings: Path | None, acts: Iterable[Act]) -> list[tuple[Path, Edit]]:
    """The edits of some acts by their file: one beside the plan, or the settings; no other ever."""
    found = []
    for edit in (edit for act in acts for edit in act.edits):
        named = Path(edit.file)
        if named.name == edit.file:
            found.append((plan.with_name(edit.file), edit))
        elif settings and named in (settings, settings.with_name(REFUSALS_FILE)):
            found.append((named, edit))
        else:
            problem = f"names a file elsewhere, {edit.file}"
            remedy = "name the campaign folder as you did then"
            raise UnreadableFile(journal_of(plan), problem, remedy)
    return found


def take_back(step: UndoStep) -> None:
    """Put the files back as they were before a step; raises `UnreadableFile`."""
    _put(step, step.after, step.before)


def do_again(step: UndoStep) -> None:
    """Put the files as they were after a step that was taken back; raises `UnreadableFile`."""
    _put(step, step.before, step.after)


def _put(step: UndoStep, read: Contents, wanted: Contents) -> None:
    with locked(step.plan):
        contents = {path: data for path, data in wanted.items() if data is not None}
        removed = [path for path in wanted if path not in contents]
        refuse_changed({path: read[path] for path in removed})
        held = {path: read[path] for path in contents}
        write_whole({**step.journal.rendered(), **contents}, read=held)
        for path in removed:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise unwritable(path, error) from error


def _journal(plan: Path) -> Journal:
    try:
        return read_journal(plan)
    except ValueError as error:
        problem, remedy = "is damaged; nothing can be taken back", "remove it; a new one is begun"
        raise UnreadableFile(journal_of(plan), problem, remedy) from error
