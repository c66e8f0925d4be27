"""What is printed: results on stdout, notices and progress on stderr."""

import errno
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from shutil import get_terminal_size
from textwrap import fill
from typing import Any, TextIO

import attrs
import click

from campaign.errors import CampaignError, Finding, InvalidInput, UnreadableFile
from campaign.phrases import counted

MOST_NOTICES = 8
ERROR, NOTICE = "error: ", "notice: "
_COLOURS = {ERROR: "red", NOTICE: "yellow"}
_MOST_ROWS = 5
_VALUES = re.compile(r'"[^"]*"|\d+')
# A terminal would obey these: they come out of lists that others have written.
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\ufffd")


def result(text: str) -> None:
    """Print a result, on stdout."""
    click.echo(text.translate(_CONTROLS))


def say(text: str) -> None:
    """Print what goes along with a result, on stderr; errors and notices in their colours.

    On a terminal lines are broken between words, as wide as it is.
    """
    plain = text.translate(_CONTROLS)
    if sys.stderr.isatty():
        plain = "\n".join(_fitting(line) for line in plain.split("\n"))
    mark = next((mark for mark in _COLOURS if plain.startswith(mark)), "")
    if mark and _has_colours(sys.stderr):
        plain = click.style(mark, fg=_COLOURS[mark], bold=True) + plain.removeprefix(mark)
    click.echo(plain, err=True)


def _fitting(line: str) -> str:
    """The line as a terminal shows it, broken between words where it is too long."""
    width = get_terminal_size().columns
    if len(line) <= width:
        return line
    return fill(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def heading(text: str) -> None:
    """Print a line of a result that stands above others, bold on a terminal, on stdout."""
    plain = text.translate(_CONTROLS)
    click.echo(click.style(plain, bold=True) if _has_colours(sys.stdout) else plain)


def show_needs(text: str) -> None:
    """Print what needs the rep, its heading above the rest; nothing where nothing does."""
    first, _, rest = text.partition("\n")
    if first:
        heading(first)
        result(f"{rest}\n")


def _has_colours(stream: TextIO) -> bool:
    """Whether a terminal shows colours and nobody has asked for none (no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream.isatty()


def result_json(value: object) -> None:
    """Print a result for a program, on stdout: JSON, keys in their own order."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def can_ask() -> bool:
    """Whether somebody sits at a terminal, who sees a question and can answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def finding_line(finding: Finding) -> str:
    """A finding in one line; a notice says that it is one."""
    line = " ".join(str(finding).split())
    return line if finding.is_error else f"{NOTICE}{line}"


def finding_lines(findings: Iterable[Finding]) -> list[str]:
    """Findings a line each, the errors last, where the eye ends."""
    return [finding_line(f) for f in sorted(findings, key=lambda finding: finding.is_error)]


def say_findings(findings: Sequence[Finding], *, most: int = MOST_NOTICES) -> None:
    """Print the first notices, those of one kind as one, then every error, on stderr."""
    notices = of_one_kind([finding for finding in findings if not finding.is_error])
    for line in finding_lines(notices[:most]):
        say(line)
    if len(notices) > most:
        more = counted(len(notices) - most, "more notice")
        say(f'{NOTICE}and {more}; "campaign check" lists them all')
    for line in finding_lines(finding for finding in findings if finding.is_error):
        say(f"{ERROR}{line}")


def of_one_kind(findings: Iterable[Finding]) -> list[Finding]:
    """Findings on rows that differ in their values alone, as one with a count."""
    kinds: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        alike = (one.file, one.column, _VALUES.sub("", one.remedy or one.problem))
        kinds.setdefault(alike if one.row else (str(one),), []).append(one)
    return [_as_one(alike) for alike in kinds.values()]


def _as_one(alike: Sequence[Finding]) -> Finding:
    first, *others = alike
    if not others:
        return first
    rows = list(dict.fromkeys(str(one.row) for one in others if one.row != first.row))
    shown, left = rows[:_MOST_ROWS], len(rows) - _MOST_ROWS
    where = f"{', '.join(shown)}{f' and {left} more' if left > 0 else ''}"
    places = f", in {'row' if len(rows) == 1 else 'rows'} {where}" if rows else ""
    more = f"{len(others)} more like it{places}"
    return attrs.evolve(first, problem=f"{first.problem}; and {more}")


def failure(error: Exception) -> None:
    """Print what ended a command, as sentences on stderr."""
    if isinstance(error, InvalidInput):
        say_findings(error.findings)
    else:
        say(f"{ERROR}{_sentence(error)}")


def failure_record(error: Exception) -> dict[str, Any]:
    """What ended a command, for a program: its findings, or a file or the sentence as one."""
    if isinstance(error, InvalidInput):
        findings = error.findings
    elif isinstance(error, UnreadableFile):
        findings = (Finding(str(error.path), error.problem, remedy=error.remedy),)
    else:
        findings = (Finding("", _sentence(error)),)
    return {
        "findings": [finding_record(finding) for finding in findings],
        "errors": sum(finding.is_error for finding in findings),
        "notices": sum(not finding.is_error for finding in findings),
    }


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding for a program, with its sentence."""
    sentence = str(finding) if finding.file else finding.problem
    return {**attrs.asdict(finding), "sentence": sentence}


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
