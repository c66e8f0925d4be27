"""The files beside a plan, whose names are always the same, and the plan they belong to."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from campaign.errors import UnreadableFile
from campaign.outputs.proof import noted_sha256, read_proof, sha256
from campaign.outputs.table import LEFT_OUT_COLUMNS
from campaign.storage.problems import unwritable

_REMEDY = "plan to another folder with -o, or write over it with campaign plan --afresh"


def spare_the_others(
    target: Path, *, left_out: Path, proof: Path, is_its_own: bool = False
) -> None:
    """Raise `UnreadableFile` where the files beside a plan are another's, or no such files.

    The proof is another plan's where that plan's bytes are those it was made for; also
    where there is no plan at the target yet and another stands beside it. Neither is asked
    of a plan of which it is known that they are `is_its_own`.
    """
    if left_out.exists() and not _is_left_out(left_out):
        _refuse(left_out, "is in the way, and it is no list of what a plan leaves out")
    if not proof.exists():
        return
    noted = noted_sha256(read_proof(proof), "campaign")
    if not noted:
        _refuse(proof, "is in the way, and it is no proof of a plan")
    other = None if is_its_own else _owner(target, noted)
    if other:
        _refuse(proof, f"belongs to another plan, {other.name}")


def _refuse(path: Path, problem: str) -> None:
    raise UnreadableFile(path, problem, _REMEDY)


def _owner(target: Path, noted: str) -> Path | None:
    """The other plan of the folder that a proof was made for; None where there is none."""
    if target.exists() and sha256(_content(target)) == noted:
        return None
    others = list(_other_tables(target))
    made_for = [path for path in others if sha256(_content(path)) == noted]
    if not made_for and not target.exists():
        # Work may be logged in it by now, so that its bytes are not those of the proof.
        made_for = [path for path in others if {"touch_id", "planned_on"} <= _headings(path)]
    return next(iter(made_for), None)


def _other_tables(target: Path) -> Iterator[Path]:
    for path in sorted(target.parent.glob("*.csv")):
        if path.is_file() and path.name != target.name:
            yield path


def _is_left_out(path: Path) -> bool:
    return not _content(path).strip() or set(LEFT_OUT_COLUMNS) <= _headings(path)


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
