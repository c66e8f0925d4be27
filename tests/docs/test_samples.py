"""Smallest bad inputs, one for each sentence, from which the end of the page on errors is made.

A sample is a file that stands in the place of the same file of a sound folder. With
`--update-golden` the page is written anew.
"""

from pathlib import Path

import pytest
from folders import SOUND, write_folder

from campaign.reading import load

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path for path in (ROOT / "tests/samples").rglob("*") if path.is_file())
PAGE = ROOT / "docs/reference/errors.md"
HEADING = "## Samples\n"
ABOVE = (
    "Each of these is a smallest input that brings its sentence, kept in `tests/samples/`; "
    "this list is made by running them.\n"
)


def findings(folder: Path, sample: Path | None) -> list[str]:
    """What is found in the sound folder with the sample in it, an error or a notice each."""
    changed = {sample.name: sample.read_bytes()} if sample else {}
    found = load(write_folder(folder, {**SOUND, **changed})).findings
    return [f"{'error' if one.is_error else 'notice'}: {one}" for one in found]


def told(folder: Path, sample: Path) -> str:
    """The first thing that is found because of a sample, errors and what has a row first."""
    usual = findings(folder / "sound", None)
    new = [one for one in findings(folder / "sample", sample) if one not in usual]
    assert new, f"{sample.parent.name} brings nothing"
    placed = f"{sample.name}:"
    return min(new, key=lambda one: (not one.startswith("error"), placed not in one))


@pytest.mark.skipif(not PAGE.is_file(), reason="the pages are not here")
def test_the_page_on_errors_ends_with_what_the_samples_bring(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    lines = []
    for sample in SAMPLES:
        sentence = told(tmp_path / sample.parent.name, sample).replace("|", "\\|")
        lines.append(f"| {sample.parent.name} | `{sentence}` |\n")
    table = "".join(["| sample | it says |\n", "|---|---|\n", *lines])
    before = PAGE.read_text(encoding="utf-8").partition(HEADING)[0].rstrip()
    wanted = f"{before}\n\n{HEADING}\n{ABOVE}\n{table}"
    if request.config.getoption("--update-golden"):
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_a_sample_brings_a_sentence_of_its_own(tmp_path: Path, sample: Path) -> None:
    (tmp_path / "x").mkdir()
    assert sample.name in told(tmp_path / "x", sample)
