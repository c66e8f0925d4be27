"""Names that moved are found at their old address for a while, by one door, with a warning."""

from importlib import import_module
from pathlib import Path

import pytest

import campaign
from campaign.model.accounts import Delivered
from campaign.model.cadences import Rhythm


@pytest.mark.parametrize(
    ("old", "name", "new"),
    [
        ("campaign.model.delivered", "Delivered", Delivered),
        ("campaign.model.steady", "Rhythm", Rhythm),
    ],
)
def test_what_moved_is_the_same_and_its_new_address_is_told(old: str, name: str, new: type) -> None:
    module = import_module(old)
    with pytest.warns(DeprecationWarning, match=f"{old}.{name} is {new.__module__}.{name} since"):
        assert getattr(module, name) is new


def test_what_never_was_there_is_no_attribute() -> None:
    module = import_module("campaign.model.steady")
    with pytest.raises(AttributeError, match=r"'campaign.model.steady' has no attribute 'Tune'"):
        _ = module.Tune


def test_there_is_one_door() -> None:
    root = Path(campaign.__file__).parent
    sources = {file.name: file.read_text(encoding="utf-8") for file in root.rglob("*.py")}
    assert [name for name, text in sources.items() if "DeprecationWarning" in text] == [
        "deprecated.py"
    ]
