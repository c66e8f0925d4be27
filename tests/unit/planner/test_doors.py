"""The planner's rooms are entered by their doors; what is inside is for the room and its test."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PLANNER = ROOT / "campaign" / "planner"
INSIDE = re.compile(r"^\s*from campaign\.planner\.(\w+)\.\w+ import ", re.MULTILINE)
DOORS = {
    door.parent.name for door in PLANNER.glob("*/__init__.py") if "__all__" in door.read_text()
}


def rooms_entered(path: Path) -> set[str]:
    """The rooms with a door into which a file reaches beside it."""
    return DOORS.intersection(INSIDE.findall(path.read_text(encoding="utf-8")))


def test_the_product_enters_rooms_by_their_doors() -> None:
    files = [*(ROOT / "campaign").rglob("*.py"), *(ROOT / "cli").rglob("*.py")]
    inside = {path: rooms_entered(path) - {path.parent.name} for path in files}
    assert len(DOORS) >= 7
    assert not {str(path): rooms for path, rooms in inside.items() if rooms}


def test_a_test_looks_into_one_room_at_the_most() -> None:
    entered = {path.name: rooms_entered(path) for path in (ROOT / "tests").rglob("*.py")}
    assert not {name: rooms for name, rooms in entered.items() if len(rooms) > 1}
