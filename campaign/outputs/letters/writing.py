"""Letters: a template filled in for each touch, or a finding that says what is missing."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from attrs import field, frozen

from campaign.errors import Finding, InvalidInput, Severity
from campaign.model.stationery import Stationery
from campaign.outputs.letters.context import GROUPS, near_field, values_of
from campaign.outputs.letters.posts import LETTER, Post, not_sent
from campaign.touches import Plan, Touch
from campaign.words.fields import FieldIsEmpty
from campaign.words.plain import in_words
from campaign.words.templates import Template, TemplateFault, parsed


@frozen
class Letter:
    """A letter that can be posted: what it belongs to, its date in words, and its text."""

    post: Post
    date: str
    text: str


@frozen
class Written:
    """The letters that could be written, and why the others could not."""

    letters: tuple[Letter, ...]
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)


def names_of(touch: Touch) -> tuple[str, ...]:
    """The names of the templates that a touch may have, the most particular first."""
    return (
        f"{touch.cadence}-{touch.step}",
        f"{touch.channel}-{touch.purpose}",
        *([touch.purpose] if touch.channel == LETTER else []),
    )


def are_written(found: Iterable[Post], stationery: Stationery) -> list[Post]:
    """What is written as a letter: the letters, and other post with a template of its own."""
    return [
        post
        for post in found
        if post.touch.channel == LETTER or set(names_of(post.touch)) & set(stationery.templates)
    ]


def write(plan: Plan, found: Iterable[Post], stationery: Stationery) -> Written:
    """The letters of some posts; raises `InvalidInput` where a template is at fault."""
    letters: list[Letter] = []
    findings: list[Finding] = []
    templates: dict[tuple[str, ...], Template | None] = {}
    for post in found:
        names = names_of(post.touch)
        if names not in templates:
            templates[names] = _template(names, stationery.templates)
        lacking = list(not_sent(post))
        text = ""
        if post.hold is None:
            text = _text(plan, post, stationery, templates[names], findings=lacking)
        findings += lacking
        if not lacking:
            date = in_words(post.touch.date, plan.territory.rep.country)
            letters.append(Letter(post, date, text))
    return Written(tuple(letters), findings=tuple(dict.fromkeys(findings)))


def template(name: str, own: Mapping[str, str]) -> Template | None:
    """The template of that name, the rep's own before the one that ships; None without."""
    if name in own:
        return parsed(name, own[name], f"letters/{name}.txt")
    source = shipped().get(name)
    return None if source is None else parsed(name, source, f"{name}.txt (as it ships)")


@cache
def shipped() -> Mapping[str, str]:
    """The templates that ship, by their names."""
    found = files("campaign.outputs.letters").joinpath("shipped").iterdir()
    return {
        one.name.removesuffix(".txt"): one.read_text(encoding="utf-8")
        for one in sorted(found, key=lambda one: one.name)
        if one.name.endswith(".txt")
    }


def _template(names: Iterable[str], own: Mapping[str, str]) -> Template | None:
    try:
        return next(filter(None, (template(name, own) for name in names)), None)
    except TemplateFault as fault:
        raise InvalidInput((fault.finding,)) from fault


def _text(
    plan: Plan,
    post: Post,
    stationery: Stationery,
    used: Template | None,
    *,
    findings: list[Finding],
) -> str:
    """The text of a letter; empty, and a finding more, where it cannot be written."""
    if used is None:
        findings.append(_no_template(post.touch))
        return ""
    try:
        return used.text(values_of(plan, post, stationery))
    except FieldIsEmpty as empty:
        if near := near_field(plan, empty.group, empty.name):
            raise InvalidInput((_misspelt(used, empty, near),)) from empty
        findings.append(_missing(post, used, empty))
        return ""
    except TemplateFault as fault:
        raise InvalidInput((fault.finding,)) from fault


def _no_template(touch: Touch) -> Finding:
    name = names_of(touch)[-1]
    problem = f'there is no letter for the purpose "{touch.purpose}"'
    remedy = f"write letters/{name}.txt"
    return Finding("letters", problem, remedy=remedy, severity=Severity.NOTICE)


def _misspelt(used: Template, empty: FieldIsEmpty, near: str) -> Finding:
    problem = f"names a field that there is not ({empty.group}.{empty.name})"
    return Finding(used.file, problem, remedy=f"write {empty.group}.{near}")


def _missing(post: Post, used: Template, empty: FieldIsEmpty) -> Finding:
    """Which account lacks which field; of the rep and the words it is said once."""
    file = GROUPS.get(empty.group, used.file)
    said_once = empty.group in ("rep", "words")
    who = "nothing is given, and" if said_once else f"{post.place} has none, and"
    remedy = f"left out is the {post.touch.channel} of {post.touch.date}"
    if said_once:
        or_rep = ", or under [rep] of campaign.toml" if empty.name in ("name", "email") else ""
        remedy = f'write {empty.name} = "..." under [{_table(empty.group)}]{or_rep}'
    return Finding(
        file,
        f"{who} {used.file} needs it",
        remedy=remedy if said_once else f"fill it in; {remedy}",
        column=f"{_table(empty.group)}.{empty.name}" if said_once else empty.name,
        severity=Severity.NOTICE,
    )


def _table(group: str) -> str:
    return "sender" if group == "rep" else group
