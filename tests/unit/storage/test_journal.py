from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.storage import journal
from campaign.storage.journal import (
    ActKind,
    edit_of,
    journal_of,
    read_journal,
    recorded,
)
from campaign.storage.whole import write_whole

CONTENTS = st.one_of(
    st.none(),
    st.binary(max_size=30),
    st.lists(st.sampled_from([b"a", b"b,1", "ü\u2028".encode(), b"\xff", b""]), max_size=8).map(
        b"\n".join
    ),
)


@given(before=CONTENTS, after=CONTENTS)
def test_an_edit_makes_each_content_of_the_other(before: bytes | None, after: bytes | None) -> None:
    edit = edit_of("a.csv", before, after)
    assert edit.undone(after) == before
    assert edit.redone(before) == after
    assert edit.undone(before) == before


def test_only_the_lines_that_differ_are_noted() -> None:
    edit = edit_of("a.csv", b"head\none\ntwo\nthree\n", b"head\none\n2\nthree\n")
    assert (edit.line, edit.before, edit.after) == (2, ("two\n",), ("2\n",))


def test_a_content_that_was_edited_since_is_refused() -> None:
    edit = edit_of("a.csv", b"1\n", b"2\n")
    with pytest.raises(ValueError, match="edited by another hand since"):
        edit.undone(b"3\n")
    damaged = edit_of("a.csv", b"1\n", b"2\n").__class__(
        "a.csv", line=0, before=["9\n"], after=["2\n"], was=edit.was, now=edit.now
    )
    with pytest.raises(ValueError, match="not what was noted"):
        damaged.undone(b"2\n")


def written(plan: Path, contents: Mapping[str, bytes], *, goes_on: bool = False) -> None:
    files = {plan.with_name(name): data for name, data in contents.items()}
    write_whole(recorded(plan, ActKind.LOG, files, goes_on=goes_on))


def test_an_act_has_a_step_of_its_own_unless_it_goes_on(tmp_path: Path) -> None:
    plan = tmp_path / "campaign.csv"
    written(plan, {"campaign.csv": b"1\n"}, goes_on=True)
    written(plan, {"campaign.csv": b"2\n"}, goes_on=True)
    written(plan, {"campaign.csv": b"3\n"})
    assert [act.step for act in read_journal(plan).acts] == [1, 1, 2]


def test_what_changes_nothing_is_not_noted(tmp_path: Path) -> None:
    plan = tmp_path / "campaign.csv"
    plan.write_bytes(b"1\n")
    assert recorded(plan, ActKind.LOG, {plan: b"1\n"}) == {plan: b"1\n"}


def test_an_act_that_was_noted_and_never_written_has_not_happened(tmp_path: Path) -> None:
    plan = tmp_path / "campaign.csv"
    written(plan, {"campaign.csv": b"1\n"})
    write_whole({journal_of(plan): recorded(plan, ActKind.LOG, {plan: b"2\n"})[journal_of(plan)]})
    assert len(read_journal(plan).acts) == 1


def test_a_damaged_journal_is_no_journal_and_is_begun_anew(tmp_path: Path) -> None:
    plan = tmp_path / "campaign.csv"
    for damage in (b"{", b"[]\n", b'{"kind": "log", "step": "1"}\n', b'{"kind": "log"}\n', b"1\n"):
        journal_of(plan).write_bytes(damage)
        with pytest.raises(ValueError, match="is damaged"):
            read_journal(plan)
    written(plan, {"campaign.csv": b"1\n"})
    assert len(read_journal(plan).acts) == 1


def test_the_oldest_steps_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tmp_path / "campaign.csv"
    monkeypatch.setattr(journal, "MOST_STEPS", 3)
    for number in range(5):
        written(plan, {"campaign.csv": b"%d\n" % number})
    assert [act.step for act in read_journal(plan).acts] == [3, 4, 5]
    monkeypatch.setattr(journal, "MOST_BYTES", 1)
    written(plan, {"campaign.csv": b"9\n"})
    assert [act.step for act in read_journal(plan).acts] == [6]
