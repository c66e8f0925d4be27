"""What a run prints and saves."""

from pathlib import Path

import pytest
from attrs import evolve
from suite import over_territories, tables
from suite.children import Cost
from suite.generator import Shape
from suite.measuring import DELAYS, PLANNER, Measure
from suite.saving import save, saved_measures

from campaign import Level


def measure(
    figure: int = 90, seconds: float = 2.0, method: str = PLANNER, accounts: int = 50
) -> Measure:
    return Measure(
        Shape(accounts, 0.9).name,
        method,
        accounts=accounts,
        levels=(
            Level("owed", 3, possible=3, bound=3),
            Level("in_time", 2, bound=0),
            Level("floor", figure, possible=100, bound=95),
            Level("required", 80, possible=100),
            Level("service", 500, parts=(("late", 480), ("optional", 20))),
            Level("comfort", 300),
        ),
        touches=200,
        visits=20,
        cost=Cost(seconds, 2 * seconds, 150.0),
    )


def test_a_level_is_a_share_and_a_gap_to_its_bound() -> None:
    cells = dict(zip(tables.HEAD, tables.row_of(measure()), strict=True))
    assert cells["owed"] == "100.00 (0.00)"
    assert cells["floor"] == "90.00 (5.26)"
    assert cells["required"] == "80.00"
    assert (cells["in_time"], cells["service"], cells["comfort"]) == ("2", "500", "300")
    assert cells["MB"] == "150"
    assert cells["verified"] == "yes"


def test_a_plan_that_breaks_rules_and_a_failure_say_so() -> None:
    assert tables.row_of(evolve(measure(), broken=3))[-1] == "no: 3 broken"
    failed = tables.row_of(Measure("x", PLANNER, fault="its process died"))
    assert failed[-1] == "no: its process died"
    assert len(failed) == len(tables.HEAD)


def test_text_is_in_columns_and_markdown_is_a_table() -> None:
    rows = [("a", "planner", "1"), ("longer", "x", "22")]
    assert tables.table(("one", "two", "n"), rows).splitlines() == [
        "one     two       n",
        "a       planner   1",
        "longer  x        22",
    ]
    assert tables.table(("one", "two", "n"), rows, markdown=True).splitlines() == [
        "| one    | two     |  n |",
        "| --- | --- | ---: |",
        "| a      | planner |  1 |",
        "| longer | x       | 22 |",
    ]


def test_growth_is_the_exponent_between_sizes() -> None:
    shapes = {Shape(n, 0.9).name: Shape(n, 0.9) for n in (50, 100, 200)}
    rows = [measure(seconds=s, accounts=n) for n, s in ((200, 16.0), (50, 2.0), (100, 4.0))]
    assert tables.growth(rows, shapes) == [
        ("0.9 mixed 1", "50 to 100", "1.00"),
        ("0.9 mixed 1", "100 to 200", "2.00"),
        ("0.9 mixed 1", "50 to 200", "1.50"),
    ]


def test_the_first_level_that_differs_decides_and_later_ones_are_told() -> None:
    worse = evolve(
        measure(figure=80, method=DELAYS),
        levels=(
            *measure(figure=80).levels[:3],
            Level("required", 85, possible=100),
            *measure().levels[4:],
        ),
    )
    assert list(tables.contests([measure(), worse])) == [
        (measure().instance, DELAYS, "ahead at floor", "required")
    ]
    better = measure(figure=91, method=DELAYS)
    assert next(tables.contests([measure(), better]))[2:] == ("BEHIND at floor", "floor")
    same = measure(method=DELAYS)
    assert next(tables.contests([measure(), same]))[2:] == ("level", "nothing")


def test_fewer_are_better_where_nothing_is_owed() -> None:
    levels = (*measure().levels[:5], Level("comfort", 299))
    less = evolve(measure(method=DELAYS), levels=levels)
    assert next(tables.contests([measure(), less]))[2:] == ("BEHIND at comfort", "nothing")


def test_a_saved_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    save(path, "ignored", measures=[measure()])
    assert saved_measures(path) == [measure()]


def test_any_other_name_is_written_as_text(tmp_path: Path) -> None:
    save(tmp_path / "run.md", "| a |", measures=[measure()])
    assert (tmp_path / "run.md").read_text() == "| a |\n"


@pytest.mark.parametrize("text", ["", "[]", '{"tours": []}'])
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(ValueError, match="is no run saved by"):
        saved_measures(tmp_path / "run.json")


def test_a_comparison_tells_more_or_fewer_and_ratios() -> None:
    (row,) = tables.compared([measure(figure=92, seconds=1.0)], [measure()])
    cells = dict(zip(tables.COMPARE_HEAD, row, strict=True))
    assert (cells["floor"], cells["required"], cells["service"]) == ("+2", "+0", "+0")
    assert (cells["CPU s ratio"], cells["MB ratio"]) == ("0.50", "1.00")


def test_a_report_leaves_empty_tables_away() -> None:
    shapes = {measure().instance: Shape(50, 0.9)}
    assert len(list(over_territories.report([measure()], shapes, []))) == 3
    assert len(list(over_territories.report([measure()], shapes, [measure()]))) == 4
