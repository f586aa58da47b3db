"""Two documents that are no editions of one: which of their items are about the same, and what only one of them writes of."""

from collections.abc import Iterator, Mapping, Sequence

from corpus import Document, Item
from index import Change
from service.answering.answer import Statement
from service.answering.reading import asked
from service.answering.scope import Scope
from service.answering.voice import Voice, opening


def beside_each_other(
    scope: Scope, documents: Sequence[Document], kinds: Sequence[str], of_kind: Mapping[str, Sequence[Change]]
) -> Statement:
    """How many of their items are about the same, and of how many the other says nothing."""
    voice, (before, after) = scope.voice, (f"《{scope.voice.title(one.id)}》" for one in documents)
    said = asked(scope.plan, voice)
    both = [*of_kind["changed"], *of_kind["same"]] if "changed" in kinds else []
    counts = []
    if "changed" in kinds:
        counts.append(voice.say("两份都写到的{count}对", count=len(both)))
    for kind, title in (("new", after), ("gone", before)):
        if kind in kinds and (of_kind[kind] or len(kinds) == 1):
            counted = voice.short_count(len(of_kind[kind]), [*_items(of_kind[kind])])
            counts.append(voice.say("只在{title}里的{counted}", title=title, counted=counted))
    if "same" in kinds and "changed" not in kinds:
        counted = voice.short_count(len(of_kind["same"]), [*_items(of_kind["same"])]) if of_kind["same"] else ""
        counts.append(voice.say("写得一样的{counted}", counted=counted) if counted else voice.say("没有写得一样的"))
    every = [one for kind in kinds for one in of_kind[kind]]
    noun = said + voice.say("的") if said else ""
    values: dict[str, str | int] = {
        "before": before,
        "after": after,
        "noun": noun,
        "counts": voice.say("，").join(counts),
    }
    return voice.state("unlike", [*_items(every)], **values)


def pair(voice: Voice, change: Change) -> Statement:
    """“…”〔《甲》第3条〕，对照“…”〔《乙》第5条〕."""
    both = [item for item in (change.after, change.before) if item]
    quoted = [f"“{opening(item.text)}”〔{voice.label(item)}〕" for item in both]
    text = voice.say("，对照").join(quoted) if len(both) > 1 else voice.say("只在这一份里：") + quoted[0]
    return voice.line(change.kind, text, both)


def _items(changes: Sequence[Change]) -> Iterator[Item]:
    return (item for one in changes if (item := one.after or one.before))
