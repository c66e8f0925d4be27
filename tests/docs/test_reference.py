"""The reference names everything that there is, and says what the program says."""

import inspect
import re
from collections.abc import Iterable
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from documents import PAGES, Block, doc, page

import campaign
from campaign.feasibility import RepairCode
from campaign.model.cadences import PURPOSES, Cadence, Step
from campaign.model.policy import Policy
from campaign.outputs.plan_table import CAMPAIGN_COLUMNS, LEFT_OUT_COLUMNS
from campaign.planner.progress import EFFORTS
from campaign.reading.columns.headings import aliases
from campaign.reading.settings.campaign_toml import Settings, read_settings
from campaign.reading.settings.document import parse_document
from campaign.rules import LEVELS, RULES, Fault
from campaign.touches import ReasonCode, Status
from campaign_cli.main import COMMANDS, cli

FILES = doc("reference/files")
WRONG = "x"
TABLES = ("campaign", "rep", "capacity", "contact", "travel", "score", "relationships")
NAMED_TABLES = (
    "outcomes.later",
    "channels.fax",
    "tiers.Z",
    "purposes.sell",
    "relationships.good",
    "cadences.own",
    "rhythms.own",
)


def lacking(names: Iterable[str], text: str) -> list[str]:
    """The names that a text does not hold as code."""
    return [name for name in names if f"`{name}`" not in text]


def help_of(command: str) -> str:
    arguments = [command, "--help"] if command else ["--help"]
    return CliRunner().invoke(cli, arguments, prog_name="campaign").stdout


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_pages_in_the_reference_are_current(command: str) -> None:
    shown = [b.text for b in doc("reference/commands").blocks if b.mark("help") == command]
    assert shown == [help_of(command)]


def test_every_command_has_its_section() -> None:
    headings = re.findall(r"^## campaign (\w+)$", doc("reference/commands").text, re.MULTILINE)
    assert headings == list(COMMANDS)


def test_no_page_shows_a_command_that_is_not_there() -> None:
    for path in PAGES:
        for block in page(path).blocks:
            if block.language == "sh" and not block.mark("not run"):
                names = re.findall(r"^campaign (\w+)", block.text, flags=re.MULTILINE)
                assert set(names) <= set(COMMANDS)


@pytest.mark.parametrize("name", campaign.__all__)
def test_every_public_name_has_its_section_with_all_that_it_holds(name: str) -> None:
    section = doc("reference/python").section(f"`{name}`")
    assert lacking(members_of(getattr(campaign, name)), section) == []


PLAIN = (bool, int, float, str)
PUBLIC = [getattr(campaign, name) for name in campaign.__all__]
VALUES = [thing for thing in PUBLIC if inspect.isclass(thing) and attrs.has(thing)]


@pytest.mark.parametrize("kind", VALUES)
def test_every_plain_default_is_the_one_that_is_shown(kind: type) -> None:
    section = doc("reference/python").section(f"`{kind.__name__}`")
    plain = [f for f in attrs.fields(kind) if isinstance(f.default, PLAIN)]
    shown = dict(re.findall(r"^\| `(\w+)` \| .* \| `(.+)` \|$", section, flags=re.MULTILINE))
    assert {f.name: repr(getattr(f.default, "value", f.default)) for f in plain} == {
        f.name: shown.get(f.name) for f in plain
    }


def members_of(thing: object) -> list[str]:
    """Fields, methods and properties of a class, or the parameters of a function."""
    if not inspect.isclass(thing):
        assert callable(thing)
        return list(inspect.signature(thing).parameters)
    own = [name for name in vars(thing) if not name.startswith("_")]
    # `by_date` and its like are cached beside the fields, which attrs names in slots
    fields = [field.name for field in attrs.fields(thing)] if attrs.has(thing) else []
    return [name for name in (*fields, *own) if not name.startswith("_")]


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("accounts.csv", tuple(aliases("accounts"))),
        ("contacts.csv", (*aliases("contacts"), *Policy().channels)),
        ("promises.csv", tuple(aliases("promises"))),
        ("delivered.csv", tuple(aliases("delivered"))),
        ("campaign.csv", (*CAMPAIGN_COLUMNS, *Status)),
        ("left-out.csv", LEFT_OUT_COLUMNS),
    ],
)
def test_every_column_stands_under_its_file(heading: str, columns: tuple[str, ...]) -> None:
    assert lacking(columns, FILES.section(heading)) == []


def test_every_key_of_the_proof_is_named() -> None:
    keys = ("campaign", "effort", "levels", "touches", "left_out", "sha256", "stopped", "versions")
    assert lacking(keys, FILES.section("plan.json")) == []
    assert lacking(LEVELS, FILES.section("plan.json")) == []


