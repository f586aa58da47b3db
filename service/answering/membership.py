"""Topic -> the items it concerns. Membership rests on evidence, in this order; what comes first decides alone:

1. the phrase stands in the text, or under another name that the alias file gives it;
2. the phrase without words that say little (绿道建设 -> 绿道) stands there;
3. all its content words stand there;
4. the meaning is close.

A question that asks for a fact (an amount, a person, a definition) is answered by the first alone, or by the third where it
says several words and hardly an item holds them all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus import Item, fold
from index import Hit, Index
from service.understanding import alternatives, lexicon, listed, readings

FEW_NEAR = 5  # items near in meaning that may be the answer, however few there are
MOST_NEAR = 0.2  # of all: a question that is near to more of them tells none apart
FEW_FACTS = 2  # items that hold every word, more than so many, of a question for a fact
COMMON = 0.3  # of all: a word that stands in more of them tells none apart, either
MOST_LIGHT = 8  # words taken away at most
SHORTEST = 2  # characters that must be left


@dataclass(frozen=True, slots=True)
class Found:
    """What one topic concerns, and how that was found."""

    topic: str
    sought: str  # what was looked for: the topic, its other name, or what is left of it without light words
    members: tuple[Hit, ...] = ()
    others: tuple[Hit, ...] = ()
    names: tuple[str, ...] = ()  # other names that added members, as the source writes them
    widened: frozenset[Item] = frozenset()  # the members that stand under another name alone
    by_meaning: bool = False
    readings: tuple[str, ...] = ()  # where the topic stands nowhere: what stands there and is spelt nearly so

    @property
    def meant(self) -> str | None:
        return self.readings[0] if self.readings else None


def find_topic_items(
    topic: str, question: str, index: Index, documents: Sequence[str], *, asks_fact: bool, each: bool = False
) -> tuple[Found, ...]:
    """What the topic concerns; where it stands nowhere and lists alternatives, each of them. The meaning that counts is
    the question's."""
    parts = listed(topic, index.stands, each=True) if each else alternatives(topic)
    if len(parts) == 1 or (not each and _stands(index.search(topic, documents))):
        return (_found(topic, question, index, documents, asks_fact),)
    return tuple(_found(part, part, index, documents, asks_fact) for part in parts)


def _found(topic: str, question: str, index: Index, documents: Sequence[str], asks_fact: bool) -> Found:
    hits = index.search(topic, documents)
    if found := _by_phrase(topic, hits, index, documents):
        return found
    if not asks_fact:
        for lighter in lightened(topic):
            lighter_hits = index.search(lighter, documents) if index.stands(lighter) else []
            if found := _by_phrase(lighter, lighter_hits, index, documents):
                return replace(found, topic=topic)
    covered = [hit for hit in hits if hit.coverage == 1] if _words_say_all(topic, index) else []
    if covered and (not asks_fact or len(covered) <= FEW_FACTS < len(index.segmenter.content_words(topic))):
        return _split(topic, hits, covered)
    if question != topic:
        hits = index.search(question, documents)
    near = [hit for hit in hits if hit.near and not asks_fact]
    if near and (rest := _uncommon(question, index, documents)) != question:
        still = {hit.item for hit in index.search(rest, documents) if hit.near}
        near = [hit for hit in near if hit.item in still]
    if 0 < len(near) <= max(FEW_NEAR, MOST_NEAR * len(hits)):
        return replace(_split(topic, hits, near), by_meaning=True)
    return Found(topic, topic, others=tuple(hits), readings=tuple(readings(topic, index)))


def _uncommon(text: str, index: Index, documents: Sequence[str]) -> str:
    """The text without words that stand in many of the items: what is near by those alone is near to anything."""
    rest = fold(text)
    most = max(FEW_NEAR, COMMON * len(index.items))
    for word in index.segmenter.content_words(rest):
        if sum(hit.phrase for hit in index.search(word, documents)) > most:
            rest = rest.replace(word, " ")
    return rest if any(map(str.isalpha, rest)) else text


def _by_phrase(phrase: str, hits: Sequence[Hit], index: Index, documents: Sequence[str]) -> Found | None:
    """What the phrase and its other names stand in; None where they stand nowhere. `hits` are the phrase's own."""
    named = {name: index.search(name, documents) for name in other_names(phrase, index.corpus.aliases)}
    return _with_names(phrase, hits, named) if any(map(_stands, (hits, *named.values()))) else None


def other_names(topic: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """The topic with each alias that stands in it written as the documents write it; folded."""
    folded = fold(topic)
    for alias, name in aliases.items():
        if alias in folded and not (alias in name and name in folded):
            yield folded.replace(alias, name)


def lightened(topic: str) -> Iterator[str]:
    """The topic with ever fewer of the words around it that say little."""
    rest = topic
    for _ in range(MOST_LIGHT):
        folded = fold(rest)
        after, before = _light()
        if (found := after.search(folded)) and found.start() >= SHORTEST:
            rest = rest[: found.start()]
        elif (found := before.match(folded)) and len(rest) - found.end() >= SHORTEST:
            rest = rest[found.end() :]
        else:
            return
        yield rest


@cache
def _light() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that say little at a topic's end, and at its beginning."""
    nouns = "|".join(word for word in lexicon().words("lightnoun", "soft", "item") if len(word) > 1)
    verbs = "|".join(word for word in lexicon().words("lightverb") if len(word) > 1)
    return re.compile(rf"的?(?:{nouns})$"), re.compile(rf"^(?:{verbs})")


def _words_say_all(topic: str, index: Index) -> bool:
    """Nothing of the topic but words of asking is left beside its content words: in 地方局 the 局 is."""
    rest = fold(topic)
    for word in index.segmenter.content_words(rest):
        rest = rest.replace(word, " ")
    return not any(character.isalpha() and character not in lexicon().class_of for character in rest)


def _with_names(topic: str, hits: Sequence[Hit], named: Mapping[str, Sequence[Hit]]) -> Found:
    """Members by the phrase itself, and by its other names."""
    own = {hit.item: hit for hit in hits if hit.phrase}
    more: dict[Item, Hit] = {}
    names = []
    for found in named.values():
        added = {hit.item: hit for hit in found if hit.phrase and hit.item not in own}
        names += list(dict.fromkeys(hit.item.text[slice(*hit.highlights[0])] for hit in added.values()))[:1]
        more = {**added, **more}
    members = [*own.values(), *more.values()]
    others = [hit for hit in hits if hit.item not in own and hit.item not in more]
    sought = topic if own or not names else names[0]
    return Found(topic, sought, tuple(members), tuple(others), tuple(names), frozenset(more))


def _split(topic: str, hits: Sequence[Hit], members: Sequence[Hit]) -> Found:
    items = {hit.item for hit in members}
    return Found(topic, topic, tuple(members), tuple(hit for hit in hits if hit.item not in items))


def _stands(hits: Sequence[Hit]) -> bool:
    return any(hit.phrase for hit in hits)
