"""HTML pages from templates: one file each, which lets nothing in and nothing out."""

import base64
import hashlib
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from jinja2 import Environment

# Nothing that HTML forbids: control characters, and halves of characters.
_FORBIDDEN = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd"
)


@frozen
class Page:
    """A page of a folder of templates: its template, its style and, if any, its script."""

    package: str
    folder: str
    template: str
    style: str
    script: str = ""

    def render(self, **parts: object) -> str:
        """The page with its parts, style and script in it; all texts are shown as text."""
        from markupsafe import Markup  # noqa: PLC0415 (only when a page is made)

        style = self._text(self.style)
        script = self._text(self.script) if self.script else ""
        return (
            _environment(self.package, self.folder)
            .get_template(self.template)
            .render(
                policy=_policy(style, script),
                style=Markup(style),  # noqa: S704 (our own)
                script=Markup(script),  # noqa: S704 (our own)
                **parts,
            )
        )

    def _text(self, name: str) -> str:
        return _text(self.package, self.folder, name)


def _policy(style: str, script: str) -> str:
    """A content security policy: this style, this script, and nothing else."""
    scripts = f"script-src '{_sha256(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_sha256(style)}'; {scripts}"
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _text(package: str, folder: str, name: str) -> str:
    return files(package).joinpath(folder, name).read_text(encoding="utf-8")


@cache
def _environment(package: str, folder: str) -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 (0.1 s)

    return Environment(
        loader=FunctionLoader(partial(_text, package, folder)),
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
    return str(value).translate(_FORBIDDEN)
