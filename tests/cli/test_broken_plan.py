"""A plan that a hand has broken: each command names the row, and none ends in a fault of ours."""

from pathlib import Path

import pytest
from commands import lines, run

COMMANDS = (
    ["status"],
    ["verify"],
    ["show", "--today"],
    ["replan", "--from", "2027-01-11", "--yes"],
    ["export", "--to", "json"],
    ["explain", "A-1", "-C"],
    ["log", "A-1", "replied", "--on", "2027-01-05", "-C"],
)


@pytest.mark.parametrize("broken", [',"planned,', ',"planned"x,'])
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda one: one[0])
def test_a_quote_that_is_open_or_badly_closed_names_its_row(
    planned: Path, arguments: list[str], broken: str
) -> None:
    path = planned / "campaign.csv"
    rows = path.read_text(encoding="utf-8-sig").split("\n")
    rows[3] = rows[3].replace(",planned,", broken)
    path.write_text("\n".join(rows), encoding="utf-8-sig")
    before = path.read_bytes()
    result = run(*arguments, planned)
    assert result.exit_code == 1
    (told,) = (line for line in lines(result.stderr) if "campaign.csv:4: " in line)
    assert "quote" in told
    assert "fault of the program" not in result.stderr
    assert path.read_bytes() == before
