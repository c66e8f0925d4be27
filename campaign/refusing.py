"""Keeping refusals: what was said is added to `refusals.csv`, and nothing is taken out."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve

from campaign.consequences import consequences
from campaign.model.refusals import Refusal, said_in_lists
from campaign.model.territory import Territory
from campaign.outputs.plan_table import encode, harmless
from campaign.reading.lists.short_lists import REFUSAL_COLUMNS, REFUSALS_FILE
from campaign.reading.parsing.table import parse_table
from campaign.storage.whole import content_of
from campaign.touches import Touch

Held = dict[Path, bytes | None]


def to_note(territory: Territory, touches: Sequence[Touch]) -> tuple[Refusal, ...]:
    """The refusals that the lists and the rows of a plan hold, and that are not kept yet."""
    found = (
        *said_in_lists(territory.accounts, territory.contacts),
        *consequences(territory, touches).refusals,
    )
    known = {one.says for one in territory.refusals}
    gaps = {(one.who, one.channel): one.because for one in territory.refusals if one.is_of_a_gap}
    names = {one.contact_id: one.name for one in territory.contacts}
    names |= {one.account_id: one.name for one in territory.accounts}
    new: dict[tuple[object, ...], Refusal] = {}
    for one in found:
        is_as_last = gaps.get((one.who, one.channel)) == one.because
        if not (is_as_last if one.is_of_a_gap else one.says in known):
            name = one.name or names.get(one.contact_id or one.account_id, "")
            new[one.says] = evolve(one, name=name)
    return tuple(new.values())


def kept_beside(
    folder: Path, territory: Territory, touches: Sequence[Touch]
) -> tuple[dict[Path, bytes], Held]:
    """The `refusals.csv` of a folder with what is to be added to it, and what it holds.

    Both empty where there is nothing to add.
    """
    new = to_note(territory, touches)
    if not new:
        return {}, {}
    path = folder / REFUSALS_FILE
    held = content_of(path)
    return {path: with_refusals(held or b"", new)}, {path: held}


def with_refusals(held: bytes, new: Iterable[Refusal]) -> bytes:
    """The bytes of a `refusals.csv` with refusals added at its end.

    The rows and columns that stand there stay as they are; columns that are wanting come after.
    """
    table = parse_table(held, REFUSALS_FILE)
    heads = [*table.headings, *(name for name in REFUSAL_COLUMNS if name not in table.headings)]
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(map(harmless, heads))
    for row in table.rows:
        writer.writerow(map(harmless, (*row.cells, *[""] * (len(heads) - len(row.cells)))))
    for one in new:
        cells = (getattr(one, name) or "" if name in REFUSAL_COLUMNS else "" for name in heads)
        writer.writerow(harmless(str(cell)) for cell in cells)
    return encode(lines.getvalue())
