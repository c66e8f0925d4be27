import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import campaign

ROOT = Path(__file__).parents[2]
MOST_NAMES = 40


@cache
def modules_after(code: str) -> frozenset[str]:
    """The modules that a fresh Python has imported after running some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    return frozenset(done.stdout.splitlines()[-1].split())


HELP = """
from campaign_cli.main import cli
try:
    cli(["--help"])
except SystemExit:
    pass
"""


def test_the_public_names_are_sorted_known_and_few() -> None:
    assert campaign.__all__ == sorted(campaign.__all__)
    assert len(campaign.__all__) <= MOST_NAMES
    assert all(getattr(campaign, name).__doc__ for name in campaign.__all__)


def test_nothing_public_is_left_out_of_the_public_names() -> None:
    public = {name for name in vars(campaign) if not name.startswith("_")}
    public |= set(campaign._LATE)  # noqa: SLF001 (they are imported when asked for)
    modules = {name for name in public if isinstance(getattr(campaign, name), ModuleType)}
    assert public - modules - {"TYPE_CHECKING", "import_module"} == set(campaign.__all__)


LATE = [
    "icalendar",
    "jinja2",
    "opening_hours",
    "python_calamine",
    "recurring_ical_events",
    "typst",
    "tzfpy",
    "xlsxwriter",
    "zipcodes",
]


@pytest.mark.parametrize("heavy", ["ortools", "pandas", "numpy", "holidays", "click", *LATE])
def test_importing_the_library_does_not_import(heavy: str) -> None:
    assert heavy not in modules_after("import campaign")


@pytest.mark.parametrize("heavy", ["campaign", "attrs", "attr", "pendulum", "ortools", "holidays"])
def test_the_help_page_does_not_import(heavy: str) -> None:
    assert heavy not in modules_after(HELP)


@pytest.mark.parametrize("command", ["plan", "export"])
def test_a_help_page_of_a_command_does_not_import_the_solver(command: str) -> None:
    heavy = {"ortools", "pandas", "holidays", "icalendar", "jinja2", "xlsxwriter"}
    assert not heavy & modules_after(HELP.replace('"--help"', f'"{command}", "--help"'))


@pytest.mark.skipif(not (ROOT / "CHANGELOG.md").is_file(), reason="the sources are not here")
def test_the_version_is_that_of_the_newest_heading_of_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[?v?(\d+\.\d+\.\d+)", changelog, flags=re.MULTILINE)
    assert newest is not None
    assert newest[1] == campaign.__version__
