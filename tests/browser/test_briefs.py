"""Account briefs in a real browser: each prints on one page."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from handmade import START, territory
from rows import a_touch

from campaign.model.accounts import Contact, Promise
from campaign.outputs.handover import render_briefs
from campaign.touches import Plan, Status

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "They count every pallet and they are right to do so. " * 20


def full() -> Plan:
    """One account with more of everything than its page shows, all of it long."""
    people = [
        Contact(f"P-{n}", "A-1", name=f"Person {n}", title="Manager of it all", notes=LONG)
        for n in range(12)
    ]
    promises = [Promise(f"R-{n}", "A-1", what=LONG[:150], due=START) for n in range(12)]
    said = [
        a_touch(f"A-1/P-1/{n}", START, status=Status.DONE, outcome="no_answer", note=LONG)
        for n in range(20)
    ]
    coming = [a_touch(f"A-1/P-1/next{n}", START) for n in range(20)]
    question = territory(contacts=people, promises=promises)
    first = evolve(question.account("A-1"), name=LONG[:150], grievance=LONG, notes=LONG)
    accounts = [first, *question.accounts[1:]]
    question = evolve(question, accounts=accounts)
    return Plan(question, [*said, *coming])


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_fullest_account_prints_on_one_page(
    browser: "Browser", tmp_path: Path, paper: str
) -> None:
    assert pages_of(browser, tmp_path, render_briefs(full(), "A-1"), paper) == 1


def test_each_account_begins_a_page(browser: "Browser", tmp_path: Path) -> None:
    assert pages_of(browser, tmp_path, render_briefs(full()), "A4") == 5


def pages_of(browser: "Browser", folder: Path, page: str, paper: str) -> int:
    """How many pages the browser prints, without a word of the network."""
    path = folder / "briefs.html"
    path.write_text(page, encoding="utf-8")
    tab = browser.new_page()
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(path.as_uri())
    printed = tab.pdf(format=paper, prefer_css_page_size=False)
    tab.close()
    assert requests == [path.as_uri()]
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))
