"""The program as the system ends it: no room for what it prints, and signals at any moment."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from commands import run

from campaign_cli.main import cli

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
STOPPED = "Stopped; nothing is half written.\n"


def program(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "campaign_cli", *map(str, arguments)]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("arguments", [["status", "--json"], ["--help"]])
def test_what_cannot_be_printed_is_a_sentence(planned: Path, arguments: list[str]) -> None:
    command = program(*arguments, *([planned] if arguments[0] == "status" else []))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=-1, env=ENVIRONMENT, check=False)
    sentence = "No space left on device; make room there, or send the output to another place\n"
    assert (done.returncode, done.stderr.decode()) == (1, f"error: {sentence}")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_where_not_even_that_can_be_said_the_exit_code_does() -> None:
    with Path("/dev/full").open("wb") as full:
        command = program("--help")
        mute = subprocess.run(command, stdout=full, stderr=full, env=ENVIRONMENT, check=False)
    assert mute.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another system's")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_while_the_program_starts_or_works_is_a_sentence(
    planned: Path, name: str, request: pytest.FixtureRequest
) -> None:
    asked, heard = request.config.getoption("moments"), 0
    moments = asked if name == "SIGTERM" else asked // 2
    for moment in range(moments):
        with subprocess.Popen(
            program("status", planned), stdout=-1, stderr=-1, env=ENVIRONMENT
        ) as running:
            time.sleep(0.5 * moment / moments)
            running.send_signal(getattr(signal, name))
            _, told = running.communicate()
        if running.returncode == 130:
            assert told.decode() == STOPPED
            heard += 1
        else:  # before there was a program, of which Python itself may tell, or after its end
            assert b"campaign_cli" not in told
    assert heard or moments < 4


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort(), "in a class"])
def test_a_stop_is_told_wherever_it_falls(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException | str
) -> None:
    def load(*_arguments: object, **_keywords: object) -> None:
        if isinstance(error, BaseException):
            raise error
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr("campaign_cli.options.load", load)
    result = run("check", folder)
    assert (result.exit_code, result.stderr) == (130, STOPPED)


def test_a_stop_before_there_is_a_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse_args(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "parse_args", parse_args)
    result = run("check")
    assert (result.exit_code, result.stderr) == (130, STOPPED)
