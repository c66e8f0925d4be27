"""A fuzzer over all files and commands: whatever is written in them, the end is a sentence.

`FUZZ=10000` tries that many inputs in place of the few of every run.
"""

import datetime as dt
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from commands import run
from folders import ACCOUNTS, SETTINGS, write_folder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import mutated

from campaign_cli import clock

TRIED = int(os.environ.get("FUZZ", "300"))
LONGEST = 2000
FOLDER: Mapping[str, str] = {
    "accounts.csv": ACCOUNTS.replace("phone\n", "phone,grievance,visit_hours,closed_dates,value\n")
    .replace("0101\n", "0101,,Mon-Fri 09:00-12:00,2027-02-01/2027-02-05,12000\n")
    .replace("0102\n", "0102,late,,,900\n"),
    "campaign.toml": SETTINGS + 'leave = ["2027-02-15/2027-02-19"]\nbusy = "calendar.ics"\n'
    'hours = { mon = "08:00-17:00", tue = "08:00-17:00" }\n'
    '[capacity]\nminutes_per_week = 400\n[tiers.A]\ncadence = "own"\n[cadences.own]\nsteps = [\n'
    '  { step = "hello", channel = "letter", purpose = "introduce", within = 5 },\n'
    '  { step = "call", channel = ["call", "letter"], purpose = "listen", after = "hello", '
    "gap = [1, 6] },\n]\n",
    "contacts.csv": "contact_id,account_id,name,role,since,call_hours,letter,call,prefers\n"
    "C-1,A-1,Dr. Ito,decision_maker,2026-12-01,Mo-Fr 09:00-17:00,yes,,call\nC-2,A-1,Bo,,,,no,,\n",
    "promises.csv": "promise_id,account_id,contact_id,what,due,channel,kept_on\n"
    "P-1,A-1,C-1,send the invoice,2027-01-15,call,\nP-2,A-2,,call back,2026-12-15,,\n",
    "delivered.csv": "account_id,date,what\nA-1,2027-01-06,installed\n",
    "refusals.csv": "contact_id,account_id,channel,since,until\nC-2,A-1,,2026-12-01,\n",
    "calendar.ics": (
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:one\nDTSTART:20270105T090000Z\n"
        "DTEND:20270105T100000Z\nRRULE:FREQ=WEEKLY\nEXDATE:20270112T090000Z\nSUMMARY:Round\n"
        "END:VEVENT\nBEGIN:VEVENT\nUID:two\nDTSTART;VALUE=DATE:20270120\nSUMMARY:Fair\n"
        "LOCATION:Salem\nEND:VEVENT\nEND:VCALENDAR\n"
    ),
}
COMMANDS = (
    *(["check"], ["check"], ["verify"], ["verify"], ["status"], ["status", "--json"], ["show"]),
    *(["show", "--week"], ["explain", "A-1", "-C"], ["explain", "A-2", "-C"]),
    *(["log", "A-1", "replied", "--on", "2027-01-05", "-C"], ["undo", "--yes"]),
    *(["plan", "--effort", "0", "--afresh"], ["plan", "--effort", "0", "--skip-bad-rows"]),
    *(["replan", "--from", "2027-01-11", "--effort", "0", "--yes"],),
    *(["export", "--to", kind] for kind in ("json", "ics", "html", "steady", "brief", "letters")),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files of a folder that is planned, with work logged in it."""
    folder = write_folder(tmp_path_factory.mktemp("sound"), FOLDER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda _timezone="": dt.date(2027, 1, 6))
        planned = run("plan", folder, "--effort", "0")
        assert planned.exit_code == 0, planned.stderr
        run("log", "A-1", "replied", "--on", "2027-01-05", "-C", folder)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


READERS = (*FOLDER, "campaign.csv", "left-out.csv", "plan.json")


@pytest.mark.parametrize("name", READERS)
def test_whatever_a_file_holds_the_end_is_a_sentence(
    sound: Mapping[str, bytes], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda _timezone="": dt.date(2027, 1, 6))

    @settings(
        max_examples=TRIED // len(READERS),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated(sound, name), st.sampled_from(COMMANDS))
    def ends_well(data: bytes, command: list[str]) -> None:
        with TemporaryDirectory() as temporary:
            folder = Path(temporary) / "mine"
            write_folder(folder, {**sound, name: data})
            result = run(*command, folder)
            said = result.stdout + result.stderr
            assert result.exception is None or isinstance(result.exception, SystemExit)
            assert result.exit_code in (0, 1, 2, 3), said[-1000:]
            assert "fault of the program" not in said, said[-1000:]
            assert max(map(len, result.stderr.splitlines()), default=0) <= LONGEST
            left = [path.name for path in folder.iterdir() if path.suffix in (".tmp", ".lock")]
            assert not left
            shutil.rmtree(folder)

    ends_well()
