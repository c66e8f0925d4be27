"""What is printed: results on stdout, notices and the progress of a search on stderr."""

import errno
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from shutil import get_terminal_size
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Any, TextIO

import attrs
import click

from campaign.errors import CampaignError, Finding, InvalidInput, UnreadableFile
from campaign.phrases import counted, first_of

if TYPE_CHECKING:
    from campaign.explaining.today import Today
    from campaign.planner.progress import Progress, Watch

JSON = "campaign_cli.json"
"""The key under which a context knows that JSON was asked for."""
MOST_NOTICES = 8
ERROR, NOTICE = "error: ", "notice: "
_COLOURS = {ERROR: "red", NOTICE: "yellow"}
_MOST_ROWS = 5
_VALUES = re.compile(r'"[^"]*"|\d+')
A_SECOND = 1.0
_BAR, _DONE, _OPEN = 24, "#", "-"
FIRST, BETTER, LAST = "a first plan", "a better plan", "why each touch stands where it does"
"""What is done before the search tells how far it is, while it does, and after its end."""
# A terminal would obey these: they come out of lists that others have written.
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\ufffd")


def result(*texts: str) -> None:
    """Print results, on stdout."""
    for text in texts:
        click.echo(text.translate(_CONTROLS))


def heading(text: str) -> None:
    """Print a line of a result that stands above others, bold on a terminal, on stdout."""
    plain = text.translate(_CONTROLS)
    click.echo(click.style(plain, bold=True) if _has_colours(sys.stdout) else plain)


def show_needs(today: "Today", *, every: bool = False, ids: bool = False) -> None:
    """Print what needs the rep, its heading above the rest; nothing where nothing does."""
    from campaign.explaining.needs import needs, render_needs  # noqa: PLC0415 (slow to import)

    first, _, rest = render_needs(needs(today, ids=ids), every=every).partition("\n")
    if first:
        heading(first)
        result(f"{rest}\n")


