"""Every command and every Python block of README and docs runs, page by page."""

import datetime as dt
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from commands import run
from documents import PAGES, ROOT, Block, Page, page
from planned import solved_once

from campaign import planning
from campaign.planner.progress import EFFORTS
from campaign_cli import clock

RUN = ("sh", "python")
ELLIPSIS = "..."
WITH_BLOCKS = [path for path in PAGES if any(b.language in RUN for b in page(path).blocks)]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples in it, some days before they begin."""
    ignored = shutil.ignore_patterns("campaign.csv*", "left-out.csv", "plan.json")
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=ignored)
    monkeypatch.setattr(clock, "today", lambda _timezone="": dt.date(2026, 12, 29))
    monkeypatch.chdir(tmp_path)
    # A page is asked whether it runs, not for the best plan, and plans what others plan too.
    for effort in EFFORTS:
        monkeypatch.setitem(EFFORTS, effort, 0)
    monkeypatch.setattr(planning, "solve", solved_once)
    return tmp_path


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("path", WITH_BLOCKS, ids=lambda path: page(path).name)
def test_every_block_of_the_page_runs(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reader = Reader(page(path), capsys)
    for block in page(path).blocks:
        reader.follow(block)


class Reader:
    """Somebody who does what a page says, block by block, in one folder."""

    def __init__(self, page: Page, capsys: pytest.CaptureFixture[str]) -> None:
        self.page = page
        self.capsys = capsys
        self.names: dict[str, object] = {"__name__": "__main__"}
        self.output = ""

    def follow(self, block: Block) -> None:
        for mark in block.marks:
            if mark.startswith("before: "):
                self._command(mark.removeprefix("before: "), 0)
        if target := block.mark("file"):
            self._write(Path(target), block.text)
        elif block.mark("not run"):
            self.output = ""
        elif block.language == "sh":
            self._commands(block)
        elif block.language == "python":
            self._python(block)
        elif block.mark("checked") is not None:
            self._compare(block)

    def _write(self, target: Path, text: str) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def _commands(self, block: Block) -> None:
        wanted = int(block.mark("ends with") or 0)
        lines = [line for line in block.text.splitlines() if line and not line.startswith("#")]
        assert lines, f"{self.page.name}:{block.line} is empty"
        self.output = "".join(self._command(line, wanted).output for line in lines)

    def _command(self, line: str, wanted: int) -> Result:
        program, *arguments = shlex.split(line, comments=True)
        assert program == "campaign", f'{self.page.name}: "{line}" cannot be run'
        result = run(*arguments)
        assert result.exit_code == wanted, f"{self.page.name}: {line}\n{result.output}"
        return result

    def _python(self, block: Block) -> None:
        code = compile("\n" * block.line + block.text, self.page.name, "exec")
        self.capsys.readouterr()
        exec(code, self.names)  # noqa: S102 (the blocks are ours)
        self.output = self.capsys.readouterr().out

    def _compare(self, block: Block) -> None:
        shown = "".join(map(_pattern, _plain(block.text).splitlines()))
        place = f"{self.page.name}:{block.line}"
        assert re.fullmatch(shown, f"{_plain(self.output)}\n"), (
            f"{place} shows\n{block.text}\nand the output is\n{self.output}"
        )


def _pattern(line: str) -> str:
    """What matches a line that is shown; `...` alone stands for any number of lines."""
    if line == ELLIPSIS:
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.split(ELLIPSIS))) + r"\n"


def _plain(text: str) -> str:
    """The text with its paths written one way, without space at the ends of lines."""
    lines = [line.rstrip() for line in text.replace(os.sep, "/").strip().splitlines()]
    return "\n".join(lines)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: page(path).name)
def test_what_is_not_run_says_why(path: Path) -> None:
    for block in page(path).blocks:
        commands = [line for line in block.text.splitlines() if line and not line.startswith("#")]
        if block.language == "sh" and not all(line.startswith("campaign ") for line in commands):
            assert block.mark("not run"), f"{page(path).name}:{block.line}"


def test_the_first_two_commands_of_the_readme_install_plan_and_test() -> None:
    first, second = [b for b in page(ROOT / "README.md").blocks if b.language == "sh"][:2]
    install = "python3 -m venv .venv && .venv/bin/pip install"
    assert first.text == f"{install} . && .venv/bin/campaign plan examples/first-quarter\n"
    assert second.text == f"{install} '.[test]' && .venv/bin/pytest -n auto\n"
