"""Templates: plain text with fields, run where they can reach nothing else and always end."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, cast

from attrs import field, frozen

from campaign.errors import Finding

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.environment import Template as Compiled
    from jinja2.sandbox import SandboxedEnvironment

LONGEST = 20_000
"""The most characters of a template, and of a text that is made with one."""

_WIDEST, _DEEPEST = 200, 40
# A text of a page costs some thousands: the characters of all that filters and calls make of it.
_MOST_WORK = 200_000
_left = ContextVar("_left", default=_MOST_WORK)
_TANGLED = "cannot be read as a template: it is too tangled"
_SHORTER = "write it shorter, or in parts"

_KNOWN = frozenset(
    {
        *("Template", "Output", "TemplateData", "If", "For"),
        *("Name", "Const", "Getattr", "Getitem", "Slice", "Filter", "Test", "Call", "Keyword"),
        *("Compare", "Operand", "And", "Or", "Not", "CondExpr", "Tuple", "List"),
        *("Concat", "Add", "Sub", "Div", "FloorDiv", "Neg", "Pos"),
    }
)
_OTHER_FILES = frozenset({"Include", "Import", "FromImport", "Extends"})
_SIGNS = {"Mul": "*", "Pow": "**", "Mod": "%"}
_METHODS = frozenset(
    {
        *("split", "rsplit", "partition", "rpartition", "strip", "lstrip", "rstrip"),
        *("upper", "lower", "title", "capitalize", "startswith", "endswith"),
    }
)
_FILTERS = (
    *("trim", "upper", "lower", "title", "capitalize", "default", "d", "length", "count"),
    *("first", "last", "list", "sort", "unique", "reverse", "round", "int", "float", "string"),
)
_WIDE_FILTERS = ("center", "indent", "wordwrap", "truncate")


@frozen
class FieldIsEmpty(Exception):  # noqa: N818 (it says what it says)
    """A letter needs a field that the lists leave empty."""

    group: str
    name: str


class Fields:
    """A group of fields by name, as `account`; what is not known is missing, not empty."""

    __slots__ = ("_group", "_values")

    def __init__(self, group: str, values: Mapping[str, str]) -> None:
        self._group = group
        self._values = values

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 (a text, or a missing one)
        def _empty(_message: str) -> FieldIsEmpty:
            return FieldIsEmpty(self._group, name)

        value = self._values.get(name, "")
        return value or _missing_class()(name=f"{self._group}.{name}", exc=_empty)

    def known(self, name: str) -> str:
        """A field as it is, empty where it is not known."""
        return self._values.get(name, "")

    def __iter__(self) -> Iterator[str]:
        """The names of the fields that are known, so that a loop over them ends."""
        return iter([name for name, value in self._values.items() if value])

    def __bool__(self) -> bool:
        """Whether any field is known."""
        return any(self._values.values())


@cache
def _missing_class() -> type[Any]:
    """What stands for an empty field: false in a condition, and an end to printing it."""
    from jinja2 import Undefined  # noqa: PLC0415 (0.1 s)

    class NotGiven(Undefined):
        """An empty field."""

        __slots__ = ()
        __str__ = __iter__ = __len__ = Undefined._fail_with_undefined_error  # noqa: SLF001

    return NotGiven


@frozen
class TemplateFault(Exception):  # noqa: N818 (it is what is at fault)
    """A template that cannot be used, or not for this text."""

    finding: Finding


class _TooMuch(Exception):  # noqa: N818 (it is what it is)
    """A text that becomes too long."""


@frozen
class Template:
    """A template by its name, ready to be filled in."""

    name: str
    file: str
    compiled: "Compiled" = field(repr=False)

    def text(self, values: Mapping[str, Any]) -> str:
        """The text, without what is empty around it. Raises `TemplateFault`, `FieldIsEmpty`."""
        pieces, length = [], 0
        _left.set(_MOST_WORK)
        made = cast("Generator[str, None, None]", self.compiled.generate(values))
        try:
            for piece in made:
                pieces.append(piece)
                length += len(piece)
                if length > LONGEST:
                    # Thrown where it is made, so that it has its line.
                    made.throw(_TooMuch(f"makes a letter longer than {LONGEST:,} characters"))
        except FieldIsEmpty:
            raise
        except Exception as error:
            raise TemplateFault(self._fault(error)) from error
        return "".join(pieces).strip()

    def _fault(self, error: Exception) -> Finding:
        """What went wrong, with the line of the template in which it did."""
        from jinja2.exceptions import SecurityError, UndefinedError  # noqa: PLC0415

        remedy = "see the list of fields"
        problem = f"cannot be filled in ({type(error).__name__}: {error}); {remedy}"
        if isinstance(error, _TooMuch):
            problem = str(error)
        elif isinstance(error, SecurityError):
            problem = f"reaches for what no letter may have ({error}); use the fields of the letter"
        elif isinstance(error, UndefinedError):
            problem = f"names a field that there is not ({error}); {remedy}"
        row, trace = 0, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self.file:
                row = trace.tb_lineno
            trace = trace.tb_next
        return Finding(self.file, problem, row=row)


def parsed(name: str, source: str, file: str) -> Template:
    """The template of a source; raises `TemplateFault` where it is none that may be used."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 (0.1 s)

    environment = _environment()
    if len(source) > LONGEST:
        problem = f"is longer than {LONGEST:,} characters"
        raise TemplateFault(Finding(file, problem, remedy=_SHORTER))
    try:
        tree = environment.parse(source, name, file)
        _refuse_reaching_out(tree, file)
        _left.set(_MOST_WORK)  # what is constant is filled in here
        code = environment.compile(tree, name, file)
    except TemplateSyntaxError as error:
        problem = f"cannot be read as a template ({error.message})"
        remedy = "write fields as {{ account.name }}, conditions as {% if ... %} ... {% endif %}"
        raise TemplateFault(Finding(file, problem, remedy=remedy, row=error.lineno)) from error
    except (RecursionError, MemoryError, SyntaxError) as error:
        raise TemplateFault(Finding(file, _TANGLED, remedy=_SHORTER)) from error
    return Template(name, file, environment.template_class.from_code(environment, code, {}))