def say(*texts: str) -> None:
    """Print what goes along with a result, on stderr; errors and notices in their colours.

    On a terminal lines are broken between words, as wide as it is.
    """
    width = get_terminal_size().columns
    wrapper = TextWrapper(
        width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    for text in texts:
        plain = text.translate(_CONTROLS)
        if sys.stderr.isatty():
            lines = plain.split("\n")
            plain = "\n".join(one if len(one) <= width else wrapper.fill(one) for one in lines)
        mark = next((mark for mark in _COLOURS if plain.startswith(mark)), "")
        if mark and _has_colours(sys.stderr):
            plain = click.style(mark, fg=_COLOURS[mark], bold=True) + plain.removeprefix(mark)
        click.echo(plain, err=True)


def notice(*texts: object) -> None:
    """Print what is doubtful, on stderr."""
    say(*(f"{NOTICE}{text}" for text in texts))


def _has_colours(stream: TextIO) -> bool:
    """Whether a terminal shows colours and nobody has asked for none (no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream.isatty()


def wants_json() -> bool:
    """Whether the command that runs was asked for JSON."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(JSON))


def result_json(value: object) -> None:
    """Print a result for a program, on stdout: JSON, keys in their own order."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def answer(record: Callable[[], object], *texts: object) -> None:
    """Print a result, on stdout: its record for a program that asked for JSON, else its texts."""
    if wants_json():
        result_json(record())
    else:
        result(*map(str, texts))


def can_ask() -> bool:
    """Whether somebody sits at a terminal, who sees a question and can answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def which(question: str, number: int) -> int:
    """Ask which of several is meant, of so many; the place of the answer, from 0."""
    return int(click.prompt(question, type=click.IntRange(1, number), err=True)) - 1


def finding_lines(findings: Iterable[Finding]) -> list[str]:
    """Findings a line each, a notice says that it is one; the errors last, where the eye ends."""
    ordered = sorted(findings, key=lambda finding: finding.is_error)
    return [f"{'' if one.is_error else NOTICE}{' '.join(str(one).split())}" for one in ordered]


def say_findings(findings: Iterable[Finding], *, most: int = MOST_NOTICES) -> None:
    """Print the first notices, those of one kind as one, then every error, on stderr."""
    found = list(findings)
    notices = list(_of_one_kind(one for one in found if not one.is_error))
    say(*finding_lines(notices[:most]))
    if len(notices) > most:
        more = counted(len(notices) - most, "more notice")
        notice(f'and {more}; "campaign check" lists them all')
    errors = finding_lines(finding for finding in found if finding.is_error)
    say(*(f"{ERROR}{line}" for line in errors))


def _of_one_kind(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings on rows that differ in their values alone, as one with a count."""
    kinds: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        alike = (one.file, one.column, _VALUES.sub("", one.remedy or one.problem))
        kinds.setdefault(alike if one.row else (str(one),), []).append(one)
    for first, *others in kinds.values():
        if not others:
            yield first
            continue
        rows = list(dict.fromkeys(str(one.row) for one in others if one.row != first.row))
        where = f"{'row' if len(rows) == 1 else 'rows'} {first_of(rows, _MOST_ROWS)}"
        more = f"{len(others)} more like it{f', in {where}' if rows else ''}"
        yield attrs.evolve(first, problem=f"{first.problem}; and {more}")


def findings_record(findings: Sequence[Finding]) -> dict[str, Any]:
    """Findings for a program, each with its sentence, and how many they are."""
    return {
        "findings": [
            {**attrs.asdict(one), "sentence": str(one) if one.file else one.problem}
            for one in findings
        ],
        "errors": sum(finding.is_error for finding in findings),
        "notices": sum(not finding.is_error for finding in findings),
    }


def failure(error: Exception) -> None:
    """Print what ended a command, as sentences on stderr; for a program its findings as well."""
    found: Sequence[Finding]
    if isinstance(error, InvalidInput):
        found = error.findings
        say_findings(found)
    else:
        sentence = _sentence(error)
        say(f"{ERROR}{sentence}")
        found = [Finding("", sentence)]
    if isinstance(error, UnreadableFile):
        found = [Finding(str(error.path), error.problem, remedy=error.remedy)]
    if wants_json():
        with suppress(OSError):  # where nothing can be printed, that was told above
            result_json(findings_record(found))


def _sentence(error: Exception) -> str:
    if isinstance(error, CampaignError):
        return str(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        remedy = "check that it is there and your rights to it"
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            remedy = "make room there, or send the output to another place"
        return f"{place}{error.strerror or error}; {remedy}"
    return (
        f"This is a fault of the program, not of your files: {type(error).__name__}: {error}; "
        "please report it, with the output under CAMPAIGN_TRACEBACK=1"
    )


@contextmanager
def planning_bar() -> Iterator["Watch | None"]:
    """A line on stderr that moves with a search; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    line = StatusLine()
    ticking = threading.Thread(target=line.tick, daemon=True)
    ticking.start()
    try:
        yield line
    finally:
        line.is_over.set()
        ticking.join()


class StatusLine:
    """One line that is written over.

    Its time is what has passed by the clock, and nothing is said of what is to come: how long
    the first plan and the reasons take is not known before.
    """

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._progress: Progress | None = None
        self._shown = ""

    def __call__(self, progress: "Progress") -> None:
        """Show how far the search is."""
        self._progress = progress
        self.show()

    def tick(self) -> None:
        """Show how time passes, each second until the end, then take the line away."""
        while not self.is_over.is_set():
            self.show()
            self.is_over.wait(A_SECOND)
        self._write("")
        sys.stderr.write("\r")
        sys.stderr.flush()

    def show(self) -> None:
        """Show how far the search is now, and how long it has taken."""
        width = get_terminal_size().columns - 1
        self._write(line_of(self._progress, time.monotonic() - self._began)[:width])

    def _write(self, text: str) -> None:
        with self._lock:
            if text != self._shown:
                sys.stderr.write(f"\r{text}{' ' * (len(self._shown) - len(text))}")
                sys.stderr.flush()
                self._shown = text


def line_of(progress: "Progress | None", seconds: float) -> str:
    """The line for where a search is, after so many seconds."""
    minutes, rest = divmod(int(seconds), 60)
    share, days = 0.0, ""
    if progress is not None:
        share = min(1.0, progress.share)
        if progress.owed:
            days = f": {progress.placed:,} of {progress.owed:,} touches have a day"
    stage = FIRST if progress is None else BETTER if share < 1 else LAST
    bar = (_DONE * int(share * _BAR)).ljust(_BAR, _OPEN)
    return f"Planning  {minutes}:{rest:02}  [{bar}]  {stage}{days}"
