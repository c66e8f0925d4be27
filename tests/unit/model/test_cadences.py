"""Gaps, steps and cadences, and what is refused of them."""

import pytest

from campaign.model.cadences import CHECK_BACK, COMPLAINT, PURPOSES, Cadence, Gap, Step
from campaign.model.policy import Policy


def step(name: str, after: str | None = None, **others: object) -> Step:
    return Step(name, "call", "listen", after=after, **others)  # type: ignore[arg-type]


def test_a_gap_without_an_ideal_wants_the_middle() -> None:
    assert Gap(1, 6).ideal == 3


@pytest.mark.parametrize("numbers", [(2, 1), (-1, 3)])
def test_a_gap_out_of_order_is_refused(numbers: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="write least, ideal and most"):
        Gap(*numbers)


@pytest.mark.parametrize("ideal", [0, 7])
def test_an_ideal_outside_its_gap_is_refused(ideal: int) -> None:
    with pytest.raises(ValueError, match="not in order"):
        Gap(1, 6, ideal=ideal)


@pytest.mark.parametrize(
    ("written", "gap"),
    [([1, 6], Gap(1, 6)), ((1, 2, 6), Gap(1, 6, ideal=2)), (Gap(0, 0), Gap(0, 0))],
)
def test_gaps_are_read_from_lists(written: list[int], gap: Gap) -> None:
    assert Gap.of(written) == gap


@pytest.mark.parametrize("written", [[], [1], [1, 2, 3, 4]])
def test_a_list_of_another_length_is_no_gap(written: list[int]) -> None:
    with pytest.raises(ValueError, match=r"is not \[least, most\]"):
        Gap.of(written)


def test_gaps_add_up_number_by_number() -> None:
    assert Gap(1, 6, ideal=2) + Gap(10, 20) == Gap(11, 26, ideal=17)


def test_a_gap_is_written_as_files_have_it() -> None:
    assert str(Gap(1, 6)) == "[1, 6]"
    assert str(Gap(1, 6, ideal=2)) == "[1, 2, 6]"


def test_one_channel_is_a_list_of_one() -> None:
    assert Step("call", "call", "listen").channels == ("call",)
    assert Step("call", ["call", "letter"], "listen").channels == ("call", "letter")


def test_a_step_without_a_channel_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no channel"):
        Step("call", [], "listen")


@pytest.mark.parametrize("within", [0, -3])
def test_a_step_within_no_days_is_refused(within: int) -> None:
    with pytest.raises(ValueError, match="within"):
        step("one", within=within)


def test_the_path_of_a_step_runs_up_to_the_root() -> None:
    one, two, three = step("one"), step("two", "one"), step("three", "two")
    cadence = Cadence("three steps", (one, two, three))
    assert list(cadence.path(three)) == [two, one]
    assert cadence.parent(one) is None
    assert cadence.step("two") is two
    with pytest.raises(KeyError):
        cadence.step("four")


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ((), "cadence bad has no steps"),
        (
            tuple(step(f"s{n}", f"s{n - 1}" if n else None) for n in range(3000)),
            "has 3,000 steps; write at most 300",
        ),
        ((step("one"), step("one")), 'two steps are named "one"'),
        ((step("one", within=5, gap=[1, 2]),), "both within and gap"),
        ((step("one"), step("two", "one", within=5)), "both after and within"),
        ((step("one"), step("two", "nine")), 'comes after "nine", which is no step'),
        (
            (step("one", required=False), step("two", "one")),
            'comes after "one", which is optional',
        ),
        ((step("one", "one"),), 'step "one" follows itself through "one"'),
        (
            (step("one"), step("one#2")),
            'step "one#2" is named as a further attempt is; write one-2',
        ),
        ((step("heard"),), 'step "heard" has a name that the plan needs for itself'),
    ],
)
def test_a_cadence_that_contradicts_itself_is_refused(steps: tuple[Step, ...], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Cadence("bad", steps)


@pytest.mark.parametrize("name", ["heard", "promises"])
def test_a_cadence_with_a_name_that_the_plan_needs_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="needs for itself; choose another"):
        Cadence(name, (step("one"),))


@pytest.mark.parametrize("name", ["one#", "one#a", "#1 call", "one#2b"])
def test_a_sign_that_marks_no_attempt_may_stand_in_the_name_of_a_step(name: str) -> None:
    assert Cadence("good", (step(name),)).steps[0].name == name


def test_a_circle_is_refused_for_each_of_its_steps() -> None:
    circle = (step("one", "three"), step("two", "one"), step("three", "two"), step("four", "one"))
    with pytest.raises(ValueError, match="break the circle") as refused:
        Cadence("round", circle)
    assert str(refused.value).count("follows itself") == 3


def test_all_faults_of_a_cadence_are_told_at_once() -> None:
    with pytest.raises(ValueError, match="nine") as refused:
        Cadence("bad", (step("one"), step("one"), step("two", "nine")))
    assert str(refused.value).count(";") >= 2


def test_only_thanks_promises_and_repair_are_courtesies_and_nothing_shipped_sells() -> None:
    assert {name for name, each in PURPOSES.items() if each.courtesy} == {
        "thank",
        "promise",
        "recover",
    }
    assert not any(each.selling for each in PURPOSES.values())


@pytest.mark.parametrize("name", sorted(Policy().cadences))
def test_shipped_cadences_name_shipped_channels_and_end_with_a_review(name: str) -> None:
    cadence = Policy().cadences[name]
    last = {COMPLAINT: "recover", CHECK_BACK: "thank"}
    assert cadence.steps[-1].purpose == last.get(name, "review")
    assert {channel for each in cadence.steps for channel in each.channels} <= set(
        Policy().channels
    )
    assert {each.purpose for each in cadence.steps} <= set(PURPOSES)