def _refuse_reaching_out(
    node: "nodes.Node", file: str, *, in_loop: bool = False, depth: int = 0
) -> None:
    """Refuse statements, filters and calls that no text needs, and what is too deep to be read."""
    if depth > _DEEPEST:
        raise TemplateFault(Finding(file, _TANGLED, remedy=_SHORTER, row=node.lineno))
    kind = type(node).__name__
    word = {"FromImport": "from", "CallBlock": "call", "Assign": "set"}.get(kind, kind.lower())
    if kind in _OTHER_FILES:
        problem = f"reaches for another file by {{% {word} %}}, and no letter may have one"
        finding = Finding(file, problem, remedy="write its text here", row=node.lineno)
        raise TemplateFault(finding)
    if what := _refused(node, kind, word, in_loop=in_loop):
        problem = f"reaches for what no letter may have ({what})"
        remedy = "use the fields of the letter, conditions and loops"
        raise TemplateFault(Finding(file, problem, remedy=remedy, row=node.lineno))
    for child in node.iter_child_nodes():
        _refuse_reaching_out(child, file, in_loop=in_loop or kind == "For", depth=depth + 1)


def _refused(node: Any, kind: str, word: str, *, in_loop: bool) -> str:  # noqa: ANN401 (any node)
    """What a node reaches for that it may not have; empty where it may.

    One loop over the fields of a group, and no value that is kept: so every text ends.
    """
    of = type(getattr(node, "iter" if kind == "For" else "node", None)).__name__
    if kind == "Filter" and node.name not in _environment().filters:
        known = sorted((*_FILTERS, *_WIDE_FILTERS, "join", "replace"))
        return f"the filter {node.name}; there are {', '.join(known)}"
    if kind == "For" and (node.recursive or in_loop):
        return "a loop in a loop"
    if kind == "For" and of != "Name":
        return "a loop over what is no group of fields"
    if kind == "Call" and of == "Getattr":
        return "" if node.node.attr in _METHODS else f"{node.node.attr}()"
    if kind == "Call" and of != "Name":
        return "a call"
    return "" if kind in _KNOWN else _SIGNS.get(kind, word)


@cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined  # noqa: PLC0415 (0.1 s)
    from jinja2.filters import FILTERS  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    class _Counting(ImmutableSandboxedEnvironment):
        """A sandbox in which what a call makes is counted."""

        def call(self, *args: Any, **named: Any) -> Any:  # noqa: ANN401 (of any call)
            """What the call gives."""
            return _spent(super().call(*args, **named))

    environment = _Counting(
        undefined=StrictUndefined,
        autoescape=False,
        optimized=False,  # reckoning constants out takes time by the cube of their depth
        finalize=_never_a_thing,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters = {
        **{name: _bounded(FILTERS[name]) for name in _FILTERS},
        **{name: _bounded(FILTERS[name], is_wide=True) for name in _WIDE_FILTERS},
        "join": _joined,
        "replace": _replaced,
    }
    return environment


def _not_too_long(length: int) -> None:
    if length > LONGEST:
        raise _TooMuch(f"makes a text longer than {LONGEST:,} characters")


def _spent(made: Any) -> Any:  # noqa: ANN401 (of any filter or call)
    """What a filter or a call has made, at the cost of its length."""
    if isinstance(made, str | list | tuple):
        _not_too_long(len(made))
        _left.set(_left.get() - len(made))
        if _left.get() < 0:
            raise _TooMuch(f"takes too long to fill in; {_SHORTER}")
    return made


def _bounded(used: Callable[..., Any], *, is_wide: bool = False) -> Callable[..., Any]:
    """A filter whose widths are those of a page at most, and whose texts are counted."""

    @wraps(used)
    def _narrow(*args: Any, **named: Any) -> Any:  # noqa: ANN401 (as the filter has it)
        for one in (*args[1:], *named.values()) if is_wide else ():
            if isinstance(one, int) and one > _WIDEST:
                raise _TooMuch(f"pads to {one:,} characters; {_WIDEST} are the most")
        return _spent(used(*args, **named))

    return _narrow


def _joined(value: Iterable[object], d: str = "") -> str:
    texts = [str(one) for one in value]
    _not_too_long(len(d) * len(texts) + sum(map(len, texts)))
    return str(_spent(d.join(texts)))


def _replaced(value: str, old: str, new: str) -> str:
    text = str(value)
    _not_too_long(len(text) + text.count(old) * len(new))
    return str(_spent(text.replace(old, new)))


def _never_a_thing(value: object) -> object:
    """What may be printed: a text or a number; a whole group of fields is no text."""
    from jinja2 import Undefined  # noqa: PLC0415

    if isinstance(value, (str, int, float, Undefined)):
        return value
    if isinstance(value, Fields):
        raise TypeError("a record is no text; name one field of it")
    raise TypeError(f"{type(value).__name__.lower()} is no text; name one field of it")
