"""The same command gives the same bytes, in another process with another hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run

WRITTEN = ("campaign.csv", "left-out.csv", "plan.json")


@pytest.mark.proof
def test_another_process_with_another_hash_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        assert run("new", folder, "--example").exit_code == 0
    effort = ("--effort", "20")
    assert run("plan", here, *effort).exit_code == 0
    subprocess.run(
        [sys.executable, "-m", "campaign_cli", "plan", str(there), *effort],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
        capture_output=True,
    )
    for name in WRITTEN:
        assert (here / name).read_bytes() == (there / name).read_bytes()
