"""Whatever is noted, the workbook and the table give the same plan back."""

from pathlib import Path
from tempfile import TemporaryDirectory

from handmade import campaign
from hypothesis import given
from hypothesis import strategies as st
from rows import a_touch
from tries import few

from campaign.answer import Campaign
from campaign.outputs.workbook import render_workbook
from campaign.reading import read_plan

NOTES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), max_size=20)
HARD = st.lists(st.text("=+-@\t\n'\"_x0D;,09 é🥐א<&", max_size=9), max_size=20)


@few(10)
@given(NOTES | HARD)
def test_a_workbook_is_read_as_the_table_is(notes: list[str]) -> None:
    touches = [a_touch(f"A-1/A-1/s{at}", note=note) for at, note in enumerate(notes)]
    plan = Campaign(campaign().territory, (*campaign().touches, *touches))
    with TemporaryDirectory() as name:
        book, table = Path(name) / "a.xlsx", Path(name) / "a.csv"
        book.write_bytes(render_workbook(plan))
        plan.write(table)
        assert read_plan(book, plan.territory) == read_plan(table, plan.territory)
