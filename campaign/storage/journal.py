"""What commands have changed in a campaign's files, act by act, so that it can be taken back.

One line of JSON an act, the oldest first, in a hidden file beside the plan. Of each file that
an act has written it holds the lines that differ, as they were and as they are, and digests
of the whole before and after. An act is noted together with what it writes: where the program
was killed in between, the files still hold what was before, and the act has not happened.
"""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from itertools import groupby, takewhile
from operator import attrgetter
from pathlib import Path

from attrs import asdict, evolve, field, frozen
from attrs.validators import deep_iterable, instance_of

from campaign.storage.whole import content_of

MOST_STEPS = 100
MOST_BYTES = 16 * 1024 * 1024
GROWS = "refusals.csv"
"""The list that commands only add to: a plan or a replan that is taken back leaves it be."""
_TEXTS = deep_iterable(instance_of(str))


class ActKind(StrEnum):
    """What an act was."""

    LOG = "log"
    PLAN = "plan"
    REPLAN = "replan"


@frozen
class Edit:
    """What an act has changed in one file: the lines from `line` (0 the first) on.

    `was` and `now` are digests of the whole file before and after, empty where there was
    none.
    """

    file: str = field(validator=instance_of(str))
    line: int = field(kw_only=True, validator=instance_of(int))
    before: tuple[str, ...] = field(kw_only=True, converter=tuple[str, ...], validator=_TEXTS)
    after: tuple[str, ...] = field(kw_only=True, converter=tuple[str, ...], validator=_TEXTS)
    was: str = field(kw_only=True, validator=instance_of(str))
    now: str = field(kw_only=True, validator=instance_of(str))

    def undone(self, content: bytes | None) -> bytes | None:
        """The content before, made of the one after; raises `ValueError` for any other."""
        if digest(content) == self.was:
            return content
        if digest(content) == self.now:
            lines = _lines(content)
            lines[self.line : self.line + len(self.after)] = self.before
            made = _bytes(lines) if self.was else None
            if digest(made) != self.was:
                raise ValueError("is not what was noted of it")
            return made
        # Of a list that has grown since only the lines of this act, without a heading.
        first = 0 if self.was and self.now else 1
        block, instead = _bytes(self.after[first:]), _bytes(self.before[first:])
        is_other = Path(self.file).name != GROWS or (
            block and content and content.count(block) != 1
        )
        if content is None or is_other:
            raise ValueError("has been edited by another hand since")
        return content.replace(block, instead) if block else content + instead

    def redone(self, content: bytes | None) -> bytes | None:
        """The content after, made of the one before; raises `ValueError` for any other."""
        turned = evolve(self, before=self.after, after=self.before, was=self.now, now=self.was)
        return turned.undone(content)


def _named(each: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, each))


@frozen
class Act:
    """One act: what it was and what it has changed; a step is one or more acts in a row.

    `exported` names what was written for others after it, the format first.
    """

    kind: ActKind = field(converter=ActKind)
    step: int = field(kw_only=True, validator=instance_of(int))
    edits: tuple[Edit, ...] = field(default=(), kw_only=True, converter=tuple[Edit, ...])
    exported: tuple[tuple[str, ...], ...] = field(
        default=(), kw_only=True, converter=_named, validator=deep_iterable(_TEXTS)
    )
    is_undone: bool = field(default=False, kw_only=True, validator=instance_of(bool))


@frozen
class Journal:
    """Every act that is noted of a plan, the oldest first."""

    plan: Path
    acts: tuple[Act, ...] = field(default=(), converter=tuple[Act, ...])

    @property
    def done(self) -> tuple[Act, ...]:
        """The acts that stand."""
        return tuple(takewhile(lambda act: not act.is_undone, self.acts))

    @property
    def undone(self) -> tuple[Act, ...]:
        """The acts that were taken back and can be done again, the next one first."""
        return self.acts[len(self.done) :]

    def rendered(self) -> dict[Path, bytes]:
        """The file as it is to be written: the oldest steps are forgotten beyond a limit."""
        lines: list[str] = []
        size = 0
        by_step = groupby(reversed(self.acts), key=attrgetter("step"))
        for number, (_, acts) in enumerate(by_step):
            group = [json.dumps(asdict(act), ensure_ascii=False) + "\n" for act in acts]
            size += sum(map(len, group))
            if number and (number >= MOST_STEPS or size > MOST_BYTES):
                break
            lines += group
        return {journal_of(self.plan): _bytes(reversed(lines))}


