"""The program where İ is no I, a comma divides the decimals, and files are not in UTF-8."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import in_locale
import pytest

SOURCES = Path("/usr/share/i18n/locales")


@pytest.mark.skipif(
    shutil.which("localedef") is None or not SOURCES.is_dir(), reason="no locale can be made here"
)
def test_a_locale_of_another_country_changes_nothing(tmp_path: Path) -> None:
    here = in_locale.everything(tmp_path / "here")
    assert {said[:2] for command, said in here.items() if " " in command} == {"0\n"}
    for name, codes in (("tr_TR", "ISO-8859-9"), ("de_DE", "UTF-8")):
        done = _done_in(tmp_path, name, codes)
        assert (name, done.returncode, done.stderr.decode()) == (name, 0, "")
        assert (name, json.loads(done.stdout)) == (name, here)


def _done_in(folder: Path, name: str, codes: str) -> subprocess.CompletedProcess[bytes]:
    """The program, run in a locale that is made for it."""
    made = f"{name}.{codes}"
    program = str(shutil.which("localedef"))
    subprocess.run([program, "-i", name, "-f", codes, folder / made], check=True)
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONUTF8"}
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.run(
        [sys.executable, in_locale.__file__, str(folder / f"in-{name}")],
        env={**kept, "PYTHONPATH": paths, "LOCPATH": str(folder), "LC_ALL": made},
        capture_output=True,
        check=False,
    )