@pytest.mark.parametrize("table", [*TABLES, *NAMED_TABLES])
def test_every_key_of_the_settings_stands_under_its_table(table: str) -> None:
    kind = table.partition(".")[0]
    heading = {"channels.fax": "[channels.NAME]", "tiers.Z": "[tiers.NAME]"}.get(
        table, f"[{kind}.NAME]" if "." in table else f"[{table}]"
    )
    if kind == "relationships":
        heading = "[relationships.NAME]"
    keys = known_keys(f"[{table}]\n{WRONG} = 1\n")
    assert keys
    assert lacking(keys, FILES.section(f"`{heading}`")) == []


def test_every_key_of_a_step_is_named() -> None:
    step = f'{{ step = "a", channel = "call", purpose = "listen", {WRONG} = 1 }}'
    text = f"[cadences.own]\nsteps = [ {step} ]\n"
    assert lacking(known_keys(text), FILES.section("`[cadences.NAME]`")) == []


def known_keys(settings: str) -> list[str]:
    """The keys that the reader says it knows where one is misspelt."""
    found = read_settings(parse_document(settings.encode(), "campaign.toml")).findings
    remedies = [finding.remedy for finding in found if finding.remedy.startswith("the keys are ")]
    assert len(remedies) == 1, found
    return remedies[0].removeprefix("the keys are ").split(", ")


def settings_of(block: Block) -> Settings:
    return read_settings(parse_document(block.text.encode(), "campaign.toml"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: page(path).name)
def test_every_piece_of_settings_that_is_shown_can_be_read(path: Path) -> None:
    for block in (block for block in page(path).blocks if block.language == "toml"):
        errors = [str(finding) for finding in settings_of(block).findings if finding.is_error]
        wanted = block.mark("wrong") is not None
        assert bool(errors) is wanted, errors


def test_the_defaults_that_are_shown_are_the_defaults() -> None:
    (block,) = (b for b in FILES.blocks if b.mark("defaults") is not None)
    shown, usual = settings_of(block), read_settings(parse_document(b"", "campaign.toml"))
    same = attrs.evolve(
        shown,
        document=usual.document,
        start=None,
        name="",
        rep=attrs.evolve(shown.rep, name=usual.rep.name, home=None, timezone="", country=""),
    )
    assert same == usual


def test_every_purpose_that_ships_is_named() -> None:
    assert lacking(PURPOSES, FILES.section("`[purposes.NAME]`")) == []


def test_every_level_and_reason_has_its_row() -> None:
    rules = doc("reference/rules")
    assert lacking(LEVELS, rules.section("The levels")) == []
    assert lacking(ReasonCode, rules.section("Why a touch is left out")) == []


@pytest.mark.parametrize("name", sorted({rule.name for rule in RULES}))
def test_every_rule_has_its_section_with_each_of_its_sentences(name: str) -> None:
    (heading,) = re.findall(rf"^## ({name}: .+)$", doc("reference/rules").text, re.MULTILINE)
    section = " ".join(doc("reference/rules").section(heading).casefold().split())
    sentences = [rule.sentence.casefold() for rule in RULES if rule.name == name]
    assert [sentence for sentence in sentences if sentence not in section] == []


@pytest.mark.parametrize("kind", ["accounts", "contacts", "promises", "delivered"])
def test_every_heading_that_is_understood_is_listed(kind: str) -> None:
    section = FILES.section("Headings that are understood")
    rows = [f"| {name} | {', '.join(more)} |" for name, (_, *more) in aliases(kind).items() if more]
    assert [row for row in rows if row not in section] == []


def test_every_fault_and_repair_and_effort_is_named() -> None:
    errors = doc("reference/errors")
    assert lacking((fault.name.lower() for fault in Fault), errors.text) == []
    assert lacking(RepairCode, doc("reference/commands").text) == []
    assert lacking(EFFORTS, doc("reference/commands").text) == []


def row_of(step: Step) -> str:
    """A step as the page on cadences lists it."""
    when = f"within {step.within}" if step.within else f"{step.after or 'start'} {step.gap}"
    channels = ", else ".join(step.channels)
    to = step.contact or ""
    kind = "" if step.required else "optional"
    return f"| {step.name} | {channels} | {step.purpose} | {when} | {to} | {kind} |"


@pytest.mark.parametrize("cadence", Policy().cadences.values(), ids=lambda cadence: cadence.name)
def test_every_cadence_that_ships_is_explained_as_it_ships(cadence: Cadence) -> None:
    section = doc("explanation/cadences").section(f"`{cadence.name}`")
    rows = [row for row in section.splitlines() if row.startswith("| ")]
    assert rows[1:] == [row_of(step) for step in cadence.steps]


def test_what_else_ships_is_explained_as_it_ships() -> None:
    text = doc("explanation/cadences").text
    rows = [
        *(f"| {channel.name} | {channel.minutes} |" for channel in Policy().channels.values()),
        *(f"| {tier.name} | {tier.weight} | {tier.cadence} |" for tier in Policy().tiers),
        *(f"| {name} | {cadence} |" for name, cadence in Policy().relationships.items()),
    ]
    assert [row for row in rows if row not in text] == []
