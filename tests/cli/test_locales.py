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
@pytest.mark.parametrize(("name", "codes"), [("tr_TR", "ISO-8859-9"), ("de_DE", "UTF-8")])
def test_a_locale_of_another_country_changes_nothing(tmp_path: Path, name: str, codes: str) -> None:
    made = f"{name}.{codes}"
    program = str(shutil.which("localedef"))
    subprocess.run([program, "-i", name, "-f", codes, tmp_path / made], check=True)
    done = subprocess.run(
        [sys.executable, in_locale.__file__, str(tmp_path / "there")],
        env={
            **{key: value for key, value in os.environ.items() if key != "PYTHONUTF8"},
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "LOCPATH": str(tmp_path),
            "LC_ALL": made,
        },
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    here = in_locale.everything(tmp_path / "here")
    assert {said[:2] for command, said in here.items() if " " in command} == {"0\n"}
    assert json.loads(done.stdout) == here
