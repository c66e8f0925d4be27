"""Every word of the planner's glossary stands where the page says, and so do the guide's paths."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLANNER = ROOT / "campaign" / "planner"
GLOSSARY = (ROOT / "docs/explanation/planner-glossary.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TERM = re.compile(r"^\| ([^|]+?) \| [^|]+ \| `([\w/]+\.py)`: (`[^|]+`) \|$", re.MULTILINE)
STAY = re.compile(r"^\d\. `([\w/]+\.\w+)`", re.MULTILINE)


def file_of(path: str) -> Path:
    return ROOT / path if path.startswith("campaign/") else PLANNER / path


def defined_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name for node in ast.walk(tree) if isinstance(node, (ast.ClassDef, ast.FunctionDef))
    }


def words_in(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.lower().replace("'s", "")))


def test_the_glossary_has_its_terms() -> None:
    assert len(TERM.findall(GLOSSARY)) >= 20


@pytest.mark.parametrize(("term", "path", "names"), TERM.findall(GLOSSARY))
def test_a_term_is_found_in_its_file_by_its_name(term: str, path: str, names: str) -> None:
    file = file_of(path)
    assert set(re.findall(r"\w+", names)) <= defined_in(file)
    text = words_in(f"{path} {file.read_text(encoding='utf-8')}")
    assert all(word.rstrip("s") in text for word in words_in(term).split() if word != "of")


def test_each_numeric_room_of_the_planner_is_told_of() -> None:
    told = {path for _, path, _ in TERM.findall(GLOSSARY)}
    for room in ("relaxation", "improvement", "solution"):
        files = {f"{room}/{file.name}" for file in (PLANNER / room).glob("[a-z]*.py")}
        assert files - told <= {"relaxation/glop.py"}


def test_the_floors_of_the_glossary_are_those_that_the_contract_holds() -> None:
    floors = re.findall(
        r"^([a-z_ |]+?)   ", GLOSSARY.split("```text")[1].split("```")[0], re.MULTILINE
    )
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contract = settings.split('containers = ["campaign.planner"]')[1].split("]")[0]
    assert [floor.strip() for floor in floors] == re.findall(r'"([^"]+)"', contract)


def test_the_way_of_a_window_through_the_house_has_at_most_eight_stays() -> None:
    walk = GUIDE.split("**A walk to begin with**")[1].split("\n## ")[0]
    stays = STAY.findall(walk)
    assert 0 < len(stays) <= 8
    beside = re.findall(r"`([\w/]+\.py)`", walk)
    assert not [path for path in (*stays, *beside) if not (ROOT / "campaign" / path).exists()]
