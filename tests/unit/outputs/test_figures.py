"""Tables and curves of figures, as a page and as a workbook."""

import datetime as dt
from io import BytesIO

from openpyxl import load_workbook  # type: ignore[import-untyped]

from campaign.outputs.figures import (
    Curves,
    FigureLine,
    FigureTable,
    render_figures,
    render_figures_workbook,
)

TABLE = FigureTable("By rep", ("Rep", "Hours"), (("<b>Ann</b>", 12.5), ("=1+1", 1234)))
CURVES = Curves("Hours", "hours a week", (FigureLine("floor", ((4, 0.5), (8, 0.8), (16, 1.0))),))


def test_what_names_hold_is_shown_as_text() -> None:
    page = render_figures("A & B", (TABLE,), over="<i>")
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page
    assert "<b>Ann" not in page
    assert "A &amp; B" in page
    assert "12.5" in page
    assert "1,234" in page


def test_a_page_asks_nothing_of_any_network() -> None:
    page = render_figures("A", (TABLE, CURVES))
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src &#39;none&#39;" in page


def test_a_curve_rises_from_left_to_right_and_says_its_points() -> None:
    page = render_figures("A", (CURVES,))
    points = page.partition('points="')[2].partition('"')[0].split()
    places = [tuple(map(float, point.split(","))) for point in points]
    assert places[0][0] == 60
    assert [right for right, _ in places] == sorted(right for right, _ in places)
    assert [down for _, down in places] == sorted((d for _, d in places), reverse=True)
    assert "floor, 8: 80.0 %" in page
    assert "50 %" in page
    assert "25 %" not in page


def test_one_point_alone_stands_in_the_middle() -> None:
    page = render_figures("A", (Curves("Hours", "hours", (FigureLine("floor", ((8, 1.0),)),)),))
    assert "403.0,14" in page


def test_a_workbook_has_a_sheet_a_table_and_no_formula() -> None:
    day = dt.date(2027, 1, 4)
    content = render_figures_workbook("Team", (TABLE,), created=day)
    assert content == render_figures_workbook("Team", (TABLE,), created=day)
    sheet = load_workbook(BytesIO(content))["By rep"]
    assert [cell.value for cell in sheet[1]] == ["Rep", "Hours"]
    assert sheet["B2"].value == 12.5
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("'=1+1", "s")
    assert render_figures_workbook("", (FigureTable("a/b" * 20, (), ()),), created=day)
