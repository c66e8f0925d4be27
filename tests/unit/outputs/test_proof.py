import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields
from handmade import START, campaign, territory

from campaign.model.rep import Rep, Travel
from campaign.model.values import LATER
from campaign.outputs.proof import (
    SHAPING,
    fingerprint,
    installed_versions,
    is_as_planned,
    noted_sha256,
    noted_start,
    of_this_plan,
    planned_sha256,
    read_proof,
    render_proof,
    version_of,
)
from campaign.touches import HEARD, Status

PRINT = "from handmade import territory; from campaign.outputs.proof import fingerprint; "


def proof_of(**changes: object) -> dict[str, Any]:
    plan = campaign(**changes)
    text = render_proof(plan, campaign=b"plan", left_out=b"rest", versions={"python": "3.11"})
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_proof_holds_levels_effort_and_versions() -> None:
    proof = proof_of()
    assert proof["campaign"] == {"name": "Willamette, by hand", "start": "2027-01-04", "days": 90}
    assert (proof["effort"], proof["stopped"], proof["touches"]) == (7, False, 9)
    assert proof["left_out"] == {"capacity": 2, "do_not_contact": 1}
    assert proof["versions"] == {"python": "3.11"}
    assert proof["levels"][2] == {
        "name": "required",
        "figure": 900,
        "possible": 1001,
        "bound": 910,
        "proved_best": False,
        "parts": {},
    }


def test_a_proof_holds_the_hashes_of_the_bytes_as_written() -> None:
    hashes = proof_of()["sha256"]
    assert hashes["campaign"] == hashlib.sha256(b"plan").hexdigest()
    assert hashes["left_out"] == hashlib.sha256(b"rest").hexdigest()
    assert hashes["inputs"] == fingerprint(territory())


def test_a_field_that_came_later_says_nothing_at_its_default() -> None:
    base = territory()
    later = {field.name for field in fields(Travel) if field.metadata.get(LATER)}
    assert later == {"overnight", "most_nights", "night_saves", "drives"}
    for change in ({"overnight": True}, {"most_nights": 3}, {"night_saves": 0}):
        assert fingerprint(territory(travel=Travel(**change))) != fingerprint(base)
    assert fingerprint(territory(travel=Travel(most_nights=2))) == fingerprint(base)


def test_the_fingerprint_changes_with_any_value_that_was_read() -> None:
    base = territory()
    others = [
        evolve(base, name="Another"),
        evolve(base, start=dt.date(2027, 1, 5)),
        evolve(base, accounts=base.accounts[1:], contacts=(), promises=()),
        evolve(base, promises=(evolve(base.promises[0], due=dt.date(2027, 1, 8)),)),
        evolve(base, rep=evolve(base.rep, extra_holidays={dt.date(2027, 2, 1)})),
        evolve(base, capacity=evolve(base.capacity, minutes_per_week=721)),
    ]
    prints = {fingerprint(one) for one in (base, *others)}
    assert len(prints) == 1 + len(others)


def test_the_fingerprint_is_the_same_in_a_process_with_another_hash_seed() -> None:
    days_off = {dt.date(2027, 2, day) for day in range(1, 20)}
    one = evolve(territory(), rep=Rep("R", extra_holidays=days_off))
    code = (
        f"{PRINT}import datetime as dt; from attrs import evolve; "
        "from campaign.model.rep import Rep; "
        "days = {dt.date(2027, 2, day) for day in range(1, 20)}; "
        "print(fingerprint(evolve(territory(), rep=Rep('R', extra_holidays=days))))"
    )
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == fingerprint(one)


def test_the_versions_are_those_of_what_makes_a_plan() -> None:
    versions = installed_versions()
    assert set(versions) == {"territory-campaign", "python", *SHAPING}
    assert "unknown" not in versions.values()
    assert versions["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert versions["ortools"] == version_of("ortools")


def test_a_distribution_that_is_not_installed_has_an_unknown_version() -> None:
    assert version_of("no-such-distribution-anywhere") == "unknown"


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_proof_that_cannot_be_read_says_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    proof = read_proof(path)
    assert proof == {}
    assert read_proof(tmp_path / "none.json") == {}


@pytest.mark.parametrize(
    "proof", [{}, {"campaign": 3}, {"campaign": {}}, {"campaign": {"start": "soon"}},
              {"campaign": {"start": 7}}]
)  # fmt: skip
def test_a_proof_without_a_date_notes_no_start(proof: Mapping[str, Any]) -> None:
    assert noted_start(proof) is None


def test_what_a_proof_notes_is_found_again() -> None:
    proof = proof_of()
    assert noted_start(proof) == START
    assert noted_sha256(proof, "inputs") == fingerprint(territory())
    assert noted_sha256(proof, "other") == ""
    assert noted_sha256({"sha256": {"inputs": 3}}, "inputs") == ""


def test_what_is_logged_is_no_edit_of_what_is_planned() -> None:
    planned = campaign()
    logged = [
        evolve(row, status="done", outcome="done", done_on=row.date, note="glad")
        if row.status is Status.PLANNED and row.why
        else row
        for row in planned.touches
    ]
    heard = evolve(planned.touches[0], touch_id="A-1/A-1/heard", cadence=HEARD, step=HEARD)
    again = evolve(logged[0], touch_id=f"{logged[0].touch_id}#2", why="")
    now = evolve(planned, touches=(*logged, heard, again))
    assert planned_sha256(now.touches) == planned_sha256(planned.touches)
    proof = proof_of()
    assert is_as_planned(proof, now, b"as a spreadsheet has it")
    assert not of_this_plan(proof, now, b"as a spreadsheet has it")


@pytest.mark.parametrize(
    "change", [{"date": START}, {"channel": "call"}, {"minutes": 1}, {"start": 600, "end": 601}]
)
def test_what_the_planner_has_set_is(change: dict[str, Any]) -> None:
    planned = campaign()
    last = evolve(planned.touches[-1], **change)
    now = evolve(planned, touches=(*planned.touches[:-1], last))
    assert not is_as_planned(proof_of(), now, b"")
    gone = evolve(planned, touches=planned.touches[1:])
    assert not is_as_planned(proof_of(), gone, b"")
