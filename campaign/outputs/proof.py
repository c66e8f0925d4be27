"""`plan.json`: what the plan reaches, how much better any plan could be, and what made it."""

import codecs
import csv
import datetime as dt
import hashlib
import json
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import attrs

from campaign.errors import UnreadableFile
from campaign.model.territory import Territory
from campaign.model.values import ASIDE, LATER
from campaign.outputs.plan_table import LEFT_OUT_COLUMNS
from campaign.storage.whole import unwritable
from campaign.touches import Level, Plan, Status, Touch

DISTRIBUTION = "territory-campaign"
SHAPING = ("holidays", "opening-hours-py", "ortools", "tzdata", "tzfpy", "zipcodes")
"""Whose data or whose search another version may change a plan by: days, hours, zones, places."""
_LOGGED = ("status", "outcome", "done_on", "again_on", "told", "note", "pinned")
_TOLD = ("say", "brief", "why")
_PLANNED = tuple(field for field in attrs.fields(Touch) if field.name not in (*_LOGGED, *_TOLD))


def render_proof(
    plan: Plan, *, campaign: bytes, left_out: bytes, versions: Mapping[str, str]
) -> str:
    """The proof of a plan as JSON, keys sorted, the same bytes for the same plan.

    `campaign` and `left_out` are the bytes of the two tables as they are written. The
    fingerprint of the inputs is that of the values read, so that it changes with what the
    planner knows and not with the way in which a file is spelt; that of what is planned
    leaves out what the rep logs.
    """
    proof = {
        "campaign": campaign_of(plan.territory),
        "effort": plan.effort,
        "stopped": plan.stopped,
        "levels": [level_of(level) for level in plan.levels],
        "joined": {account_id: day.isoformat() for account_id, day in plan.joined.items()},
        "touches": len(plan.touches),
        "left_out": Counter(left.reason_code.value for left in plan.left_out),
        "sha256": {
            "inputs": fingerprint(plan.territory),
            "campaign": sha256(campaign),
            "planned": planned_sha256(plan.touches),
            "left_out": sha256(left_out),
        },
        "versions": dict(versions),
    }
    return json.dumps(proof, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def sha256(content: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(territory: Territory) -> str:
    """The SHA-256 of every value of a territory, the same in every process.

    A field marked `LATER` says nothing at its default, so that older proofs still hold.
    """
    return _digest(_pieces(territory))


def planned_sha256(touches: Iterable[Touch]) -> str:
    """The SHA-256 of what the planner has set in its rows, whatever is logged in them.

    Rows that logging adds are left out: what was heard, and further attempts, which have no
    reason for their day.
    """
    # A further attempt has no `why`: the planner did not choose its day.
    rows = (row for row in touches if not (row.is_heard or (row.is_done and not row.why)))
    return _digest(
        f"{part}"
        for row in sorted(rows, key=lambda row: row.touch_id)
        for field in _PLANNED
        for part in (getattr(row, field.name),)
        if not _is_unsaid(field, part)
    )


@cache
def installed_versions() -> Mapping[str, str]:
    """The versions that a plan depends on: this library, what shapes a plan, and Python's own."""
    own = {name: version_of(name) for name in (DISTRIBUTION, *SHAPING)}
    return {**own, "python": ".".join(platform.python_version_tuple()[:2])}


def version_of(distribution: str) -> str:
    """The version of a distribution, `unknown` where it runs without being installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "unknown"


def campaign_of(territory: Territory) -> dict[str, Any]:
    """What says which campaign it is."""
    return {"name": territory.name, "start": territory.start.isoformat(), "days": territory.days}


def level_of(level: Level) -> dict[str, Any]:
    """A level with its figure and bounds."""
    return {
        "name": level.name,
        "figure": level.figure,
        "possible": level.possible,
        "bound": level.bound,
        "proved_best": level.is_proved_best,
        "parts": dict(level.parts),
    }


def _pieces(value: object) -> Iterator[str]:
    """A value taken apart into texts, depth first; what has no order is sorted."""
    kind: type = type(value)
    if attrs.has(kind):
        yield kind.__name__
        for field in attrs.fields(kind):
            part = getattr(value, field.name)
            if not _is_unsaid(field, part):
                yield field.name
                yield from _pieces(part)
        return
    if isinstance(value, Mapping):
        value = sorted(value.items(), key=lambda item: str(item[0]))
    elif isinstance(value, AbstractSet):
        value = sorted(value)
    if isinstance(value, (tuple, list)):
        yield f"{len(value)}"
        for part in value:
            yield from _pieces(part)
    else:
        yield value.isoformat() if isinstance(value, dt.date) else str(value)


def _is_unsaid(field: "attrs.Attribute[Any]", part: object) -> bool:
    """Whether a field says nothing: set aside, or come later and as if there were none."""
    is_later = bool(field.metadata.get(LATER)) and bool(part == field.default)
    is_inner = field.name.startswith("_")  # laid into another field, and nothing from then on
    return bool(field.metadata.get(ASIDE)) or is_inner or is_later


def _digest(pieces: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def read_proof(path: Path) -> Mapping[str, Any]:
    """What a `plan.json` says; empty where there is none, or none that can be read."""
    try:
        proof = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return proof if isinstance(proof, dict) else {}


def noted_start(proof: Mapping[str, Any]) -> dt.date | None:
    """The start of the campaign that a proof is of, None where it names none."""
    campaign = proof.get("campaign")
    try:
        return dt.date.fromisoformat(campaign["start"]) if isinstance(campaign, dict) else None
    except (KeyError, TypeError, ValueError):
        return None


def noted_sha256(proof: Mapping[str, Any], name: str) -> str:
    """The SHA-256 that a proof gives for `inputs`, `campaign` or `left_out`; else empty."""
    noted = proof.get("sha256")
    found = noted.get(name) if isinstance(noted, dict) else None
    return found if isinstance(found, str) else ""


def is_as_planned(proof: Mapping[str, Any], plan: Plan, campaign: bytes) -> bool:
    """Whether the rows of a plan, read from these bytes, are those that the proof was made of.

    Work may be logged in them, and a spreadsheet may have written them in its own way.
    """
    if noted_sha256(proof, "campaign") == sha256(campaign):
        return True
    return noted_sha256(proof, "planned") == planned_sha256(plan.touches)


def of_this_plan(proof: Mapping[str, Any], plan: Plan, campaign: bytes) -> bool:
    """Whether the bounds of a proof hold for a plan, read from these bytes.

    They do while the inputs are the same and the plan is as it was written, or at least
    as it was planned and nothing is logged: what is logged changes what is possible.
    """
    if noted_sha256(proof, "inputs") != fingerprint(plan.territory):
        return False
    if noted_sha256(proof, "campaign") == sha256(campaign):
        return True
    is_untouched = all(row.status is Status.PLANNED for row in plan.touches)
    return is_untouched and is_as_planned(proof, plan, campaign)


def noted_bounds(proof: Mapping[str, Any], levels: Iterable[Level]) -> tuple[Level, ...]:
    """Levels with the bounds that a proof gives for levels of the same figures."""
    noted = proof.get("levels")
    rows = [row for row in noted if isinstance(row, dict)] if isinstance(noted, list) else []
    bounds = {(row.get("name"), row.get("figure")): row.get("bound") for row in rows}
    found = ((level, bounds.get((level.name, level.figure))) for level in levels)
    return tuple(
        attrs.evolve(level, bound=bound) if type(bound) is int else level for level, bound in found
    )


_REMEDY = "plan to another folder with -o, or write over it with campaign plan --afresh"


def spare_what_is_in_the_way(left_out: Path, proof: Path) -> None:
    """Raise `UnreadableFile` where a file is no list of what is left out, or no proof of a plan."""
    is_held = left_out.exists() and _content(left_out).strip()
    if is_held and not set(LEFT_OUT_COLUMNS) <= _headings(left_out):
        _refuse(left_out, "is in the way, and it is no list of what a plan leaves out")
    if proof.exists() and not noted_sha256(read_proof(proof), "campaign"):
        _refuse(proof, "is in the way, and it is no proof of a plan")


def _refuse(path: Path, problem: str) -> None:
    raise UnreadableFile(path, problem, _REMEDY)


def _headings(path: Path) -> set[str]:
    """The headings of a table, whatever sign parts them."""
    first = _content(path).removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0]
    text = first.decode("utf-8", "replace").strip()
    rows = (next(csv.reader([text], delimiter=sign), []) for sign in ",;\t")
    return {cell.strip() for row in rows for cell in row}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unwritable(path, error) from error
