"""The pages hold together: links lead somewhere, every page is reached."""

import re
from pathlib import Path

import pytest
from documents import DOCS, PAGES, ROOT, page

CHANGELOG = ROOT / "CHANGELOG.md"


@pytest.mark.parametrize("path", [*PAGES, CHANGELOG], ids=lambda path: page(path).name)
def test_every_link_inside_the_project_leads_somewhere(path: Path) -> None:
    for link in page(path).links:
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        found = (path.parent / target).resolve() if target else path
        assert found.exists(), f"{page(path).name}: {link}"
        if anchor:
            assert anchor in page(found).anchors, f"{page(path).name}: {link}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: page(path).name)
def test_every_test_that_a_page_names_is_there(path: Path) -> None:
    for name in re.findall(r"\btests/[a-z0-9_./-]*[a-z0-9]", page(path).text):
        assert (ROOT / name).exists(), f"{page(path).name}: {name}"


def test_the_index_names_every_page() -> None:
    named = {(DOCS / link.partition("#")[0]).resolve() for link in page(DOCS / "index.md").links}
    assert set(DOCS.rglob("*.md")) - {DOCS / "index.md"} <= named


@pytest.mark.parametrize("path", PAGES, ids=lambda path: page(path).name)
def test_every_page_has_one_title_and_no_open_fence(path: Path) -> None:
    lines = page(path).text.splitlines()
    assert lines[0].startswith("# ")
    assert sum(line.startswith("# ") for line in page(path).prose.splitlines()) == 1
    assert sum(line.startswith("```") for line in lines) % 2 == 0
