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
from suite.top import Score


def about() -> dict[str, str]:
    """What a figure depends on, beside the territory: the program, Python, the machine."""
    names = ("territory-campaign", "ortools", "numpy")
    return {
        **{name: version(name) for name in names},
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }


def save(
    path: Path, text: str, *, measures: Iterable[Measure] = (), tours: Iterable[Score] = ()
) -> None:
    """Write a run: its values where the name ends in .json, else the text of its tables."""
    if path.suffix != ".json":
        path.write_text(text + "\n", encoding="utf-8")
        return
    run = {
        "about": about(),
        "measures": [attrs.asdict(measure) for measure in measures],
        "tours": [attrs.asdict(score) for score in tours],
    }
    path.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")


def saved_measures(path: Path) -> list[Measure]:
    """The measures of a saved run; raises `ValueError` for a file that is none."""
    return [_measure(row) for row in _saved(path)["measures"]]


def saved_tours(path: Path) -> list[Score]:
    """The same of a run over instances."""
    return [Score(**{**row, "cost": Cost(**row["cost"])}) for row in _saved(path)["tours"]]


def _saved(path: Path) -> dict[str, Any]:
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        found: dict[str, Any] = {name: run[name] for name in ("measures", "tours")}
    except FileNotFoundError as error:
        raise ValueError(f"there is no file {path}; --compare takes one of --save") from error
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is no run saved by --save FILE.json") from error
    return found


def _measure(row: dict[str, Any]) -> Measure:
    levels = tuple(Level(**level) for level in row["levels"])
    return Measure(**{**row, "levels": levels, "cost": Cost(**row["cost"])})
