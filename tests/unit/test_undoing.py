from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.errors import UnreadableFile
from campaign.storage.journal import ActKind, journal_of, recorded, recorded_export
from campaign.storage.whole import content_of, write_whole
from campaign.undoing import do_again, last_step, next_step, take_back

NAMES = ("campaign.csv", "left-out.csv", "plan.json", "refusals.csv")
ACTS = st.lists(
    st.dictionaries(
        st.sampled_from(NAMES), st.sampled_from([b"", b"1\n", b"1\n2\n", b"3\n2\n"]), min_size=1
    ),
    min_size=1,
    max_size=6,
)


def act(plan: Path, contents: dict[str, bytes], kind: ActKind = ActKind.LOG) -> None:
    files = {plan.with_name(name): data for name, data in contents.items()}
    write_whole(recorded(plan, kind, files))


def state(folder: Path) -> dict[str, bytes | None]:
    return {name: content_of(folder / name) for name in NAMES}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_as_many_undos_as_acts_bring_back_the_same_bytes(
    acts: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    plan, states = folder / "campaign.csv", [state(folder)]
    for contents in acts:
        act(plan, contents)
        if state(folder) != states[-1]:
            states.append(state(folder))
    for before in reversed(states[:-1]):
        step = last_step(plan)
        assert step is not None
        take_back(step)
        assert state(folder) == before
    assert last_step(plan) is None
    for after in states[1:]:
        step = next_step(plan)
        assert step is not None
        do_again(step)
        assert state(folder) == after
    assert next_step(plan) is None


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    plan = tmp_path / "campaign.csv"
    act(plan, {"campaign.csv": b"1\n", "plan.json": b"{}"}, ActKind.PLAN)
    act(plan, {"campaign.csv": b"2\n", "plan.json": b"{2}"}, ActKind.REPLAN)
    return plan


def test_a_file_that_another_hand_has_edited_is_left_alone(plan: Path) -> None:
    plan.write_bytes(b"3\n")
    with pytest.raises(UnreadableFile, match="has been edited by another hand since; put"):
        last_step(plan)
    assert plan.read_bytes() == b"3\n"


def test_a_file_that_is_edited_while_somebody_thinks_is_left_alone(plan: Path) -> None:
    step = last_step(plan)
    assert step is not None
    plan.write_bytes(b"3\n")
    with pytest.raises(UnreadableFile, match="has been changed while this ran"):
        take_back(step)
    assert plan.with_name("plan.json").read_bytes() == b"{2}"


def test_an_act_that_a_kill_has_cut_in_two_is_taken_back_whole(plan: Path) -> None:
    plan.write_bytes(b"1\n")
    step = last_step(plan)
    assert step is not None
    take_back(step)
    assert (plan.read_bytes(), plan.with_name("plan.json").read_bytes()) == (b"1\n", b"{}")


def test_what_was_exported_since_is_named_and_can_be_done_again(plan: Path) -> None:
    elsewhere = plan.parent / "out" / "b.html"
    write_whole(recorded_export(plan, "ics", [plan.with_name("a.ics")]))
    write_whole(recorded_export(plan, "html", [elsewhere]))
    step = last_step(plan)
    assert step is not None
    assert step.exported == (("ics", "a.ics"), ("html", str(elsewhere)))
    take_back(step)
    write_whole(recorded_export(plan, "html", [plan.with_name("a.html")]))
    again = next_step(plan)
    assert again is not None
    do_again(again)
    assert plan.read_bytes() == b"2\n"


def test_where_nothing_is_noted_no_export_is(tmp_path: Path) -> None:
    assert recorded_export(tmp_path / "campaign.csv", "ics", [tmp_path / "a.ics"]) == {}


def test_a_new_act_ends_what_could_be_done_again(plan: Path) -> None:
    step = last_step(plan)
    assert step is not None
    take_back(step)
    act(plan, {"campaign.csv": b"4\n"})
    assert next_step(plan) is None


@pytest.mark.parametrize("name", ["../elsewhere.csv", "/tmp/elsewhere.csv"])  # noqa: S108
def test_no_file_elsewhere_is_ever_written(plan: Path, name: str) -> None:
    text = journal_of(plan).read_text().replace('"campaign.csv"', f'"{name}"')
    journal_of(plan).write_text(text)
    with pytest.raises(UnreadableFile, match="names a file elsewhere"):
        last_step(plan)


def test_the_settings_of_a_plan_that_lies_elsewhere_are_its_own(tmp_path: Path) -> None:
    plan, settings = tmp_path / "campaign.csv", tmp_path / "mine" / "campaign.toml"
    settings.parent.mkdir()
    settings.write_bytes(b"a = 1\n")
    write_whole(recorded(plan, ActKind.REPLAN, {plan: b"1\n", settings: b"a = 2\n"}))
    step = last_step(plan, settings)
    assert step is not None
    take_back(step)
    assert (plan.exists(), settings.read_bytes()) == (False, b"a = 1\n")


def test_a_damaged_journal_says_what_to_do(plan: Path) -> None:
    journal_of(plan).write_bytes(b"{")
    with pytest.raises(UnreadableFile, match="is damaged; nothing can be taken back; remove it"):
        last_step(plan)


REFUSED = b"contact_id,name,because\nC-1,Ada,do_not_contact\nC-2,,no\nC-3,Cy,wrong_number\n"


def test_a_word_more_in_the_refusals_is_a_refusal_and_a_gap_is_none(plan: Path) -> None:
    act(plan, {"refusals.csv": REFUSED})
    step = last_step(plan)
    assert step is not None
    assert step.refusals == ("Ada", "C-2")


def test_what_others_have_added_to_the_refusals_stays(plan: Path) -> None:
    listed = plan.with_name("refusals.csv")
    act(plan, {"refusals.csv": REFUSED, "campaign.csv": b"3\n"})
    act(plan, {"refusals.csv": REFUSED + b"C-4,,no\n", "campaign.csv": b"4\n"}, ActKind.REPLAN)
    for _ in range(2):
        step = last_step(plan)
        assert step is not None
        take_back(step)
    assert listed.read_bytes() == b"contact_id,name,because\nC-4,,no\n"
    step = next_step(plan)
    assert step is not None
    do_again(step)
    assert sorted(listed.read_bytes().splitlines()) == sorted([*REFUSED.splitlines(), b"C-4,,no"])
    listed.write_bytes(b"contact_id\n")
    with pytest.raises(UnreadableFile, match="edited by another hand"):
        last_step(plan)
