"""What is printed: results on stdout, notices and progress on stderr."""

import errno
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs
import click

from campaign.errors import CampaignError, Finding, InvalidInput, UnreadableFile

if TYPE_CHECKING:
    from campaign.planner.progress import Progress, Watch
    from campaign.touches import Level

MOST_NOTICES = 8
_LEVELS_SHOWN = ("floor", "required", "optional")
# A terminal would obey these: they come out of lists that others have written.
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\ufffd")


def result(text: str) -> None:
    """Print a result, on stdout."""
    click.echo(text.translate(_CONTROLS))


def say(text: str) -> None:
    """Print what goes along with a result, on stderr."""
    click.echo(text.translate(_CONTROLS), err=True)


def result_json(value: object) -> None:
    """Print a result for a program, on stdout: JSON, keys in their own order."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def can_ask() -> bool:
    """Whether somebody sits at a terminal, who sees a question and can answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun: `1 account`, `2 accounts`; `several` where it is irregular."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def finding_line(finding: Finding) -> str:
    """A finding in one line; a notice says that it is one."""
    line = " ".join(str(finding).split())
    return line if finding.is_error else f"notice: {line}"


def finding_lines(findings: Iterable[Finding]) -> list[str]:
    """Findings a line each, the errors first."""
    return [finding_line(f) for f in sorted(findings, key=lambda finding: not finding.is_error)]


def say_findings(findings: Sequence[Finding]) -> None:
    """Print every error and the first notices, on stderr."""
    notices = [finding for finding in findings if not finding.is_error]
    errors = [finding for finding in findings if finding.is_error]
    for line in finding_lines([*errors, *notices[:MOST_NOTICES]]):
        say(line)
    if len(notices) > MOST_NOTICES:
        more = counted(len(notices) - MOST_NOTICES, "more notice")
        say(f'notice: and {more}; "campaign check" lists them all')


def failure(error: Exception) -> None:
    """Print what ended a command, as sentences on stderr."""
    if isinstance(error, InvalidInput):
        say_findings(error.findings)
    else:
        say(_sentence(error))


def failure_record(error: Exception) -> dict[str, Any]:
    """What ended a command, for a program: its findings, or a file or the sentence as one."""
    findings = error.findings if isinstance(error, InvalidInput) else (_as_finding(error),)
    return {
        "findings": [finding_record(finding) for finding in findings],
        "errors": sum(finding.is_error for finding in findings),
        "notices": sum(not finding.is_error for finding in findings),
    }


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding for a program, with its sentence."""
    sentence = str(finding) if finding.file else finding.problem
    return {**attrs.asdict(finding), "sentence": sentence}


def _as_finding(error: Exception) -> Finding:
    if isinstance(error, UnreadableFile):
        return Finding(str(error.path), error.problem, remedy=error.remedy)
    return Finding("", _sentence(error))


def _sentence(error: Exception) -> str:
    if isinstance(error, CampaignError):
        return str(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}; {_remedy(error)}"
    return (
        f"This is a fault of the program, not of your files: {type(error).__name__}: {error}; "
        "please report it, with the output under CAMPAIGN_TRACEBACK=1"
    )


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room there, or send the output to another place"
    return "check that it is there and your rights to it"


@contextmanager
def planning_bar() -> "Iterator[Watch | None]":
    """A progress bar on stderr; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(
        length=1, label="Planning", file=sys.stderr, item_show_func=_level_words
    ) as bar:
        yield Advance(bar)


class Advance:
    """Moves a bar to where the search is."""

    def __init__(self, bar: Any) -> None:  # noqa: ANN401 (click's class is private)
        self.bar = bar

    def __call__(self, progress: "Progress") -> None:
        """Show the effort spent, and the shares of the levels reached."""
        self.bar.length = max(1, progress.of)
        self.bar.update(progress.done - self.bar.pos, progress)


def _level_words(progress: "Progress | None") -> str:
    levels = progress.levels if progress else ()
    shown = (level for level in levels if level.name in _LEVELS_SHOWN)
    return ", ".join(f"{level.name} {_reached(level)}" for level in shown)


def _reached(level: "Level") -> str:
    return f"{level.figure}" if level.share is None else f"{int(100 * level.share)} %"
