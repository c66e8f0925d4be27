"""Taking back the last log, plan or replan, and doing it again: all files of it, or none."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from campaign.storage.locks import locked
from campaign.storage.problems import unwritable
from campaign.storage.whole import content_of, refuse_changed, write_whole

Contents = Mapping[Path, bytes | None]
Cells = Mapping[str, str]
Change = Callable[[bytes | None], bytes | None]
_BY_HAND = "put it back as it was, or leave it so and correct the row with campaign log"
_LOGGED = ("status", "outcome", "done_on", "again_on", "note")


@frozen
class ChangedRow:
    """A row of the plan that is other before a step than after it; None where there is none."""

    before: Cells | None
    after: Cells | None

    @property
    def logged(self) -> Cells | None:
        """The row after, where something was logged in it by the step."""
        before, after = self.before or {}, self.after
        if after is None or not any(after.get(name) for name in ("outcome", "done_on", "note")):
            return None
        return after if any(after.get(n, "") != before.get(n, "") for n in _LOGGED) else None


@frozen
class UndoStep:
    """One act to be taken back, or to be done again, with the files as they are and would be.

    `made` names what was exported since, and is not taken back. `kind` is that of its acts.
    """

    plan: Path
    kind: ActKind
    before: Contents = field(kw_only=True)
    after: Contents = field(kw_only=True)
    journal: Journal = field(kw_only=True)
    made: tuple[tuple[str, ...], ...] = field(default=(), kw_only=True)

    @property
    def rows(self) -> tuple[ChangedRow, ...]:
        """The rows of the plan in which before and after differ."""
        old, new = (_rows(side.get(self.plan), self.plan) for side in (self.before, self.after))
        changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        return tuple(ChangedRow(old.get(key), new.get(key)) for key in changed)

    @property
    def logged(self) -> tuple[Cells, ...]:
        """The rows in which the step has logged something."""
        return tuple(row.logged for row in self.rows if row.logged is not None)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Whose refusals stand after the step and not before it, by name, else by id."""
        refused = Outcome.DO_NOT_CONTACT
        rows = [row for row in self.logged if row.get("outcome") == refused]
        names = [row.get("contact") or row.get("account") or row["touch_id"] for row in rows]
        return tuple(dict.fromkeys([*names, *self._refusals_kept]))

    @property
    def _refusals_kept(self) -> Iterator[str]:
        """Whose words are in the list of refusals after the step alone; gaps are no words."""
        for path, after in self.after.items():
            if path.name != REFUSALS_FILE:
                continue
            held = _records(self.before.get(path), path)
            for row in _records(after, path):
                if row not in held and row.get("because", NO_CONTACT) in ("", NO_CONTACT, SAID_NO):
                    yield row.get("name") or row.get("contact_id") or row.get("account_id", "")


def _rows(content: bytes | None, path: Path) -> dict[str, Cells]:
    return cells_by_id(content, path.name, ALL_COLUMNS) if content else {}


def _records(content: bytes | None, path: Path) -> list[Cells]:
    table = parse_table(content or b"", path.name)
    return [dict(zip(table.headings, row.cells, strict=False)) for row in table.rows]


def last_step(plan: Path, settings: Path | None = None) -> UndoStep | None:
    """What would be taken back; None where there is nothing.

    `settings` is the `campaign.toml` that days off were written into. Raises
    `UnreadableFile` where a file was edited by another hand since, or the journal cannot be
    read: then nothing can be taken back.
    """
    return next(steps_back(plan, settings), None)


def steps_back(plan: Path, settings: Path | None = None) -> Iterator[UndoStep]:
    """The steps that could be taken back one after the other, the last first; raises alike."""
    journal = _journal(plan)
    done, made = list(journal.done), []
    contents: dict[Path, bytes | None] = {}
    while done:
        if done[-1].kind is ActKind.EXPORT:
            made.append(done.pop().made)
            continue
        number = done[-1].step
        acts = [act for act in done if act.step == number and act.edits]
        after = _held(plan, settings, acts, contents)
        contents = {**contents, **after}
        for edit in _edits(reversed(acts)):
            path = _path(plan, settings, edit)
            contents[path] = _changed(path, edit.undone, contents[path])
        before = {path: contents[path] for path in after}
        marked = [evolve(act, is_undone=act.step >= number) for act in journal.acts]
        yield UndoStep(
            plan,
            acts[-1].kind,
            before=before,
            after=after,
            journal=evolve(journal, acts=marked),
            made=tuple(reversed(made)),
        )
        done = [act for act in done if act.step < number]


def next_step(plan: Path, settings: Path | None = None) -> UndoStep | None:
    """What would be done again, of what was taken back; None where there is nothing."""
    journal = _journal(plan)
    ahead = [act for act in journal.undone if act.edits]
    if not ahead:
        return None
    number = ahead[0].step
    acts = [act for act in ahead if act.step == number]
    before = _held(plan, settings, acts, {})
    after = dict(before)
    for edit in _edits(acts):
        path = _path(plan, settings, edit)
        after[path] = _changed(path, edit.redone, after[path])
    marked = [evolve(act, is_undone=act.is_undone and act.step > number) for act in journal.acts]
    journal = evolve(journal, acts=marked)
    return UndoStep(plan, acts[0].kind, before=before, after=after, journal=journal)


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


def _edits(acts: Iterable[Act]) -> Iterator[Edit]:
    return (edit for act in acts for edit in act.edits)


def _held(
    plan: Path, settings: Path | None, acts: Sequence[Act], known: Contents
) -> dict[Path, bytes | None]:
    """What the files of some acts hold now, or after the later ones are taken back."""
    paths = dict.fromkeys(_path(plan, settings, edit) for edit in _edits(acts))
    return {path: known[path] if path in known else content_of(path) for path in paths}


def _path(plan: Path, settings: Path | None, edit: Edit) -> Path:
    """The file of an edit: one beside the plan, or the settings; no other is ever written."""
    named = Path(edit.file)
    if named.name == edit.file:
        return plan.with_name(edit.file)
    if settings and named in (settings, settings.with_name(REFUSALS_FILE)):
        return named
    problem = f"names a file elsewhere, {edit.file}"
    raise UnreadableFile(journal_of(plan), problem, "name the campaign folder as you did then")


def _changed(path: Path, change: Change, content: bytes | None) -> bytes | None:
    try:
        return change(content)
    except ValueError as error:
        raise UnreadableFile(path, str(error), _BY_HAND) from error
