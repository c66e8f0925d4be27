"""Runs as files: JSON to compare with later, Markdown to read."""

import json
import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs

from campaign import Level
from suite.children import Cost
from suite.measuring import Measure


def about() -> dict[str, str]:
    """What a figure depends on, beside the territory: the program, Python, the machine."""
    names = ("territory-campaign", "ortools", "numpy")
    return {
        **{name: version(name) for name in names},
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }


def save(path: Path, text: str, *, measures: Iterable[Measure] = ()) -> None:
    """Write a run: its values where the name ends in .json, else the text of its tables."""
    if path.suffix != ".json":
        path.write_text(text + "\n", encoding="utf-8")
        return
    run = {
        "about": about(),
        "measures": [attrs.asdict(measure) for measure in measures],
    }
    path.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")


def saved_measures(path: Path) -> list[Measure]:
    """The measures of a saved run; raises `ValueError` for a file that is none."""
    return [_measure(row) for row in _saved(path)["measures"]]


def _saved(path: Path) -> dict[str, Any]:
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        found: dict[str, Any] = {"measures": run["measures"]}
    except FileNotFoundError as error:
        raise ValueError(f"there is no file {path}; --compare takes one of --save") from error
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is no run saved by --save FILE.json") from error
    return found


def _measure(row: dict[str, Any]) -> Measure:
    levels = tuple(map(_level, row["levels"]))
    return Measure(**{**row, "levels": levels, "cost": Cost(**row["cost"])})


def _level(row: dict[str, Any]) -> Level:
    return Level(**{**row, "parts": tuple((name, figure) for name, figure in row["parts"])})
