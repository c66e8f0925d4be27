import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import get_completion_class
from commands import lines, run
from folders import sound_folder

from campaign.errors import InvalidInput, PlannerDefect
from campaign.outputs.proof import version_of
from campaign_cli import console
from campaign_cli.main import COMMANDS, TRACEBACK, cli, main


def test_the_help_page_names_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, summary in COMMANDS.items():
        assert any(line.split()[:1] == [name] and summary in line for line in lines(result.stdout))


@pytest.mark.parametrize("name", COMMANDS)
def test_each_summary_is_the_first_sentence_of_the_command_itself(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert (command.help or "").split("\n")[0] == COMMANDS[name]
    assert command.name == name


def test_a_shell_can_complete_the_names_of_the_commands() -> None:
    assert cli.list_commands(click.Context(cli)) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_help_page(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: cli {name} ")


def test_the_version_is_that_of_the_distribution() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (
        0,
        f"campaign {version_of('territory-campaign')}\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["plam"],
        ["plan", "--no-such-option"],
        ["check", "--start", "31/04/2027"],
        ["plan", "--effort", "much"],
        ["plan", "--effort", "-1"],
        ["plan", "--effort", "9" * 40],
        ["show", "--date", "soon"],
        ["show", "--today", "--date", "2027-01-04"],
        ["new", "a", "b"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["check", "plan", "verify", "show"])
@pytest.mark.parametrize("path", ["no such folder", "a\0b", "x" * 300, "mine/accounts.csv/deeper"])
def test_a_path_that_is_none_ends_with_1_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    sound_folder(tmp_path / "mine")
    result = run(name, path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(lines(result.stderr)) == 1
    assert "; " in result.stderr
    assert "fault of the program" not in result.stderr


def test_the_entry_point_is_the_same_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["anything", "plam"])
    with pytest.raises(SystemExit) as raised:
        main()
    assert raised.value.code == 2
    assert capsys.readouterr().err.startswith("Usage: campaign ")


def broken(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def load(*_arguments: object, **_keywords: object) -> None:
        raise error

    monkeypatch.setattr("campaign_cli.options.load", load)


def test_ctrl_c_before_there_is_a_plan_ends_with_130(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, KeyboardInterrupt())
    result = run("plan", folder)
    assert result.exit_code == 130
    assert result.stderr == "Stopped; nothing is half written.\n"
    assert not (folder / "campaign.csv").exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "list.csv"), "list.csv: Permission"),
        (OSError("the disk is gone"), "the disk is gone"),
        (PlannerDefect(("R1 broken",)), "R1 broken"),
        (RuntimeError("odd"), "RuntimeError: odd"),
        (RecursionError("deep"), "RecursionError: deep"),
    ],
)
def test_any_error_becomes_a_sentence_and_1(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    broken(monkeypatch, error)
    result = run("check", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_broken_pipe_is_quiet(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, BrokenPipeError(errno.EPIPE, "Broken pipe"))
    result = run("check", folder)
    assert (result.exit_code, result.output) == (1, "")


def test_a_traceback_is_shown_to_who_asks_for_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, RuntimeError("odd"))
    monkeypatch.setenv(TRACEBACK, "1")
    assert isinstance(run("check", folder).exception, RuntimeError)


def test_errors_of_the_input_are_said_last_and_named_errors(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "accounts.csv").write_text("account_id,name,tier\nA-1,One,Z\nA-1,Two,A\n")
    result = run("plan", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    said = lines(result.stderr)
    assert any(line.startswith("error: accounts.csv:2 tier: ") for line in said)
    assert any(line.startswith("error: accounts.csv:3 account_id: ") for line in said)
    errors = [line.startswith("error: ") for line in said]
    assert errors == sorted(errors)
    assert errors[-1]
    assert not (folder / "campaign.csv").exists()
    console.failure(InvalidInput(()))
    assert capsys.readouterr() == ("", "")


def test_a_program_gets_the_errors_of_the_input_as_json(folder: Path) -> None:
    (folder / "accounts.csv").write_text("account_id,name,tier\nA-1,One,Z\nA-1,Two,A\n")
    result = run("plan", folder, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["errors"] > 1) == (1, True)
    assert len(found["findings"]) == found["errors"] + found["notices"]
    (tier,) = (one for one in found["findings"] if one["column"] == "tier")
    assert (tier["file"], tier["row"], tier["severity"]) == ("accounts.csv", 2, "error")
    assert f"error: {tier['sentence']}" in lines(result.stderr)


@pytest.mark.parametrize(
    "command", ["import", "check", "plan", "verify", "show", "replan", "status"]
)
def test_a_program_gets_a_file_that_is_not_there_as_json(command: str, tmp_path: Path) -> None:
    result = run(command, tmp_path / "none.csv", "--json")
    (finding,) = json.loads(result.stdout)["findings"]
    assert (result.exit_code, finding["file"]) == (1, str(tmp_path / "none.csv"))
    assert result.stderr.splitlines()[-1] == f"error: {finding['sentence']}"


def test_a_program_gets_what_goes_wrong_with_the_machine_as_json(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    result = run("plan", folder, "--json")
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["sentence"].startswith("No space left on device; make room there")


def test_the_module_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "campaign_cli", "plam"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: campaign ")


@pytest.mark.skipif(
    shutil.which("campaign", path=str(Path(sys.executable).parent)) is None,
    reason="the script campaign is not installed beside this Python",
)
def test_the_installed_script_plans_and_verifies(folder: Path) -> None:
    script = str(Path(sys.executable).with_name("campaign"))
    for arguments in (["plan", str(folder), "--effort", "0"], ["verify", str(folder)]):
        done = subprocess.run([script, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_terminal_without_unicode_is_written_to_all_the_same(tmp_path: Path) -> None:
    name = "مخبز 🥐"
    folder = sound_folder(tmp_path / "mine", accounts=f"account_id,name\n{name},{name},\n")
    done = subprocess.run(
        [sys.executable, "-m", "campaign_cli", "check", str(folder)],
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONIOENCODING": "ascii",
        },
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1
    assert b"contacts.csv:2 account_id" in done.stdout


def test_a_command_that_is_misspelt_is_told_the_nearest() -> None:
    result = run("pln")
    assert result.exit_code == 2
    assert 'error: "pln" is no command; did you mean "plan"?' in result.stderr
    assert "did you mean" not in run("xyzzy").stderr


def test_a_full_disk_has_its_own_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    said = run("check", folder).stderr
    assert said.startswith("error: No space left on device; make room there")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_options(shell: str) -> None:
    completion = get_completion_class(shell)
    assert completion is not None
    found = completion(cli, {}, "campaign", "_CAMPAIGN_COMPLETE")
    assert "_CAMPAIGN_COMPLETE" in found.source_template % found.source_vars()
    assert [one.value for one in found.get_completions([], "repl")] == ["replan"]
    assert "--call-days" in [one.value for one in found.get_completions(["new"], "--")]
    assert [one.value for one in found.get_completions(["export", "--to"], "x")] == ["xlsx"]
