"""Templates of letters: plain text with fields, run where they can reach nothing else."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from campaign.errors import Finding
from campaign.outputs.letters.fields import FieldIsEmpty, Fields

if TYPE_CHECKING:
    from types import TracebackType

    from jinja2.sandbox import SandboxedEnvironment

_ROOM, _SHIPPED = "campaign.outputs.letters", "shipped"
_LONGEST = 20_000


@frozen
class TemplateFault(Exception):  # noqa: N818 (it is what is at fault)
    """A template that cannot be used, or not for this letter."""

    finding: Finding


@frozen
class Template:
    """A template by its name, ready to be filled in."""

    name: str
    file: str
    fill: Callable[[Mapping[str, Fields | str]], str] = field(repr=False)

    def text(self, values: Mapping[str, Fields | str]) -> str:
        """The text of a letter. Raises `TemplateFault` and `FieldIsEmpty`."""
        try:
            text = self.fill(values).strip()
        except FieldIsEmpty:
            raise
        except Exception as error:
            raise TemplateFault(self._fault(error)) from error
        if len(text) > _LONGEST:
            raise TemplateFault(Finding(self.file, "makes a letter longer than 20,000 characters"))
        return text

    def _fault(self, error: Exception) -> Finding:
        return Finding(self.file, *_said(error), row=_line(error.__traceback__, self.file))


def _said(error: Exception) -> tuple[str]:
    from jinja2.exceptions import SecurityError, UndefinedError  # noqa: PLC0415

    if isinstance(error, SecurityError):
        return (f"reaches for what no letter may have ({error}); use the fields of the letter",)
    if isinstance(error, UndefinedError):
        return (f"names a field that there is not ({error}); see the list of fields",)
    return (f"cannot be filled in ({type(error).__name__}: {error}); see the list of fields",)


def _line(trace: "TracebackType | None", file: str) -> int:
    """The line of the template in which it failed, 0 where none of them did."""
    found = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def template(name: str, own: Mapping[str, str]) -> Template | None:
    """The template of that name, the rep's own before the one that ships; None without."""
    if name in own:
        return _parsed(name, own[name], f"letters/{name}.txt")
    source = shipped().get(name)
    return None if source is None else _parsed(name, source, f"{name}.txt (as it ships)")


@cache
def shipped() -> Mapping[str, str]:
    """The templates that ship, by their names."""
    found = files(_ROOM).joinpath(_SHIPPED).iterdir()
    return {
        one.name.removesuffix(".txt"): one.read_text(encoding="utf-8")
        for one in sorted(found, key=lambda one: one.name)
        if one.name.endswith(".txt")
    }


def _parsed(name: str, source: str, file: str) -> Template:
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 (0.1 s)

    environment = _environment()
    try:
        tree = environment.parse(source, name, file)
        for finding in _reaching_out(tree, file):
            raise TemplateFault(finding)
        code = environment.compile(tree, name, file)
    except TemplateSyntaxError as error:
        problem = f"cannot be read as a template ({error.message})"
        remedy = "write fields as {{ account.name }}, conditions as {% if ... %} ... {% endif %}"
        raise TemplateFault(Finding(file, problem, remedy=remedy, row=error.lineno)) from error
    made = environment.template_class.from_code(environment, code, {})
    return Template(name, file, lambda values: str(made.render(**values)))


def _reaching_out(tree: Any, file: str) -> Iterator[Finding]:  # noqa: ANN401 (any node)
    from jinja2 import nodes  # noqa: PLC0415

    kinds = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for node in tree.find_all(kinds):
        word = {"FromImport": "from"}.get(type(node).__name__, type(node).__name__.lower())
        problem = f"reaches for another file by {{% {word} %}}, and no letter may have one"
        yield Finding(file, problem, remedy="write its text here", row=node.lineno)


@cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined  # noqa: PLC0415 (0.1 s)
    from jinja2.exceptions import SecurityError  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    class Sealed(ImmutableSandboxedEnvironment):
        """Nothing but the fields: no files, no loops over numbers, no endless texts."""

        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, _context: object, operator: str, _left: object, _right: object) -> Any:  # noqa: ANN401
            raise SecurityError(f"{operator} is not for letters")

    environment = Sealed(
        undefined=StrictUndefined,
        autoescape=False,
        finalize=_never_a_thing,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    return environment


def _never_a_thing(value: object) -> object:
    """What may be printed: a text or a number; a whole group of fields is no text."""
    from jinja2 import Undefined  # noqa: PLC0415

    if isinstance(value, (str, int, float, Undefined)):
        return value
    raise TypeError(f"{type(value).__name__.lower()} is no text; name one field of it")
