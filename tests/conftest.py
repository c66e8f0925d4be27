import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import HealthCheck, settings

import campaign
import campaign_cli

# What the tests start would compile the whole program anew each time, and each worker all tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The same examples in every run, few of them; LONG_PROPERTIES=1 asks for many, and
# --hypothesis-profile=default hunts with other ones.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    # On a machine with much else to do examples are slow to make, and nothing is wrong.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    max_examples=300 if "LONG_PROPERTIES" in os.environ else 20,
)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the expected outputs anew instead of comparing with them",
    )
    parser.addoption(
        "--kills", type=int, default=10, help="how often a command is killed while it writes"
    )
    parser.addoption(
        "--moments", type=int, default=4, help="at how many moments a command is sent a signal"
    )


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import everything where coverage is measured.

    A module that is first imported by a test that is not measured would count as not run.
    """
    if session.config.getoption("cov_source", None):
        for package in (campaign, campaign_cli):
            for module in walk_packages(package.__path__, f"{package.__name__}."):
                import_module(module.name)


# Measuring coverage doubles the time of these, and a line that they alone come by is not
# tested by anything that says what the line is for.
FOLDERS = ("browser", "docs", "properties", "unit/benchmarks")
UNMEASURED = {Path(__file__).parent / name for name in FOLDERS}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if UNMEASURED.intersection(item.path.parents):
            item.add_marker("no_cover")
    # The longest first, so that no worker is left alone with them at the end.
    items.sort(key=lambda item: "properties" not in item.path.parts)


# Bounds beyond counting are a third of the time of a plan, and are looked at by these alone.
FOLDERS_PROVED = ("properties", "unit/planner", "unit/benchmarks")
PROVED = {Path(__file__).parent / name for name in FOLDERS_PROVED}


@pytest.fixture(autouse=True)
def proved_by_counting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prove what counting proves, save where more is asked."""
    is_asked = request.node.get_closest_marker("proof") is not None
    if not is_asked and not PROVED.intersection(request.path.parents):
        monkeypatch.setattr("campaign.planner.bounds._RELAXED", ())


class Golden:
    """Expected outputs, each in a file of its own beside the test."""

    def __init__(self, folder: Path, *, update: bool) -> None:
        self.folder = folder
        self.update = update

    def compare(self, name: str, content: bytes) -> None:
        path = self.folder / name
        if self.update:
            path.write_bytes(content)
        assert content == path.read_bytes()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(
        request.path.parent / "expected", update=bool(request.config.getoption("--update-golden"))
    )
