"""A counted search is given the effort that its CPU seconds hold; its routes are judged."""

import sys
import time
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest
import run
from attrs import frozen
from suite import over_instances, solvers
from suite.saving import saved_tours
from suite.solvers import SEARCH, Answer, Question, answered, within
from suite.top import Instance, Routes, Score

ROUND = Instance("p4.2.a", ((0, 0), (1, 0), (2, 0)), (0, 5, 0), tours=1, longest=2.0)


class Spinning:
    """A search that burns the same CPU time for each unit of effort."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.efforts: list[int] = []

    def __call__(self, effort: int) -> Routes:
        self.efforts.append(effort)
        end = time.process_time() + effort * self.seconds
        while time.process_time() < end:
            pass
        return ((effort,),)


def test_the_effort_is_doubled_until_it_tells_what_the_rest_holds() -> None:
    search = Spinning(0.0002)
    before = time.process_time()
    answer = within(search, 0.4)
    spent = time.process_time() - before
    *trials, last = search.efforts
    assert trials == [10 * 2**n for n in range(len(trials))]
    assert answer == Answer(((last,),), last)
    assert last > 5 * trials[-1]
    assert 0.2 < spent < 0.6


def test_a_first_trial_that_takes_all_the_time_is_the_answer() -> None:
    search = Spinning(0.005)
    assert within(search, 0.03) == Answer(((10,),), 10)
    assert search.efforts == [10]


def test_a_search_that_has_nothing_to_do_is_not_asked_for_ever() -> None:
    efforts: list[int] = []

    def idle(effort: int) -> Routes:
        efforts.append(effort)
        return ()

    assert within(idle, 1000.0).effort == max(efforts)
    assert len(efforts) < 40


def _solved(monkeypatch: pytest.MonkeyPatch, routes: Routes) -> None:
    monkeypatch.setitem(solvers.SOLVERS, SEARCH, lambda _instance, _seconds: Answer(routes, 7))


def test_the_score_is_recomputed_from_the_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    _solved(monkeypatch, ((1,),))
    score = answered(Question(ROUND, SEARCH, cpu_seconds=1.0, best=5))
    assert (score.score, score.gap, score.effort, score.fault) == (5, 0.0, 7, "")


def test_an_invalid_route_scores_nothing_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    _solved(monkeypatch, ((1,), (1,)))
    score = answered(Question(ROUND, SEARCH, cpu_seconds=1.0, best=5))
    assert (score.score, score.gap) == (0, 1.0)
    assert score.fault == "2 routes, 1 are allowed; a point is visited twice"


def test_pyvrp_finds_the_best_tours_of_a_small_instance() -> None:
    pytest.importorskip("pyvrp", exc_type=ImportError)
    points = ((0.0, 0.0), (1.0, 1.0), (2.0, 0.5), (9.0, 9.0), (3.0, 0.0))
    instance = Instance("small", points, (0, 5, 7, 99, 0), tours=1, longest=5.0)
    score = answered(Question(instance, solvers.PYVRP, cpu_seconds=0.2, best=12))
    assert (score.score, score.fault) == (12, "")


def test_a_run_ends_with_the_mean_gap_of_the_search() -> None:
    ours = [Score(name, SEARCH, score=9, best=10) for name in ("a", "b")]
    peer = Score("a", solvers.PYVRP, score=10, best=10)
    *_, before, last = over_instances.report([*ours, peer], [])
    assert before == "mean gap of pyvrp: 0.00 %"
    assert last == "mean gap to best known: 10.00 %"


class OneAfterTheOther:
    """A stand-in for the tour search: one point a tour, the first that is near enough."""

    @frozen
    class Orienteering:
        points: tuple[tuple[float, float], ...]
        scores: tuple[int, ...]
        start: int
        end: int
        tours: int
        longest: float

    @frozen
    class Tours:
        routes: Routes

    @classmethod
    def solve(cls, asked: Orienteering, *, effort: int) -> Tours:
        assert effort >= 10
        time.sleep(0.001)
        middle = range(asked.start + 1, asked.end)
        return cls.Tours(tuple((point,) for point in middle)[: asked.tours])


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType(solvers.ORIENTEERING)
    module.__spec__ = ModuleSpec(solvers.ORIENTEERING, None)
    vars(module).update(Orienteering=OneAfterTheOther.Orienteering, solve=OneAfterTheOther.solve)
    monkeypatch.setitem(sys.modules, solvers.ORIENTEERING, module)
    monkeypatch.setattr(over_instances, "answered_in_child", answered)


@pytest.mark.usefixtures("search")
def test_a_run_over_instances_ends_with_the_mean_gap(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "n 4\nm 1\ntmax 4\n0 0 0\n1 0 5\n1 1 9\n2 0 0\n"
    for name in ("p4.2.a", "p5.2.a", "p3.2.a"):
        (tmp_path / f"{name}.txt").write_text(text)
    (tmp_path / "best_known.csv").write_text("instance,best_known\np4.2.a,10\np5.2.a,5\n")
    saved = tmp_path / "run.json"
    arguments = ["--instances", str(tmp_path), "--cpu-seconds", "0.01", "--save", str(saved)]
    assert run.main(arguments) == 0
    out = capsys.readouterr().out
    assert out.endswith("\nmean gap to best known: 25.00 %\n")
    assert [(row.instance, row.score) for row in saved_tours(saved)] == [
        ("p4.2.a", 5),
        ("p5.2.a", 5),
    ]
    assert run.main([*arguments, "--compare", str(saved), "--names", "p4.2.a"]) == 0
    assert capsys.readouterr().out.endswith("\nmean gap to best known: 50.00 %\n")


@pytest.mark.usefixtures("search")
def test_a_route_that_is_too_long_ends_in_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p4.2.a.txt").write_text("n 3\nm 1\ntmax 1\n0 0 0\n1 0 5\n2 0 0\n")
    (tmp_path / "best_known.csv").write_text("instance,best_known\np4.2.a,5\n")
    assert run.main(["--instances", str(tmp_path), "--cpu-seconds", "0.01"]) == 1
    out = capsys.readouterr().out
    assert "error: route 1 is 2.000000 long, 1.0 is allowed" in out
    assert out.endswith("\nmean gap to best known: 100.00 %\n")
