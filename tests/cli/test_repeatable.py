"""The same command gives the same bytes, in another process with another hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run

WRITTEN = ("campaign.csv", "left-out.csv", "plan.json")


@pytest.mark.parametrize("effort", ["0", "150"])
def test_another_process_with_another_hash_seed_writes_the_same_bytes(
    tmp_path: Path, effort: str
) -> None:
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        assert run("new", folder, "--example").exit_code == 0
        subprocess.run(
            [sys.executable, "-m", "campaign_cli", "plan", str(folder), "--effort", effort],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        found.append([(folder / name).read_bytes() for name in WRITTEN])
    assert found[0] == found[1]
