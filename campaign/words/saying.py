"""Says what is written, asked and left on voicemail in each touch of a plan.

A text is put together from lines that ship, dealt out so that nobody at an account reads
what somebody else there has read; a template of the rep's own goes before them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar
from zlib import crc32

from attrs import evolve, frozen

from campaign.errors import Finding
from campaign.model.cadences import CHECK_BACK
from campaign.touches import Plan, Status, Touch
from campaign.words.field_values import Values
from campaign.words.lines import BLANK, COMMON, OTHER, Dealer, Draft, words
from campaign.words.plain import TO_COME
from campaign.words.shares import SHARE, dealt
from campaign.words.story import Medium, Occasion, Story
from campaign.words.templates import FieldIsEmpty, Template, TemplateFault, parsed

USEFUL = "Have one useful thing ready for them."
"""What a brief asks for where there is nothing to share."""

AnyPlan = TypeVar("AnyPlan", bound=Plan)

_EMPTY_LINES = re.compile(r"\n\s*\n+")
_SIGNED = "\n\n\n\n"
_MOST_TURNS = 60
_VARIED = frozenset({"lead", "next", "close"})
# Texts that speak of a talk themselves, or of a person who is not known yet.
_WITHOUT_LEAD = frozenset({"introduce", "thank", "recover"})
_WITH_NEXT_ONLY = frozenset({"recover", "promise"})


@frozen
class Said:
    """The words of a touch as they are printed, and what they lack.

    `template` is the rep's own where there is one, `empty` the field that it, or the best of
    the lines that ship, would have needed, `fault` what is wrong with it.
    """

    paper: str
    template: Template | None = None
    empty: FieldIsEmpty | None = None
    fault: Finding | None = None

    @property
    def text(self) -> str:
        """The same in lines, none of them empty."""
        return _EMPTY_LINES.sub("\n", self.paper)


def with_words(plan: AnyPlan, accounts: Collection[str] | None = None) -> AnyPlan:
    """The plan with the words of each planned touch in `say`; of some accounts, if given.

    The words of what is done stay as they were. A template of the rep's own that cannot be
    used is passed over. Where something is to be shared and nothing is there to share, the
    brief asks for it.
    """
    saying = Saying(plan)
    wanted = {one.account_id for one in plan.touches} if accounts is None else set(accounts)
    said = {key: one for each in sorted(wanted) for key, one in saying.of(each).items()}
    touches = []
    for touch in plan.touches:
        if touch.status is Status.PLANNED and touch.touch_id in said:
            brief = touch.brief.replace(USEFUL, "").strip()
            if saying.asks_for_something(touch):
                brief = f"{brief} {USEFUL}".strip()
            touches.append(evolve(touch, say=said[touch.touch_id].text, brief=brief))
        else:
            touches.append(touch)
    return evolve(plan, touches=touches)


def names_of(touch: Touch) -> tuple[str, ...]:
    """The names of the templates that a touch may have, the most particular first."""
    return (
        touch.touch_id.replace("/", "-"),
        f"{touch.cadence}-{touch.step}",
        f"{touch.channel}-{touch.purpose}",
        *([touch.purpose] if touch.channel == Medium.LETTER else []),
    )


class Saying:
    """The words of a plan, an account at a time."""

    def __init__(self, plan: Plan) -> None:
        stationery = plan.territory.stationery
        self._channels, self._own_words = plan.territory.channels, stationery.words
        self._language = plan.territory.rep.language
        self._values, self._story, self._shares = Values(plan), Story(plan), dealt(plan)
        self._templates = dict(own_templates(stationery.templates))
        self._snippets: dict[tuple[str, bool], Mapping[str, str]] = {}

    def of(self, account_id: str) -> Mapping[str, Said]:
        """The words of each touch of an account that stands, by its id."""
        dealer = Dealer(crc32(account_id.encode()))
        found: dict[str, Said] = {}
        for seen in self._story.of(account_id):
            touch, values = seen.touch, self._fields(seen)
            said = self._dealt(seen, values, dealer)
            if touch.is_done and touch.say:
                dealer.said.add(_bare(touch.say, seen))
            found[touch.touch_id] = self._own(touch, values, said)
        return found

    def asks_for_something(self, touch: Touch) -> bool:
        """Whether a touch is to share something, and nothing is there."""
        is_given = touch.touch_id in self._shares or SHARE in self._own_words
        return touch.purpose == SHARE and not is_given

    def _own(self, touch: Touch, values: Mapping[str, Any], said: Said) -> Said:
        """What the rep's own template says, if there is one; else what is said without."""
        name = next((one for one in names_of(touch) if one in self._templates), "")
        if not name:
            return said
        template = self._templates[name]
        if isinstance(template, Finding):
            return evolve(said, fault=template)
        try:
            return Said(template.text(values), template)
        except FieldIsEmpty as empty:
            return evolve(said, template=template, empty=empty)
        except TemplateFault as fault:
            return evolve(said, template=template, fault=fault.finding)

    def _dealt(self, seen: Occasion, values: Mapping[str, Any], dealer: Dealer) -> Said:
        """A text of the lines that ship, which nobody at the account has had."""
        channel = self._channels.get(seen.touch.channel)
        tags = seen.tags | {
            f"own_{name}" for name in ("share", "invite") if name in self._own_words
        }
        if seen.touch.touch_id in self._shares:
            tags |= {"given"}
        if channel is None or not channel.is_post:
            tags |= {"email"}
        makers = {
            Medium.LETTER: self._letter,
            Medium.CARD: self._card,
            Medium.CALL: self._call,
            Medium.VISIT: self._visit,
        }
        for turn in range(_MOST_TURNS):
            draft = Draft(dealer, tags, values, turn)
            paper = makers[seen.kind](seen, draft)
            if _bare(paper, seen) not in dealer.said:
                break
        dealer.used.update(one for line in draft.chosen for one in line.sentences)
        dealer.said.add(_bare(paper, seen))
        return Said(paper, empty=draft.empty if BLANK in paper else None)

    def _letter(self, seen: Occasion, draft: Draft) -> str:
        purpose, is_first = seen.touch.purpose, "first" in draft.tags
        is_led = purpose not in _WITHOUT_LEAD or is_first is not (purpose == "introduce")
        is_next = seen.next or purpose not in _WITH_NEXT_ONLY
        parts = (
            self._common(draft, "letter", "greeting"),
            self._common(draft, "letter", "lead") if is_led else "",
            self._line(seen, draft, "letter", "main"),
            self._common(draft, "letter", "team") if purpose == "introduce" else "",
            self._common(draft, "letter", "next") if is_next else "",
            self._common(draft, "letter", "close"),
        )
        body = "\n".join(filter(None, parts)).replace("\n", "\n\n")
        sender = self._values.sender
        ways = " · ".join(filter(None, (sender.firm, sender.phone, sender.email)))
        name = ", ".join(filter(None, (sender.name, sender.title)))
        return _SIGNED.join(filter(None, (body, "\n".join(filter(None, (name, ways))))))

    def _card(self, seen: Occasion, draft: Draft) -> str:
        is_led = seen.touch.purpose != "introduce"
        greeting = self._common(draft, "letter", "greeting")
        parts = (
            self._common(draft, "card", "lead") if is_led else "",
            self._line(seen, draft, "card", "main"),
            self._common(draft, "card", "next"),
        )
        close = self._common(draft, "card", "close")
        body = " ".join(filter(None, parts))
        return "\n\n".join((greeting, body, f"{close}\n{self._values.sender.name}".strip()))

    def _call(self, seen: Occasion, draft: Draft) -> str:
        hello = self._common(draft, "call", "hello")
        reason = self._line(seen, draft, "call", "reason")
        goal = self._line(seen, draft, "call", "goal")
        agree = self._common(draft, "call", "agree")
        core = self._line(seen, draft, "call", "voicemail")
        return self._labelled(
            ("opening", f"{hello} {reason}"),
            ("question", self._line(seen, draft, "call", "question")),
            ("goal", f"{goal} {agree}".strip()),
            ("voicemail", self._common(draft, "call", "leave", core=core)),
        )

    def _visit(self, seen: Occasion, draft: Draft) -> str:
        questions = self._line(seen, draft, "visit", "ask").split("\n")
        announce = self._common(draft, "visit", "announce") if seen.eve else ""
        hello = self._common(draft, "call", "hello") if "first" in draft.tags else ""
        on = "announce"
        if seen.eve and not seen.is_tomorrow:
            label: str = words(self._language, "label")["announce_on"]
            on = label.format(day=self._values.dated(seen.eve, shape=TO_COME))
        return self._labelled(
            ("opening", hello),
            ("aim", self._line(seen, draft, "visit", "aim")),
            *(("ask", one) for one in questions),
            (on, announce),
        )

    def _line(self, seen: Occasion, draft: Draft, kind: str, part: str) -> str:
        """A line of the purpose; of a purpose of the rep's own, one that always holds."""
        purpose = CHECK_BACK if seen.touch.cadence == CHECK_BACK else seen.touch.purpose
        own = draft.line((self._language, purpose, kind, part))
        return own or draft.line((self._language, OTHER, kind, part))

    def _common(self, draft: Draft, kind: str, part: str, **more: str) -> str:
        """A line that texts of all purposes have."""
        where = (self._language, COMMON, kind, part)
        return draft.line(where, is_varied=part in _VARIED, **more)

    def _labelled(self, *lines: tuple[str, str]) -> str:
        labels = words(self._language, "label")
        return "\n".join(f"{labels.get(name, name)}: {text}" for name, text in lines if text)

    def _fields(self, seen: Occasion) -> dict[str, Any]:
        values = self._values.of(seen, self._shares.get(seen.touch.touch_id))
        key = (seen.account.account_id, "prospect" in seen.tags)
        if key not in self._snippets:
            draft = Draft(Dealer(0), seen.tags | {"first"}, values)
            self._snippets[key] = {
                name: self._common(draft, "snippet", name) for name in ("me", "this_is", "reach")
            }
        more = self._snippets[key]
        name = values["contact"].known("name")
        hello = " ".join(filter(None, (words(self._language, "date")["hello"], name)))
        return {**values, **more, "Me": more["me"][:1].upper() + more["me"][1:], "Hello": hello}


def own_templates(sources: Mapping[str, str]) -> Iterable[tuple[str, Template | Finding]]:
    """The rep's own templates by their names, or what is wrong with them."""
    for name, source in sources.items():
        try:
            yield name, parsed(name, source, f"letters/{name}.txt")
        except TemplateFault as fault:
            yield name, fault.finding


def _bare(text: str, seen: Occasion) -> str:
    """A text without the name of the person: what is left is not to be read twice."""
    lines = _EMPTY_LINES.sub("\n", text).replace(seen.person.name, "")
    # A greeting or an opening makes no text another one.
    return lines if seen.kind is Medium.VISIT else lines.partition("\n")[2]
