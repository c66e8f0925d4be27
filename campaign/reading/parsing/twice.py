"""Texts that were decoded twice, as `MÃ¼ller`, made whole again by ftfy."""

from collections.abc import Sequence

from attrs import evolve

from campaign.errors import Finding, Severity
from campaign.reading.cells.quoting import shown
from campaign.reading.parsing.rows import Row

# What the first bytes of UTF-8 look like in Windows-1252, or in the encoding of old Macs.
_TRACES = ("Ã", "Â", "â€", "Å", "Ä", "Ð", "Ñ", "√", "Ë", "Î", "Ï")


def whole(rows: Sequence[Row], file: str) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The rows with their cells decoded once, and a notice on how many were not."""
    kept, changed = [], list[tuple[int, str, str]]()
    for row in rows:
        if "".join(row.cells).isascii():  # as nearly all are
            kept.append(row)
            continue
        cells = tuple(map(_whole, row.cells))
        changed += [
            (row.number, old, new)
            for old, new in zip(row.cells, cells, strict=True)
            if old is not new and old != new
        ]
        kept.append(evolve(row, cells=cells) if cells != row.cells else row)
    if not changed:
        return tuple(rows), ()
    number, old, new = changed[0]
    were = "1 cell was" if len(changed) == 1 else f"{len(changed)} cells were"
    notice = Finding(
        file,
        f"{were} decoded twice, as {shown(old)}",
        remedy=f"read as {shown(new)}",
        row=number,
        severity=Severity.NOTICE,
    )
    return tuple(kept), (notice,)


def _whole(cell: str) -> str:
    if cell.isascii() or not any(trace in cell for trace in _TRACES):
        return cell
    from ftfy import fix_encoding  # noqa: PLC0415 (only for a list that needs it)

    return fix_encoding(cell)
