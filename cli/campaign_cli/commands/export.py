"""`campaign export`: writes a plan for others to read, a format a row of one table."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

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
from campaign_cli.commands.show import find_account
from campaign_cli.options import File, Source, json_option, source_options

Render = Callable[..., str | bytes]
_NO_OTHERS: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class Format:
    """What a format writes, and by which function, imported when it is asked for.

    `others` holds the functions for other endings of the file's name; the function of a
    format `by_account` takes the id of one account beside the plan.
    """

    file_name: str
    function: str
    others: Mapping[str, str] = attrs.field(default=_NO_OTHERS, kw_only=True)
    by_account: bool = attrs.field(default=False, kw_only=True)

    def render(self, plan: Plan, suffix: str = "", *only: str) -> bytes:
        """The bytes of a file whose name ends so, of one account where one is named."""
        function = self.others.get(suffix.casefold(), self.function)
        module, _, name = function.partition(":")
        render: Render = getattr(import_module(module), name)
        content = render(plan, *only)
        return content.encode() if isinstance(content, str) else content


_STEADY, _BRIEFS = "campaign.outputs.steady", "campaign.outputs.handover"
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format("report.html", "campaign.outputs.report:render_report"),
        "brief": Format(
            "briefs.html",
            f"{_BRIEFS}:render_briefs",
            others=dict.fromkeys((".md", ".txt"), f"{_BRIEFS}:render_briefs_text"),
            by_account=True,
        ),
        "steady": Format(
            "steady.ics",
            f"{_STEADY}:render_steady",
            others={".csv": f"{_STEADY}:render_steady_table"},
        ),
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
@click.option("--account", metavar="ID-OR-NAME", help="For brief: one account.")
@click.option("--all", "every", is_flag=True, help="For brief: every account.  [default]")
@json_option
def command(
    source: Source,
    *,
    wanted: str,
    output: Path | None,
    as_json: bool,
    **which: Any,  # noqa: ANN401 (the two options below)
) -> None:
    """Write the plan for others to read.

    PATH is a campaign folder or a list of accounts. "html" is a report: one page that needs
    no network. "brief" is a page an account for the next rep or the delivery team (-o with
    .md or .txt: Markdown). "steady" is what each account gets after the campaign, as a
    calendar of recurring events (-o with .csv: a table).
    """
    form = FORMATS[wanted]
    _check_which(wanted, **which)
    path, plan = source.read_plan()
    target = output or path.with_name(form.file_name)
    _spare_the_inputs(target, (path, source.path))
    only = [find_account(plan, which["account"]).account_id] if which["account"] else []
    content = form.render(_with_levels(path, plan), target.suffix, *only)
    write_whole({target: content})
    if as_json:
        console.result_json({"files": [str(target)]})
    else:
        console.result(f"Written to {target}")


def _check_which(wanted: str, *, account: str | None, every: bool) -> None:
    if account and every:
        raise click.UsageError("--account and --all name different accounts; keep one of them")
    if (account or every) and not FORMATS[wanted].by_account:
        raise click.UsageError(f"--to {wanted} is of the whole plan; leave out --account and --all")


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
