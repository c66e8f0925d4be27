"""Where exported files go, and what they must not be written over."""

import os
from pathlib import Path

import attrs

from campaign.answer import NOT_A_PLAN
from campaign.errors import UnreadableFile
from campaign.phrases import counted
from campaign.reading.plans.campaign_csv import work_only_in
from campaign.storage.problems import unwritable
from campaign.storage.whole import make_folder
from campaign.touches import Plan
from campaign_cli.exporting.formats import Format

_SEPARATORS = tuple(filter(None, ("/", os.sep, os.altsep)))
_A_FOLDER = "name a folder with -o"


@attrs.frozen
class Destination:
    """The plan's folder, or another place that is asked for; `inputs` are left alone.

    What is asked for is a file where its name has an ending, or where there is such a file;
    else a folder, which is made where there is none.
    """

    folder: Path
    asked: str | None = attrs.field(kw_only=True)
    inputs: tuple[Path, ...] = attrs.field(kw_only=True)

    def target(self, form: Format, name: str) -> Path:
        """Where a file of a format goes; raises `UnreadableFile` where it may not.

        Only a format that has no more than one file goes into a file that is named; what
        goes along with it stands beside it, under its name.
        """
        if not self.asked:
            return self._spared(self.folder / name)
        asked = Path(self.asked)
        if self._is_folder:
            return self._spared(asked / name)
        if not form.only_file:
            raise UnreadableFile(
                asked, "is the name of a file, and this format wants a folder", _A_FOLDER
            )
        if name in form.beside:
            return self._spared(asked.with_name(f"{asked.stem}-{name}"))
        return self._spared(asked)

    def only_target(self, form: Format) -> Path | None:
        """Where the file of a format goes that has no more than one."""
        return self.target(form, form.only_file) if form.only_file else None

    def make_folder(self) -> None:
        """Make the folder that is asked for, where there is none."""
        if self.asked and self._is_folder:
            make_folder(Path(self.asked))

    @property
    def _is_folder(self) -> bool:
        asked = self.asked or ""
        path = Path(asked)
        if asked.endswith(_SEPARATORS) or os.path.isdir(path):  # noqa: PTH112 (never raises)
            return True
        return not (path.suffix or os.path.exists(path))  # noqa: PTH110 (never raises)

    def _spared(self, target: Path) -> Path:
        try:
            real = Path(os.path.realpath(target))
        except (OSError, ValueError) as error:
            raise unwritable(target, error) from error
        inputs = [path.resolve() for path in self.inputs]
        if target.name.casefold() in NOT_A_PLAN or real in inputs:
            problem = "belongs to the campaign itself"
            raise UnreadableFile(target, problem, "name another file with -o")
        return target


def spare_the_work(target: Path, plan: Plan) -> None:
    """Raise `UnreadableFile` where work is ticked off that the plan does not know."""
    logged = work_only_in(target, plan) if target.exists() else 0
    if logged:
        problem = f"{counted(logged, 'row')} of work ticked off there would be written over"
        raise UnreadableFile(target, problem, "name another file with -o, or move it away")
