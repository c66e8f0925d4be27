"""A real browser, where one is installed; `REQUIRE_BROWSER=1` fails where none is."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from handmade import campaign
from reports import hostile, large

from campaign.outputs.report import render_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def lacking() -> str:
    """What keeps a browser from being used, empty where nothing does."""
    for module in ("playwright", "axe_playwright_python"):
        if find_spec(module) is None:
            return f"{module} is not installed: pip install '.[browser]'"
    if not any(map(shutil.which, PROGRAMS)):
        return "there is no chromium: apt-get install chromium"
    return ""


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    reason = lacking()
    if reason and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (not installed everywhere)

    program = next(filter(None, map(shutil.which, PROGRAMS)))
    with sync_playwright() as playwright:
        # without its own sandbox, which a container does not give it
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reports of the plans that the tests look at."""
    folder = tmp_path_factory.mktemp("reports")
    a_year = large(4)
    a_year = evolve(a_year, territory=evolve(a_year.territory, days=360))
    plans = {
        "handmade": campaign(),
        "hostile": hostile(),
        "small": large(12),
        "year": a_year,
        "large": large(),
    }
    for name, plan in plans.items():
        (folder / f"{name}.html").write_text(render_report(plan), encoding="utf-8", newline="\n")
    return folder
