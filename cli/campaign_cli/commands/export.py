"""`campaign export`: writes a plan for others to read, a format a row of one table."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import attrs
import click

from campaign.answer import NOT_A_PLAN, PROOF_FILE
from campaign.errors import UnreadableFile
from campaign.outputs.files import target_of, write_whole
from campaign.outputs.proof import noted_bounds, of_this_plan, read_proof
from campaign.reading.files import read_bytes
from campaign.rules.levels import levels
from campaign.touches import Plan
from campaign_cli import console
from campaign_cli.options import File, Source, json_option, source_options

Render = Callable[[Plan], str | bytes]


@attrs.frozen
class Format:
    """What a format writes, and by which function, imported when it is asked for."""

    file_name: str
    function: str

    def render(self, plan: Plan) -> bytes:
        """The bytes of the file."""
        module, _, name = self.function.partition(":")
        render: Render = getattr(import_module(module), name)
        content = render(plan)
        return content.encode() if isinstance(content, str) else content


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format("report.html", "campaign.outputs.report:render_report"),
    }
)


@click.command("export")
@source_options
@click.option(
    "--to", "wanted", type=click.Choice(tuple(FORMATS)), required=True, help="What to write."
)
@click.option(
    "-o",
    "output",
    type=File(),
    metavar="FILE",
    help="Write it there.  [default: beside the plan, under the format's own name]",
)
@json_option
def command(source: Source, *, wanted: str, output: Path | None, as_json: bool) -> None:
    """Write the plan for others to read.

    PATH is a campaign folder or a list of accounts. "html" is a report: one page that needs
    no network.
    """
    path, plan = source.read_plan()
    target = output or path.with_name(FORMATS[wanted].file_name)
    _spare_the_inputs(target, (path, source.path))
    content = FORMATS[wanted].render(_with_levels(path, plan))
    write_whole({target: content})
    if as_json:
        console.result_json({"files": [str(target)]})
    else:
        console.result(f"Written to {target}")


def _with_levels(path: Path, plan: Plan) -> Plan:
    """The plan with its levels, and with the bounds of its proof where that is its own."""
    proof = read_proof(path.with_name(PROOF_FILE))
    if not of_this_plan(proof, plan.territory, read_bytes(path)):
        return attrs.evolve(plan, levels=levels(plan))
    return attrs.evolve(plan, levels=noted_bounds(proof, levels(plan)))


def _spare_the_inputs(target: Path, inputs: tuple[Path, ...]) -> None:
    """Raise `UnreadableFile` where a file of the campaign would be written over."""
    real = target_of(target)
    if target.name.casefold() in NOT_A_PLAN or real in [path.resolve() for path in inputs]:
        problem = "belongs to the campaign itself"
        raise UnreadableFile(target, problem, "name another file with -o")
