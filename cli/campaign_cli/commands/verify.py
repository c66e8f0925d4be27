"""`campaign verify`: a plan against every rule, without the planner."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import attrs
import click
from click.exceptions import Exit

from campaign.answer import verify
from campaign.explaining.words import date_in_words
from campaign.outputs.proof import fingerprint, is_as_planned, noted_sha256, read_proof
from campaign.outputs.summary import BY_TIER, percent
from campaign.phrases import counted
from campaign.reading.parsing.files import read_bytes
from campaign.reading.parsing.workbook import is_workbook
from campaign.rules import RULES, doubts
from campaign.rules.levels import levels
from campaign.rules.violations import Violation
from campaign.storage.plan_files import proof_of
from campaign.touches import Level, Plan
from campaign_cli import console, options
from campaign_cli.main import RULE_BROKEN
from campaign_cli.options import Source

_DAY = re.compile(r"(?<![\w/#-])\d{4}-\d\d-\d\d(?![\w/#-])", re.ASCII)
_RULES = len({rule.name for rule in RULES})


@click.command("verify")
@options.takes_source
@click.option("--strict", is_flag=True, help="Also ask for the floor and every required touch.")
@options.as_json
def command(source: Source, *, strict: bool) -> None:
    """Test a plan against every rule.

    PATH is a campaign folder or a list of accounts. Ends with 3 if a rule is broken, or
    under --strict if the floor or a required touch is missing. To test the lists before
    there is a plan, see "campaign check".
    """
    plan = source.read_plan()
    broken = verify(plan)
    missing = missing_levels(levels(plan)) if strict else ()
    _say_what_changed(source.plan_path, plan)
    console.notice(*(_in_words(plan, str(doubt)) for doubt in doubts(plan)))
    if console.wants_json():
        console.result_json(_record(plan, broken, missing))
    else:
        _print(plan, broken, missing, source.where)
    if broken or missing:
        raise Exit(RULE_BROKEN)


def missing_levels(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    """The levels among floor and required that fall short of what is possible."""
    wanted = [level for level in levels if level.name in ("floor", "required")]
    return tuple(level for level in wanted if level.figure < (level.possible or 0))


def missing_words(level: Level) -> str:
    """What a level lacks, in a sentence."""
    share = f"{percent(level)} {BY_TIER}"
    if level.name == "floor":
        return f"Not every prioritised account is touched in every month: {share} of these months"
    return f"Not every required touch is planned: {share}"


def _say_what_changed(path: Path, plan: Plan) -> None:
    beside = proof_of(path)
    proof, content = read_proof(beside), read_bytes(path)
    campaign, inputs = noted_sha256(proof, "campaign"), noted_sha256(proof, "inputs")
    if beside.exists() and not campaign:
        console.notice(
            f"{beside.name} is damaged, so that nobody can say whether the inputs or "
            f"{path.name} have changed; plan again, or take it back from a copy"
        )
    if inputs and inputs != fingerprint(plan.territory):
        changed = f"the inputs have changed since {path.name} was planned"
        console.notice(f"{changed}; plan on with campaign replan")
    if campaign and not is_workbook(content) and not is_as_planned(proof, plan, content):
        console.notice(f"{path.name} has been edited since it was planned")


def _in_words(plan: Plan, sentence: str) -> str:
    """A sentence with its days in words; those inside of ids stay as they are."""

    def _words(found: re.Match[str]) -> str:
        try:
            return date_in_words(plan.territory, dt.date.fromisoformat(found[0]))
        except ValueError:
            return found[0]

    return _DAY.sub(_words, sentence)


def _print(
    plan: Plan, broken: tuple[Violation, ...], missing: tuple[Level, ...], where: str
) -> None:
    names = {one.account_id: one.name for one in plan.territory.accounts}
    for one in broken:
        # an id of a CRM tells nobody who that is
        name = names.get(one.account_id)
        console.result(_in_words(plan, f"{one} ({name})" if name else str(one)))
    console.result(*map(missing_words, missing))
    touches = counted(len(plan.touches), "touch")
    tested = f"{counted(_RULES, 'rule')} tested on {touches}, {len(plan.left_out)} left out"
    if broken:
        console.result(f"{counted(len(broken), 'violation')}; {tested}.")
        console.say(
            f"To put it right: campaign replan{where}; "
            "to keep a row as it is, write yes under pinned."
        )
    elif missing:
        console.result(f"No rule is broken, but something is missing; {tested}.")
    else:
        console.result(f"All is well: {tested}; no rule is broken.")


def _record(
    plan: Plan, broken: tuple[Violation, ...], missing: tuple[Level, ...]
) -> dict[str, Any]:
    names = {one.account_id: one.name for one in plan.territory.accounts}
    return {
        "violations": [
            {
                "rule": one.rule,
                "fault": one.fault.name.lower(),
                "touch_id": one.touch_id,
                "account_id": one.account_id,
                "account": names.get(one.account_id, ""),
                "date": one.date,
                "sentence": str(one),
            }
            for one in broken
        ],
        "missing": [missing_words(level) for level in missing],
        "rules": _RULES,
        "touches": len(plan.touches),
        "left_out": len(plan.left_out),
        "levels": [attrs.asdict(level) for level in levels(plan)],
    }
