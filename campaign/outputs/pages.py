"""Pages that hold all they need: templates, and the policy that lets nothing in and out."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from campaign.words.plain import printable

if TYPE_CHECKING:
    from jinja2 import Environment

View = dict[str, Any]
"""What a template is told of one thing, by the names that it has there."""


def render_page(room: str, name: str, *, style: str = "", **parts: object) -> str:
    """The page `name` of a room: a package with a folder `page` of `name.html` and `name.css`.

    A `name.js` there is its script; `style` goes before its own.
    """
    from markupsafe import Markup  # noqa: PLC0415 (only when a page is made)

    style += text_of(room, f"{name}.css")
    has_script = files(room).joinpath("page", f"{name}.js").is_file()
    script = text_of(room, f"{name}.js") if has_script else ""
    # A content security policy: this style, this script, and nothing else.
    own_script = f"script-src '{_sha256(script)}'; " if script else ""
    policy = (
        f"default-src 'none'; style-src '{_sha256(style)}'; {own_script}"
        "base-uri 'none'; form-action 'none'"
    )
    ours = {"style": Markup(style), "script": Markup(script)}  # noqa: S704 (our own)
    return _environment(room).get_template(f"{name}.html").render(policy=policy, **ours, **parts)


def text_of(room: str, name: str) -> str:
    """A file of a room's folder `page`."""
    return files(room).joinpath("page", name).read_text(encoding="utf-8")


def _sha256(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


@cache
def _environment(room: str) -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 (0.1 s)

    def _load(name: str) -> str:
        # The head that all pages have, with the policy in it, is no room's own.
        return text_of("campaign.outputs" if name == "base.html" else room, name)

    return Environment(
        loader=FunctionLoader(_load),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _harmless(value: object) -> object:
    """What may stand in a page; escaping comes after it."""
    return value if hasattr(value, "__html__") else printable(str(value))
