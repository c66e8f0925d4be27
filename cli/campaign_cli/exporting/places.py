"""Where exported files go, and what they must not be written over."""

from pathlib import Path

import attrs

from campaign.answer import NOT_A_PLAN
from campaign.errors import UnreadableFile
from campaign.outputs.files import target_of
from campaign.reading.plan import work_only_in
from campaign.touches import Plan
from campaign_cli import console
from campaign_cli.exporting.formats import Format


@attrs.frozen
class Place:
    """The plan's folder, or another place that is asked for; `inputs` are left alone."""

    folder: Path
    asked: Path | None = attrs.field(kw_only=True)
    inputs: tuple[Path, ...] = attrs.field(kw_only=True)

    def target(self, form: Format, name: str) -> Path:
        """Where a file of a format goes; raises `UnreadableFile` where it may not.

        What is asked for names the file of a format that has only one, else a folder.
        """
        if self.asked and form.only_file and not self.asked.is_dir():
            return self._spared(self.asked)
        return self._spared((self.asked or self.folder) / name)

    def only_target(self, form: Format) -> Path | None:
        """Where the file of a format goes that has no more than one."""
        return self.target(form, form.only_file) if form.only_file else None

    def _spared(self, target: Path) -> Path:
        real = target_of(target)
        inputs = [path.resolve() for path in self.inputs]
        if target.name.casefold() in NOT_A_PLAN or real in inputs:
            problem = "belongs to the campaign itself"
            raise UnreadableFile(target, problem, "name another file with -o")
        return target


def spare_the_work(target: Path, plan: Plan) -> None:
    """Raise `UnreadableFile` where work is ticked off that the plan does not know."""
    logged = work_only_in(target, plan) if target.exists() else 0
    if logged:
        problem = f"{console.counted(logged, 'row')} of work ticked off there would be written over"
        raise UnreadableFile(target, problem, "name another file with -o, or move it away")
