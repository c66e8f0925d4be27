"""Smallest bad inputs, one for each sentence, from which the end of the page on errors is made.

A sample is a folder whose files stand in the place of the same files of a sound one; an
`export.csv` in it is imported, `choices.toml` being what its user said. With `--update-golden`
the page is written anew.
"""

import datetime as dt
import shutil
import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from folders import SOUND, write_folder
from sites import Site, come_by, sites

from campaign import read
from campaign.errors import Finding
from campaign.importing import import_lists
from campaign.reading import load, read_plan
from campaign.reading.exports.choices import Choices

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path for path in (ROOT / "tests/samples").iterdir() if path.is_dir())
PAGE = ROOT / "docs/reference/errors.md"
EXPORT = "Account ID,Account Name,Phone\n1,Mill,5\n"
HEADING = "## Samples\n"
ABOVE = (
    "Each of these is a smallest input that brings its sentence, kept in `tests/samples/`; "
    "this list is made by running them.\n"
)


def findings(folder: Path, sample: Path | None) -> tuple[Finding, ...]:
    """What is found in the sound folder with the sample in it."""
    write_folder(folder, SOUND)
    if sample:
        shutil.copytree(sample, folder, dirs_exist_ok=True)
    export, people = folder / "export.csv", folder / "export-contacts.csv"
    if (plan := folder / "campaign.csv").exists():
        return read_plan(plan, read(folder), today=dt.date(2027, 1, 8))[1]
    if not export.exists():
        return load(folder).findings
    said = folder / "choices.toml"
    choices = Choices(**tomllib.loads(said.read_text())) if said.exists() else None
    found = import_lists(export, people if people.exists() else None, choices=choices)
    return tuple(found.findings)


@cache
def everything() -> tuple[dict[str, str], set[Site]]:
    """What each sample brings, by name, and the lines of the readers that they come by."""
    with TemporaryDirectory() as name, come_by() as lines:
        folder = Path(name)
        plain = write_folder(folder / "plain", {"export.csv": EXPORT})
        usual = {
            str(one)
            for number, sound in enumerate((None, plain))
            for one in findings(folder / f"sound-{number}", sound)
        }
        return {sample.name: _told(folder, sample, usual) for sample in SAMPLES}, lines


def _told(folder: Path, sample: Path, usual: set[str]) -> str:
    """The first thing that is found because of a sample, errors and what names a row first."""
    new = [one for one in findings(folder / sample.name, sample) if str(one) not in usual]
    if not new:
        return ""
    files = {path.relative_to(sample).as_posix() for path in sample.rglob("*")}
    first = min(
        new, key=lambda one: (not one.is_error, one.file not in files, _is_aside(one), not one.row)
    )
    return f"{'error' if first.is_error else 'notice'}: {first}"


def _is_aside(finding: Finding) -> bool:
    """Whether it is of what most samples lack: a place, a number, an address."""
    lacking = ("the place of ", "no phone number", "full address")
    return not finding.is_error and any(words in finding.problem for words in lacking)


@pytest.mark.skipif(not PAGE.is_file(), reason="the pages are not here")
def test_the_page_on_errors_ends_with_what_the_samples_bring(
    request: pytest.FixtureRequest,
) -> None:
    told, _ = everything()
    rows = (f"| {name} | `{_in_a_cell(sentence)}` |\n" for name, sentence in told.items())
    table = "".join(["| sample | it says |\n", "|---|---|\n", *rows])
    before = PAGE.read_text(encoding="utf-8").partition(HEADING)[0].rstrip()
    wanted = f"{before}\n\n{HEADING}\n{ABOVE}\n{table}"
    if request.config.getoption("--update-golden"):
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted


def _in_a_cell(sentence: str) -> str:
    return sentence.replace("|", "\\|").replace("`", "'").replace("\0", "NUL")


def test_a_sample_brings_a_sentence_of_its_own() -> None:
    told, _ = everything()
    assert [name for name, sentence in told.items() if not sentence] == []


IN_PYTHON = """
__attrs_post_init__ _amounts _checked _filled _in_our_time _in_the_post _is_a _moment
_of_a_day _one_a_week _shares _short_enough _some_channel _to_relationship _to_weekdays
_whole_months checked_drives known_zone not_empty of ordered_pair to_date to_flag
to_number to_text to_whole no_tiers
"""
"""Asked of values made in Python; the readers ask before, and name file, row and column."""

OF_OPTIONS = """
_doubts _order _start
"""
"""Brought by what is said beside the files: tests/cli/test_options.py and test_check.py."""

TOO_LARGE = """
parse_document read_calendar
"""
"""Brought by megabytes: tests/unit/reading/test_size.py."""

OF_WORKBOOKS = """
_row _sheets
"""
"""Brought by workbooks, which are no texts: tests/unit/reading/test_workbook.py."""

OF_RARE_CELLS = """
_blocks _year_last
"""
"""Where a column or an answer is doubtful as a whole: tests/unit/reading/."""

ELSEWHERE = frozenset(
    f"{IN_PYTHON} {OF_OPTIONS} {TOO_LARGE} {OF_WORKBOOKS} {OF_RARE_CELLS}".split()
)


def test_every_place_that_makes_a_sentence_has_its_sample() -> None:
    _, lines = everything()
    lacking = {name for site, name in sites().items() if site not in lines}
    assert sorted(lacking - ELSEWHERE) == []
    assert sorted(ELSEWHERE - lacking) == []
