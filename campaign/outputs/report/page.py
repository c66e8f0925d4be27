"""The page itself: templates, and the policy that lets nothing in and nothing out."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from campaign.outputs.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = "page"
_STYLE, _SCRIPT, _PAGE = "report.css", "report.js", "report.html"


def render_page(**parts: object) -> str:
    """The page with its parts, style and script in it."""
    from markupsafe import Markup  # noqa: PLC0415 (only when a page is made)

    style, script = _text(_STYLE), _text(_SCRIPT)
    return (
        _environment()
        .get_template(_PAGE)
        .render(
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 (our own)
            script=Markup(script),  # noqa: S704 (our own)
            **parts,
        )
    )


def _policy(style: str, script: str) -> str:
    """A content security policy: this style, this script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_sha256(style)}'; script-src '{_sha256(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _text(name: str) -> str:
    return files("campaign.outputs.report").joinpath(_FOLDER, name).read_text(encoding="utf-8")


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 (0.1 s)

    return Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _harmless(value: object) -> object:
    """What may stand in a page; escaping comes after it."""
    if hasattr(value, "__html__"):
        return value
    return printable(str(value))