def journal_of(plan: Path) -> Path:
    """The journal of a plan: beside it, hidden, under its name."""
    return plan.with_name(f".{plan.stem}.undo.jsonl")


def read_journal(plan: Path) -> Journal:
    """What is noted of a plan; raises `ValueError` where the file is damaged.

    An act that was noted and has not happened is left out.
    """
    data = content_of(journal_of(plan)) or b""
    try:
        entries = [json.loads(line) for line in _lines(data)]
        acts = [Act(**{**one, "edits": [Edit(**edit) for edit in one["edits"]]}) for one in entries]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"{journal_of(plan).name} is damaged") from error
    for act in Journal(plan, acts).done[-1:]:
        held = [digest(content_of(plan.parent / edit.file)) for edit in act.edits]
        if held == [edit.was for edit in act.edits]:
            acts.remove(act)
    return Journal(plan, acts)


def recorded(
    plan: Path, kind: ActKind, contents: Mapping[Path, bytes], *, goes_on: bool = False
) -> dict[Path, bytes]:
    """What is to be written, with the journal that notes it as an act before all else.

    With `goes_on` it belongs to the step before, so that one undo takes both back.
    """
    edits = [
        edit_of(_name(plan, path), content_of(path), content)
        for path, content in contents.items()
        if kind is ActKind.LOG or path.name != GROWS
    ]
    edits = [edit for edit in edits if edit.was != edit.now]
    if not edits:
        return dict(contents)
    try:
        done = read_journal(plan).done
    except ValueError:
        done = ()  # begun anew: a damaged one must not stop anybody's work
    last = done[-1].step if done else 0
    act = Act(kind, step=last if goes_on and last else last + 1, edits=edits)
    # What was taken back before cannot be done again.
    return {**Journal(plan, [*done, act]).rendered(), **contents}


def recorded_export(plan: Path, what: str, files: Iterable[Path]) -> dict[Path, bytes]:
    """The journal with an export, so that an undo can name it; nothing where nothing is noted."""
    try:
        journal = read_journal(plan)
    except ValueError:
        return {}
    if not journal.done:
        return {}
    *before, last = journal.done
    made = (what, *(_name(plan, path) for path in files))
    noted = evolve(last, exported=[*last.exported, made])
    return evolve(journal, acts=[*before, noted, *journal.undone]).rendered()


def edit_of(file: str, before: bytes | None, after: bytes | None) -> Edit:
    """The lines in which two contents of a file differ."""
    # The common head and tail are left out: of a plan of a thousand rows one line is kept.
    old, new = _lines(before), _lines(after)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return Edit(
        file,
        line=first,
        before=old[first : len(old) - last],
        after=new[first : len(new) - last],
        was=digest(before),
        now=digest(after),
    )


def digest(content: bytes | None) -> str:
    """A digest of a content, empty where there is none."""
    return "" if content is None else sha256(content).hexdigest()


def _name(plan: Path, path: Path) -> str:
    """How a file is named in the journal: from the plan's folder."""
    return path.name if path.parent == plan.parent else str(path)


def _lines(content: bytes | None) -> list[str]:
    """Lines by newlines alone: other signs that end lines stand in cells too."""
    *lines, last = (content or b"").decode("utf-8", "surrogateescape").split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _bytes(lines: Iterable[str]) -> bytes:
    return "".join(lines).encode("utf-8", "surrogateescape")
