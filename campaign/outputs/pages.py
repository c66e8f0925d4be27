"""Pages that hold all they need: templates, and the policy that lets nothing in and out."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from campaign.words.plain import printable

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = "page"
_ALL, _BASE = "campaign.outputs", "base.html"
"""Where the head stands that all pages have, with the policy in it."""


def render_page(room: str, template: str, *, style: str, script: str = "", **parts: object) -> str:
    """The page of a room (a package with a folder `page`), its style and script in it."""
    from markupsafe import Markup  # noqa: PLC0415 (only when a page is made)

    return (
        _environment(room)
        .get_template(template)
        .render(
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 (our own)
            script=Markup(script),  # noqa: S704 (our own)
            **parts,
        )
    )


def text_of(room: str, name: str) -> str:
    """A file of a room's folder `page`."""
    return files(room).joinpath(_FOLDER, name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy: this style, this script, and nothing else."""
    own_script = f"script-src '{_sha256(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_sha256(style)}'; {own_script}"
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


@cache
def _environment(room: str) -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 (0.1 s)

    return Environment(
        loader=FunctionLoader(lambda name: text_of(_ALL if name == _BASE else room, name)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _harmless(value: object) -> object:
    """What may stand in a page; escaping comes after it."""
    return value if hasattr(value, "__html__") else printable(str(value))
