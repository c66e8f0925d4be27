"""The program as the system ends it: no room for what it prints, and signals at any moment."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
STOPPED = "Stopped; nothing is half written.\n"


def program(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "campaign_cli", *map(str, arguments)]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("arguments", [["status", "--json"], ["status"], ["--help"], ["--version"]])
def test_what_cannot_be_printed_is_a_sentence(planned: Path, arguments: list[str]) -> None:
    command = program(*arguments, *([planned] if arguments[0] == "status" else []))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=-1, env=ENVIRONMENT, check=False)
        mute = subprocess.run(command, stdout=full, stderr=full, env=ENVIRONMENT, check=False)
    sentence = "No space left on device; make room there, or send the output to another place\n"
    assert (done.returncode, done.stderr.decode()) == (1, f"error: {sentence}")
    assert mute.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another system's")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_while_the_program_starts_or_works_is_a_sentence(planned: Path, name: str) -> None:
    heard = 0
    for moment in range(6):
        with subprocess.Popen(
            program("status", planned), stdout=-1, stderr=-1, env=ENVIRONMENT
        ) as running:
            time.sleep(0.1 * moment)
            running.send_signal(getattr(signal, name))
            _, told = running.communicate()
        assert b"Traceback" not in told
        if running.returncode == 130:
            assert told.decode() == STOPPED
            heard += 1
        else:  # before there was a program, or after it had ended
            assert running.returncode in (0, -getattr(signal, name))
    assert heard
