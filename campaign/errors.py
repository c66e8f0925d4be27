"""The few exceptions of the library, and `Finding`, one fault of the input.

CampaignError
├── InvalidInput     (also ValueError)  findings: every one of them, never only the first
├── UnreadableFile   path, problem, remedy: a file that cannot be read or written
├── WorkIsLogged     path, logged: a plan that must not be written over
├── UnknownName      (also KeyError)  kind, name, known: an id or a name that is not there
├── CallbackFailed   campaign: the best plan until a callback of the search raised
└── PlannerDefect    violations: a plan that breaks a rule, which is a fault of ours
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from attrs import field, frozen

_ENDLESS = re.compile(r'"([^"]{200})[^"]+"')
_LONGEST = 800


class Severity(StrEnum):
    """How much a finding matters: an error stops, a notice is planned on."""

    ERROR = "error"
    NOTICE = "notice"


def _bounded(sentence: str) -> str:
    """A sentence with what it quotes, and itself, not endless."""
    short = _ENDLESS.sub(r'"\1..."', sentence)
    return short if len(short) <= _LONGEST else f"{short[:_LONGEST]}..."


@frozen
class Finding:
    """One thing wrong (error) or doubtful (notice) in the input, with its place.

    `file` is the file's name, or the kind of value for values made in Python;
    `row` is the line on which the row starts in that file (the heading is row 1),
    0 where the finding concerns no row; `column` is a heading or a TOML key. What `problem`
    and `remedy` quote is cut at 200 characters, and they at 800 each.
    """

    file: str
    problem: str = field(converter=_bounded)
    remedy: str = field(default="", kw_only=True, converter=_bounded)
    row: int = field(default=0, kw_only=True)
    column: str = field(default="", kw_only=True)
    severity: Severity = field(default=Severity.ERROR, kw_only=True)

    @classmethod
    def notice(
        cls, file: str, problem: str, remedy: str = "", *, row: int = 0, column: str = ""
    ) -> "Finding":
        """One that is doubtful, and planned on."""
        return cls(file, problem, remedy=remedy, row=row, column=column, severity=Severity.NOTICE)

    @property
    def is_error(self) -> bool:
        """Whether planning must stop for it."""
        return self.severity is Severity.ERROR

    @property
    def place(self) -> str:
        """File, row and column, as in `accounts.csv:14 last_contact`."""
        where = f"{self.file}:{self.row}" if self.row else self.file
        return f"{where} {self.column}".strip()

    def __str__(self) -> str:
        """The whole sentence: place, what is wrong, what would be right."""
        sentence = f"{self.place}: {self.problem}"
        return f"{sentence}; {self.remedy}" if self.remedy else sentence


class CampaignError(Exception):
    """The base of every exception that this library raises on purpose."""


@frozen
class InvalidInput(CampaignError, ValueError):  # noqa: N818 (names what is at fault, as the rest)
    """The input cannot be understood or contradicts itself; holds every finding."""

    findings: tuple[Finding, ...] = field(converter=tuple[Finding, ...])

    def __str__(self) -> str:
        """One sentence a line."""
        return "\n".join(str(finding) for finding in self.findings)


@frozen
class UnreadableFile(CampaignError):  # noqa: N818
    """A file or folder that cannot be read or written."""

    path: Path = field(converter=Path)
    problem: str
    remedy: str

    def __str__(self) -> str:
        """The path, what is wrong with it and what would be right."""
        return f"{self.path}: {self.problem}; {self.remedy}"


@frozen
class WorkIsLogged(CampaignError):  # noqa: N818
    """A plan in which work is logged, and which a new plan would write over."""

    path: Path = field(converter=Path)
    logged: int

    def __str__(self) -> str:
        """How much is logged, and the two ways on."""
        rows = "row" if self.logged == 1 else "rows"
        return (
            f"{self.path}: {self.logged} {rows} of logged work would be written over; "
            "plan on from it with campaign replan, or write over it with --afresh"
        )


@frozen
class CallbackFailed(CampaignError):  # noqa: N818
    """A callback of `plan` raised (see `__cause__`); `campaign` is the best plan until then."""

    campaign: object

    def __str__(self) -> str:
        """That it was the callback, and where the plan is."""
        return "a callback failed; the best plan until then is the campaign of this error"


@frozen
class UnknownName(CampaignError, KeyError):  # noqa: N818
    """A name or an id that is not there; `known` says which are, where they are few."""

    kind: str
    name: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What is not known, and what is."""
        some = f"; write one of {', '.join(self.known)}" if self.known else "; check the id"
        return f'"{self.name}" is no {self.kind}{some}'


@frozen
class PlannerDefect(CampaignError):  # noqa: N818
    """The planner made a plan that breaks a rule: a fault of ours, never of the input."""

    violations: tuple[object, ...] = field(converter=tuple[object, ...])

    def __str__(self) -> str:
        """What is broken, and that it should be reported."""
        broken = "\n".join(f"  {violation}" for violation in self.violations)
        return f"the planner broke its own rules; please report this:\n{broken}"


def raise_errors(findings: Iterable[Finding]) -> None:
    """Raise `InvalidInput` with all findings if any of them is an error."""
    found = tuple(findings)
    if any(finding.is_error for finding in found):
        raise InvalidInput(found)
