"""What commands say and write, as a program that lives by the locale of its environment."""

# ruff: noqa: RUF001 (the Turkish letters are what this is about)

import datetime as dt
import json
import locale
import sys
from pathlib import Path

import pytest
from commands import run
from folders import sound_folder

from campaign_cli import clock

COMMANDS = (
    ["check"],
    ["plan", "--effort", "0"],
    ["log", "A-1", "replied", "--on", "2027-01-05", "--note", "ISTANBUL ıi Iİ 1,5 %", "-C"],
    ["replan", "--from", "2027-01-11", "--effort", "0", "--yes"],
    *(["show"], ["show", "--week"], ["status"], ["verify"], ["explain", "A-1", "-C"]),
    *(["export", "--to", kind] for kind in ("html", "ics", "json", "xlsx", "letters", "steady")),
)
LIST = (
    "account_id;name;tier;value;city;postal_code;country\n"
    "A-1;İğdır Süt;A;1.234,50;Salem;97301;US\nA-2;STRASSE & Söhne;B;12,5;Albany;97321;US\n"
)


def everything(folder: Path) -> dict[str, str]:
    """What each command says, and what every file holds at the end, by its name."""
    sound_folder(folder, accounts=LIST)
    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda _timezone="": dt.date(2027, 1, 6))
        for command in COMMANDS:
            result = run(*command, folder)
            told = f"{result.exit_code}\n{result.stdout}{result.stderr}"
            said[" ".join(command)] = told.replace(str(folder), "here")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".xlsx")
    return said | {path.name: path.read_bytes().decode("latin-1") for path in files}


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")
    json.dump(everything(Path(sys.argv[1])), sys.stdout)
