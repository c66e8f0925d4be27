"""Team Orienteering: instances read, routes judged by the coordinates, gaps reckoned."""

from pathlib import Path

import pytest
from suite.top import (
    Instance,
    Score,
    chosen,
    length_of,
    mean_gap,
    read_best_known,
    read_instance,
    total,
)

LINE = "n 5\nm 2\ntmax 10.0\n0 0 0\n1\t0\t5\n2.0 0 7\n0 4 9\n3 0 0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("p4.2.a", "p4.2.b", "p5.2.a", "mine"):
        (tmp_path / f"{name}.txt").write_text(LINE)
    (tmp_path / "notes.txt").write_text("not an instance\n")
    (tmp_path / "best_known.csv").write_text("instance,best_known\np4.2.a,21\np5.2.a,0\n")
    return tmp_path


@pytest.fixture
def instance(folder: Path) -> Instance:
    return read_instance(folder / "p4.2.a.txt")


def test_an_instance_has_its_points_its_tours_and_the_longest(instance: Instance) -> None:
    assert instance == Instance(
        "p4.2.a",
        ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (0.0, 4.0), (3.0, 0.0)),
        (0, 5, 7, 9, 0),
        tours=2,
        longest=10.0,
    )
    assert (instance.start, instance.end) == (0, 4)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("n 1\nm x\ntmax 1\n0 0 0\n", ":2: not a name and a number"),
        ("n 2\nm 1\ntmax 1\n0 0 0\n1 1\n", ":5: not three numbers"),
        ("n 3\nm 1\ntmax 1\n0 0 0\n1 1 0\n", ": 2 points, 3 are announced"),
        ("n 1\nm 1\nlength 1\n0 0 0\n", ": the first lines are not n, m and tmax"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(
    tmp_path: Path, text: str, fault: str
) -> None:
    path = tmp_path / "p4.2.a.txt"
    path.write_text(text)
    with pytest.raises(ValueError, match=fault):
        read_instance(path)


def test_a_file_or_a_folder_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"nothing\.txt cannot be read as an instance"):
        read_instance(folder / "nothing.txt")
    with pytest.raises(ValueError, match=r"has no p1\.txt, p2\.txt$"):
        chosen(folder, sets=[], names=["p1", "mine", "p2"])
    with pytest.raises(ValueError, match=r"there is no folder .*nowhere"):
        read_best_known(folder / "nowhere")


def test_sets_and_names_choose_instances(folder: Path) -> None:
    def stems(**keys: list[str]) -> list[str]:
        return [path.stem for path in chosen(folder, **{"sets": [], "names": []} | keys)]

    assert stems(sets=["4"]) == ["mine", "p4.2.a", "p4.2.b"]
    assert stems(sets=["4", "5"]) == ["mine", "p4.2.a", "p4.2.b", "p5.2.a"]
    assert stems(sets=["4"], names=["p5.2.a"]) == ["p5.2.a"]


def test_the_total_is_that_of_the_points_on_the_way(instance: Instance) -> None:
    assert total(instance, ((1, 2), (3,))) == 21
    assert total(instance, ()) == 0
    assert length_of(instance, (3,)) == 9.0


@pytest.mark.parametrize(
    ("routes", "fault"),
    [
        (((1,), (2,), (3,)), "3 routes, 2 are allowed"),
        (((1, 2), (2,)), "visited twice"),
        (((0, 1),), "the start or the end"),
        (((4,),), "the start or the end"),
        (((9,),), "a point that is none"),
        (((-1,),), "a point that is none"),
        (((2, 3),), "11.472136 long, 10.0 is allowed"),
    ],
)
def test_routes_that_break_a_rule_have_no_total(
    instance: Instance, routes: tuple[tuple[int, ...], ...], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        total(instance, routes)


def test_a_length_may_exceed_the_longest_by_rounding_alone(instance: Instance) -> None:
    tight = Instance("tight", instance.points, instance.scores, tours=1, longest=9.0 - 9e-7)
    assert total(tight, ((3,),)) == 9
    tighter = Instance("tight", instance.points, instance.scores, tours=1, longest=9.0 - 2e-6)
    with pytest.raises(ValueError, match=r"9\.000000 long"):
        total(tighter, ((3,),))


def test_best_known_totals_are_read_by_name(folder: Path) -> None:
    assert read_best_known(folder) == {"p4.2.a": 21, "p5.2.a": 0}
    (folder / "best_known.csv").write_text("name,best\n")
    assert read_best_known(folder) == {}
    (folder / "best_known.csv").write_text("instance,best_known\np4.2.a,many\n")
    with pytest.raises(ValueError, match="is no list with the columns"):
        read_best_known(folder)
    (folder / "best_known.csv").unlink()
    with pytest.raises(ValueError, match=r"has no best_known\.csv"):
        read_best_known(folder)


def test_the_mean_gap_is_over_the_instances_whose_best_is_known() -> None:
    scores = [
        Score("half", "search", score=5, best=10),
        Score("best", "search", score=8, best=8),
        Score("nothing to win", "search", score=0, best=0),
        Score("wrong", "search", score=0, best=10, fault="too long"),
        Score("not known", "search", score=3),
    ]
    assert [score.gap for score in scores] == [0.5, 0.0, 0.0, 1.0, None]
    assert mean_gap(scores) == pytest.approx(1.5 / 4)
