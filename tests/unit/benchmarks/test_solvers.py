"""A counted search is given the effort that its CPU seconds hold; its routes are judged."""

import time

import pytest
from suite import over_instances, solvers
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
