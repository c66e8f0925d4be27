"""The pages as a site; skipped without the extra `site`."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from documents import DOCS, ROOT


@pytest.mark.skipif(find_spec("material") is None, reason="mkdocs-material is not installed")
def test_the_site_has_every_page_and_a_search_that_needs_no_network(tmp_path: Path) -> None:
    shutil.copytree(DOCS, tmp_path / "docs")
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", ".ci/mkdocs.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    site = tmp_path / "build" / "site"
    pages = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    assert {page for page in pages if not (site / page).is_file()} == set()
    # read by a script beside it, as a browser reads no JSON from a file
    assert (site / "search" / "search_index.js").is_file()
    assert "https://fonts." not in (site / "index.html").read_text(encoding="utf-8")
